"""Events of a file become drafts or webinars, and follow the file when it comes again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain import changes, drafts, importing, importing_desk, intake, publishing
from domain.details import Detail
from domain.draft_fields import Field
from domain.errors import NotAllowedError
from domain.importing_values import Event, Outcome, Report, Trouble
from storage import (
    Audit,
    Database,
    Draft,
    Imported,
    Notice,
    NoticeKind,
    Revision,
    Session,
    Webinar,
    WebinarHost,
    WebinarStatus,
)
from tests.factories import NOW, SETTLE, add_consortium, add_person, add_role, add_webinar, rows, wall

LINK = "https://meet.example.org/1"
LATER = NOW + timedelta(hours=1)


@dataclass
class Office:
    """An organiser of Alpha, one of Beta, and an administrator, at a desk with a database."""

    database: Database
    ana: int = 0
    ben: int = 0
    admin: int = 0

    async def take(self, *events: Event, **changed: Any) -> Report:
        return await self.database.write(importing.take, events, **self.order(changed))

    async def rehearse(self, *events: Event, **changed: Any) -> Report:
        return await self.database.write(importing.rehearse, events, **self.order(changed))

    async def identify(self, *events: Event, partnership_id: str = "alpha", now: datetime = NOW) -> tuple[Event, ...]:
        found, _ = await self.database.read(importing.identify, events, partnership_id, now=now)
        return found

    def order(self, changed: dict[str, Any]) -> dict[str, Any]:
        usual = {"person_id": self.ana, "partnership_id": "alpha", "publish": False, "name": "a.ics"}
        return usual | {"settle": SETTLE, "now": NOW} | changed

    async def rows(self, table: Any, order: str = "id") -> list[Any]:
        return await self.database.read(rows, table, order)

    async def only(self, table: Any, order: str = "id") -> Any:
        (found,) = await self.rows(table, order)
        return found


@pytest.fixture
async def office(database: Database) -> Office:
    office = Office(database)
    await database.write(_furnish, office)
    return office


def _furnish(session: Session, office: Office) -> None:
    add_consortium(session)
    office.ana, office.ben, office.admin = (add_person(session, number) for number in (1, 2, 3))
    add_role(session, office.ana, "alpha")
    add_role(session, office.ben, "beta")
    add_role(session, office.admin)


def event(uid: str | None = "u1", **changed: Any) -> Event:
    values: dict[str, Any] = {
        "line": 4,
        "title": "Cold chain",
        "local_start": wall(2027, 2, 3, 9, 30),
        "timezone": "Asia/Shanghai",
        "duration_minutes": 90,
        "description": "Ports",
        "join_url": LINK,
        "topics": ("China", "food"),
    }
    return Event(uid=uid, **values | changed)


def outcomes(report: Report) -> Counter[Outcome]:
    return report.counts


def troubles(report: Report) -> list[Trouble]:
    return [each.trouble for each in report.remarks]


async def test_event_becomes_a_draft_that_nobody_has_open(office: Office) -> None:
    report = await office.take(event())

    assert (outcomes(report), report.remarks) == ({Outcome.DRAFTED: 1}, ())
    draft = await office.only(Draft)
    assert (draft.person_id, draft.created_by, draft.asking) == (None, office.ana, None)
    assert drafts.Fields.model_validate(draft.fields) == drafts.Fields(
        title="Cold chain",
        description="Ports",
        hosts=("alpha",),
        topics=("china", "food"),
        local_start=wall(2027, 2, 3, 9, 30),
        timezone="Asia/Shanghai",
        duration_minutes=90,
        length_given=True,
        join_url=LINK,
    )
    imported = await office.only(Imported, "uid")
    assert (imported.uid, imported.partnership_id, imported.draft_id, imported.webinar_id, imported.imported_by) == (
        "u1",
        "alpha",
        draft.id,
        None,
        office.ana,
    )
    assert await office.rows(Webinar) == []


async def test_event_is_published_with_its_uid_and_its_zone(office: Office) -> None:
    report = await office.take(event(language="fr", capacity=12), publish=True)

    assert outcomes(report) == {Outcome.PUBLISHED: 1}
    webinar = await office.only(Webinar)
    assert (webinar.uid, webinar.title, webinar.local_start, webinar.timezone, webinar.starts_at) == (
        "u1",
        "Cold chain",
        wall(2027, 2, 3, 9, 30),
        "Asia/Shanghai",
        datetime(2027, 2, 3, 1, 30, tzinfo=UTC),
    )
    assert (webinar.language, webinar.capacity, webinar.join_url, webinar.created_by) == ("fr", 12, LINK, office.ana)
    assert (await office.only(WebinarHost, "webinar_id")).partnership_id == "alpha"
    assert (await office.only(Notice)).kind is NoticeKind.ANNOUNCED
    assert (await office.only(Imported, "uid")).webinar_id == webinar.id
    assert await office.rows(Draft) == []


@pytest.mark.parametrize("publish", [False, True])
async def test_the_same_file_again_changes_nothing(office: Office, publish: bool) -> None:  # noqa: FBT001
    events = (event(), event("u2", topics=("nothing",)))
    await office.take(*events, publish=publish)
    before = await _everything(office)

    report = await office.take(*events, publish=publish, now=LATER)

    assert outcomes(report) == {Outcome.UNCHANGED: 2}
    assert troubles(report) == [Trouble.UNKNOWN_TOPIC]
    assert await _everything(office) == before


async def test_rehearsal_says_what_would_happen_and_changes_nothing(office: Office) -> None:
    before = await _everything(office)

    rehearsed = await office.rehearse(event(), event("u2", join_url=None), publish=True)

    assert await _everything(office) == before
    assert rehearsed == await office.take(event(), event("u2", join_url=None), publish=True)
    assert (outcomes(rehearsed), troubles(rehearsed)) == (
        {Outcome.PUBLISHED: 1, Outcome.DRAFTED: 1},
        [Trouble.NO_LINK],
    )


async def test_drafts_of_a_file_are_published_by_importing_it_once_more(office: Office) -> None:
    await office.take(event(), event("u2", join_url=None))

    report = await office.take(event(), event("u2", join_url=None), publish=True)

    assert (outcomes(report), troubles(report)) == ({Outcome.PUBLISHED: 1, Outcome.UNCHANGED: 1}, [Trouble.NO_LINK])
    assert (await office.only(Webinar)).uid == "u1"
    assert [draft.fields["join_url"] for draft in await office.rows(Draft)] == [None]


async def test_draft_that_was_published_in_chat_keeps_the_uid_and_follows_the_file(office: Office) -> None:
    await office.take(event())
    await office.database.write(_open_draft, office.ana)
    await office.database.write(publishing.publish, office.ana, now=NOW)

    report = await office.take(event(title="Warm chain"))

    webinar = await office.only(Webinar)
    assert (webinar.uid, webinar.title) == ("u1", "Warm chain")
    assert outcomes(report) == {Outcome.CHANGED: 1}


@pytest.mark.parametrize(
    ("changed", "outcome", "kinds"),
    [
        ({"title": "Warm chain"}, Outcome.CHANGED, {NoticeKind.CHANGED}),
        ({"description": "Roads"}, Outcome.CHANGED, {NoticeKind.CHANGED}),
        ({"duration_minutes": 30}, Outcome.CHANGED, {NoticeKind.CHANGED}),
        ({"topics": ("food",)}, Outcome.CHANGED, {NoticeKind.CHANGED}),
        ({"join_url": "https://meet.example.org/2"}, Outcome.CHANGED, {NoticeKind.CHANGED}),
        ({"local_start": wall(2027, 2, 4, 9, 30)}, Outcome.MOVED, {NoticeKind.MOVED}),
        ({"timezone": "Europe/Brussels"}, Outcome.MOVED, {NoticeKind.MOVED}),
        ({"local_start": wall(2027, 2, 4, 9, 30), "title": "W"}, Outcome.MOVED, {NoticeKind.MOVED, NoticeKind.CHANGED}),
        ({"local_start": wall(2027, 2, 3, 2, 30), "timezone": "Europe/Brussels"}, Outcome.CHANGED, set()),
        ({"cancelled": True, "title": "Cancelled: Cold chain"}, Outcome.CANCELLED, {NoticeKind.CANCELLED}),
        ({"cancelled": True, "excluded": True}, Outcome.CANCELLED, {NoticeKind.CANCELLED}),
        ({"description": ""}, Outcome.UNCHANGED, set()),
        ({"join_url": None, "topics": (), "language": None}, Outcome.UNCHANGED, set()),
        ({"line": 70}, Outcome.UNCHANGED, set()),
    ],
)
async def test_published_webinar_follows_the_file(
    office: Office, changed: dict[str, Any], outcome: Outcome, kinds: set[NoticeKind]
) -> None:
    await office.take(event(), publish=True)

    report = await office.take(event(**changed), now=LATER)

    assert outcomes(report) == {outcome: 1}
    assert {notice.kind for notice in await office.rows(Notice)} == {NoticeKind.ANNOUNCED, *kinds}
    webinar = await office.only(Webinar)
    assert webinar.sequence == len(await office.rows(Revision))
    assert (webinar.sequence > 0) == (outcome is not Outcome.UNCHANGED)
    assert outcomes(await office.take(event(**changed), now=LATER)) == {Outcome.UNCHANGED: 1}


async def test_cancelled_webinar_keeps_its_title_and_is_restored_by_the_file(office: Office) -> None:
    await office.take(event(), publish=True)
    await office.take(event(cancelled=True, title="Cancelled: Cold chain"))
    webinar = await office.only(Webinar)
    assert (webinar.status, webinar.title) == (WebinarStatus.CANCELLED, "Cold chain")

    report = await office.take(event(local_start=wall(2027, 2, 9, 9, 30)), now=LATER)

    webinar = await office.only(Webinar)
    assert (webinar.status, webinar.local_start) == (WebinarStatus.PUBLISHED, wall(2027, 2, 9, 9, 30))
    assert outcomes(report) == {Outcome.MOVED: 1}


async def test_what_organisers_changed_stays_unless_the_file_changes_it_too(office: Office) -> None:
    await office.take(event(), publish=True)
    code = (await office.only(Webinar)).code
    values = {Detail.TITLE: "In chat", Detail.CAPACITY: 9}
    await office.database.write(changes.edit, code, office.ana, values, tell=True, settle=SETTLE, now=NOW)
    await office.database.write(
        changes.move, code, office.ana, wall(2027, 2, 5, 9, 30), "Asia/Shanghai", settle=SETTLE, now=NOW
    )

    report = await office.take(event(description="Roads"))
    webinar = await office.only(Webinar)
    assert outcomes(report) == {Outcome.CHANGED: 1}
    assert (webinar.title, webinar.capacity, webinar.description, webinar.local_start) == (
        "In chat",
        9,
        "Roads",
        wall(2027, 2, 5, 9, 30),
    )

    await office.take(event(description="Roads", title="In the file"))
    webinar = await office.only(Webinar)
    assert (webinar.title, webinar.local_start) == ("In the file", wall(2027, 2, 5, 9, 30))


async def test_webinar_cancelled_in_chat_stays_so_while_the_file_says_the_same(office: Office) -> None:
    await office.take(event(), publish=True)
    code = (await office.only(Webinar)).code
    await office.database.write(changes.cancel, code, office.ana, settle=SETTLE, now=NOW)

    await office.take(event(title="Warm chain"))

    webinar = await office.only(Webinar)
    assert (webinar.status, webinar.title) == (WebinarStatus.CANCELLED, "Warm chain")


async def test_what_is_missing_from_the_file_stays(office: Office) -> None:
    await office.take(event(), event("u2"), publish=True)

    await office.take(event("u3"), publish=True)

    assert sorted(webinar.uid for webinar in await office.rows(Webinar)) == ["u1", "u2", "u3"]
    assert {webinar.status for webinar in await office.rows(Webinar)} == {WebinarStatus.PUBLISHED}


async def test_draft_follows_the_file_where_nobody_wrote_in_it(office: Office) -> None:
    await office.take(event())
    await office.database.write(_open_draft, office.ana)
    await office.database.write(drafts.ask, office.ana, drafts.Field.TITLE, now=NOW)
    await office.database.write(drafts.fill, office.ana, "In chat", picked=None, now=NOW)

    report = await office.take(event(description="Roads", local_start=wall(2027, 2, 9, 9, 30)))

    draft = await office.only(Draft)
    fields = drafts.Fields.model_validate(draft.fields)
    assert outcomes(report) == {Outcome.REDRAFTED: 1}
    assert (fields.title, fields.description, fields.local_start) == ("In chat", "Roads", wall(2027, 2, 9, 9, 30))
    assert draft.person_id == office.ana


async def test_draft_that_is_cancelled_in_the_file_is_deleted_and_comes_back(office: Office) -> None:
    await office.take(event())
    assert outcomes(await office.take(event(cancelled=True))) == {Outcome.DISCARDED: 1}
    assert await office.rows(Draft) == []
    assert outcomes(await office.take(event(cancelled=True))) == {Outcome.UNCHANGED: 1}

    assert outcomes(await office.take(event())) == {Outcome.DRAFTED: 1}
    assert (await office.only(Draft)).fields["title"] == "Cold chain"


async def test_discarded_draft_stays_discarded(office: Office) -> None:
    await office.take(event())
    await office.database.write(_open_draft, office.ana)
    await office.database.write(drafts.discard, office.ana, now=NOW)

    assert outcomes(await office.take(event(title="Warm chain"), publish=True)) == {Outcome.UNCHANGED: 1}
    assert (await office.rows(Draft), await office.rows(Webinar)) == ([], [])


@pytest.mark.parametrize(("excluded", "wanted"), [(False, [Trouble.ALREADY_CANCELLED]), (True, [])])
async def test_event_that_was_cancelled_before_it_was_ever_taken(
    office: Office,
    excluded: bool,  # noqa: FBT001
    wanted: list[Trouble],
) -> None:
    report = await office.take(event(cancelled=True, excluded=excluded), publish=True)

    assert (report.taken, troubles(report)) == ((), wanted)
    assert await office.rows(Imported, "uid") == []


async def test_webinar_that_did_not_come_with_a_file_is_left_alone(office: Office) -> None:
    await office.database.write(_post, uid="u1", hosts=("alpha",))

    report = await office.take(event(title="Mine now"), publish=True)

    assert (report.taken, troubles(report)) == ((), [Trouble.NOT_IMPORTED])
    assert (await office.only(Webinar)).title == "Smart packaging"


async def test_webinar_that_has_begun_is_left_as_it_was(office: Office) -> None:
    await office.take(event(), publish=True)

    report = await office.take(event(local_start=wall(2027, 3, 3, 9, 30)), now=datetime(2027, 2, 3, 2, tzinfo=UTC))

    assert (report.taken, troubles(report)) == ((), [Trouble.OVER])
    assert (await office.only(Webinar)).local_start == wall(2027, 2, 3, 9, 30)


# Rights


@pytest.mark.parametrize("partnership", ["beta", "gone", "nowhere"])
async def test_nobody_imports_for_a_partnership_they_may_not_act_for(office: Office, partnership: str) -> None:
    before = await _everything(office)

    for use_case in (importing.take, importing.rehearse):
        for publish in (False, True):
            with pytest.raises(NotAllowedError):
                await office.database.write(
                    use_case, (event(),), **office.order({"partnership_id": partnership, "publish": publish})
                )
    assert await _everything(office) == before


async def test_stranger_imports_nothing(office: Office) -> None:
    stranger = await office.database.write(add_person, 9)

    with pytest.raises(NotAllowedError):
        await office.take(event(), person_id=stranger)
    with pytest.raises(NotAllowedError):
        await office.database.read(importing_desk.partnerships, stranger)


@pytest.mark.parametrize("publish", [False, True])
async def test_event_of_another_partnership_is_out_of_reach(office: Office, publish: bool) -> None:  # noqa: FBT001
    await office.take(event(), publish=publish)
    before = await _everything(office)

    report = await office.take(event(title="Mine now"), person_id=office.ben, partnership_id="beta", publish=True)

    assert (report.taken, troubles(report)) == ((), [Trouble.NOT_YOURS])
    assert await _everything(office) == before


async def test_webinar_that_the_partnership_no_longer_hosts_is_out_of_reach(office: Office) -> None:
    await office.take(event(), publish=True)
    await office.database.write(_pass_on, "beta")

    report = await office.take(event(title="Still mine"))

    assert (report.taken, troubles(report)) == ((), [Trouble.NOT_YOURS])
    assert (await office.only(Webinar)).title == "Cold chain"


async def test_command_line_and_administrators_import_for_all(office: Office) -> None:
    await office.take(event(), person_id=None, publish=True)
    await office.take(event("u2"), person_id=office.admin, partnership_id="beta", publish=True)
    report = await office.take(event(title="Warm chain"), person_id=None)

    assert outcomes(report) == {Outcome.CHANGED: 1}
    assert {(webinar.uid, webinar.created_by) for webinar in await office.rows(Webinar)} == {
        ("u1", None),
        ("u2", office.admin),
    }
    assert [choice.id for choice in await office.database.read(importing_desk.partnerships, office.admin)] == [
        "alpha",
        "beta",
    ]


# The log


async def test_import_is_a_line_of_the_log_and_so_is_each_webinar(office: Office) -> None:
    await office.take(event(), event("u2", join_url=None), publish=True)
    await office.take(event(), event("u2", join_url=None))
    await office.take(event(cancelled=True), now=LATER)

    lines = [(line.action, line.subject, line.after, line.person_id) for line in await office.rows(Audit)]
    assert lines == [
        ("posted", "Cold chain", {}, office.ana),
        ("imported", "a.ics", {"published": 1, "drafted": 1}, office.ana),
        ("cancelled", "Cold chain", {"status": "cancelled"}, office.ana),
        ("imported", "a.ics", {"cancelled": 1}, office.ana),
    ]


# Tables without uids


async def test_rows_without_uid_are_known_by_their_title(office: Office) -> None:
    first = await office.identify(event(None), event(None, title="Warm  CHAIN"))
    await office.take(*first, publish=True)

    moved = await office.identify(
        event(None, title="warm chain", local_start=wall(2027, 3, 1, 9, 30)), event(None, description="Roads")
    )

    assert {found.uid for found in moved} == {found.uid for found in first}
    assert outcomes(await office.take(*moved)) == {Outcome.MOVED: 1, Outcome.CHANGED: 1}


async def test_rows_of_one_title_are_told_apart_by_their_start(office: Office) -> None:
    days = [event(None, local_start=wall(2027, 2, day, 9, 30), line=day) for day in (3, 10, 17)]
    first = await office.identify(*days)
    await office.take(*first)

    again = await office.identify(replace(days[0], local_start=wall(2027, 2, 3, 11)), days[1], days[2])
    assert [found.uid for found in again] == [found.uid for found in first]

    two_moved = [replace(day, local_start=day.local_start + timedelta(days=1)) for day in days[:2]]
    (one, other, same) = await office.identify(*two_moved, days[2])
    assert same.uid == first[2].uid
    assert not {one.uid, other.uid} & {found.uid for found in first}


async def test_title_that_comes_back_after_it_took_place_is_a_new_webinar(office: Office) -> None:
    first = await office.identify(event(None))
    await office.take(*first)
    after = datetime(2027, 2, 20, tzinfo=UTC)

    (second,) = await office.identify(event(None, local_start=wall(2027, 3, 3, 9, 30)), now=after)

    assert second.uid != first[0].uid


async def test_row_in_the_place_of_one_that_moved_is_a_new_webinar(office: Office) -> None:
    (first,) = await office.identify(event(None))
    await office.take(first)
    (moved,) = await office.identify(event(None, local_start=wall(2027, 2, 9, 9, 30)))
    await office.take(moved)

    (new, same) = await office.identify(event(None, line=2), event(None, line=3, local_start=wall(2027, 2, 9, 9, 30)))

    assert same.uid == moved.uid == first.uid
    assert new.uid == f"{first.uid}-2"


async def test_row_that_is_twice_in_the_file_is_named(office: Office) -> None:
    found, remarks = await office.database.read(
        importing.identify, (event(None), event(None, line=5)), "alpha", now=NOW
    )

    assert [each.line for each in found] == [4]
    assert [(each.line, each.trouble) for each in remarks] == [(5, Trouble.DUPLICATE)]


async def test_partnerships_do_not_share_titles(office: Office) -> None:
    (alpha,) = await office.identify(event(None))
    (beta,) = await office.identify(event(None), partnership_id="beta")

    assert alpha.uid != beta.uid


# One event for the draft that is open


async def test_open_draft_is_filled_by_an_event(office: Office) -> None:
    assert not await office.database.read(importing_desk.has_open_draft, office.ana)
    await office.database.write(drafts.start, office.ana, timezone="Europe/Brussels", now=NOW)
    assert await office.database.read(importing_desk.has_open_draft, office.ana)

    view = await office.database.write(importing_desk.fill_draft, event(description=""), office.ana, now=NOW)

    assert (view.fields.title, view.fields.local_start, view.fields.timezone, view.fields.join_url) == (
        "Cold chain",
        wall(2027, 2, 3, 9, 30),
        "Asia/Shanghai",
        LINK,
    )
    assert (view.fields.hosts, view.fields.topics, view.asking) == (("alpha",), ("china", "food"), None)
    assert await office.rows(Imported, "uid") == []


async def test_a_file_takes_the_place_of_nothing_that_was_typed(office: Office) -> None:
    await office.database.write(drafts.start, office.ana, timezone="Europe/Brussels", now=NOW)
    await office.database.write(drafts.fill, office.ana, "My own title", picked=None, now=NOW)
    await office.database.write(drafts.ask, office.ana, Field.SEATS, now=NOW)
    await office.database.write(drafts.fill, office.ana, "12", picked=None, now=NOW)

    view = await office.database.write(importing_desk.fill_draft, event(capacity=50), office.ana, now=NOW)

    assert (view.fields.title, view.fields.capacity, view.fields.join_url) == ("My own title", 12, LINK)
    assert view.fields.offered == {Field.TITLE: {"title": "Cold chain"}, Field.SEATS: {"capacity": 50}}
    used = await office.database.write(intake.use_offer, office.ana, Field.SEATS, now=NOW)
    assert (used.fields.capacity, set(used.fields.offered)) == (50, {Field.TITLE})


async def test_there_must_be_a_draft_to_fill(office: Office) -> None:
    with pytest.raises(drafts.NoDraftError):
        await office.database.write(importing_desk.fill_draft, event(), office.ana, now=NOW)


def test_many_events_are_taken_in_parts() -> None:
    events = [event(str(number)) for number in range(120)]

    parts = list(importing.batches(events))
    assert [each for part in parts for each in part] == events
    assert max(map(len, parts)) < 120
    assert list(importing.batches([])) == [[]]


def _open_draft(session: Session, person_id: int) -> None:
    (draft,) = rows(session, Draft)
    draft.person_id = person_id
    session.add(draft)


def _post(session: Session, **values: Any) -> None:
    add_webinar(session, **values)


def _pass_on(session: Session, partnership_id: str) -> None:
    (host,) = rows(session, WebinarHost, "webinar_id")
    session.delete(host)
    session.add(WebinarHost(webinar_id=host.webinar_id, partnership_id=partnership_id))


async def _everything(office: Office) -> dict[str, list[dict[str, Any]]]:
    tables: Iterable[tuple[type, str]] = (
        (Webinar, "id"),
        (Draft, "id"),
        (Imported, "uid"),
        (Notice, "id"),
        (Revision, "id"),
        (Audit, "id"),
    )
    found: dict[str, Sequence[Any]] = {table.__name__: await office.rows(table, order) for table, order in tables}
    return {name: [each.model_dump() for each in there] for name, there in found.items()}
