"""A consortium's year as the libraries read it that calendar apps are built on: no event differs, none is missing."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from domain import registration
from storage import Database, Person, Session
from tests.calendar_readers import IN_JAVASCRIPT, IN_PYTHON, Reader, Seen, no_javascript
from tests.consortium_year import Planned, Year, register
from tests.rfc5545 import lint
from tests.web import NOW, PERSON, Clock, Web, add_consortium

WEBINARS, JOINED, OF_EACH = 1_000, 120, 30
EARLY = PERSON + 1


@dataclass(frozen=True, slots=True)
class Published:
    """A calendar, and what must be found in it."""

    raw: bytes
    expected: list[Seen]


class Story:
    """A year, the calendar of all and one person's, whose webinars `joined` are."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.year = Year(seed=5545, now=NOW)
        self.joined: list[str] = []

    def begin(self, session: Session) -> None:
        now = self.web.clock.now
        add_consortium(session)
        session.add(Person(id=EARLY, telegram_id=EARLY, created_at=now, seen_at=now))
        self.year.add(session, WEBINARS, now)
        self._join(session, JOINED)
        self._change(session)

    def go_on(self, session: Session) -> None:
        now = self.web.clock.now
        left = [code for code in self.year.coming(now) if code in self.joined][:OF_EACH]
        for code in left:
            registration.leave(session, code, PERSON, now=now)
            self.joined.remove(code)
        self.year.add(session, OF_EACH, now)
        self._join(session, OF_EACH)
        self._change(session)

    def _join(self, session: Session, count: int) -> None:
        coming = self.year.coming(self.web.clock.now)
        codes = [code for code in coming if code not in self.joined][:count]
        register(session, map(self.year.webinars.__getitem__, codes), PERSON, EARLY, self.web.clock.now)
        self.joined += codes

    def _change(self, session: Session) -> None:
        now = self.web.clock.now
        for change in (self.year.move, self.year.cancel):
            change(session, self.year.coming(now)[:OF_EACH], now)

    async def publish(self) -> list[Published]:
        everything = await self._published("/feeds/all.ics", self.year.webinars.values(), {})
        own = [self.year.webinars[code] for code in self.joined]
        return [everything, await self._published(self.web.personal(), own, {True: "TENTATIVE"})]

    async def _published(self, path: str, planned: Iterable[Planned], status: dict[bool, str]) -> Published:
        response = await self.web.get(path)
        assert response.status_code == 200
        shown = (each for each in planned if each.is_shown(self.web.clock.now))
        return Published(response.content, sorted(seen(each, status.get(each.full, "CONFIRMED")) for each in shown))


def seen(planned: Planned, status: str) -> Seen:
    title, status = (f"CANCELLED: {planned.title}", "CANCELLED") if planned.cancelled else (planned.title, status)
    return Seen(planned.uid, planned.starts_at, planned.ends_at, title, status)


async def tell(url: str) -> list[Published]:
    database = Database(url)
    try:
        web = Web(database, Clock())
        story = Story(web)
        await database.write(story.begin)
        before = await story.publish()
        web.clock.forward(timedelta(days=10))
        await database.write(story.go_on)
        return [*before, *await story.publish()]
    finally:
        await database.close()


@pytest.fixture(scope="module")
def published(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Published]:
    """The calendar of all and one person's, and both again when much has changed."""
    copy = tmp_path_factory.mktemp("year") / "convoke.db"
    copy.write_bytes(sqlite_template.read_bytes())
    return asyncio.run(tell(f"sqlite:///{copy}"))


def test_the_year_has_everything_in_it(published: list[Published]) -> None:
    """Else what follows would prove little."""
    statuses = [{event.status for event in calendar.expected} for calendar in published]
    changes = [changed(published[kind].expected, published[kind + 2].expected) for kind in (0, 1)]

    assert statuses == [{"CONFIRMED", "CANCELLED"}, {"CONFIRMED", "CANCELLED", "TENTATIVE"}] * 2
    assert changes == [{"removed", "added", "moved", "cancelled", "as it was"}] * 2


def changed(before: list[Seen], after: list[Seen]) -> set[str]:
    old, new = ({event.uid: event for event in events} for events in (before, after))
    kept = {what(old[uid], new[uid]) for uid in old.keys() & new.keys()}
    return kept | {"removed" for _ in old.keys() - new.keys()} | {"added" for _ in new.keys() - old.keys()}


def what(old: Seen, new: Seen) -> str:
    if old.status != new.status:
        return new.status.lower()
    return "as it was" if old == new else "moved"


def test_not_a_byte_is_out_of_place(published: list[Published]) -> None:
    assert [lint(calendar.raw) for calendar in published] == [[], [], [], []]


@pytest.mark.parametrize("read", IN_PYTHON.values(), ids=IN_PYTHON)
def test_reader_in_python(published: list[Published], read: Reader, tmp_path: Path) -> None:
    check(published, read, tmp_path)


@pytest.mark.skipif(bool(no_javascript()), reason=no_javascript())
@pytest.mark.parametrize("read", IN_JAVASCRIPT.values(), ids=IN_JAVASCRIPT)
def test_reader_in_javascript(published: list[Published], read: Reader, tmp_path: Path) -> None:
    check(published, read, tmp_path)


def check(published: list[Published], read: Reader, folder: Path) -> None:
    found = read([calendar.raw for calendar in published], folder)

    assert [sorted(events) for events in found] == [calendar.expected for calendar in published]
