"""The way into a room: open to whoever has a seat, and who goes in has come."""

from datetime import timedelta

import pytest

from domain import changes, privacy, registration
from domain.attendance import doors
from domain.attendance.doors import NoDoorError, State
from storage import (
    Attendance,
    Circle,
    Database,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
    people,
)
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
    wall,
)

MARTA, ANA, BEN, CHIARA = 1, 2, 3, 4
WEBINAR, LINK = 1, "https://meet.example.org/secret"
SEATED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def prepare(session: Session) -> None:
    """Marta speaks for Alpha, which hosts. She and Ana have a seat, Ben waits, Chiara is a stranger."""
    add_consortium(session)
    add_people(session, 4)
    add_role(session, MARTA, "alpha")
    webinar_id = add_webinar(session, hosts=["alpha"], capacity=2)
    for person_id, status in ((MARTA, SEATED), (ANA, SEATED), (BEN, WAITING)):
        add_registration(session, webinar_id, person_id, status)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def came(house: Database) -> list[tuple[int, object, object]]:
    return [(each.person_id, each.first_at, each.last_at) for each in await house.read(rows, Attendance, "person_id")]


async def test_who_goes_in_has_come_and_is_counted_once(house: Database) -> None:
    early = START - 16 * MINUTE
    assert (await house.write(doors.enter, ANA, WEBINAR, now=early)).state is State.EARLY
    assert await came(house) == []

    for moment in (START - 15 * MINUTE, START, START + 59 * MINUTE):
        door = await house.write(doors.enter, ANA, WEBINAR, now=moment)
        assert (door.state, door.join_url) == (State.OPEN, LINK)
    after = await house.write(doors.enter, ANA, WEBINAR, now=START + HOUR)

    assert (after.state, after.join_url) == (State.OVER, None)
    assert await came(house) == [(ANA, START - 15 * MINUTE, START + 59 * MINUTE)]


async def test_who_only_looks_has_not_come(house: Database) -> None:
    door = await house.read(doors.look, ANA, WEBINAR, now=START)

    assert (door.state, door.join_url, door.public) == (State.OPEN, LINK, True)
    assert await came(house) == []


@pytest.mark.parametrize(("who", "state"), [(BEN, State.IN_LINE), (CHIARA, State.NO_SEAT)])
async def test_without_a_seat_there_is_no_way_in(house: Database, who: int, state: State) -> None:
    door = await house.write(doors.enter, who, WEBINAR, now=START)

    assert (door.state, door.join_url, door.card.join_url) == (state, None, None)
    assert await came(house) == []


async def test_a_seat_lost_is_the_way_lost_and_a_seat_won_the_way_won(house: Database) -> None:
    await house.write(registration.leave, "w", ANA, now=START - HOUR)

    assert (await house.write(doors.enter, ANA, WEBINAR, now=START)).state is State.NO_SEAT
    assert (await house.write(doors.enter, BEN, WEBINAR, now=START)).state is State.OPEN


async def test_erased_and_unknown_people_and_webinars_have_no_door(house: Database) -> None:
    await house.write(privacy.erase, ANA, now=START + DAY)

    for who, which in ((ANA, WEBINAR), (99, WEBINAR), (BEN, 99)):
        with pytest.raises(NoDoorError):
            await house.write(doors.enter, who, which, now=START)


def change(session: Session, **values: object) -> None:
    webinar = row(session, Webinar, WEBINAR)
    for name, value in values.items():
        setattr(webinar, name, value)


async def test_cancelled_it_tells_why_and_leads_nowhere(house: Database) -> None:
    await house.write(change, status=WebinarStatus.CANCELLED, cancel_reason=f"Ill. {LINK}")

    door = await house.write(doors.enter, ANA, WEBINAR, now=START)

    assert (door.state, door.join_url, door.card.cancel_reason) == (State.CANCELLED, None, "Ill. …")
    assert await came(house) == []


async def test_moved_it_tells_the_old_time_and_who_had_come_has_not(house: Database) -> None:
    await house.write(doors.enter, ANA, WEBINAR, now=START - 10 * MINUTE)
    moved = {"settle": SETTLE, "now": START - 5 * MINUTE}
    await house.write(changes.move, "w", MARTA, wall(2027, 1, 21, 15), "Europe/Brussels", **moved)

    door = await house.write(doors.enter, ANA, WEBINAR, now=START)

    assert (door.state, door.old_start) == (State.EARLY, START)
    assert await came(house) == []


async def test_a_short_delay_leaves_those_in_the_room_who_have_come(house: Database) -> None:
    await house.write(doors.enter, ANA, WEBINAR, now=START - 10 * MINUTE)
    moved = {"settle": SETTLE, "now": START - 5 * MINUTE}
    await house.write(changes.move, "w", MARTA, wall(2027, 1, 20, 10, 30), "Europe/Brussels", **moved)

    assert await came(house) == [(ANA, START - 10 * MINUTE, START - 10 * MINUTE)]


async def test_a_meeting_has_a_door_for_organisers_alone(house: Database) -> None:
    await house.write(change, circle=Circle.ORGANISERS)

    door = await house.write(doors.enter, MARTA, WEBINAR, now=START)

    assert (door.state, door.public) == (State.OPEN, False)
    for moment in (START, START + DAY):
        with pytest.raises(NoDoorError):
            await house.write(doors.enter, ANA, WEBINAR, now=moment)


async def test_the_reader_s_zone_is_theirs_if_they_have_said_it(house: Database) -> None:
    def move_ana(session: Session) -> None:
        people.get(session, ANA).timezone = "Asia/Shanghai"

    await house.write(move_ana)

    found = [(await house.read(doors.look, who, WEBINAR, now=START)).timezone for who in (ANA, MARTA)]
    assert found == ["Asia/Shanghai", None]
