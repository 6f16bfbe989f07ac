"""Meetings of organisers: all that are planned, and the call to one."""

from markupsafe import Markup

from bot.callbacks import ManageList, MeetingNew, MeetingsShow, ShowCard
from bot.screen import Press, Screen, lines
from bot.screens.card import label, registering, short, short_when
from domain.cards import Card
from domain.meetings.board import Board
from domain.meetings.news import MeetingCalled
from storage import RegistrationStatus, WebinarStatus
from texts.chat import ChatTexts


def board(found: Board, texts: ChatTexts) -> Screen:
    page = found.page
    title = texts.with_page(texts.meetings_title(), page.number, page.pages)
    items = [item for card in page.cards for item in ("", _item(card, texts))] or ["", texts.no_meetings()]
    earlier = (Press(texts.button_earlier(), MeetingsShow(page.number - 1)),) if page.number > 1 else ()
    later = (Press(texts.button_later(), MeetingsShow(page.number + 1)),) if page.number < page.pages else ()
    return Screen(
        lines(title, *items),
        (
            *((Press(label(card), ShowCard(card.code)),) for card in page.cards),
            (*earlier, *later),
            (Press(texts.button_new_meeting(), MeetingNew()),),
            (Press(texts.button_back(), ManageList(1)),),
        ),
    )


def _item(card: Card, texts: ChatTexts) -> Markup:
    """Who calls it and whether the reader comes."""
    state = None
    if card.status is WebinarStatus.CANCELLED:
        state = texts.state_cancelled()
    elif card.my_status is RegistrationStatus.REGISTERED:
        state = texts.state_coming()
    facts = [short(texts.hosts(card.hosts)), state]
    return Markup("<b>{title}</b>\n{when}{facts}").format(
        title=card.title, when=short_when(card, texts), facts="".join(f" · {fact}" for fact in facts if fact)
    )


def pushed(news: MeetingCalled, texts: ChatTexts) -> Screen:
    card = news.card
    return Screen(
        lines(
            texts.meeting_called(card.hosts),
            Markup("<b>{title}</b>").format(title=card.title),
            Markup("📅 {when} · {length}").format(
                when=short_when(card, texts), length=texts.minutes(card.duration_minutes)
            ),
        ),
        ((registering(card, texts), Press(texts.button_details(), ShowCard(card.code), below=True)),),
    )
