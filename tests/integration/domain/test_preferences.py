"""How a person wants to be spoken to, and what their next message answers."""

import asyncio
from datetime import datetime, time, timedelta

import pytest

from domain import answers, edit_questions, following, preferences
from domain.answers import Answer
from domain.asking import Asking
from domain.company import Company
from domain.editing import Prospect
from domain.errors import ConvokeError, NotAllowedError
from domain.preferences import LeadError, LeadSwitch, Preferences
from domain.reading.draft_values import FieldError
from domain.reading.places import PlaceError
from domain.reading.when import WhenError
from domain.usual import QuietHours, Usual
from storage import Database, Person, Session
from tests.factories import LEADS, NOW, START, add_consortium, add_people, add_role, add_webinar, row
from tests.outbox import USUAL

ADMIN, ANA = 1, 2
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BRUSSELS = "Europe/Brussels"


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, 2)
    add_role(session, ADMIN)
    add_webinar(session, hosts=["alpha"])


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def show(house: Database, usual: Usual = USUAL) -> Preferences:
    return await house.read(preferences.show, ANA, usual)


async def person(house: Database, person_id: int = ANA) -> Person:
    return await house.read(row, Person, person_id)


async def test_at_first_everything_is_as_usual(house: Database) -> None:
    assert await show(house) == Preferences(
        language="en",
        leads=tuple(LeadSwitch(lead, on=True) for lead in LEADS),
        quiet=QuietHours(time(22), time(7), BRUSSELS),
        announcements=True,
        extras=True,
        company="",
        country="",
        cluster=None,
    )


async def test_whoever_chose_nothing_follows_the_installation(house: Database) -> None:
    elsewhere = Usual((2 * HOUR,), "Asia/Shanghai", time(20), time(8))

    shown = await show(house, elsewhere)

    assert (shown.quiet, shown.leads) == (
        QuietHours(time(20), time(8), "Asia/Shanghai"),
        (LeadSwitch(2 * HOUR, on=True),),
    )


async def test_a_language_that_was_chosen_stays(house: Database) -> None:
    shown = await house.write(preferences.choose_language, ANA, "fr", USUAL)

    assert (shown.language, (await person(house)).language_chosen) == ("fr", True)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(time(20), time(9)), (time(0), time(0)), (time(12), time(12)), (time(13), time(14)), (time(23, 59), time(0, 1))],
)
async def test_quiet_hours_are_kept_as_they_were_set(house: Database, starts: time, ends: time) -> None:
    shown = await house.write(preferences.set_quiet_hours, ANA, starts, ends, USUAL)

    assert shown.quiet == QuietHours(starts, ends, BRUSSELS)
    assert (await show(house)).quiet == shown.quiet


@pytest.mark.parametrize(
    ("place", "zone"), [("Shanghai", "Asia/Shanghai"), ("new york", "America/New_York"), ("cet", BRUSSELS)]
)
async def test_a_city_is_a_zone(house: Database, place: str, zone: str) -> None:
    shown = await house.write(preferences.set_timezone, ANA, place, USUAL)

    assert shown.quiet == QuietHours(time(22), time(7), zone)


async def test_each_wish_leaves_the_others_alone(house: Database) -> None:
    await house.write(preferences.choose_language, ANA, "fr", USUAL)
    await house.write(preferences.set_quiet_hours, ANA, time(20), time(9), USUAL)
    await house.write(preferences.set_timezone, ANA, "Shanghai", USUAL)
    await house.write(preferences.toggle_lead, ANA, HOUR, USUAL)
    await house.write(following.toggle_announcements, ANA)

    shown = await show(house)

    assert (shown.language, shown.quiet, shown.announcements) == (
        "fr",
        QuietHours(time(20), time(9), "Asia/Shanghai"),
        False,
    )
    assert [switch.on for switch in shown.leads] == [True, False, True]
    assert await house.read(preferences.show, ADMIN, USUAL) != shown


async def test_taps_at_once_cross_nothing(house: Database, database_url: str) -> None:
    """Each switch is turned an even number of times: everything is as before."""
    other = Database(database_url)
    try:
        taps = [
            process.write(preferences.toggle_lead, ANA, lead, USUAL)
            for process in (house, other)
            for lead in LEADS
            for _ in range(2)
        ]
        await asyncio.gather(*taps)
    finally:
        await other.close()

    assert (await show(house)).leads == tuple(LeadSwitch(lead, on=True) for lead in LEADS)
    assert not (await person(house)).own_leads


async def ask(house: Database, question: Asking, person_id: int = ANA) -> None:
    if question is Asking.MOVE:
        await house.write(edit_questions.ask, "w", person_id, question, now=NOW)
    else:
        await house.write(preferences.ask, person_id, question, USUAL, now=NOW)


async def answer(house: Database, text: str, person_id: int = ANA, *, now: datetime = NOW) -> Answer | None:
    return await house.write(answers.take, person_id, text, USUAL, now=now)


GOOD = [
    pytest.param(Asking.COMPANY, "Acme", Company, id="company"),
    pytest.param(Asking.LEAD, "2 hours", Preferences, id="a reminder"),
    pytest.param(Asking.PLACE, "Shanghai", Preferences, id="a city"),
    pytest.param(Asking.MOVE, "22 Jan 10:00", Prospect, id="a new time"),
]
BAD = [
    pytest.param(Asking.COMPANY, "   ", FieldError, id="no company"),
    pytest.param(Asking.COMPANY, "x" * 81, FieldError, id="a company too long"),
    pytest.param(Asking.LEAD, "soon", LeadError, id="no reminder"),
    pytest.param(Asking.LEAD, "8 days", LeadError, id="a reminder too long before"),
    pytest.param(Asking.PLACE, "Atlantis", PlaceError, id="no city"),
    pytest.param(Asking.MOVE, "whenever", WhenError, id="no time"),
    pytest.param(Asking.MOVE, "2027-01-17 10:00", WhenError, id="a time that is past"),
]


@pytest.mark.parametrize(("question", "text", "kind"), GOOD)
async def test_an_answer_is_taken_once(house: Database, question: Asking, text: str, kind: type) -> None:
    await ask(house, question, ADMIN)

    taken = await answer(house, text, ADMIN, now=NOW + 30 * MINUTE)

    assert isinstance(taken, kind)
    closed = await person(house, ADMIN)
    assert (closed.asking, closed.asking_about, closed.asked_at) == (None, "", None)
    assert await answer(house, text, ADMIN) is None


@pytest.mark.parametrize(("question", "text", "error"), BAD)
async def test_after_a_wrong_answer_the_question_stays_open_and_nothing_has_changed(
    house: Database, question: Asking, text: str, error: type[ConvokeError]
) -> None:
    await ask(house, question, ADMIN)
    before = await person(house, ADMIN)

    for _ in range(3):
        with pytest.raises(error):
            await answer(house, text, ADMIN)

    assert await person(house, ADMIN) == before
    good = {values[0]: values[1] for values in (each.values for each in GOOD)}
    assert await answer(house, str(good[question]), ADMIN) is not None


@pytest.mark.parametrize(("question", "text", "kind"), GOOD)
async def test_too_late_it_answers_nothing(house: Database, question: Asking, text: str, kind: type) -> None:
    await ask(house, question, ADMIN)
    before = await person(house, ADMIN)

    assert await answer(house, text, ADMIN, now=NOW + 31 * MINUTE) is None
    assert await person(house, ADMIN) == before


@pytest.mark.parametrize("question", Asking)
async def test_whoever_turns_to_something_else_has_nothing_to_answer(house: Database, question: Asking) -> None:
    await ask(house, question, ADMIN)

    await house.write(answers.drop, ADMIN)

    assert await answer(house, "Shanghai", ADMIN) is None


async def test_what_was_asked_last_is_what_is_answered(house: Database) -> None:
    await ask(house, Asking.COMPANY)
    await ask(house, Asking.PLACE)

    taken = await answer(house, "Shanghai")

    assert isinstance(taken, Preferences)
    assert (taken.quiet.timezone, taken.company) == ("Asia/Shanghai", "")


async def test_one_person_s_answer_is_to_their_own_question(house: Database) -> None:
    await ask(house, Asking.PLACE, ADMIN)

    assert await answer(house, "Shanghai", ANA) is None
    assert (await person(house, ADMIN)).asking == "place"


async def test_an_answer_twice_at_once_is_taken_once(house: Database, database_url: str) -> None:
    await ask(house, Asking.COMPANY)
    other = Database(database_url)
    try:
        taken = await asyncio.gather(*(answer(process, "Acme") for process in (house, other, house, other)))
    finally:
        await other.close()

    assert sorted(found is not None for found in taken) == [False, False, False, True]


async def test_a_right_that_was_lost_since_the_question_counts(house: Database) -> None:
    """Somebody asked for a new time is no organiser any more when they answer."""

    def fake(session: Session) -> None:
        somebody = session.get_one(Person, ANA)
        somebody.asking, somebody.asking_about, somebody.asked_at = Asking.MOVE, "w", NOW

    await house.write(fake)

    with pytest.raises(NotAllowedError):
        await answer(house, "22 Jan 10:00")


async def test_a_new_time_is_proposed_for_the_webinar_that_was_asked_about(house: Database) -> None:
    await house.write(add_webinar, code="other", hosts=["beta"], starts_at=START + 9 * HOUR)
    await ask(house, Asking.MOVE, ADMIN)

    taken = await answer(house, "22 Jan 10:00", ADMIN)

    assert isinstance(taken, Prospect)
    assert (taken.card.code, taken.card.starts_at, taken.new_start) == ("w", START, START + timedelta(days=2))
