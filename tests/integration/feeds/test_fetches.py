"""Which apps fetch people's calendars: noted beside the answer, written down together."""

from datetime import timedelta

import pytest

from feeds.fetches import Fetches
from storage import Database, FeedFetch
from tests.factories import rows
from tests.web import NOW, PERSON, Clock, Web, add_consortium

GOOGLE, APPLE, FIREFOX = "Google-Calendar-Importer", "iOS/17.4 dataaccessd/1.0", "Mozilla/5.0 (X11) Firefox/125.0"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def fetches(web: Web) -> Fetches:
    found: Fetches = web.app.state.fetches
    return found


async def noted(web: Web) -> dict[str, FeedFetch]:
    await web.app.state.fetches.write()
    found = await web.database.read(rows, FeedFetch, "family")
    assert {row.person_id for row in found} <= {PERSON}
    return {row.family: row for row in found}


async def test_each_kind_of_app_is_noted_with_what_it_has_seen(web: Web) -> None:
    await web.add("pack", last_modified=NOW - MINUTE)
    await web.get(web.personal(), user_agent=GOOGLE)
    web.clock.forward(MINUTE)
    await web.register("pack")
    answer = await web.get(web.personal(), user_agent=APPLE, accept_encoding="gzip")
    web.clock.forward(MINUTE)
    again = await web.get(
        web.personal(), user_agent=APPLE, accept_encoding="gzip", if_none_match=answer.headers["etag"]
    )

    found = await noted(web)

    assert again.status_code == 304
    assert {name: (row.fetched_at, row.seen_until, row.interval_s) for name, row in found.items()} == {
        "google": (NOW, NOW - MINUTE, None),
        "apple": (NOW + 2 * MINUTE, NOW + MINUTE, None),
    }


@pytest.mark.parametrize("minutes", [1, 90])
async def test_it_says_how_long_the_app_waited(web: Web, minutes: int) -> None:
    await web.get(web.personal(), user_agent=GOOGLE)
    await noted(web)
    web.clock.forward(minutes * MINUTE)
    await web.get(web.personal(), user_agent=GOOGLE)

    assert (await noted(web))["google"].interval_s == minutes * 60


async def test_second_device_at_the_same_moment_is_no_habit(web: Web) -> None:
    for seconds in (0, 3600, 10):
        web.clock.forward(timedelta(seconds=seconds))
        await web.get(web.personal(), user_agent=APPLE)
        await noted(web)

    found = await noted(web)
    assert (found["apple"].interval_s, found["apple"].fetched_at) == (3600, NOW + timedelta(seconds=3610))


async def test_what_is_no_calendar_app_or_got_nothing_is_not_noted(web: Web) -> None:
    await web.get(web.personal(), user_agent=FIREFOX)
    await web.ask("HEAD", web.personal(), user_agent=GOOGLE)
    await web.get(web.personal(generation=2), user_agent=GOOGLE)
    await web.get(f"{web.personal()}?cancelled=no", user_agent=GOOGLE)
    await web.get("/feeds/all.ics", user_agent=GOOGLE)

    assert await noted(web) == {}


async def test_many_fetches_are_one_write(web: Web) -> None:
    for _ in range(20):
        await web.get(web.personal(), user_agent=GOOGLE)
        await web.get(web.personal(), user_agent=APPLE)
    before = web.database.commits

    assert sorted(await noted(web)) == ["apple", "google"]
    assert web.database.commits == before + 1


async def test_what_came_through_a_link_that_has_ended_is_forgotten(web: Web) -> None:
    await web.get(web.personal(), user_agent=GOOGLE)
    await web.replace_link(2)

    assert await noted(web) == {}


async def test_it_is_written_by_itself(web: Web, fetches: Fetches) -> None:
    soon = Fetches(web.database, web.clock, every_seconds=0)
    soon.note(PERSON, 1, GOOGLE, NOW)
    await soon.written()

    assert [row.family for row in await web.database.read(rows, FeedFetch, "family")] == ["google"]


async def test_database_that_does_not_answer_stops_nothing(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    lost = Fetches(nowhere, web.clock)
    lost.note(PERSON, 1, GOOGLE, NOW)
    await lost.write()
    await nowhere.close()

    assert [record.levelname for record in caplog.records if record.name == "feeds.fetches"] == ["WARNING"]


async def test_what_goes_wrong_once_does_not_stop_it(sqlite_url: str, clock: Clock) -> None:
    """As when somebody deletes their data at the very moment."""
    database = Database(sqlite_url)
    await database.write(add_consortium)
    noting = Fetches(database, clock, every_seconds=0)

    async def say(statement: str) -> None:
        await database.write(lambda session: session.connection().exec_driver_sql(statement))

    await say("CREATE TRIGGER refuse BEFORE INSERT ON feed_fetch BEGIN SELECT RAISE(ABORT, 'no'); END")
    noting.note(PERSON, 1, GOOGLE, NOW)
    await noting.written()
    await say("DROP TRIGGER refuse")
    noting.note(PERSON, 1, APPLE, NOW)
    await noting.written()

    assert [row.family for row in await database.read(rows, FeedFetch, "family")] == ["apple"]
    await database.close()
