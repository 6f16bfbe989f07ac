"""Several drafts of one person, and those that came with a file for their partnership."""

from datetime import timedelta

import pytest

from domain import drafts, privacy, publishing, shelf, team
from domain.cards import AgendaLine
from domain.draft_fields import Fields
from domain.drafts import DraftView, Field, NoDraftError
from domain.errors import NotAllowedError, WebinarNotFoundError
from storage import AgendaItem, Audit, Database, Draft, Imported, Session, Webinar
from tests.crossing import Pause, cross
from tests.factories import NOW, add_consortium, add_person, add_role, add_webinar, rows, wall

BRUSSELS = "Europe/Brussels"
LATER = NOW + timedelta(minutes=5)
ADMIN, ORGANISER, COLLEAGUE, OTHER, STRANGER = 1, 2, 3, 4, 5
COMPLETE = Fields(
    title="Cold chain",
    hosts=("alpha",),
    local_start=wall(2027, 1, 21, 10),
    timezone=BRUSSELS,
    join_url="https://meet.example.org/1",
    agenda=(AgendaLine("Welcome", "Ana Ruiz", 5), AgendaLine("Questions", "", None)),
)


def prepare(session: Session) -> None:
    """An administrator, two organisers of alpha, one of beta, and a stranger."""
    add_consortium(session)
    for person_id in (ADMIN, ORGANISER, COLLEAGUE, OTHER, STRANGER):
        assert add_person(session, 100 + person_id) == person_id
    add_role(session, ADMIN)
    for person_id, partnership in ((ORGANISER, "alpha"), (COLLEAGUE, "alpha"), (OTHER, "beta")):
        add_role(session, person_id, partnership)


def put(session: Session, fields: Fields = COMPLETE, *, uid: str = "", by: int | None = None, at: int = 0) -> int:
    """A draft that nobody has open; with a uid it came with a file for alpha."""
    moment = NOW + timedelta(seconds=at)
    draft = Draft(fields=fields.model_dump(mode="json"), created_by=by, created_at=moment, changed_at=moment)
    session.add(draft)
    session.flush()
    if uid:
        session.add(Imported(uid=uid, partnership_id="alpha", fields={}, draft_id=draft.id, imported_at=NOW))
        session.flush()
    return draft.id


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def start(house: Database, title: str, person_id: int = ORGANISER) -> DraftView | None:
    await house.write(drafts.start, person_id, timezone=BRUSSELS, now=NOW)
    return await house.write(drafts.fill, person_id, title, picked=None, now=NOW)


async def titles(house: Database, person_id: int) -> list[tuple[str | None, bool]]:
    found = await house.read(shelf.show, person_id, 1)
    return [(item.title, item.open) for item in found.items]


async def test_another_draft_puts_the_open_one_away(house: Database) -> None:
    await start(house, "First")

    view = await house.write(shelf.start_another, ORGANISER, timezone=BRUSSELS, now=LATER)

    assert (view.fields, view.asking) == (Fields(timezone=BRUSSELS, hosts=("alpha",)), Field.TITLE)
    await house.write(drafts.fill, ORGANISER, "Second", picked=None, now=LATER)
    assert await titles(house, ORGANISER) == [("Second", True), ("First", False)]
    assert [(row.person_id, row.created_by) for row in await house.read(rows, Draft)] == [
        (None, ORGANISER),
        (ORGANISER, ORGANISER),
    ]


async def test_nothing_is_kept_of_a_draft_with_nothing_in_it(house: Database) -> None:
    await house.write(drafts.start, ORGANISER, timezone=BRUSSELS, now=NOW)

    await house.write(shelf.start_another, ORGANISER, timezone=BRUSSELS, now=LATER)

    assert len(await house.read(rows, Draft)) == 1


async def test_opening_one_asks_for_what_is_missing_in_it(house: Database) -> None:
    await start(house, "First")
    await house.write(shelf.start_another, ORGANISER, timezone=BRUSSELS, now=LATER)
    await house.write(drafts.fill, ORGANISER, "Second", picked=None, now=LATER)
    first, _ = await house.read(rows, Draft)

    view = await house.write(shelf.take_up, ORGANISER, first.id, now=LATER)

    assert (view.fields.title, view.asking) == ("First", Field.WHEN)
    assert await titles(house, ORGANISER) == [("First", True), ("Second", False)]
    assert (await house.read(drafts.show, ORGANISER)).fields.title == "First"
    again = await house.write(shelf.take_up, ORGANISER, first.id, now=LATER)
    assert again == view


async def test_after_one_is_published_or_discarded_the_others_are_there(house: Database) -> None:
    await house.write(put, COMPLETE, by=ORGANISER)
    await start(house, "Second")

    await house.write(drafts.discard, ORGANISER, now=LATER)

    assert await titles(house, ORGANISER) == [("Cold chain", False)]
    assert await house.read(shelf.count, ORGANISER) == 1


async def test_each_sees_their_own_and_what_came_for_their_partnership(house: Database) -> None:
    await house.write(put, Fields(title="Mine", timezone=BRUSSELS), by=ORGANISER, at=1)
    await house.write(put, Fields(title="From a file", timezone=BRUSSELS), uid="x@example.org", by=COLLEAGUE)

    assert await titles(house, ORGANISER) == [("Mine", False), ("From a file", False)]
    assert await titles(house, COLLEAGUE) == [("From a file", False)]
    assert await titles(house, ADMIN) == [("From a file", False)]
    assert await titles(house, OTHER) == []


async def test_what_somebody_has_open_is_theirs(house: Database) -> None:
    draft_id = await house.write(put, COMPLETE, uid="x@example.org")
    await house.write(shelf.take_up, ORGANISER, draft_id, now=LATER)

    assert await titles(house, COLLEAGUE) == []
    with pytest.raises(NoDraftError):
        await house.write(shelf.take_up, COLLEAGUE, draft_id, now=LATER)


@pytest.mark.parametrize("draft_id", [1, 99])
async def test_nobody_opens_what_is_not_theirs(house: Database, draft_id: int) -> None:
    assert await house.write(put, COMPLETE, by=ORGANISER) == 1
    before = await house.read(rows, Draft)

    with pytest.raises(NoDraftError):
        await house.write(shelf.take_up, OTHER, draft_id, now=LATER)

    assert await house.read(rows, Draft) == before


async def test_strangers_are_refused(house: Database) -> None:
    draft_id = await house.write(put, COMPLETE, by=STRANGER)
    await house.write(add_webinar, hosts=["alpha"])

    for use_case, arguments, options in (
        (shelf.show, (1,), {}),
        (shelf.count, (), {}),
        (shelf.take_up, (draft_id,), {"now": LATER}),
        (shelf.start_another, (), {"timezone": BRUSSELS, "now": LATER}),
    ):
        with pytest.raises(NotAllowedError):
            await house.write(use_case, STRANGER, *arguments, **options)


async def test_pages(house: Database) -> None:
    for number in range(shelf.PAGE_SIZE + 1):
        await house.write(put, Fields(title=f"Draft {number}", timezone=BRUSSELS), by=ORGANISER, at=number)

    first, last = [await house.read(shelf.show, ORGANISER, number) for number in (0, 7)]

    assert (first.number, first.pages, first.total, len(first.items)) == (1, 2, 9, 8)
    assert (last.number, [item.title for item in last.items]) == (2, ["Draft 0"])


async def test_what_came_with_a_file_is_published_under_the_uid_it_has_elsewhere(house: Database) -> None:
    draft_id = await house.write(put, COMPLETE, uid="x@example.org")
    await house.write(shelf.take_up, ORGANISER, draft_id, now=LATER)

    await house.write(publishing.publish, ORGANISER, now=LATER)

    (webinar,) = await house.read(rows, Webinar)
    (event,) = await house.read(rows, Imported, "uid")
    assert webinar.uid == "x@example.org"
    assert (event.draft_id, event.webinar_id) == (None, webinar.id)
    assert [(line.action, line.webinar_id) for line in await house.read(rows, Audit)] == [("posted", webinar.id)]


async def test_what_came_with_a_file_is_discarded_for_all_and_written_down(house: Database) -> None:
    draft_id = await house.write(put, COMPLETE, uid="x@example.org")
    await house.write(shelf.take_up, ORGANISER, draft_id, now=LATER)

    await house.write(drafts.discard, ORGANISER, now=LATER)

    (event,) = await house.read(rows, Imported, "uid")
    assert (event.draft_id, event.webinar_id) == (None, None)
    (line,) = await house.read(rows, Audit)
    assert (line.action, line.person_id, line.partnership_id, line.subject) == (
        "discarded",
        ORGANISER,
        "alpha",
        "Cold chain",
    )


async def test_of_somebody_who_is_forgotten_only_what_came_with_a_file_remains(house: Database) -> None:
    for title, uid in (("Mine", ""), ("From a file", "x@example.org")):
        await house.write(put, Fields(title=title, timezone=BRUSSELS), uid=uid, by=ORGANISER)
    await house.write(shelf.take_up, ORGANISER, 2, now=LATER)
    assert [row["title"] for row in (await house.read(privacy.export, ORGANISER, now=LATER))["drafts"]] == [
        "Mine",
        "From a file",
    ]

    await house.write(privacy.erase, ORGANISER, now=LATER)

    (left,) = await house.read(rows, Draft)
    assert (left.fields["title"], left.person_id, left.created_by, left.asking) == ("From a file", None, None, None)
    assert await titles(house, COLLEAGUE) == [("From a file", False)]


async def test_agenda_becomes_rows_and_stands_on_the_preview_and_the_card(house: Database) -> None:
    draft_id = await house.write(put, COMPLETE, by=ORGANISER)
    await house.write(shelf.take_up, ORGANISER, draft_id, now=LATER)

    preview = await house.read(publishing.preview, ORGANISER, now=LATER)
    card = await house.write(publishing.publish, ORGANISER, now=LATER)

    assert preview.agenda == card.agenda == COMPLETE.agenda
    items = await house.read(rows, AgendaItem, "position")
    assert [(item.position, item.title, item.speaker, item.minutes) for item in items] == [
        (0, "Welcome", "Ana Ruiz", 5),
        (1, "Questions", "", None),
    ]


async def test_a_duplicate_is_all_but_the_date(house: Database) -> None:
    draft_id = await house.write(
        put,
        COMPLETE.model_copy(
            update={"topics": ("china", "food"), "description": "x", "capacity": 5, "language": "fr"}
            | {"duration_minutes": 90, "length_given": True}
        ),
        by=ORGANISER,
    )
    original = (await house.write(shelf.take_up, ORGANISER, draft_id, now=LATER)).fields
    code = (await house.write(publishing.publish, ORGANISER, now=LATER)).code
    await start(house, "Open before")

    view = await house.write(shelf.duplicate, code, ORGANISER, now=LATER)

    assert view.fields == original.model_copy(update={"local_start": None})
    assert view.asking is Field.WHEN
    assert await titles(house, ORGANISER) == [("Cold chain", True), ("Open before", False)]


async def test_an_old_webinar_of_one_s_own_can_be_duplicated_and_no_other(house: Database) -> None:
    await house.write(add_webinar, code="old", hosts=["alpha"], starts_at=NOW - timedelta(days=300))

    for person_id in (OTHER, STRANGER):
        with pytest.raises(NotAllowedError):
            await house.write(shelf.duplicate, "old", person_id, now=LATER)
    with pytest.raises(WebinarNotFoundError):
        await house.write(shelf.duplicate, "nothing", ORGANISER, now=LATER)
    assert await house.read(rows, Draft) == []

    view = await house.write(shelf.duplicate, "old", ORGANISER, now=LATER)

    assert (view.fields.title, view.fields.missing) == ("Smart packaging", (Field.WHEN,))


async def test_of_two_who_open_a_draft_at_the_same_moment_one_has_it(house: Database) -> None:
    draft_id = await house.write(put, uid="of-a-file")

    def open_slowly(session: Session, pause: Pause) -> None:
        shelf.take_up(session, ORGANISER, draft_id, now=LATER)
        pause()

    with pytest.raises(NoDraftError):
        await cross(house, open_slowly, lambda: house.write(shelf.take_up, COLLEAGUE, draft_id, now=LATER))

    assert [draft.person_id for draft in await house.read(rows, Draft)] == [ORGANISER]


async def test_who_leaves_the_team_leaves_its_draft_to_the_others(house: Database) -> None:
    draft_id = await house.write(put, uid="of-a-file")
    await house.write(shelf.take_up, ORGANISER, draft_id, now=LATER)
    parting = await house.read(team.parting_oneself, ORGANISER, "alpha")

    await house.write(team.remove, ORGANISER, parting.member.role_id, now=LATER)

    view = await house.write(shelf.take_up, COLLEAGUE, draft_id, now=LATER)
    assert view.fields == COMPLETE
