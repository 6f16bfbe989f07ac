"""What came with files: which webinar or draft each event became, and what its file last said."""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from storage.tables import Draft, Imported, Webinar


def lock(session: Session, uids: Collection[str]) -> dict[str, Imported]:
    """Held until the transaction ends, so that two imports of one event come after each other."""
    query = select(Imported).where(col(Imported.uid).in_(uids)).order_by(col(Imported.uid)).with_for_update()
    return {row.uid: row for row in session.exec(query)}


def beginning_with(session: Session, partnership_id: str, prefixes: Collection[str], length: int) -> list[Imported]:
    """Those of this partnership whose uid begins with one of these, which all have that length."""
    query = (
        select(Imported)
        .where(
            Imported.partnership_id == partnership_id,
            func.substr(Imported.uid, 1, length).in_(prefixes),
        )
        .order_by(col(Imported.uid))
    )
    return list(session.exec(query))


def webinars_called(session: Session, uids: Collection[str]) -> set[str]:
    """Those of these UIDs that a webinar has, wherever it came from."""
    return set(session.exec(select(Webinar.uid).where(col(Webinar.uid).in_(uids))))


def lock_webinars(session: Session, ids: Collection[int]) -> dict[int, Webinar]:
    """Held as `webinars.lock` does, in an order in which two processes can't wait for each other."""
    query = select(Webinar).where(col(Webinar.id).in_(ids)).order_by(col(Webinar.id)).with_for_update(key_share=True)
    return {row.id: row for row in session.exec(query)}


def lock_drafts(session: Session, ids: Collection[int]) -> dict[int, Draft]:
    """Held, as their organisers may be writing them."""
    query = select(Draft).where(col(Draft.id).in_(ids)).order_by(col(Draft.id)).with_for_update()
    return {row.id: row for row in session.exec(query)}


def save(session: Session, row: Imported) -> None:
    session.add(row)
    session.flush()
