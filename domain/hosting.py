"""Which partnerships host a webinar: asked, added and left by those who may change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, audit, cards, changes, hosting_news
from domain.audit import Action
from domain.cards import Card
from domain.choices import Choice
from domain.errors import ConvokeError, NotAllowedError
from domain.hosting_news import Answer
from storage import HostState, NoticeKind, Session, Webinar, WebinarHost, consortium, hosts


class LastHostError(ConvokeError):
    """A webinar needs a host: the last can't leave it."""


@dataclass(frozen=True, slots=True)
class Host:
    """A partnership of a webinar, as organisers see it. `answer` is what it wants changed before it says yes or no.

    `mine`: the person may act in its name.
    """

    id: str
    name: str
    state: HostState
    answer: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Hosting:
    """`addable` are the others; those chosen are the person's own, which need not be asked."""

    card: Card
    hosts: tuple[Host, ...]
    addable: tuple[Choice, ...]

    def host(self, partnership_id: str) -> Host | None:
        return next((host for host in self.hosts if host.id == partnership_id), None)


def split(session: Session, person_id: int | None, host_ids: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The hosts that somebody names: their own, and those that must be asked. What has left is in neither."""
    active = {partnership.id for partnership in consortium.active_partnerships(session)}
    mine = access.partnerships(session, person_id)
    known = [host_id for host_id in host_ids if host_id in active]
    return tuple(host for host in known if host in mine), tuple(host for host in known if host not in mine)


def show(session: Session, code: str, person_id: int, *, now: datetime) -> Hosting:
    return _hosting(session, access.editable(session, code, person_id), person_id, now)


def add(
    session: Session, code: str, person_id: int, partnership_id: str, *, settle: timedelta, now: datetime
) -> Hosting:
    """Let another partnership host the webinar too: at once if the person may act in its name, else it is asked."""
    webinar = access.editable(session, code, person_id)
    there = _hosting(session, webinar, person_id, now)
    choice = next((choice for choice in there.addable if choice.id == partnership_id), None)
    if choice is None or now >= webinar.ends_at:
        return there
    if choice.chosen:
        host = hosts.find(session, webinar.id, partnership_id) or _new(webinar, partnership_id)
        accept(session, webinar, host, person_id, settle=settle, now=now)
        audit.record(session, person_id, Action.HOST_ADDED, webinar=webinar, partnership_id=partnership_id, now=now)
    else:
        ask(session, webinar, partnership_id, person_id, now=now)
    return _hosting(session, webinar, person_id, now)


def ask(session: Session, webinar: Webinar, partnership_id: str, person_id: int | None, *, now: datetime) -> None:
    """Ask the organisers of a partnership whether it hosts the webinar too. The webinar must be locked."""
    host = hosts.find(session, webinar.id, partnership_id) or _new(webinar, partnership_id)
    host.state, host.position = HostState.INVITED, hosts.next_position(session, webinar.id)
    host.asked_by, host.asked_at = person_id, now
    host.answered_by, host.answered_at, host.answer = None, None, ""
    hosts.save(session, host)
    audit.record(session, person_id, Action.HOST_ASKED, webinar=webinar, partnership_id=partnership_id, now=now)
    hosting_news.plan_question(session, webinar, host, now=now)


def accept(
    session: Session, webinar: Webinar, host: WebinarHost, person_id: int, *, settle: timedelta, now: datetime
) -> None:
    """Make the partnership a host: one webinar, in its calendar too. Registrants are told once."""
    before = cards.card(session, webinar, None, now=now).hosts
    host.state, host.answer = HostState.ACCEPTED, ""
    host.position = hosts.next_position(session, webinar.id)
    host.answered_by, host.answered_at = person_id, now
    hosts.save(session, host)
    _revise(session, webinar, before, person_id, now)
    changes.notify(session, webinar, NoticeKind.HOSTED, settle=settle, now=now)


def withdraw(session: Session, code: str, person_id: int, partnership_id: str, *, now: datetime) -> Hosting:
    """Take back a question that is open. One that was answered meanwhile stays answered."""
    webinar = access.editable(session, code, person_id)
    host = hosts.find(session, webinar.id, partnership_id)
    if host is not None and host.state is HostState.INVITED:
        hosts.remove(session, host)
        audit.record(session, person_id, Action.HOST_WITHDRAWN, webinar=webinar, partnership_id=partnership_id, now=now)
    return _hosting(session, webinar, person_id, now)


def leave(session: Session, code: str, person_id: int, partnership_id: str, *, now: datetime) -> None:
    """Let a partnership host the webinar no longer, in whose name the person may act. The last can't leave."""
    webinar = access.editable(session, code, person_id)
    if partnership_id not in access.partnerships(session, person_id):
        raise NotAllowedError
    host = hosts.find(session, webinar.id, partnership_id)
    if host is None or host.state is not HostState.ACCEPTED:
        return
    before = cards.card(session, webinar, None, now=now).hosts
    if len(before) == 1:
        raise LastHostError(code)
    hosts.remove(session, host)
    _revise(session, webinar, before, person_id, now)
    audit.record(session, person_id, Action.HOST_LEFT, webinar=webinar, partnership_id=partnership_id, now=now)
    hosting_news.plan_answer(session, webinar, host, Answer.LEFT, person_id, now=now)


def _new(webinar: Webinar, partnership_id: str) -> WebinarHost:
    return WebinarHost(webinar_id=webinar.id, partnership_id=partnership_id)


def _revise(session: Session, webinar: Webinar, before: tuple[str, ...], person_id: int, now: datetime) -> None:
    after = cards.card(session, webinar, None, now=now).hosts
    changes.revise(session, webinar, {"hosts": [list(before), list(after)]}, person_id, now=now)


def _is_addable(host: Host) -> bool:
    return host.state is HostState.DECLINED or (host.state is HostState.INVITED and host.mine)


def hosts_of(session: Session, webinar: Webinar, person_id: int) -> tuple[Host, ...]:
    """All partnerships of a webinar, whatever they said, as one organiser sees them."""
    mine = access.partnerships(session, person_id)
    return tuple(
        Host(partnership.id, partnership.short_name, host.state, host.answer, partnership.id in mine)
        for host, partnership in hosts.of_webinar(session, webinar.id)
    )


def _hosting(session: Session, webinar: Webinar, person_id: int, now: datetime) -> Hosting:
    mine = access.partnerships(session, person_id)
    there = hosts_of(session, webinar, person_id)
    taken = {host.id for host in there if not _is_addable(host)}
    return Hosting(
        cards.card(session, webinar, None, now=now),
        there,
        tuple(
            Choice(partnership.id, partnership.short_name, partnership.id in mine)
            for partnership in consortium.active_partnerships(session)
            if partnership.id not in taken
        ),
    )
