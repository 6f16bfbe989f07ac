"""What stands in a person's own calendar besides the webinars they have a place in."""

from datetime import datetime

from storage import Session, people


def show_follows(session: Session, person_id: int, *, on: bool, now: datetime) -> None:
    """Let it show what the person follows, or not."""
    person = people.lock(session, person_id)
    if person.feed_follows is not on:
        person.feed_follows, person.feed_changed_at = on, now
        people.save(session, person)


def regarded(session: Session, person_id: int, *, now: datetime) -> None:
    """The person was made an organiser, or is one no longer: their calendar may have gained or lost meetings."""
    person = people.lock(session, person_id)
    person.feed_changed_at = max(now, person.feed_changed_at or now)
    people.save(session, person)


def rearranged(session: Session, person_id: int, *, now: datetime) -> None:
    """What the person follows has changed: to apps that only ask for a date, their calendar has too."""
    person = people.get(session, person_id)
    if person.feed_follows:
        person.feed_changed_at = now
        people.save(session, person)
