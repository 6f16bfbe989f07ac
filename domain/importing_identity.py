"""Which row of a table is which webinar, where the table has no uid."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from domain import wall_time
from domain.importing_merge import WHEN
from domain.importing_values import Event, Remark, Trouble, remark
from storage import Imported, Session, imports

_PREFIX_LENGTH = 24
_AT_ONCE = 500

Identified = tuple[tuple[Event, ...], tuple[Remark, ...]]


def identify(session: Session, events: Iterable[Event], partnership_id: str, *, now: datetime) -> Identified:
    """Give every event a uid, and name those that are twice in the file.

    Without one a row is known by its title, then by its start, then by its day. A single row that is left over of a
    title, where a single coming webinar of that title is left over too, is that webinar moved.
    """
    by_title: dict[str, list[Event]] = defaultdict(list)
    found: list[Event] = []
    for event in events:
        if event.uid is None:
            by_title[_prefix(partnership_id, event.title)].append(event)
        else:
            found.append(event)
    known = _known(session, partnership_id, by_title)
    remarks: list[Remark] = []
    for prefix, rows in by_title.items():
        different = _once(rows, remarks)
        found += _match(prefix, different, known.get(prefix, []), now)
    return tuple(sorted(found, key=lambda event: (event.line, event.local_start))), tuple(remarks)


def _prefix(partnership_id: str, title: str) -> str:
    plain = " ".join(title.casefold().split())
    return "row-" + hashlib.sha256(f"{partnership_id}/{plain}".encode()).hexdigest()[: _PREFIX_LENGTH - 4]


def _known(session: Session, partnership_id: str, prefixes: Iterable[str]) -> dict[str, list[Imported]]:
    wanted, known = list(prefixes), defaultdict(list)
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        for row in imports.beginning_with(session, partnership_id, some, _PREFIX_LENGTH):
            known[row.uid[:_PREFIX_LENGTH]].append(row)
    return known


def _once(rows: Iterable[Event], remarks: list[Remark]) -> list[Event]:
    by_start: dict[datetime, Event] = {}
    for row in rows:
        if row.starts_at in by_start:
            remarks.append(remark(row.line, row.title, Trouble.DUPLICATE, row.title))
        else:
            by_start[row.starts_at] = row
    return list(by_start.values())


def _match(prefix: str, rows: list[Event], known: list[Imported], now: datetime) -> Iterator[Event]:
    left, free = list(rows), {row.uid: _start_of(row) for row in known}
    for agree in (_at_the_same_time, _on_the_same_day):
        for row in list(left):
            uid = next((uid for uid, start in free.items() if agree(row, start)), None)
            if uid is not None:
                left.remove(row)
                free.pop(uid)
                yield replace(row, uid=uid)
    coming = [uid for uid, (local, zone) in free.items() if wall_time.derived(local, zone) > now]
    if len(left) == len(coming) == 1:
        yield replace(left[0], uid=coming[0])
        return
    taken = {row.uid for row in known}
    for row in left:
        uid = _new(prefix, row, taken)
        taken.add(uid)
        yield replace(row, uid=uid)


def _start_of(row: Imported) -> tuple[datetime, str]:
    local, zone = row.fields[WHEN]
    return datetime.fromisoformat(local), zone


def _at_the_same_time(event: Event, start: tuple[datetime, str]) -> bool:
    return (event.local_start, event.timezone) == start


def _on_the_same_day(event: Event, start: tuple[datetime, str]) -> bool:
    return event.local_start.date() == start[0].date()


def _new(prefix: str, event: Event, taken: set[str]) -> str:
    uid = f"{prefix}-{event.local_start:%Y%m%dT%H%M}"
    number = 2
    while uid in taken:
        uid = f"{prefix}-{event.local_start:%Y%m%dT%H%M}-{number}"
        number += 1
    return uid
