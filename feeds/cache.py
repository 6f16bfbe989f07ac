"""Calendars held as bytes, read and rendered again only when something they show has changed."""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from time import monotonic

from domain import calendar
from domain.calendar import FeedNotFoundError, FeedReplacedError, State, UnknownChoiceError
from domain.entries import Known
from domain.selections import Custom, Secret, Selection
from feeds.answers import Answers
from feeds.feed import Feed
from feeds.reading import read
from feeds.render import Renderer
from storage import Database, Written

_OTHERS_WRITE = timedelta(seconds=1)
"""Within this time we see what other processes write if nobody tells us of it."""

_ASK_EVERY_S = 0.1
_DAY = timedelta(days=1)
_CALENDARS_KEPT = 2_000
_CUSTOM_KEPT = 100
"""Of a kind: people make more of these than there are people, and each may be as large as all webinars."""


class Slot:
    """One calendar: what was last made of it, and when and after how many writes that was last found true."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.is_secret = isinstance(selection, Secret)
        self.answers: Answers | None = None
        self.state: State | None = None
        self.running: asyncio.Task[Answers] | None = None
        self._times = -1
        self._found_at = self._day_begins = self._day_ends = datetime.min.replace(tzinfo=UTC)

    def found_true(self, at: datetime, written: Written) -> None:
        self._times = written.times
        self._found_at = at
        self._day_begins = datetime.combine(at.astimezone(UTC), time(), UTC)
        self._day_ends = self._day_begins + _DAY

    def is_good(self, arrived: datetime, written: Written) -> bool:
        """Whether the last look is good enough for a reader who came then, after so many writes.

        The window moves at midnight, and what others write we may not be told.
        """
        return (
            self._times >= written.times
            and self._day_begins <= arrived < self._day_ends
            and (written.by_all or -_OTHERS_WRITE <= arrived - self._found_at < _OTHERS_WRITE)
        )


class FeedCache:
    """Serves what it has for as long as it is true.

    It looks at the database again when something was written and when the day changes, and when the last look is a
    second old if we are not told of what other processes write. What it finds unchanged it does not render again.
    """

    def __init__(
        self, database: Database, renderer: Renderer, now: Callable[[], datetime], *, kept: int = _CALENDARS_KEPT
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._now = now
        self._kept = kept
        self._known: Known = {}
        self._commits, self._written, self._asked_until = -1, database.written, float("-inf")
        self._slots: dict[type[Selection], OrderedDict[Selection, Slot]] = defaultdict(OrderedDict)
        self.renders = 0
        """How many times a calendar was rendered, out of all the times one was asked for."""

    async def get(self, selection: Selection) -> Feed:
        return (await self.answers(selection)).feed

    def at_once(self, slot: Slot) -> Answers | None:
        """The calendar as it is now, if that is known without a look at the database.

        This is done for every request: what others write is asked for only a few times a second.
        """
        if self._database.commits != self._commits or monotonic() >= self._asked_until:
            self._commits, self._written = self._database.commits, self._database.written
            self._asked_until = monotonic() + _ASK_EVERY_S
        return slot.answers if slot.is_good(self._now(), self._written) else None

    async def answers(self, selection: Selection) -> Answers:
        """The calendar as it is now.

        Raises FeedNotFoundError, FeedReplacedError, UnknownChoiceError, or what the database raises.
        """
        arrived, written = self._now(), self._database.written
        slot = self.slot(selection)
        if slot.answers is not None and slot.is_good(arrived, written):
            return slot.answers
        answers = await self._look(slot)
        if slot.is_good(arrived, written):
            return answers
        return await self._look(slot)  # we had joined a look that began before the write we must see

    def slot(self, selection: Selection) -> Slot:
        """Where the calendar is kept. Of each kind of calendar those last used are."""
        slots = self._slots[type(selection)]
        slot = slots.setdefault(selection, Slot(selection))
        slots.move_to_end(selection)
        if len(slots) > (_CUSTOM_KEPT if isinstance(selection, Custom) else self._kept):
            _, dropped = slots.popitem(last=False)
            dropped.answers = None  # addresses may still lead to it
        return slot

    async def _look(self, slot: Slot) -> Answers:
        """All who come while one look is under way wait for that one; none of them can break it off."""
        if slot.running is None:
            slot.running = asyncio.create_task(self._refresh(slot))
        return await asyncio.shield(slot.running)

    async def _refresh(self, slot: Slot) -> Answers:
        began, written = self._now(), self._database.written
        try:
            answers = await self._made(slot, began)
        except (FeedNotFoundError, FeedReplacedError, UnknownChoiceError):
            slot.answers = None
            raise
        finally:
            slot.running = None
            if slot.answers is None and self._keeps(slot):
                del self._slots[type(slot.selection)][slot.selection]
        slot.found_true(began, written)
        return answers

    async def _made(self, slot: Slot, began: datetime) -> Answers:
        """What is answered from now on: as before if nothing has changed."""
        before, state = slot.answers, slot.state
        snapshot = await read(
            self._database, calendar.refresh, slot.selection, state if before else None, self._known, now=began
        )
        if snapshot is None:
            assert before
            return before
        feed = await asyncio.to_thread(self._renderer.feed, slot.selection, snapshot, before.feed if before else None)
        self.renders += 1
        answers = Answers(slot.selection, feed, snapshot.state.seen_until, at=began)
        if self._keeps(slot):
            slot.answers, slot.state = answers, snapshot.state
        return answers

    def _keeps(self, slot: Slot) -> bool:
        """Whether it was not dropped meanwhile."""
        return self._slots[type(slot.selection)].get(slot.selection) is slot
