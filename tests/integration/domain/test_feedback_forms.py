"""Which questions are asked after a webinar: chosen for it or for its draft, written anew, the usual ones otherwise."""

from datetime import timedelta
from typing import Any

import pytest

from domain import changes, drafts, publishing, shelf
from domain.feedback import answering, forms, of_draft
from domain.feedback.forms import PAGE_SIZE, FormFixedError
from domain.feedback.questions import USUAL, Form, Kind, Question, QuestionsError, content
from domain.library import upkeep
from domain.library.rights import EntryNotFoundError
from storage import (
    Attendance,
    Audit,
    Database,
    EntryKind,
    EntryReaders,
    EntryState,
    FeedbackForm,
    LibraryEntry,
    LibraryVersion,
    Session,
)
from tests.factories import (
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_role,
    add_webinar,
    row,
    rows,
    wall,
)

MARTA, BERT, ANA = 1, 2, 3
END = START + timedelta(hours=1)
LINE = Question(kind=Kind.LINE, text="What next?")
SCALE = Question(kind=Kind.SCALE, text="Clear?")


def prepare(session: Session) -> None:
    """Marta speaks for Alpha, which hosts, Bert for Beta; Beta has shared a template, with a second version."""
    add_consortium(session)
    add_people(session, 3)
    add_role(session, MARTA, "alpha")
    add_role(session, BERT, "beta")
    add_webinar(session, hosts=["alpha"])
    add_template(session, "fair", "After a fair", LINE)
    add_version(session, "After a fair, shorter", SCALE)


def add_template(session: Session, code: str, title: str, *questions: Question, **values: Any) -> None:
    fields: dict[str, Any] = {
        "kind": EntryKind.TEMPLATE,
        "state": EntryState.SHARED,
        "partnership_id": "beta",
        "language": "en",
        "created_at": NOW,
        "changed_at": NOW,
    }
    entry = LibraryEntry(code=code, **fields | values)
    session.add(entry)
    session.flush()
    session.add(LibraryVersion(entry_id=entry.id, number=1, title=title, content=content(questions), made_at=NOW))
    session.flush()


def add_version(session: Session, title: str, *questions: Question) -> None:
    row(session, LibraryEntry, 1).version = 2
    session.add(LibraryVersion(entry_id=1, number=2, title=title, content=content(questions), made_at=NOW))


def revise_again(session: Session) -> None:
    row(session, LibraryEntry, 1).version = 3
    session.add(LibraryVersion(entry_id=1, number=3, title="Quite another", content=content([LINE]), made_at=NOW))


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def asked(house: Database, who: int = ANA) -> Form:
    def come(session: Session) -> None:
        session.merge(Attendance(webinar_id=1, person_id=who, first_at=START, last_at=START))

    await house.write(come)
    return (await house.write(answering.show, "w", who, now=END)).form


async def test_without_a_choice_the_usual_questions_are_asked(house: Database) -> None:
    assert await asked(house) == USUAL
    offered = await house.write(forms.offer, "w", MARTA, 1, now=NOW)
    assert (offered.form, [each.code for each in offered.templates]) == (USUAL, ["fair"])


async def test_a_template_is_asked_as_it_was_when_it_was_chosen(house: Database) -> None:
    chosen = await house.write(forms.choose, "w", MARTA, "fair", now=NOW)
    form = Form((SCALE,), "After a fair, shorter")
    assert chosen.form == form

    await house.write(revise_again)
    await house.write(upkeep.retire, "fair", BERT, now=NOW)

    assert await asked(house) == form
    assert (await house.read(row, LibraryEntry, 1)).uses == 1
    with pytest.raises(EntryNotFoundError):
        await house.write(forms.choose, "w", MARTA, "fair", now=NOW)


async def test_the_usual_questions_come_back(house: Database) -> None:
    await house.write(forms.choose, "w", MARTA, "fair", now=NOW)

    assert (await house.write(forms.choose, "w", MARTA, None, now=NOW)).form == USUAL
    assert await house.read(rows, FeedbackForm, "webinar_id") == []
    assert [(line.action, line.before, line.after) for line in await house.read(rows, Audit)] == [
        ("form_chosen", {"form": None}, {"form": "After a fair, shorter"}),
        ("form_chosen", {"form": "After a fair, shorter"}, {"form": None}),
    ]


async def test_chosen_twice_is_written_down_once(house: Database) -> None:
    for _ in range(2):
        await house.write(forms.choose, "w", MARTA, "fair", now=NOW)

    assert len(await house.read(rows, Audit)) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"kind": EntryKind.PRACTICE},
        {"state": EntryState.DRAFT},
        {"state": EntryState.RETIRED},
    ],
    ids=["practice", "draft", "retired"],
)
async def test_what_is_no_shared_template_is_not_offered(house: Database, values: dict[str, Any]) -> None:
    await house.write(add_template, "other", "Other", LINE, **values)

    offered = await house.write(forms.offer, "w", MARTA, 1, now=NOW)

    assert [each.code for each in offered.templates] == ["fair"]
    with pytest.raises(EntryNotFoundError):
        await house.write(forms.choose, "w", MARTA, "other", now=NOW)


async def test_a_template_without_questions_is_not_offered(house: Database) -> None:
    await house.write(add_template, "words", "Only words", readers=EntryReaders.EVERYBODY)

    assert len((await house.write(forms.offer, "w", MARTA, 1, now=NOW)).templates) == 1


async def test_a_template_that_was_shared_as_a_text_is_offered_if_it_asks(house: Database) -> None:
    def write(session: Session) -> None:
        add_template(session, "text", "As a text")
        session.get_one(LibraryVersion, (2, 1)).text = "Clear? 1-5\nWhat next?"

    await house.write(write)

    chosen = await house.write(forms.choose, "w", MARTA, "text", now=NOW)

    assert chosen.form == Form((Question(kind=Kind.SCALE, text="Clear?"), LINE), "As a text")
    assert await asked(house) == chosen.form


async def test_many_templates_come_in_pages_most_used_first(house: Database) -> None:
    for number in range(PAGE_SIZE):
        await house.write(add_template, f"t{number}", f"Template {number}", LINE, uses=number)

    pages = [await house.write(forms.offer, "w", MARTA, number, now=NOW) for number in (1, 2, 9)]

    assert [each.code for each in pages[0].templates] == ["t5", "t4", "t3", "t2", "t1", "fair"]
    assert [[each.code for each in page.templates] for page in pages[1:]] == [["t0"], ["t0"]]
    assert [(page.number, page.pages) for page in pages] == [(1, 2), (2, 2), (2, 2)]


async def test_once_it_is_over_what_is_asked_is_fixed(house: Database) -> None:
    await house.write(forms.ask_for_questions, "w", MARTA, now=END - timedelta(seconds=1))

    for use in (
        lambda: house.write(forms.offer, "w", MARTA, 1, now=END),
        lambda: house.write(forms.choose, "w", MARTA, "fair", now=END),
        lambda: house.write(forms.ask_for_questions, "w", MARTA, now=END),
        lambda: house.write(forms.take, MARTA, "Useful? 1-5", language="en", now=END),
    ):
        with pytest.raises(FormFixedError):
            await use()
    assert await asked(house) == USUAL


async def test_questions_of_one_s_own_are_asked_and_shared(house: Database) -> None:
    await house.write(forms.ask_for_questions, "w", MARTA, now=NOW)
    typed = "Clear? 1-5\nWhich? USA / China"

    taken = await house.write(forms.take, MARTA, typed, language="fr", now=NOW)

    questions = (SCALE, Question(kind=Kind.CHOICE, text="Which?", options=("USA", "China")))
    assert (taken.form, taken.number) == (Form(questions, "Smart packaging"), 1)
    assert await asked(house) == taken.form
    shared = (await house.read(rows, LibraryEntry))[-1]
    assert (shared.kind, shared.state, shared.partnership_id, shared.language, shared.webinar_id) == (
        EntryKind.TEMPLATE,
        EntryState.SHARED,
        "alpha",
        "fr",
        1,
    )
    offered = await house.write(forms.offer, "w", MARTA, 1, now=NOW)
    assert {each.title for each in offered.templates} == {"After a fair, shorter", "Smart packaging"}
    assert [line.action for line in await house.read(rows, Audit)] == ["entry_shared", "form_chosen"]


async def test_what_is_no_form_leaves_the_question_open(house: Database) -> None:
    await house.write(forms.ask_for_questions, "w", MARTA, now=NOW)

    with pytest.raises(QuestionsError):
        await house.write(forms.take, MARTA, "a?\nb?\nc?\nd?", language="en", now=NOW)

    assert (await house.write(forms.take, MARTA, "What next?", language="en", now=NOW)).form.questions == (LINE,)


async def start_draft(house: Database, who: int = MARTA) -> None:
    await house.write(drafts.start, who, timezone="Europe/Brussels", now=NOW)
    for text in ("Cold chain", "3 Feb 2027 9:30", "https://meet.example.org/x"):
        await house.write(drafts.fill, who, text, picked=None, now=NOW)


async def test_what_is_chosen_for_a_draft_is_asked_when_it_is_a_webinar_and_goes_on_in_its_copies(
    house: Database,
) -> None:
    await start_draft(house)
    assert (await house.read(of_draft.offer, MARTA, 1)).form == USUAL
    form = Form((SCALE,), "After a fair, shorter")
    assert (await house.write(of_draft.choose, MARTA, "fair", now=NOW)).form == form

    card = await house.write(publishing.publish, MARTA, now=NOW)

    assert (await house.write(forms.offer, card.code, MARTA, 1, now=NOW)).form == form
    copy = await house.write(shelf.duplicate, card.code, MARTA, now=NOW)
    assert copy.fields.form == "fair"
    assert (await house.write(of_draft.choose, MARTA, None, now=NOW)).form == USUAL


async def test_a_template_that_is_retired_before_the_draft_is_published_is_not_asked(house: Database) -> None:
    await start_draft(house)
    await house.write(of_draft.choose, MARTA, "fair", now=NOW)
    await house.write(upkeep.retire, "fair", BERT, now=NOW)

    assert (await house.read(of_draft.offer, MARTA, 1)).form == USUAL
    card = await house.write(publishing.publish, MARTA, now=NOW)
    assert (await house.write(forms.offer, card.code, MARTA, 1, now=NOW)).form == USUAL
    with pytest.raises(drafts.NoDraftError):
        await house.read(of_draft.offer, MARTA, 1)


async def test_a_move_leaves_the_questions_as_they_are(house: Database) -> None:
    await house.write(forms.choose, "w", MARTA, "fair", now=NOW)
    moved = {"settle": SETTLE, "now": NOW}
    await house.write(changes.move, "w", MARTA, wall(2027, 1, 22, 10), "Europe/Brussels", **moved)

    assert (await house.write(forms.offer, "w", MARTA, 1, now=NOW)).form.title == "After a fair, shorter"
