"""Changing a webinar, in every state of its screens."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.screen import Screen
from bot.screens import editing, managing
from bot.screens.card import webinar_card
from bot.screens.pushed import pushed
from domain.cards import Card
from domain.change_news import Changed
from domain.choices import Choice
from domain.details import Detail
from domain.edit_questions import Part
from domain.editing import Prospect, Sheet, TopicChoice
from domain.impact import CANCEL_REASON, STARTS_AT, STATUS, Impact
from domain.merging import Change, Changes, Hosted
from domain.takes_place import Cancelled, Moved, Restored
from storage import RegistrationStatus, WebinarStatus
from tests.chat import JOIN, LEADS, NOW, START
from texts.chat import ChatTexts

Draw = Callable[[Card, ChatTexts], Screen]

NEW_START = START + timedelta(days=2, hours=5)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOLD = Impact(registered=38, waiting=4)
NOBODY = Impact()
AGENDA = [
    {"title": "Welcome", "speaker": "", "minutes": 5},
    {"title": "Labels in China", "speaker": "Li Wei", "minutes": 40},
]


def values(card: Card) -> dict[str, Any]:
    return {
        Detail.TITLE: card.title,
        Detail.DESCRIPTION: card.description,
        Detail.LANGUAGE: card.language,
        Detail.CAPACITY: card.capacity,
        Detail.JOIN_URL: JOIN,
        Detail.DURATION: card.duration_minutes,
        Detail.TIMEZONE: card.timezone,
        Detail.TOPICS: card.topics,
        Detail.AGENDA: AGENDA,
    }


def prospect(card: Card, new: Mapping[str, Any], impact: Impact = TOLD) -> Prospect:
    old = {field: value for field, value in values(card).items() if field in new}
    return Prospect(id=7, card=card, old=old, new=new, impact=impact)


def sure(new: Mapping[str, Any], impact: Impact = TOLD) -> Draw:
    return lambda card, words: editing.prospect(prospect(card, new, impact), None, words)


def asked(part: Part) -> Draw:
    return lambda card, words: editing.ask(Sheet(card, values(card)), part, words)


def off(card: Card) -> Card:
    return replace(card, status=WebinarStatus.CANCELLED, open=False, cancel_reason="The speaker is ill.")


def changed(old: dict[Detail, Any], *, link: str | None = None, seated: bool = True) -> Draw:
    status = RegistrationStatus.REGISTERED if seated else RegistrationStatus.WAITLISTED
    return lambda card, words: pushed(Changed(replace(card, my_status=status), old, link), words, now=NOW)


def together(parts: Callable[[Card], tuple[Change, ...]]) -> Draw:
    return lambda card, words: pushed(Changes(parts(replace(card, my_status=SEATED))), words, now=NOW)


SEATED = RegistrationStatus.REGISTERED
CHOICES = (Choice("china", "China", chosen=True), Choice("usa", "USA", chosen=False))
MOVE = {STARTS_AT: int(NEW_START.timestamp())}
CANCEL = {STATUS: WebinarStatus.CANCELLED.value}

OF_CARD: dict[str, Draw] = {
    "managed_move_sure": sure(
        MOVE,
        replace(TOLD, night=(("Asia/Shanghai", 5), ("America/New_York", 1)), busy=2, again=(DAY,), skipped=(DAY, HOUR)),
    ),
    "managed_move_sure_alone": sure(MOVE, Impact(registered=1, night=(("Asia/Shanghai", 1),), busy=1, skipped=(HOUR,))),
    "managed_ask_reason": editing.ask_reason,
    "managed_call_off_sure": sure(CANCEL, NOBODY),
    "managed_call_off_reason": sure(CANCEL | {CANCEL_REASON: "The speaker is ill."}),
    "managed_restore_sure": sure({STATUS: WebinarStatus.PUBLISHED.value}),
    "managed_edit": lambda card, words: editing.sheet(Sheet(card, values(card)), words),
    "managed_edit_bare": lambda card, words: editing.sheet(
        Sheet(
            card,
            values(card) | {Detail.DESCRIPTION: "", Detail.CAPACITY: None, Detail.TOPICS: (), Detail.AGENDA: []},
        ),
        words,
    ),
    **{f"managed_edit_{part}": asked(part) for part in Part if part is not Part.TOPICS},
    "managed_edit_topics": lambda card, words: editing.topics(TopicChoice(7, card, CHOICES), words),
    "managed_edit_sure_title": sure({Detail.TITLE: "Smart packaging for China"}),
    "managed_move_sure_meeting": sure(MOVE, Impact(registered=3, called=2)),
    "managed_move_sure_called_alone": sure(MOVE, Impact(called=1)),
    "managed_edit_sure_link": sure({Detail.JOIN_URL: "https://meet.example.org/new"}, Impact(registered=38)),
    "managed_edit_sure_text": sure(
        {Detail.DESCRIPTION: "What buyers expect.", Detail.AGENDA: AGENDA, Detail.TOPICS: ("China",)}
    ),
    "managed_edit_sure_agenda_away": sure({Detail.AGENDA: []}, NOBODY),
    "managed_edit_sure_length": sure({Detail.DURATION: 90}, replace(TOLD, busy=1)),
    "managed_edit_sure_more_seats": sure({Detail.CAPACITY: None}, Impact(promoted=4)),
    "managed_edit_sure_fewer_seats": sure({Detail.CAPACITY: 30}, Impact(over=8)),
    "managed_edit_sure_zone": sure({Detail.TIMEZONE: "Europe/Lisbon"}, NOBODY),
    "managed_edit_sure_language": sure({Detail.LANGUAGE: "fr"}),
    "pushed_cancelled_reason": lambda card, words: pushed(
        Cancelled(replace(card, cancel_reason="The speaker is ill.")), words, now=NOW
    ),
    "pushed_changed": changed(
        {
            Detail.TITLE: "Smart packaging",
            Detail.DURATION: 45,
            Detail.LANGUAGE: "fr",
            Detail.TOPICS: [],
            Detail.DESCRIPTION: "",
            Detail.AGENDA: [],
        }
    ),
    "pushed_changed_link": changed({Detail.JOIN_URL: JOIN}, link="https://meet.example.org/new"),
    "pushed_changed_waiting": changed({Detail.LANGUAGE: "fr"}, seated=False),
    "pushed_moved_and_changed": together(
        lambda card: (Moved(card, NEW_START), Changed(card, {Detail.TITLE: "Smart packaging"}, None))
    ),
    "pushed_restored_and_changed": together(
        lambda card: (
            Restored(card),
            Changed(card, {Detail.JOIN_URL: JOIN}, "https://meet.example.org/new"),
            Hosted(card, card.hosts[:1]),
        )
    ),
    "card_cancelled_reason": lambda card, words: webinar_card(off(card), words, leads=LEADS, now=NOW),
    "managed_cancelled_reason": lambda card, words: managing.webinar(off(card), words),
}
