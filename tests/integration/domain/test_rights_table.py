"""Who may do what to a webinar: every use case, for everybody who may stand in some relation to it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import timedelta

import pytest

import domain
from domain import (
    audit,
    changes,
    desk,
    edit_questions,
    editing,
    fetches,
    hosting,
    hosting_answers,
    invitations,
    lessons,
    letters,
    materials,
    outlook,
    registrants,
    shelf,
    team,
)
from domain.asking import Asking
from domain.details import Detail
from domain.edit_questions import Part
from domain.errors import NotAllowedError
from domain.feedback import forms, results
from domain.registrants import Form
from storage import (
    Database,
    EntryKind,
    HostState,
    Letter,
    MaterialKind,
    Partnership,
    Proposal,
    Readers,
    Session,
    WebinarHost,
    WebinarStatus,
)
from tests.factories import (
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    wall,
)
from tests.outbox import USUAL
from tests.whole_person import dump

ADMIN, OWN, ACCEPTED, INVITED, DECLINED, OTHER, COMPANY = range(1, 8)
"""An administrator; organisers of a host, and of partnerships that have accepted, were asked, have declined, were
never asked; and a company that is registered."""

NAMES = ("administrator", "own", "accepted", "invited", "declined", "other", "company")
TEAMS = {
    OWN: ("alpha", HostState.ACCEPTED),
    ACCEPTED: ("beta", HostState.ACCEPTED),
    INVITED: ("gamma", HostState.INVITED),
    DECLINED: ("delta", HostState.DECLINED),
}
HOSTS = frozenset({ADMIN, OWN, ACCEPTED})
ORGANISERS = HOSTS | {INVITED, DECLINED, OTHER}
LATER = START + timedelta(days=1)

UseCase = Callable[[Session, int], object]


def prepare(session: Session) -> None:
    add_consortium(session)
    for position, name in enumerate(("gamma", "delta", "epsilon"), 3):
        session.add(Partnership(id=name, name=name.title(), short_name=name.title(), position=position))
    session.flush()
    add_people(session, COMPANY)
    add_role(session, ADMIN)
    add_role(session, OTHER, "epsilon")
    for code, status in (("w", WebinarStatus.PUBLISHED), ("off", WebinarStatus.CANCELLED)):
        webinar_id = add_webinar(session, code=code, status=status, description="All of it.")
        for position, (partnership, state) in enumerate(TEAMS.values()):
            host = WebinarHost(webinar_id=webinar_id, partnership_id=partnership, state=state, position=position)
            session.add(host)
        add_registration(session, webinar_id, COMPANY)
    for person_id, (partnership, _) in TEAMS.items():
        add_role(session, person_id, partnership)
    for person_id in range(1, COMPANY + 1):
        session.add(begun_edit(person_id))
        session.add(begun_letter(person_id))
        session.flush()


def begun_edit(person_id: int) -> Proposal:
    """Somebody who may do nothing any more may have begun it when they might. Its id is theirs."""
    return Proposal(person_id=person_id, webinar_id=1, values={"title": "X"}, sequence=0, proposed_at=NOW)


def begun_letter(person_id: int) -> Letter:
    return Letter(webinar_id=1, readers=Readers.BOTH, text="Hello", written_by=person_id, written_at=NOW)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


ON_THE_WEBINAR: dict[str, UseCase] = {
    "lessons.begin": lambda session, who: lessons.begin(session, "w", who, EntryKind.LESSON, now=NOW),
    "changes.managed": lambda s, who: changes.managed(s, "w", who, now=NOW),
    "changes.move": lambda s, who: changes.move(
        s, "w", who, wall(2027, 1, 21, 10), "Europe/Paris", settle=SETTLE, now=NOW
    ),
    "changes.move_to": lambda s, who: changes.move_to(s, "w", who, LATER, settle=SETTLE, now=NOW),
    "changes.edit": lambda s, who: changes.edit(s, "w", who, {Detail.TITLE: "X"}, tell=True, settle=SETTLE, now=NOW),
    "changes.cancel": lambda s, who: changes.cancel(s, "w", who, settle=SETTLE, now=NOW),
    "changes.restore": lambda s, who: changes.restore(s, "off", who, settle=SETTLE, now=NOW),
    "editing.sheet": lambda s, who: editing.sheet(s, "w", who, now=NOW),
    "edit_questions.ask": lambda s, who: edit_questions.ask(s, "w", who, Asking.MOVE, now=NOW),
    "editing.propose": lambda s, who: editing.propose(s, "w", who, {"title": "X"}, USUAL, now=NOW),
    "editing.propose_move": lambda s, who: editing.propose_move(s, "w", who, LATER, USUAL, now=NOW),
    "editing.propose_cancel": lambda s, who: editing.propose_cancel(s, "w", who, "ill", USUAL, now=NOW),
    "editing.propose_restore": lambda s, who: editing.propose_restore(s, "off", who, USUAL, now=NOW),
    "editing.propose_language": lambda s, who: editing.propose_language(s, "w", who, "fr", USUAL, now=NOW),
    "editing.propose_clear": lambda s, who: editing.propose_clear(s, "w", who, "description", USUAL, now=NOW),
    "editing.choose_topics": lambda s, who: editing.choose_topics(s, "w", who, now=NOW),
    "editing.review": lambda s, who: editing.review(s, "w", who, who, USUAL, now=NOW),
    "editing.save": lambda s, who: editing.save(s, "w", who, who, USUAL, tell=True, settle=SETTLE, now=NOW),
    "editing.toggle_topic": lambda s, who: editing.toggle_topic(s, "w", who, who, "food", now=NOW),
    "edit_questions.ask_for_part": lambda s, who: edit_questions.ask_for_part(s, "w", who, Part.TITLE, now=NOW),
    "outlook.of_move": lambda s, who: outlook.of_move(s, "w", who, LATER, zones=["Europe/Brussels"], language="en"),
    "shelf.duplicate": lambda s, who: shelf.duplicate(s, "w", who, now=NOW),
    "letters.send": lambda s, who: letters.send(s, "w", who, who, now=NOW),
    "letters.desk": lambda s, who: letters.desk(s, "w", who, now=NOW),
    "letters.choose": lambda s, who: letters.choose(s, "w", who, Readers.BOTH, now=NOW),
    "letters.write_again": lambda s, who: letters.write_again(s, "w", who, now=NOW),
    "materials.show": lambda s, who: materials.show(s, "w", who, now=LATER),
    "materials.ask": lambda s, who: materials.ask(s, "w", who, MaterialKind.SLIDES, now=LATER),
    "materials.remove": lambda s, who: materials.remove(s, "w", who, MaterialKind.SLIDES, now=LATER),
    "feedback.forms.offer": lambda s, who: forms.offer(s, "w", who, 1, now=NOW),
    "feedback.forms.choose": lambda s, who: forms.choose(s, "w", who, None, now=NOW),
    "feedback.forms.ask_for_questions": lambda s, who: forms.ask_for_questions(s, "w", who, now=NOW),
    "feedback.results.show": lambda s, who: results.show(s, "w", who, now=LATER),
    "feedback.results.comments": lambda s, who: results.comments(s, "w", who, 1, now=LATER),
    "registrants.page": lambda s, who: registrants.page(s, "w", who, 1, now=NOW),
    "registrants.export": lambda s, who: registrants.export(s, "w", who, Form.CSV, now=NOW),
    "fetches.lag": lambda s, who: fetches.lag(s, "w", who, now=NOW),
    "hosting.show": lambda s, who: hosting.show(s, "w", who, now=NOW),
    "hosting.add": lambda s, who: hosting.add(s, "w", who, "epsilon", settle=SETTLE, now=NOW),
    "hosting.withdraw": lambda s, who: hosting.withdraw(s, "w", who, "gamma", now=NOW),
}
"""What hosts may do, and nobody else."""

AROUND_IT: dict[str, tuple[UseCase, frozenset[int]]] = {
    "desk.look": (lambda s, who: desk.look(s, "w", who, now=NOW), ORGANISERS),
    "desk.own": (lambda s, who: desk.own(s, who, 1, now=NOW), ORGANISERS),
    "desk.everything": (lambda s, who: desk.everything(s, who, 1, now=NOW), ORGANISERS),
    "hosting.leave": (lambda s, who: hosting.leave(s, "w", who, "alpha", now=NOW), frozenset({ADMIN, OWN})),
    "hosting.leave as another": (
        lambda s, who: hosting.leave(s, "w", who, "beta", now=NOW),
        frozenset({ADMIN, ACCEPTED}),
    ),
    "hosting_answers.look": (
        lambda s, who: hosting_answers.look(s, "w", who, "gamma", now=NOW),
        frozenset({ADMIN, INVITED}),
    ),
    "hosting_answers.accept": (
        lambda s, who: hosting_answers.accept(s, "w", who, "gamma", settle=SETTLE, now=NOW),
        frozenset({ADMIN, INVITED}),
    ),
    "hosting_answers.decline": (
        lambda s, who: hosting_answers.decline(s, "w", who, "gamma", now=NOW),
        frozenset({ADMIN, INVITED}),
    ),
    "hosting_answers.ask_for_line": (
        lambda s, who: hosting_answers.ask_for_line(s, "w", who, "gamma", now=NOW),
        frozenset({ADMIN, INVITED}),
    ),
    "team.groups": (team.groups, ORGANISERS),
    "team.show": (lambda s, who: team.show(s, who, "gamma", 1, now=NOW), frozenset({ADMIN, INVITED})),
    "invitations.invite": (lambda s, who: invitations.invite(s, who, "gamma", now=NOW), frozenset({ADMIN, INVITED})),
    "team.show of administrators": (lambda s, who: team.show(s, who, None, 1, now=NOW), frozenset({ADMIN})),
    "invitations.invite an administrator": (
        lambda s, who: invitations.invite(s, who, None, now=NOW),
        frozenset({ADMIN}),
    ),
    "audit.page": (lambda s, who: audit.page(s, who, 1), frozenset({ADMIN})),
}

EVERY = {name: (use_case, HOSTS) for name, use_case in ON_THE_WEBINAR.items()} | AROUND_IT


@pytest.mark.parametrize("name", EVERY)
async def test_who_may_and_who_may_not(house: Database, name: str) -> None:
    """Each in turn tries it and it is taken back; a refusal leaves everything as it was."""
    use_case, allowed = EVERY[name]
    before = await house.read(dump)

    found = {who for who in range(1, COMPANY + 1) if await is_allowed(house, use_case, who)}

    assert {NAMES[who - 1] for who in found} == {NAMES[who - 1] for who in allowed}
    assert await house.read(dump) == before


FOR_EVERYBODY = {
    "agendas.share": "every organiser, of what all of them can see: tests/integration/domain/test_agendas.py",
    "agendas.fill": "here a code is an entry's: the same file",
    "access.editable": "is what the others ask",
    "attendance.copies.take_away": "the same, for a file",
    **dict.fromkeys(
        [
            f"feedback.answering.{name}"
            for name in ("show", "rate", "turn", "answer", "take_back", "show_name", "was_there")
        ],
        "whoever was there: tests/integration/domain/test_feedback.py",
    ),
    **dict.fromkeys(
        ["meetings.ballots.look", "meetings.outcomes.show", "meetings.outcomes.close"],
        "here a code is a poll's: tests/integration/domain/test_polls.py",
    ),
    "calendar.single": "one entry, of what everybody can see",
    "materials.fetch": "what stands on the card",
    "listing.look": "the card that everybody can see",
    **dict.fromkeys(
        ["meetings.ballots.look", "meetings.outcomes.show", "meetings.outcomes.close"],
        "here a code is a poll's: tests/integration/domain/test_polls.py",
    ),
    "registration.register": "companies do it",
    "registration.leave": "companies do it",
}


def test_no_use_case_is_forgotten() -> None:
    """Whoever adds something that a person does to a webinar says here who may."""
    found = {
        f"{module.name.removeprefix('domain.')}.{name}"
        for module in pkgutil.walk_packages(domain.__path__, "domain.")
        if not module.name.startswith("domain.library.")  # there a code is an entry's
        for name, each in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction)
        if each.__module__ == module.name
        and not name.startswith("_")
        and [*inspect.signature(each).parameters][:3] == ["session", "code", "person_id"]
    }

    assert found <= EVERY.keys() | FOR_EVERYBODY.keys()


class TakenBackError(Exception):
    """The use case did what it does."""


async def is_allowed(house: Database, use_case: UseCase, who: int) -> bool:
    def attempt(session: Session) -> None:
        try:
            use_case(session, who)
        except NotAllowedError:
            assert not session.new | session.dirty | session.deleted
            session.commit()  # whatever a refusal would leave behind
            return
        raise TakenBackError

    try:
        await house.write(attempt)
    except TakenBackError:
        return True
    return False
