"""Who may not: every use case that writes or changes a webinar refuses strangers and leaves everything as it was."""

from collections.abc import Callable
from typing import Any

import pytest

from domain import changes, drafts, publishing
from domain.drafts import Field, NoDraftError
from domain.errors import NotAllowedError
from storage import Database, Draft, Session
from tests.factories import NOW, SETTLE, add_consortium, add_person, add_role, add_webinar, rows, wall

BRUSSELS = "Europe/Brussels"
ADMIN, ORGANISER, STRANGER = 1, 2, 3


def prepare(session: Session) -> None:
    """An administrator, an organiser of alpha, and a stranger."""
    add_consortium(session)
    for person_id in (ADMIN, ORGANISER, STRANGER):
        assert add_person(session, 100 + person_id) == person_id
    add_role(session, ADMIN)
    add_role(session, ORGANISER, "alpha")


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


USE_CASES: list[tuple[Callable[..., Any], tuple[object, ...], dict[str, object]]] = [
    (drafts.start, (), {"timezone": BRUSSELS, "now": NOW}),
    (drafts.show, (), {}),
    (drafts.ask, (Field.TITLE,), {"now": NOW}),
    (drafts.fill, ("text",), {"picked": None, "now": NOW}),
    (drafts.toggle_host, ("alpha",), {"now": NOW}),
    (drafts.toggle_topic, ("food",), {"now": NOW}),
    (drafts.choose_language, ("en",), {"now": NOW}),
    (drafts.discard, (), {"now": NOW}),
    (publishing.publish, (), {"now": NOW}),
    (publishing.preview, (), {"now": NOW}),
]


@pytest.mark.parametrize(
    ("use_case", "arguments", "options"), USE_CASES, ids=[use_case.__qualname__ for use_case, _, _ in USE_CASES]
)
async def test_strangers_are_refused_even_with_a_draft_from_before(
    house: Database, use_case: Callable[..., Any], arguments: tuple[object, ...], options: dict[str, object]
) -> None:
    def add_draft(session: Session) -> None:
        fields = drafts.Fields(timezone=BRUSSELS).model_dump(mode="json")
        session.add(Draft(person_id=STRANGER, fields=fields, asking=Field.TITLE, created_at=NOW, changed_at=NOW))

    await house.write(add_draft)
    before = await house.read(rows, Draft)

    with pytest.raises(NotAllowedError):
        await house.write(use_case, STRANGER, *arguments, **options)

    assert await house.read(rows, Draft) == before


@pytest.mark.parametrize(
    ("use_case", "arguments"),
    [
        pytest.param(changes.move, (wall(2027, 1, 21, 10), BRUSSELS), id="move"),
        pytest.param(changes.cancel, (), id="cancel"),
        pytest.param(changes.restore, (), id="restore"),
    ],
)
@pytest.mark.parametrize("person_id", [STRANGER, ORGANISER], ids=["a stranger", "an organiser of another partnership"])
async def test_only_hosts_and_administrators_change_a_webinar(
    house: Database, use_case: Callable[..., Any], arguments: tuple[object, ...], person_id: int
) -> None:
    await house.write(add_webinar, hosts=["beta"])

    with pytest.raises(NotAllowedError):
        await house.write(use_case, "w", person_id, *arguments, settle=SETTLE, now=NOW)
    await house.write(use_case, "w", ADMIN, *arguments, settle=SETTLE, now=NOW)


@pytest.mark.parametrize(
    ("use_case", "arguments", "options"),
    [case for case in USE_CASES if case[0] not in {drafts.start, drafts.fill}],
    ids=[use_case.__qualname__ for use_case, _, _ in USE_CASES if use_case not in {drafts.start, drafts.fill}],
)
async def test_without_a_draft_there_is_nothing_to_do(
    house: Database, use_case: Callable[..., Any], arguments: tuple[object, ...], options: dict[str, object]
) -> None:
    with pytest.raises(NoDraftError):
        await house.write(use_case, ORGANISER, *arguments, **options)
