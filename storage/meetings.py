"""Queries about polls: when organisers can meet."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, delete, exists, func, select

from storage import circles
from storage.statements import insert
from storage.tables import Partnership, Person, Poll, PollPartnership, PollSlot, PollVote, Role, Vote


def by_code(session: Session, code: str) -> Poll | None:
    return session.exec(select(Poll).where(Poll.code == code)).first()


def get(session: Session, poll_id: int) -> Poll:
    """The poll that something points to: one that people were asked is never deleted."""
    return session.get_one(Poll, poll_id)


def lock(session: Session, poll_id: int) -> Poll:
    """The poll, held against other votes and the end of it until the transaction ends."""
    return session.exec(select(Poll).where(Poll.id == poll_id).with_for_update()).one()


def being_written(session: Session, person_id: int) -> Poll | None:
    """The one that this person has not asked anybody yet, held against their other taps."""
    query = select(Poll).where(Poll.created_by == person_id, col(Poll.opened_at).is_(None)).order_by(col(Poll.id))
    return session.exec(query.with_for_update()).first()


def asked_of(session: Session, person_id: int, partnership_ids: Collection[str], now: datetime) -> list[Poll]:
    """Those that are open and have a time ahead, made by this person or asked of one of these; newest first."""
    asked = select(PollPartnership.poll_id).where(col(PollPartnership.partnership_id).in_(partnership_ids))
    ahead = exists().where(col(PollSlot.poll_id) == col(Poll.id), col(PollSlot.starts_at) > now)
    query = (
        select(Poll)
        .where(
            col(Poll.opened_at).is_not(None),
            col(Poll.closed_at).is_(None),
            (col(Poll.created_by) == person_id) | col(Poll.id).in_(asked),
            ahead,
        )
        .order_by(col(Poll.opened_at).desc(), col(Poll.id).desc())
    )
    return list(session.exec(query))


def partnerships(session: Session, poll_id: int) -> list[Partnership]:
    """Those that are asked, in the consortium's order."""
    query = (
        select(Partnership)
        .join(PollPartnership, col(PollPartnership.partnership_id) == col(Partnership.id))
        .where(PollPartnership.poll_id == poll_id)
        .order_by(col(Partnership.position), col(Partnership.id))
    )
    return list(session.exec(query))


def set_partnerships(session: Session, poll: Poll, partnership_ids: Iterable[str]) -> None:
    session.exec(delete(PollPartnership).where(col(PollPartnership.poll_id) == poll.id))
    session.add_all([PollPartnership(poll_id=poll.id, partnership_id=each) for each in partnership_ids])
    session.flush()


def slots(session: Session, poll_id: int) -> list[PollSlot]:
    """The times, soonest first."""
    query = select(PollSlot).where(PollSlot.poll_id == poll_id).order_by(col(PollSlot.starts_at), col(PollSlot.id))
    return list(session.exec(query))


def slot(session: Session, slot_id: int) -> PollSlot | None:
    return session.get(PollSlot, slot_id)


def save(session: Session, *rows: Poll | PollSlot) -> None:
    session.add_all(rows)
    session.flush()


def remove(session: Session, slot: PollSlot) -> None:
    session.delete(slot)
    session.flush()


def discard(session: Session, poll: Poll) -> None:
    """Delete one that nobody was asked yet."""
    session.exec(delete(PollSlot).where(col(PollSlot.poll_id) == poll.id))
    session.exec(delete(PollPartnership).where(col(PollPartnership.poll_id) == poll.id))
    session.delete(poll)
    session.flush()


def vote(session: Session, slot_id: int, person_id: int, vote: Vote, now: datetime) -> None:
    """Say it, or otherwise than before."""
    statement = insert(session, PollVote).values(slot_id=slot_id, person_id=person_id, vote=vote, voted_at=now)
    again = {"vote": statement.excluded.vote, "voted_at": statement.excluded.voted_at}
    session.exec(statement.on_conflict_do_update(index_elements=["slot_id", "person_id"], set_=again))


def votes(session: Session, poll_id: int) -> list[tuple[PollVote, Person]]:
    """What organisers say, who said it first first. Of who is none any more nothing counts."""
    query = (
        select(PollVote, Person)
        .join(PollSlot, col(PollSlot.id) == PollVote.slot_id)
        .join(Person, col(Person.id) == PollVote.person_id)
        .where(PollSlot.poll_id == poll_id, circles.organises(col(PollVote.person_id)))
        .order_by(col(PollVote.voted_at), col(Person.id))
    )
    return list(session.exec(query))


def has_voted(session: Session, poll_id: int, person_id: int) -> bool:
    query = (
        select(PollVote.slot_id)
        .join(PollSlot, col(PollSlot.id) == PollVote.slot_id)
        .where(PollSlot.poll_id == poll_id, PollVote.person_id == person_id)
    )
    return session.exec(query).first() is not None


def count_silent(session: Session, poll_id: int) -> int:
    """The organisers of the partnerships that are asked who have not said anything, each once."""
    said = (
        exists()
        .where(col(PollVote.person_id) == col(Role.person_id), col(PollVote.slot_id) == col(PollSlot.id))
        .where(col(PollSlot.poll_id) == poll_id)
    )
    query = (
        select(func.count(func.distinct(Role.person_id)))
        .join(PollPartnership, col(PollPartnership.partnership_id) == col(Role.partnership_id))
        .where(PollPartnership.poll_id == poll_id, ~said)
    )
    return session.exec(query).one()


def made_by(session: Session, person_id: int) -> list[Poll]:
    return list(session.exec(select(Poll).where(Poll.created_by == person_id).order_by(col(Poll.id))))


def votes_of(session: Session, person_id: int) -> list[tuple[PollVote, PollSlot, Poll]]:
    query = (
        select(PollVote, PollSlot, Poll)
        .join(PollSlot, col(PollSlot.id) == PollVote.slot_id)
        .join(Poll, col(Poll.id) == PollSlot.poll_id)
        .where(PollVote.person_id == person_id)
        .order_by(col(PollSlot.starts_at), col(PollSlot.id))
    )
    return list(session.exec(query))


def forget_votes(session: Session, person_id: int) -> None:
    session.exec(delete(PollVote).where(col(PollVote.person_id) == person_id))
