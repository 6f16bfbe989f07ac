"""How long a tap takes until the card has changed: alone, in a usual crowd, and when fifty tap without a pause."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

from bench import scenery
from bench.ground import Ground
from bench.processes import cpu_seconds, local_telegram, python, started
from bench.table import Table
from bench.tapping import Tappers, opened_cards
from bench.timing import Series, milliseconds, percentile, side_by_side, timed
from tests.acceptance.process import Convoke

_ROUNDS, _PEOPLE = 3, 50
_ALONE, _CALM, _STORM = 15, 30, 100
_CALM_GAP_S = 0.04  # each of fifty taps every two seconds
_FLOOD_GAP_S, _BESIDE_GAP_S = 0.02, 0.1
_CODE = "tap"
_TOKEN = "7000002:the-bot-that-does-nothing-of-its-own"  # noqa: S105 -- opens nothing but the local Telegram
_BARE = "bare bot"


@dataclass(frozen=True, slots=True)
class _Crowd:
    """The people before one bot, and the bot's process."""

    tappers: Tappers
    pid: int


@dataclass(frozen=True, slots=True)
class _Round:
    latencies: list[float]
    seconds: float
    cpu: float


Load = Callable[[Tappers], Awaitable[list[float]]]


async def run(ground: Ground) -> AsyncIterator[Table]:
    async with AsyncExitStack() as stack:
        crowds = {_BARE: await stack.enter_async_context(_before_bare_bot())}
        for kind, url in stack.enter_context(ground.databases()).items():
            crowds[f"Convoke, {kind}"] = await stack.enter_async_context(_before_convoke(ground, kind, url))
        for crowd in crowds.values():
            await _storm(crowd.tappers)  # not counted: opens the connections and fills the caches
        yield await _table("one person, one tap after the other", crowds, _alone)
        yield await _table(f"{_PEOPLE} people, {1 / _CALM_GAP_S:.0f} taps a second in all", crowds, _calm)
        yield await _table(f"{_PEOPLE} people, each taps again at once", crowds, _storm)
        yield await _flood_table({bot: crowd for bot, crowd in crowds.items() if bot != _BARE})


async def _alone(tappers: Tappers) -> list[float]:
    return [await tappers.tap(tappers.people[0]) for _ in range(_ALONE)]


async def _calm(tappers: Tappers) -> list[float]:
    """Taps come when they come, however slow the answers are."""
    taps = []
    for person in islice(cycle(tappers.people), _CALM):
        taps.append(asyncio.create_task(tappers.tap(person)))
        await asyncio.sleep(_CALM_GAP_S)
    return await asyncio.gather(*taps)


async def _flooded(tappers: Tappers) -> list[float]:
    """The last one presses without end; the others tap ten times a second in all."""
    flood = asyncio.create_task(tappers.nag(tappers.people[-1], f"r:{_CODE}", _FLOOD_GAP_S))
    try:
        taps = []
        for person in islice(cycle(tappers.people[:-1]), _CALM):
            taps.append(asyncio.create_task(tappers.tap(person)))
            await asyncio.sleep(_BESIDE_GAP_S)
        return await asyncio.gather(*taps)
    finally:
        flood.cancel()


async def _storm(tappers: Tappers) -> list[float]:
    latencies = []

    async def tap(person: int) -> None:
        for _ in range(_STORM // _PEOPLE):
            latencies.append(await tappers.tap(person))  # noqa: PERF401 -- one after the other

    await side_by_side(tap, tappers.people, tasks=_PEOPLE)
    return latencies


async def _table(name: str, crowds: dict[str, _Crowd], load: Load) -> Table:
    rounds: dict[str, list[_Round]] = {bot: [] for bot in crowds}
    for _ in range(_ROUNDS):
        for bot, crowd in crowds.items():
            rounds[bot].append(await _round(crowd, load))
    base = _percentiles(rounds[_BARE], 50)
    return Table(
        title=f"From the tap to the changed card: {name}",
        head=("", "p50 ms", "p95 ms", "p50 x bare", "taps/s", "CPU ms a tap"),
        rows=tuple((bot, *_cells(several, base)) for bot, several in rounds.items()),
    )


async def _flood_table(crowds: dict[str, _Crowd]) -> Table:
    rounds = {bot: [await _round(crowd, _flooded) for _ in range(_ROUNDS)] for bot, crowd in crowds.items()}
    return Table(
        title=f"From the tap to the changed card while one person presses {1 / _FLOOD_GAP_S:.0f} times a second",
        head=("", "p50 ms", "p95 ms"),
        rows=tuple((bot, str(_percentiles(found, 50)), str(_percentiles(found, 95))) for bot, found in rounds.items()),
    )


async def _round(crowd: _Crowd, load: Load) -> _Round:
    latencies: list[float] = []

    async def tap() -> None:
        latencies.extend(await load(crowd.tappers))

    cpu = cpu_seconds(crowd.pid)
    seconds = await timed(tap())
    return _Round(latencies, seconds, cpu_seconds(crowd.pid) - cpu)


def _cells(rounds: list[_Round], base: Series) -> tuple[str, ...]:
    p50 = _percentiles(rounds, 50)
    rate = Series(tuple(len(round_.latencies) / round_.seconds for round_ in rounds))
    cpu = milliseconds(round_.cpu / len(round_.latencies) for round_ in rounds)
    return tuple(map(str, (p50, _percentiles(rounds, 95), p50.over(base), rate, cpu)))


def _percentiles(rounds: list[_Round], share: int) -> Series:
    return milliseconds(percentile(round_.latencies, share) for round_ in rounds)


@asynccontextmanager
async def _before_bare_bot() -> AsyncIterator[_Crowd]:
    async with local_telegram() as telegram, python("bench.bare_bot", telegram.url, _TOKEN) as process:
        assert await telegram.ready(wait=30)
        async with opened_cards(telegram, scenery.FIRST_PERSON, _PEOPLE, f"w_{_CODE}") as tappers:
            yield _Crowd(tappers, process.pid)


@asynccontextmanager
async def _before_convoke(ground: Ground, kind: str, url: str) -> AsyncIterator[_Crowd]:
    async with scenery.opened(url) as database:
        starts_at = datetime.now(UTC) + timedelta(days=1)
        await database.write(scenery.add_webinar, _CODE, starts_at=starts_at)
    async with local_telegram() as telegram:
        convoke = Convoke(folder=ground.folder / f"chat-{kind}", api_url=telegram.url, storage_url=url)
        async with started(convoke):
            assert convoke.process
            assert await telegram.ready(wait=30)
            async with opened_cards(telegram, scenery.FIRST_PERSON, _PEOPLE, f"w_{_CODE}") as tappers:
                yield _Crowd(tappers, convoke.process.pid)
