"""Meetings of organisers, tried by those who are none: whatever they ask, it is as if there was no meeting."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

import domain
from domain import privacy, registration, reminding, team
from domain.asking import Asking
from domain.audit import Action
from domain.coming import Coming
from domain.drafts import Field, ForWhom
from domain.edit_questions import Part
from domain.figures.periods import Period
from domain.intake import Message
from domain.library.filing import Heading
from domain.registrants import Form
from storage import (
    Database,
    DeliveryKind,
    DeliveryState,
    EntryKind,
    Follow,
    MaterialKind,
    Person,
    Readers,
    Registration,
    RegistrationStatus,
    Session,
    Vote,
)
from storage import team as roles
from tests.factories import (
    INTERVAL,
    LEADS,
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_delivery,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    rows,
    wall,
)
from tests.meetings import CODE, MARK, WORD, add_meeting
from tests.outbox import USUAL, send_all

MARTA, BEN, COMPANY, FORMER = 1, 2, 3, 4
"""Organisers of two partnerships, a company, and somebody who was an organiser."""

DAY = timedelta(days=1)

GIVEN: dict[str, Any] = {
    "code": CODE,
    "number": 1,
    "at": 1,
    "chat_id": 1,
    "rating": 5,
    "named": True,
    "now": NOW,
    "text": WORD,
    "key": "0" * 12,
    "kind": "market",
    "value": "china",
    "usual": USUAL,
    "settle": SETTLE,
    "tell": True,
    "starts_at": START + DAY,
    "local_start": wall(2027, 1, 21, 10),
    "timezone": "Europe/Paris",
    "values": {"title": "X"},
    "reason": "ill",
    "language": "fr",
    "zones": ["Europe/Brussels"],
    "weeks": 4,
    "weekends": False,
    "partnership_id": "alpha",
    "topic_id": "food",
    "field": Field.TITLE,
    "question": Asking.MOVE,
    "part": Part.TITLE,
    "detail": "description",
    "readers": Readers.BOTH,
    "form": Form.CSV,
    "about": f"{CODE}.0",
    "message": Message(text=WORD),
    "on": True,
    "secret": "made-up",
    "given": "https://example.org/slides",
    "name": "a file",
    "publish": False,
    "host_ids": ["alpha"],
    "country": "BE",
    "cluster_id": "pack",
    "lead": timedelta(hours=2),
    "picked": None,
    "starts": None,
    "ends": None,
    "place": "Lyon",
    "inline_message_id": "made-up",
    "action": Action.EDITED,
    "heading": Heading.TOPICS,
    "kinds": [EntryKind.AGENDA],
    "topic_ids": ["china"],
    "limit": 3,
    "period": Period(),
    "webinar_id": 77,
    "slot_id": 1,
    "vote": Vote.YES,
    "for_whom": ForWhom.ORGANISERS,
    "bot_id": 1,
    "coming": Coming,
} | dict.fromkeys(
    ["proposal_id", "letter_id", "delivery_id", "draft_id", "message_id", "invitation_id", "role_id", "maker_id"], 1
)
"""What each use case is asked with: where a class stands, with one that nobody has asked yet."""

ROWS = {
    "webinar",
    "found",
    "host",
    "event",
    "events",
    "fields",
    "delivery",
    "row",
    "person",
    "notice",
    "noted",
    "plan",
    "entry",
    "poll",
    "rows",
}
"""What takes one of these is not asked by somebody, but by what has found it for them."""


def use_cases() -> Iterator[tuple[str, Callable[..., object], dict[str, Any]]]:
    """All that somebody can ask about a code or in their own name, and with what."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        for name, each in inspect.getmembers(import_module(module.name), inspect.isfunction):
            parameters = inspect.signature(each).parameters
            asked = parameters.keys() & {"code", "person_id"} and next(iter(parameters)) == "session"
            if each.__module__ == module.name and not name.startswith("_") and asked and not parameters.keys() & ROWS:
                yield f"{module.name}.{name}", each, _given(module.name, parameters)


def _given(module: str, parameters: Any) -> dict[str, Any]:
    """A parameter that has no value here yet makes this fail: say with what it is to be asked."""
    wanted = [
        name
        for name, parameter in parameters.items()
        if name not in {"session", "person_id"} and (name in GIVEN or parameter.default is inspect.Parameter.empty)
    ]
    given = {name: GIVEN[name] for name in wanted}
    return given | ({"kind": MaterialKind.SLIDES} if module == "domain.materials" and "kind" in given else {})


def prepare(session: Session) -> None:
    """Whom the meeting would be told if it were for everybody: they follow its hosts and topics."""
    add_consortium(session)
    add_people(session, FORMER)
    add_role(session, MARTA, "alpha")
    add_role(session, BEN, "beta")
    for person_id in (COMPANY, FORMER):
        session.add(Follow(person_id=person_id, partnership_id="alpha", created_at=NOW))
        session.add(Follow(person_id=person_id, topic_id="china", created_at=NOW))
        session.get_one(Person, person_id).feed_follows = True
    for code, start in (("w", START), ("past", NOW - DAY)):
        add_registration(session, add_webinar(session, code=code, hosts=["alpha"], starts_at=start), COMPANY)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


class TakenBackError(Exception):
    """What somebody was told; all that was done for it is undone."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


async def told(
    house: Database, use_case: Callable[..., object], given: dict[str, Any], *, world: Callable[[Session], object]
) -> str:
    """What a company is told in this world: the answer, or why there is none, to the letter."""
    person = {"person_id": COMPANY} if "person_id" in inspect.signature(use_case).parameters else {}
    given = {name: value() if isinstance(value, type) else value for name, value in given.items()}

    def ask(session: Session) -> None:
        world(session)
        try:
            answer = repr(use_case(session, **person, **given))
        except Exception as error:  # noqa: BLE001 -- whatever a stranger sees of it
            answer = repr(error)
        raise TakenBackError(_PLACE.sub("", answer))

    with pytest.raises(TakenBackError) as raised:
        await house.write(ask)
    return raised.value.told


_PLACE = re.compile(r" at 0x[0-9a-f]+|\bid=\d+")
"""Where something lies in memory or in its table, which is another place each time."""


def as_it_is(_: Session) -> None:
    """No meeting."""


def with_meetings(session: Session) -> None:
    """One ahead, one that is over."""
    add_meeting(session, id=77)
    add_meeting(session, id=78, code=f"{MARK}33", uid=f"{MARK}33", starts_at=NOW - 2 * DAY)


async def test_whatever_a_company_asks_it_is_as_if_there_was_no_meeting(house: Database) -> None:
    different = {}
    for name, use_case, given in use_cases():
        before, after = [await told(house, use_case, given, world=world) for world in (as_it_is, with_meetings)]
        if before != after or (MARK in after and CODE not in after):
            different[name] = (before, after)

    assert different == {}


def with_a_former_organiser(session: Session) -> int:
    """Who has a seat in it and was reminded of it, as when they were one."""
    meeting = add_meeting(session)
    add_registration(session, meeting, FORMER)
    add_delivery(session, FORMER, meeting, state=DeliveryState.SENT, message_id=1, settled_at=NOW)
    return meeting


async def test_whatever_a_former_organiser_asks_says_nothing_of_it(house: Database) -> None:
    told_of = {}
    for name, use_case, given in use_cases():
        if "person_id" in inspect.signature(use_case).parameters:

            def as_former(session: Session, use_case: Callable[..., object] = use_case, **given: Any) -> object:
                return use_case(session, person_id=FORMER, **given)

            answer = await told(house, as_former, given, world=with_a_former_organiser)
            if MARK in answer.replace(CODE, ""):
                told_of[name] = answer

    assert told_of == {}


async def test_former_organiser_is_told_nothing_more(house: Database) -> None:
    """Neither what is planned then, nor what was planned before."""
    meeting = await house.write(with_a_former_organiser)
    soon = START - timedelta(minutes=5)
    await house.write(
        add_delivery,
        FORMER,
        meeting,
        kind=DeliveryKind.REMINDER,
        about={"lead": 600, "starts_at": int(START.timestamp())},
        dedup_key="planned before",
    )

    planned = await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=soon)

    assert (planned, [outgoing.chat_id for outgoing in await send_all(house, soon)]) == (1, [COMPANY])


async def test_who_leaves_the_team_gives_up_seats_in_meetings_only(house: Database) -> None:
    """The seat passes on to an organiser who waits."""
    meeting = await house.write(lambda session: add_meeting(session, capacity=1))
    await house.write(registration.register, CODE, MARTA, now=NOW)
    await house.write(registration.register, CODE, BEN, now=NOW)
    await house.write(registration.register, "w", MARTA, now=NOW)
    role = await house.read(roles.role_of, MARTA, "alpha")
    assert role

    await house.write(team.remove, MARTA, role.id, now=NOW)

    found = [(row.webinar_id, row.person_id, row.status) for row in await house.read(rows, Registration)]
    assert (meeting, MARTA, RegistrationStatus.CANCELLED) in found
    assert (meeting, BEN, RegistrationStatus.REGISTERED) in found
    assert (1, MARTA, RegistrationStatus.REGISTERED) in found
    assert await house.write(registration.leave_meetings, now=NOW) == 0


async def test_organiser_of_two_keeps_the_seat_when_they_leave_one(house: Database) -> None:
    await house.write(add_meeting)
    await house.write(add_role, MARTA, "beta")
    await house.write(registration.register, CODE, MARTA, now=NOW)
    role = await house.read(roles.role_of, MARTA, "alpha")
    assert role

    await house.write(team.remove, MARTA, role.id, now=NOW)

    assert [row.status for row in await house.read(rows, Registration)][-1] is RegistrationStatus.REGISTERED


async def test_former_organiser_can_be_forgotten_with_the_seat(house: Database) -> None:
    meeting = await house.write(with_a_former_organiser)

    await house.write(privacy.erase, FORMER, now=NOW)

    found = [row.status for row in await house.read(rows, Registration) if row.webinar_id == meeting]
    assert found == [RegistrationStatus.CANCELLED]
