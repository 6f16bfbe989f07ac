"""Seats and the waitlist."""

from datetime import datetime

from domain import cards, planning
from domain.cards import Card
from domain.errors import RegistrationClosedError, WebinarNotFoundError
from storage import Registration, RegistrationStatus, Session, Webinar, WebinarStatus, registrations, webinars


def admit(webinar: Webinar, *, registered: int, waiting: int, now: datetime) -> RegistrationStatus:
    """Decide the status of a new registration.

    A free seat goes to the waitlist first: a newcomer is seated only when nobody waits.
    """
    if webinar.status is not WebinarStatus.PUBLISHED or now >= webinar.starts_at:
        raise RegistrationClosedError(webinar.code)
    if webinar.capacity is None:
        return RegistrationStatus.REGISTERED
    if waiting or registered >= webinar.capacity:
        return RegistrationStatus.WAITLISTED
    return RegistrationStatus.REGISTERED


def free_seats(webinar: Webinar, *, registered: int, waiting: int, now: datetime) -> int:
    """How many of those waiting can be seated now."""
    if webinar.status is not WebinarStatus.PUBLISHED or now >= webinar.starts_at:
        return 0
    return seatable(webinar.capacity, registered=registered, waiting=waiting)


def seatable(capacity: int | None, *, registered: int, waiting: int) -> int:
    """How many of those waiting so many seats have room for; None is as many as come."""
    return waiting if capacity is None else max(0, min(waiting, capacity - registered))


def register(session: Session, code: str, person_id: int, *, now: datetime) -> Card:
    """Seat a person or put them on the waitlist. Asking twice changes nothing."""
    webinar = _lock(session, code, person_id)
    existing = registrations.find(session, webinar.id, person_id)
    if existing is None or existing.status is RegistrationStatus.CANCELLED:
        count = _count(session, webinar)
        status = admit(webinar, registered=count.registered, waiting=count.waitlisted, now=now)
        _save(session, webinar, existing, person_id, status, now)
    return cards.card(session, webinar, person_id, now=now)


def leave(session: Session, code: str, person_id: int, *, now: datetime) -> Card:
    """Give up a seat or a place in the line. A freed seat goes to the first in line at once."""
    webinar = _lock(session, code, person_id)
    _give_up(session, webinar, person_id, now)
    return cards.card(session, webinar, person_id, now=now)


def leave_all(session: Session, person_id: int, *, now: datetime) -> None:
    """Give up every seat and place in line in what is still to come: the person goes for good."""
    for webinar_id in registrations.webinars_ahead(session, person_id, now):
        _give_up(session, webinars.lock_by_id(session, webinar_id), person_id, now)


def leave_meetings(session: Session, *, now: datetime) -> int:
    """Give up what people have in meetings to come who are no organisers any more. Returns how many places.

    Their seats pass on. Being appointed again brings none back: they can register again.
    """
    lost = registrations.without_right(session, now)
    for webinar_id, person_id in lost:
        _give_up(session, webinars.lock_by_id(session, webinar_id), person_id, now)
    return len(lost)


def _give_up(session: Session, webinar: Webinar, person_id: int, now: datetime) -> None:
    existing = registrations.find(session, webinar.id, person_id)
    ended = now >= webinar.ends_at  # what was, was: the counts of a webinar that is over stay
    if existing is not None and existing.status is not RegistrationStatus.CANCELLED and not ended:
        _change(session, existing, RegistrationStatus.CANCELLED, now)
        seat_waiting(session, webinar, now=now)


def seat_waiting(session: Session, webinar: Webinar, *, now: datetime) -> None:
    """Give free seats to those in line, first come first served, and tell them. The webinar must be locked."""
    count = _count(session, webinar)
    free = free_seats(webinar, registered=count.registered, waiting=count.waitlisted, now=now)
    for registration in registrations.first_waiting(session, webinar.id, free):
        registration.promotions += 1
        _change(session, registration, RegistrationStatus.REGISTERED, now)
        planning.seat_won(session, webinar, registration, now=now)


def seat_returned(session: Session, person_id: int, *, now: datetime) -> None:
    """Look again at the lines a person stands in: while they were out of reach they were passed over."""
    for webinar_id in registrations.waitlisted_webinars(session, person_id):
        seat_waiting(session, webinars.lock_by_id(session, webinar_id), now=now)


def _lock(session: Session, code: str, person_id: int) -> Webinar:
    webinar = webinars.lock(session, code, person_id)
    if webinar is None:
        raise WebinarNotFoundError(code)
    return webinar


def _count(session: Session, webinar: Webinar) -> registrations.Counts:
    """Seats taken, and those in line who can be told of one."""
    return registrations.Counts(
        registrations.count_registered(session, webinar.id), registrations.count_in_line(session, webinar.id)
    )


def _save(
    session: Session,
    webinar: Webinar,
    existing: Registration | None,
    person_id: int,
    status: RegistrationStatus,
    now: datetime,
) -> None:
    number = registrations.next_queue_number(session, webinar.id)
    if existing is not None:
        existing.queue_number = number
        existing.seen_sequence = webinar.sequence
        _change(session, existing, status, now)
        return
    new = Registration(
        webinar_id=webinar.id,
        person_id=person_id,
        status=status,
        queue_number=number,
        seen_sequence=webinar.sequence,
        created_at=now,
        changed_at=now,
    )
    registrations.save(session, new)


def _change(session: Session, registration: Registration, status: RegistrationStatus, now: datetime) -> None:
    """Their calendar's stamps never go back, whatever the clock does."""
    registration.status = status
    registration.sequence += 1
    registration.changed_at = max(now, registration.changed_at)
    registrations.save(session, registration)
