"""Meetings of organisers: called once, to those who may come, and otherwise as every webinar."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain import changes, drafts, editing, hosting_answers, publishing, registration, shelf
from domain.details import Detail
from domain.drafts import ForWhom
from domain.errors import NotAllowedError
from domain.meetings import board, news
from storage import Database, Follow, Partnership, Registration, RegistrationStatus, Session, Webinar, WebinarStatus
from storage import drafts as draft_rows
from tests.announcing import carry, expand, told
from tests.factories import NOW, SETTLE, START, add_consortium, add_people, add_role, rows
from tests.outbox import USUAL

MARTA, BEN, CHIARA, DORA, COMPANY = 1, 2, 3, 4, 5
"""Organisers of alpha, beta, beta and gamma; and a company that follows them all."""

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SOON = NOW + 10 * MINUTE
SEATED, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.CANCELLED


def prepare(session: Session) -> None:
    add_consortium(session)
    session.add(Partnership(id="gamma", name="Gamma", short_name="Gamma", position=3))
    session.flush()
    add_people(session, COMPANY)
    for person_id, partnership in ((MARTA, "alpha"), (BEN, "beta"), (CHIARA, "beta"), (DORA, "gamma")):
        add_role(session, person_id, partnership)
    for partnership in ("alpha", "beta", "gamma"):
        session.add(Follow(person_id=COMPANY, partnership_id=partnership, created_at=NOW))


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def post(
    session: Session,
    *,
    for_whom: ForWhom = ForWhom.ORGANISERS,
    hosts: Sequence[str] = ("alpha",),
    starts_at: datetime = START,
    now: datetime = NOW,
) -> str:
    """Marta publishes her draft. Returns its code."""
    drafts.start(session, MARTA, timezone="Europe/Brussels", now=now)
    draft = draft_rows.of_person(session, MARTA)
    assert draft
    fields = drafts.current(session, draft).changed(
        {
            "title": "Next steps",
            "hosts": hosts,
            "local_start": starts_at.astimezone(ZoneInfo("Europe/Brussels")).replace(tzinfo=None),
            "join_url": "https://meet.example.org/steps",
        }
    )
    drafts.save(session, draft, now, fields)
    drafts.choose_for_whom(session, MARTA, for_whom, now=now)
    return publishing.publish(session, MARTA, now=now).code


async def seats(house: Database) -> dict[int, RegistrationStatus]:
    return {row.person_id: row.status for row in await house.read(rows, Registration)}


async def test_organisers_of_all_partnerships_are_called_once(house: Database) -> None:
    await house.write(post)

    before = await told(house, NOW + 9 * MINUTE)
    called = [await told(house, SOON), await told(house, SOON + MINUTE)]

    assert before == []
    assert called == [[("MeetingCalled", BEN), ("MeetingCalled", CHIARA), ("MeetingCalled", DORA)], []]
    assert await seats(house) == {MARTA: SEATED}


async def test_organisers_of_the_hosts_alone_are_called_if_it_is_for_them(house: Database) -> None:
    """Beta is asked to host it too: its organisers are called as soon as it does."""
    code = await house.write(post, for_whom=ForWhom.HOSTS, hosts=["alpha", "beta"])
    asked = await told(house, SOON)

    await house.write(hosting_answers.accept, code, BEN, "beta", settle=SETTLE, now=SOON)
    called = await told(house, SOON + SETTLE)

    assert asked == [("HostAsked", BEN), ("HostAsked", CHIARA)]
    assert called == [("HostAnswered", MARTA), ("Hosted", MARTA), ("MeetingCalled", BEN), ("MeetingCalled", CHIARA)]


async def test_who_has_answered_is_called_no_more(house: Database) -> None:
    code = await house.write(post)
    await house.write(registration.register, code, BEN, now=NOW)
    await house.write(registration.register, code, CHIARA, now=NOW)
    await house.write(registration.leave, code, CHIARA, now=NOW)

    assert await told(house, SOON) == [("MeetingCalled", DORA)]
    assert await seats(house) == {MARTA: SEATED, BEN: SEATED, CHIARA: LEFT}


async def test_nobody_is_called_to_what_was_called_off_at_once(house: Database) -> None:
    code = await house.write(post)
    await house.write(changes.cancel, code, MARTA, settle=SETTLE, now=NOW + MINUTE)

    assert await told(house, SOON) == [("Cancelled", MARTA)]


async def test_who_comes_and_who_has_not_answered_is_told_of_changes(house: Database) -> None:
    code = await house.write(post)
    await told(house, SOON)
    await house.write(registration.register, code, BEN, now=SOON)
    await house.write(registration.register, code, CHIARA, now=SOON)
    await house.write(registration.leave, code, CHIARA, now=SOON)

    await house.write(changes.move_to, code, MARTA, START + DAY, settle=SETTLE, now=SOON + MINUTE)
    moved = await told(house, SOON + MINUTE + SETTLE)
    await house.write(changes.cancel, code, MARTA, settle=SETTLE, now=SOON + 5 * MINUTE)
    cancelled = await told(house, SOON + 5 * MINUTE + SETTLE)

    assert moved == [("MeetingCalled", DORA), ("Moved", MARTA), ("Moved", BEN)]
    assert cancelled == [("Cancelled", MARTA), ("Cancelled", BEN), ("MeetingCalled", DORA)]


async def test_who_was_called_and_has_not_answered_is_told_once_that_it_is_off_or_on_again(house: Database) -> None:
    """What is taken back before it was told disturbs nobody."""
    code = await house.write(post)
    await told(house, SOON)
    for person_id in (BEN, CHIARA):
        await house.write(registration.register, code, person_id, now=SOON)
    prospect = await house.write(editing.propose_cancel, code, MARTA, "", USUAL, now=SOON + MINUTE)

    async def change(use_case: Callable[..., object], minutes: int) -> None:
        await house.write(use_case, code, MARTA, settle=SETTLE, now=SOON + minutes * MINUTE)

    await change(changes.cancel, 1)
    await change(changes.restore, 2)
    taken_back = await said(house, SOON + 10 * MINUTE)
    await change(changes.cancel, 11)
    off = [await said(house, SOON + 20 * MINUTE), await said(house, SOON + 25 * MINUTE)]
    await change(changes.restore, 31)
    on = [await said(house, SOON + 40 * MINUTE), await said(house, SOON + 45 * MINUTE)]

    assert prospect.impact.called == 1
    assert taken_back == []
    assert off == [[(DORA, WebinarStatus.CANCELLED, None)], []]
    assert on == [[(DORA, WebinarStatus.PUBLISHED, None)], []]


async def said(house: Database, now: datetime) -> list[tuple[int, WebinarStatus, datetime | None]]:
    """To whom it is said now that the meeting is on or off, and when it was to be before."""
    await expand(house, now)
    found = [(outgoing.chat_id, outgoing.content) for outgoing, _ in await carry(house, now)]
    return [(who, each.card.status, each.old_start) for who, each in found if isinstance(each, news.MeetingCalled)]


async def calls(house: Database, now: datetime) -> list[tuple[int, datetime, datetime | None]]:
    """Who is called now, to what time, and to which they were called before."""
    await expand(house, now)
    found = [(outgoing.chat_id, outgoing.content) for outgoing, _ in await carry(house, now)]
    return sorted(
        (who, each.card.starts_at, each.old_start) for who, each in found if isinstance(each, news.MeetingCalled)
    )


async def test_who_was_called_and_has_not_answered_is_told_once_that_it_moves(house: Database) -> None:
    """Ben comes and Chiara said that she does not; only Dora has not answered."""
    code = await house.write(post)
    await told(house, SOON)
    await house.write(registration.register, code, BEN, now=SOON)
    await house.write(registration.register, code, CHIARA, now=SOON)
    await house.write(registration.leave, code, CHIARA, now=SOON)

    later, back = START + DAY, SOON + 20 * MINUTE
    prospect = await house.write(editing.propose_move, code, MARTA, later, USUAL, now=SOON + MINUTE)
    assert (prospect.impact.registered, prospect.impact.called) == (2, 1)
    await house.write(changes.move_to, code, MARTA, later, settle=SETTLE, now=SOON + MINUTE)
    moved = [await calls(house, SOON + MINUTE + SETTLE), await calls(house, SOON + 10 * MINUTE)]
    await house.write(changes.move_to, code, MARTA, START, settle=SETTLE, now=back)
    again = await calls(house, back + SETTLE)

    assert moved == [[(DORA, later, START)], []]
    assert again == [(DORA, START, later)]


async def test_who_is_called_after_it_was_moved_knows_its_time_already(house: Database) -> None:
    code = await house.write(post)
    await house.write(changes.move_to, code, MARTA, START + DAY, settle=SETTLE, now=SOON - MINUTE)

    assert await calls(house, SOON) == [(each, START + DAY, None) for each in (BEN, CHIARA, DORA)]
    assert await calls(house, SOON - MINUTE + SETTLE) == []


async def test_who_is_told_at_night_hears_in_the_morning_what_is_different_then(house: Database) -> None:
    """It was moved twice since they were called, the second time to where it was."""
    late = NOW.replace(hour=22)
    code = await house.write(post)
    await told(house, SOON)
    for place, start in enumerate((START + DAY, START)):
        await house.write(changes.move_to, code, MARTA, start, settle=SETTLE, now=late + place * 10 * MINUTE)
        assert await calls(house, late + place * 10 * MINUTE + SETTLE) == []

    assert await calls(house, late + timedelta(hours=9)) == []


async def test_a_webinar_that_moves_calls_nobody(house: Database) -> None:
    code = await house.write(post, for_whom=ForWhom.COMPANIES)
    await told(house, SOON)
    await house.write(changes.move_to, code, MARTA, START + DAY, settle=SETTLE, now=SOON + MINUTE)

    assert await calls(house, SOON + MINUTE + SETTLE) == []


@pytest.mark.parametrize(("ahead", "at_once"), [(3 * DAY, False), (timedelta(hours=12), True)])
async def test_call_waits_for_the_morning_unless_it_is_for_the_next_day(
    house: Database, ahead: timedelta, *, at_once: bool
) -> None:
    late = NOW.replace(hour=22)
    await house.write(post, starts_at=late + ahead, now=late)

    tonight, in_the_morning = await told(house, late + 10 * MINUTE), await told(house, late + timedelta(hours=8))

    assert (bool(tonight), bool(in_the_morning)) == (at_once, not at_once)


async def test_copy_of_a_meeting_is_a_meeting(house: Database) -> None:
    code = await house.write(post)

    view = await house.write(shelf.duplicate, code, MARTA, now=NOW)

    assert view.fields.for_whom is ForWhom.ORGANISERS


async def test_preview_is_a_meeting_s(house: Database) -> None:
    card = await house.write(preview)

    assert (card.meeting, card.my_status) == (True, None)


def preview(session: Session) -> publishing.Card:
    code = post(session)
    shelf.duplicate(session, code, MARTA, now=NOW)
    local_start = START.astimezone(ZoneInfo("Europe/Brussels")).replace(tzinfo=None)
    drafts.choose_start(session, MARTA, local_start, "Europe/Brussels", now=NOW)
    return publishing.preview(session, MARTA, now=NOW)


async def test_no_change_makes_a_meeting_public(house: Database) -> None:
    await house.write(post)

    assert "circle" not in set(Detail)
    assert [row.circle for row in await house.read(rows, Webinar)] == ["organisers"]


async def test_board_has_the_meetings_that_are_not_over_for_organisers(house: Database) -> None:
    code = await house.write(post)
    await house.write(post, starts_at=START + DAY)
    await house.write(changes.cancel, code, MARTA, settle=SETTLE, now=NOW)

    found = await house.read(board.show, DORA, 1, now=NOW)
    later = await house.read(board.show, DORA, 1, now=START + timedelta(hours=2))

    assert [(card.status, card.meeting) for card in found.page.cards] == [("cancelled", True), ("published", True)]
    assert [card.status for card in later.page.cards] == ["published"]
    with pytest.raises(NotAllowedError):
        await house.read(board.show, COMPANY, 1, now=NOW)


async def test_new_meeting_leaves_the_draft_that_is_open(house: Database) -> None:
    await house.write(drafts.start, MARTA, timezone="Europe/Brussels", now=NOW)
    await house.write(drafts.fill, MARTA, "Cold chain", picked=None, now=NOW)

    view = await house.write(board.begin, MARTA, timezone="Europe/Brussels", now=NOW)
    shelved = await house.read(shelf.show, MARTA, 1)

    assert (view.fields.title, view.fields.for_whom) == (None, ForWhom.ORGANISERS)
    assert [(item.title, item.open) for item in shelved.items] == [(None, True), ("Cold chain", False)]
    with pytest.raises(NotAllowedError):
        await house.write(board.begin, COMPANY, timezone="Europe/Brussels", now=NOW)


async def test_draft_says_for_whom_it_is(house: Database) -> None:
    await house.write(drafts.start, MARTA, timezone="Europe/Brussels", now=NOW)

    views = [await house.write(drafts.choose_for_whom, MARTA, each, now=NOW) for each in reversed(ForWhom)]

    assert [(view.fields.for_whom, view.fields.is_meeting) for view in views] == [
        (ForWhom.HOSTS, True),
        (ForWhom.ORGANISERS, True),
        (ForWhom.COMPANIES, False),
    ]
    assert replace(views[-1], message_id=None).fields.blank
