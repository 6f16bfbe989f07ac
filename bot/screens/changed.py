"""To those who have a place: what is not as they knew it any more."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bot.callbacks import Leave, ShowCard, ShowUpcoming
from bot.doors import Door
from bot.screen import Button, Link, Press, Screen, lines, own_time
from bot.screens.card import join, leaving, old_and_new, short, short_when
from domain.cards import Place
from domain.change_news import Changed
from domain.details import Detail
from domain.merging import Change, Changes, Hosted
from domain.takes_place import Cancelled, Moved, Restored
from storage import RegistrationStatus
from texts.chat import ChatTexts


def changed(content: Change | Changes, texts: ChatTexts, door: Door) -> Screen:
    """What is called off has nothing to look at any more but the others."""
    parts = content.parts if isinstance(content, Changes) else (content,)
    first, *others = parts
    place, title = first.card, _known_title(parts)
    said = lines(*_told(first, title, texts), *(line for part in others for line in ("", *_told_too(part, texts))))
    if isinstance(first, Cancelled):
        look = Press(texts.button_all(), ShowUpcoming(1), below=True)
        return Screen(said, ((look, Press(texts.button_off_my_list(), Leave(place.code))),))
    details = Press(texts.button_details(), ShowCard(place.code), below=True)
    return Screen(said, (_way_in(parts, texts, door), (details, _leave(place, texts))))


def _known_title(parts: tuple[Change, ...]) -> str:
    """What the reader has called it until now."""
    olds = [part.old for part in parts if isinstance(part, Changed)]
    return next((old[Detail.TITLE] for old in olds if Detail.TITLE in old), parts[0].card.title)


def _told(change: Change, title: str, texts: ChatTexts) -> Iterator[Markup | None]:
    place = change.card
    match change:
        case Moved(_, old_start):
            yield texts.moved(title)
            yield old_and_new(place, old_start, texts)
            yield _behind(change, texts)
            yield _kept(place, texts)
        case Cancelled():
            yield texts.cancelled(title, short_when(place, texts))
            yield texts.reason(place.cancel_reason) if place.cancel_reason else None
            yield _behind(change, texts)
        case Restored():
            yield texts.restored(title, short_when(place, texts))
            yield _kept(place, texts)
        case Changed():
            yield texts.changed(title)
            yield from _fields(change, texts)
        case Hosted():
            yield texts.hosted(title, _new_hosts(change))
            yield texts.hosted_before(change.old_hosts)
            yield _kept(place, texts)


def _told_too(change: Change, texts: ChatTexts) -> Iterator[Markup]:
    match change:
        case Changed():
            yield texts.changed_too()
            yield from _fields(change, texts)
        case Hosted():
            yield texts.hosted_too(_new_hosts(change))
            yield texts.hosted_before(change.old_hosts)


def _new_hosts(hosted: Hosted) -> Sequence[str]:
    return [host for host in hosted.card.hosts if host not in hosted.old_hosts] or hosted.card.hosts


def _fields(content: Changed, texts: ChatTexts) -> Iterator[Markup]:
    """What is long is only named: it is under Details."""
    card, old = content.card, content.old
    if Detail.TITLE in old:
        yield texts.was_and_is(texts.part("title"), old[Detail.TITLE], card.title)
    if Detail.DURATION in old:
        now = texts.minutes(card.duration_minutes)
        yield texts.was_and_is(texts.part("duration"), texts.minutes(old[Detail.DURATION]), now)
    if Detail.LANGUAGE in old:
        now = texts.language_name(card.language)
        yield texts.was_and_is(texts.part("language"), texts.language_name(old[Detail.LANGUAGE]), now)
    if Detail.TOPICS in old:
        names = [short(texts.listed(texts.names(topics))) for topics in (old[Detail.TOPICS], card.topics)]
        yield texts.was_and_is(texts.part("topics"), *(each or texts.no_topics() for each in names))
    if Detail.DESCRIPTION in old:
        yield texts.new_description()
    if Detail.AGENDA in old:
        yield texts.new_agenda()
    if content.join_url:
        yield texts.new_link()


def _behind(content: Moved | Cancelled, texts: ChatTexts) -> Markup | None:
    behind, zone = content.behind, content.card.timezone
    if behind is None:
        return None
    return texts.still_shows(behind.families, own_time(behind.start, texts.short(behind.start, zone)))


def _kept(place: Place, texts: ChatTexts) -> Markup:
    return texts.seat_kept() if place.my_status is RegistrationStatus.REGISTERED else texts.place_kept()


def _way_in(parts: tuple[Change, ...], texts: ChatTexts, door: Door) -> tuple[Button, ...]:
    """A new link at once; else when people may come in, if they are told of the time."""
    place = parts[0].card
    new = next((part.join_url for part in parts if isinstance(part, Changed) and part.join_url), None)
    if new:
        return (Link(texts.button_new_link(), door(place.ticket, new)),)
    return join(place, texts, door) if isinstance(parts[0], Moved) else ()


def _leave(place: Place, texts: ChatTexts) -> Press:
    seated = place.my_status is RegistrationStatus.REGISTERED
    return leaving(place, texts) if seated else Press(texts.button_leave_waitlist(), Leave(place.code))
