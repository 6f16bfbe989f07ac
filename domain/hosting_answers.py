"""What a partnership answers when it is asked to host a webinar too. The first of its organisers decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, asking, audit, cards, hosting, hosting_news
from domain.asking import Asking
from domain.audit import Action
from domain.cards import Card
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.hosting_news import Answer
from domain.reading import draft_values
from storage import HostState, Session, Webinar, WebinarHost, WebinarStatus, consortium, hosts, people, webinars

LINE_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Would the partnership host the webinar too? `state` is None once the question was taken back.

    `closed`: the webinar is cancelled or over. `line` is the change that was asked for. `answered_by` is a name,
    empty if nobody has answered or whoever did has left.
    """

    card: Card
    partnership_id: str
    partnership: str
    state: HostState | None
    closed: bool
    line: str
    answered_by: str
    answered_at: datetime | None

    @property
    def open(self) -> bool:
        return self.state is HostState.INVITED and not self.closed


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for this person, or a colleague."""

    card: Card
    partnership_id: str


def waiting(session: Session, person_id: int, *, now: datetime) -> tuple[Waiting, ...]:
    """What the person's partnerships are asked and have not answered, soonest first."""
    found = hosts.asked(session, access.partnerships(session, person_id), now)
    return tuple(
        Waiting(cards.card(session, webinar, None, now=now), partnership_id) for webinar, partnership_id in found
    )


def look(session: Session, code: str, person_id: int, partnership_id: str, *, now: datetime) -> Question:
    webinar = _lock_for(session, code, person_id, partnership_id)
    return _question(session, webinar, partnership_id, now)


def accept(
    session: Session, code: str, person_id: int, partnership_id: str, *, settle: timedelta, now: datetime
) -> Question:
    webinar = _lock_for(session, code, person_id, partnership_id)
    if host := _open(session, webinar, partnership_id, now):
        hosting.accept(session, webinar, host, person_id, settle=settle, now=now)
        _told(session, webinar, host, Action.HOST_ACCEPTED, Answer.ACCEPTED, person_id, now)
    return _question(session, webinar, partnership_id, now)


def decline(session: Session, code: str, person_id: int, partnership_id: str, *, now: datetime) -> Question:
    webinar = _lock_for(session, code, person_id, partnership_id)
    if host := _open(session, webinar, partnership_id, now):
        host.state, host.answer, host.answered_by, host.answered_at = HostState.DECLINED, "", person_id, now
        hosts.save(session, host)
        _told(session, webinar, host, Action.HOST_DECLINED, Answer.DECLINED, person_id, now)
    return _question(session, webinar, partnership_id, now)


def ask_for_line(session: Session, code: str, person_id: int, partnership_id: str, *, now: datetime) -> Question:
    """Let the person's next message be what must change before the partnership says yes or no."""
    webinar = _lock_for(session, code, person_id, partnership_id)
    if host := _open(session, webinar, partnership_id, now):
        person = people.lock(session, person_id)
        asking.ask(person, Asking.HOST_CHANGE, about=f"{code}.{host.position}", now=now)
        people.save(session, person)
    return _question(session, webinar, partnership_id, now)


def request(session: Session, person_id: int, about: str, text: str, *, now: datetime) -> Question:
    """Say what must change first; the question stays open. `about` is as `ask_for_line` noted it.

    Raises FieldError, and then the next message may be the line.
    """
    code, partnership_id = _asked_about(session, about, person_id)
    webinar = _lock_for(session, code, person_id, partnership_id)
    line = draft_values.within(" ".join(draft_values.clean(text).split()), LINE_LENGTH)
    person = people.lock(session, person_id)
    asking.close(person)
    people.save(session, person)
    if host := _open(session, webinar, partnership_id, now):
        before, host.answer = host.answer, line
        host.answered_by, host.answered_at = person_id, now
        hosts.save(session, host)
        audit.record(
            session,
            person_id,
            Action.HOST_REQUESTED,
            webinar=webinar,
            partnership_id=partnership_id,
            before={"request": before} if before else {},
            after={"request": line},
            now=now,
        )
        hosting_news.plan_answer(session, webinar, host, Answer.REQUESTED, person_id, now=now)
    return _question(session, webinar, partnership_id, now)


def _told(
    session: Session,
    webinar: Webinar,
    host: WebinarHost,
    action: Action,
    answer: Answer,
    person_id: int,
    now: datetime,
) -> None:
    audit.record(session, person_id, action, webinar=webinar, partnership_id=host.partnership_id, now=now)
    hosting_news.plan_answer(session, webinar, host, answer, person_id, now=now)


def _asked_about(session: Session, about: str, person_id: int) -> tuple[str, str]:
    """The webinar's code and the partnership of a question, which there is no room to write out."""
    code, _, position = about.partition(".")
    webinar = webinars.by_code(session, code, person_id)
    found = hosts.of_webinar(session, webinar.id) if webinar else []
    asked = (host.partnership_id for host, _ in found if str(host.position) == position)
    return code, next(asked, "")


def _lock_for(session: Session, code: str, person_id: int, partnership_id: str) -> Webinar:
    webinar = webinars.lock(session, code, person_id)
    if webinar is None:
        raise WebinarNotFoundError(code)
    if partnership_id not in access.partnerships(session, person_id):
        raise NotAllowedError
    return webinar


def _open(session: Session, webinar: Webinar, partnership_id: str, now: datetime) -> WebinarHost | None:
    """The question, if it can still be answered."""
    host = hosts.find(session, webinar.id, partnership_id)
    asked = host is not None and host.state is HostState.INVITED
    return host if asked and not _closed(webinar, now) else None


def _closed(webinar: Webinar, now: datetime) -> bool:
    return webinar.status is WebinarStatus.CANCELLED or now >= webinar.ends_at


def _question(session: Session, webinar: Webinar, partnership_id: str, now: datetime) -> Question:
    host = hosts.find(session, webinar.id, partnership_id)
    decided = host is not None and host.state is not HostState.INVITED
    by = people.get(session, host.answered_by).name if host and decided and host.answered_by else ""
    return Question(
        card=cards.card(session, webinar, None, now=now),
        partnership_id=partnership_id,
        partnership=consortium.partnership(session, partnership_id).short_name,
        state=host.state if host else None,
        closed=_closed(webinar, now),
        line=host.answer if host else "",
        answered_by=by,
        answered_at=host.answered_at if host and decided else None,
    )
