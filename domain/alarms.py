"""Telling administrators that messages are late, or fail again and again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, operation
from domain.operation import Figures
from domain.planning import Priority
from storage import Delivery, DeliveryKind, Person, Session, deliveries, pace, people, troubles
from storage.deliveries import Plan

KINDS = frozenset({DeliveryKind.ALERT})

_OFTEN = 3
_LATELY = timedelta(minutes=5)  # to be told once of what was given up: it stays as it is
_AT_MOST_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Alert:
    """How the outbox does at the moment. `tried_often` messages have failed three times, and wait or were given up."""

    figures: Figures
    lag: timedelta
    tried_often: int


def is_called_for(session: Session, alert_after: timedelta, *, now: datetime) -> bool:
    """Whether there is reason for an alarm. Of very many messages it takes a while to say, and keeps nobody waiting.

    While Telegram asks everybody to wait, messages are late and nobody can do anything about it.
    """
    return _is_late(session, alert_after, now) or _tried_often(session, now) > 0


def raise_alarm(session: Session, *, now: datetime) -> bool:
    """Tell every administrator, at most once in an hour. Returns whether somebody is told now."""
    hour = int(now.timestamp() // _AT_MOST_EVERY.total_seconds())
    plan = Plan(
        kind=DeliveryKind.ALERT,
        webinar_id=None,
        about={},
        key=_key(hour),
        due_at=now,
        expires_at=now + _AT_MOST_EVERY,
        priority=Priority.SEAT,
    )
    told = {
        admin
        for admin in people.admins(session)
        if not deliveries.is_planned(session, _key(hour - 1), admin, since=now - _AT_MOST_EVERY)
        and deliveries.add(session, plan, admin, now)
    }
    return bool(told)


def _key(hour: int) -> str:
    return f"alert:{hour}"


def holds(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> bool:
    return now < delivery.expires_at and access.is_admin(session, person.id)


def compose(session: Session, *, now: datetime) -> Alert:
    figures = operation.figures(session, now=now)
    return Alert(figures, figures.lag(now), _tried_often(session, now))


def _tried_often(session: Session, now: datetime) -> int:
    return troubles.tried_often(session, _OFTEN, given_up_since=now - _LATELY)


def _is_late(session: Session, alert_after: timedelta, now: datetime) -> bool:
    oldest = troubles.oldest_due(session, now)
    return oldest is not None and now - oldest > alert_after and not pace.is_halted(session, now)
