"""Calendars held as bytes, read and rendered again only when something they show has changed."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from domain import calendar
from domain.calendar import FeedNotFoundError, FeedReplacedError, Known, Personal, Selection, Single, State
from feeds.reading import read
from feeds.render import Feed, Renderer
from storage import Database

_OTHERS_WRITE = timedelta(seconds=1)
_CALENDARS_KEPT = 2_000


class _Slot:
    """One calendar: what was last rendered, and when the look began that last found it true."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.feed: Feed | None = None
        self.state: State | None = None
        self.commits = -1
        self.began = datetime.min.replace(tzinfo=UTC)
        self.running: asyncio.Task[Feed] | None = None

    def answers(self, arrived: datetime, commits: int) -> bool:
        """Whether the last look is good enough for a reader who came then, after so many writes of ours."""
        return (
            self.state is not None
            and self.state.day == arrived.astimezone(UTC).date()
            and self.commits >= commits
            and abs(arrived - self.began) < _OTHERS_WRITE
        )


class FeedCache:
    """Serves what it has for as long as it is true.

    It looks at the database again when this process has written, when the last look is a second old (other
    processes write too) and when the day changes. What it finds unchanged it does not render again.
    """

    def __init__(
        self, database: Database, renderer: Renderer, now: Callable[[], datetime], *, kept: int = _CALENDARS_KEPT
    ) -> None:
        self._database = database
        self._renderer = renderer
        self._now = now
        self._kept = kept
        self._known: Known = {}
        self._slots: dict[Selection, _Slot] = {}
        self._many: OrderedDict[Selection, _Slot] = OrderedDict()
        self.renders = 0
        """How many times a calendar was rendered, out of all the times one was asked for."""

    async def get(self, selection: Selection) -> Feed:
        """The calendar as it is now. Raises FeedNotFoundError, FeedReplacedError, or what the database raises."""
        arrived, commits = self._now(), self._database.commits
        slot = self._slot(selection)
        if slot.feed is not None and slot.answers(arrived, commits):
            return slot.feed
        feed = await self._look(slot)
        if slot.answers(arrived, commits):
            return feed
        return await self._look(slot)  # we had joined a look that began before the write we must see

    def _slot(self, selection: Selection) -> _Slot:
        """Partnerships and topics are few; of persons' and single webinars' calendars the last used are kept."""
        if not isinstance(selection, Personal | Single):
            return self._slots.setdefault(selection, _Slot(selection))
        slot = self._many.setdefault(selection, _Slot(selection))
        self._many.move_to_end(selection)
        if len(self._many) > self._kept:
            self._many.popitem(last=False)
        return slot

    async def _look(self, slot: _Slot) -> Feed:
        """All who come while one look is under way wait for that one; none of them can break it off."""
        if slot.running is None:
            slot.running = asyncio.create_task(self._refresh(slot))
        return await asyncio.shield(slot.running)

    async def _refresh(self, slot: _Slot) -> Feed:
        began, commits = self._now(), self._database.commits
        try:
            snapshot = await read(self._database, calendar.refresh, slot.selection, slot.state, self._known, now=began)
            if snapshot is not None:
                slot.feed = await asyncio.to_thread(self._renderer.feed, slot.selection, snapshot, slot.feed)
                slot.state = snapshot.state
                self.renders += 1
        except (FeedNotFoundError, FeedReplacedError):
            slot.feed = None
            raise
        finally:
            slot.running = None
            if slot.feed is None:
                self._forget(slot)
        slot.began, slot.commits = began, commits
        assert slot.feed is not None
        return slot.feed

    def _forget(self, slot: _Slot) -> None:
        self._slots.pop(slot.selection, None)
        self._many.pop(slot.selection, None)
