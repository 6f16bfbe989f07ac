"""A consortium's year: a thousand webinars in nine zones, the same for the same seed, and what becomes of them.

When each of them is, is worked out here from its wall time with zoneinfo alone.
"""

# ruff: noqa: RUF001 -- titles in five scripts

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from random import Random
from zoneinfo import ZoneInfo

from domain import changes, registration
from storage import Session, Webinar, WebinarHost, WebinarTopic
from tests.factories import SETTLE, wall, webinar

ZONES = (
    *("Europe/Brussels", "Europe/Dublin", "Europe/Athens", "Africa/Casablanca", "America/New_York"),
    *("America/Sao_Paulo", "Asia/Shanghai", "Asia/Kolkata", "Australia/Lord_Howe"),
)
"""With clocks that change by half an hour, for Ramadan, in winter as the law has it, and never."""

_BACK, _DAYS = timedelta(days=95), 365
_HOSTS, _TOPICS = ("adpack2", "nf4"), ("china", "food")
_MINUTES = (15, 45, 60, 90, 120, 300)
_EDGES = ((0, 30), (1, 30), (2, 30), (3, 30), (23, 30))
# No title has a backslash before an n: node-ical makes a line break of it. `ical.text` is tested with one.
_TITLES = (
    "Smart packaging, in China; and after",
    "Βιώσιμη συσκευασία για την Κίνα",
    "Умная упаковка и холодовая цепь",
    "智能包装如何进入中国市场：法规、物流与买家",
    "تغليف ذكي لسوق الصين, and in English",
    "भारत में खाद्य सुरक्षा",
    r"Files in C:\Windows\data, and \, or \; are no escapes",
    "👩‍🔬 Cold chain 🇪🇺→🇨🇳: 50 % off 🚚",
    'He said "BEGIN:VEVENT"; END:VCALENDAR',
    "A title as long as titles get: " + "Gütesiegel und Pflichtangaben für Übersee, " * 3,
)
_DESCRIPTIONS = (
    "",
    "What buyers expect; which papers customs ask for, and who pays.\n\nBring your own questions.",
    "包装、标签、冷链。" * 12,
    "Ω" * 300,
    "no-space-anywhere/" * 20 + "\n:;,\\ \t DTSTART:19700101T000000Z",
    "👩‍🔬🧪" * 40,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """`local_start` is a wall time (naive) in `timezone`."""

    code: str
    title: str
    description: str
    local_start: datetime
    timezone: str
    minutes: int
    full: bool
    cancelled: bool = False

    @property
    def uid(self) -> str:
        return f"{self.code}@webinars.example.org"

    @property
    def starts_at(self) -> datetime:
        return self.local_start.replace(tzinfo=ZoneInfo(self.timezone)).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_shown(self, now: datetime) -> bool:
        """90 days back, and cancelled ones for a week: counted in whole days of UTC."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.cancelled and self.starts_at < midnight - timedelta(days=7):
            return False
        return self.ends_at >= midnight - timedelta(days=90)


class Year:
    """What is planned, by code. Whatever is done to it here is done to the database by the same use cases as ever."""

    def __init__(self, seed: int, now: datetime) -> None:
        self._random = Random(seed)  # noqa: S311 -- to be repeatable
        self._first = (now - _BACK).date()
        self._numbers = count()
        self._wall_times = self._draw_wall_times()
        self.webinars: dict[str, Planned] = {}

    def add(self, session: Session, number: int, now: datetime) -> None:
        """The first of all are those around which clocks change."""
        added = [self._plan(*when) for when in islice(self._wall_times, number)]
        rows = [_row(planned, now) for planned in added]
        session.add_all(rows)
        session.flush()
        session.add_all(WebinarHost(webinar_id=row.id, partnership_id=self._random.choice(_HOSTS)) for row in rows)
        session.add_all(WebinarTopic(webinar_id=row.id, topic_id=self._random.choice(_TOPICS)) for row in rows)
        session.flush()
        self.webinars.update({planned.code: planned for planned in added})

    def _plan(self, local_start: datetime, timezone: str) -> Planned:
        number = next(self._numbers)
        return Planned(
            code=f"w{number}",
            title=f"{number}. {_TITLES[number % len(_TITLES)]}".strip(),
            description=self._random.choice(_DESCRIPTIONS),
            local_start=local_start,
            timezone=timezone,
            minutes=self._random.choice(_MINUTES),
            full=not number % 7,
        )

    def move(self, session: Session, codes: Iterable[str], now: datetime) -> None:
        for code in codes:
            local_start, timezone = next(self._wall_times)
            changes.move(session, code, None, local_start, timezone, settle=SETTLE, now=now)
            self.webinars[code] = replace(self.webinars[code], local_start=local_start, timezone=timezone)

    def cancel(self, session: Session, codes: Iterable[str], now: datetime) -> None:
        for code in codes:
            changes.cancel(session, code, None, reason="The speaker is ill.", settle=SETTLE, now=now)
            self.webinars[code] = replace(self.webinars[code], cancelled=True)

    def coming(self, now: datetime) -> list[str]:
        """Those that are neither over nor cancelled, drawn by lot."""
        codes = [code for code, each in self.webinars.items() if each.starts_at > now and not each.cancelled]
        return self._random.sample(codes, len(codes))

    def _draw_wall_times(self) -> Iterator[tuple[datetime, str]]:
        yield from _around_changes(self._first)
        while True:
            day = self._first + timedelta(days=self._random.randrange(_DAYS))
            local = wall(day.year, day.month, day.day, self._random.randrange(24), self._random.choice((0, 15, 30)))
            zone = self._random.choice(ZONES)
            if _exists(local, zone):
                yield local, zone


def register(session: Session, planned: Iterable[Planned], person_id: int, early_id: int, now: datetime) -> None:
    """The person for all of them; where there is one seat, the early one was first."""
    for each in planned:
        if each.full:
            registration.register(session, each.code, early_id, now=now)
        registration.register(session, each.code, person_id, now=now)


def _row(planned: Planned, now: datetime) -> Webinar:
    return webinar(
        code=planned.code,
        uid=planned.uid,
        title=planned.title,
        description=planned.description,
        starts_at=planned.starts_at,
        timezone=planned.timezone,
        duration_minutes=planned.minutes,
        capacity=1 if planned.full else None,
        last_modified=now,
        created_at=now,
    )


def _around_changes(first: date) -> Iterator[tuple[datetime, str]]:
    """Wall times of the nights in which clocks change, but for those that never come."""
    for zone in ZONES:
        for number in range(_DAYS):
            day = first + timedelta(days=number)
            start = wall(day.year, day.month, day.day)
            for hour, minute in _EDGES if _changes(start, zone) else ():
                local = start.replace(hour=hour, minute=minute)
                if _exists(local, zone):
                    yield local, zone


def _changes(midnight: datetime, zone: str) -> bool:
    tomorrow = midnight + timedelta(days=1)
    return midnight.replace(tzinfo=ZoneInfo(zone)).utcoffset() != tomorrow.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def _exists(local: datetime, zone: str) -> bool:
    moment = local.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == local
