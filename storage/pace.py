"""The one row that all processes' bulk sending keeps to."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from storage.statements import insert_once
from storage.tables import Pace

_LANE = "bulk"


def _lock(session: Session, now: datetime) -> Pace:
    insert_once(session, Pace, {"lane": _LANE, "next_at": now})
    return session.exec(select(Pace).where(Pace.lane == _LANE).with_for_update()).one()


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
    pace = session.get(Pace, _LANE)
    until = None if pace is None else pace.halted_until
    return until if until is not None and until > now else None
