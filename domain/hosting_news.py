"""What teams tell each other about hosting together: who is told, whether that still holds, what it says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain import access, cards
from domain.cards import Card
from domain.planning import Priority
from storage import (
    Delivery,
    DeliveryKind,
    HostState,
    Person,
    Session,
    Webinar,
    WebinarHost,
    WebinarStatus,
    audiences,
    consortium,
    deliveries,
    hosts,
    webinars,
)

KINDS = frozenset({DeliveryKind.HOST_ASKED, DeliveryKind.HOST_ANSWERED})


class Answer(StrEnum):
    """What a partnership says to the hosts. It asks for a change before it says yes or no."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REQUESTED = "requested"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class HostAsked:
    """A question: would the partnership host the webinar too."""

    card: Card
    partnership_id: str
    partnership: str


@dataclass(frozen=True, slots=True)
class HostAnswered:
    """`line` is the change that is asked for."""

    card: Card
    partnership: str
    answer: Answer
    line: str


def plan_question(session: Session, webinar: Webinar, host: WebinarHost, *, now: datetime) -> int:
    """Ask a partnership's organisers; if it has none who can be reached, the administrators. Returns how many."""
    assert host.asked_at
    moment = int(host.asked_at.timestamp())
    plan = deliveries.Plan(
        kind=DeliveryKind.HOST_ASKED,
        webinar_id=webinar.id,
        about={"partnership": host.partnership_id, "asked_at": moment},
        key=f"host_asked:{webinar.id}:{host.partnership_id}:{moment}",
        due_at=now,
        expires_at=webinar.ends_at,
        priority=Priority.CHANGE,
    )
    return deliveries.plan_for(session, plan, audiences.team([host.partnership_id]), now) or deliveries.plan_for(
        session, plan, audiences.administrators(), now
    )


def plan_answer(
    session: Session, webinar: Webinar, host: WebinarHost, answer: Answer, person_id: int, *, now: datetime
) -> None:
    """Tell the team that asked, and the other hosts', what `person_id` answered for a partnership."""
    plan = deliveries.Plan(
        kind=DeliveryKind.HOST_ANSWERED,
        webinar_id=webinar.id,
        about={"partnership": host.partnership_id, "answer": answer},
        key=f"host_answered:{webinar.id}:{host.partnership_id}:{answer}:{int(now.timestamp())}",
        due_at=now,
        expires_at=webinar.ends_at,
        priority=Priority.CHANGE,
    )
    others = [host_id for host_id in _host_ids(session, webinar) if host_id != host.partnership_id]
    asker = [] if host.asked_by is None else [host.asked_by]
    deliveries.plan_for(session, plan, audiences.team(others, also=asker, but=[person_id]), now)


def holds(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> bool:
    """Whether the question is still open to this person, or the answer still that."""
    webinar = _webinar(session, delivery)
    if now >= webinar.ends_at or webinar.status is not WebinarStatus.PUBLISHED:
        return False
    partnership_id = delivery.about["partnership"]
    host = hosts.find(session, webinar.id, partnership_id)
    if delivery.kind is DeliveryKind.HOST_ASKED:
        return (
            host is not None
            and _is_asked(host, delivery.about["asked_at"])
            and partnership_id in access.partnerships(session, person.id)
        )
    return _answer(host) == delivery.about["answer"] and access.may_edit(session, person.id, webinar)


def compose(session: Session, delivery: Delivery, *, now: datetime) -> HostAsked | HostAnswered:
    webinar = _webinar(session, delivery)
    card = cards.card(session, webinar, None, now=now)
    partnership_id = delivery.about["partnership"]
    partnership = consortium.partnership(session, partnership_id)
    if delivery.kind is DeliveryKind.HOST_ASKED:
        return HostAsked(card, partnership_id, partnership.short_name)
    host = hosts.find(session, webinar.id, partnership_id)
    return HostAnswered(card, partnership.short_name, Answer(delivery.about["answer"]), host.answer if host else "")


def _answer(host: WebinarHost | None) -> Answer | None:
    """What a partnership has said, as it stands."""
    if host is None:
        return Answer.LEFT
    match host.state:
        case HostState.ACCEPTED:
            return Answer.ACCEPTED
        case HostState.DECLINED:
            return Answer.DECLINED
        case HostState.INVITED:
            return Answer.REQUESTED if host.answer else None


def _is_asked(host: WebinarHost, asked_at: int) -> bool:
    return host.state is HostState.INVITED and host.asked_at is not None and int(host.asked_at.timestamp()) == asked_at


def _host_ids(session: Session, webinar: Webinar) -> list[str]:
    return [host.id for host in webinars.programme(session, [webinar.id]).hosts.get(webinar.id, ())]


def _webinar(session: Session, delivery: Delivery) -> Webinar:
    assert delivery.webinar_id is not None
    return webinars.get(session, delivery.webinar_id)
