"""Webinars published, announced and changed, the clock ticked and the post carried by hand."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from domain import changes, outbox, planning, publishing
from domain.content import Announcement, Edited
from domain.drafts import Fields
from domain.outbox import Outgoing
from domain.outcomes import Outcome, Sent
from storage import Database, Delivery, DeliveryKind, DeliveryState, Session, follows
from tests.factories import NOW, SETTLE, START, add_consortium, add_people, add_role, rows
from tests.outbox import USUAL, WORKER

ADMIN, ANA, BEN, CEM, DEA, EVA = 1, 2, 3, 4, 5, 6
BRUSSELS = "Europe/Brussels"

Answer = Callable[[Outgoing], Outcome]

_message_ids = count(1_000)


def prepare(session: Session) -> None:
    """An administrator, who posts, and five others."""
    add_consortium(session)
    add_people(session, EVA)
    add_role(session, ADMIN)


def publish(
    session: Session,
    title: str,
    *,
    hosts: Sequence[str] = ("alpha",),
    topics: Sequence[str] = (),
    capacity: int | None = None,
    starts_at: datetime = START,
    now: datetime = NOW,
) -> str:
    """Returns the code."""
    fields = Fields(
        title=title,
        hosts=tuple(hosts),
        topics=tuple(topics),
        capacity=capacity,
        local_start=starts_at.astimezone(ZoneInfo(BRUSSELS)).replace(tzinfo=None),
        timezone=BRUSSELS,
        join_url="https://meet.example.org/secret",
    )
    return publishing.create(session, ADMIN, fields, now=now).code


def unfollow_all(session: Session, person_id: int) -> None:
    followed = follows.of_person(session, person_id)
    for partnership in followed.partnerships:
        follows.remove(session, person_id, partnership_id=partnership)
    for topic in followed.topics:
        follows.remove(session, person_id, topic_id=topic)


async def move(database: Database, code: str, starts_at: datetime, *, now: datetime) -> None:
    await database.write(changes.move_to, code, ADMIN, starts_at, settle=SETTLE, now=now)


async def cancel(database: Database, code: str, *, now: datetime) -> None:
    await database.write(changes.cancel, code, ADMIN, settle=SETTLE, now=now)


async def restore(database: Database, code: str, *, now: datetime) -> None:
    await database.write(changes.restore, code, ADMIN, settle=SETTLE, now=now)


async def expand(database: Database, now: datetime) -> None:
    while await database.write(planning.expand_notice, now=now):
        continue


def arrives(_: Outgoing) -> Outcome:
    return Sent(next(_message_ids))


async def carry(
    database: Database, now: datetime, answer: Answer = arrives, *, worker: str = WORKER
) -> list[tuple[Outgoing, Outcome]]:
    """Take everything that is due, a message at a time, and write down how each ended."""
    carried = []
    for delivery_id in await database.write(outbox.claim, worker, limit=1_000, now=now):
        outgoing = await database.write(outbox.begin, delivery_id, worker, USUAL, now=now)
        if outgoing is not None:
            outcome = answer(outgoing)
            await database.write(outbox.settle, outgoing.delivery_id, worker, outcome, now=now)
            carried.append((outgoing, outcome))
    return carried


async def news(database: Database, now: datetime, answer: Answer = arrives) -> list[tuple[int, tuple[str, ...]]]:
    """To whom new webinars are announced now, and the titles in each message."""
    await expand(database, now)
    return sorted(
        (outgoing.chat_id, tuple(card.title for card in outgoing.content.cards))
        for outgoing, _ in await carry(database, now, answer)
        if isinstance(outgoing.content, Announcement)
    )


async def told(database: Database, now: datetime, answer: Answer = arrives) -> list[tuple[str, int]]:
    """What leaves now, of which kind, and to whom."""
    await expand(database, now)
    carried = await carry(database, now, answer)
    return sorted((type(outgoing.content).__name__, outgoing.chat_id) for outgoing, _ in carried)


async def edited(database: Database, now: datetime) -> list[Outgoing]:
    """The announcements that are put right now."""
    await expand(database, now)
    return [outgoing for outgoing, _ in await carry(database, now) if isinstance(outgoing.content, Edited)]


async def announcements(database: Database) -> list[Delivery]:
    return [row for row in await database.read(rows, Delivery) if row.kind is DeliveryKind.ANNOUNCEMENT]


async def states(database: Database) -> list[DeliveryState]:
    return [row.state for row in await announcements(database)]
