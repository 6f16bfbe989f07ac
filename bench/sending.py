"""A broadcast with nothing to hold it back: Convoke's outbox against a loop that only sends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from bench import scenery
from bench.ground import Ground
from bench.processes import Unpaced, cpu_seconds, local_telegram, python, started
from bench.table import Table
from bench.timing import Series, milliseconds
from sandbox.client import Telegram

_ROUNDS, _MESSAGES, _FIRST = 3, 1_000, 200
_TOKEN = "7000003:the-bot-that-sends-what-it-is-told"  # noqa: S105 -- opens nothing but the local Telegram
_PATIENCE_S = 50
_LEAD = timedelta(hours=1)
_BARE = "bare loop, 8 workers"
_ANSWERS_AFTER_S = (0.0, 0.05)
"""The call itself costs most where Telegram is next door; over the internet most of the time is waiting."""


@dataclass(frozen=True, slots=True)
class _Course:
    """Messages a second, and CPU seconds of the sending process for each."""

    rate: float
    cpu: float


async def run(ground: Ground) -> AsyncIterator[Table]:
    for seconds in _ANSWERS_AFTER_S:
        courses: dict[str, list[_Course]] = {}
        for number in range(_ROUNDS):
            courses.setdefault(_BARE, []).append(await _bare(seconds))
            with ground.databases() as databases:
                for kind, url in databases.items():
                    folder = ground.folder / f"sending-{kind}-{number}-{seconds}"
                    courses.setdefault(f"Convoke, {kind}", []).append(await _convoke(folder, url, seconds))
        yield _table(courses, seconds)


def _table(courses: dict[str, list[_Course]], seconds: float) -> Table:
    rates = {name: Series(tuple(course.rate for course in found)) for name, found in courses.items()}
    cpu = {name: milliseconds(course.cpu for course in found) for name, found in courses.items()}
    away = f"that answers after {1_000 * seconds:.0f} ms" if seconds else "on this machine"
    return Table(
        title=f"{_MESSAGES:,} reminders without pacing, to a Telegram {away}",
        head=("", "messages/s", "x bare loop", "CPU ms each"),
        rows=tuple((name, str(rate), str(rate.over(rates[_BARE])), str(cpu[name])) for name, rate in rates.items()),
    )


async def _bare(answers_after: float) -> _Course:
    async with _audience(answers_after) as telegram:
        arguments = telegram.url, _TOKEN, str(scenery.FIRST_PERSON), str(_MESSAGES)
        async with python("bench.bare_sender", *arguments) as process:
            return await _watch(telegram, process.pid)


async def _convoke(folder: Path, url: str, answers_after: float) -> _Course:
    async with scenery.opened(url) as database:
        await database.write(_add_reminders, datetime.now(UTC))
    async with _audience(answers_after) as telegram:
        convoke = Unpaced(
            folder=folder,
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
async def _audience(answers_after: float) -> AsyncIterator[Telegram]:
    """A local Telegram where everybody has spoken to the bot before."""
    async with local_telegram() as telegram:
        await telegram.bot(_TOKEN)
        await telegram.people(scenery.FIRST_PERSON, _MESSAGES, started=True)
        if answers_after:
            await telegram.fault(method="sendMessage", delay=answers_after)
        yield telegram


def _add_reminders(session: Session, now: datetime) -> None:
    """A webinar that begins when the lead has passed, and was full the day before."""
    scenery.add_people(session, _MESSAGES, now)
    webinar = scenery.add_webinar(session, "send", starts_at=now + _LEAD)
    scenery.register_all(session, [webinar.id], now - timedelta(days=1), people=_MESSAGES)


async def _watch(telegram: Telegram, pid: int) -> _Course:
    """The start of the program and the first messages are left out: then everything is done for the first time."""
    await telegram.wait_for("sendMessage", since=0, count=_FIRST, wait=_PATIENCE_S)
    before, began = cpu_seconds(pid), len(await telegram.calls("sendMessage", since=0))
    sent = await telegram.wait_for("sendMessage", since=0, count=_MESSAGES, wait=_PATIENCE_S)
    cpu = (cpu_seconds(pid) - before) / (len(sent) - began)
    assert {call.chat_id for call in sent if call.ok} == set(
        range(scenery.FIRST_PERSON, scenery.FIRST_PERSON + _MESSAGES)
    )
    return _Course((len(sent) - _FIRST) / (sent[-1].at - sent[_FIRST - 1].at), cpu)
