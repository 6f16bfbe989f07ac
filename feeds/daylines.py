"""One webinar on the clocks of several zones: when it is in the working day, and when in the night."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from texts.pages import PagePhrases

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Dayline:
    """`blocks` are where it lies in the day, in minutes: start and length; two if it passes midnight."""

    zone: str
    city: str
    hours: str
    off: str
    blocks: tuple[tuple[int, int], ...]


def daylines(start: datetime, end: datetime, zones: list[str], words: PagePhrases) -> list[Dayline]:
    """The first zone is that which the others' days are compared with. No two of the same time are shown."""
    here = _day(start, zones[0])
    return [
        Dayline(
            zone=zone,
            city=words.city(zone),
            hours=words.hours(start, end, zone),
            off=words.days_off(_day(start, zone), here),
            blocks=blocks(start, end, zone),
        )
        for zone in dict.fromkeys(zones)
    ]


def blocks(start: datetime, end: datetime, zone: str) -> tuple[tuple[int, int], ...]:
    local = start.astimezone(ZoneInfo(zone))
    begin = local.hour * 60 + local.minute
    length = min(DAY_MINUTES, (end - start) // timedelta(minutes=1))
    today = min(length, DAY_MINUTES - begin)
    return ((begin, today), (0, length - today)) if length > today else ((begin, today),)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
