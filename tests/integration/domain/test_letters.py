"""What organisers write to those who come: looked at first, at most two a day, to each person once."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import letters, preferences, privacy, registration
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.letters import LENGTH, LetterLimitError, LettersClosedError, NoLetterError, NoReadersError, Proof
from domain.mailing import Written
from domain.outbox import Outgoing
from domain.outcomes import Doubtful
from domain.reading.draft_values import FieldError, FieldFault
from storage import (
    Audit,
    Database,
    Delivery,
    DeliveryState,
    HostState,
    Letter,
    Readers,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarHost,
    WebinarStatus,
)
from tests.factories import (
    NOW,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    row,
    rows,
    set_reachable,
)
from tests.outbox import USUAL, begin, claim, send_all, settle

MARTA, OTHER, ANA, BEN, CHIARA = 1, 2, 3, 4, 5
CODE = "pack"
JOIN = "https://meet.example.org/secret"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WAITING = RegistrationStatus.WAITLISTED


def prepare(session: Session) -> None:
    """Marta speaks for Alpha, which hosts, another for Beta. Ana and Ben have a seat, Chiara waits."""
    add_consortium(session)
    add_people(session, 5)
    add_role(session, MARTA, "alpha")
    add_role(session, OTHER, "beta")
    webinar_id = add_webinar(session, code=CODE, hosts=["alpha"], join_url=JOIN, capacity=2)
    add_webinar(session, code="empty", hosts=["alpha"])
    for person_id, status in ((ANA, RegistrationStatus.REGISTERED), (BEN, RegistrationStatus.REGISTERED)):
        add_registration(session, webinar_id, person_id, status)
    add_registration(session, webinar_id, CHIARA, WAITING)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def write(
    house: Database, text: str = "Bring a sample.", readers: Readers = Readers.BOTH, *, now: datetime = NOW
) -> Proof:
    """Choose readers and type the text, or only choose if there is a text already."""
    found = await house.write(letters.choose, CODE, MARTA, readers, now=now)
    return found if isinstance(found, Proof) else await house.write(letters.take, MARTA, text, now=now)


async def dispatch(house: Database, letter_id: int, person_id: int = MARTA, *, now: datetime = NOW) -> int:
    return (await house.write(letters.send, CODE, person_id, letter_id, now=now)).count


async def write_and_send(house: Database, text: str = "Bring a sample.", *, now: datetime = NOW, **more: Any) -> int:
    return await dispatch(house, (await write(house, text, now=now, **more)).letter_id, now=now)


def read(sent: list[Outgoing]) -> dict[int, str]:
    return {each.chat_id: each.content.text for each in sent if isinstance(each.content, Written)}


def cancel(session: Session) -> None:
    row(session, Webinar, 1).status = WebinarStatus.CANCELLED


@pytest.mark.parametrize(
    ("readers", "told"),
    [(Readers.REGISTERED, [ANA, BEN]), (Readers.WAITLISTED, [CHIARA]), (Readers.BOTH, [ANA, BEN, CHIARA])],
)
async def test_each_of_those_chosen_reads_it_once(house: Database, readers: Readers, told: list[int]) -> None:
    proof = await write(house, readers=readers)

    assert (proof.count, proof.readers, proof.letter.text) == (len(told), readers, "Bring a sample.")
    assert await dispatch(house, proof.letter_id) == len(told)
    assert await dispatch(house, proof.letter_id) == len(told)  # pressed twice

    assert read(await send_all(house, NOW)) == dict.fromkeys(told, "Bring a sample.")
    assert await send_all(house, NOW + HOUR) == []


async def test_nothing_leaves_before_it_is_sent(house: Database) -> None:
    await write(house)

    assert await send_all(house, NOW) == []
    assert await house.read(rows, Delivery) == []


async def test_who_left_meanwhile_does_not_read_it_and_who_came_later_neither(house: Database) -> None:
    await write_and_send(house)
    await house.write(registration.leave, CODE, BEN, now=NOW)
    await house.write(registration.register, CODE, OTHER, now=NOW)

    assert sorted(read(await send_all(house, NOW))) == [ANA, CHIARA]


async def test_who_is_seated_meanwhile_is_not_told_what_was_for_those_who_wait(house: Database) -> None:
    await write_and_send(house, readers=Readers.WAITLISTED)
    await house.write(registration.leave, CODE, BEN, now=NOW)

    assert read(await send_all(house, NOW)) == {}


async def test_who_cannot_be_reached_is_not_counted(house: Database) -> None:
    await house.write(set_reachable, ANA, reachable=False)

    desk = await house.write(letters.desk, CODE, MARTA, now=NOW)

    assert desk.counts == {Readers.REGISTERED: 1, Readers.WAITLISTED: 1, Readers.BOTH: 2}
    assert await write_and_send(house) == 2


async def test_what_nobody_knows_arrived_is_not_sent_twice(house: Database) -> None:
    await write_and_send(house, readers=Readers.WAITLISTED)
    (only,) = await claim(house)
    assert await begin(house, only, NOW) is not None

    await settle(house, only, Doubtful("silence"))

    assert [each.state for each in await house.read(rows, Delivery)] == [DeliveryState.UNKNOWN]
    assert await send_all(house, NOW + HOUR) == []


async def test_people_of_a_cancelled_webinar_can_be_written_to(house: Database) -> None:
    await house.write(cancel)

    assert await write_and_send(house) == 3
    assert len(await send_all(house, NOW)) == 3


async def test_link_to_join_is_for_those_who_have_a_seat(house: Database) -> None:
    text = f"Here: {JOIN}"

    proof = await write(house, text)
    assert (proof.letter.text, proof.withheld) == (text, True)
    waiting = await write(house, readers=Readers.WAITLISTED)
    assert (waiting.letter.text, waiting.withheld) == ("Here: …", True)
    seated = await write(house, readers=Readers.REGISTERED)
    assert (seated.letter.text, seated.withheld) == (text, False)
    await dispatch(house, (await write(house)).letter_id)

    assert read(await send_all(house, NOW)) == {ANA: text, BEN: text, CHIARA: "Here: …"}


async def test_two_a_day_are_the_most_and_the_third_is_kept(house: Database) -> None:
    await write_and_send(house, "one")
    await write_and_send(house, "two", now=NOW + HOUR)
    third = await write(house, "three", now=NOW + 2 * HOUR)

    assert third.next_at == NOW + DAY
    with pytest.raises(LetterLimitError) as refused:
        await dispatch(house, third.letter_id, now=NOW + 2 * HOUR)
    assert (refused.value.next_at, refused.value.timezone) == (NOW + DAY, "Europe/Brussels")
    assert (await house.write(letters.desk, CODE, MARTA, now=NOW + 2 * HOUR)).unsent == "three"

    assert await dispatch(house, third.letter_id, now=NOW + DAY) == 3


async def test_of_many_sent_at_once_two_leave(house: Database) -> None:
    for organiser in (ANA, BEN, CHIARA):
        await house.write(add_role, organiser, "alpha")
        await house.write(letters.choose, CODE, organiser, Readers.BOTH, now=NOW)
    theirs = {each: (await house.write(letters.take, each, "Hello", now=NOW)).letter_id for each in (ANA, BEN, CHIARA)}

    ends = await asyncio.gather(
        *(dispatch(house, letter_id, organiser) for organiser, letter_id in theirs.items()), return_exceptions=True
    )

    assert sorted(type(end) for end in ends if isinstance(end, Exception)) == [LetterLimitError]
    assert [end for end in ends if end == 3] == [3, 3]
    assert len(await send_all(house, NOW)) == 6


async def test_letters_of_others_count_too(house: Database) -> None:
    await house.write(add_role, BEN, "alpha")
    await write_and_send(house, "one")
    await write_and_send(house, "two")
    await house.write(letters.choose, CODE, BEN, Readers.BOTH, now=NOW)
    his = await house.write(letters.take, BEN, "three", now=NOW)

    assert (await house.write(letters.desk, "empty", MARTA, now=NOW)).next_at is None
    with pytest.raises(LetterLimitError):
        await dispatch(house, his.letter_id, BEN)


async def test_letter_that_nobody_is_there_to_read_is_kept(house: Database) -> None:
    proof = await write(house, readers=Readers.WAITLISTED)
    await house.write(registration.leave, CODE, CHIARA, now=NOW)

    with pytest.raises(NoReadersError):
        await dispatch(house, proof.letter_id)

    assert (await house.write(letters.desk, CODE, MARTA, now=NOW)).unsent == "Bring a sample."
    assert await house.read(rows, Audit) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", FieldFault.EMPTY), (" \n\x00\u200e ", FieldFault.EMPTY), ("x" * (LENGTH + 1), FieldFault.TOO_LONG)],
)
async def test_text_that_cannot_be_used_leaves_the_question_open_and_the_old_text_there(
    house: Database, text: str, fault: FieldFault
) -> None:
    await write(house, "before")
    await house.write(letters.write_again, CODE, MARTA, now=NOW)

    with pytest.raises(FieldError) as refused:
        await house.write(letters.take, MARTA, text, now=NOW)

    assert refused.value.fault is fault
    assert (await house.write(letters.desk, CODE, MARTA, now=NOW)).unsent == "before"
    assert (await house.write(letters.take, MARTA, "after", now=NOW)).letter.text == "after"
    assert len(await house.read(rows, Letter)) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  <b>AI</b> & Co.\n", "<b>AI</b> & Co."),
        ("one\x00\x07two\u202e", "onetwo"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("x" * LENGTH, "x" * LENGTH),
    ],
)
async def test_text_is_kept_as_typed_but_for_what_nobody_sees(house: Database, typed: str, kept: str) -> None:
    assert (await write(house, typed)).letter.text == kept


USES: dict[str, Callable[..., Any]] = {
    "desk": lambda house, code, who: house.write(letters.desk, code, who, now=NOW),
    "choose": lambda house, code, who: house.write(letters.choose, code, who, Readers.BOTH, now=NOW),
    "again": lambda house, code, who: house.write(letters.write_again, code, who, now=NOW),
    "send": lambda house, code, who: house.write(letters.send, code, who, 1, now=NOW),
}


@pytest.mark.parametrize("use", USES)
async def test_only_those_of_its_hosts_may(house: Database, use: str) -> None:
    await write(house)

    for stranger in (OTHER, ANA):
        with pytest.raises(NotAllowedError):
            await USES[use](house, CODE, stranger)
    with pytest.raises(WebinarNotFoundError):
        await USES[use](house, "nothere", MARTA)

    assert await house.read(rows, Delivery) == []
    assert len(await house.read(rows, Letter)) == 1


async def test_right_that_is_taken_away_between_question_and_answer(house: Database) -> None:
    await house.write(letters.choose, CODE, MARTA, Readers.BOTH, now=NOW)
    await house.write(decline)

    with pytest.raises(NotAllowedError):
        await house.write(letters.take, MARTA, "too late", now=NOW)

    assert [each.text for each in await house.read(rows, Letter)] == [""]


def decline(session: Session) -> None:
    """Alpha hosts it no more."""
    for host in rows(session, WebinarHost, "webinar_id"):
        host.state = HostState.DECLINED


async def test_what_was_written_for_another_webinar_or_by_another_cannot_be_sent(house: Database) -> None:
    await house.write(add_role, BEN, "alpha")
    proof = await write(house)

    for code, person_id, letter_id in (
        (CODE, BEN, proof.letter_id),
        ("empty", MARTA, proof.letter_id),
        (CODE, MARTA, 999),
    ):
        with pytest.raises(NoLetterError):
            await house.write(letters.send, code, person_id, letter_id, now=NOW)

    assert await house.read(rows, Delivery) == []


async def test_letter_without_a_text_cannot_be_sent(house: Database) -> None:
    await house.write(letters.choose, CODE, MARTA, Readers.BOTH, now=NOW)

    with pytest.raises(NoLetterError):
        await dispatch(house, 1)


async def test_long_after_the_webinar_nobody_is_written_to(house: Database) -> None:
    ends_at = START + HOUR
    assert await write_and_send(house, now=ends_at + letters.OPEN_FOR) == 3

    with pytest.raises(LettersClosedError):
        await write(house, now=ends_at + letters.OPEN_FOR + timedelta(seconds=1))


async def test_what_was_begun_is_offered_for_a_week(house: Database) -> None:
    await write(house, "half")

    found = [(await house.write(letters.desk, CODE, MARTA, now=NOW + age)).unsent for age in (6 * DAY, 7 * DAY)]

    assert found == ["half", ""]


async def test_sending_is_written_down_without_the_text(house: Database) -> None:
    await write_and_send(house, "A secret.")

    (line,) = await house.read(rows, Audit)
    assert (line.person_id, line.action, line.subject) == (MARTA, "written", "Smart packaging")
    assert (line.before, line.after) == ({}, {"readers": "both", "people": 3})


NIGHT = datetime.fromisoformat("2027-01-18T22:30:00+00:00")
"""23:30 in Brussels, a day and a half before the webinar."""


@pytest.mark.parametrize(
    ("written_at", "read_at"),
    [
        (NIGHT, NIGHT.replace(day=19, hour=6, minute=0)),
        (NIGHT.replace(day=19), NIGHT.replace(day=19)),  # within a day of the start
        (NIGHT.replace(day=20), NIGHT.replace(day=21, hour=6, minute=0)),  # afterwards
    ],
)
async def test_at_night_it_waits_unless_the_webinar_is_near(
    house: Database, written_at: datetime, read_at: datetime
) -> None:
    await write_and_send(house, now=written_at)

    assert len(await send_all(house, written_at)) == (3 if read_at == written_at else 0)
    if read_at != written_at:
        assert await send_all(house, read_at - timedelta(seconds=1)) == []
        assert len(await send_all(house, read_at)) == 3


@pytest.mark.parametrize(("written_at", "count"), [(NOW, 3), (START + 2 * HOUR, 2)])
async def test_who_wants_less_is_written_to_before_the_webinar_and_not_after(
    house: Database, written_at: datetime, count: int
) -> None:
    await house.write(preferences.set_extras, ANA, USUAL, on=False)

    assert await write_and_send(house, now=written_at) == count

    assert (ANA in read(await send_all(house, written_at))) is (count == 3)


async def test_letter_that_comes_too_late_is_not_sent(house: Database) -> None:
    await write_and_send(house, "See you soon.", now=START - HOUR)

    assert await send_all(house, START + HOUR) == []
    assert {each.state for each in await house.read(rows, Delivery)} == {DeliveryState.EXPIRED}


async def test_who_was_erased_leaves_nothing_of_what_was_not_sent(house: Database) -> None:
    await write_and_send(house, "sent")
    await write(house, "never sent")

    await house.write(privacy.erase, MARTA, now=NOW)

    assert [(each.text, each.id) for each in await house.read(rows, Letter)] == [("sent", 1)]
    assert read(await send_all(house, NOW)) == dict.fromkeys((ANA, BEN, CHIARA), "sent")
    assert (await house.read(row, Letter, 1)).written_by == MARTA  # a row without a name by now
