"""Whatever organisers change: nobody loses a seat, and each is told once of what is another in the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import details, editing, planning
from domain.change_news import Changed
from domain.details import Detail
from domain.editing import UnchangedError
from storage import Database, Registration, RegistrationStatus, Session
from tests.factories import NOW, SETTLE, add_consortium, add_people, add_registration, add_role, add_webinar, rows
from tests.outbox import USUAL, send_all

ADMIN, ANA, BEN = 1, 2, 3
"""Ana has a seat from the beginning, Ben waits."""

WAITLISTED, REGISTERED = RegistrationStatus.WAITLISTED, RegistrationStatus.REGISTERED
FIRST: dict[Detail, Any] = {
    Detail.TITLE: "Smart packaging",
    Detail.LANGUAGE: "en",
    Detail.DURATION: 60,
    Detail.JOIN_URL: "https://meet.example.org/secret",
    Detail.TOPICS: ["china"],
    Detail.CAPACITY: 1,
}
OTHERS: dict[Detail, list[Any]] = {
    Detail.TITLE: ["Smarter packaging", "Smartest packaging"],
    Detail.LANGUAGE: ["fr"],
    Detail.DURATION: [90],
    Detail.JOIN_URL: ["https://meet.example.org/new"],
    Detail.TOPICS: [["china", "food"], []],
    Detail.CAPACITY: [2, None],
}
_NAMES = {"china": "China", "food": "Food"}
codes = count(1)


@dataclass(frozen=True)
class Edit:
    detail: Detail
    value: Any
    tell: bool


edits = st.lists(
    st.sampled_from(list(FIRST)).flatmap(
        lambda detail: st.builds(
            Edit, st.just(detail), st.sampled_from([FIRST[detail], *OTHERS[detail]]), st.booleans()
        )
    ),
    min_size=1,
    max_size=8,
)


def known(made: Iterable[Edit], *, seated: bool) -> dict[Detail, Any]:
    """What somebody believed who was there before and is told: that of the fields that are another now."""
    present, before = dict(FIRST), dict[Detail, Any]()
    for edit in made:
        if edit.value != present[edit.detail] and details.told([edit.detail], silent=not edit.tell):
            before.setdefault(edit.detail, present[edit.detail])
        present[edit.detail] = edit.value
    return {
        detail: [_NAMES[topic] for topic in value] if detail is Detail.TOPICS else value
        for detail, value in before.items()
        if value != present[detail] and (seated or detail is not Detail.JOIN_URL)
    }


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, BEN)
    add_role(session, ADMIN)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def post(session: Session, code: str) -> int:
    fields = {detail.value: FIRST[detail] for detail in FIRST}
    webinar_id = add_webinar(session, code=code, hosts=["alpha"], **fields)
    add_registration(session, webinar_id, ANA)
    add_registration(session, webinar_id, BEN, WAITLISTED)
    return webinar_id


async def make(house: Database, code: str, edit: Edit) -> None:
    try:
        prospect = await house.write(editing.propose, code, ADMIN, {edit.detail: edit.value}, USUAL, now=NOW)
    except UnchangedError:
        return
    await house.write(editing.save, code, ADMIN, prospect.id, USUAL, tell=edit.tell, settle=SETTLE, now=NOW)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=edits)
async def test_nobody_loses_a_seat_and_each_is_told_once_of_what_is_another_in_the_end(
    house: Database, made: list[Edit]
) -> None:
    code = f"w{next(codes)}"
    webinar_id = await house.write(post, code)
    seated = {ANA}
    for edit in made:
        await make(house, code, edit)

        found = [each for each in await house.read(rows, Registration) if each.webinar_id == webinar_id]
        now_seated = {each.person_id for each in found if each.status is REGISTERED}
        assert now_seated >= seated
        seated = now_seated

    while await house.write(planning.expand_notice, now=NOW + SETTLE):
        continue
    told = [
        (outgoing.chat_id, outgoing.content.old)
        for outgoing in await send_all(house, NOW + SETTLE)
        if isinstance(outgoing.content, Changed)
    ]
    expected = [(person, known(made, seated=person in seated)) for person in (ANA, BEN)]
    assert sorted(told, key=lambda each: each[0]) == [(person, old) for person, old in expected if old]
