import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.consortium import ClusterEntry, Consortium, PartnershipEntry, Synchronised, TopicEntry, synchronise
from storage import (
    Cluster,
    Database,
    HostState,
    Partnership,
    Session,
    Topic,
    TopicKind,
    Webinar,
    WebinarHost,
    consortium,
    webinars,
)

NOW = datetime(2027, 1, 19, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)

ALPHA = PartnershipEntry("alpha", "The Alpha Partnership", "Alpha")
BETA = PartnershipEntry("beta", "The Beta Partnership", "Beta")
TWEED = ClusterEntry("tweed", "TWEED", "BE", "alpha")
CHINA = TopicEntry("china", "China", TopicKind.MARKET)
FOOD = TopicEntry("food", "Food", TopicKind.SECTOR)
US = Consortium(name="Us", partnerships=(ALPHA, BETA), clusters=(TWEED,), topics=(CHINA, FOOD))


def everything(session: Session) -> list[dict[str, Any]]:
    rows = [row for table in (Partnership, Cluster, Topic) for row in consortium.rows(session, table).values()]
    return sorted((row.model_dump() for row in rows), key=lambda row: sorted(map(str, row.items())))


def add_webinar(
    session: Session,
    code: str,
    *,
    hosts: dict[str, HostState] | None = None,
    topics: tuple[str, ...] = (),
    ends_at: datetime = LATER + timedelta(days=2),
    last_modified: datetime = NOW,
) -> None:
    """Cancelled or published makes no difference here, so these are as published as any."""
    webinar = Webinar(
        code=code,
        uid=code,
        title=code,
        local_start=datetime(2027, 1, 1, 9),  # noqa: DTZ001 -- a wall time
        timezone="UTC",
        starts_at=ends_at - timedelta(hours=1),
        ends_at=ends_at,
        duration_minutes=60,
        language="en",
        join_url="https://example.org",
        last_modified=last_modified,
        created_at=NOW,
    )
    webinars.add(session, webinar, [], topics)
    for partnership_id, state in (hosts or {}).items():
        session.add(WebinarHost(webinar_id=webinar.id, partnership_id=partnership_id, state=state))


def stamps(session: Session, *codes: str) -> dict[str, tuple[int, datetime]]:
    found = {code: webinars.by_code(session, code) for code in codes}
    return {code: (webinar.sequence, webinar.last_modified) for code, webinar in found.items() if webinar}


async def test_first_time_adds_everything_in_order(database: Database) -> None:
    outcome = await database.write(synchronise, US, now=NOW)

    assert outcome == Synchronised(
        added=("partnership alpha", "partnership beta", "cluster tweed", "topic china", "topic food")
    )
    assert await database.read(consortium.active_partnerships) == [
        Partnership(id="alpha", name="The Alpha Partnership", short_name="Alpha", position=0),
        Partnership(id="beta", name="The Beta Partnership", short_name="Beta", position=1),
    ]
    assert await database.read(consortium.active_topics) == [
        Topic(id="china", name="China", kind=TopicKind.MARKET, position=0),
        Topic(id="food", name="Food", kind=TopicKind.SECTOR, position=1),
    ]
    assert await database.read(consortium.rows, Cluster) == {
        "tweed": Cluster(id="tweed", name="TWEED", country="BE", partnership_id="alpha")
    }


async def test_second_time_changes_nothing(database: Database) -> None:
    await database.write(synchronise, US, now=NOW)
    await database.write(add_webinar, "w", hosts={"alpha": HostState.ACCEPTED}, topics=("food",))
    before = await database.read(everything)

    outcome = await database.write(synchronise, US, now=LATER)

    assert outcome == Synchronised()
    assert await database.read(everything) == before
    assert await database.read(stamps, "w") == {"w": (0, NOW)}


async def test_what_leaves_the_file_becomes_inactive_and_may_come_back(database: Database) -> None:
    await database.write(synchronise, US, now=NOW)
    before = await database.read(everything)
    smaller = replace(US, partnerships=(ALPHA,), clusters=(), topics=(CHINA,))

    left = await database.write(synchronise, smaller, now=LATER)

    assert left == Synchronised(retired=("partnership beta", "cluster tweed", "topic food"))
    assert [partnership.id for partnership in await database.read(consortium.active_partnerships)] == ["alpha"]
    assert [topic.id for topic in await database.read(consortium.active_topics)] == ["china"]
    assert await database.write(synchronise, smaller, now=LATER) == Synchronised()

    back = await database.write(synchronise, US, now=LATER)

    assert back == Synchronised(changed=("partnership beta", "cluster tweed", "topic food"))
    assert await database.read(everything) == before


async def test_new_values_replace_old_ones(database: Database) -> None:
    await database.write(synchronise, US, now=NOW)
    changed = Consortium(
        name="Us",
        partnerships=(BETA, replace(ALPHA, short_name="A²")),
        clusters=(replace(TWEED, name="Tweed", country="DK", partnership_id="beta"),),
        topics=(CHINA, replace(FOOD, kind=TopicKind.MARKET)),
    )

    outcome = await database.write(synchronise, changed, now=LATER)

    assert outcome == Synchronised(changed=("partnership beta", "partnership alpha", "cluster tweed", "topic food"))
    assert await database.read(consortium.active_partnerships) == [
        Partnership(id="beta", name="The Beta Partnership", short_name="Beta", position=0),
        Partnership(id="alpha", name="The Alpha Partnership", short_name="A²", position=1),
    ]
    assert await database.read(consortium.rows, Cluster) == {
        "tweed": Cluster(id="tweed", name="Tweed", country="DK", partnership_id="beta")
    }
    assert (await database.read(consortium.rows, Topic))["food"].kind is TopicKind.MARKET


@pytest.mark.parametrize(
    "renamed",
    [
        replace(US, partnerships=(replace(ALPHA, name="The First Partnership"), BETA)),
        replace(US, partnerships=(replace(ALPHA, short_name="First"), BETA)),
        replace(US, topics=(CHINA, replace(FOOD, name="Foods"))),
        replace(
            US,
            partnerships=(replace(ALPHA, name="First", short_name="F"), BETA),
            topics=(CHINA, replace(FOOD, name="Foods")),
        ),
    ],
    ids=["name", "short name", "topic", "all of them at once"],
)
async def test_new_name_restamps_webinars_that_show_it_once(database: Database, renamed: Consortium) -> None:
    await database.write(synchronise, US, now=NOW)
    await database.write(add_webinar, "shown", hosts={"alpha": HostState.ACCEPTED}, topics=("food", "china"))
    await database.write(add_webinar, "other", hosts={"beta": HostState.ACCEPTED}, topics=("china",))

    outcome = await database.write(synchronise, renamed, now=LATER)

    assert outcome.webinars == 1
    assert await database.read(stamps, "shown", "other") == {"shown": (1, LATER), "other": (0, NOW)}


async def test_new_name_restamps_past_webinars_too_but_not_those_of_partnerships_that_only_were_asked(
    database: Database,
) -> None:
    await database.write(synchronise, US, now=NOW)
    accepted = {"alpha": HostState.ACCEPTED}
    await database.write(add_webinar, "ended", hosts=accepted, ends_at=LATER - timedelta(days=1))
    await database.write(add_webinar, "invited", hosts={"alpha": HostState.INVITED})
    await database.write(add_webinar, "declined", hosts={"alpha": HostState.DECLINED})

    await database.write(synchronise, replace(US, partnerships=(replace(ALPHA, name="First"), BETA)), now=LATER)

    assert await database.read(stamps, "ended", "invited", "declined") == {
        "ended": (1, LATER),
        "invited": (0, NOW),
        "declined": (0, NOW),
    }


async def test_stamp_never_goes_back(database: Database) -> None:
    await database.write(synchronise, US, now=NOW)
    ahead = LATER + timedelta(hours=1)
    await database.write(add_webinar, "w", hosts={"alpha": HostState.ACCEPTED}, last_modified=ahead)

    await database.write(synchronise, replace(US, partnerships=(replace(ALPHA, name="First"), BETA)), now=LATER)

    assert await database.read(stamps, "w") == {"w": (1, ahead)}


async def test_other_changes_restamp_nothing(database: Database) -> None:
    await database.write(synchronise, US, now=NOW)
    await database.write(add_webinar, "w", hosts={"alpha": HostState.ACCEPTED}, topics=("food",))
    reordered = replace(US, partnerships=(BETA, ALPHA), clusters=(), topics=(replace(FOOD, kind=TopicKind.MARKET),))

    outcome = await database.write(synchronise, reordered, now=LATER)

    assert outcome.webinars == 0
    assert await database.read(stamps, "w") == {"w": (0, NOW)}


async def test_processes_may_start_together(database_url: str) -> None:
    """Each process has its own connections; whoever comes second finds everything done."""
    processes = [Database(database_url) for _ in range(4)]
    try:
        outcomes = await asyncio.gather(*(process.write(synchronise, US, now=NOW) for process in processes))
        rows = await processes[0].read(everything)
    finally:
        for process in processes:
            await process.close()

    assert sorted(len(outcome.added) for outcome in outcomes) == [0, 0, 0, 5]
    assert len(rows) == 5
