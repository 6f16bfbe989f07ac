"""What was learnt of a webinar: its hosts' organisers are asked once, and whoever plans one like it is offered it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, asking, cards, drafts, planning
from domain.asking import Asking
from domain.cards import Card
from domain.library import finding, writing
from domain.library.entries import Entry
from domain.library.writing import Given, Writing
from storage import (
    Delivery,
    DeliveryKind,
    EntryKind,
    Person,
    Session,
    Webinar,
    WebinarStatus,
    audiences,
    deliveries,
    people,
    webinars,
)

KINDS = frozenset({DeliveryKind.LESSON_ASKED})
QUESTIONS = {Asking.LESSON_WORKED: EntryKind.PRACTICE, Asking.LESSON_BETTER: EntryKind.LESSON}
ASKED_AFTER = timedelta(days=1)
MOST_OFFERED = 3

_ASKS = {kind: question for question, kind in QUESTIONS.items()}
_STILL_FRESH = timedelta(days=3)
_WORTH_ANSWERING = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LessonAsked:
    """What worked in this webinar, and what is to be done better, is asked."""

    card: Card


def ask(session: Session, *, now: datetime) -> int:
    """Ask the organisers of all hosts a day after a webinar. Again changes nothing. Returns how many are asked now."""
    over = webinars.ended(session, after=now - ASKED_AFTER - _STILL_FRESH, until=now - ASKED_AFTER)
    hosts = webinars.programme(session, [webinar.id for webinar in over]).hosts
    return sum(
        deliveries.plan_for(
            session, _plan(webinar), audiences.team([host.id for host in hosts.get(webinar.id, ())]), now
        )
        for webinar in over
    )


def holds(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> bool:
    """Whether they still organise it, and want such messages."""
    assert delivery.webinar_id is not None
    webinar = webinars.get(session, delivery.webinar_id)
    published = webinar.status is WebinarStatus.PUBLISHED and now < delivery.expires_at
    return published and person.extras and access.may_edit(session, person.id, webinar)


def compose(session: Session, delivery: Delivery, *, now: datetime) -> LessonAsked:
    assert delivery.webinar_id is not None
    return LessonAsked(cards.card(session, webinars.get(session, delivery.webinar_id), None, now=now))


def begin(session: Session, code: str, person_id: int, kind: EntryKind, *, now: datetime) -> Card:
    """Let the person's next message be what worked, or what to do better."""
    webinar = access.editable(session, code, person_id)
    person = people.lock(session, person_id)
    asking.ask(person, _ASKS[kind], about=code, now=now)
    people.save(session, person)
    return cards.card(session, webinar, None, now=now)


def take(session: Session, person_id: int, text: str, *, language: str, now: datetime) -> Writing:
    """Make a draft for the library of what was told, about what the webinar was about.

    Raises FieldError, and then the question stays open.
    """
    person = people.lock(session, person_id)
    kind = QUESTIONS[Asking(person.asking or "")]
    webinar = access.editable(session, person.asking_about, person_id)
    programme = webinars.programme(session, [webinar.id])
    own = access.partnerships(session, person_id)
    hosts = [host.id for host in programme.hosts.get(webinar.id, ()) if host.id in own]
    given = Given(
        text=text,
        topic_ids=tuple(topic.id for topic in programme.topics.get(webinar.id, ())),
        partnership_id=hosts[0] if hosts else None,
        webinar_id=webinar.id,
    )
    asking.close(person)
    people.save(session, person)
    return writing.start(session, person_id, kind, given, language=language, now=now)


def offered(session: Session, person_id: int, topic_ids: tuple[str, ...]) -> tuple[Entry, ...]:
    """What others learnt about most of these topics, the most useful first."""
    access.require_poster(session, person_id)
    return tuple(finding.alike(session, drafts.LEARNT, topic_ids, limit=MOST_OFFERED, person_id=person_id))


def _plan(webinar: Webinar) -> deliveries.Plan:
    due_at = webinar.ends_at + ASKED_AFTER
    return deliveries.Plan(
        kind=DeliveryKind.LESSON_ASKED,
        webinar_id=webinar.id,
        about={},
        key=f"lesson:{webinar.id}",
        due_at=due_at,
        expires_at=due_at + _WORTH_ANSWERING,
        priority=planning.Priority.ANNOUNCEMENT,
    )
