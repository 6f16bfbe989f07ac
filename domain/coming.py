"""The coming webinars as they were last read: a page of thousands costs what has changed since, not all of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from threading import Lock

from domain.reading import words
from domain.withholding import withhold
from storage import Partnership, Session, Topic, calendar, consortium, outlines
from storage.calendar import Stamp
from storage.outlines import Outline

Names = Callable[[str], Iterable[str]]
"""All that the people whom we speak with call a topic: somebody who reads French looks for `chine`."""

_AT_ONCE = 500


class Coming:
    """One for a process, which several threads may ask: it holds nothing that the database does not."""

    def __init__(self, *, at_once: int = _AT_ONCE) -> None:
        self._at_once = at_once
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._read_at = datetime.min.replace(tzinfo=UTC)
        self._outlines: dict[int, Outline] = {}
        self._words: dict[int, tuple[int, str]] = {}
        """All words of each webinar, and after which of its changes."""

    def outlines(self, session: Session, *, now: datetime) -> list[Outline]:
        """Soonest first."""
        with self._lock:
            self._follow(session, now)
            return [each for each in self._outlines.values() if each.ends_at > now]

    def learn(self, session: Session, *, now: datetime) -> bool:
        """Read the words of some that are not known. Whether there are more: nobody else should wait for all."""
        with self._lock:
            self._follow(session, now)
            return self._learn(session, self._outlines.values(), self._at_once)

    def having(self, session: Session, there: Sequence[Outline], wanted: Sequence[str], names: Names) -> list[Outline]:
        """Those of these that have all the words somewhere. Without a word there are none."""
        if not wanted:
            return []
        with self._lock:
            self._learn(session, there, len(there))
            known = self._words
        for want in wanted:
            hosts, topics = _called(session, want, names)
            there = [
                each
                for each in there
                if words.has(known[each.id][1], want) or each.partnership_ids & hosts or each.topic_ids & topics
            ]
        return list(there)

    def _follow(self, session: Session, now: datetime) -> None:
        """The stamp is read first: what changes while the rest is read makes a difference again next time."""
        stamp = calendar.stamp(session)
        if stamp == self._stamp and now >= self._read_at:
            return
        versions = outlines.versions(session, now)
        new = [id_ for id_, sequence in versions.items() if not self._is_known(id_, sequence)]
        few = len(new) <= self._at_once
        read = {each.id: each for each in outlines.coming(session, now, new if few else None)} if new else {}
        both = self._outlines | read
        self._outlines = {id_: both[id_] for id_ in versions if id_ in both}
        self._words = {id_: known for id_, known in self._words.items() if id_ in versions}
        self._stamp, self._read_at = stamp, now

    def _is_known(self, id_: int, sequence: int) -> bool:
        return id_ in self._outlines and self._outlines[id_].sequence == sequence

    def _learn(self, session: Session, there: Iterable[Outline], most: int) -> bool:
        unknown = (each for each in there if self._words.get(each.id, (-1, ""))[0] != each.sequence)
        some = {each.id: each.sequence for each in islice(unknown, most)}
        for read in outlines.words(session, some) if some else ():
            shown = (withhold(text, read.join_url) for text in read.texts)  # a word at a time, finding would tell it
            self._words[read.id] = (some[read.id], words.gathered(shown))
        return next(unknown, None) is not None


def _called(session: Session, want: str, names: Names) -> tuple[set[str], set[str]]:
    """The partnerships and topics, former ones too, that have such a word in their names."""
    hosts, topics = consortium.rows(session, Partnership).values(), consortium.rows(session, Topic).values()
    return (
        {host.id for host in hosts if words.match((want,), (host.short_name, host.name))},
        {topic.id for topic in topics if words.match((want,), (topic.name, *names(topic.name)))},
    )
