"""Whose calendar still shows what was, once it has been moved or cancelled."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import changes, fetches, outbox, people, planning
from domain.errors import NotAllowedError
from domain.fetches import App, Behind, Fetch, Lag
from domain.takes_place import Cancelled, Moved
from storage import Database, Delivery, FeedFetch, RegistrationStatus, Session, WebinarStatus, webinars
from tests.factories import (
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    rows,
    wall,
)
from tests.outbox import begin

ADMIN, ANA, BEN, STRANGER = 1, 2, 3, 4
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON, EVENING = wall(2027, 1, 20, 12), wall(2027, 1, 20, 18)
AT_NOON = START + 2 * HOUR
Change = Callable[[Database], Awaitable[object]]


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, 4)
    add_role(session, ADMIN)
    add_webinar(session, hosts=["alpha"], capacity=1, last_modified=NOW - 9 * DAY)
    add_registration(session, 1, ANA, changed_at=NOW - DAY)
    add_registration(session, 1, BEN, RegistrationStatus.WAITLISTED, changed_at=NOW - DAY)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def fetched(
    house: Database, person_id: int, family: str, at: datetime, *, seen_until: datetime | None = None
) -> None:
    """By an app that got everything there was until then."""
    fetch = Fetch(person_id, 1, family, at, seen_until or at)
    await house.write(fetches.record, [fetch])


def move(local: datetime, now: datetime = NOW) -> Change:
    return lambda house: house.write(changes.move, "w", ADMIN, local, "Europe/Brussels", settle=SETTLE, now=now)


def cancel(now: datetime = NOW) -> Change:
    return lambda house: house.write(changes.cancel, "w", ADMIN, settle=SETTLE, now=now)


def restore(now: datetime = NOW) -> Change:
    return lambda house: house.write(changes.restore, "w", ADMIN, settle=SETTLE, now=now)


def retitle(session: Session) -> None:
    webinar = webinars.lock(session, "w")
    assert webinar
    webinar.title = "Another"
    changes.revise(session, webinar, {"title": ["Smart packaging", "Another"]}, ADMIN, now=NOW)


async def behind(house: Database, person_id: int = ANA, *, now: datetime = NOW + 2 * MINUTE) -> Behind | None:
    return await house.read(lambda session: fetches.behind(session, webinars.get(session, 1), person_id, now=now))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ([], None),
        ([move(NOON)], START),
        ([move(NOON), move(EVENING, NOW + MINUTE)], START),
        ([move(NOON), move(wall(2027, 1, 20, 10), NOW + MINUTE)], None),
        ([cancel()], START),
        ([move(NOON), cancel(NOW + MINUTE)], START),
        ([cancel(), restore(NOW + MINUTE)], None),
        ([lambda house: house.write(retitle)], None),
    ],
)
async def test_app_that_has_not_looked_since_shows_the_old_time(
    house: Database, changed: list[Change], expected: datetime | None
) -> None:
    await fetched(house, ANA, "google", NOW - HOUR)
    for change in changed:
        await change(house)

    assert await behind(house) == (Behind(("google",), expected) if expected else None)


async def test_app_that_saw_the_first_move_shows_that(house: Database) -> None:
    await move(NOON, NOW - HOUR)(house)
    await fetched(house, ANA, "google", NOW - MINUTE)
    await move(EVENING)(house)

    assert await behind(house, now=NOW + 3 * HOUR) == Behind(("google",), AT_NOON)


@pytest.mark.parametrize(
    ("at", "seen_until"),
    [
        (NOW + MINUTE, NOW),
        (NOW - 8 * DAY, NOW - 8 * DAY),
        (NOW - HOUR, NOW - 2 * DAY),
    ],
    ids=["looked since", "not in use any more", "looked last before they registered"],
)
async def test_other_apps_show_nothing_old(house: Database, at: datetime, seen_until: datetime) -> None:
    await fetched(house, ANA, "google", at, seen_until=seen_until)
    await move(NOON)(house)

    assert await behind(house) is None


async def test_only_those_apps_are_named_that_show_it(house: Database) -> None:
    for family, at in (("apple", NOW - HOUR), ("google", NOW + MINUTE), ("outlook", NOW - DAY)):
        await fetched(house, ANA, family, at)
    await move(NOON)(house)

    assert await behind(house) == Behind(("apple", "outlook"), START)
    assert await behind(house, BEN) is None


async def test_what_is_far_away_has_time(house: Database) -> None:
    await fetched(house, ANA, "google", NOW - DAY)
    await move(NOON, NOW - DAY + MINUTE)(house)

    assert await behind(house, now=NOW - MINUTE) is None
    assert await behind(house, now=NOW) == Behind(("google",), START)


@pytest.mark.parametrize(("change", "kind"), [(move(NOON), Moved), (cancel(), Cancelled)])
async def test_notice_says_it_to_those_whom_it_concerns(house: Database, change: Change, kind: Any) -> None:
    await fetched(house, ANA, "google", NOW - HOUR)
    await fetched(house, BEN, "google", NOW + MINUTE)
    await change(house)
    now = NOW + SETTLE
    await house.write(planning.expand_notice, now=now)
    found = {}
    for delivery in await house.read(rows, Delivery):
        await house.write(outbox.claim, "worker", limit=30, now=now)
        outgoing = await begin(house, delivery.id, now)
        assert outgoing
        assert isinstance(outgoing.content, kind)
        found[delivery.person_id] = outgoing.content.behind

    assert found == {ANA: Behind(("google",), START), BEN: None}


async def lag(house: Database, now: datetime = NOW + HOUR, person_id: int = ADMIN) -> Lag | None:
    return await house.read(fetches.lag, "w", person_id, now=now)


async def test_organisers_see_how_many_calendars_are_right(house: Database) -> None:
    for person_id, family, at in (
        (ANA, "google", NOW - HOUR),
        (ANA, "apple", NOW + MINUTE),
        (BEN, "apple", NOW + MINUTE),
        (STRANGER, "apple", NOW - HOUR),
    ):
        await fetched(house, person_id, family, at)
    before = await lag(house)
    await move(NOON)(house)
    after = await lag(house)
    await fetched(house, ANA, "google", NOW + 2 * MINUTE)

    assert (before, after, await lag(house)) == (None, Lag(1, 2), Lag(2, 2))
    assert await lag(house, NOW + 2 * DAY + MINUTE) is None


async def test_organisers_see_nothing_where_nobody_has_a_calendar(house: Database) -> None:
    await cancel()(house)

    assert await lag(house) is None


@pytest.mark.parametrize("code", ["w", "none"])
async def test_only_organisers_see_it(house: Database, code: str) -> None:
    with pytest.raises(NotAllowedError):
        await house.read(fetches.lag, code, ANA, now=NOW)


async def test_apps_of_a_person(house: Database) -> None:
    for family, at in (("google", NOW - 9 * HOUR), ("apple", NOW - HOUR), ("google", NOW)):
        await fetched(house, ANA, family, at)

    assert await house.read(fetches.apps, ANA) == [App("google", NOW, 9 * HOUR), App("apple", NOW - HOUR, None)]
    assert await house.read(fetches.apps, BEN) == []


async def test_what_an_app_has_seen_it_has_seen(house: Database) -> None:
    """Two processes write down what they noted in any order."""
    await fetched(house, ANA, "google", NOW)
    await fetched(house, ANA, "google", NOW - HOUR)

    (row,) = await house.read(rows, FeedFetch, "family")
    assert (row.fetched_at, row.seen_until) == (NOW, NOW)


async def test_new_link_begins_anew(house: Database) -> None:
    await fetched(house, ANA, "google", NOW)
    await house.write(people.replace_link, ANA)
    await fetched(house, ANA, "google", NOW)

    assert await house.read(fetches.apps, ANA) == []


async def test_restored_webinar_is_in_nobody_s_way(house: Database) -> None:
    await cancel(NOW - HOUR)(house)
    await fetched(house, ANA, "google", NOW - MINUTE)
    await restore()(house)

    assert (await behind(house), await house.read(lambda session: webinars.get(session, 1).status)) == (
        None,
        WebinarStatus.PUBLISHED,
    )
