"""What is sent while a draft is open: an answer to what it asks, or an invitation that fills it."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import drafts, intake
from domain.cards import AgendaLine
from domain.drafts import Field, NoDraftError
from domain.errors import NotAllowedError
from domain.intake import Message, Taken
from domain.reading.draft_values import FieldError, FieldFault
from domain.reading.when import WhenError, WhenFault
from storage import Database, Draft, Session
from tests.factories import NOW, add_consortium, add_person, add_role, rows, wall

BRUSSELS = "Europe/Brussels"
LATER = NOW + timedelta(minutes=5)
ORGANISER, STRANGER = 1, 2
INVITATION = """Topic: Cold chain to Guangdong
Time: Feb 3, 2027 09:30 AM - 11:00 AM Brussels

Join Zoom Meeting
https://zoom.us/j/81234567890?pwd=abc

What importers ask for at the harbour, and two stories of companies.

Agenda:
5 min Welcome, Ana Ruiz
60 min Stories
"""


def prepare(session: Session) -> None:
    add_consortium(session)
    for person_id in (ORGANISER, STRANGER):
        assert add_person(session, 100 + person_id) == person_id
    add_role(session, ORGANISER, "alpha")


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def take(house: Database, text: str, person_id: int = ORGANISER, **more: object) -> Taken | None:
    return await house.write(intake.take, person_id, Message(text=text, **more), timezone=BRUSSELS, now=LATER)  # type: ignore[arg-type]


async def start(house: Database, *texts: str) -> None:
    await house.write(drafts.start, ORGANISER, timezone=BRUSSELS, now=NOW)
    for text in texts:
        await take(house, text)


async def fields(house: Database) -> drafts.Fields:
    return (await house.read(drafts.show, ORGANISER)).fields


async def ask(house: Database, field: Field) -> None:
    await house.write(drafts.ask, ORGANISER, field, now=LATER)


async def test_an_invitation_fills_an_empty_draft_whatever_it_asks(house: Database) -> None:
    await start(house)

    taken = await take(house, INVITATION)

    assert taken
    assert taken.filled == (*(Field.TITLE, Field.WHEN, Field.LINK, Field.DURATION, Field.DESCRIPTION, Field.AGENDA),)
    assert (taken.view.asking, taken.view.fields.missing) == (None, ())
    assert taken.view.fields == drafts.Fields(
        title="Cold chain to Guangdong",
        description="What importers ask for at the harbour, and two stories of companies.",
        hosts=("alpha",),
        local_start=wall(2027, 2, 3, 9, 30),
        timezone=BRUSSELS,
        duration_minutes=90,
        length_given=True,
        join_url="https://zoom.us/j/81234567890?pwd=abc",
        agenda=(AgendaLine("Welcome", "Ana Ruiz", 5), AgendaLine("Stories", "", 60)),
    )


async def test_an_invitation_opens_a_draft(house: Database) -> None:
    taken = await take(house, INVITATION)

    assert taken
    assert taken.view.fields.title == "Cold chain to Guangdong"
    assert [row.person_id for row in await house.read(rows, Draft)] == [ORGANISER]


@pytest.mark.parametrize("text", ["Alpha", "https://zoom.us/j/1", "Hello,\nhow are you?"])
async def test_other_words_open_none(house: Database, text: str) -> None:
    assert await take(house, text) is None
    assert await house.read(rows, Draft) == []


async def test_what_was_typed_before_is_kept_and_the_other_offered(house: Database) -> None:
    await start(house, "My title", "4 Feb 15:00 Shanghai", "https://meet.example.org/mine")
    before = await fields(house)

    taken = await take(house, INVITATION)

    assert taken
    assert taken.filled == (Field.DURATION, Field.DESCRIPTION, Field.AGENDA)
    after = taken.view.fields
    assert (after.title, after.local_start, after.timezone, after.join_url) == (
        "My title",
        before.local_start,
        "Asia/Shanghai",
        "https://meet.example.org/mine",
    )
    assert list(after.offered) == [Field.TITLE, Field.WHEN, Field.LINK]


async def test_what_is_offered_is_taken_one_by_one(house: Database) -> None:
    await start(house, "My title", "4 Feb 15:00 Shanghai", "https://meet.example.org/mine")
    await take(house, INVITATION)

    when = await house.write(intake.use_offer, ORGANISER, Field.WHEN, now=LATER)

    assert (when.fields.local_start, when.fields.timezone) == (wall(2027, 2, 3, 9, 30), BRUSSELS)
    assert (when.fields.title, list(when.fields.offered)) == ("My title", [Field.TITLE, Field.LINK])
    kept = await house.write(intake.keep_mine, ORGANISER, now=LATER)
    assert (kept.fields.title, dict(kept.fields.offered)) == ("My title", {})
    again = await house.write(intake.use_offer, ORGANISER, Field.TITLE, now=LATER)
    assert again.fields == kept.fields


async def test_an_answer_by_hand_ends_the_offer(house: Database) -> None:
    await start(house, "My title")
    await take(house, INVITATION)
    await ask(house, Field.TITLE)

    taken = await take(house, "Another of mine")

    assert taken
    assert (taken.view.fields.title, dict(taken.view.fields.offered)) == ("Another of mine", {})


async def test_the_same_again_changes_nothing(house: Database) -> None:
    await take(house, INVITATION)
    before = await fields(house)

    taken = await take(house, INVITATION)

    assert taken
    assert (taken.filled, taken.view.fields) == ((), before)


async def test_a_length_that_was_said_is_kept(house: Database) -> None:
    await start(house)
    await ask(house, Field.DURATION)
    await take(house, "60")

    taken = await take(house, INVITATION)

    assert taken
    assert (taken.view.fields.duration_minutes, Field.DURATION in taken.filled) == (60, False)


async def test_what_is_not_certain_is_asked(house: Database) -> None:
    await start(house)

    taken = await take(house, "Topic: Cold chain\nDate: 03/02/2027 9:30\nhttps://zoom.us/j/1\nhttps://zoom.us/j/2")

    assert taken
    assert taken.found
    assert taken.found.when_fault
    assert (taken.filled, taken.view.asking) == ((Field.TITLE,), Field.WHEN)
    assert taken.found.when_fault.fault is WhenFault.TWO_DATES
    assert taken.found.links == ("https://zoom.us/j/1", "https://zoom.us/j/2")


@pytest.mark.parametrize("field", [Field.DESCRIPTION, Field.AGENDA])
async def test_what_is_long_by_nature_is_no_invitation(house: Database, field: Field) -> None:
    await start(house, "My title")
    await ask(house, field)

    taken = await take(house, "10:00 Welcome, 3 Feb 2027\nhttps://zoom.us/j/1")

    assert taken
    assert taken.found is None
    assert taken.view.fields.join_url is None


async def test_when_asked_for_a_text_any_will_do(house: Database) -> None:
    await start(house)
    await ask(house, Field.INVITATION)

    taken = await take(house, "Cold chain to Guangdong")

    assert taken
    assert (taken.filled, taken.view.fields.title, taken.view.asking) == (
        (Field.TITLE,),
        "Cold chain to Guangdong",
        Field.WHEN,
    )


async def test_a_text_with_nothing_in_it_is_refused_and_still_asked_for(house: Database) -> None:
    await start(house, "My title")
    await ask(house, Field.INVITATION)
    before = await house.read(rows, Draft)

    with pytest.raises(FieldError) as caught:
        await take(house, "Dear all,\n\nhow are you?")

    assert caught.value.fault is FieldFault.NOTHING_FOUND
    assert await house.read(rows, Draft) == before


async def test_forwarded_texts_need_fewer_signs(house: Database) -> None:
    text = "Cold chain to Guangdong, a webinar of ours\nWed 3 Feb 2027, 9:30 CET"
    assert await take(house, text) is None

    taken = await take(house, text, forwarded=True)

    assert taken
    assert taken.filled == (Field.TITLE, Field.WHEN)


async def test_what_stands_below_a_picture_is_no_answer(house: Database) -> None:
    await start(house)

    assert await take(house, "Cold chain", answer=False) is None
    assert (await fields(house)).title is None
    taken = await take(house, INVITATION, answer=False)
    assert taken
    assert taken.view.fields.title == "Cold chain to Guangdong"


async def test_links_and_dates_that_are_not_in_the_letters(house: Database) -> None:
    await start(house)
    moment = datetime(2027, 2, 3, 8, 30, tzinfo=UTC)

    taken = await take(
        house, "Cold chain to Guangdong\nsoon\nJoin the meeting now", hidden=("https://zoom.us/j/1",), picked=(moment,)
    )

    assert taken
    assert (taken.view.fields.starts_at, taken.view.fields.join_url) == (moment, "https://zoom.us/j/1")


async def test_an_end_that_was_typed_is_the_length_unless_one_was_said(house: Database) -> None:
    await start(house, "My title", "4 Feb 15:00-16:30")
    assert ((await fields(house)).duration_minutes, (await fields(house)).length_given) == (90, True)

    await ask(house, Field.WHEN)
    await take(house, "4 Feb 15:00-15:30")

    assert (await fields(house)).duration_minutes == 90


async def test_wrong_answers_are_refused_as_before(house: Database) -> None:
    await start(house, "My title")

    with pytest.raises(WhenError):
        await take(house, "01/02/2027 10:00")
    assert (await house.read(drafts.show, ORGANISER)).asking is Field.WHEN


async def test_strangers_are_refused(house: Database) -> None:
    with pytest.raises(NotAllowedError):
        await take(house, INVITATION, STRANGER)
    for use_case, arguments in ((intake.use_offer, (Field.TITLE,)), (intake.keep_mine, ())):
        with pytest.raises(NotAllowedError):
            await house.write(use_case, STRANGER, *arguments, now=LATER)  # type: ignore[arg-type]
        with pytest.raises(NoDraftError):
            await house.write(use_case, ORGANISER, *arguments, now=LATER)  # type: ignore[arg-type]
