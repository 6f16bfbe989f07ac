"""The one row that all processes' bulk sending keeps to."""

from datetime import datetime, timedelta

import sqlalchemy
from sqlmodel import Session, col, select

from storage.statements import insert_once
from storage.tables import Pace

_LANE = "bulk"
_CLOCKS_DIFFER = timedelta(seconds=5)
"""By so much the clocks of two machines may disagree. What was written later than that before now, was written by a
clock that has been set back since."""

_LOOK = sqlalchemy.select(col(Pace.halted_until), col(Pace.written_at)).where(col(Pace.lane) == _LANE)


def _lock(session: Session, now: datetime) -> Pace:
    query = select(Pace).where(Pace.lane == _LANE).with_for_update()
    pace = session.exec(query).first()
    if pace is None:
        insert_once(session, Pace, {"lane": _LANE, "next_at": now})
        pace = session.exec(query).one()
    back = _set_back(pace.written_at, now)
    pace.next_at -= back
    pace.halted_until = pace.halted_until and pace.halted_until - back
    pace.written_at = now
    return pace


def _set_back(written_at: datetime | None, now: datetime) -> timedelta:
    """How far the clock has gone back since the row was written: all that is in it lies as far ahead as it did then."""
    return written_at - now if written_at is not None and written_at - now > _CLOCKS_DIFFER else timedelta()


def reserve(session: Session, slots: int, interval: timedelta, now: datetime) -> datetime:
    """Take the next `slots` moments, `interval` apart; returns the first. Unused time is not saved up: no bursts."""
    pace = _lock(session, now)
    first = max(pace.next_at, now)
    pace.next_at = first + slots * interval
    session.add(pace)
    session.flush()
    return first


def halt(session: Session, until: datetime, now: datetime) -> None:
    """Let nobody take a moment before `until`."""
    pace = _lock(session, now)
    pace.next_at = max(pace.next_at, until)
    pace.halted_until = max(pace.halted_until or until, until)
    session.add(pace)
    session.flush()


def is_halted(session: Session, now: datetime) -> bool:
    return halted_until(session, now) is not None


def halted_until(session: Session, now: datetime) -> datetime | None:
    """Until when nobody may send; nothing if that is over."""
    found = session.connection().execute(_LOOK).first()
    if found is None or found.halted_until is None:
        return None
    until: datetime = found.halted_until - _set_back(found.written_at, now)
    return until if until > now else None
