from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import days_off, offices, slots
from domain.clashes import Busy, Span
from domain.clocks import Shift
from domain.days_off import DayOff
from domain.offices import PLACES
from domain.slots import BEST, Ground, Habits, Slot, best, habits, look, points, starts, weights

BRUSSELS, SHANGHAI, NEW_YORK, SAN_FRANCISCO = PLACES
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)  # a Sunday
HOUR = timedelta(hours=1)
EUROPE = ("BE", "DE", "CN", "US")
DAYS_OFF = days_off.between(EUROPE, PLACES, NOW, NOW + timedelta(days=60), "en")
ONE_DAY_OFF = DayOff("BE", date(2027, 1, 1), "New Year's Day")
LATER = Shift(NEW_YORK, HOUR)


def ground(*markets: str, busy: Sequence[Span] = (), countries: Sequence[str] = (), **changes: Any) -> Ground:
    until = NOW + timedelta(days=60)
    whole: dict[str, Any] = {
        "zones": PLACES,
        "markets": frozenset(markets),
        "busy": Busy(busy),
        "days_off": days_off.between(countries, PLACES, NOW, until, "en"),
    }
    return Ground(**whole | changes)


def find(ground: Ground, *, weeks: int = 2, weekends: bool = False, minutes: int = 60) -> list[Slot]:
    return best(ground, BRUSSELS, minutes, days=7 * weeks, weekends=weekends, now=NOW)


def said(found: Sequence[Slot], zone: str = BRUSSELS) -> list[str]:
    return [f"{slot.starts_at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}" for slot in found]


@pytest.mark.parametrize(
    ("markets", "hour"),
    [((), "13:00"), (("CN",), "09:00"), (("US",), "16:00"), (("CN", "US"), "13:00"), (("CA",), "13:00")],
)
def test_hours_that_suit_the_markets_are_best(markets: tuple[str, ...], hour: str) -> None:
    days = ["Tue 19 Jan", "Wed 20 Jan", "Thu 21 Jan", "Fri 22 Jan"]  # sooner is short notice, and Monday is
    far = ground(*markets, days_off={(NEW_YORK, date(2027, 1, 18)): (ONE_DAY_OFF,)})

    assert said(find(far))[:4] == [f"{day} {hour}" for day in days]


@pytest.mark.parametrize(
    ("slot", "lost"),
    [
        ({}, 0),
        ({"clashes": 1}, 10),
        ({"clashes": 3}, 30),
        ({"days_off": (ONE_DAY_OFF,)}, 4),
        ({"days_off": (ONE_DAY_OFF, ONE_DAY_OFF)}, 8),
        ({"shifts": (LATER,)}, 1),
        ({"shifts": (LATER, LATER)}, 1),
        ({"soon": True}, 3),
        ({"full_hour": False}, 0.5),
        ({"liked_weekday": 1}, -2),
        ({"liked_hour": 0.5}, -1),
        ({"liked_weekday": 0.5, "liked_hour": 1, "soon": True}, 0),
    ],
)
def test_points_are_those_of_the_table(slot: dict[str, Any], lost: float) -> None:
    weight = weights(ground())
    plain = look(ground(), datetime(2027, 1, 20, 9, tzinfo=UTC), 60, full_hour=True, now=NOW)

    assert points(plain, weight) == -8  # night on one of three continents
    assert points(replace(plain, **slot), weight) == -8 - lost


@pytest.mark.parametrize(
    ("hour", "minutes", "lost"),
    [
        (8, 60, 8),  # UTC: 9:00, 16:00, 3:00, 0:00
        (9, 90, 8 + 2),  # until 18:30 in Shanghai
        (12, 60, 2 + (2 + 8) / 2),
        (13, 60, 2 + (2 + 8) / 2),
        (15, 60, 8 + (0 + 2) / 2),
        (17, 60, 3 * 2 + 8),  # evening at home, 9:00 in San Francisco
        (7, 60, 3 * 2 + 8),
    ],
)
def test_hours_cost_what_the_table_says(hour: int, minutes: int, lost: float) -> None:
    slot = look(ground(), datetime(2027, 1, 20, hour, tzinfo=UTC), minutes, full_hour=True, now=NOW)

    assert points(slot, weights(ground())) == -lost


def test_places_of_one_continent_share_its_weight() -> None:
    assert weights(ground()) == {BRUSSELS: 3, SHANGHAI: 1, NEW_YORK: 0.5, SAN_FRANCISCO: 0.5}
    assert weights(ground("US")) == {BRUSSELS: 3, SHANGHAI: 1, NEW_YORK: 1, SAN_FRANCISCO: 1}
    assert weights(ground("CN", "CA")) == {BRUSSELS: 3, SHANGHAI: 2, NEW_YORK: 0.5, SAN_FRANCISCO: 0.5}
    assert weights(ground(zones=(BRUSSELS,))) == {BRUSSELS: 3}


def test_a_clash_on_the_best_day_moves_to_the_next_best_hour() -> None:
    taken = datetime(2027, 1, 19, 8, tzinfo=UTC)
    busy = [Span(taken, taken + 2 * HOUR)]

    assert said(find(ground("CN", busy=busy))) == [
        *("Mon 18 Jan 09:00", "Wed 20 Jan 09:00", "Thu 21 Jan 09:00", "Fri 22 Jan 09:00"),
        "Tue 19 Jan 13:00",
    ]
    assert {slot.clashes for slot in find(ground("CN", busy=busy))} == {0}


def test_holidays_are_avoided() -> None:
    spring = datetime(2027, 4, 26, 9, tzinfo=UTC)
    known = days_off.between(EUROPE, PLACES, spring, spring + timedelta(days=60), "en")
    found = best(ground(days_off=known), BRUSSELS, 60, days=14, weekends=True, now=spring)

    assert said(found) == [
        *("Wed 05 May 15:00", "Fri 07 May 15:00", "Sat 08 May 15:00", "Sun 09 May 15:00", "Mon 10 May 15:00"),
    ]  # not 3 and 4 May (China), nor 6 May (Ascension Day)


def test_what_people_like_decides_between_equals() -> None:
    liked = Habits({3: 1.0}, {10: 1.0})

    assert said(find(ground("CN", habits=liked)))[:1] == ["Thu 21 Jan 10:00"]


@pytest.mark.parametrize("weekends", [False, True])
def test_weekends_only_if_asked(weekends: bool) -> None:  # noqa: FBT001 -- a case
    found = {local.weekday() for _, local in starts(BRUSSELS, days=14, weekends=weekends, since=NOW)}

    assert found == (set(range(7)) if weekends else set(range(5)))


def test_times_begin_tomorrow_and_end_with_the_last_day() -> None:
    found = [local for _, local in starts(BRUSSELS, days=14, weekends=True, since=NOW)]

    assert (found[0].isoformat(), found[-1].isoformat()) == ("2027-01-11T07:00:00", "2027-01-24T21:00:00")


def test_weekends_are_those_of_the_drafts_own_zone() -> None:
    found = best(ground(), SHANGHAI, 60, days=14, weekends=False, now=NOW)

    assert {slot.starts_at.astimezone(ZoneInfo(SHANGHAI)).weekday() for slot in found} <= {0, 1, 2, 3, 4}


PAST = st.lists(
    st.tuples(
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- limits
        st.none() | st.integers(1, 100),
        st.integers(0, 200),
    ),
    max_size=20,
)
MOMENTS = st.lists(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- limits
    max_size=20,
)


@given(PAST, MOMENTS)
def test_likings_are_from_nothing_to_one(past: list[tuple[datetime, int | None, int]], moments: list[datetime]) -> None:
    found = habits(past, moments, BRUSSELS)

    assert all(0 <= liking <= 1 for liking in [*found.weekdays.values(), *found.hours.values()])
    assert set(found.weekdays) <= set(range(7))
    assert set(found.hours) <= set(range(24))
    assert (found == Habits()) == (not past and not moments)


def test_likings_are_how_full_webinars_were_and_when_people_registered() -> None:
    tuesday = datetime(2026, 1, 13, 9, tzinfo=UTC)  # 10:00 in Brussels
    past = [(tuesday, 20, 20), (tuesday + timedelta(days=7), 20, 10), (tuesday + HOUR, None, 5)]
    moments = [tuesday + timedelta(days=1)] * 4 + [tuesday] * 2

    found = habits(past, moments, BRUSSELS)

    assert found.weekdays == {1: pytest.approx(((1 + 0.5 + 0.25) / 3 + 0.5) / 2), 2: 0.5}
    assert found.hours == {10: (0.75 + 1) / 2, 11: 0.125}


STARTS = st.datetimes(datetime(2027, 1, 11), datetime(2027, 2, 20), timezones=st.just(UTC))  # noqa: DTZ001 -- limits
BUSY = st.lists(st.builds(lambda start, length: Span(start, start + length * HOUR), STARTS, st.integers(1, 9)))
MARKETS = st.frozensets(st.sampled_from(["CN", "US", "CA"]))
LIKINGS = st.builds(
    Habits,
    st.dictionaries(st.integers(0, 6), st.floats(0, 1)),
    st.dictionaries(st.integers(0, 23), st.floats(0, 1)),
)
GROUNDS = st.builds(
    lambda markets, busy, liked: ground(*sorted(markets), busy=busy, days_off=DAYS_OFF, habits=liked),
    MARKETS,
    BUSY,
    LIKINGS,
)


@given(GROUNDS, STARTS, st.integers(1, 1439), st.integers(1, 5))
def test_a_clash_never_makes_a_time_better(ground: Ground, moment: datetime, minutes: int, more: int) -> None:
    slot = look(ground, moment, minutes, full_hour=True, now=NOW)

    assert points(replace(slot, clashes=slot.clashes + more), weights(ground)) < points(slot, weights(ground))


@given(GROUNDS, STARTS, st.integers(1, 1439))
def test_no_fault_ever_makes_a_time_better(ground: Ground, moment: datetime, minutes: int) -> None:
    slot = look(ground, moment, minutes, full_hour=True, now=NOW)
    worse = [
        replace(slot, days_off=(*slot.days_off, ONE_DAY_OFF)),
        replace(slot, shifts=(LATER,)),
        replace(slot, soon=True),
        replace(slot, full_hour=False),
        replace(slot, liked_hour=0),
        replace(slot, places=tuple(replace(place, part=offices.DayPart.NIGHT) for place in slot.places)),
    ]

    assert all(points(each, weights(ground)) <= points(slot, weights(ground)) for each in worse)


@settings(max_examples=25, deadline=None)
@given(GROUNDS, st.sampled_from([1, 2]), st.booleans(), st.integers(1, 300), st.sampled_from(PLACES), STARTS)
def test_the_best_are_in_order_in_time_and_always_the_same(
    ground: Ground,
    weeks: int,
    weekends: bool,  # noqa: FBT001 -- a case
    minutes: int,
    zone: str,
    now: datetime,
) -> None:
    found = best(ground, zone, minutes, days=7 * weeks, weekends=weekends, now=now)
    days = [slot.starts_at.astimezone(ZoneInfo(zone)) for slot in found]
    weight = weights(ground)

    assert found == best(ground, zone, minutes, days=7 * weeks, weekends=weekends, now=now)
    assert len(found) == BEST
    assert len({day.date() for day in days}) == BEST
    assert min(days) > now
    assert max(days) < now + timedelta(days=7 * weeks + 1)
    assert weekends or {day.weekday() for day in days} <= {0, 1, 2, 3, 4}
    ranks = [(-points(slot, weight), slot.starts_at) for slot in found]
    assert all(one < other for one, other in pairwise(ranks))
    rest = [
        look(ground, moment, minutes, full_hour=not local.minute, now=now)
        for moment, local in starts(zone, days=7 * weeks, weekends=weekends, since=now)
    ]
    assert points(found[0], weight) == max(points(slot, weight) for slot in rest)


def test_the_same_time_without_its_clash_is_found_first() -> None:
    """What is free at the same hour of another day, all else being equal, goes before what clashes."""
    taken = datetime(2027, 1, 20, 8, tzinfo=UTC)
    clashing = ground("CN", busy=[Span(taken - timedelta(hours=8), taken + timedelta(hours=14))])

    assert "Wed 20 Jan" not in {text[:10] for text in said(find(clashing))}
    assert "Wed 20 Jan" in {text[:10] for text in said(find(ground("CN")))}


def test_nothing_is_found_where_no_day_is_left() -> None:
    assert slots.best(ground(), BRUSSELS, 60, days=0, weekends=True, now=NOW) == []
