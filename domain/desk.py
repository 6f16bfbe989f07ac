"""What an organiser sees first: their webinars, what waits for their answer, and those of all others."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain import access, cards, hosting, hosting_answers, listing, shelf
from domain.cards import Card
from domain.errors import WebinarNotFoundError
from domain.hosting import Host
from domain.hosting_answers import Waiting
from domain.listing import Page
from storage import HostState, Session, webinars


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`page` is of webinars that the person may change; `questions` are whether to host others too.

    `drafts` counts those that they may open.
    """

    page: Page
    questions: tuple[Waiting, ...]
    admin: bool
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Everything:
    """A page of the webinars of all partnerships; `editable` are the codes of those that the person may change."""

    page: Page
    editable: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A webinar of others, for somebody who may look but not change it.

    Who comes, how many, and what its hosts say to each other is not theirs to know.
    """

    card: Card
    hosts: tuple[Host, ...]


def own(session: Session, person_id: int, number: int, *, now: datetime) -> Desk:
    access.require_poster(session, person_id)
    return Desk(
        page=listing.managed(session, person_id, number, now=now),
        questions=hosting_answers.waiting(session, person_id, now=now),
        admin=access.is_admin(session, person_id),
        drafts=shelf.count(session, person_id),
    )


def everything(session: Session, person_id: int, number: int, *, now: datetime) -> Everything:
    """A page of all that is not over, cancelled ones too."""
    access.require_poster(session, person_id)
    page = listing.page(session, webinars.not_over(session, now, person_id), person_id, number, now=now)
    admin, mine = access.is_admin(session, person_id), access.partnerships(session, person_id)
    return Everything(page, frozenset(card.code for card in page.cards if admin or mine & {*card.host_ids}))


def look(session: Session, code: str, person_id: int, *, now: datetime) -> Seen:
    """Any webinar, as every organiser may see it."""
    access.require_poster(session, person_id)
    webinar = webinars.by_code(session, code, person_id)
    if webinar is None:
        raise WebinarNotFoundError(code)
    there = hosting.hosts_of(session, webinar, person_id)
    shown = tuple(replace(host, answer="") for host in there if host.state is not HostState.DECLINED)
    return Seen(cards.card(session, webinar, None, now=now), shown)
