"""Slides and recording go to who came, and with regrets to who was missed: each once, whatever comes when."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import handing_out, installation, materials, preferences, privacy
from domain.attendance import doors
from domain.cards import Handout
from domain.feedback import answering
from domain.mailing import HandedOut
from domain.missed import Missed
from storage import (
    Attendance,
    Circle,
    Database,
    Delivery,
    Material,
    MaterialKind,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
)
from tests import outbox
from tests.factories import (
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    row,
    rows,
)
from tests.outbox import USUAL

MARTA, ANA, BEN, CEM, DORA = 1, 2, 3, 4, 5
SLIDES, RECORDING = MaterialKind.SLIDES, MaterialKind.RECORDING
END = START + timedelta(hours=1)
AFTER = END + timedelta(minutes=30)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def prepare(session: Session) -> None:
    """Marta speaks for Alpha, which hosts. Ana, Ben and Cem have a seat, Dora waits. The bot hands out redirects."""
    add_consortium(session)
    add_people(session, 5)
    add_role(session, MARTA, "alpha")
    webinar_id = add_webinar(session, hosts=["alpha"])
    for person_id in (ANA, BEN, CEM):
        add_registration(session, webinar_id, person_id)
    add_registration(session, webinar_id, DORA, RegistrationStatus.WAITLISTED)
    installation.keep_redirects(session, on=True)


@pytest.fixture
async def empty(database: Database) -> Database:
    await database.write(prepare)
    return database


@pytest.fixture
async def house(empty: Database) -> Database:
    """Ana has come, Ben and Cem have not."""
    await empty.write(doors.enter, ANA, 1, now=START)
    return empty


async def give(house: Database, kind: MaterialKind, now: datetime = AFTER) -> int | None:
    await house.write(materials.ask, "w", MARTA, kind, now=now)
    return (await house.write(materials.take, MARTA, link(kind), settle=SETTLE, now=now)).told


def link(kind: MaterialKind) -> str:
    return f"https://files.example.org/{kind}"


async def told(house: Database, now: datetime = AFTER + SETTLE) -> dict[int, tuple[str, set[MaterialKind]]]:
    """Who gets what, and whether as one who came or as one who was missed."""
    await house.write(handing_out.plan, settle=SETTLE, now=now)
    sent = await outbox.send_all(house, now)
    assert len({each.chat_id for each in sent}) == len(sent)
    found = {each.chat_id: each.content for each in sent if isinstance(each.content, HandedOut | Missed)}
    return {who: (type(news).__name__, {handout.kind for handout in news.new}) for who, news in found.items()}


CAME = ("HandedOut", {RECORDING})
MISSED = ("Missed", {RECORDING})


async def test_the_recording_goes_to_all_and_to_who_was_missed_with_regrets(house: Database) -> None:
    assert await give(house, RECORDING) == 3

    assert await told(house, AFTER + SETTLE - MINUTE) == {}
    assert await told(house) == {ANA: CAME, BEN: MISSED, CEM: MISSED}
    assert await told(house, AFTER + 2 * DAY) == {}


async def test_what_is_certain_waits_for_no_clock(house: Database) -> None:
    await give(house, RECORDING)

    assert {each.chat_id for each in await outbox.send_all(house, AFTER + SETTLE)} == {ANA, BEN, CEM}


async def test_slides_alone_go_to_who_came(house: Database) -> None:
    assert await give(house, SLIDES) == 1

    assert await told(house) == {ANA: ("HandedOut", {SLIDES})}


async def test_who_was_missed_is_told_once_and_of_all_there_is(house: Database) -> None:
    await give(house, SLIDES)
    await told(house)
    later = AFTER + 2 * HOUR
    await give(house, RECORDING, later)

    both = ("Missed", {SLIDES, RECORDING})
    assert await told(house, later + SETTLE) == {ANA: CAME, BEN: both, CEM: both}


async def test_slides_that_come_after_the_regrets_go_to_who_came(house: Database) -> None:
    await give(house, RECORDING)
    await told(house)
    await give(house, SLIDES, AFTER + HOUR)

    assert await told(house, AFTER + HOUR + SETTLE) == {ANA: ("HandedOut", {SLIDES})}


async def test_during_the_webinar_who_is_there_gets_it_and_who_comes_later_too(house: Database) -> None:
    await give(house, SLIDES, START + 10 * MINUTE)
    assert await told(house, START + 10 * MINUTE + SETTLE) == {ANA: ("HandedOut", {SLIDES})}
    await house.write(doors.enter, BEN, 1, now=START + 20 * MINUTE)

    assert await told(house, START + 21 * MINUTE) == {BEN: ("HandedOut", {SLIDES})}


async def test_nobody_is_missed_before_it_is_over(house: Database) -> None:
    await give(house, RECORDING, START + 10 * MINUTE)

    assert await told(house, END - MINUTE) == {ANA: CAME}
    assert await told(house, AFTER) == {BEN: MISSED, CEM: MISSED}


async def test_where_nobody_was_seen_all_with_a_seat_get_it_once_it_is_over(empty: Database) -> None:
    assert await give(empty, RECORDING, START + MINUTE) == 3

    assert await told(empty, END - MINUTE) == {}
    assert await told(empty, END) == dict.fromkeys((ANA, BEN, CEM), CAME)
    assert await told(empty, AFTER + DAY) == {}


async def test_without_redirects_all_with_a_seat_get_it_at_once(empty: Database) -> None:
    await empty.write(installation.keep_redirects, on=False)
    await give(empty, SLIDES, START)

    assert set(await told(empty, START + SETTLE)) == {ANA, BEN, CEM}


async def test_who_was_there_after_all_says_so_and_gets_what_comes_later(house: Database) -> None:
    await give(house, RECORDING)
    await told(house)

    sheet = await house.write(answering.was_there, "w", BEN, now=AFTER + HOUR)

    assert sheet is not None
    assert sheet.rating is None
    assert await told(house, AFTER + 2 * HOUR) == {}
    await give(house, SLIDES, AFTER + 3 * HOUR)
    assert set(await told(house, AFTER + 3 * HOUR + SETTLE)) == {ANA, BEN}


async def test_who_says_so_before_the_regrets_are_sent_gets_none(house: Database) -> None:
    await give(house, RECORDING)
    await house.write(handing_out.plan, settle=SETTLE, now=AFTER)
    await house.write(answering.was_there, "w", BEN, now=AFTER)

    assert await told(house) == {ANA: CAME, BEN: CAME, CEM: MISSED}


async def test_weeks_later_one_can_still_say_so_and_is_not_asked_any_more(house: Database) -> None:
    assert await house.write(answering.was_there, "w", BEN, now=END + 20 * DAY) is None

    came = {each.person_id: each.said for each in await house.read(rows, Attendance, "person_id")}
    assert came == {ANA: False, BEN: True}


async def test_at_night_both_wait_for_the_morning(house: Database) -> None:
    night = START.replace(hour=22)
    await give(house, RECORDING, night)

    assert await told(house, night + SETTLE) == {}
    assert await told(house, START.replace(day=21, hour=6)) == {ANA: CAME, BEN: MISSED, CEM: MISSED}


async def test_who_wants_less_is_not_missed(house: Database) -> None:
    await house.write(preferences.set_extras, BEN, USUAL, on=False)

    assert await give(house, RECORDING) == 2
    assert await told(house) == {ANA: CAME, CEM: MISSED}


async def test_a_recording_that_is_taken_away_is_told_to_nobody(house: Database) -> None:
    await give(house, RECORDING)
    await house.write(handing_out.plan, settle=SETTLE, now=AFTER)
    assert len(await house.read(rows, Delivery)) == 3

    await house.write(materials.remove, "w", MARTA, RECORDING, now=AFTER + MINUTE)

    assert await house.read(rows, Delivery) == []
    assert await told(house) == {}
    await give(house, RECORDING, AFTER + HOUR)
    assert await told(house, AFTER + HOUR + SETTLE) == {ANA: CAME, BEN: MISSED, CEM: MISSED}


async def test_what_was_added_long_ago_is_told_to_nobody_any_more(house: Database) -> None:
    await give(house, RECORDING)

    assert await told(house, AFTER + SETTLE + 7 * DAY) == {}


@pytest.mark.parametrize(
    "values",
    [{"status": WebinarStatus.CANCELLED}, {"starts_at": START + 3 * DAY, "ends_at": END + 3 * DAY}],
    ids=["cancelled", "moved ahead"],
)
async def test_of_what_has_not_taken_place_nobody_is_missed(house: Database, values: dict[str, Any]) -> None:
    def change(session: Session) -> None:
        for name, value in values.items():
            setattr(row(session, Webinar, 1), name, value)

    await give(house, RECORDING)
    await house.write(handing_out.plan, settle=SETTLE, now=AFTER)
    await house.write(change)

    assert await told(house) == {}


async def test_of_a_meeting_all_who_were_called_get_it_and_nobody_is_missed(house: Database) -> None:
    def call(session: Session) -> None:
        row(session, Webinar, 1).circle = Circle.ORGANISERS
        for who in (ANA, BEN):
            add_role(session, who, "beta")

    await house.write(call)
    await give(house, RECORDING)

    assert await told(house) == {ANA: CAME, BEN: CAME}


async def test_who_was_erased_gets_nothing(house: Database) -> None:
    await give(house, RECORDING)
    await house.write(privacy.erase, BEN, now=AFTER)

    assert await told(house) == {ANA: CAME, CEM: MISSED}


async def test_file_that_is_alone_is_the_message_itself(house: Database) -> None:
    def keep_file(session: Session) -> None:
        kept: dict[str, Any] = {"file_id": "BAAC", "file_name": "day.mp4", "added_at": AFTER}
        session.add(Material(webinar_id=1, kind=RECORDING, **kept))

    await house.write(keep_file)
    await house.write(handing_out.plan, settle=SETTLE, now=AFTER + SETTLE)

    sent = await outbox.send_all(house, AFTER + SETTLE)

    file = Handout(RECORDING, None, "BAAC", "day.mp4")
    assert [each.content.attached for each in sent if isinstance(each.content, Missed)] == [file, file]
