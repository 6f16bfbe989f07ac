"""A calendar is rendered when it has changed, at once, and otherwise never."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import chain, combinations
from typing import Any

import pytest
from icalendar import Calendar

from domain.selections import Custom, Personal
from feeds.answers import Answers
from feeds.cache import FeedCache
from feeds.render import Renderer
from storage import Database, RegistrationStatus, WebinarStatus
from tests.web import OPTIONS, Clock, Web, add_partnership

FEED = "/feeds/all.ics"
NEXT_LOOK = timedelta(seconds=1)


@pytest.fixture
async def elsewhere(web: Web, database_url: str) -> AsyncIterator[Web]:
    """The same database in another process, which tells this one nothing."""
    database = Database(database_url)
    yield Web(database, web.clock)
    await database.close()


async def titles(web: Web, path: str = FEED) -> list[str]:
    response = await web.get(path)
    assert response.status_code == 200
    return [str(event["summary"]) for event in Calendar.from_ical(response.content).events]


async def test_nothing_is_rendered_again_when_nothing_changed(web: Web) -> None:
    await web.add("pack")
    paths = [FEED, "/feeds/adpack2.ics", "/feeds/topics/china.ics", "/webinars/pack.ics", web.personal()]
    for _ in range(5):
        for path in paths:
            await web.get(path)
            await web.get(path, accept_encoding="gzip")
        web.clock.forward(NEXT_LOOK)

    assert web.cache.renders == len(paths)


async def test_writes_that_show_nowhere_render_nothing(web: Web) -> None:
    await web.add("pack")
    first = await web.cache.get(Personal(7, 1))
    for _ in range(5):
        await web.database.write(lambda session: None)
        assert await web.cache.get(Personal(7, 1)) is first

    assert web.cache.renders == 1


async def test_only_the_changed_webinar_is_rendered(web: Web) -> None:
    for number in range(10):
        await web.add(f"pack{number}")
    await titles(web)
    before = web.app.state.renderer.events_rendered

    await web.change("pack3", title="New title")
    await titles(web)
    await titles(web, "/feeds/adpack2.ics")

    assert (before, web.app.state.renderer.events_rendered) == (10, 11)


@pytest.mark.parametrize("path", [FEED, "/feeds/adpack2.ics", "/feeds/topics/china.ics", "/webinars/pack.ics"])
@pytest.mark.parametrize(
    ("change", "expected"),
    [({"title": "New title"}, "New title"), ({"status": WebinarStatus.CANCELLED}, "CANCELLED: Webinar pack")],
)
async def test_change_is_seen_at_once(web: Web, path: str, change: dict[str, Any], expected: str) -> None:
    await web.add("pack")
    before = await web.get(path)

    await web.change("pack", **change)
    after = await web.get(path, if_none_match=before.headers["etag"])

    assert after.status_code == 200
    assert await titles(web, path) == [expected]


async def test_registration_is_seen_at_once_and_by_nobody_else(web: Web) -> None:
    await web.add("pack")
    assert (await titles(web, web.personal()), await titles(web)) == ([], ["Webinar pack"])
    public = await web.get(FEED)

    await web.register("pack")
    assert await titles(web, web.personal()) == ["Webinar pack"]

    await web.register("pack", RegistrationStatus.CANCELLED)
    assert await titles(web, web.personal()) == []
    assert (await web.get(FEED)).headers["etag"] == public.headers["etag"]


async def test_change_from_elsewhere_is_seen_within_a_second(web: Web, elsewhere: Web) -> None:
    await web.add("pack")
    await titles(web)
    await elsewhere.change("pack", title="New title")

    web.clock.forward(NEXT_LOOK - timedelta(microseconds=1))
    assert await titles(web) == ["Webinar pack"]

    web.clock.forward(timedelta(microseconds=1))
    assert await titles(web) == ["New title"]


async def hearing(web: Web) -> None:
    async with asyncio.timeout(20):
        while not web.database.written.by_all:  # noqa: ASYNC110 -- no event tells of it
            await asyncio.sleep(0.01)


async def test_change_from_elsewhere_is_heard_of_while_the_clock_stands_still(web: Web, elsewhere: Web) -> None:
    await web.add("pack")
    async with web.database.listening():
        await hearing(web)
        before = await titles(web)
        await elsewhere.change("pack", title="New title")
        async with asyncio.timeout(2):
            while await titles(web) == before:  # noqa: ASYNC110 -- as an app asks
                await asyncio.sleep(0.01)

    assert await titles(web) == ["New title"]


async def test_who_listens_does_not_look_again_before_something_is_written_or_the_day_is_over(web: Web) -> None:
    await web.add("pack")
    async with web.database.listening():
        await hearing(web)
        first = await web.get(FEED)
        await web.database.close()  # whoever looks now gets no answer
        web.clock.forward(timedelta(hours=14))
        same = await web.get(FEED)
        web.clock.forward(timedelta(hours=1))
        other = await web.get(FEED)

    assert (same.status_code, same.content, other.status_code) == (200, first.content, 500)


async def test_clock_that_is_set_back_hides_no_change(web: Web, elsewhere: Web) -> None:
    await web.add("pack")
    await titles(web)
    await elsewhere.change("pack", title="New title")
    web.clock.forward(-timedelta(hours=1))

    assert await titles(web) == ["New title"]


async def test_calendar_of_a_partnership_is_renamed_with_it(web: Web) -> None:
    before = Calendar.from_ical((await web.get("/feeds/nf4.ics")).content)
    await web.rename_partnership("nf4", "Food Forward")
    after = Calendar.from_ical((await web.get("/feeds/nf4.ics")).content)

    assert (before["name"], after["name"]) == ("NF4 webinars", "Food Forward webinars")


async def test_new_partnership_has_a_calendar_at_once(web: Web) -> None:
    assert (await web.get("/feeds/new.ics")).status_code == 404

    await web.database.write(add_partnership, "new")

    assert (await web.get("/feeds/new.ics")).status_code == 200


async def test_window_moves_with_the_day(web: Web) -> None:
    await web.add("old", start="2026-10-12T00:00", timezone="UTC", minutes=30)
    await web.add("new", start="2028-07-11T10:00", timezone="UTC")
    first = await web.get(FEED)
    web.clock.forward(timedelta(hours=14, minutes=59, seconds=59))
    same = await web.get(FEED)
    web.clock.forward(timedelta(seconds=1))
    next_day = await web.get(FEED)

    assert same.content == first.content
    assert await titles(web) == ["Webinar new"]
    assert [response.headers["last-modified"] for response in (first, same, next_day)] == [
        "Sun, 10 Jan 2027 00:00:00 GMT",
        "Sun, 10 Jan 2027 00:00:00 GMT",
        "Mon, 11 Jan 2027 00:00:00 GMT",
    ]


async def test_last_modified_is_the_latest_change(web: Web) -> None:
    await web.add("pack")
    await web.register("pack")
    found = []
    for change in (lambda: web.change("pack", title="New"), lambda: web.register("pack")):
        web.clock.forward(timedelta(hours=1))
        await change()
        found.append([(await web.get(path)).headers["last-modified"][17:25] for path in (FEED, web.personal())])

    assert found == [["10:00:00", "10:00:00"], ["10:00:00", "11:00:00"]]


async def test_two_changes_within_a_second_are_not_taken_for_one(web: Web) -> None:
    """By those who compare dates alone: HTTP dates have no parts of a second."""
    await web.add("pack")
    web.clock.forward(timedelta(milliseconds=1_200))
    await web.change("pack", title="First")
    between = await web.get(FEED)
    web.clock.forward(timedelta(milliseconds=600))
    await web.change("pack", title="Second")
    web.clock.forward(timedelta(minutes=5))

    late = await web.get(FEED, if_modified_since="Sun, 10 Jan 2027 09:00:01 GMT")
    again = await web.get(FEED, if_modified_since=late.headers["last-modified"])

    assert "last-modified" not in between.headers
    assert (late.status_code, late.headers["last-modified"]) == (200, "Sun, 10 Jan 2027 09:00:02 GMT")
    assert again.status_code == 304


async def test_last_modified_never_goes_back(web: Web) -> None:
    await web.add("pack", hosts=["adpack2", "nf4"])
    await web.add("other", hosts=["nf4"])
    web.clock.forward(timedelta(hours=1))
    await web.change("pack", title="New")
    before = (await web.get("/feeds/nf4.ics")).headers["last-modified"]
    await web.remove_host("pack", "nf4")
    after = await web.get("/feeds/nf4.ics")

    assert await titles(web, "/feeds/nf4.ics") == ["Webinar other"]
    assert after.headers["last-modified"] >= before


async def test_restart_changes_nothing(web: Web) -> None:
    await web.add("pack")
    await web.register("pack")
    again = Web(web.database, web.clock)

    custom = "/feeds/custom.ics?topic=china"
    for path in (FEED, "/feeds/adpack2.ics", "/feeds/topics/china.ics", custom, "/webinars/pack.ics", web.personal()):
        for encoding in ("identity", "gzip", "br"):
            first = await web.get(path, accept_encoding=encoding)
            second = await again.get(path, accept_encoding=encoding, if_none_match=first.headers["etag"])
            assert (second.status_code, second.headers["last-modified"]) == (304, first.headers["last-modified"])


async def test_all_who_come_at_once_are_served_by_one_rendering(web: Web) -> None:
    await web.add("pack")
    responses = await asyncio.gather(*(web.get(FEED) for _ in range(50)))

    assert {response.status_code for response in responses} == {200}
    assert web.cache.renders == 1


async def test_who_writes_sees_it_though_others_are_reading(web: Web) -> None:
    await web.add("pack")
    for number in range(20):
        readers = [asyncio.create_task(web.get(FEED)) for _ in range(5)]
        await asyncio.sleep(0)
        await web.change("pack", title=f"Title {number}")
        assert await titles(web) == [f"Title {number}"]
        await asyncio.gather(*readers)


async def test_who_goes_away_does_not_stop_the_others(web: Web) -> None:
    impatient = asyncio.create_task(web.get(FEED))
    patient = asyncio.create_task(web.get(FEED))
    await asyncio.sleep(0)
    impatient.cancel()

    assert (await patient).status_code == 200
    assert web.cache.renders == 1


async def test_same_choice_in_any_order_is_one_calendar(web: Web) -> None:
    await web.add("pack")
    found = [
        await web.get(f"/feeds/custom.ics?{query}")
        for query in (
            "partnership=adpack2&partnership=nf4&topic=china&language=en",
            "language=en&topic=china&partnership=nf4&partnership=adpack2",
            "topic=china&partnership=nf4&language=en&partnership=adpack2&topic=china",
        )
    ]

    assert {(answer.content, answer.headers["etag"], answer.headers["last-modified"]) for answer in found} == {
        (found[0].content, found[0].headers["etag"], found[0].headers["last-modified"])
    }
    assert web.cache.renders == 1


async def test_of_custom_calendars_only_some_are_kept(web: Web) -> None:
    choices = [
        Custom(frozenset(hosts), frozenset(topics), frozenset(languages))
        for hosts in powerset(("adpack2", "nf4", "gone"))
        for topics in powerset(("china", "food", "past"))
        for languages in powerset(("en", "fr"))
    ]
    for choice in choices:
        await web.cache.get(choice)
    assert web.cache.renders == len(choices) == 256

    await web.cache.get(choices[-100])
    assert web.cache.renders == 256

    await web.cache.get(choices[-101])
    assert web.cache.renders == 257


async def test_what_is_not_kept_is_not_kept_for_its_address_either(web: Web) -> None:
    await web.add("pack")
    spoken = list(powerset(("en", "fr", "de", "es", "it", "pt", "nl")))[:110]
    before = in_memory()
    for languages in spoken:
        assert (
            await web.get("/feeds/custom.ics?" + "&".join(f"language={one}" for one in languages))
        ).status_code == 200

    assert in_memory() - before == 100


def in_memory() -> int:
    gc.collect()
    return sum(isinstance(one, Answers) for one in gc.get_objects())


def powerset(values: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(values, length) for length in range(len(values) + 1))


async def test_of_personal_calendars_the_last_used_are_kept(web: Web, clock: Clock) -> None:
    await web.add_persons(10, 11, 12)
    cache = FeedCache(web.database, Renderer(OPTIONS), clock, kept=2)
    renders = []
    for person_id in (10, 11, 10, 12, 10, 11):
        await cache.get(Personal(person_id, 1))
        renders.append(cache.renders)

    assert renders == [1, 2, 2, 3, 3, 4]
