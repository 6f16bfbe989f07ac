"""Finding a better time for a draft, and taking it."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain import countries, days_off, drafts, outlook, slots
from domain.clashes import NEAR, Busy, Span
from domain.countries import CountryError
from domain.drafts import DraftView, Fields
from domain.slots import Ground, Habits, Slot
from storage import Session, TopicKind, clashes, consortium, habits

WEEKS = (2, 4, 8)
"""How far people may look ahead."""

_DAY = timedelta(days=1)
_A_YEAR = timedelta(days=365)
_PAST_WEBINARS, _PAST_REGISTRATIONS = 200, 1_000
"""What is enough to know habits: the latest of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best first. `timezone` (IANA) is the draft's; `around` its time, if that is where we looked."""

    slots: tuple[Slot, ...]
    weeks: int
    weekends: bool
    timezone: str
    around: datetime | None = None


def find(
    session: Session,
    person_id: int,
    *,
    weeks: int,
    weekends: bool,
    zones: Sequence[str],
    language: str,
    now: datetime,
) -> Found:
    """The best times for the person's draft in the coming weeks, or as many around the time that it has.

    A number that is not in WEEKS is the least of them.
    """
    weeks = weeks if weeks in WEEKS else WEEKS[0]
    fields = outlook.own_fields(session, person_id)
    around = _far_ahead(fields.starts_at, weeks, now)
    since = around - _DAY * 7 * weeks / 2 if around else now
    ground = _ground(session, fields, tuple(zones), language, since, weeks, now)
    best = slots.best(
        ground, fields.timezone, fields.duration_minutes, days=7 * weeks, weekends=weekends, since=since, now=now
    )
    return Found(slots=tuple(best), weeks=weeks, weekends=weekends, timezone=fields.timezone, around=around)


def _far_ahead(starts_at: datetime | None, weeks: int, now: datetime) -> datetime | None:
    """The draft's time, unless half of so many weeks before it have begun."""
    return starts_at if starts_at and starts_at - _DAY * 7 * weeks / 2 > now else None


def take(session: Session, person_id: int, starts_at: datetime, *, now: datetime) -> DraftView:
    """Put this time into the person's draft, as the draft's own zone shows it. Raises WhenError if it is past."""
    timezone = outlook.own_fields(session, person_id).timezone
    local_start = starts_at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    return drafts.choose_start(session, person_id, local_start, timezone, now=now)


def _ground(
    session: Session,
    fields: Fields,
    zones: tuple[str, ...],
    language: str,
    since: datetime,
    weeks: int,
    now: datetime,
) -> Ground:
    until = since + _DAY * (7 * weeks + 2)  # the last day has ended everywhere
    subjects = outlook.subjects(fields)
    holidaying = days_off.countries(outlook.host_countries(session, subjects.hosts))
    busy = clashes.spans(session, subjects, since - NEAR, until, besides=None)
    return Ground(
        zones=zones,
        markets=_markets(session, subjects.topics),
        busy=Busy([Span(starts_at, ends_at) for _, starts_at, ends_at in busy]),
        days_off=days_off.between(holidaying, zones, since, until, language),
        habits=_habits(session, subjects, zones[0], now),
    )


def _markets(session: Session, topics: frozenset[str]) -> frozenset[str]:
    """The countries (ISO 3166) of those topics that are markets and called as a country is."""
    found = set()
    for topic in consortium.active_topics(session):
        if topic.id in topics and topic.kind is TopicKind.MARKET:
            with contextlib.suppress(CountryError):
                found.add(countries.country(topic.name))
    return frozenset(found)


def _habits(session: Session, subjects: clashes.Subjects, home: str, now: datetime) -> Habits:
    since = now - _A_YEAR
    return slots.habits(
        habits.past(session, subjects, since, now, limit=_PAST_WEBINARS),
        habits.registered_at(session, subjects, since, limit=_PAST_REGISTRATIONS),
        home,
    )
