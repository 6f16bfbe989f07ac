"""A broadcast with nothing to hold it back: Convoke's outbox against a loop that only sends."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bench import scenery
from bench.ground import Ground
from bench.processes import Unpaced, cpu_seconds, local_telegram, python, started
from bench.table import Table
from bench.timing import Series, figure
from sandbox.client import Telegram

_MESSAGES, _PARTS = 400, 4
_TOKEN = "7000003:the-bot-that-sends-what-it-is-told"  # noqa: S105 -- opens nothing but the local Telegram
_PATIENCE_S = 50
_LEAD = timedelta(hours=1)
_BARE = "bare loop, 8 workers"


async def run(ground: Ground) -> AsyncIterator[Table]:
    rates: dict[str, Series] = {}
    cpu: dict[str, float] = {}
    rates[_BARE], cpu[_BARE] = await _bare()
    with ground.databases() as databases:
        for kind, url in databases.items():
            name = f"Convoke, {kind}"
            rates[name], cpu[name] = await _convoke(ground, kind, url)
    yield Table(
        title=f"{_MESSAGES} reminders without pacing, to a Telegram on this machine",
        head=("", "messages/s", "x bare loop", "CPU ms each"),
        rows=tuple(
            (name, str(rate), str(rate.over(rates[_BARE])), figure(1_000 * cpu[name])) for name, rate in rates.items()
        ),
    )


async def _bare() -> tuple[Series, float]:
    async with _audience() as telegram:
        arguments = telegram.url, _TOKEN, str(scenery.FIRST_PERSON), str(_MESSAGES)
        async with python("bench.bare_sender", *arguments) as process:
            return await _watch(telegram, process.pid)


async def _convoke(ground: Ground, kind: str, url: str) -> tuple[Series, float]:
    async with scenery.opened(url) as database:
        await database.write(_add_reminders, datetime.now(UTC))
    async with _audience() as telegram:
        convoke = Unpaced(
            folder=ground.folder / f"sending-{kind}",
            api_url=telegram.url,
            storage_url=url,
            token=_TOKEN,
            roles=("jobs",),
            leads=(_LEAD,),
        )
        async with started(convoke):
            assert convoke.process
            return await _watch(telegram, convoke.process.pid)


@asynccontextmanager
async def _audience() -> AsyncIterator[Telegram]:
    """A local Telegram where everybody has spoken to the bot before."""
    async with local_telegram() as telegram:
        await telegram.bot(_TOKEN)
        await telegram.people(scenery.FIRST_PERSON, _MESSAGES, started=True)
        yield telegram


def _add_reminders(session: Session, now: datetime) -> None:
    """A webinar that begins when the lead has passed, and was full the day before."""
    scenery.add_people(session, _MESSAGES, now)
    webinar = scenery.add_webinar(session, "send", starts_at=now + _LEAD)
    scenery.register_all(session, [webinar.id], now - timedelta(days=1), people=_MESSAGES)


async def _watch(telegram: Telegram, pid: int) -> tuple[Series, float]:
    """Messages a second in each part of the broadcast, and CPU seconds each. The start of the program is left out."""
    first = await telegram.wait_for("sendMessage", since=0, wait=_PATIENCE_S)
    before = cpu_seconds(pid)
    sent = await telegram.wait_for("sendMessage", since=0, count=_MESSAGES, wait=_PATIENCE_S)
    cpu = (cpu_seconds(pid) - before) / (len(sent) - len(first))
    assert {call.chat_id for call in sent if call.ok} == set(
        range(scenery.FIRST_PERSON, scenery.FIRST_PERSON + _MESSAGES)
    )
    return _rates([call.at for call in sent]), cpu


def _rates(moments: Sequence[float]) -> Series:
    size = len(moments) // _PARTS
    parts = (moments[start : start + size] for start in range(0, len(moments), size))
    return Series(tuple((size - 1) / (part[-1] - part[0]) for part in parts))
