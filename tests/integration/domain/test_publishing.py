from datetime import timedelta
from uuid import UUID

import pytest

from domain import codes, drafts, publishing
from domain.drafts import DraftIncompleteError, Field, Fields, NoDraftError
from domain.errors import NotAllowedError
from domain.reading.when import WhenError, WhenFault
from domain.wall_time import SkippedTimeError
from storage import Audit, Database, Draft, HostState, Partnership, Session, Webinar, WebinarHost, WebinarStatus
from tests.factories import NOW, START, add_consortium, add_person, add_role, rows, wall

ADMIN, ORGANISER = 1, 2

COMPLETE = Fields(
    title="Smart packaging",
    description="What buyers expect.",
    hosts=("beta", "alpha"),
    topics=("food", "china"),
    local_start=wall(2027, 1, 20, 10),
    timezone="Europe/Brussels",
    duration_minutes=90,
    language="fr",
    capacity=50,
    join_url="https://meet.example.org/secret",
)


def prepare(session: Session) -> None:
    add_consortium(session)
    add_role(session, add_person(session, 101))
    add_role(session, add_person(session, 102), "alpha")


def write_draft(session: Session, fields: Fields, person_id: int = ADMIN) -> None:
    session.add(Draft(person_id=person_id, fields=fields.model_dump(mode="json"), created_at=NOW, changed_at=NOW))


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def test_a_complete_draft_becomes_a_webinar_that_everybody_can_see(house: Database) -> None:
    await house.write(write_draft, COMPLETE)

    card = await house.write(publishing.publish, ADMIN, now=NOW)

    [row] = await house.read(rows, Webinar)
    assert row == Webinar(
        id=row.id,
        code=card.code,
        uid=card.uid,
        title="Smart packaging",
        description="What buyers expect.",
        status=WebinarStatus.PUBLISHED,
        local_start=wall(2027, 1, 20, 10),
        timezone="Europe/Brussels",
        starts_at=START,
        ends_at=START + timedelta(minutes=90),
        duration_minutes=90,
        language="fr",
        capacity=50,
        join_url="https://meet.example.org/secret",
        sequence=0,
        last_modified=NOW,
        created_by=ADMIN,
        created_at=NOW,
    )
    assert (card.hosts, card.topics, card.seats_left, card.open) == (("Beta", "Alpha"), ("China", "Food"), 50, True)
    assert await house.read(rows, Draft) == []


async def test_the_preview_is_what_will_be_published(house: Database) -> None:
    await house.write(write_draft, COMPLETE)

    preview = await house.read(publishing.preview, ADMIN, now=NOW)
    card = await house.write(publishing.publish, ADMIN, now=NOW)

    varying = ("code", "uid")
    assert {name: getattr(preview, name) for name in card.__slots__ if name not in varying} == {
        name: getattr(card, name) for name in card.__slots__ if name not in varying
    }


async def test_a_draft_can_be_published_once(house: Database) -> None:
    await house.write(write_draft, COMPLETE)
    await house.write(publishing.publish, ADMIN, now=NOW)

    for use_case in (publishing.publish, publishing.preview):
        with pytest.raises(NoDraftError):
            await house.write(use_case, ADMIN, now=NOW)
    assert len(await house.read(rows, Webinar)) == 1


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"title": None}, (Field.TITLE,)),
        ({"hosts": ()}, (Field.HOSTS,)),
        ({"local_start": None}, (Field.WHEN,)),
        ({"join_url": None}, (Field.LINK,)),
        (
            {"title": None, "hosts": (), "local_start": None, "join_url": None},
            (Field.TITLE, Field.HOSTS, Field.WHEN, Field.LINK),
        ),
    ],
)
async def test_what_is_missing_is_named_and_the_draft_stays(
    house: Database, changes: dict[str, object], missing: tuple[Field, ...]
) -> None:
    await house.write(write_draft, COMPLETE.model_copy(update=changes))
    before = await house.read(rows, Draft)

    for use_case in (publishing.publish, publishing.preview):
        with pytest.raises(DraftIncompleteError) as caught:
            await house.write(use_case, ADMIN, now=NOW)
        assert caught.value.missing == missing

    assert await house.read(rows, Draft) == before
    assert await house.read(rows, Webinar) == []


async def test_a_start_that_has_passed_since_it_was_typed_is_refused_and_the_draft_stays(house: Database) -> None:
    await house.write(write_draft, COMPLETE)

    with pytest.raises(WhenError) as caught:
        await house.write(publishing.publish, ADMIN, now=START)

    assert caught.value.fault is WhenFault.PAST
    assert len(await house.read(rows, Draft)) == 1


async def test_rights_are_looked_at_again_when_it_is_published(house: Database) -> None:
    """An organiser lost a partnership, and a partnership left, since they were chosen: they drop out."""
    await house.write(write_draft, COMPLETE.model_copy(update={"hosts": ("beta", "gone", "alpha")}), ORGANISER)

    card = await house.write(publishing.publish, ORGANISER, now=NOW)

    assert card.hosts == ("Alpha",)


async def test_a_draft_whose_hosts_have_all_dropped_out_names_nobody(house: Database) -> None:
    await house.write(write_draft, COMPLETE.model_copy(update={"hosts": ("beta",)}), ORGANISER)

    with pytest.raises(DraftIncompleteError) as caught:
        await house.write(publishing.publish, ORGANISER, now=NOW)

    assert caught.value.missing == (Field.HOSTS,)


@pytest.mark.parametrize("hosts", [("beta",), (), ("alpha", "gone"), ("alpha", "made-up")])
async def test_nobody_can_create_in_another_s_name_alone(house: Database, hosts: tuple[str, ...]) -> None:
    with pytest.raises((NotAllowedError, DraftIncompleteError)):
        await house.write(publishing.create, ORGANISER, COMPLETE.model_copy(update={"hosts": hosts}), now=NOW)

    assert await house.read(rows, Webinar) == []


async def test_another_partnership_is_asked_and_hosts_nothing_before_it_answers(house: Database) -> None:
    await house.write(write_draft, COMPLETE, ORGANISER)
    preview = await house.read(publishing.preview, ORGANISER, now=NOW)

    card = await house.write(publishing.publish, ORGANISER, now=NOW)

    assert (preview.hosts, card.hosts, card.invited) == (("Alpha",), ("Alpha",), ("Beta",))
    assert [
        (host.partnership_id, host.state, host.asked_by) for host in await house.read(rows, WebinarHost, "position")
    ] == [
        ("alpha", HostState.ACCEPTED, None),
        ("beta", HostState.INVITED, ORGANISER),
    ]
    assert [line.action for line in await house.read(rows, Audit)] == ["host_asked", "posted"]


async def test_a_partnership_may_leave_between_the_look_and_the_tap(house: Database) -> None:
    def retire(session: Session) -> None:
        session.get_one(Partnership, "beta").active = False

    await house.write(write_draft, COMPLETE)
    await house.read(publishing.preview, ADMIN, now=NOW)
    await house.write(retire)

    assert (await house.write(publishing.publish, ADMIN, now=NOW)).hosts == ("Alpha",)


async def test_a_time_that_no_clock_shows_is_not_published(house: Database) -> None:
    """It was checked when it was typed; a new law on summer time may have come since."""
    await house.write(write_draft, COMPLETE.model_copy(update={"local_start": wall(2027, 3, 28, 2, 30)}))

    with pytest.raises(SkippedTimeError):
        await house.write(publishing.publish, ADMIN, now=NOW)

    assert len(await house.read(rows, Draft)) == 1


def test_codes_are_short_unlike_and_easy_to_read() -> None:
    made = {codes.new_code() for _ in range(1_000)}

    assert len(made) == 1_000
    assert {len(code) for code in made} == {8}
    assert set("".join(made)) == set("23456789abcdefghjkmnpqrstuvwxyz")


async def test_uids_are_random(house: Database) -> None:
    for _ in range(2):
        await house.write(write_draft, COMPLETE)
        await house.write(publishing.publish, ADMIN, now=NOW)

    uids = {UUID(row.uid) for row in await house.read(rows, Webinar)}
    assert [uid.version for uid in uids] == [4, 4]


async def test_the_whole_way_from_the_first_message(house: Database) -> None:
    await house.write(drafts.start, ORGANISER, timezone="Europe/Brussels", now=NOW)
    for text in ("Packaging", "20 Jan 17:00 (Beijing time)", "https://meet.example.org/1"):
        await house.write(drafts.fill, ORGANISER, text, picked=None, now=NOW)

    card = await house.write(publishing.publish, ORGANISER, now=NOW)

    assert (card.title, card.hosts, card.starts_at, card.timezone) == ("Packaging", ("Alpha",), START, "Asia/Shanghai")
