"""Dates, times and spans as people write them, always with the name of the zone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time, get_timezone_location
from babel.lists import format_list

from texts.catalogue import Phrases

# Abbreviations that mean one thing only to readers in Europe, China and America; "CST" is two zones, "IST" three.
_CLEAR = frozenset({"UTC", "GMT", "BST", "WET", "WEST", "CET", "CEST", "EET", "EEST", "EST", "EDT", "PST", "PDT"})

_NOWHERE = ("Etc/GMT+", "Etc/GMT-")  # IANA's zones at an offset, which it counts the other way round

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Times(Phrases):
    def city(self, zone: str) -> str:
        """Or, of a zone without one, `UTC+8`."""
        if zone.startswith(_NOWHERE):
            return f"UTC{-int(zone.removeprefix('Etc/GMT')):+d}"
        return _city(zone, self.locale)

    def zone_name(self, moment: datetime, zone: str) -> str:
        """`CET` where that is clear to everybody, else `Shanghai time`, or `UTC+8` where there is no city."""
        if zone.startswith(_NOWHERE):
            return self.city(zone)
        abbreviation = moment.astimezone(ZoneInfo(zone)).tzname() or ""
        return abbreviation if abbreviation in _CLEAR else self._("{city} time").format(city=self.city(zone))

    def short(self, moment: datetime, zone: str) -> str:
        """For lists: Tue 19 Jan, 10:00 CET."""
        local = moment.astimezone(ZoneInfo(zone))
        return f"{self.day(local)}, {self.clock(local)} {self.zone_name(moment, zone)}"

    def full(self, moment: datetime, zone: str) -> str:
        """For cards: Tue 19 January 2027, 10:00 CET (Brussels)."""
        local = moment.astimezone(ZoneInfo(zone))
        date = self.date(local, self._("EEE d MMMM y"))
        name = self.zone_name(moment, zone)
        place = f" ({self.city(zone)})" if name in _CLEAR and name != "UTC" else ""
        return f"{date}, {self.clock(local)} {name}{place}"

    def day(self, local: datetime) -> str:
        return self.date(local, self._("EEE d MMM"))

    def long_day(self, day: date) -> str:
        """19 January 2027."""
        return self.date(day, self._("d MMMM y"))

    def date(self, day: date, pattern: str) -> str:
        """The pattern is CLDR's, with one `d`: some languages write the first of a month in a way of its own."""
        if day.day == 1:
            pattern = pattern.replace("d", self._p("the first of a month", "d"))
        return format_date(day, pattern, locale=self.locale)

    def clock(self, local: datetime) -> str:
        return format_time(local.time(), "HH:mm", locale=self.locale)

    def minutes(self, minutes: int) -> str:
        """60 min, 1 h 30 min: a length as it stands on a programme."""
        hours, rest = divmod(minutes, 60)
        if minutes <= 60:  # noqa: PLR2004 -- an hour is usually written as 60 min
            return self._("{minutes} min").format(minutes=minutes)
        if not rest:
            return self._("{hours} h").format(hours=hours)
        return self._("{hours} h {minutes} min").format(hours=hours, minutes=rest)

    def span(self, span: timedelta) -> str:
        """In how long: the largest unit that fits, rounded to the nearest."""
        if span >= _DAY - _HOUR:
            days = max(1, round(span / _DAY))
            return self._n("{n} day", "{n} days", days).format(n=days)
        if span >= _HOUR - _MINUTE:
            hours = max(1, round(span / _HOUR))
            return self._n("{n} hour", "{n} hours", hours).format(n=hours)
        minutes = max(1, round(span / _MINUTE))
        return self._n("{n} minute", "{n} minutes", minutes).format(n=minutes)

    def before(self, lead: timedelta) -> str:
        if lead == _DAY:
            return self._("the day before")
        return self._("{span} before").format(span=self.exactly(lead))

    def exactly(self, span: timedelta) -> str:
        """To the minute: somebody who asked for a reminder 1 h 30 min before does not find 2 hours."""
        minutes = round(span / _MINUTE)
        if span < _HOUR or not minutes % (_DAY // _MINUTE):
            return self.span(timedelta(minutes=minutes))
        hours, rest = divmod(minutes, _HOUR // _MINUTE)
        return self.minutes(minutes) if rest else self._n("{n} hour", "{n} hours", hours).format(n=hours)

    def listed(self, items: Sequence[str]) -> str:
        return format_list(list(items), locale=self.locale)

    def language_name(self, language: str) -> str:
        """As it stands alone; within a sentence many languages write it small."""
        return capitalised(self.language_within(language))

    def language_within(self, language: str) -> str:
        return _language(language, self.locale)


@lru_cache(1_000)
def _city(zone: str, locale: Locale) -> str:
    return get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)


@lru_cache(1_000)
def _language(language: str, locale: Locale) -> str:
    return Locale.parse(language).get_display_name(locale) or language


def capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
