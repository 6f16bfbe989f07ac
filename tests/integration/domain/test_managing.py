"""Organisers change what they posted: who may, what is asked first, and who is told of a new host."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import answers, changes, edit_questions, editing, hosting, listing
from domain.asking import Asking
from domain.details import Detail
from domain.editing import Prospect
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.reading.when import WhenError, WhenFault
from storage import (
    Database,
    HostState,
    Notice,
    Partnership,
    Person,
    RegistrationStatus,
    Revision,
    Session,
    Webinar,
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
    row,
    rows,
    wall,
)
from tests.outbox import USUAL

ADMIN, ALPHA, BOTH, BETA, FORMER, STRANGER, ANA, BEN = range(1, 9)
"""An administrator, organisers of alpha, of alpha and beta, of beta, of a partnership that left, and no organisers."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BRUSSELS = "Europe/Brussels"


def prepare(session: Session) -> None:
    """A webinar of alpha and of a partnership that has left; beta was asked to host it and has not answered."""
    add_consortium(session)
    session.add(Partnership(id="gamma", name="The Gamma Partnership", short_name="Gamma", position=3))
    session.flush()
    add_people(session, BEN)
    add_role(session, ADMIN)
    for person_id, partnership in (
        (ALPHA, "alpha"),
        (BOTH, "alpha"),
        (BOTH, "beta"),
        (BETA, "beta"),
        (FORMER, "gone"),
    ):
        add_role(session, person_id, partnership)
    webinar_id = add_webinar(session, hosts=["alpha", "gone"])
    session.add(WebinarHost(webinar_id=webinar_id, partnership_id="beta", state=HostState.INVITED, position=2))
    add_registration(session, webinar_id, ANA, changed_at=NOW - HOUR)
    add_registration(session, webinar_id, BEN, RegistrationStatus.WAITLISTED, changed_at=NOW - HOUR)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


UseCase = Callable[[Session, str, int], object]
USE_CASES: dict[str, UseCase] = {
    "managed": lambda s, code, who: changes.managed(s, code, who, now=NOW),
    "sheet": lambda s, code, who: editing.sheet(s, code, who, now=NOW),
    "ask_for_move": lambda s, code, who: edit_questions.ask(s, code, who, Asking.MOVE, now=NOW),
    "propose_move": lambda s, code, who: editing.propose_move(s, code, who, START + DAY, USUAL, now=NOW),
    "propose_cancel": lambda s, code, who: editing.propose_cancel(s, code, who, "ill", USUAL, now=NOW),
    "propose_language": lambda s, code, who: editing.propose_language(s, code, who, "fr", USUAL, now=NOW),
    "choose_topics": lambda s, code, who: editing.choose_topics(s, code, who, now=NOW),
    "edit": lambda s, code, who: changes.edit(s, code, who, {Detail.TITLE: "X"}, tell=True, settle=SETTLE, now=NOW),
    "move_to": lambda s, code, who: changes.move_to(s, code, who, START + DAY, settle=SETTLE, now=NOW),
    "move": lambda s, code, who: changes.move(s, code, who, wall(2027, 1, 21, 10), BRUSSELS, settle=SETTLE, now=NOW),
    "hosts": lambda s, code, who: hosting.show(s, code, who, now=NOW),
    "add_host": lambda s, code, who: hosting.add(s, code, who, "beta", settle=SETTLE, now=NOW),
    "cancel": lambda s, code, who: changes.cancel(s, code, who, settle=SETTLE, now=NOW),
    "restore": lambda s, code, who: changes.restore(s, code, who, settle=SETTLE, now=NOW),
}


async def everything(house: Database) -> list[dict[str, Any]]:
    return [
        each.model_dump()
        for table, order in ((Webinar, "id"), (WebinarHost, "partnership_id"), (Notice, "id"), (Revision, "id"))
        for each in await house.read(rows, table, order)
    ] + [each.model_dump() for each in await house.read(rows, Person)]


@pytest.mark.parametrize("use_case", USE_CASES.values(), ids=USE_CASES.keys())
@pytest.mark.parametrize("who", [BETA, FORMER, STRANGER], ids=["another organiser", "a former one", "a stranger"])
async def test_who_has_no_right_is_refused_and_changes_nothing(house: Database, use_case: UseCase, who: int) -> None:
    before = await everything(house)

    with pytest.raises(NotAllowedError):
        await house.write(use_case, "w", who)

    assert await everything(house) == before


@pytest.mark.parametrize("use_case", USE_CASES.values(), ids=USE_CASES.keys())
@pytest.mark.parametrize("who", [ADMIN, ALPHA], ids=["an administrator", "an organiser of a host"])
async def test_who_has_the_right_may(house: Database, use_case: UseCase, who: int) -> None:
    assert await house.write(use_case, "w", who) is not None


@pytest.mark.parametrize("use_case", USE_CASES.values(), ids=USE_CASES.keys())
async def test_what_is_no_webinar_is_none_for_anybody(house: Database, use_case: UseCase) -> None:
    for who in (ADMIN, STRANGER):
        for code in ("made-up", "", "W", "🎉"):
            with pytest.raises(WebinarNotFoundError):
                await house.write(use_case, code, who)


@pytest.fixture
async def programme(house: Database) -> Database:
    def add(session: Session) -> None:
        add_webinar(session, code="beta", hosts=["beta"], starts_at=START + HOUR)
        add_webinar(session, code="both", hosts=["beta", "alpha"], starts_at=START + 2 * HOUR)
        add_webinar(session, code="off", hosts=["alpha"], starts_at=START + 3 * HOUR, status=WebinarStatus.CANCELLED)
        add_webinar(session, code="gone", hosts=["gone"], starts_at=START + 4 * HOUR)
        add_webinar(session, code="over", hosts=["alpha"], starts_at=NOW - HOUR)
        add_webinar(session, code="on", hosts=["alpha"], starts_at=NOW - HOUR + MINUTE)

    await house.write(add)
    return house


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        pytest.param(ADMIN, ["on", "w", "beta", "both", "off", "gone"], id="an administrator: all, even orphans"),
        pytest.param(ALPHA, ["on", "w", "both", "off"], id="an organiser: where theirs is a host"),
        pytest.param(BETA, ["beta", "both"], id="another: not where theirs was only asked"),
        pytest.param(BOTH, ["on", "w", "beta", "both", "off"], id="of both: each once"),
        pytest.param(FORMER, [], id="of a partnership that has left: none"),
    ],
)
async def test_the_list_is_of_what_this_person_may_change(programme: Database, who: int, codes: list[str]) -> None:
    pages = [await programme.read(listing.managed, who, number, now=NOW) for number in (1, 2)]

    listed = list(dict.fromkeys(card.code for page in pages for card in page.cards))
    assert (listed, pages[0].total) == (codes, len(codes))
    for card in (card for page in pages for card in page.cards):
        assert (await programme.write(changes.managed, card.code, who, now=NOW)).code == card.code


async def test_strangers_have_no_list(house: Database) -> None:
    with pytest.raises(NotAllowedError):
        await house.read(listing.managed, STRANGER, 1, now=NOW)


async def move_to(house: Database, starts_at: datetime, *, now: datetime = NOW) -> datetime:
    card = await house.write(changes.move_to, "w", ALPHA, starts_at, settle=SETTLE, now=now)
    return card.starts_at


async def propose(house: Database, text: str, picked: datetime | None = None) -> Prospect:
    """Asked for a new time, the organiser types one, or picks it in the chat app."""
    await house.write(edit_questions.ask, "w", ALPHA, Asking.MOVE, now=NOW)
    prospect = await house.write(answers.take, ALPHA, text, USUAL, picked=picked, now=NOW)
    assert isinstance(prospect, Prospect)
    return prospect


@pytest.mark.parametrize("starts_at", [NOW, NOW - MINUTE, NOW - 1000 * DAY], ids=["now", "a minute ago", "years ago"])
async def test_nothing_is_moved_into_the_past(house: Database, starts_at: datetime) -> None:
    before = await everything(house)

    with pytest.raises(WhenError) as refused:
        await move_to(house, starts_at)

    assert refused.value.fault is WhenFault.PAST
    assert await everything(house) == before


async def test_what_was_proposed_while_it_was_ahead_can_be_past_when_it_is_confirmed(house: Database) -> None:
    prospect = await propose(house, "18 Jan 10:30")

    with pytest.raises(WhenError):
        await house.write(editing.save, "w", ALPHA, prospect.id, USUAL, tell=True, settle=SETTLE, now=NOW + HOUR)


@pytest.mark.parametrize(
    ("timezone", "starts_at", "local"),
    [
        (BRUSSELS, START + DAY, wall(2027, 1, 21, 10)),
        (BRUSSELS, START + 180 * DAY, wall(2027, 7, 19, 11)),
        ("Asia/Shanghai", START + DAY, wall(2027, 1, 21, 17)),
        ("America/New_York", START + DAY, wall(2027, 1, 21, 4)),
    ],
)
async def test_it_is_moved_to_that_instant_on_the_clock_of_its_own_zone(
    house: Database, timezone: str, starts_at: datetime, local: datetime
) -> None:
    def live_in(session: Session) -> None:
        session.get_one(Webinar, 1).timezone = timezone

    await house.write(live_in)

    assert await move_to(house, starts_at) == starts_at
    webinar = await house.read(row, Webinar, 1)
    assert (webinar.local_start, webinar.timezone, webinar.starts_at) == (local, timezone, starts_at)


async def test_moved_to_where_it_is_nobody_is_told(house: Database) -> None:
    await move_to(house, START)

    assert await house.read(rows, Notice) == []


@pytest.mark.parametrize(
    ("text", "new_start"),
    [
        pytest.param("22 Jan 10:00", START + 2 * DAY, id="in the webinar's own zone"),
        pytest.param("22 Jan 17:00 Shanghai", START + 2 * DAY, id="in another zone"),
        pytest.param("\u202e22 Jan\0 10:00", START + 2 * DAY, id="with what nobody sees"),
        pytest.param("tomorrow 10:00", START - DAY, id="in a word"),
    ],
)
async def test_a_proposal_moves_nothing(house: Database, text: str, new_start: datetime) -> None:
    prospect = await propose(house, text)

    assert (prospect.new_start, prospect.card.starts_at) == (new_start, START)
    assert (prospect.impact.registered, prospect.impact.waiting) == (1, 1)
    assert (await house.read(row, Webinar, 1)).sequence == 0
    assert (await house.read(row, Person, ALPHA)).asking is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("whenever", WhenFault.UNREADABLE),
        ("", WhenFault.UNREADABLE),
        ("30 Feb 10:00", WhenFault.NO_SUCH_DATE),
        ("22 Jan 25:00", WhenFault.NO_SUCH_TIME),
        ("Mon 22 Jan 10:00", WhenFault.WRONG_WEEKDAY),
        ("28 Mar 2:30", WhenFault.SKIPPED),
        ("2027-01-17 10:00", WhenFault.PAST),
        ("22 Jan 10:00 Atlantis", WhenFault.UNKNOWN_ZONE),
        ("x" * 10_000, WhenFault.UNREADABLE),
    ],
)
async def test_what_is_no_time_ahead_keeps_the_question_open(house: Database, text: str, fault: WhenFault) -> None:
    await house.write(edit_questions.ask, "w", ALPHA, Asking.MOVE, now=NOW)
    before = await everything(house)

    with pytest.raises(WhenError) as refused:
        await house.write(answers.take, ALPHA, text, USUAL, now=NOW)

    assert refused.value.fault is fault
    assert await everything(house) == before
    again = await house.write(answers.take, ALPHA, "22 Jan 10:00", USUAL, now=NOW)
    assert isinstance(again, Prospect)
    assert again.new_start == START + 2 * DAY


async def test_a_time_picked_in_the_chat_app_is_read_instead_of_the_words_around_it(house: Database) -> None:
    prospect = await propose(house, "let it be then", picked=START + 3 * DAY)

    assert prospect.new_start == START + 3 * DAY
