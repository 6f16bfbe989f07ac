"""An organiser's view of a published webinar, and what a change would do before it is made."""

from markupsafe import Markup

from bot.callbacks import (
    AgendaShare,
    CallOff,
    DraftDuplicate,
    EditShow,
    FeedbackResults,
    FormShow,
    HostsShow,
    LettersShow,
    ManageList,
    ManageShow,
    MaterialsShow,
    MoveAsk,
    PastShow,
    PeopleShow,
    Restore,
    ShowCard,
    StatsOf,
)
from bot.screen import Button, Press, Rows, Screen, lines
from bot.screens.card import cancelled as called_off
from bot.screens.card import short, short_when
from domain.cards import Card
from domain.fetches import Lag
from storage import WebinarStatus
from texts.chat import ChatTexts


def webinar(card: Card, texts: ChatTexts, lag: Lag | None = None) -> Screen:
    """`lag` is how many calendars have seen a change that is not long ago."""
    cancelled = card.status is WebinarStatus.CANCELLED
    changes = () if cancelled else (*_move(card, texts), Press(texts.button_edit(), EditShow(card.code)))
    hosts = () if cancelled else (Press(texts.button_hosts(), HostsShow(card.code)),)
    begun = not (cancelled or card.open)
    materials = (Press(texts.button_materials(), MaterialsShow(card.code)),) if begun else ()
    agenda = (Press(texts.button_share_agenda(), AgendaShare(card.code), below=True),) if card.agenda else ()
    numbers = (Press(texts.button_numbers(), StatsOf(card.code)),) if begun and not card.meeting else ()
    feedback = () if cancelled or card.meeting else (_feedback(card, texts),)
    return Screen(
        lines(
            called_off(card, texts),
            texts.meeting_mark() if card.meeting else None,
            texts.reason(card.cancel_reason) if card.cancel_reason else None,
            texts.managed_webinar(card.title, short_when(card, texts)),
            Markup("{hosts}").format(hosts=short(texts.seen_hosts(card.hosts, card.invited))),
            texts.attendance(card.registered, card.waiting),
            texts.calendars_current(lag.current, lag.calendars) if lag else None,
        ),
        (
            changes,
            (
                Press(texts.button_people(), PeopleShow(card.code, 1)),
                Press(texts.button_write(), LettersShow(card.code)),
            ),
            (*hosts, *materials),
            (*feedback, *numbers, *agenda),
            (Press(texts.button_duplicate(), DraftDuplicate(card.code)), *_call_off(card, texts)),
            (
                Press(texts.button_preview(), ShowCard(card.code)),
                Press(texts.button_back(), PastShow(1) if card.ended else ManageList(1)),
            ),
        ),
    )


def _feedback(card: Card, texts: ChatTexts) -> Button:
    """What was said of it, or while it is not over, what will be asked."""
    if card.ended:
        return Press(texts.button_feedback(), FeedbackResults(card.code))
    return Press(texts.button_feedback_questions(), FormShow(card.code, 1))


def _move(card: Card, texts: ChatTexts) -> tuple[Button, ...]:
    """What is over can't be moved or cancelled any more, only put right."""
    return () if card.ended else (Press(texts.button_move(), MoveAsk(card.code)),)


def _call_off(card: Card, texts: ChatTexts) -> tuple[Button, ...]:
    if card.ended:
        return ()
    if card.status is WebinarStatus.CANCELLED:
        return (Press(texts.button_restore(), Restore(card.code)),)
    label = texts.button_call_off_meeting() if card.meeting else texts.button_call_off()
    return (Press(label, CallOff(card.code, 0)),)


def ask_for_move(card: Card, texts: ChatTexts) -> Screen:
    return Screen(texts.ask_new_time(card.title, card.timezone), back(card.code, texts))


def back(code: str, texts: ChatTexts) -> Rows:
    """To the webinar, from whatever was asked about it."""
    return ((Press(texts.button_back(), ManageShow(code)),),)
