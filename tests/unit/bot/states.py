"""Every state of every screen: built from a card or a draft, so that a test may give one of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.context import texts_for
from bot.screen import Screen
from bot.screens import draft as drafting
from bot.screens import following, lists, managing, privacy
from bot.screens.calendar import replace_sure
from bot.screens.card import webinar_card
from bot.screens.pushed import pushed
from bot.screens.sharing import shared_card
from domain.cards import AgendaLine, Card
from domain.content import (
    Announcement,
    Content,
    Edited,
    Reminder,
    SeatWon,
    StayAsked,
)
from domain.draft_fields import TYPED
from domain.drafts import DraftView, Field
from domain.listing import Page, Welcome
from domain.merging import Hosted
from domain.reading.agenda import MOST_LINES
from domain.reading.draft_values import LONGEST_MINUTES, MOST_SEATS, TITLE_LENGTH, FieldFault
from domain.reading.when import WhenFault
from domain.takes_place import Cancelled, Moved, Restored
from storage import RegistrationStatus, WebinarStatus
from tests.chat import JOIN, LEADS, NOW, READY, START, card, draft
from tests.unit.bot import (
    calendars,
    changings,
    counted,
    gatherings,
    importings,
    learnt,
    libraries,
    mailings,
    operating,
    opinions,
    outlooks,
    teams,
    together,
    wishes,
    writings,
)
from texts.chat import ChatTexts

REGISTERED, WAITLISTED = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
AGENDA = (AgendaLine("Welcome", "", 5), AgendaLine("Labels in China", "Li Wei", 40), AgendaLine("Questions", "", None))
PARTNERSHIPS = ("EC2i", "MobiGoIn-Action", "AdPack²", "NF4")


def shown(card: Card, words: ChatTexts, *, now: datetime = NOW) -> Screen:
    return webinar_card(card, words, leads=LEADS, now=now)


def told(content: Content, words: ChatTexts, *, now: datetime = NOW) -> Screen:
    return pushed(content, words, now=now)


def soon(card: Card) -> Card:
    return replace(card, my_status=REGISTERED, join_url=JOIN)


def begun(card: Card) -> Card:
    return replace(card, open=False)


def page(card: Card) -> Page:
    """The second of three pages, with all that can be said about a webinar in a list."""
    cards = (
        card,
        replace(card, code="b", my_status=REGISTERED),
        replace(card, code="c", registered=50, waiting=7, my_status=WAITLISTED, my_position=3),
        replace(card, code="d", registered=50),
        replace(card, code="e", status=WebinarStatus.CANCELLED, open=False, my_status=REGISTERED),
    )
    return Page(cards, 2, 3, 15, search="0a1b2c")


OF_CARD: dict[str, Callable[[Card, ChatTexts], Screen]] = {
    "card_stranger": shown,
    "card_agenda": lambda card, words: shown(replace(card, agenda=card.agenda or AGENDA), words),
    "card_bare": lambda card, words: shown(
        replace(card, description="", topics=(), hosts=card.hosts[:1], capacity=None), words
    ),
    "card_last_seat": lambda card, words: shown(replace(card, registered=49), words),
    "card_registered": lambda card, words: shown(replace(card, registered=39, my_status=REGISTERED), words),
    "card_registered_late": lambda card, words: shown(
        replace(card, my_status=REGISTERED), words, now=START - timedelta(minutes=50)
    ),
    "card_registered_no_reminder_left": lambda card, words: webinar_card(
        replace(card, my_status=REGISTERED), words, leads=LEADS[:2], now=START - timedelta(minutes=50)
    ),
    "card_join_now": lambda card, words: shown(soon(card), words),
    "card_join_now_begun": lambda card, words: shown(begun(soon(card)), words),
    "card_full": lambda card, words: shown(replace(card, registered=50), words),
    "card_full_line": lambda card, words: shown(replace(card, registered=50, waiting=3), words),
    "card_full_one_seat": lambda card, words: shown(replace(card, capacity=1, registered=1, waiting=1), words),
    "card_waiting": lambda card, words: shown(
        replace(card, registered=50, waiting=4, my_status=WAITLISTED, my_position=4), words
    ),
    "card_waiting_begun": lambda card, words: shown(begun(replace(card, my_status=WAITLISTED, my_position=4)), words),
    "card_begun": lambda card, words: shown(begun(card), words),
    "card_cancelled": lambda card, words: shown(begun(replace(card, status=WebinarStatus.CANCELLED)), words),
    "card_cancelled_registered": lambda card, words: shown(
        begun(replace(card, status=WebinarStatus.CANCELLED, my_status=REGISTERED)), words
    ),
    "card_ended": lambda card, words: shown(begun(replace(card, ended=True, my_status=REGISTERED)), words),
    "list_upcoming": lambda card, words: lists.upcoming(Page((card,), 1, 1, 1), words),
    "list_upcoming_paged": lambda card, words: lists.upcoming(page(card), words),
    "list_mine": lambda card, words: lists.mine(Page((replace(card, my_status=REGISTERED),), 1, 1, 1), words),
    "list_mine_paged": lambda card, words: lists.mine(page(card), words),
    "welcome": lambda card, words: lists.welcome(Welcome(PARTNERSHIPS, ("China", "USA"), card), words, organiser=False),
    "draft_preview": lambda card, words: drafting.preview(card, outlooks.CALM, words),
    "draft_preview_warned": lambda card, words: drafting.preview(card, outlooks.WARNED, words),
    "draft_preview_crowded": lambda card, words: drafting.preview(card, outlooks.crowded(), words),
    "draft_published": lambda card, words: drafting.published(
        card, "https://webinars.example.org/webinars/pack1234", words
    ),
    "pushed_reminder": lambda card, words: told(Reminder(card, JOIN), words, now=START - timedelta(hours=1)),
    "pushed_seat_won": lambda card, words: told(SeatWon(replace(card, my_status=REGISTERED)), words),
    "pushed_seat_won_now": lambda card, words: told(SeatWon(soon(card)), words),
    "pushed_moved": lambda card, words: told(
        Moved(replace(card, my_status=REGISTERED), START - timedelta(days=2, hours=5)), words
    ),
    "pushed_moved_waiting": lambda card, words: told(
        Moved(replace(card, my_status=WAITLISTED), START + timedelta(days=1)), words
    ),
    "pushed_moved_now": lambda card, words: told(Moved(soon(card), START + timedelta(days=1)), words),
    "pushed_cancelled": lambda card, words: told(Cancelled(card), words),
    "pushed_restored": lambda card, words: told(Restored(replace(card, my_status=REGISTERED)), words),
    "pushed_hosted": lambda card, words: told(Hosted(replace(card, my_status=REGISTERED), card.hosts[:1]), words),
    "pushed_announcement": lambda card, words: told(Announcement((card,), card.topics), words),
    "pushed_announcement_begun": lambda card, words: told(Announcement((begun(card),), ()), words),
    "pushed_announcement_many": lambda card, words: told(
        Announcement((card,) * 4 + page(card).cards[-1:] * 3, card.hosts), words
    ),
    "pushed_announcement_edited": lambda card, words: told(Edited(7, Announcement((card,), card.hosts)), words),
    "shared_card": lambda card, words: shared_card(card, "convoke_bot", words),
    "shared_card_begun": lambda card, words: shared_card(begun(card), "convoke_bot", words),
    "shared_card_cancelled": lambda card, words: shared_card(page(card).cards[-1], "convoke_bot", words),
    "follow_offer": following.offer,
    "list_fitting": lambda card, words: lists.fitting(page(card), words),
    "list_found": lambda card, words: lists.fitting(replace(page(card), words="food china"), words),
    "managed": managing.webinar,
    "managed_cancelled": lambda card, words: managing.webinar(page(card).cards[-1], words),
    "managed_ask_for_move": managing.ask_for_move,
    **calendars.OF_CARD,
    **changings.OF_CARD,
    **gatherings.OF_CARD,
    **mailings.OF_CARD,
    **opinions.OF_CARD,
    **together.OF_CARD,
}

FIELD_FAULTS = {
    FieldFault.EMPTY: (Field.TITLE, 0),
    FieldFault.TOO_LONG: (Field.TITLE, TITLE_LENGTH),
    FieldFault.NOT_HTTPS: (Field.LINK, 0),
    FieldFault.NO_DURATION: (Field.DURATION, LONGEST_MINUTES // 60),
    FieldFault.NO_SEATS: (Field.SEATS, MOST_SEATS),
    FieldFault.TOO_MANY_LINES: (Field.AGENDA, MOST_LINES),
    FieldFault.NOTHING_FOUND: (Field.INVITATION, 0),
}
WHEN_FAULTS = {
    WhenFault.UNREADABLE: "next week",
    WhenFault.NO_SUCH_DATE: "30 Feb",
    WhenFault.NO_TIME: "15 Jan",
    WhenFault.NO_SUCH_TIME: "25:00",
    WhenFault.WRONG_WEEKDAY: "Mon 3 Feb 9:30",
    WhenFault.TWO_DATES: "01/02/2027",
    WhenFault.TWO_ZONES: "CST",
    WhenFault.SKIPPED: "02:30",
    WhenFault.SECOND_OF_TWO: "02:30",
    WhenFault.PAST: "3 Feb 2026 9:30",
    WhenFault.UNKNOWN_ZONE: "Atlantis",
}
HALF = draft(title="Cold chain to Guangdong", chosen=("NF4", "China"))
FULL = draft(
    chosen=("EC2i", "NF4", "China", "Food"),
    description="Ports, paperwork and partners for chilled goods.",
    duration_minutes=90,
    language="fr",
    capacity=30,
    **READY,
)


def asked(view: DraftView, field: Field, words: ChatTexts) -> Screen:
    return drafting.draft_card(replace(view, asking=field), words)


OF_DRAFT: dict[str, Callable[[DraftView, ChatTexts], Screen]] = {
    "draft_half": lambda view, words: drafting.draft_card(replace(view, asking=None), words),
    **{
        f"draft_asking_{field}": lambda view, words, field=field: asked(view, field, words)  # type: ignore[misc]
        for field in sorted(TYPED)
    },
    **{
        f"draft_fault_{fault}": lambda view, words, fault=fault, field=field, limit=limit: drafting.draft_card(  # type: ignore[misc]
            replace(view, asking=field), words, words.field_fault(fault, limit)
        )
        for fault, (field, limit) in FIELD_FAULTS.items()
    },
    **{
        f"draft_fault_{fault}": lambda view, words, fault=fault, part=part: drafting.draft_card(  # type: ignore[misc]
            replace(view, asking=Field.WHEN), words, words.when_fault(fault, part)
        )
        for fault, part in WHEN_FAULTS.items()
    },
    "draft_hosts": drafting.hosts,
    "draft_topics": drafting.topics,
    "draft_languages": drafting.languages,
    **gatherings.OF_DRAFT,
}

ALONE: dict[str, Callable[[ChatTexts], Screen]] = {
    "draft_empty": lambda words: asked(draft(), Field.TITLE, words),
    "draft_ready": lambda words: drafting.draft_card(draft(chosen=("NF4",), **READY), words),
    "draft_full": lambda words: drafting.draft_card(FULL, words),
    "list_upcoming_empty": lambda words: lists.upcoming(Page((), 1, 1, 0), words),
    "list_mine_empty": lambda words: lists.mine(Page((), 1, 1, 0), words),
    "list_fitting_empty": lambda words: lists.fitting(Page((), 1, 1, 12, topics=("China", "Food")), words),
    "list_found_empty": lambda words: lists.fitting(Page((), 1, 1, 1, words="<b>food</b>"), words),
    "pushed_stay": lambda words: told(StayAsked(NOW), words),
    "welcome_nothing_planned": lambda words: lists.welcome(Welcome(PARTNERSHIPS, (), None), words, organiser=True),
    "draft_discard": drafting.discard,
    "draft_discarded": lambda words: Screen(words.discarded()),
    "draft_none": lambda words: Screen(words.no_draft()),
    "help": lambda words: Screen(words.help(organiser=False)),
    "help_organiser": lambda words: Screen(words.help(organiser=True)),
    "help_administrator": lambda words: Screen(words.help(organiser=True, administrator=True)),
    "calendar_replace_sure": replace_sure,
    "privacy": lambda words: privacy.privacy(words, organiser=False),
    "privacy_of_organiser": lambda words: privacy.privacy(words, organiser=True),
    "privacy_erase_sure": privacy.erase_sure,
    "said_no_such_webinar": lambda words: Screen(words.no_such_webinar()),
    "said_did_not_understand": lambda words: Screen(words.did_not_understand()),
    "said_not_allowed": lambda words: Screen(words.not_allowed()),
    "said_failed": lambda words: Screen(words.failed()),
}


OF_NOTHING = {
    **ALONE,
    **calendars.SCREENS,
    **gatherings.SCREENS,
    **importings.SCREENS,
    **learnt.SCREENS,
    **libraries.SCREENS,
    **outlooks.SCREENS,
    **teams.SCREENS,
    **together.SCREENS,
    **counted.SCREENS,
    **mailings.SCREENS,
    **operating.SCREENS,
    **opinions.SCREENS,
    **wishes.SCREENS,
    **writings.SCREENS,
}


def every(words: ChatTexts) -> dict[str, Screen]:
    """All of them in one language."""
    return {
        **{name: screen(card(), words) for name, screen in OF_CARD.items()},
        **{name: screen(HALF, words) for name, screen in OF_DRAFT.items()},
        **{name: screen(words) for name, screen in OF_NOTHING.items()},
    }


EN = texts_for("en")
EVERY = every(EN)
