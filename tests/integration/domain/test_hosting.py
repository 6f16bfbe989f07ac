"""Hosting together: a partnership is asked, answers once, and from then on both teams have one webinar."""

from datetime import datetime, timedelta

import pytest

from domain import calendar, changes, desk, hosting, hosting_answers, planning, preferences, privacy
from domain.calendar import HostedBy
from domain.choices import Choice
from domain.content import Announcement
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.hosting import Host, Hosting, LastHostError
from domain.hosting_answers import Question
from domain.hosting_news import Answer, HostAnswered, HostAsked
from domain.merging import Hosted
from domain.reading.draft_values import FieldError, FieldFault
from storage import (
    Audit,
    Database,
    HostState,
    Partnership,
    Person,
    RegistrationStatus,
    Revision,
    Session,
    Webinar,
    WebinarHost,
    follows,
)
from tests.crossing import Pause, cross
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
    set_reachable,
)
from tests.outbox import USUAL, send_all

ADMIN, ALPHA, BOTH, BETA, COLLEAGUE, GAMMA, STRANGER, ANA, BEN = range(1, 10)
"""An administrator, organisers of alpha, of alpha and gamma, two of beta, one of gamma, and no organisers."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ACCEPTED, INVITED, DECLINED = HostState.ACCEPTED, HostState.INVITED, HostState.DECLINED


def prepare(session: Session) -> None:
    """A webinar of alpha, for which Ana is registered; Ben waits."""
    add_consortium(session)
    session.add(Partnership(id="gamma", name="The Gamma Partnership", short_name="Gamma", position=3))
    session.flush()
    add_people(session, BEN)
    add_role(session, ADMIN)
    for person_id, partnership in (
        (ALPHA, "alpha"),
        (BOTH, "alpha"),
        (BOTH, "gamma"),
        (BETA, "beta"),
        (COLLEAGUE, "beta"),
        (GAMMA, "gamma"),
    ):
        add_role(session, person_id, partnership)
    webinar_id = add_webinar(session, hosts=["alpha"], capacity=1)
    add_registration(session, webinar_id, ANA, changed_at=NOW - HOUR)
    add_registration(session, webinar_id, BEN, RegistrationStatus.WAITLISTED, changed_at=NOW - HOUR)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def add(house: Database, partnership: str, who: int = ALPHA, *, now: datetime = NOW) -> Hosting:
    return await house.write(hosting.add, "w", who, partnership, settle=SETTLE, now=now)


async def accept(house: Database, who: int = BETA, partnership: str = "beta", *, now: datetime = NOW) -> Question:
    return await house.write(hosting_answers.accept, "w", who, partnership, settle=SETTLE, now=now)


async def decline(house: Database, who: int = BETA, partnership: str = "beta", *, now: datetime = NOW) -> Question:
    return await house.write(hosting_answers.decline, "w", who, partnership, now=now)


async def request(house: Database, text: str, who: int = BETA, *, now: datetime = NOW) -> Question:
    await house.write(hosting_answers.ask_for_line, "w", who, "beta", now=now)
    about = (await house.read(row, Person, who)).asking_about
    return await house.write(hosting_answers.request, who, about, text, now=now)


async def log(house: Database) -> list[tuple[int | None, str, str | None]]:
    return [(line.person_id, line.action, line.partnership_id) for line in await house.read(rows, Audit)]


async def states(house: Database) -> dict[str, HostState]:
    return {host.partnership_id: host.state for host in await house.read(rows, WebinarHost, "position")}


async def told(house: Database, now: datetime = NOW) -> list[tuple[int, object]]:
    """What leaves now, and to whom."""
    while await house.write(planning.expand_notice, now=now):
        continue
    return sorted(((each.chat_id, each.content) for each in await send_all(house, now)), key=lambda pair: pair[0])


async def test_whose_partnership_it_is_need_not_be_asked(house: Database) -> None:
    there = await add(house, "gamma", BOTH)

    assert there.card.hosts == ("Alpha", "Gamma")
    assert there.hosts == (
        Host("alpha", "Alpha", ACCEPTED, "", mine=True),
        Host("gamma", "Gamma", ACCEPTED, "", mine=True),
    )
    assert await log(house) == [(BOTH, "host_added", "gamma")]
    assert await told(house) == []


async def test_another_partnership_is_asked_and_hosts_nothing_yet(house: Database) -> None:
    there = await add(house, "beta")

    assert there.card.hosts == ("Alpha",)
    assert there.hosts[1:] == (Host("beta", "Beta", INVITED, "", mine=False),)
    assert there.addable == (Choice("gamma", "Gamma", chosen=False),)
    assert (await house.read(row, Webinar, 1)).sequence == 0
    assert await log(house) == [(ALPHA, "host_asked", "beta")]
    question = HostAsked(there.card, "beta", "Beta")
    assert await told(house) == [(BETA, question), (COLLEAGUE, question)]


async def test_who_is_asked_sees_it_waiting_and_nobody_else_does(house: Database) -> None:
    await add(house, "beta")

    waiting = {
        who: [(each.card.code, each.partnership_id) for each in await house.read(hosting_answers.waiting, who, now=NOW)]
        for who in (ADMIN, ALPHA, BETA, GAMMA, STRANGER)
    }
    assert waiting == {ADMIN: [("w", "beta")], ALPHA: [], BETA: [("w", "beta")], GAMMA: [], STRANGER: []}
    assert await house.read(hosting_answers.waiting, BETA, now=START + HOUR) == ()


async def test_until_it_accepts_it_is_in_no_feed_of_its_own_and_on_no_card(house: Database) -> None:
    async def feed(partnership: str) -> list[str]:
        snapshot = await house.read(calendar.refresh, HostedBy(partnership), None, {}, now=NOW)
        assert snapshot
        return [entry.uid for entry in snapshot.entries]

    await add(house, "beta")
    assert (await feed("alpha"), await feed("beta")) == (["w"], [])

    await accept(house)
    assert (await feed("alpha"), await feed("beta")) == (["w"], ["w"])


async def test_asked_twice_it_is_one_question(house: Database) -> None:
    await add(house, "beta")
    await add(house, "beta", ALPHA, now=NOW + MINUTE)

    assert len(await told(house, NOW + MINUTE)) == 2
    assert await log(house) == [(ALPHA, "host_asked", "beta")]


async def test_a_partnership_that_nobody_can_answer_for_is_the_administrators_matter(house: Database) -> None:
    for who in (BETA, COLLEAGUE):
        await house.write(set_reachable, who, reachable=False)

    await add(house, "beta")

    assert [chat_id for chat_id, _ in await told(house)] == [ADMIN]


async def test_accepted_it_is_one_webinar_of_both_teams(house: Database) -> None:
    await add(house, "beta")
    await told(house)

    question = await accept(house, now=NOW + MINUTE)

    assert (question.state, question.answered_by, question.answered_at) == (ACCEPTED, "Person 4", NOW + MINUTE)
    assert question.card.hosts == ("Alpha", "Beta")
    [webinar] = await house.read(rows, Webinar)
    assert (webinar.uid, webinar.sequence, webinar.last_modified) == ("w", 1, NOW + MINUTE)
    assert [revision.changes for revision in await house.read(rows, Revision)] == [
        {"hosts": [["Alpha"], ["Alpha", "Beta"]]}
    ]
    card = await house.write(changes.managed, "w", COLLEAGUE, now=NOW)
    assert (card.registered, card.waiting) == (1, 1)
    assert await log(house) == [(ALPHA, "host_asked", "beta"), (BETA, "host_accepted", "beta")]


async def test_accepted_registrants_are_told_once_and_the_team_that_asked_at_once(house: Database) -> None:
    await add(house, "beta")
    await told(house)
    await accept(house, now=NOW + MINUTE)

    answered = await told(house, NOW + MINUTE)
    hosted = await told(house, NOW + MINUTE + SETTLE)

    assert [(chat_id, type(content)) for chat_id, content in answered] == [(ALPHA, HostAnswered), (BOTH, HostAnswered)]
    assert [(chat_id, content.old_hosts) for chat_id, content in hosted if isinstance(content, Hosted)] == [
        (ANA, ("Alpha",)),
        (BEN, ("Alpha",)),
    ]
    assert await told(house, NOW + HOUR) == []


async def test_accepted_it_is_new_to_the_followers_of_the_new_host(house: Database) -> None:
    def follow(session: Session) -> None:
        follows.add(session, STRANGER, partnership_id="beta", now=NOW)
        follows.add(session, GAMMA, partnership_id="alpha", now=NOW)
        follows.add(session, ANA, partnership_id="beta", now=NOW)

    await house.write(follow)
    await add(house, "beta")
    await told(house)
    await accept(house)
    await told(house)

    news = [
        (who, content.because) for who, content in await told(house, NOW + SETTLE) if isinstance(content, Announcement)
    ]

    assert news == [(STRANGER, ("Beta",))]


async def test_the_first_answer_wins_and_later_ones_see_it(house: Database) -> None:
    await add(house, "beta")
    await accept(house)

    late = await decline(house, COLLEAGUE, now=NOW + MINUTE)

    assert (late.state, late.answered_by, late.answered_at, late.open) == (ACCEPTED, "Person 4", NOW, False)
    assert await accept(house, COLLEAGUE, now=NOW + MINUTE) == late
    assert await states(house) == {"alpha": ACCEPTED, "beta": ACCEPTED}
    assert await log(house) == [(ALPHA, "host_asked", "beta"), (BETA, "host_accepted", "beta")]


async def test_declined_it_may_be_asked_again(house: Database) -> None:
    await add(house, "beta")
    question = await decline(house)
    assert (question.state, question.card.hosts) == (DECLINED, ("Alpha",))
    assert [(who, said) for who, said in await told(house) if isinstance(said, HostAnswered)] == [
        (who, HostAnswered(question.card, "Beta", Answer.DECLINED, "")) for who in (ALPHA, BOTH)
    ]

    again = await add(house, "beta", now=NOW + MINUTE)

    assert [(host.id, host.state) for host in again.hosts] == [("alpha", ACCEPTED), ("beta", INVITED)]
    assert [who for who, _ in await told(house, NOW + MINUTE)] == [BETA, COLLEAGUE]
    assert (await accept(house, now=NOW + MINUTE)).card.hosts == ("Alpha", "Beta")


async def test_a_change_is_asked_for_and_the_question_stays_open(house: Database) -> None:
    await add(house, "beta")
    await told(house)

    question = await request(house, "  An hour later,\n please \u202e", now=NOW + MINUTE)

    assert (question.state, question.open, question.line) == (INVITED, True, "An hour later, please")
    assert (await house.read(row, Person, BETA)).asking is None
    assert await told(house, NOW + MINUTE) == [
        (who, HostAnswered(question.card, "Beta", Answer.REQUESTED, "An hour later, please")) for who in (ALPHA, BOTH)
    ]
    there = await house.read(hosting.show, "w", ALPHA, now=NOW)
    assert there.hosts[1] == Host("beta", "Beta", INVITED, "An hour later, please", mine=False)
    assert (await accept(house, COLLEAGUE, now=NOW + HOUR)).line == ""
    assert [action for _, action, _ in await log(house)] == ["host_asked", "host_requested", "host_accepted"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", FieldFault.EMPTY), ("\u202e \n", FieldFault.EMPTY), ("x" * 201, FieldFault.TOO_LONG)],
)
async def test_a_line_that_cannot_be_used_keeps_the_question_for_it_open(
    house: Database, text: str, fault: FieldFault
) -> None:
    await add(house, "beta")

    with pytest.raises(FieldError) as caught:
        await request(house, text)

    assert caught.value.fault is fault
    assert (await house.read(row, Person, BETA)).asking == "host_change"
    assert [action for _, action, _ in await log(house)] == ["host_asked"]


async def test_a_line_typed_after_the_question_was_answered_changes_nothing(house: Database) -> None:
    await add(house, "beta")
    await house.write(hosting_answers.ask_for_line, "w", BETA, "beta", now=NOW)
    about = (await house.read(row, Person, BETA)).asking_about
    await decline(house, COLLEAGUE)

    question = await house.write(hosting_answers.request, BETA, about, "Later", now=NOW)

    assert (question.state, question.line, question.answered_by) == (DECLINED, "", "Person 5")
    assert [action for _, action, _ in await log(house)] == ["host_asked", "host_declined"]


@pytest.mark.parametrize("about", ["", "w", "w.", "w.9", ".1", "nowhere.1", "w.x", "w.1.1"])
async def test_a_line_about_nothing_is_refused(house: Database, about: str) -> None:
    await add(house, "beta")

    with pytest.raises((NotAllowedError, WebinarNotFoundError)):
        await house.write(hosting_answers.request, BETA, about, "Later", now=NOW)


async def test_a_question_taken_back_is_gone_for_those_who_were_asked(house: Database) -> None:
    await add(house, "beta")

    there = await house.write(hosting.withdraw, "w", BOTH, "beta", now=NOW)

    assert [host.id for host in there.hosts] == ["alpha"]
    assert await told(house) == []
    question = await accept(house)
    assert (question.state, question.open) == (None, False)
    assert await states(house) == {"alpha": ACCEPTED}
    assert await log(house) == [(ALPHA, "host_asked", "beta"), (BOTH, "host_withdrawn", "beta")]


async def test_what_was_accepted_cannot_be_taken_back(house: Database) -> None:
    await add(house, "beta")
    await accept(house)

    await house.write(hosting.withdraw, "w", ALPHA, "beta", now=NOW)

    assert await states(house) == {"alpha": ACCEPTED, "beta": ACCEPTED}


async def test_a_host_may_leave_and_its_team_may_do_nothing_more(house: Database) -> None:
    await add(house, "beta")
    await accept(house)
    await told(house)

    await house.write(hosting.leave, "w", BETA, "beta", now=NOW + MINUTE)

    assert await states(house) == {"alpha": ACCEPTED}
    with pytest.raises(NotAllowedError):
        await house.write(changes.managed, "w", BETA, now=NOW)
    assert (await house.read(row, Webinar, 1)).sequence == 2
    answers = [(who, said.answer) for who, said in await told(house, NOW + MINUTE) if isinstance(said, HostAnswered)]
    assert answers == [(ALPHA, Answer.LEFT), (BOTH, Answer.LEFT)]
    assert await told(house, NOW + HOUR) == []  # accepted and left before registrants heard of it


async def test_the_first_host_may_leave_once_another_is_there_but_the_last_may_not(house: Database) -> None:
    await add(house, "beta")
    with pytest.raises(LastHostError):
        await house.write(hosting.leave, "w", ALPHA, "alpha", now=NOW)
    await accept(house)

    await house.write(hosting.leave, "w", ALPHA, "alpha", now=NOW)

    assert await states(house) == {"beta": ACCEPTED}
    for who in (BETA, ADMIN):
        with pytest.raises(LastHostError):
            await house.write(hosting.leave, "w", who, "beta", now=NOW)


async def test_a_question_about_what_is_cancelled_or_over_waits_or_is_closed(house: Database) -> None:
    await add(house, "beta")
    await house.write(changes.cancel, "w", ALPHA, settle=SETTLE, now=NOW)
    assert ((await accept(house)).state, (await accept(house)).closed) == (INVITED, True)
    await house.write(changes.restore, "w", ALPHA, settle=SETTLE, now=NOW)

    late = await accept(house, now=START + HOUR)

    assert (late.state, late.closed, late.open) == (INVITED, True, False)
    assert (await accept(house)).state is ACCEPTED


@pytest.mark.parametrize("partnership", ["alpha", "gone", "made-up", "", "x" * 10_000, "🎉"])
async def test_no_other_host_is_added_and_nobody_asked(house: Database, partnership: str) -> None:
    there = await add(house, partnership, ADMIN)

    assert [host.id for host in there.hosts] == ["alpha"]
    assert await log(house) == []
    assert await told(house) == []


async def test_an_answer_forged_for_another_partnership_is_refused(house: Database) -> None:
    await add(house, "beta")

    for use_case in (accept, decline):
        for who, partnership in ((GAMMA, "beta"), (ALPHA, "beta"), (BETA, "gamma"), (STRANGER, "beta"), (BETA, "🎉")):
            with pytest.raises(NotAllowedError):
                await use_case(house, who, partnership)

    assert await states(house) == {"alpha": ACCEPTED, "beta": INVITED}


async def test_one_who_was_never_asked_cannot_accept(house: Database) -> None:
    question = await accept(house, GAMMA, "gamma")

    assert (question.state, question.open) == (None, False)
    assert await states(house) == {"alpha": ACCEPTED}


async def test_whoever_answered_has_no_name_after_they_left(house: Database) -> None:
    await add(house, "beta")
    await accept(house)
    await house.write(privacy.erase, BETA, now=NOW)

    late = await decline(house, COLLEAGUE)

    assert (late.state, late.answered_by) == (ACCEPTED, "")


async def test_those_who_may_only_look_see_who_is_invited_and_no_numbers_of_people(house: Database) -> None:
    await add(house, "beta")
    await request(house, "Later")

    seen = await house.read(desk.look, "w", GAMMA, now=NOW)

    assert [(host.name, host.state, host.answer) for host in seen.hosts] == [
        ("Alpha", ACCEPTED, ""),
        ("Beta", INVITED, ""),
    ]
    for who in (STRANGER, ANA):
        with pytest.raises(NotAllowedError):
            await house.read(desk.look, "w", who, now=NOW)


async def test_all_organisers_see_all_webinars_and_which_they_may_change(house: Database) -> None:
    def post(session: Session) -> None:
        add_webinar(session, code="other", hosts=["gamma"], starts_at=START + DAY)

    await house.write(post)
    await add(house, "beta")

    editable = {
        who: (await house.read(desk.everything, who, 1, now=NOW)).editable for who in (ADMIN, ALPHA, BOTH, BETA, GAMMA)
    }
    assert editable == {ADMIN: {"w", "other"}, ALPHA: {"w"}, BOTH: {"w", "other"}, BETA: set(), GAMMA: {"other"}}
    with pytest.raises(NotAllowedError):
        await house.read(desk.everything, STRANGER, 1, now=NOW)


@pytest.mark.parametrize(
    ("who", "own", "asked"),
    [
        (ALPHA, ("alpha",), ("gamma", "beta")),
        (BOTH, ("gamma", "alpha"), ("beta",)),
        (ADMIN, ("gamma", "alpha", "beta"), ()),
        (STRANGER, (), ("gamma", "alpha", "beta")),
    ],
)
async def test_hosts_are_split_into_ones_own_and_those_to_ask(
    house: Database, who: int, own: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    named = ["gamma", "alpha", "beta", "gone", "made-up"]

    assert await house.read(hosting.split, who, named) == (own, asked)


async def test_two_answers_at_the_same_moment_are_one(house: Database) -> None:
    await add(house, "beta")

    def accept_slowly(session: Session, pause: Pause) -> None:
        hosting_answers.accept(session, "w", BETA, "beta", settle=SETTLE, now=NOW)
        pause()

    late = await cross(house, accept_slowly, lambda: decline(house, COLLEAGUE))

    assert (late.state, late.answered_by) == (ACCEPTED, "Person 4")
    assert await states(house) == {"alpha": ACCEPTED, "beta": ACCEPTED}


async def test_that_one_more_hosts_it_waits_for_the_morning(house: Database) -> None:
    night = NOW.replace(hour=22)
    await add(house, "gamma", BOTH, now=night)
    at_night = await told(house, night + SETTLE)
    morning = (night + timedelta(hours=8)).replace(minute=0)

    assert at_night == []
    assert [who for who, content in await told(house, morning) if isinstance(content, Hosted)] == [ANA, BEN]


async def test_that_one_more_hosts_it_does_not_wait_when_it_begins_soon(house: Database) -> None:
    night = (START - timedelta(days=1)).replace(hour=22)
    await add(house, "gamma", BOTH, now=night)

    assert [who for who, _ in await told(house, night + SETTLE)] == [ANA, BEN]


async def test_who_wants_less_is_not_told_of_one_more_host(house: Database) -> None:
    await house.write(preferences.set_extras, ANA, USUAL, on=False)
    await add(house, "gamma", BOTH)

    assert [who for who, _ in await told(house, NOW + SETTLE)] == [BEN]
