"""The clock: APScheduler ticks, and each tick asks the database what is due. Nothing that must last lives here."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain import alarms, handing_out, lessons, outbox, people, planning, privacy, reminding, sharing
from domain.feedback import asked
from domain.library import files, news
from domain.outcomes import Postponed, Rejected, Sent, Unreachable
from domain.usual import Usual
from jobs.delivery import Postman
from jobs.messenger import Messenger
from storage import Database, DatabaseUnavailableError, reason_of

EXPAND_EVERY, REAP_EVERY = timedelta(seconds=5), timedelta(seconds=15)
_REAP_AT_MOST = 1_000
_JUMP = timedelta(seconds=30)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """What comes when, by the machine's clock."""

    name: str
    due_at: datetime


class Clockwork:
    """The ticks of one process. All are idempotent: several processes may run them at once."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        postman: Postman,
        usual: Usual,
        *,
        settle: timedelta,
        forget_after_months: int,
        alert_after: timedelta,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._postman = postman
        self._messenger = messenger
        self._usual = usual
        self._settle = settle
        self._forget_after_months = forget_after_months
        self._alert_after = alert_after
        self._now = now
        self._ticks: dict[Callable[[], Awaitable[None]], timedelta] = {
            self._dispatch: timedelta(seconds=1),
            self._expand_notices: EXPAND_EVERY,
            self._plan: timedelta(seconds=20),
            self._look_back: timedelta(seconds=60),
            self._reap: REAP_EVERY,
            self._raise_alarm: timedelta(seconds=15),
            self._refresh_shared: timedelta(seconds=5),
            self._ask_for_lessons: timedelta(minutes=10),
            self._prune: timedelta(hours=1),
            self._look_after_library: timedelta(hours=1),
            self._part_with_absent: timedelta(hours=6),
        }
        self._looked_at_clock: tuple[datetime, float] | None = None
        # One late tick is worth as much as many, and a late one is worth more than none.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        for tick, interval in self._ticks.items():
            self._scheduler.add_job(
                self._run,
                "interval",
                args=[tick],
                seconds=interval.total_seconds(),
                next_run_time=datetime.now(UTC),
                name=_name(tick),
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def next_ticks(self) -> Sequence[Tick]:
        """Soonest first; empty while it does not run."""
        jobs = self._scheduler.get_jobs() if self._scheduler.running else []
        return sorted((Tick(job.name, job.next_run_time) for job in jobs), key=lambda tick: tick.due_at)

    def hurry(self) -> None:
        """Let the ticks come now: somebody has pushed `now` forward, and they go by the machine's clock.

        They come besides their regular runs, which may be at work and have looked already. Only leases and
        delays are not looked at: who is sending at this moment is not dead, and nothing is late, because a clock was
        pushed.
        """
        self._looked_at_clock = None
        if self._scheduler.running:
            for tick in self._ticks.keys() - {self._reap, self._raise_alarm}:
                self._scheduler.add_job(self._run, args=[tick], name=_name(tick))

    async def _run(self, tick: Callable[[], Awaitable[None]]) -> None:
        try:
            await tick()
        except DatabaseUnavailableError as error:  # the next tick tries again: nothing of it lives here
            _log.error("%s: the database cannot be used: %s", _name(tick), reason_of(error))
        except asyncio.CancelledError:
            return  # stopped in the middle, which costs nothing: the scheduler would write it down as an error

    async def _dispatch(self) -> None:
        self._look_at_clock()
        self._postman.wake()

    def _look_at_clock(self) -> None:
        """Everything goes by the clock, whatever it shows; whoever wonders finds out."""
        now, steady = self._now(), time.monotonic()
        if self._looked_at_clock:
            before, steady_before = self._looked_at_clock
            jumped = now - before - timedelta(seconds=steady - steady_before)
            if abs(jumped) > _JUMP:
                _log.warning("the clock has jumped by %+.0f s: what is due goes by it", jumped.total_seconds())
        self._looked_at_clock = now, steady

    async def _plan(self) -> None:
        leads, interval = self._usual.leads, self._postman.interval
        while await self._database.read(reminding.fall_due, leads, interval=interval, now=self._now()):
            if not await self._database.write(reminding.plan_reminders, leads, interval=interval, now=self._now()):
                return  # another process was faster
            self._postman.wake()

    async def _look_back(self) -> None:
        """What comes after a webinar."""
        handed = await self._database.write(handing_out.plan, settle=self._settle, now=self._now())
        if handed + await self._database.write(asked.plan, now=self._now()):
            self._postman.wake()

    async def _expand_notices(self) -> None:
        while await self._database.write(planning.expand_notice, now=self._now()):
            self._postman.wake()

    async def _reap(self) -> None:
        await self._database.write(outbox.reap, limit=_REAP_AT_MOST, now=self._now())

    async def _raise_alarm(self) -> None:
        if not await self._database.read(alarms.is_called_for, self._alert_after, now=self._now()):
            return
        if await self._database.write(alarms.raise_alarm, now=self._now()):
            self._postman.wake()

    async def _refresh_shared(self) -> None:
        if await self._database.read(outbox.must_wait, now=self._now()):
            return
        for shared in await self._database.write(sharing.stale, now=self._now()):
            outcome = await self._messenger.refresh(shared)
            if isinstance(outcome, Sent):
                await self._database.write(sharing.refreshed, shared.inline_message_id, shared.digest)
            elif isinstance(outcome, Rejected | Unreachable):
                await self._database.write(sharing.lost, shared.inline_message_id)
            else:
                if isinstance(outcome, Postponed):
                    await self._database.write(outbox.wait, outcome.retry_after, now=self._now())
                return

    async def _part_with_absent(self) -> None:
        await self._database.write(privacy.ask_absent, self._forget_after_months, now=self._now())
        await self._database.write(privacy.erase_absent, now=self._now())

    async def _look_after_library(self) -> None:
        if await self._database.write(news.ask_about_contacts, now=self._now()):
            self._postman.wake()
        await self._database.write(files.drop_retired, now=self._now())

    async def _ask_for_lessons(self) -> None:
        if await self._database.write(lessons.ask, now=self._now()):
            self._postman.wake()

    async def _prune(self) -> None:
        await self._database.write(people.forget_updates, now=self._now())


def _name(tick: Callable[[], object]) -> str:
    return tick.__name__.strip("_").replace("_", " ")
