"""A broadcast at its pace, and somebody who comes to talk in the middle of it."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bench import scenery
from bench.ground import Ground
from bench.processes import local_telegram, started
from bench.table import Table
from bench.timing import figure, percentile
from sandbox.client import Called, Telegram
from storage import Session
from tests.acceptance.process import Convoke

_MESSAGES, _PER_SECOND, _ALLOWED = 3_100, 25, 30
_VISITORS_PER_SECOND = 4
_VISITORS = 300_000
_TOKEN = "7000004:the-bot-that-tells-everybody-it-knows"  # noqa: S105 -- opens nothing but the local Telegram
_LEAD = timedelta(hours=1)
_PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class _Course:
    """When each message of the broadcast was taken, how long each visitor waited, and how often it was too much."""

    sent_at: tuple[float, ...]
    waits: tuple[float, ...]
    refused: int


async def run(ground: Ground) -> AsyncIterator[Table]:
    rows = []
    with ground.databases() as databases:
        for kind, url in databases.items():
            rows.append(_row(kind, await _broadcast(ground, kind, url)))
    yield Table(
        title=f"{_MESSAGES:,} reminders at {_PER_SECOND}/s to a Telegram that allows {_ALLOWED}/s, "
        f"{_VISITORS_PER_SECOND} visitors a second meanwhile",
        head=("", "x its own pace", "p99 ms off the beat", "visitors' p50 ms", "p95 ms", "refused (429)"),
        rows=tuple(rows),
    )


def _row(kind: str, course: _Course) -> tuple[str, ...]:
    taken = course.sent_at[-1] - course.sent_at[0]
    pace = (_MESSAGES - 1) / _PER_SECOND
    off = [abs(after - before - 1 / _PER_SECOND) for before, after in pairwise(course.sent_at)]
    waits = [1_000 * wait for wait in course.waits]
    return (
        kind,
        f"{taken / pace:.4f}",
        figure(1_000 * percentile(off, 99)),
        figure(percentile(waits, 50)),
        figure(percentile(waits, 95)),
        str(course.refused),
    )


async def _broadcast(ground: Ground, kind: str, url: str) -> _Course:
    async with scenery.opened(url) as database:
        await database.write(_add_reminders, datetime.now(UTC))
    async with _audience() as telegram:
        convoke = Convoke(
            folder=ground.folder / f"broadcast-{kind}",
            api_url=telegram.url,
            storage_url=url,
            token=_TOKEN,
            leads=(_LEAD,),
        )
        async with started(convoke):
            return await _watch(telegram)


def _add_reminders(session: Session, now: datetime) -> None:
    """A webinar that begins when the lead has passed, and was full the day before."""
    scenery.add_people(session, _MESSAGES, now)
    webinar = scenery.add_webinar(session, "send", starts_at=now + _LEAD + timedelta(seconds=_MESSAGES / _PER_SECOND))
    scenery.register_all(session, [webinar.id], now - timedelta(days=1), people=_MESSAGES)


@asynccontextmanager
async def _audience() -> AsyncIterator[Telegram]:
    async with local_telegram() as telegram:
        await telegram.bot(_TOKEN)
        await telegram.people(scenery.FIRST_PERSON, _MESSAGES, started=True)
        await telegram.rate(per_second=_ALLOWED, per_chat_second=1)
        yield telegram


async def _watch(telegram: Telegram) -> _Course:
    ended = asyncio.Event()
    visits = asyncio.create_task(_visit(telegram, ended))
    sent: list[Called] = []
    while len(sent) < _MESSAGES:
        since = sent[-1].seq if sent else 0
        part = await telegram.calls("sendMessage", since=since, wait=_PATIENCE_S)
        sent += [call for call in part if (call.chat_id or 0) < _VISITORS and call.ok]
        if not part:
            raise TimeoutError(f"only {len(sent)} of {_MESSAGES} messages came")
        since = part[-1].seq
    ended.set()
    waits = await visits
    return _Course(tuple(call.at for call in sent), tuple(waits), len(await telegram.refusals()))


async def _visit(telegram: Telegram, ended: asyncio.Event) -> Sequence[float]:
    """Somebody new every quarter of a second; how long each waits for the first answer."""
    await telegram.wait_for("sendMessage", since=0, wait=_PATIENCE_S)
    waits: list[float] = []
    number = _VISITORS
    while not ended.is_set():
        began = time.time()
        await telegram.people(number)
        pressed_at = time.time()
        await telegram.start(number)
        (answer, *_) = await telegram.wait_for("sendMessage", chat=number, since=0)
        waits.append(answer.at - pressed_at)
        number += 1
        await asyncio.sleep(max(0.0, began + 1 / _VISITORS_PER_SECOND - time.time()))
    return waits
