"""What the demo shows beside the chat: the outbox, what is to be told, and the ticks."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from convoke.service import utc_now
from domain import backlog
from domain.backlog import Backlog
from jobs.clockwork import Clockwork, Tick
from sandbox.panel import Table
from storage import Database, DeliveryState


class Outlook:
    """Looks at the database and at the clockwork."""

    def __init__(self, database: Database, leads: Sequence[timedelta]) -> None:
        self._database = database
        self._leads = leads
        self._clockwork: Clockwork | None = None

    def watch(self, clockwork: Clockwork) -> None:
        self._clockwork = clockwork

    def hurry(self) -> None:
        """The demo's clock was pushed: nobody is to wait for the next tick."""
        if self._clockwork:
            self._clockwork.hurry()

    async def tables(self, now: datetime) -> Sequence[Table]:
        found = await self._database.read(backlog.look, self._leads, now=now)
        ticks = self._clockwork.next_ticks() if self._clockwork else ()
        return (*_outbox(found), _ticks(ticks, now - utc_now()))


def _outbox(found: Backlog) -> Iterator[Table]:
    yield Table(
        "Outbox: next messages",
        ("Due", "What", "To", "Webinar"),
        tuple((row.due_at, _kind(row.kind, row.state), row.person, row.webinar or "") for row in found.waiting),
        "Nothing waits to be sent.",
    )
    yield Table(
        "Not in the outbox yet: reminders",
        ("Due", "People", "Webinar"),
        tuple((row.due_at, row.people, row.webinar) for row in found.coming),
        "No reminder is to come.",
    )
    yield Table(
        "Not in the outbox yet: news and changes",
        ("Told", "What", "Webinar"),
        tuple((row.notify_at, row.kind, row.webinar) for row in found.notices),
        "Nothing new is to be told.",
    )
    yield Table(
        "Outbox: all there ever was",
        ("What", "State", "Messages"),
        tuple((_words(kind), state, number) for (kind, state), number in sorted(found.counts.items())),
        "The outbox is empty.",
    )


def _kind(kind: str, state: DeliveryState) -> str:
    return _words(kind) if state is DeliveryState.PENDING else f"{_words(kind)}, {state}"


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def _ticks(ticks: Sequence[Tick], ahead: timedelta) -> Table:
    """The ticks go by the machine's clock; shown is when the demo's clock will say that."""
    return Table(
        "Next ticks",
        ("Due", "Tick"),
        tuple((tick.due_at + ahead, tick.name) for tick in ticks),
        "The clock does not tick yet.",
    )
