"""What people follow: partnerships, markets and sectors."""

from dataclasses import dataclass
from datetime import datetime

from domain import listing, own_calendar
from domain.choices import Choice
from storage import Session, TopicKind, consortium, deliveries, follows, people


@dataclass(frozen=True, slots=True)
class Follows:
    """Everything there is to follow, and whether new webinars are announced to the person at all."""

    partnerships: tuple[Choice, ...]
    markets: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    announcements: bool


def show(session: Session, person_id: int) -> Follows:
    followed = follows.of_person(session, person_id)

    def choices(kind: TopicKind) -> tuple[Choice, ...]:
        topics = (topic for topic in consortium.active_topics(session) if topic.kind is kind)
        return tuple(Choice(topic.id, topic.name, topic.id in followed.topics) for topic in topics)

    partnerships = consortium.active_partnerships(session)
    return Follows(
        tuple(Choice(host.id, host.short_name, host.id in followed.partnerships) for host in partnerships),
        choices(TopicKind.MARKET),
        choices(TopicKind.SECTOR),
        people.get(session, person_id).announcements,
    )


def toggle_partnership(session: Session, person_id: int, partnership_id: str, *, now: datetime) -> Follows:
    """Follow or stop following. What is not there any more can only be left."""
    known = {partnership.id for partnership in consortium.active_partnerships(session)}
    left = follows.remove(session, person_id, partnership_id=partnership_id)
    if not left and partnership_id in known:
        follows.add(session, person_id, partnership_id=partnership_id, now=now)
        _want_announcements(session, person_id)
    own_calendar.rearranged(session, person_id, now=now)
    return show(session, person_id)


def toggle_topic(session: Session, person_id: int, topic_id: str, *, now: datetime) -> Follows:
    known = {topic.id for topic in consortium.active_topics(session)}
    left = follows.remove(session, person_id, topic_id=topic_id)
    if not left and topic_id in known:
        follows.add(session, person_id, topic_id=topic_id, now=now)
        _want_announcements(session, person_id)
    own_calendar.rearranged(session, person_id, now=now)
    return show(session, person_id)


def offer_once(session: Session, person_id: int, *, now: datetime) -> bool:
    """Whether to offer it now: to somebody who follows nothing and has not been asked."""
    person = people.lock(session, person_id)
    if person.follow_offered_at is not None:
        return False
    person.follow_offered_at = now
    people.save(session, person)
    followed = follows.of_person(session, person_id)
    return not (followed.partnerships or followed.topics)


def toggle_announcements(session: Session, person_id: int) -> Follows:
    person = people.lock(session, person_id)
    person.announcements = not person.announcements
    people.save(session, person)
    return show(session, person_id)


def follow_like(session: Session, person_id: int, code: str, *, now: datetime) -> Follows:
    """Follow the hosts and topics of a webinar, all at once; not those that have left since."""
    card = listing.look(session, code, person_id, now=now)
    for host in consortium.active_partnerships(session):
        if host.id in card.host_ids:
            follows.add(session, person_id, partnership_id=host.id, now=now)
    for topic in consortium.active_topics(session):
        if topic.id in card.topic_ids:
            follows.add(session, person_id, topic_id=topic.id, now=now)
    _want_announcements(session, person_id)
    own_calendar.rearranged(session, person_id, now=now)
    return show(session, person_id)


def take_place(session: Session, person_id: int, message_id: int) -> None:
    """Another screen stands where new webinars were announced: what was said there is put right no more."""
    deliveries.forget_announcement(session, person_id, message_id)


def _want_announcements(session: Session, person_id: int) -> None:
    """Whoever follows something new wants to hear of it, whatever they switched off before."""
    person = people.get(session, person_id)
    person.announcements = True
    people.save(session, person)
