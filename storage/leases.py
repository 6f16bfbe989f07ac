"""What only one process may do at a time."""

from datetime import datetime

from sqlmodel import Session, select

from storage.statements import insert_once
from storage.tables import Lease


def lock(session: Session, name: str, holder: str, until: datetime) -> Lease:
    """The lease, held against other processes until the transaction ends; a new one belongs to `holder` at once."""
    insert_once(session, Lease, {"name": name, "holder": holder, "until": until})
    return session.exec(select(Lease).where(Lease.name == name).with_for_update()).one()


def save(session: Session, lease: Lease) -> None:
    session.add(lease)
    session.flush()
