"""Cards in chats that are not ours: each shows what everybody may see, and follows the truth after a few seconds."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain import cards
from domain.cards import Card
from storage import Session, SharedCard, Webinar, sharing, webinars

_LOOKED_AT = 200
_EDITED = 20
_FOLLOWED_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Stale:
    """A shared card that says something else than `card` does. `digest` is that of `card`."""

    inline_message_id: str
    language: str
    card: Card
    digest: str


def remember(session: Session, inline_message_id: str, code: str, language: str, *, now: datetime) -> None:
    """Somebody put the webinar's card into a chat, as it reads now."""
    webinar = webinars.by_code(session, code)
    if webinar is not None:
        shown = digest(cards.card(session, webinar, None, now=now))
        _follow(session, inline_message_id, webinar, language, shown, now)


def come_across(session: Session, inline_message_id: str, code: str, language: str, *, now: datetime) -> None:
    """Somebody pressed a card. If nobody told us of it, we can't know what it says, so it counts as out of date."""
    webinar = webinars.by_code(session, code)
    if webinar is not None:
        _follow(session, inline_message_id, webinar, language, "", now)


def _follow(
    session: Session, inline_message_id: str, webinar: Webinar, language: str, shown: str, now: datetime
) -> None:
    row = SharedCard(
        inline_message_id=inline_message_id,
        webinar_id=webinar.id,
        language=language,
        shown=shown,
        created_at=now,
        checked_at=now,
    )
    sharing.add(session, row)


def stale(session: Session, *, now: datetime) -> list[Stale]:
    """Look at some of the shared cards, and return those that have to be changed, a few at a time."""
    rows = sharing.longest_unchecked(session, _LOOKED_AT, now - _FOLLOWED_FOR)
    truth = _truth(session, {row.webinar_id for row in rows}, now)
    found = []
    for row in rows:
        card, shown = truth[row.webinar_id]
        if row.shown != shown:
            found.append(Stale(row.inline_message_id, row.language, card, shown))
        if len(found) == _EDITED:
            break
        row.checked_at = now
    sharing.save(session, rows)
    return found


def _truth(session: Session, webinar_ids: Collection[int], now: datetime) -> dict[int, tuple[Card, str]]:
    """Each webinar's card as it should read now, and its digest: read once, however many chats have it."""
    found = [webinars.get(session, webinar_id) for webinar_id in webinar_ids]
    shown = cards.cards(session, found, None, now=now)
    return {webinar.id: (card, digest(card)) for webinar, card in zip(found, shown, strict=True)}


def refreshed(session: Session, inline_message_id: str, shown: str) -> None:
    row = sharing.find(session, inline_message_id)
    if row is not None:
        row.shown = shown
        sharing.save(session, [row])


def lost(session: Session, inline_message_id: str) -> None:
    """The message is gone: nobody needs to follow it any more."""
    row = sharing.find(session, inline_message_id)
    if row is not None:
        sharing.delete(session, row)


def digest(card: Card) -> str:
    """Of what can be seen: without a limit of seats nobody sees how many are taken."""
    counted = card.open and card.capacity is not None
    seen = card if counted else replace(card, registered=0, waiting=0)
    return hashlib.sha256(repr(seen).encode()).hexdigest()
