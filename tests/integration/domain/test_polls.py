"""Polls about when organisers can meet: written, asked once, answered by a tap, and turned into a meeting by one."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from domain import audit, reasons
from domain.errors import NotAllowedError
from domain.meetings import ballots, board, outcomes, polls
from domain.meetings.ballots import PollNotFoundError
from domain.meetings.outcomes import NotMakerError
from domain.meetings.polls import NoPollError, Part, PollIncompleteError
from domain.reading.draft_values import FieldError, FieldFault
from domain.reading.when import WhenError, WhenFault
from storage import (
    Database,
    Partnership,
    Person,
    Poll,
    PollSlot,
    PollVote,
    Registration,
    RegistrationStatus,
    Session,
    Vote,
    Webinar,
    meetings,
    team,
)
from tests.announcing import told
from tests.factories import NOW, add_consortium, add_people, add_role, rows

ADMIN, MARTA, BEN, CHIARA, DORA, COMPANY = 1, 2, 3, 4, 5, 6
"""An administrator; organisers of alpha, beta, beta and gamma; and a company."""

BRUSSELS = "Europe/Brussels"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIMES = ("20 Jan 10:00", "21 Jan 10:00", "22 Jan 14:00")
MOMENTS = tuple(datetime(2027, 1, day, hour, tzinfo=UTC) for day, hour in ((20, 9), (21, 9), (22, 13)))
LINK = "https://meet.example.org/steps"


def prepare(session: Session) -> None:
    add_consortium(session)
    session.add(Partnership(id="gamma", name="Gamma", short_name="Gamma", position=3))
    session.flush()
    add_people(session, COMPANY)
    add_role(session, ADMIN)
    for person_id, partnership in ((MARTA, "alpha"), (BEN, "beta"), (CHIARA, "beta"), (DORA, "gamma")):
        add_role(session, person_id, partnership)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def write(
    session: Session, *, times: Sequence[str] = TIMES, but: Sequence[str] = (), maker: int = MARTA, now: datetime = NOW
) -> None:
    """All that must be there."""
    polls.start(session, maker, timezone=BRUSSELS, now=now)
    for answer in ("Next steps", "\n".join(times), LINK):
        polls.take(session, maker, answer, picked=(), now=now)
    for partnership in but:
        polls.toggle_partnership(session, maker, partnership, now=now)


def opened(session: Session, *, now: datetime = NOW, **given: Sequence[str]) -> str:
    """Its code."""
    write(session, now=now, **given)  # type: ignore[arg-type]  # who writes it is said by `write` alone
    return polls.open_(session, MARTA, now=now).code


async def slots(house: Database) -> list[int]:
    return [slot.id for slot in await house.read(rows, PollSlot, "starts_at")]


async def vote(house: Database, place: int, person_id: int, said: Vote, now: datetime = NOW) -> ballots.Ballot:
    return await house.write(ballots.vote, (await slots(house))[place], person_id, said, now=now)


async def test_poll_is_written_in_turn(house: Database) -> None:
    asked = []
    view = await house.write(polls.start, MARTA, timezone=BRUSSELS, now=NOW)
    for answer in ("Next steps", "\n".join(TIMES), LINK):
        asked.append((view.asking, view.missing))
        view = await house.write(polls.take, MARTA, answer, picked=(), now=NOW)
    await house.write(polls.ask, MARTA, Part.LENGTH, now=NOW)
    await house.write(polls.take, MARTA, "90", picked=(), now=NOW)
    await house.write(polls.ask, MARTA, Part.TEXT, now=NOW)
    view = await house.write(polls.take, MARTA, "What comes next?", picked=(), now=NOW)

    assert asked == [
        (Part.TITLE, (Part.TITLE, Part.TIMES, Part.LINK)),
        (Part.TIMES, (Part.TIMES, Part.LINK)),
        (Part.LINK, (Part.LINK,)),
    ]
    assert (view.title, view.text, view.minutes, view.join_url) == ("Next steps", "What comes next?", 90, LINK)
    assert tuple(time.starts_at for time in view.times) == MOMENTS
    assert [(choice.id, choice.chosen) for choice in view.partnerships] == [
        ("alpha", True),
        ("beta", True),
        ("gamma", True),
    ]
    assert (view.missing, view.asking, view.complete) == ((), None, True)


async def test_times_are_read_as_a_draft_s_and_are_in_one_zone(house: Database) -> None:
    await house.write(write, times=["20 Jan 17:00 Shanghai", "2027-01-20 10:00", "21 Jan 10h"])
    await house.write(polls.ask, MARTA, Part.TIMES, now=NOW)
    view = await house.write(polls.take, MARTA, "", picked=(MOMENTS[2],), now=NOW)

    assert tuple(time.starts_at for time in view.times) == MOMENTS
    assert [slot.local_start.hour for slot in await house.read(rows, PollSlot, "starts_at")] == [10, 10, 14]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("20 Jan 10:00\n30 Feb 10:00", WhenFault.NO_SUCH_DATE),
        ("20 Jan", WhenFault.NO_TIME),
        ("17 Jan 2027 10:00", WhenFault.PAST),
        ("31 Oct 2027 01:30 UTC", WhenFault.SECOND_OF_TWO),
        ("\n \n", FieldFault.EMPTY),
        ("\n".join(f"{day} Jan 10:00" for day in range(20, 27)), FieldFault.TOO_MANY_LINES),
    ],
)
async def test_time_that_cannot_be_used_changes_nothing(house: Database, text: str, fault: str) -> None:
    await house.write(polls.start, MARTA, timezone=BRUSSELS, now=NOW)
    await house.write(polls.ask, MARTA, Part.TIMES, now=NOW)

    with pytest.raises((WhenError, FieldError)) as refused:
        await house.write(polls.take, MARTA, text, picked=(), now=NOW)

    view = await house.read(polls.show, MARTA, now=NOW)
    assert (refused.value.fault, view.times, view.asking) == (fault, (), Part.TIMES)  # type: ignore[attr-defined]


async def test_six_times_are_the_most_and_one_can_be_taken_out(house: Database) -> None:
    await house.write(write, times=[f"{day} Jan 10:00" for day in range(20, 26)])
    await house.write(polls.ask, MARTA, Part.TIMES, now=NOW)
    with pytest.raises(FieldError):
        await house.write(polls.take, MARTA, "26 Jan 10:00", picked=(), now=NOW)

    view = await house.write(polls.remove_time, MARTA, (await slots(house))[0], now=NOW)

    assert [time.starts_at.day for time in view.times] == [21, 22, 23, 24, 25]
    assert len((await house.write(polls.remove_time, MARTA, 999, now=NOW)).times) == 5


async def test_nobody_is_asked_before_all_is_there(house: Database) -> None:
    await house.write(polls.start, MARTA, timezone=BRUSSELS, now=NOW)
    with pytest.raises(PollIncompleteError) as empty:
        await house.write(polls.open_, MARTA, now=NOW)
    await house.write(write, but=["alpha", "beta", "gamma"])
    with pytest.raises(PollIncompleteError) as alone:
        await house.write(polls.open_, MARTA, now=NOW)

    assert (empty.value.missing, alone.value.missing) == ((Part.TITLE, Part.TIMES, Part.LINK), ())
    assert await told(house, NOW) == []


async def test_times_that_have_passed_since_drop_out(house: Database) -> None:
    await house.write(write)

    with pytest.raises(PollIncompleteError):
        await house.write(polls.open_, MARTA, now=MOMENTS[1])
    code = (await house.write(polls.open_, MARTA, now=MOMENTS[0])).code

    found = await house.read(ballots.look, code, BEN, now=MOMENTS[0])
    assert [line.starts_at for line in found.lines] == list(MOMENTS[1:])


async def test_organisers_of_the_chosen_partnerships_are_asked_once(house: Database) -> None:
    await house.write(opened, but=["gamma"])

    asked = [await told(house, NOW), await told(house, NOW + HOUR)]

    assert asked == [[("PollAsked", BEN), ("PollAsked", CHIARA)], []]
    assert [line.action for line in (await house.read(audit.page, ADMIN, 1)).lines] == ["poll_opened"]
    why = await house.read(reasons.why, BEN, None)
    assert (why.kind, why.webinar) == ("poll_asked", "Next steps")


async def test_who_has_answered_already_is_asked_no_more_and_nobody_at_night(house: Database) -> None:
    late = NOW.replace(hour=22)
    await house.write(opened, now=late)
    at_night = await told(house, late)
    await vote(house, 0, BEN, Vote.NO, late)

    assert at_night == []
    assert await told(house, late + 8 * HOUR) == [("PollAsked", CHIARA), ("PollAsked", DORA)]


async def test_each_says_for_themselves_what_they_can_and_may_say_otherwise(house: Database) -> None:
    code = await house.write(opened)

    for said in (Vote.YES, Vote.YES, Vote.NO, Vote.IF_NEED_BE):
        await vote(house, 0, BEN, said)
    await vote(house, 1, BEN, Vote.NO)
    found = await house.read(ballots.look, code, BEN, now=NOW)
    nothing_said = await house.write(ballots.vote, (await slots(house))[2], BEN, None, now=NOW)

    assert [(line.mine, line.can, line.past) for line in found.lines] == [
        (Vote.IF_NEED_BE, 2, False),
        (Vote.NO, 1, False),
        (None, 1, False),
    ]
    assert (found.maker, found.mine, found.closed) == (f"Person {MARTA}", False, False)
    assert nothing_said == found


async def test_whoever_asks_sees_who_can_when_the_best_time_first(house: Database) -> None:
    code = await house.write(opened)
    for place, person_id, said in (
        (0, BEN, Vote.NO),
        (0, CHIARA, Vote.YES),
        (1, BEN, Vote.IF_NEED_BE),
        (1, CHIARA, Vote.IF_NEED_BE),
        (2, BEN, Vote.YES),
        (2, CHIARA, Vote.YES),
    ):
        await vote(house, place, person_id, said)

    found = await house.read(outcomes.show, code, MARTA, now=NOW)

    assert [
        (MOMENTS.index(each.starts_at), each.yes, each.if_need_be, each.no, each.can) for each in found.standings
    ] == [
        (2, ("Person 2", "Person 3", "Person 4"), (), (), 3),
        (1, ("Person 2",), ("Person 3", "Person 4"), (), 3),
        (0, ("Person 2", "Person 4"), (), ("Person 3",), 2),
    ]
    assert found.silent == 1


async def test_one_tap_makes_the_meeting_of_it(house: Database) -> None:
    """Who said yes is seated; all who were asked are told once, those who are seated too."""
    code = await house.write(opened)
    await told(house, NOW)
    await vote(house, 1, BEN, Vote.YES)
    await vote(house, 1, CHIARA, Vote.IF_NEED_BE)
    await vote(house, 1, DORA, Vote.NO)

    card = await house.write(outcomes.decide, (await slots(house))[1], MARTA, now=NOW + HOUR)
    called = [await told(house, NOW + HOUR), await told(house, NOW + 2 * HOUR)]

    assert (card.title, card.starts_at, card.hosts, card.meeting) == ("Next steps", MOMENTS[1], ("Alpha",), True)
    assert {row.person_id: row.status for row in await house.read(rows, Registration)} == {
        MARTA: RegistrationStatus.REGISTERED,
        BEN: RegistrationStatus.REGISTERED,
    }
    assert called == [[("MeetingCalled", BEN), ("MeetingCalled", CHIARA), ("MeetingCalled", DORA)], []]
    found = await house.read(ballots.look, code, BEN, now=NOW + HOUR)
    assert (found.closed, found.meeting and found.meeting.code) == (True, card.code)
    assert (await house.read(audit.page, ADMIN, 1)).lines[0].action == "poll_decided"


async def test_two_taps_at_once_make_one_meeting(house: Database) -> None:
    await house.write(opened)
    first, second, _ = await slots(house)

    made = await asyncio.gather(*(house.write(outcomes.decide, each, MARTA, now=NOW) for each in (first, second)))

    assert len({card.code for card in made}) == len(await house.read(rows, Webinar)) == 1


async def test_what_is_closed_or_past_stays_as_it_is(house: Database) -> None:
    code = await house.write(opened)
    first, second, third = await slots(house)
    past = await vote(house, 0, BEN, Vote.YES, MOMENTS[0])
    with pytest.raises(WhenError):
        await house.write(outcomes.decide, first, MARTA, now=MOMENTS[0])
    await house.write(outcomes.close, code, MARTA, now=MOMENTS[0])
    closed = await vote(house, 1, BEN, Vote.YES, MOMENTS[0])
    with pytest.raises(WhenError):
        await house.write(outcomes.decide, second, MARTA, now=MOMENTS[0])
    again = await house.write(outcomes.close, code, MARTA, now=MOMENTS[0] + HOUR)

    assert (past.lines[0].mine, past.lines[0].past, past.closed) == (None, True, False)
    assert ([line.mine for line in closed.lines], closed.closed) == ([None] * 3, True)
    assert (again.closed, again.meeting, await house.read(rows, Webinar)) == (True, None, [])
    assert {vote.person_id for vote in await house.read(rows, PollVote, "slot_id")} == {MARTA}
    assert third in await slots(house)


async def test_poll_is_over_with_its_last_time(house: Database) -> None:
    code = await house.write(opened)

    found = [await house.read(ballots.look, code, BEN, now=now) for now in (MOMENTS[1], MOMENTS[2])]

    assert [ballot.closed for ballot in found] == [False, True]
    assert [len((await house.read(board.show, BEN, 1, now=now)).polls) for now in (MOMENTS[1], MOMENTS[2])] == [1, 0]


REFUSED: dict[str, Callable[[Session, str, int, int], object]] = {
    "look": lambda s, code, slot, who: ballots.look(s, code, who, now=NOW),
    "vote": lambda s, code, slot, who: ballots.vote(s, slot, who, Vote.YES, now=NOW),
    "show": lambda s, code, slot, who: outcomes.show(s, code, who, now=NOW),
    "of_slot": lambda s, code, slot, who: outcomes.of_slot(s, slot, who, now=NOW),
    "decide": lambda s, code, slot, who: outcomes.decide(s, slot, who, now=NOW),
    "close": lambda s, code, slot, who: outcomes.close(s, code, who, now=NOW),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_who_is_not_asked_does_not_learn_that_there_is_a_poll(house: Database, name: str) -> None:
    """A company, an organiser of a partnership that is not asked, and whoever makes up a code: all the same."""
    code = await house.write(opened, but=["gamma"])
    slot = (await slots(house))[0]
    before = await house.read(rows, PollVote, "slot_id")

    for who, asked_code, asked_slot in ((COMPANY, code, slot), (DORA, code, slot), (BEN, "madeup", 999)):
        with pytest.raises(PollNotFoundError):
            await house.write(REFUSED[name], asked_code, asked_slot, who)

    assert await house.read(rows, PollVote, "slot_id") == before
    assert await house.read(rows, Webinar) == []


async def test_poll_that_is_being_written_is_its_maker_s_alone(house: Database) -> None:
    await house.write(write)
    (poll,) = await house.read(rows, Poll)

    with pytest.raises(PollNotFoundError):
        await house.read(ballots.look, poll.code, BEN, now=NOW)
    with pytest.raises(NoPollError):
        await house.read(polls.show, BEN, now=NOW)
    with pytest.raises(NotAllowedError):
        await house.write(polls.start, COMPANY, timezone=BRUSSELS, now=NOW)


@pytest.mark.parametrize("name", ["show", "of_slot", "decide", "close"])
async def test_only_whoever_asked_and_administrators_decide(house: Database, name: str) -> None:
    code = await house.write(opened)
    slot = (await slots(house))[0]

    with pytest.raises(NotMakerError):
        await house.write(REFUSED[name], code, slot, BEN)

    assert await house.write(REFUSED[name], code, slot, ADMIN)


async def test_who_is_no_organiser_any_more_counts_no_more(house: Database) -> None:
    code = await house.write(opened)
    await vote(house, 0, DORA, Vote.YES)

    await house.write(leave_team, DORA, "gamma")
    found = await house.read(outcomes.show, code, MARTA, now=NOW)
    await house.write(outcomes.decide, (await slots(house))[0], MARTA, now=NOW)

    assert found.standings[0].yes == (f"Person {MARTA}",)
    assert [row.person_id for row in await house.read(rows, Registration)] == [MARTA]
    assert await told(house, NOW) == [("MeetingCalled", BEN), ("MeetingCalled", CHIARA)]


def leave_team(session: Session, person_id: int, partnership_id: str) -> None:
    role = team.role_of(session, person_id, partnership_id)
    assert role
    team.remove(session, role)


async def test_board_shows_what_waits_for_an_answer(house: Database) -> None:
    await house.write(opened)
    await vote(house, 0, CHIARA, Vote.NO)
    await house.write(polls.start, BEN, timezone=BRUSSELS, now=NOW)

    seen = {who: await house.read(board.show, who, 1, now=NOW) for who in (MARTA, BEN, CHIARA)}

    assert {who: [(poll.mine, poll.answered) for poll in found.polls] for who, found in seen.items()} == {
        MARTA: [(True, True)],
        BEN: [(False, False)],
        CHIARA: [(False, True)],
    }
    assert [who for who, found in seen.items() if found.writing] == [BEN]


async def test_discarded_poll_is_gone(house: Database) -> None:
    await house.write(write)

    await house.write(polls.discard, MARTA, now=NOW)

    assert (await house.read(rows, Poll), await house.read(rows, PollSlot)) == ([], [])
    assert [line.action for line in (await house.read(audit.page, ADMIN, 1)).lines] == ["poll_discarded"]
    with pytest.raises(NoPollError):
        await house.write(polls.discard, MARTA, now=NOW)


async def test_answer_means_nothing_once_another_question_was_asked(house: Database) -> None:
    await house.write(polls.start, MARTA, timezone=BRUSSELS, now=NOW)
    await house.write(close_question, MARTA)

    view = await house.write(polls.take, MARTA, "Next steps", picked=(), now=NOW)

    assert view.title == ""


def close_question(session: Session, person_id: int) -> None:
    session.get_one(Person, person_id).asking = None


async def test_votes_are_kept_in_the_order_in_which_they_came(house: Database) -> None:
    code = await house.write(opened)
    await vote(house, 0, CHIARA, Vote.YES, NOW + HOUR)
    await vote(house, 0, BEN, Vote.YES, NOW + 2 * HOUR)

    found = await house.read(outcomes.show, code, MARTA, now=NOW + 3 * HOUR)

    assert found.standings[0].yes == ("Person 2", "Person 4", "Person 3")
    assert len(await house.read(meetings.votes, 1)) == 5
