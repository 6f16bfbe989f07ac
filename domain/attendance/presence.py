"""Who was there, as far as we know.

Where nobody was seen to come, the bot handed out no links that tell: then everybody with a seat is taken to have been
there, and nobody is told that they were missed.
"""

from storage import RegistrationStatus, Session, Webinar, attendance, registrations


def is_known(session: Session, webinar: Webinar) -> bool:
    return attendance.is_measured(session, webinar.id)


def was_there(session: Session, webinar: Webinar, person_id: int) -> bool:
    """Whether somebody came; where nobody knows, whether they had a seat."""
    if attendance.find(session, webinar.id, person_id) is not None:
        return True
    return not is_known(session, webinar) and _seated(session, webinar, person_id)


def was_missed(session: Session, webinar: Webinar, person_id: int) -> bool:
    """Whether somebody had a seat and did not come."""
    return _seated(session, webinar, person_id) and not was_there(session, webinar, person_id)


def count(session: Session, webinar: Webinar) -> int:
    """How many were there, counted in the same way."""
    if is_known(session, webinar):
        return attendance.count(session, webinar.id)
    return registrations.count_by_status(session, [webinar.id]).get(webinar.id, registrations.Counts()).registered


def _seated(session: Session, webinar: Webinar, person_id: int) -> bool:
    found = registrations.find(session, webinar.id, person_id)
    return found is not None and found.status is RegistrationStatus.REGISTERED
