"""How the outbox does: counts that stay quick however many messages were ever sent, and what needs looking at."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.tables import Delivery, DeliveryKind, DeliveryState, Webinar

_LEAVING = (DeliveryState.CLAIMED, DeliveryState.SENDING)
_OPEN = (
    col(Delivery.state).in_((DeliveryState.FAILED, DeliveryState.UNKNOWN)),
    col(Delivery.dismissed_at).is_(None),
    col(Delivery.merged_into).is_(None),
)
"""What failed or is doubtful and that nobody has dismissed. What left in the same message is one with it."""


def waiting(session: Session) -> dict[tuple[DeliveryKind, DeliveryState], int]:
    """What is not settled yet. Each state is asked for by itself: each has an index of its own."""
    found = {}
    for condition in (col(Delivery.state) == DeliveryState.PENDING, col(Delivery.state).in_(_LEAVING)):
        query = select(Delivery.kind, Delivery.state, func.count()).where(condition)
        for kind, state, number in session.exec(query.group_by(col(Delivery.kind), col(Delivery.state))):
            found[DeliveryKind(kind), DeliveryState(state)] = number
    return found


def oldest_due(session: Session, now: datetime) -> datetime | None:
    query = select(func.min(Delivery.due_at)).where(Delivery.state == DeliveryState.PENDING, Delivery.due_at <= now)
    return session.exec(query).one()


def sent_since(session: Session, moment: datetime) -> int:
    query = select(func.count()).where(col(Delivery.state) == DeliveryState.SENT, col(Delivery.settled_at) > moment)
    return session.exec(query).one()


def count(session: Session) -> dict[DeliveryState, int]:
    """What failed or is doubtful and that nobody has dismissed."""
    query = select(Delivery.state, func.count()).where(*_OPEN)
    return {DeliveryState(state): number for state, number in session.exec(query.group_by(col(Delivery.state)))}


def lock_newest(session: Session, limit: int) -> list[Delivery]:
    query = select(Delivery).where(*_OPEN)
    newest_first = (col(Delivery.settled_at).desc(), col(Delivery.id).desc())
    return list(session.exec(query.order_by(*newest_first).limit(limit).with_for_update()))


def newest(session: Session, limit: int) -> list[tuple[Delivery, str | None]]:
    """Each with the title of its webinar."""
    query = (
        select(Delivery, Webinar.title)
        .join(Webinar, col(Webinar.id) == Delivery.webinar_id, isouter=True)
        .where(*_OPEN)
        .order_by(col(Delivery.settled_at).desc(), col(Delivery.id).desc())
        .limit(limit)
    )
    return [(delivery, title) for delivery, title in session.exec(query)]


def tried_often(session: Session, attempts: int, given_up_since: datetime) -> int:
    """How many messages were tried so often and still wait, or were given up for that after this moment.

    Two queries, as each has an index of its own.
    """
    tried = col(Delivery.attempts) >= attempts
    waits = select(func.count()).where(col(Delivery.state) == DeliveryState.PENDING, tried)
    given_up = select(func.count()).where(*_OPEN, col(Delivery.settled_at) > given_up_since, tried)
    return session.exec(waits).one() + session.exec(given_up).one()
