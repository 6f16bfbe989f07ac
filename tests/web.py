"""A consortium with a web address, and a clock that the tests turn."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from starlette.applications import Starlette

from domain import changes
from domain.links import personal_token
from feeds.addresses import personal_path
from feeds.app import FeedOptions, build
from feeds.cache import FeedCache
from storage import (
    AgendaItem,
    Database,
    HostState,
    Material,
    MaterialKind,
    Partnership,
    Person,
    Registration,
    RegistrationStatus,
    Session,
    Topic,
    TopicKind,
    Webinar,
    WebinarHost,
    WebinarTopic,
    registrations,
    webinars,
)

NOW = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
SECRET = b"a secret of this installation"
OPTIONS = FeedOptions(
    public_url="https://webinars.example.org",
    secret=SECRET,
    consortium_name="Going International",
    bot_username="example_bot",
)
PERSON = 7


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, span: timedelta) -> None:
        self.now += span


class Web:
    """The application as its readers see it."""

    def __init__(self, database: Database, clock: Clock, options: FeedOptions = OPTIONS) -> None:
        self.database = database
        self.clock = clock
        self.serve(build(database, options, now=clock))

    def serve(self, app: Starlette) -> None:
        self.app = app
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="https://webinars.example.org")

    @property
    def cache(self) -> FeedCache:
        cache: FeedCache = self.app.state.cache
        return cache

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.ask("GET", path, **headers)

    async def ask(self, method: str, path: str, **headers: str) -> httpx.Response:
        """Header names with underscores. Nothing is asked for compressed unless the test says so."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, path, headers={"accept-encoding": "identity", **named})

    async def add(self, code: str, **values: Any) -> None:
        await self.database.write(add_webinar, code, **values)

    async def change(self, code: str, **values: Any) -> None:
        await self.database.write(change_webinar, code, self.clock.now, **values)

    async def move(self, code: str, start: str) -> None:
        """As organisers do, by the clocks of Brussels."""
        local_start, settle = datetime.fromisoformat(start), timedelta(minutes=2)
        await self.database.write(
            changes.move, code, None, local_start, "Europe/Brussels", settle=settle, now=self.clock.now
        )

    async def register(self, code: str, status: RegistrationStatus = RegistrationStatus.REGISTERED) -> None:
        await self.database.write(set_registration, code, status, self.clock.now)

    async def replace_link(self, generation: int) -> None:
        await self.database.write(set_generation, generation)

    async def rename_partnership(self, partnership_id: str, short_name: str) -> None:
        await self.database.write(set_short_name, partnership_id, short_name)

    async def remove_host(self, code: str, partnership_id: str) -> None:
        await self.database.write(drop_host, code, partnership_id, self.clock.now)

    async def add_persons(self, *ids: int) -> None:
        await self.database.write(add_persons, ids)

    def personal(self, generation: int = 1) -> str:
        return personal_path(personal_token(SECRET, PERSON, generation))


def add_consortium(session: Session) -> None:
    session.add(Partnership(id="adpack2", name="Advanced Smart Packaging (AdPack²)", short_name="AdPack²", position=0))
    session.add(Partnership(id="nf4", name="New Frontiers in Food (NF4)", short_name="NF4", position=1))
    session.add(Partnership(id="gone", name="A former member", short_name="Gone", position=2, active=False))
    session.add(Topic(id="china", name="China", kind=TopicKind.MARKET, position=0))
    session.add(Topic(id="food", name="food", kind=TopicKind.SECTOR, position=1))
    session.add(Topic(id="past", name="steam", kind=TopicKind.SECTOR, position=2, active=False))
    session.add(Person(id=PERSON, telegram_id=7007, created_at=NOW, seen_at=NOW))


def add_webinar(
    session: Session,
    code: str,
    *,
    start: str = "2027-01-19T10:00",
    timezone: str = "Europe/Brussels",
    minutes: int = 60,
    hosts: Collection[str] = ("adpack2",),
    invited: Collection[str] = (),
    topics: Collection[str] = ("china",),
    agenda: Collection[str] = (),
    **values: Any,
) -> None:
    local_start = datetime.fromisoformat(start)
    starts_at = local_start.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    webinar = Webinar(
        **{
            "code": code,
            "uid": f"{code}@webinars.example.org",
            "title": f"Webinar {code}",
            "language": "en",
            "join_url": join_url(code),
            "last_modified": NOW - timedelta(days=2),
            "created_at": NOW - timedelta(days=30),
        }
        | values,
        local_start=local_start,
        timezone=timezone,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        duration_minutes=minutes,
    )
    session.add(webinar)
    session.flush()
    session.add_all(WebinarHost(webinar_id=webinar.id, partnership_id=host) for host in hosts)
    session.add_all(
        WebinarHost(webinar_id=webinar.id, partnership_id=host, state=HostState.INVITED) for host in invited
    )
    session.add_all(WebinarTopic(webinar_id=webinar.id, topic_id=topic) for topic in topics)
    session.add_all(
        AgendaItem(webinar_id=webinar.id, position=position, title=title) for position, title in enumerate(agenda)
    )


def add_many(session: Session, count: int) -> None:
    for number in range(count):
        add_webinar(session, f"many{number}")


def add_material(session: Session, code: str, url: str | None, kind: MaterialKind = MaterialKind.SLIDES) -> None:
    """Without an address it is a file that Telegram keeps."""
    file_id = None if url else "kept"
    session.add(Material(webinar_id=find(session, code).id, kind=kind, url=url, file_id=file_id, added_at=NOW))


def join_url(code: str) -> str:
    return f"https://meet.example.net/{code}?pwd=a&b=<c>"


def change_webinar(session: Session, code: str, now: datetime, **values: Any) -> None:
    """As every visible change: with new stamps."""
    webinar = find(session, code)
    for name, value in values.items():
        setattr(webinar, name, value)
    webinar.sequence += 1
    webinar.last_modified = now
    session.add(webinar)


def set_registration(session: Session, code: str, status: RegistrationStatus, now: datetime) -> None:
    webinar = find(session, code)
    found = registrations.find(session, webinar.id, PERSON)
    if found is None:
        values = {"webinar_id": webinar.id, "person_id": PERSON, "queue_number": 1, "created_at": now}
        session.add(Registration(**values, status=status, changed_at=now))
        return
    found.status, found.sequence, found.changed_at = status, found.sequence + 1, now
    session.add(found)


def set_generation(session: Session, generation: int) -> None:
    person = session.get_one(Person, PERSON)
    person.feed_generation = generation
    session.add(person)


def set_short_name(session: Session, partnership_id: str, short_name: str) -> None:
    partnership = session.get_one(Partnership, partnership_id)
    partnership.short_name = short_name
    session.add(partnership)


def drop_host(session: Session, code: str, partnership_id: str, now: datetime) -> None:
    session.delete(session.get_one(WebinarHost, (find(session, code).id, partnership_id)))
    change_webinar(session, code, now)


def add_partnership(session: Session, partnership_id: str) -> None:
    session.add(Partnership(id=partnership_id, name=partnership_id, short_name=partnership_id, position=9))


def add_persons(session: Session, ids: Collection[int]) -> None:
    session.add_all(Person(id=person_id, telegram_id=person_id, created_at=NOW, seen_at=NOW) for person_id in ids)


def find(session: Session, code: str) -> Webinar:
    webinar = webinars.lock_of_any_circle(session, code)
    assert webinar is not None
    return webinar
