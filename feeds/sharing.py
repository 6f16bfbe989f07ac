"""What messengers show of a page: its title, a line, a picture; and what search engines read of a webinar."""

from dataclasses import dataclass
from typing import Any

from domain.programme import Asked, Page, Sources
from domain.selections import Everything, Public
from feeds import narrowing, subscriptions
from feeds.addresses import picture_path, webinar_path
from feeds.narrowing import choice_pairs
from feeds.picture import Picture
from feeds.representation import digest
from feeds.structured import Around
from feeds.structured import event as structured_event
from feeds.subscriptions import short_name
from feeds.visit import Pairs, Visit
from storage import WebinarStatus

PROGRAMME_PICTURE, CALENDAR_PICTURE = "/programme.png", "/calendar.png"


@dataclass(frozen=True, slots=True)
class Shared:
    """`picture` is its address, `picture_words` what somebody hears who cannot see it."""

    title: str
    description: str
    picture: str
    picture_words: str


def webinar(page: Page, guest: Visit) -> Shared:
    when = _when(page, guest)
    return Shared(
        title=page.card.title,
        description=_summary(page, guest),
        picture=_address(picture_path(page.card.code), (), webinar_picture(page, guest), guest),
        picture_words=guest.words.card_of(page.card.title, when),
    )


def webinar_picture(page: Page, guest: Visit) -> Picture:
    card = page.card
    return Picture(
        above=_when(page, guest),
        title=card.title,
        below=guest.words.listed(card.hosts),
        corner=guest.options.consortium_name,
        colors=tuple(host.color for host in page.hosts) or ("",),
        struck=card.status is WebinarStatus.CANCELLED,
    )


def programme(wanted: Asked, sources: Sources, guest: Visit) -> Shared:
    """Of the list, as far as it is narrowed by what the consortium names: never by words that somebody typed."""
    names = narrowing.names_of(wanted, sources, guest.words)
    title = guest.words.coming_of(names)
    return Shared(
        title=title,
        description=guest.words.joint_webinars([each.short_name for each in sources.partnerships]),
        picture=_address(
            PROGRAMME_PICTURE,
            narrowing.known(wanted, sources),
            programme_picture(wanted, sources, guest),
            guest,
        ),
        picture_words=title,
    )


def programme_picture(wanted: Asked, sources: Sources, guest: Visit) -> Picture:
    words, names = guest.words, narrowing.names_of(wanted, sources, guest.words)
    hosts = [each for each in sources.partnerships if each.id == wanted.chosen.get("partnership", each.id)]
    return Picture(
        above=words.coming() if names else short_name(guest.options),
        title=" · ".join(names) or words.coming(),
        below=hosts[0].name if len(hosts) == 1 else words.listed([each.short_name for each in sources.partnerships]),
        corner=guest.options.consortium_name,
        colors=tuple(each.color for each in hosts or sources.partnerships) or ("",),
    )


def calendar(selection: Public, sources: Sources, guest: Visit) -> Shared:
    words = guest.words
    title = words.subscribe() if selection == Everything() else subscriptions.title(selection, sources, guest)
    picture = calendar_picture(selection, sources, guest)
    return Shared(
        title=title,
        description=words.subscribing(),
        picture=_address(CALENDAR_PICTURE, choice_pairs(selection), picture, guest),
        picture_words=title,
    )


def calendar_picture(selection: Public, sources: Sources, guest: Visit) -> Picture:
    chosen = {value for kind, value in choice_pairs(selection) if kind == "partnership"}
    hosts = [each for each in sources.partnerships if each.id in chosen] or sources.partnerships
    return Picture(
        above=guest.words.subscribe(),
        title=subscriptions.title(selection, sources, guest),
        below="Google · Outlook · Apple · Thunderbird",
        corner=guest.options.consortium_name,
        colors=tuple(each.color for each in hosts) or ("",),
    )


def event(page: Page, guest: Visit, picture: str) -> dict[str, Any]:
    around = Around(
        address=guest.full(webinar_path(page.card.code)),
        picture=picture,
        hosts={host.id: guest.full("/", {"partnership": host.id}) for host in page.hosts},
        summary=_summary(page, guest),
        topics=tuple(guest.words.names(page.card.topics)),
    )
    return structured_event(page, around)


def _address(path: str, pairs: Pairs, drawn: Picture, guest: Visit) -> str:
    """New with all that the picture shows: messengers keep what they have seen once."""
    version = digest(repr(drawn).encode())[:8]
    return guest.full(path, [*pairs, ("v", version), ("lang", guest.words.language)])


def _summary(page: Page, guest: Visit) -> str:
    when = _when(page, guest)
    return f"{when} · {guest.words.listed(page.card.hosts)}" if page.card.hosts else when


def _when(page: Page, guest: Visit) -> str:
    card, words = page.card, guest.words
    when = words.full(card.starts_at, card.timezone)
    return words.cancelled_on(when) if card.status is WebinarStatus.CANCELLED else when
