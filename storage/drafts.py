"""Webinars that are being written: who has one open, and which of the others a person may open."""

from collections.abc import Collection

from sqlmodel import Session, col, exists, or_, select

from storage.tables import Draft, Imported


def of_person(session: Session, person_id: int) -> Draft | None:
    """The draft the person has open, held against their own other messages until the transaction ends."""
    return session.exec(select(Draft).where(Draft.person_id == person_id).with_for_update()).first()


def within_reach(session: Session, person_id: int, partnership_ids: Collection[str]) -> list[Draft]:
    """The person's own drafts and those that came with a file for one of these, unless somebody else has them open.

    The one that is open comes first, then what was changed last.
    """
    came_with_file = exists().where(
        col(Imported.draft_id) == Draft.id, col(Imported.partnership_id).in_(partnership_ids)
    )
    query = (
        select(Draft)
        .where(
            or_(
                col(Draft.person_id) == person_id,
                col(Draft.person_id).is_(None) & (or_(col(Draft.created_by) == person_id, came_with_file)),
            )
        )
        .order_by(col(Draft.person_id).is_(None), col(Draft.changed_at).desc(), col(Draft.id).desc())
    )
    return list(session.exec(query))


def lock(session: Session, draft: Draft) -> Draft | None:
    """The same as it is now, held until the transaction ends; nothing if it was taken away meanwhile."""
    query = select(Draft).where(Draft.id == draft.id).with_for_update().execution_options(populate_existing=True)
    return session.exec(query).first()


def imported(session: Session, draft_id: int) -> Imported | None:
    """The event of a file that this draft is."""
    return session.exec(select(Imported).where(Imported.draft_id == draft_id)).first()


def save(session: Session, draft: Draft) -> None:
    session.add(draft)
    session.flush()


def delete(session: Session, draft: Draft, *, webinar_id: int | None = None) -> None:
    """Take it away. If it became a webinar, the event of a file that it was is that webinar from now on."""
    event = imported(session, draft.id)
    if event:
        event.draft_id, event.webinar_id = None, webinar_id
        session.add(event)
        session.flush()
    session.delete(draft)
    session.flush()


def about(session: Session, person_id: int) -> list[Draft]:
    """Those the person made, and the one they have open."""
    query = select(Draft).where(or_(col(Draft.person_id) == person_id, col(Draft.created_by) == person_id))
    return list(session.exec(query.order_by(col(Draft.id))))


def forget(session: Session, person_id: int) -> None:
    """Take a person's drafts away. One that came with a file is others' too: it stays, and nobody has it open."""
    for draft in about(session, person_id):
        if imported(session, draft.id) is None:
            session.delete(draft)
            continue
        if draft.person_id == person_id:
            draft.person_id = draft.asking = draft.message_id = None
        if draft.created_by == person_id:
            draft.created_by = None
        session.add(draft)
    session.flush()
