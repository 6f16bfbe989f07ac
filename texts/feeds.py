"""What calendars say: their names, and the lines around a webinar's own text."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from texts.times import Times, capitalised


class FeedPhrases(Times):
    def everything(self, consortium: str) -> str:
        return self._("{consortium}: all webinars").format(consortium=consortium)

    def hosted_by(self, partnership: str) -> str:
        return self._("{partnership} webinars").format(partnership=partnership)

    def about(self, topic: str) -> str:
        return self._("Webinars on {topic}").format(topic=self.name(topic))

    def chosen(self, consortium: str, names: Sequence[str]) -> str:
        if not names:
            return self.everything(consortium)
        return self._("{consortium}: {chosen}").format(consortium=consortium, chosen=", ".join(names))

    def own(self, consortium: str) -> str:
        return self._("{consortium}: my webinars").format(consortium=consortium)

    def meetings(self, consortium: str) -> str:
        return self._("{consortium}: organisers' meetings").format(consortium=consortium)

    def meetings_calendar(self) -> str:
        return self._(
            "The meetings of the organisers. This calendar is yours alone: it holds the links to join. "
            "Calendar apps look for changes only every few hours."
        )

    def public_calendar(self, consortium: str) -> str:
        return self._(
            "Joint webinars of {consortium}. Calendar apps look for changes only every few hours; "
            "who has registered is told of a late change in Telegram at once."
        ).format(consortium=consortium)

    def own_calendar(self) -> str:
        return self._(
            "The webinars you registered for or wait for. This calendar is yours alone: it holds your join links. "
            "Calendar apps look for changes only every few hours; you are told of a late change in Telegram at once."
        )

    def cancelled_title(self, title: str) -> str:
        return self._("CANCELLED: {title}").format(title=title)

    def join(self, url: str) -> str:
        return self._("Join: {url}").format(url=url)

    def register(self, url: str) -> str:
        return self._("Register: {url}").format(url=url)

    def details(self, url: str) -> str:
        return self._("Details: {url}").format(url=url)

    def cancelled(self) -> str:
        return self._("This webinar is cancelled.")

    def meeting_cancelled(self) -> str:
        return self._("This meeting is cancelled.")

    def reason(self, reason: str) -> str:
        return self._("Reason: {reason}").format(reason=reason)

    def waiting(self) -> str:
        return self._("You are on the waitlist. If a seat comes free, it is yours and you are told in Telegram.")

    def hosts(self, names: tuple[str, ...]) -> str:
        return self._n("Host: {names}", "Hosts: {names}", len(names)).format(names=self.listed(names))

    def spoken(self, language: str) -> str:
        return self._("Language: {language}").format(language=self.language_name(language))

    def when(self) -> str:
        return self._("When:")

    def agenda(self) -> str:
        return self._("Agenda:")

    def agenda_line(self, title: str, speaker: str, minutes: int | None) -> str:
        parts = [title, speaker, self.minutes(minutes) if minutes else ""]
        return ", ".join(part for part in parts if part)

    def month(self, moment: datetime, zone: str) -> str:
        local = moment.astimezone(ZoneInfo(zone))
        return capitalised(format_date(local, self._("LLLL y"), locale=self.locale))

    def weekday(self, local: datetime) -> str:
        return format_date(local.date(), "EEE", locale=self.locale)
