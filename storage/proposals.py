"""Queries about changes that organisers have in mind."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.tables import Proposal


def find(session: Session, proposal_id: int, person_id: int) -> Proposal | None:
    """The proposal, if it is this person's and still open."""
    query = select(Proposal).where(Proposal.id == proposal_id, Proposal.person_id == person_id)
    return session.exec(query.with_for_update()).first()


def save(session: Session, proposal: Proposal) -> None:
    session.add(proposal)
    session.flush()


def remove(session: Session, proposal: Proposal) -> None:
    session.delete(proposal)
    session.flush()


def of_person(session: Session, person_id: int) -> list[Proposal]:
    return list(session.exec(select(Proposal).where(Proposal.person_id == person_id).order_by(col(Proposal.id))))


def forget(session: Session, person_id: int) -> None:
    session.exec(delete(Proposal).where(col(Proposal.person_id) == person_id))


def prune(session: Session, person_id: int, before: datetime) -> None:
    """Take away what this person has had in mind for too long."""
    session.exec(delete(Proposal).where(col(Proposal.person_id) == person_id, col(Proposal.proposed_at) < before))
