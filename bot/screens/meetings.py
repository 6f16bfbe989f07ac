"""Meetings of organisers: all that are planned, and the call to one."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks import ManageList, MeetingNew, MeetingsShow, PollNew, PollOutcome, PollShow, ShowCard
from bot.screen import Press, Screen, cut, lines
from bot.screens import polls as polls_screens
from bot.screens.card import label, leaving, old_and_new, registering, short, short_when
from domain.cards import Card
from domain.meetings.board import Board, OpenPoll
from domain.meetings.news import MeetingCalled, PollAsked
from storage import RegistrationStatus, WebinarStatus
from texts.chat import ChatTexts

_MOST_POLLS = 5
_LABEL_LENGTH = 40


def board(found: Board, texts: ChatTexts) -> Screen:
    page = found.page
    title = texts.with_page(texts.meetings_title(), page.number, page.pages)
    items = [item for card in page.cards for item in ("", _item(card, texts))] or ["", texts.no_meetings()]
    polls = [texts.poll_item(poll.title, mine=poll.mine, answered=poll.answered) for poll in found.polls[:_MOST_POLLS]]
    earlier = (Press(texts.button_earlier(), MeetingsShow(page.number - 1)),) if page.number > 1 else ()
    later = (Press(texts.button_later(), MeetingsShow(page.number + 1)),) if page.number < page.pages else ()
    return Screen(
        lines(title, *items, *(("", texts.polls_open(), *polls) if polls else ())),
        (
            *((Press(label(card), ShowCard(card.code)),) for card in page.cards),
            (*earlier, *later),
            *((_poll(poll),) for poll in found.polls[:_MOST_POLLS]),
            (Press(texts.button_new_meeting(), MeetingNew()),),
            (Press(texts.button_poll_go_on() if found.writing else texts.button_new_poll(), PollNew()),),
            (Press(texts.button_back(), ManageList(1)),),
        ),
    )


def _poll(poll: OpenPoll) -> Press:
    """Whoever made it sees who can when."""
    return Press(cut(poll.title, _LABEL_LENGTH), PollOutcome(poll.code) if poll.mine else PollShow(poll.code))


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


def pushed(news: MeetingCalled | PollAsked, texts: ChatTexts) -> Screen:
    if isinstance(news, PollAsked):
        return polls_screens.pushed(news.ballot, texts)
    card = news.card
    if card.status is WebinarStatus.CANCELLED:
        return _called_off(card, texts)
    seated = card.my_status is RegistrationStatus.REGISTERED
    said = _moved(card, news.old_start, texts) if news.old_start else _called(card, texts)
    return Screen(
        lines(said, texts.on_the_list() if seated else None),
        (
            (
                leaving(card, texts) if seated else registering(card, texts),
                Press(texts.button_details(), ShowCard(card.code), below=True),
            ),
        ),
    )


def _called_off(card: Card, texts: ChatTexts) -> Screen:
    reason = texts.reason(card.cancel_reason) if card.cancel_reason else None
    board = Press(texts.button_meetings(), MeetingsShow(1), below=True)
    return Screen(lines(texts.cancelled(card.title, short_when(card, texts)), reason), ((board,),))


def _called(card: Card, texts: ChatTexts) -> Markup:
    return lines(
        texts.meeting_called(card.hosts),
        Markup("<b>{title}</b>").format(title=card.title),
        Markup("📅 {when} · {length}").format(
            when=short_when(card, texts), length=texts.minutes(card.duration_minutes)
        ),
    )


def _moved(card: Card, old_start: datetime, texts: ChatTexts) -> Markup:
    return lines(
        texts.moved(card.title),
        old_and_new(card, old_start, texts),
        texts.can_you_come(),
    )


def poll_closed(news: MeetingCalled, texts: ChatTexts) -> Screen:
    """Where the reader was asked when they could come."""
    card = news.card
    return Screen(
        lines(
            Markup("<b>{title}</b>").format(title=card.title),
            texts.poll_closed(),
            texts.poll_became(short_when(card, texts)),
        ),
        ((Press(texts.button_see_it(), ShowCard(card.code)),),),
    )
