"""What is kept in memory of the coming webinars is what the database says, whatever has happened since."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.coming import Coming
from domain.reading import words
from storage import (
    AgendaItem,
    Database,
    Partnership,
    Session,
    Topic,
    TopicKind,
    Webinar,
    WebinarStatus,
    WebinarTopic,
    webinars,
)
from tests.factories import NOW, START, add_consortium, add_webinar

DAY = timedelta(days=1)
LINK = "https://meet.example.org/rooms/zebra?key=quokka42"


def prepare(session: Session) -> None:
    add_consortium(session)
    session.add(Topic(id="usa", name="United States", kind=TopicKind.MARKET, position=2))
    add_webinar(session, code="one", title="Smart packaging", hosts=["alpha"], topics=["china"], join_url=LINK)
    add_webinar(session, code="two", title="Cold chains", description=f"Not at {LINK}", hosts=["alpha"], join_url=LINK)
    add_webinar(session, code="three", title="Labels", hosts=["beta"], starts_at=START + DAY)
    add_webinar(session, code="draft", title="Labels", hosts=["beta"], status=WebinarStatus.CANCELLED)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


@pytest.fixture
def coming() -> Coming:
    return Coming()


def look(session: Session, coming: Coming, text: str, now_is: timedelta) -> list[str]:
    now = NOW + now_is
    there = coming.outlines(session, now=now)
    found = coming.having(session, there, words.asked(text), lambda topic: (f"{topic} or otherwise",))
    return [session.get_one(Webinar, outline.id).title for outline in found]


async def titles(house: Database, coming: Coming, text: str, now_is: timedelta = timedelta()) -> list[str]:
    return await house.read(look, coming, text, now_is)


def change(session: Session, code: str, how: Callable[[Session, Webinar], None]) -> None:
    """As every visible change: with new stamps."""
    webinar = webinars.by_code(session, code)
    assert webinar
    how(session, webinar)
    webinar.sequence += 1
    webinar.last_modified += timedelta(minutes=1)
    session.add(webinar)


def renamed(_: Session, webinar: Webinar) -> None:
    webinar.title = "Clever boxes"


def called_off(_: Session, webinar: Webinar) -> None:
    webinar.status = WebinarStatus.CANCELLED


def with_agenda(session: Session, webinar: Webinar) -> None:
    session.add(AgendaItem(webinar_id=webinar.id, position=0, title="Opening", speaker="Chloé Müller"))


def about_the_states(session: Session, webinar: Webinar) -> None:
    session.add(WebinarTopic(webinar_id=webinar.id, topic_id="usa"))


@pytest.mark.parametrize(
    ("code", "how", "before", "after"),
    [
        ("one", renamed, {"packaging": ["Smart packaging"], "boxes": []}, {"packaging": [], "boxes": ["Clever boxes"]}),
        ("one", called_off, {"smart": ["Smart packaging"]}, {"smart": []}),
        ("draft", called_off, {"labels": ["Labels"]}, {"labels": ["Labels"]}),
        ("two", with_agenda, {"muller": []}, {"muller": ["Cold chains"]}),
        ("two", about_the_states, {"otherwise united": []}, {"otherwise united": ["Cold chains"]}),
    ],
)
async def test_what_has_changed_is_found_as_it_is_now(
    house: Database,
    coming: Coming,
    code: str,
    how: Callable[[Session, Webinar], None],
    before: dict[str, list[str]],
    after: dict[str, list[str]],
) -> None:
    assert {text: await titles(house, coming, text) for text in before} == before

    await house.write(change, code, how)

    assert {text: await titles(house, coming, text) for text in after} == after
    assert {text: await titles(house, Coming(), text) for text in after} == after


async def test_what_is_new_is_found(house: Database, coming: Coming) -> None:
    assert await titles(house, coming, "labels") == ["Labels"]
    await house.write(add_webinar, code="new", title="Labels again", starts_at=START + 2 * DAY)

    assert await titles(house, coming, "labels") == ["Labels", "Labels again"]


async def test_partnership_is_found_by_the_name_that_it_has_now(house: Database, coming: Coming) -> None:
    def rename(session: Session) -> None:
        session.get_one(Partnership, "beta").short_name = "Zebra"

    assert await titles(house, coming, "zebra") == []
    await house.write(rename)

    assert await titles(house, coming, "zebra") == ["Labels"]


async def test_what_has_ended_is_gone_and_there_again_if_the_clock_is_set_back(house: Database, coming: Coming) -> None:
    later = START + 2 * DAY - NOW
    found = [len(await titles(house, coming, "a", now_is)) for now_is in (timedelta(), later, timedelta())]

    assert found == [len(await titles(house, Coming(), "a", now_is)) for now_is in (timedelta(), later, timedelta())]
    assert found[0] > found[1]


async def test_join_link_is_found_by_none_of_its_words(house: Database, coming: Coming) -> None:
    assert await titles(house, coming, "zebra") == await titles(house, coming, "quokka42") == []
    assert await titles(house, coming, "not") == ["Cold chains"]


async def test_without_a_word_nothing_is_found(house: Database, coming: Coming) -> None:
    assert await titles(house, coming, "...") == []


async def test_words_are_learned_some_at_a_time(house: Database) -> None:
    coming = Coming(at_once=2)
    more = [await house.read(coming.learn, now=NOW) for _ in range(3)]

    assert more == [True, False, False]
    assert await titles(house, coming, "labels") == ["Labels"]


async def test_what_has_not_changed_is_not_read_again(house: Database, coming: Coming) -> None:
    before = await house.read(coming.outlines, now=NOW)
    await house.write(change, "one", renamed)
    after = await house.read(coming.outlines, now=NOW)

    kept = {outline.id: outline for outline in before}
    assert sorted(kept[outline.id] is outline for outline in after) == [False, True, True]
