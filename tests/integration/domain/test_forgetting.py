"""What is stored about a person, gone when they wish: seats pass on, counts stay, nobody knows them any more."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from domain import access, changes, outbox, people, planning, privacy, reminding
from domain.outcomes import Sent, Unreachable
from domain.people import Visitor
from storage import (
    Database,
    Delivery,
    DeliveryKind,
    Person,
    Registration,
    RegistrationStatus,
    Revision,
    Session,
    Webinar,
    registrations,
)
from storage import people as storage_people
from tests.crossing import Pause, cross
from tests.factories import INTERVAL, LEADS, NOW, SETTLE, START, row, rows
from tests.outbox import USUAL, WORKER, send_all
from tests.whole_person import ADMIN, BEN, LEFT, MARKS, SEATED, TELEGRAM_ID, ZEB, dump, prepare

HOUR = timedelta(hours=1)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def erase(house: Database, person_id: int = ZEB, *, now: datetime = NOW) -> None:
    await house.write(privacy.erase, person_id, now=now)


async def test_nothing_personal_remains_in_any_table(house: Database) -> None:
    before = await house.read(dump)
    assert [mark for mark in MARKS if mark not in str(before) and mark != "23:15"] == []
    assert time(23, 15) in before["person"][ZEB - 1].values()

    await erase(house)

    found = {
        (table, name, mark)
        for table, found in (await house.read(dump)).items()
        for each in found
        for name, value in each.items()
        for mark in MARKS
        if mark in str(value)
    }
    assert found == set()


async def test_of_the_person_only_an_empty_row_remains(house: Database) -> None:
    before = (await house.read(dump))["person"][ZEB - 1]

    await erase(house, now=NOW + HOUR)

    kept = {name: before[name] for name in ("id", "created_at", "seen_at", "company_asked_at", "follow_offered_at")}
    assert (await house.read(dump))["person"][ZEB - 1] == kept | {
        "telegram_id": None,
        "name": "",
        "language": "",
        "language_chosen": False,
        "timezone": None,
        "quiet_from": None,
        "quiet_until": None,
        "announcements": False,
        "extras": False,
        "own_leads": False,
        "company": "",
        "country": "",
        "cluster_id": None,
        "asking": None,
        "asking_about": "",
        "asked_at": None,
        "browsing": {},
        "reachable": False,
        "unreachable_since": before["unreachable_since"],
        "feed_generation": 4,
        "feed_follows": False,
        "feed_changed_at": None,
        "stay_asked_at": None,
        "erased_at": NOW + HOUR,
    }


async def test_rows_that_are_only_about_the_person_are_gone(house: Database) -> None:
    await erase(house)

    left = await house.read(dump)
    assert {
        table: [each for each in left[table] if each["person_id"] == ZEB]
        for table in ("person_lead", "follow", "role", "draft", "delivery", "feed_fetch")
    } == {"person_lead": [], "follow": [], "role": [], "draft": [], "delivery": [], "feed_fetch": []}
    assert [each["digest"] for each in left["invitation"]] == ["b", "c"]


async def test_others_keep_everything(house: Database) -> None:
    def others(found: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        return [
            each
            for table in ("person", "follow", "role", "draft", "person_lead")
            for each in found[table]
            if each.get("person_id", each.get("id")) != ZEB
        ]

    before = others(await house.read(dump))

    await erase(house)

    assert others(await house.read(dump)) == before


async def statuses(house: Database) -> dict[tuple[int, int], RegistrationStatus]:
    return {(each.webinar_id, each.person_id): each.status for each in await house.read(rows, Registration)}


async def test_seats_pass_on_and_the_winner_is_told(house: Database) -> None:
    await erase(house)

    assert await statuses(house) == {
        (1, ZEB): LEFT,
        (1, BEN): SEATED,
        (2, BEN): SEATED,
        (2, ZEB): LEFT,
        (3, ZEB): SEATED,
        (3, BEN): SEATED,
        (4, ZEB): LEFT,
    }
    sent = await send_all(house, NOW)
    assert [(type(each.content).__name__, each.chat_id) for each in sent] == [("SeatWon", 1003)]


async def test_counts_of_what_is_past_stay(house: Database) -> None:
    before = await house.read(registrations.count_by_status, [3])

    await erase(house)

    assert await house.read(registrations.count_by_status, [3]) == before
    assert before[3].registered == 2


async def test_a_new_start_is_a_new_person(house: Database) -> None:
    await erase(house)

    visitor = Visitor(TELEGRAM_ID, "Zebulon")
    arrival = await house.write(people.arrive, visitor, language="en", bot_id=1, update_id=1, now=NOW + HOUR)

    assert arrival is not None
    assert (arrival.person.id, arrival.organiser, arrival.person.feed_generation) == (BEN + 1, False, 1)
    anew = await house.read(privacy.export, arrival.person.id, now=NOW)
    assert (anew["registrations"], anew["follows"], anew["messages"]) == ([], {"partnerships": [], "topics": []}, [])
    assert anew["person"]["company"] == ""
    assert (await house.read(row, Person, ZEB)).telegram_id is None


async def test_what_an_organiser_shared_stays_and_what_they_did_not_goes(house: Database) -> None:
    before = await house.read(dump)

    await erase(house)

    after = await house.read(dump)
    assert [each["code"] for each in after["library_entry"]] == ["fair", "shared", "others"]
    kept = [each for each in before["library_version"] if each["entry_id"] != 3]
    assert after["library_version"] == kept


async def test_to_forget_twice_changes_nothing_more_than_the_link(house: Database) -> None:
    await erase(house)
    before = await house.read(dump)

    await erase(house)

    before["person"][ZEB - 1]["feed_generation"] += 1
    assert await house.read(dump) == before


async def test_what_an_organiser_posted_stays_without_them(house: Database) -> None:
    webinars, revisions = await house.read(rows, Webinar), await house.read(rows, Revision)

    await erase(house)

    assert await house.read(rows, Webinar) == webinars
    assert await house.read(rows, Revision) == revisions
    assert not await house.read(access.may_post, ZEB)
    assert (await house.write(changes.managed, "ahead", ADMIN, now=NOW)).hosts == ("Alpha",)


async def test_an_administrator_who_is_forgotten_is_none_any_more_until_the_next_start(house: Database) -> None:
    await erase(house, ADMIN)
    assert not await house.read(access.is_admin, ADMIN)

    await house.write(people.appoint_admins, [1001], now=NOW)

    assert await house.read(access.is_admin, BEN + 1)
    assert not await house.read(access.is_admin, ADMIN)


async def test_nothing_is_planned_for_who_is_forgotten(house: Database) -> None:
    await erase(house)
    await send_all(house, NOW)

    def change(session: Session) -> None:
        changes.cancel(session, "ahead", ADMIN, settle=SETTLE, now=NOW)
        changes.cancel(session, "past", ADMIN, settle=SETTLE, now=NOW)

    await house.write(change)
    while await house.write(planning.expand_notice, now=NOW + SETTLE):
        continue
    for lead in LEADS:
        await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=START - lead)

    assert {each.person_id for each in await house.read(rows, Delivery)} == {BEN}


@pytest.mark.parametrize("outcome", [Sent(9), Unreachable("blocked")], ids=["sent", "blocked"])
async def test_a_message_on_its_way_then_is_of_no_account(house: Database, outcome: Sent | Unreachable) -> None:
    [first, *_] = await house.write(outbox.claim, WORKER, limit=30, now=NOW)
    assert await house.write(outbox.begin, first, WORKER, USUAL, now=NOW) is not None

    await erase(house)
    await house.write(outbox.settle, first, WORKER, outcome, now=NOW)

    left = [(each.kind, each.person_id) for each in await house.read(rows, Delivery)]
    assert left == [(DeliveryKind.RESTORED, BEN), (DeliveryKind.LETTER, BEN), (DeliveryKind.SEAT_WON, BEN)]


async def test_a_message_taken_but_not_begun_is_never_sent(house: Database) -> None:
    [first, *_] = await house.write(outbox.claim, WORKER, limit=30, now=NOW)

    await erase(house)

    assert await house.write(outbox.begin, first, WORKER, USUAL, now=NOW) is None


async def test_who_writes_at_the_very_moment_they_are_forgotten_is_a_new_person(house: Database) -> None:
    """Else the name they have now would be written into the row of whom nobody is to know."""
    visitor = Visitor(TELEGRAM_ID, "Zebulon II")

    def forget(session: Session, pause: Pause) -> None:
        privacy.erase(session, ZEB, now=NOW)
        pause()

    arrival = await cross(
        house,
        forget,
        lambda: house.write(people.arrive, visitor, language="en", bot_id=1, update_id=1, now=NOW),
    )

    assert arrival is not None
    assert (arrival.person.id, arrival.person.name) == (BEN + 1, "Zebulon II")
    gone = await house.read(row, Person, ZEB)
    assert (gone.telegram_id, gone.name, gone.erased_at) == (None, "", NOW)


async def test_who_turns_out_to_be_out_of_reach_at_the_very_moment_they_are_forgotten_stops_neither(
    house: Database,
) -> None:
    """The one holds the person and takes the messages; the other would hold a message and mark the person."""
    [first, *_] = await house.write(outbox.claim, WORKER, limit=30, now=NOW)
    await house.write(outbox.begin, first, WORKER, USUAL, now=NOW)

    def forget(session: Session, pause: Pause) -> None:
        storage_people.lock(session, ZEB)
        pause()
        privacy.erase(session, ZEB, now=NOW)

    await cross(house, forget, lambda: house.write(outbox.settle, first, WORKER, Unreachable("blocked"), now=NOW))

    assert (await house.read(row, Person, ZEB)).erased_at == NOW
    assert {each.person_id for each in await house.read(rows, Delivery)} == {BEN}


async def test_of_a_webinar_called_off_the_registration_ends_too(house: Database) -> None:
    await house.write(changes.cancel, "ahead", ADMIN, settle=SETTLE, now=NOW)

    await erase(house)

    assert (await statuses(house))[1, ZEB] is LEFT
    await house.write(changes.restore, "ahead", ADMIN, settle=SETTLE, now=NOW)
    assert (await statuses(house))[1, BEN] is SEATED
