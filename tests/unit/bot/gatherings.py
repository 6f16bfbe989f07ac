"""Meetings of organisers, as those see them who may come."""

from collections.abc import Callable
from dataclasses import replace

from bot.screen import Screen
from bot.screens import desk, draft, lists, managing
from bot.screens import meetings as screens
from bot.screens.card import webinar_card
from bot.screens.pushed import pushed
from domain.cards import Card
from domain.desk import Everything
from domain.draft_fields import ForWhom
from domain.drafts import DraftView
from domain.listing import Page
from domain.meetings.board import Board
from domain.meetings.news import MeetingCalled
from domain.takes_place import Cancelled, Restored
from storage import RegistrationStatus, WebinarStatus
from tests.chat import JOIN, LEADS, NOW, READY
from tests.chat import draft as draft_view
from tests.unit.bot import outlooks
from texts.chat import ChatTexts

SEATED = RegistrationStatus.REGISTERED


def meeting(card: Card, **changes: object) -> Card:
    values = {"meeting": True, "capacity": None, "topics": (), "topic_ids": ()} | changes
    return replace(card, **values)  # type: ignore[arg-type]


def shown(card: Card, words: ChatTexts) -> Screen:
    return webinar_card(card, words, leads=LEADS, now=NOW)


def page(card: Card) -> Page:
    cards = (
        meeting(card),
        meeting(card, code="b", my_status=SEATED),
        meeting(card, code="c", status=WebinarStatus.CANCELLED, open=False),
    )
    return Page(cards, 2, 3, 15)


OF_CARD: dict[str, Callable[[Card, ChatTexts], Screen]] = {
    "meeting": lambda card, words: shown(meeting(card), words),
    "meeting_full": lambda card, words: shown(meeting(card, capacity=9, registered=9), words),
    "meeting_coming": lambda card, words: shown(meeting(card, my_status=SEATED), words),
    "meeting_join_now": lambda card, words: shown(meeting(card, my_status=SEATED, join_url=JOIN), words),
    "meeting_begun": lambda card, words: shown(meeting(card, open=False), words),
    "meeting_ended": lambda card, words: shown(meeting(card, open=False, ended=True), words),
    "meeting_cancelled": lambda card, words: shown(meeting(card, open=False, status=WebinarStatus.CANCELLED), words),
    "meeting_list_mine": lambda card, words: lists.mine(page(card), words),
    "meeting_everything": lambda card, words: desk.everything(Everything(page(card), frozenset()), words),
    "meeting_managed": lambda card, words: managing.webinar(meeting(card), words),
    "meeting_managed_cancelled": lambda card, words: managing.webinar(page(card).cards[-1], words),
    "meeting_preview": lambda card, words: draft.preview(meeting(card), outlooks.CALM, words),
    "meeting_published": lambda card, words: draft.published(meeting(card, my_status=SEATED), None, words),
    "meetings": lambda card, words: screens.board(Board(page(card)), words),
    "meetings_one": lambda card, words: screens.board(Board(Page((meeting(card),), 1, 1, 1)), words),
    "pushed_meeting_called": lambda card, words: pushed(MeetingCalled(meeting(card)), words, now=NOW),
    "pushed_meeting_called_by_one": lambda card, words: pushed(
        MeetingCalled(meeting(card, hosts=card.hosts[:1])), words, now=NOW
    ),
    "pushed_meeting_cancelled": lambda card, words: pushed(Cancelled(meeting(card, my_status=SEATED)), words, now=NOW),
    "pushed_meeting_restored": lambda card, words: pushed(Restored(meeting(card, my_status=SEATED)), words, now=NOW),
}

OF_DRAFT: dict[str, Callable[[DraftView, ChatTexts], Screen]] = {
    "draft_for_whom": draft.for_whom,
    "draft_meeting": lambda view, words: draft.draft_card(
        replace(view, fields=view.fields.changed({"for_whom": ForWhom.HOSTS})), words
    ),
}

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "meetings_none": lambda words: screens.board(Board(Page((), 1, 1, 0)), words),
    "draft_meeting_ready": lambda words: draft.draft_card(
        draft_view(chosen=("NF4",), for_whom=ForWhom.ORGANISERS, **READY), words
    ),
}
