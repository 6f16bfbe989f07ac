"""What the web pages say where a template can't: counts, names of months, how apps behave, pictures of links."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_date

from texts.feeds import FeedPhrases
from texts.times import capitalised


class PagePhrases(FeedPhrases):
    @property
    def territorial(self) -> str:
        """The language with the country where most of its readers are, as Open Graph wants it: fr_FR."""
        language, _, territory = get_global("likely_subtags")[self.language].split("_")
        return f"{language}_{self.locale.territory or territory}"

    def coming(self) -> str:
        return self._("Coming webinars")

    def coming_of(self, names: Sequence[str]) -> str:
        return self._("Coming webinars: {chosen}").format(chosen=", ".join(names)) if names else self.coming()

    def joint_webinars(self, partnerships: Sequence[str]) -> str:
        """What a stranger hears of the whole, in a line below a link."""
        if not partnerships:
            return self._("Register in Telegram, or subscribe in your calendar.")
        return self._("Joint webinars of {names}. Register in Telegram, or subscribe in your calendar.").format(
            names=self.listed(partnerships)
        )

    def subscribe(self) -> str:
        return self._("Subscribe to a calendar")

    def subscribing(self) -> str:
        return self._(
            "Give your calendar app the address once. New webinars appear, moved ones move, cancelled ones are marked."
        )

    def how_many(self, fitting: int, coming: int) -> str:
        if fitting == coming:
            return self._n("{n} webinar", "{n} webinars", coming).format(n=coming)
        return self._n("{fitting} of {n} webinar", "{fitting} of {n} webinars", coming).format(
            fitting=fitting, n=coming
        )

    def month_name(self, month: str) -> str:
        """Of 2027-01."""
        return capitalised(format_date(date.fromisoformat(f"{month}-01"), self._("LLLL y"), locale=self.locale))

    def month_short(self, month: str) -> str:
        day = date.fromisoformat(f"{month}-01")
        return capitalised(format_date(day, self._p("a month in a list", "LLL y"), locale=self.locale))

    def day_of(self, moment: datetime, zone: str) -> str:
        """Tue 19 January 2027."""
        return self.date(moment.astimezone(ZoneInfo(zone)), self._("EEE d MMMM y"))

    def from_to(self, start: datetime, end: datetime, zone: str) -> str:
        """Begin and end, and the zone: 10:00 to 11:00 CET."""
        first, last = (self.clock(moment.astimezone(ZoneInfo(zone))) for moment in (start, end))
        return f"{first}–{last} {self.zone_name(start, zone)}"

    def hours(self, start: datetime, end: datetime, zone: str) -> str:
        return "–".join(self.clock(moment.astimezone(ZoneInfo(zone))) for moment in (start, end))

    def hours_there(self, start: datetime, zone: str) -> str:
        """17:00 Shanghai time, where the hosts are."""
        return self._("{time} {zone} at the hosts").format(
            time=self.clock(start.astimezone(ZoneInfo(zone))), zone=self.zone_name(start, zone)
        )

    def days_off(self, there: date, here: date) -> str:
        """How a day elsewhere differs from the hosts'; nothing if it doesn't."""
        off = there - here
        if off == timedelta(0):
            return ""
        return self._("the day after") if off > timedelta(0) else self._p("a date", "the day before")

    def seats(self, left: int, capacity: int) -> str:
        if not left:
            return self._("All seats taken, waitlist open")
        return self._n("{n} of {capacity} seats left", "{n} of {capacity} seats left", left).format(
            n=left, capacity=capacity
        )

    def on_now(self) -> str:
        return self._("On now")

    def month_alone(self, local: datetime) -> str:
        return capitalised(format_date(local.date(), "LLL", locale=self.locale))

    def tongue_of(self, text: str, language: str) -> str | None:
        """The language to mark a text with, which is supposed to be in `language`; None if nothing need be said.

        Of what is held in Chinese, organisers often write in English: a text without a language's letters is not in it.
        """
        if language == self.language:
            return None
        latin = _is_latin(language)
        return language if any(_is_latin_letter(letter) is latin for letter in text if letter.isalpha()) else None

    def cancelled_on(self, when: str) -> str:
        return self._("Cancelled: {when}").format(when=when)

    def card_of(self, title: str, when: str) -> str:
        """What somebody hears who cannot see the picture of a link."""
        return self._("{title}, {when}").format(title=title, when=when)


def _is_latin(language: str) -> bool:
    """By the letters that it is usually written in; of a language that nobody knows it is supposed."""
    return "_Latn" in get_global("likely_subtags").get(language, "_Latn")


def _is_latin_letter(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
