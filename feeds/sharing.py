"""What others show of a webinar's page: messengers its picture, search engines its facts."""

from dataclasses import dataclass
from typing import Any

from domain.programme import Page
from feeds.addresses import picture_path, webinar_path
from feeds.picture import HEIGHT, WIDTH, Picture
from feeds.representation import digest
from feeds.structured import Around, event
from feeds.subscriptions import short_name
from feeds.visit import Visit
from storage import WebinarStatus


@dataclass(frozen=True, slots=True)
class Shared:
    description: str
    picture: str
    picture_words: str
    width: int
    height: int
    event: dict[str, Any]


def shared(page: Page, guest: Visit) -> Shared:
    drawn = picture_of(page, guest)
    version = digest(repr(drawn).encode())[:8]
    picture = guest.options.url(f"{picture_path(page.card.code)}?v={version}&lang={guest.words.language}")
    when = _when(page, guest)
    summary = f"{when} · {guest.words.listed(page.card.hosts)}" if page.card.hosts else when
    return Shared(
        description=summary,
        picture=picture,
        picture_words=guest.words.card_of(page.card.title, when),
        width=WIDTH,
        height=HEIGHT,
        event=event(page, _around(page, guest, picture, summary)),
    )


def _around(page: Page, guest: Visit, picture: str, summary: str) -> Around:
    return Around(
        address=guest.full(webinar_path(page.card.code)),
        picture=picture,
        hosts={host.id: guest.full("/", {"partnership": host.id}) for host in page.hosts},
        summary=summary,
        topics=tuple(guest.words.names(page.card.topics)),
    )


def picture_of(page: Page, guest: Visit) -> Picture:
    card = page.card
    return Picture(
        above=_when(page, guest),
        title=card.title,
        below=guest.words.listed(card.hosts),
        corner=short_name(guest.options),
        colors=tuple(host.color for host in page.hosts) or ("",),
        struck=card.status is WebinarStatus.CANCELLED,
    )


def _when(page: Page, guest: Visit) -> str:
    card, words = page.card, guest.words
    when = words.full(card.starts_at, card.timezone)
    return words.cancelled_on(when) if card.status is WebinarStatus.CANCELLED else when
