from sqlmodel import Session, select

from storage.tables import Draft


def of_person(session: Session, person_id: int) -> Draft | None:
    """The person's draft, held against their own other messages until the transaction ends."""
    return session.exec(select(Draft).where(Draft.person_id == person_id).with_for_update()).first()


def save(session: Session, draft: Draft) -> None:
    session.add(draft)
    session.flush()


def delete(session: Session, draft: Draft) -> None:
    session.delete(draft)
    session.flush()
