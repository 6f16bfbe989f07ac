"""To those who have a place: what is not as they knew it any more."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.callbacks import Leave, ShowCard
from bot.doors import Door
from bot.screen import Link, Press, Screen, lines
from bot.screens.card import short
from domain.change_news import Changed
from domain.details import Detail
from storage import RegistrationStatus
from texts.chat import ChatTexts


def changed(content: Changed, texts: ChatTexts, door: Door) -> Screen:
    """What is long is only named: it is under Details."""
    card = content.card
    seated = card.my_status is RegistrationStatus.REGISTERED
    leave = texts.button_leave() if seated else texts.button_leave_waitlist()
    link = (Link(texts.button_new_link(), door(card.ticket, content.join_url)),) if content.join_url else ()
    return Screen(
        lines(texts.changed(card.title), *_lines(content, texts)),
        (link, (Press(texts.button_details(), ShowCard(card.code), below=True), Press(leave, Leave(card.code)))),
    )


def _lines(content: Changed, texts: ChatTexts) -> Iterator[Markup]:
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
