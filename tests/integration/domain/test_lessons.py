"""What was learnt: asked once of the hosts' organisers, written for the library, offered to who plans the like."""

from datetime import datetime, timedelta

import pytest

from domain import drafts, lessons, privacy
from domain.errors import NotAllowedError
from domain.library import entries, writing
from domain.reading.draft_values import FieldError
from storage import (
    Circle,
    Database,
    Delivery,
    DeliveryKind,
    EntryKind,
    EntryState,
    LibraryEntry,
    Person,
    Session,
    WebinarStatus,
)
from storage import library as storage_library
from tests.factories import NOW, add_consortium, add_people, add_role, add_webinar, row, rows
from tests.outbox import send_all

ALPHA, BETA, COMPANY, ADMIN, BOTH = 1, 2, 3, 4, 5
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ENDED = NOW - DAY - HOUR  # its start: it lasts an hour, so it ended a day ago


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, 5)
    for person_id, partnership in ((ALPHA, "alpha"), (BETA, "beta"), (ADMIN, None), (BOTH, "alpha"), (BOTH, "beta")):
        add_role(session, person_id, partnership)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def asked(house: Database, *, now: datetime = NOW) -> list[tuple[int, int | None]]:
    await house.write(lessons.ask, now=now)
    found = await house.read(rows, Delivery)
    return [(each.person_id, each.webinar_id) for each in found if each.kind is DeliveryKind.LESSON_ASKED]


async def test_the_organisers_of_the_hosts_are_asked_once_a_day_after_the_end(house: Database) -> None:
    await house.write(add_webinar, hosts=["alpha"], starts_at=ENDED)

    assert await asked(house, now=NOW - timedelta(seconds=1)) == []
    assert await asked(house) == [(ALPHA, 1), (BOTH, 1)]
    assert await asked(house, now=NOW + DAY) == [(ALPHA, 1), (BOTH, 1)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"status": WebinarStatus.CANCELLED}, id="cancelled"),
        pytest.param({"circle": Circle.ORGANISERS}, id="a meeting"),
        pytest.param({"starts_at": ENDED - 4 * DAY}, id="long ago"),
    ],
)
async def test_nobody_is_asked_about_what_did_not_take_place_or_is_long_ago(
    house: Database, changes: dict[str, object]
) -> None:
    def add(session: Session) -> None:
        add_webinar(session, hosts=["alpha"], **{"starts_at": ENDED} | changes)

    await house.write(add)

    assert await asked(house) == []


async def test_who_left_the_team_or_wants_less_is_not_told(house: Database) -> None:
    await house.write(add_webinar, hosts=["alpha"], starts_at=ENDED)
    await asked(house)

    def change(session: Session) -> None:
        row(session, Person, BOTH).extras = False

    await house.write(change)
    await house.write(privacy.erase, ALPHA, now=NOW)

    assert await send_all(house, now=NOW) == []


async def told(house: Database, text: str, *, by: int = ALPHA, kind: EntryKind = EntryKind.LESSON) -> str:
    await house.write(lessons.begin, "w", by, kind, now=NOW)
    view = await house.write(lessons.take, by, text, language="en", now=NOW)
    return view.entry.code


async def test_what_is_told_is_a_draft_about_what_the_webinar_was_about(house: Database) -> None:
    await house.write(add_webinar, hosts=["beta", "alpha"], topics=["china", "food"], starts_at=ENDED)

    code = await told(house, "Test the interpreters' microphones the day before.")
    better = await told(house, "Two speakers are enough.", by=BOTH, kind=EntryKind.PRACTICE)

    found = await house.read(entries.look, code, ALPHA)
    assert (found.kind, found.state, found.partnership, found.topic_ids, found.webinar) == (
        EntryKind.LESSON,
        EntryState.DRAFT,
        "Alpha",
        ("china", "food"),
        "Smart packaging",
    )
    assert found.text == "Test the interpreters' microphones the day before."
    assert (await house.read(entries.look, better, BOTH)).kind is EntryKind.PRACTICE


async def test_too_long_a_text_changes_nothing_and_the_question_stays_open(house: Database) -> None:
    await house.write(add_webinar, hosts=["alpha"], starts_at=ENDED)

    with pytest.raises(FieldError):
        await told(house, "x" * 2_001)

    assert await house.read(rows, LibraryEntry) == []
    assert (await house.read(row, Person, ALPHA)).asking == "lesson_better"


@pytest.mark.parametrize("person_id", [BETA, COMPANY])
async def test_only_organisers_of_the_hosts_tell(house: Database, person_id: int) -> None:
    await house.write(add_webinar, hosts=["alpha"], starts_at=ENDED)

    with pytest.raises(NotAllowedError):
        await told(house, "Whatever", by=person_id)
    assert await house.read(rows, LibraryEntry) == []


async def test_the_three_most_relevant_lessons_are_offered_to_a_draft_about_the_same(house: Database) -> None:
    def share(session: Session) -> None:
        add_webinar(session, hosts=["alpha"], topics=["china"], starts_at=ENDED)
        for number, (kind, topics) in enumerate(
            [
                (EntryKind.LESSON, ["china"]),
                (EntryKind.PRACTICE, ["china", "food"]),
                (EntryKind.LESSON, ["food"]),
                (EntryKind.TEMPLATE, ["china"]),
                (EntryKind.LESSON, ["china"]),
                (EntryKind.LESSON, ["china"]),
            ]
        ):
            given = writing.Given(title=f"Entry {number}", text="Words", topic_ids=tuple(topics))
            view = writing.start(session, ALPHA, kind, given, language="en", now=NOW + timedelta(minutes=number))
            writing.share(session, view.entry.code, ALPHA, now=NOW + timedelta(minutes=number))

    await house.write(share)
    draft = await house.write(drafts.start, BETA, timezone="Europe/Brussels", now=NOW)
    assert not draft.lessons

    draft = await house.write(drafts.toggle_topic, BETA, "china", now=NOW)
    assert draft.lessons
    found = await house.read(lessons.offered, BETA, draft.fields.topics)
    assert [entry.title for entry in found] == ["Entry 5", "Entry 4", "Entry 1"]
    draft = await house.write(drafts.toggle_topic, BETA, "food", now=NOW)
    found = await house.read(lessons.offered, BETA, draft.fields.topics)
    assert [entry.title for entry in found] == ["Entry 1", "Entry 5", "Entry 4"]
    with pytest.raises(NotAllowedError):
        await house.read(lessons.offered, COMPANY, ("china",))


async def test_a_draft_that_is_not_shared_is_offered_to_nobody(house: Database) -> None:
    await house.write(add_webinar, hosts=["alpha"], topics=["china"], starts_at=ENDED)
    code = await told(house, "Not yet")

    assert await house.read(lessons.offered, BETA, ("china",)) == ()
    await house.write(writing.share, code, ALPHA, now=NOW)
    assert [entry.code for entry in await house.read(lessons.offered, BETA, ("china",))] == [code]
    assert await house.read(storage_library.by_code, code) is not None
