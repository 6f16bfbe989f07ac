"""Finding a better time for a draft: what is known of the people it is for, and taking a time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain import drafts, slot_search
from domain.drafts import Field, NoDraftError
from domain.errors import NotAllowedError
from domain.offices import PLACES
from domain.reading.when import WhenError, WhenFault
from domain.slot_search import Found
from storage import Cluster, Database, Follow, Session, WebinarStatus
from tests.factories import NOW, add_consortium, add_person, add_registration, add_role, add_webinar, wall

BRUSSELS = "Europe/Brussels"
ORGANISER, STRANGER, ANA, BEN = range(1, 5)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
TUESDAY = datetime(2027, 1, 26, 8, tzinfo=UTC)  # 9:00 in Brussels


def prepare(session: Session) -> None:
    add_consortium(session)
    for person_id in (ORGANISER, STRANGER, ANA, BEN):
        assert add_person(session, 100 + person_id) == person_id
    add_role(session, ORGANISER, "alpha")
    session.add(Cluster(id="a", name="a", country="DE", partnership_id="alpha"))
    session.flush()


@pytest.fixture
async def house(database: Database) -> Database:
    """The organiser has a draft of alpha's, for China."""
    await database.write(prepare)
    await database.write(drafts.start, ORGANISER, timezone=BRUSSELS, now=NOW)
    await database.write(drafts.toggle_topic, ORGANISER, "china", now=NOW)
    return database


async def find(
    house: Database, person_id: int = ORGANISER, *, weeks: int = 2, weekends: bool = False, now: datetime = NOW
) -> Found:
    return await house.read(
        slot_search.find, person_id, weeks=weeks, weekends=weekends, zones=PLACES, language="en", now=now
    )


def said(found: Found) -> list[str]:
    return [f"{slot.starts_at.astimezone(ZoneInfo(BRUSSELS)):%a %d %b %H:%M}" for slot in found.slots]


async def test_five_mornings_suit_china(house: Database) -> None:
    found = await find(house)

    assert said(found) == [
        *("Mon 25 Jan 10:00", "Tue 26 Jan 09:00", "Wed 27 Jan 09:00", "Thu 28 Jan 09:00", "Fri 29 Jan 09:00"),
    ]
    assert (found.weeks, found.weekends, found.timezone) == (2, False, BRUSSELS)


@pytest.mark.parametrize(("asked", "given"), [(2, 2), (4, 4), (8, 8), (0, 2), (3, 2), (999_999_999, 2)])
async def test_only_these_numbers_of_weeks_are_looked_at(house: Database, asked: int, given: int) -> None:
    assert (await find(house, weeks=asked)).weeks == given


async def test_clashes_are_those_with_the_drafts_hosts_and_topics(house: Database) -> None:
    await house.write(add_webinar, code="a", hosts=["alpha"], starts_at=TUESDAY + HOUR, duration_minutes=11 * 60)
    await house.write(add_webinar, code="b", hosts=["beta"], topics=["food"], starts_at=TUESDAY + WEEK)
    cancelled = WebinarStatus.CANCELLED
    await house.write(add_webinar, code="c", hosts=["alpha"], starts_at=TUESDAY - 24 * HOUR, status=cancelled)

    assert said(await find(house)) == [
        *("Mon 25 Jan 10:00", "Wed 27 Jan 09:00", "Thu 28 Jan 09:00", "Fri 29 Jan 09:00", "Mon 01 Feb 09:00"),
    ]


async def test_holidays_of_hosts_and_markets_are_avoided(house: Database) -> None:
    spring = datetime(2027, 4, 20, 9, tzinfo=UTC)

    assert said(await find(house, weeks=4, now=spring)) == [
        *("Tue 27 Apr 11:00", "Wed 28 Apr 09:00", "Thu 29 Apr 09:00", "Fri 30 Apr 09:00", "Wed 05 May 09:00"),
    ]  # neither 3 and 4 May (China) nor 6 May (Ascension Day in Germany)


async def test_weekends_come_into_question_if_asked(house: Database) -> None:
    found = await find(house, weekends=True)

    assert said(found)[-1] == "Fri 29 Jan 09:00"
    await house.write(add_webinar, code="a", hosts=["alpha"], starts_at=TUESDAY, duration_minutes=24 * 60)
    assert said(await find(house, weekends=True))[-1] == "Sat 30 Jan 09:00"


async def test_hours_at_which_these_people_came_before_are_liked(house: Database) -> None:
    """Thursdays at ten were full; nobody came on Tuesdays at nine."""
    for number, (start, people) in enumerate([(TUESDAY - 4 * WEEK, ()), (TUESDAY - 4 * WEEK + 49 * HOUR, (ANA, BEN))]):
        webinar_id = await house.write(add_webinar, code=f"p{number}", hosts=["alpha"], starts_at=start, capacity=2)
        for person_id in people:
            await house.write(add_registration, webinar_id, person_id, changed_at=start - WEEK)

    found = await find(house)

    assert said(found)[0] == "Thu 28 Jan 10:00"
    assert (found.slots[0].liked_weekday, found.slots[0].liked_hour) == (0.5, 0.5)


async def test_hours_at_which_followers_registered_are_liked(house: Database) -> None:
    webinar_id = await house.write(add_webinar, code="p", hosts=["beta"], topics=["food"], starts_at=TUESDAY - WEEK)
    wednesday = TUESDAY - 13 * 24 * HOUR + HOUR
    await house.write(add_registration, webinar_id, ANA, changed_at=wednesday)
    await house.write(add_registration, webinar_id, BEN, changed_at=wednesday + 24 * HOUR)

    assert said(await find(house))[0] == "Mon 25 Jan 10:00"  # nobody follows
    await house.write(_follow, ANA, "china")
    assert said(await find(house))[0] == "Wed 27 Jan 10:00"


def _follow(session: Session, person_id: int, topic: str) -> None:
    session.add(Follow(person_id=person_id, topic_id=topic, created_at=NOW))
    session.flush()


async def test_a_time_is_taken_into_the_draft(house: Database) -> None:
    slot = (await find(house)).slots[1]

    view = await house.write(slot_search.take, ORGANISER, slot.starts_at, now=NOW)

    assert (view.fields.local_start, view.fields.timezone) == (wall(2027, 1, 26, 9), BRUSSELS)
    assert view.fields.starts_at == slot.starts_at
    assert view.asking is Field.TITLE


async def test_what_comes_after_the_time_is_asked_for(house: Database) -> None:
    await house.write(drafts.fill, ORGANISER, "Packaging", picked=None, now=NOW)

    view = await house.write(slot_search.take, ORGANISER, TUESDAY, now=NOW)

    assert view.asking is Field.LINK


async def test_a_time_is_taken_as_the_drafts_own_zone_shows_it(house: Database) -> None:
    await house.write(drafts.choose_start, ORGANISER, wall(2027, 2, 1, 9), "Asia/Shanghai", now=NOW)

    view = await house.write(slot_search.take, ORGANISER, TUESDAY, now=NOW)

    assert (view.fields.local_start, view.fields.timezone) == (wall(2027, 1, 26, 16), "Asia/Shanghai")


@pytest.mark.parametrize("starts_at", [NOW, NOW - HOUR, datetime(1970, 1, 1, tzinfo=UTC)])
async def test_a_time_that_is_past_is_not_taken(house: Database, starts_at: datetime) -> None:
    with pytest.raises(WhenError) as refused:
        await house.write(slot_search.take, ORGANISER, starts_at, now=NOW)

    assert refused.value.fault is WhenFault.PAST
    assert (await house.read(drafts.show, ORGANISER)).fields.local_start is None


@pytest.mark.parametrize(("person_id", "error"), [(STRANGER, NotAllowedError), (ANA, NotAllowedError)])
async def test_only_those_who_post_find_times(house: Database, person_id: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        await find(house, person_id)
    with pytest.raises(error):
        await house.write(slot_search.take, person_id, TUESDAY, now=NOW)


async def test_without_a_draft_there_is_nothing_to_find_a_time_for(house: Database) -> None:
    await house.write(drafts.discard, ORGANISER, now=NOW)

    with pytest.raises(NoDraftError):
        await find(house)
    with pytest.raises(NoDraftError):
        await house.write(slot_search.take, ORGANISER, TUESDAY, now=NOW)


async def test_for_a_time_far_ahead_it_looks_around_it_and_not_around_today(house: Database) -> None:
    await house.write(drafts.choose_start, ORGANISER, wall(2027, 6, 16, 9), BRUSSELS, now=NOW)
    june = datetime(2027, 6, 16, 7, tzinfo=UTC)
    await house.write(add_webinar, code="a", hosts=["alpha"], starts_at=june, duration_minutes=11 * 60)

    found = await find(house)

    assert found.around == june
    assert {abs(slot.starts_at - june) <= WEEK + 24 * HOUR for slot in found.slots} == {True}
    assert [slot.clashes for slot in found.slots] == [0] * 5
    assert "Wed 16 Jun" not in {line[:10] for line in said(found)}


async def test_for_a_time_soon_it_looks_from_tomorrow_on(house: Database) -> None:
    unset = await find(house)
    await house.write(drafts.choose_start, ORGANISER, wall(2027, 1, 22, 9), BRUSSELS, now=NOW)

    assert await find(house) == unset
