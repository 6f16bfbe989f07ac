import asyncio
from datetime import timedelta

from domain import people, registration
from domain.people import Arrival, Visitor
from storage import Database, Delivery, DeliveryState, Person, Registration, RegistrationStatus, Role, RoleKind, Session
from storage.tables import SeenUpdate
from tests.factories import (
    NOW,
    add_consortium,
    add_delivery,
    add_person,
    add_registration,
    add_role,
    add_webinar,
    rows,
    set_reachable,
)

LATER = NOW + timedelta(hours=1)
BOT = 7_000_000_001


async def arrive(
    database: Database,
    telegram_id: int = 7,
    name: str = "Ana",
    *,
    language: str = "fr",
    update_id: int = 1,
    bot_id: int = BOT,
    now: object = NOW,
) -> Arrival | None:
    visitor = Visitor(telegram_id, name)
    return await database.write(people.arrive, visitor, language=language, bot_id=bot_id, update_id=update_id, now=now)


def person(session: Session, telegram_id: int = 7) -> Person:
    [found] = [row for row in rows(session, Person) if row.telegram_id == telegram_id]
    return found


def administrators(session: Session) -> dict[int, int | None]:
    """By Telegram id, and who appointed them."""
    telegram_ids = {row.id: row.telegram_id or 0 for row in rows(session, Person)}
    return {
        telegram_ids[role.person_id]: role.granted_by for role in rows(session, Role) if role.kind is RoleKind.ADMIN
    }


async def test_a_new_person_is_met(database: Database) -> None:
    arrival = await arrive(database)

    [row] = await database.read(rows, Person)
    assert arrival == Arrival(row, organiser=False)
    assert row == Person(
        id=row.id, telegram_id=7, name="Ana", language="fr", reachable=True, created_at=NOW, seen_at=NOW
    )


async def test_meeting_again_finds_the_same_person(database: Database) -> None:
    first = await arrive(database)

    again = await arrive(database, update_id=2, now=LATER)

    assert again == first
    assert await database.read(rows, Person) == [await database.read(person)]


async def test_seen_at_is_kept_to_the_day(database: Database) -> None:
    await arrive(database)

    for update_id, hours in enumerate((23, 24, 25, 26), start=2):
        await arrive(database, update_id=update_id, now=NOW + timedelta(hours=hours))

    assert (await database.read(person)).seen_at == NOW + timedelta(hours=25)


async def test_an_update_that_comes_twice_is_taken_once(database: Database) -> None:
    assert await arrive(database, update_id=5) is not None
    assert await arrive(database, update_id=5) is None
    assert await arrive(database, update_id=5, bot_id=BOT + 1) is not None
    assert await arrive(database, 8, update_id=5) is None
    assert len(await database.read(rows, Person)) == 1


async def test_an_update_that_comes_ten_times_at_once_is_taken_once(database: Database) -> None:
    arrivals = await asyncio.gather(*(arrive(database, update_id=5) for _ in range(10)))

    assert len([arrival for arrival in arrivals if arrival]) == 1


async def test_a_person_s_first_updates_may_come_at_once(database: Database) -> None:
    arrivals = await asyncio.gather(*(arrive(database, update_id=number) for number in range(10)))

    assert {arrival.person.id for arrival in arrivals if arrival} == {(await database.read(person)).id}


async def test_a_new_name_is_kept_and_a_long_one_cut(database: Database) -> None:
    await arrive(database)

    await arrive(database, name="A" * 200, update_id=2)

    assert (await database.read(person)).name == "A" * 64


async def test_who_blocks_the_bot_is_out_of_reach_and_nothing_waits_for_them(database: Database) -> None:
    person_id = await database.write(add_person, 7)
    webinar_id = await database.write(add_webinar)
    await database.write(add_registration, webinar_id, person_id)
    await database.write(add_delivery, person_id, webinar_id)

    await database.write(people.depart, 7, now=NOW)
    await database.write(people.depart, 7, now=LATER)

    left = await database.read(person)
    [waiting] = await database.read(rows, Delivery)
    [seat] = await database.read(rows, Registration)
    assert (left.reachable, left.unreachable_since) == (False, NOW)
    assert (waiting.state, waiting.settled_at) == (DeliveryState.UNREACHABLE, NOW)
    assert seat.status is RegistrationStatus.REGISTERED


async def test_a_stranger_who_blocks_the_bot_leaves_no_trace(database: Database) -> None:
    await database.write(people.depart, 7, now=NOW)

    assert await database.read(rows, Person) == []


async def test_whoever_writes_can_be_reached_again(database: Database) -> None:
    await arrive(database)
    await database.write(people.depart, 7, now=NOW)

    await arrive(database, update_id=2, now=LATER)

    back = await database.read(person)
    assert (back.reachable, back.unreachable_since) == (True, None)


async def test_what_was_not_due_before_they_came_back_waits_again(database: Database) -> None:
    person_id = await database.write(add_person, 7)
    webinar_id = await database.write(add_webinar)
    await database.write(add_registration, webinar_id, person_id)
    for key, due_at in (("past", NOW), ("now", LATER), ("to come", LATER + timedelta(seconds=1))):
        await database.write(add_delivery, person_id, webinar_id, dedup_key=key, due_at=due_at)
    await database.write(people.depart, 7, now=NOW)

    await arrive(database, update_id=2, now=LATER)

    found = {row.dedup_key: (row.state, row.settled_at) for row in await database.read(rows, Delivery)}
    gone = (DeliveryState.UNREACHABLE, NOW)
    assert found == {"past": gone, "now": gone, "to come": (DeliveryState.PENDING, None)}


async def test_those_named_in_the_configuration_are_administrators(database: Database) -> None:
    await database.write(people.appoint_admins, [8, 7, 8], now=NOW)
    await database.write(people.appoint_admins, [7, 8], now=LATER)

    assert await database.read(administrators) == {7: None, 8: None}
    assert not (await database.read(person)).reachable


async def test_who_is_no_longer_named_is_no_administrator(database: Database) -> None:
    await database.write(people.appoint_admins, [7, 8], now=NOW)

    await database.write(people.appoint_admins, [8], now=NOW)
    assert await database.read(administrators) == {8: None}

    await database.write(people.appoint_admins, [], now=NOW)
    assert await database.read(administrators) == {}


async def test_who_was_appointed_in_the_chat_stays(database: Database) -> None:
    def appoint(session: Session, person_id: int, by: int) -> None:
        session.add(Role(person_id=person_id, kind=RoleKind.ADMIN, granted_by=by, granted_at=NOW))

    await database.write(people.appoint_admins, [7], now=NOW)
    chief = (await database.read(person)).id
    await database.write(appoint, await database.write(add_person, 9), chief)

    await database.write(people.appoint_admins, [7, 9], now=NOW)
    await database.write(people.appoint_admins, [], now=NOW)

    assert await database.read(administrators) == {9: chief}


async def test_organisers_keep_their_partnership_when_administrators_change(database: Database) -> None:
    await database.write(add_consortium)
    await database.write(add_role, await database.write(add_person, 7), "alpha")

    await database.write(people.appoint_admins, [8], now=NOW)

    assert [(role.kind, role.partnership_id) for role in await database.read(rows, Role)] == [
        (RoleKind.ORGANISER, "alpha"),
        (RoleKind.ADMIN, None),
    ]


async def test_an_arrival_says_whether_the_person_may_post(database: Database) -> None:
    await database.write(people.appoint_admins, [7], now=NOW)

    admin, stranger = await arrive(database, 7, update_id=1), await arrive(database, 8, update_id=2)

    assert admin is not None
    assert stranger is not None
    assert (admin.organiser, stranger.organiser) == (True, False)
    assert admin.person.reachable


async def test_an_administrator_s_language_is_learnt_when_they_first_come(database: Database) -> None:
    await database.write(people.appoint_admins, [7], now=NOW)

    await arrive(database, language="fr")

    assert (await database.read(person)).language == "fr"


async def test_updates_are_forgotten_after_two_days(database: Database) -> None:
    await arrive(database, update_id=1, now=NOW)
    await arrive(database, update_id=2, now=LATER)

    assert await database.write(people.forget_updates, now=NOW + timedelta(days=2)) == 0
    assert await database.write(people.forget_updates, now=NOW + timedelta(days=2, seconds=1)) == 1
    assert [seen.update_id for seen in await database.read(rows, SeenUpdate, "update_id")] == [2]


async def test_who_returns_is_looked_at_in_every_line_they_stand_in(database: Database) -> None:
    person_id = await database.write(add_person, 7)
    for code in ("a", "b"):
        webinar_id = await database.write(add_webinar, code=code, capacity=1)
        await database.write(add_registration, webinar_id, person_id, RegistrationStatus.WAITLISTED)
    await database.write(set_reachable, person_id, reachable=False)

    await arrive(database, update_id=1)

    assert [row.status for row in await database.read(rows, Registration)] == [RegistrationStatus.REGISTERED] * 2
    assert await database.write(registration.leave, "a", person_id, now=NOW)
