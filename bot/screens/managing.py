"""An organiser's view of a published webinar, and what a change would do before it is made."""

from datetime import datetime

from bot.callbacks import CallOff, HostAdd, HostsShow, ManageList, ManageShow, MoveAsk, MoveSure, Restore, ShowCard
from bot.screen import Button, Press, Rows, Screen, grid, lines, own_time
from bot.screens.card import short_when
from domain.cards import Card
from domain.changes import Proposal
from domain.choices import Choice
from storage import WebinarStatus
from texts.chat import ChatTexts


def webinar(card: Card, texts: ChatTexts) -> Screen:
    cancelled = card.status is WebinarStatus.CANCELLED
    changes: tuple[Button, ...] = (
        (Press(texts.button_restore(), Restore(card.code)),)
        if cancelled
        else (Press(texts.button_move(), MoveAsk(card.code)), Press(texts.button_call_off(), CallOff(card.code, 0)))
    )
    hosts = () if cancelled else (Press(texts.button_add_host(), HostsShow(card.code)),)
    return Screen(
        lines(
            texts.webinar_cancelled() if cancelled else None,
            texts.managed_webinar(card.title, short_when(card, texts)),
            texts.attendance(card.registered, card.waiting),
        ),
        (
            changes,
            hosts,
            (Press(texts.button_preview(), ShowCard(card.code)), Press(texts.button_back(), ManageList(1))),
        ),
    )


def hosts(card: Card, addable: tuple[Choice, ...], texts: ChatTexts) -> Screen:
    buttons = [Press(choice.name, HostAdd(card.code, choice.id)) for choice in addable]
    return Screen(
        texts.choose_host_to_add(card.title, card.hosts) if addable else texts.no_host_to_add(),
        (*grid(buttons), (Press(texts.button_back(), ManageShow(card.code)),)),
    )


def ask_for_move(card: Card, texts: ChatTexts) -> Screen:
    return Screen(texts.ask_new_time(card.title, card.timezone), back(card.code, texts))


def back(code: str, texts: ChatTexts) -> Rows:
    """To the webinar, from whatever was asked about it."""
    return ((Press(texts.button_back(), ManageShow(code)),),)


def move_sure(proposal: Proposal, texts: ChatTexts) -> Screen:
    """What a move means, before it is made."""
    card = proposal.card
    new = own_time(proposal.new_start, texts.full(proposal.new_start, card.timezone))
    return Screen(
        lines(texts.move_sure(card.title, new), texts.told_once(card.registered, card.waiting)),
        (
            (Press(texts.button_move_sure(), MoveSure(card.code, _minute(proposal.new_start))),),
            (Press(texts.button_back(), ManageShow(card.code)),),
        ),
    )


def call_off_sure(card: Card, texts: ChatTexts) -> Screen:
    return Screen(
        lines(texts.call_off_sure(card.title), texts.told_once(card.registered, card.waiting)),
        (
            (Press(texts.button_call_off_sure(), CallOff(card.code, 1)),),
            (Press(texts.button_back(), ManageShow(card.code)),),
        ),
    )


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
