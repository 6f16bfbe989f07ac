"""How it was: asked once of those who were there, answered by taps, counted for ever, named only if one says so."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import privacy
from domain.asking import Asking
from domain.attendance import doors
from domain.errors import WebinarNotFoundError
from domain.feedback import answering, asked, results
from domain.feedback.answering import LINE_LENGTH, FeedbackClosedError, Sheet
from domain.feedback.asked import FeedbackAsked
from domain.feedback.questions import USUAL
from domain.outbox import Doubtful
from domain.reading.draft_values import FieldError
from storage import (
    Attendance,
    Circle,
    Database,
    Delivery,
    DeliveryState,
    Feedback,
    FeedbackAnswer,
    Person,
    Registration,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
)
from tests.factories import (
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    row,
    rows,
)
from tests.outbox import begin, claim, send_all, settle

MARTA, ANA, BEN, CEM, DORA = 1, 2, 3, 4, 5
END = START + timedelta(hours=1)
ASKED = END + timedelta(minutes=30)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def prepare(session: Session) -> None:
    """Marta speaks for Alpha, which hosts. Ana, Ben and Cem have a seat, Dora waits."""
    add_consortium(session)
    add_people(session, 5)
    add_role(session, MARTA, "alpha")
    webinar_id = add_webinar(session, hosts=["alpha"])
    for person_id in (ANA, BEN, CEM):
        add_registration(session, webinar_id, person_id)
    add_registration(session, webinar_id, DORA, RegistrationStatus.WAITLISTED)


@pytest.fixture
async def empty(database: Database) -> Database:
    """Nobody has come."""
    await database.write(prepare)
    return database


@pytest.fixture
async def house(empty: Database) -> Database:
    """Ana and Ben have come."""
    for who in (ANA, BEN):
        await empty.write(doors.enter, who, 1, now=START)
    return empty


async def told(house: Database, now: datetime = ASKED) -> dict[int, FeedbackAsked]:
    await house.write(asked.plan, now=now)
    sent = await send_all(house, now)
    return {each.chat_id: each.content for each in sent if isinstance(each.content, FeedbackAsked)}


async def rate(house: Database, who: int, rating: int, now: datetime = ASKED) -> Sheet:
    return await house.write(answering.rate, "w", who, rating, now=now)


async def show(house: Database, now: datetime = ASKED) -> results.Results:
    return await house.write(results.show, "w", MARTA, now=now)


def change(session: Session, table: type[Any], row_id: int, **values: object) -> None:
    found = row(session, table, row_id)
    for name, value in values.items():
        setattr(found, name, value)


async def test_half_an_hour_after_the_end_who_came_is_asked_once(house: Database) -> None:
    assert await told(house, ASKED - MINUTE) == {}

    found = await told(house)

    assert {who: (content.card.code, content.known) for who, content in found.items()} == {
        ANA: ("w", True),
        BEN: ("w", True),
    }
    assert await told(house, ASKED + DAY) == {}
    assert await house.write(asked.plan, now=ASKED) == 0


async def test_where_nobody_was_seen_everybody_with_a_seat_is_asked(empty: Database) -> None:
    assert {who: content.known for who, content in (await told(empty)).items()} == dict.fromkeys((ANA, BEN, CEM), False)


async def test_a_process_that_was_away_asks_later_and_not_too_late(house: Database) -> None:
    assert set(await told(house, END + 2 * DAY)) == {ANA, BEN}


async def test_after_three_days_nobody_is_asked_any_more(house: Database) -> None:
    assert await told(house, END + 3 * DAY) == {}


@pytest.mark.parametrize(
    ("table", "row_id", "values"),
    [
        (Person, ANA, {"extras": False}),
        (Person, ANA, {"reachable": False}),
    ],
    ids=["wants less", "unreachable"],
)
async def test_who_does_not_want_it_or_cannot_be_told_is_not_asked(
    house: Database, table: type[Any], row_id: int, values: dict[str, object]
) -> None:
    await house.write(asked.plan, now=ASKED - MINUTE)
    await house.write(change, table, row_id, **values)

    assert set(await told(house)) == {BEN}


@pytest.mark.parametrize(
    "values",
    [{"status": WebinarStatus.CANCELLED}, {"circle": Circle.ORGANISERS}, {"ends_at": END + DAY}],
    ids=["cancelled", "meeting", "still to come"],
)
async def test_of_what_was_no_webinar_nobody_is_asked(house: Database, values: dict[str, object]) -> None:
    await house.write(asked.plan, now=ASKED)
    await house.write(change, Webinar, 1, **values)

    assert await told(house) == {}
    with pytest.raises((FeedbackClosedError, WebinarNotFoundError)):
        await rate(house, ANA, 5)


async def test_at_night_it_waits_for_the_morning(house: Database) -> None:
    night = START.replace(hour=22)
    await house.write(change, Webinar, 1, starts_at=night - HOUR, ends_at=night)

    assert await told(house, night + HOUR) == {}
    assert set(await told(house, START.replace(day=21, hour=6))) == {ANA, BEN}


async def test_who_has_answered_already_is_not_asked(house: Database) -> None:
    await rate(house, ANA, 4, now=END)

    assert set(await told(house)) == {BEN}


async def test_what_nobody_knows_arrived_is_not_sent_twice(house: Database) -> None:
    await house.write(asked.plan, now=ASKED)
    (first,) = await claim(house, limit=1, now=ASKED)
    assert await begin(house, first, ASKED) is not None
    await settle(house, first, Doubtful("silence"), now=ASKED)

    assert len(await told(house, ASKED + HOUR)) == 1
    assert {each.state for each in await house.read(rows, Delivery)} == {DeliveryState.SENT, DeliveryState.UNKNOWN}


async def test_answers_are_given_one_after_the_other(house: Database) -> None:
    first = await rate(house, ANA, 4)
    assert (first.rating, first.at, first.form, first.answers) == (4, 0, USUAL, {})
    second = await house.write(answering.answer, "w", ANA, 0, 5, now=ASKED)
    assert (second.at, second.answers) == (1, {0: 5})
    third = await house.write(answering.answer, "w", ANA, 1, 3, now=ASKED)
    assert third.at == 2
    assert (await house.read(row, Person, ANA)).asking == Asking.FEEDBACK_3

    done = await house.write(answering.take, ANA, " More  time\nfor questions\u202e. ", now=ASKED + MINUTE)

    assert (done.at, done.answers) == (None, {0: 5, 1: 3, 2: "More time for questions."})
    assert (await house.read(row, Person, ANA)).asking is None
    [kept] = await house.read(rows, Feedback)
    assert (kept.person_id, kept.rating, kept.named, kept.answered_at) == (ANA, 4, False, ASKED + MINUTE)


async def test_each_question_can_be_left_out_and_each_answer_changed_or_taken_back(house: Database) -> None:
    await rate(house, ANA, 4)
    skipped = await house.write(answering.turn, "w", ANA, 1, now=ASKED)
    assert (skipped.at, skipped.answers) == (1, {})
    await house.write(answering.answer, "w", ANA, 1, 1, now=ASKED)
    await house.write(answering.take, ANA, "First", now=ASKED)
    later = ASKED + 13 * DAY

    assert (await rate(house, ANA, 2, now=later)).rating == 2
    await house.write(answering.answer, "w", ANA, 1, 2, now=later)
    changed = await house.write(answering.take, ANA, "Second", now=later)
    assert changed.answers == {1: 2, 2: "Second"}
    assert (await house.write(answering.take_back, "w", ANA, 2, now=later)).answers == {1: 2}

    assert len(await house.read(rows, Feedback)) == 1
    assert (await show(house, later)).stars == Counter({2: 1})


@pytest.mark.parametrize("number", [0, 6, 999_999_999])
async def test_what_can_be_no_answer_changes_nothing(house: Database, number: int) -> None:
    assert (await rate(house, ANA, number)).rating is None
    await rate(house, ANA, 3)

    for position in (0, 1, 2, 3):
        sheet = await house.write(answering.answer, "w", ANA, position, number, now=ASKED)
        assert (sheet.rating, sheet.answers) == (3, {})


async def test_before_the_stars_there_is_nothing_to_answer(house: Database) -> None:
    for step in (
        lambda: house.write(answering.answer, "w", ANA, 0, 5, now=ASKED),
        lambda: house.write(answering.turn, "w", ANA, 1, now=ASKED),
        lambda: house.write(answering.take_back, "w", ANA, 0, now=ASKED),
        lambda: house.write(answering.show_name, "w", ANA, on=True, now=ASKED),
    ):
        sheet = await step()
        assert (sheet.rating, sheet.at, sheet.answers, sheet.named) == (None, None, {}, False)
    assert await house.read(rows, Feedback) == []


@pytest.mark.parametrize("text", ["", " \n", "x" * (LINE_LENGTH + 1)])
async def test_what_is_no_line_leaves_the_question_open(house: Database, text: str) -> None:
    await rate(house, ANA, 3)
    await house.write(answering.turn, "w", ANA, 2, now=ASKED)

    with pytest.raises(FieldError):
        await house.write(answering.take, ANA, text, now=ASKED)

    assert (await house.write(answering.take, ANA, "Yes", now=ASKED)).answers == {2: "Yes"}


@pytest.mark.parametrize(
    ("who", "now"),
    [(CEM, ASKED), (DORA, ASKED), (MARTA, ASKED), (ANA, END - MINUTE), (ANA, END + 14 * DAY)],
    ids=["did not come", "waited", "a stranger", "too early", "too late"],
)
async def test_it_is_open_to_those_who_were_there_and_for_a_while(house: Database, who: int, now: datetime) -> None:
    with pytest.raises(FeedbackClosedError):
        await rate(house, who, 5, now)
    with pytest.raises(WebinarNotFoundError):
        await house.write(answering.rate, "nothere", who, 5, now=now)
    assert await house.read(rows, Feedback) == []


async def test_who_was_missed_says_that_they_came_and_is_asked_at_once(house: Database) -> None:
    sheet = await house.write(answering.was_there, "w", CEM, now=ASKED)

    assert (sheet.rating, sheet.title) == (None, "Smart packaging")
    came = {each.person_id: each.said for each in await house.read(rows, Attendance, "person_id")}
    assert came == {ANA: False, BEN: False, CEM: True}
    assert set(await told(house)) == {ANA, BEN}
    assert (await rate(house, CEM, 5)).rating == 5
    for stranger in (DORA, MARTA):
        with pytest.raises(FeedbackClosedError):
            await house.write(answering.was_there, "w", stranger, now=ASKED)
    assert len(await house.read(rows, Attendance, "person_id")) == 3


async def test_hosts_see_counts_and_comments_and_no_name_that_was_not_given(house: Database) -> None:
    await rate(house, ANA, 5)
    await house.write(answering.answer, "w", ANA, 0, 4, now=ASKED)
    await house.write(answering.answer, "w", ANA, 1, 1, now=ASKED)
    await house.write(answering.take, ANA, "Great", now=ASKED)
    await rate(house, BEN, 2)
    await house.write(answering.turn, "w", BEN, 2, now=ASKED)
    await house.write(answering.take, BEN, "Bad sound", now=ASKED)
    await house.write(answering.show_name, "w", BEN, on=True, now=ASKED)

    found = await show(house)
    comments = await house.write(results.comments, "w", MARTA, 7, now=ASKED)

    assert (found.answered, found.there, found.rate, found.average, found.known) == (2, 2, 1.0, 3.5, True)
    assert (found.numbers, found.comments) == ({0: Counter({4: 1}), 1: Counter({1: 1})}, 2)
    assert [(each.position, each.text, each.name) for each in comments.comments] == [
        (2, "Bad sound", "Person 3"),
        (2, "Great", ""),
    ]
    assert (comments.number, comments.pages, comments.total) == (1, 1, 2)
    await house.write(answering.show_name, "w", BEN, on=False, now=ASKED)
    hidden = await house.write(results.comments, "w", MARTA, 1, now=ASKED)
    assert {each.name for each in hidden.comments} == {""}


async def test_comments_come_in_pages(house: Database) -> None:
    def write_many(session: Session) -> None:
        for person_id in add_people_more(session, 12):
            feedback = Feedback(webinar_id=1, person_id=person_id, rating=3, answered_at=ASKED)
            session.add(feedback)
            session.flush()
            session.add(FeedbackAnswer(feedback_id=feedback.id, position=2, text=f"Comment {person_id:03}"))

    await house.write(write_many)

    pages = [await house.write(results.comments, "w", MARTA, number, now=ASKED) for number in (0, 1, 2, 3, 99)]
    assert [(len(page.comments), page.number, page.pages, page.total) for page in pages] == [
        (5, 1, 3, 12),
        (5, 1, 3, 12),
        (5, 2, 3, 12),
        (2, 3, 3, 12),
        (2, 3, 3, 12),
    ]


def add_people_more(session: Session, number: int) -> list[int]:
    people = [Person(telegram_id=100 + place, name="X", created_at=START, seen_at=START) for place in range(number)]
    session.add_all(people)
    session.flush()
    return [each.id for each in people]


async def test_nobody_there_has_no_rate(empty: Database) -> None:
    def leave(session: Session) -> None:
        for each in rows(session, Registration):
            each.status = RegistrationStatus.CANCELLED

    await empty.write(leave)

    found = await show(empty)

    assert (found.there, found.rate, found.average) == (0, None, None)


async def test_of_who_was_erased_the_numbers_stay_and_no_word(house: Database) -> None:
    await rate(house, ANA, 5)
    await house.write(answering.answer, "w", ANA, 0, 4, now=ASKED)
    await house.write(answering.turn, "w", ANA, 2, now=ASKED)
    await house.write(answering.take, ANA, "It was Ana's quokka", now=ASKED)
    await house.write(answering.show_name, "w", ANA, on=True, now=ASKED)
    before = await show(house)

    await house.write(privacy.erase, ANA, now=ASKED + HOUR)

    found = await show(house)
    assert (found.stars, found.there, found.numbers, found.rate) == (
        before.stars,
        before.there,
        before.numbers,
        before.rate,
    )
    assert found.comments == 0
    [kept] = await house.read(rows, Feedback)
    assert kept.named is False
    assert [each.text for each in await house.read(rows, FeedbackAnswer, "position")] == [None, ""]
