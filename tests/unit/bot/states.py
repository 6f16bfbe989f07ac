"""Every state of every screen: built from a card or a draft, so that a test may give one of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.context import texts_for
from bot.screen import Screen
from bot.screens import draft as drafting
from bot.screens import following, lists, managing, privacy
from bot.screens.calendar import my_calendar, replace_sure
from bot.screens.card import webinar_card
from bot.screens.pushed import pushed
from bot.screens.sharing import shared_card
from domain.cards import AgendaLine, Card
from domain.changes import Proposal
from domain.choices import Choice
from domain.content import (
    Announcement,
    Cancelled,
    Content,
    Edited,
    Hosted,
    Moved,
    Reminder,
    Restored,
    SeatWon,
    StayAsked,
)
from domain.draft_values import LONGEST_MINUTES, MOST_SEATS, TITLE_LENGTH, FieldFault
from domain.drafts import DraftView, Field
from domain.listing import Page, Welcome
from domain.when import WhenFault
from storage import RegistrationStatus, WebinarStatus
from tests.chat import JOIN, LEADS, NOW, READY, START, card, draft

EN = texts_for("en")

REGISTERED, WAITLISTED = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
AGENDA = (AgendaLine("Welcome", "", 5), AgendaLine("Labels in China", "Li Wei", 40), AgendaLine("Questions", "", None))
FEED = "https://webinars.example.org/feeds/personal/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AB.ics"
PARTNERSHIPS = ("EC2i", "MobiGoIn-Action", "AdPack²", "NF4")


def shown(card: Card, *, now: datetime = NOW) -> Screen:
    return webinar_card(card, EN, leads=LEADS, now=now)


def told(content: Content, *, now: datetime = NOW) -> Screen:
    return pushed(content, EN, now=now)


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
    return Page(cards, 2, 3, 15)


OF_CARD: dict[str, Callable[[Card], Screen]] = {
    "card_stranger": shown,
    "card_agenda": lambda card: shown(replace(card, agenda=card.agenda or AGENDA)),
    "card_bare": lambda card: shown(replace(card, description="", topics=(), hosts=card.hosts[:1], capacity=None)),
    "card_last_seat": lambda card: shown(replace(card, registered=49)),
    "card_registered": lambda card: shown(replace(card, registered=39, my_status=REGISTERED)),
    "card_registered_late": lambda card: shown(replace(card, my_status=REGISTERED), now=START - timedelta(minutes=50)),
    "card_registered_no_reminder_left": lambda card: webinar_card(
        replace(card, my_status=REGISTERED), EN, leads=LEADS[:2], now=START - timedelta(minutes=50)
    ),
    "card_join_now": lambda card: shown(soon(card)),
    "card_join_now_begun": lambda card: shown(begun(soon(card))),
    "card_full": lambda card: shown(replace(card, registered=50)),
    "card_full_line": lambda card: shown(replace(card, registered=50, waiting=3)),
    "card_full_one_seat": lambda card: shown(replace(card, capacity=1, registered=1, waiting=1)),
    "card_waiting": lambda card: shown(replace(card, registered=50, waiting=4, my_status=WAITLISTED, my_position=4)),
    "card_waiting_begun": lambda card: shown(begun(replace(card, my_status=WAITLISTED, my_position=4))),
    "card_begun": lambda card: shown(begun(card)),
    "card_cancelled": lambda card: shown(begun(replace(card, status=WebinarStatus.CANCELLED))),
    "card_cancelled_registered": lambda card: shown(
        begun(replace(card, status=WebinarStatus.CANCELLED, my_status=REGISTERED))
    ),
    "card_ended": lambda card: shown(begun(replace(card, ended=True, my_status=REGISTERED))),
    "list_upcoming": lambda card: lists.upcoming(Page((card,), 1, 1, 1), EN),
    "list_upcoming_paged": lambda card: lists.upcoming(page(card), EN),
    "list_mine": lambda card: lists.mine(Page((replace(card, my_status=REGISTERED),), 1, 1, 1), EN),
    "list_mine_paged": lambda card: lists.mine(page(card), EN),
    "welcome": lambda card: lists.welcome(Welcome(PARTNERSHIPS, ("China", "USA"), card), EN, organiser=False),
    "draft_preview": lambda card: drafting.preview(card, EN),
    "draft_published": lambda card: drafting.published(card, "https://webinars.example.org/webinars/pack1234", EN),
    "pushed_reminder": lambda card: told(Reminder(card, JOIN), now=START - timedelta(hours=1)),
    "pushed_seat_won": lambda card: told(SeatWon(replace(card, my_status=REGISTERED))),
    "pushed_seat_won_now": lambda card: told(SeatWon(soon(card))),
    "pushed_moved": lambda card: told(Moved(replace(card, my_status=REGISTERED), START - timedelta(days=2, hours=5))),
    "pushed_moved_waiting": lambda card: told(Moved(replace(card, my_status=WAITLISTED), START + timedelta(days=1))),
    "pushed_moved_now": lambda card: told(Moved(soon(card), START + timedelta(days=1))),
    "pushed_cancelled": lambda card: told(Cancelled(card)),
    "pushed_restored": lambda card: told(Restored(card)),
    "pushed_hosted": lambda card: told(Hosted(card, card.hosts[:1])),
    "pushed_announcement": lambda card: told(Announcement((card,), card.topics)),
    "pushed_announcement_begun": lambda card: told(Announcement((begun(card),), ())),
    "pushed_announcement_many": lambda card: told(Announcement((card,) * 4 + page(card).cards[-1:] * 3, card.hosts)),
    "pushed_announcement_edited": lambda card: told(Edited(7, Announcement((card,), card.hosts))),
    "shared_card": lambda card: shared_card(card, "convoke_bot", EN),
    "shared_card_begun": lambda card: shared_card(begun(card), "convoke_bot", EN),
    "shared_card_cancelled": lambda card: shared_card(page(card).cards[-1], "convoke_bot", EN),
    "follow_offer": lambda card: following.offer(card, EN),
    "list_fitting": lambda card: lists.fitting(page(card), EN),
    "list_found": lambda card: lists.fitting(replace(page(card), words="food china"), EN),
    "list_managed": lambda card: lists.managed(page(card), EN),
    "managed": lambda card: managing.webinar(card, EN),
    "managed_cancelled": lambda card: managing.webinar(page(card).cards[-1], EN),
    "managed_hosts": lambda card: managing.hosts(card, (Choice("ec2i", "EC2i", chosen=False),), EN),
    "managed_ask_for_move": lambda card: managing.ask_for_move(card, EN),
    "managed_move_sure": lambda card: managing.move_sure(Proposal(card, START + timedelta(days=2)), EN),
    "managed_call_off_sure": lambda card: managing.call_off_sure(replace(card, registered=0), EN),
}

FIELD_FAULTS = {
    FieldFault.EMPTY: (Field.TITLE, 0),
    FieldFault.TOO_LONG: (Field.TITLE, TITLE_LENGTH),
    FieldFault.NOT_HTTPS: (Field.LINK, 0),
    FieldFault.NO_DURATION: (Field.DURATION, LONGEST_MINUTES // 60),
    FieldFault.NO_SEATS: (Field.SEATS, MOST_SEATS),
}
WHEN_FAULTS = {
    WhenFault.UNREADABLE: "next week",
    WhenFault.NO_SUCH_DATE: "30 Feb",
    WhenFault.NO_SUCH_TIME: "25:00",
    WhenFault.WRONG_WEEKDAY: "Mon 3 Feb 9:30",
    WhenFault.SKIPPED: "02:30",
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


def asked(view: DraftView, field: Field) -> Screen:
    return drafting.draft_card(replace(view, asking=field), EN)


OF_DRAFT: dict[str, Callable[[DraftView], Screen]] = {
    "draft_half": lambda view: drafting.draft_card(replace(view, asking=None), EN),
    **{
        f"draft_asking_{field}": lambda view, field=field: asked(view, field)  # type: ignore[misc]
        for field in (Field.TITLE, Field.WHEN, Field.LINK, Field.DESCRIPTION, Field.DURATION, Field.SEATS)
    },
    **{
        f"draft_fault_{fault}": lambda view, fault=fault, field=field, limit=limit: drafting.draft_card(  # type: ignore[misc]
            replace(view, asking=field), EN, EN.field_fault(fault, limit)
        )
        for fault, (field, limit) in FIELD_FAULTS.items()
    },
    **{
        f"draft_fault_{fault}": lambda view, fault=fault, part=part: drafting.draft_card(  # type: ignore[misc]
            replace(view, asking=Field.WHEN), EN, EN.when_fault(fault, part)
        )
        for fault, part in WHEN_FAULTS.items()
    },
    "draft_hosts": lambda view: drafting.hosts(view, EN),
    "draft_topics": lambda view: drafting.topics(view, EN),
    "draft_languages": lambda view: drafting.languages(view, EN),
}

ALONE: dict[str, Screen] = {
    "draft_empty": asked(draft(), Field.TITLE),
    "draft_ready": drafting.draft_card(draft(chosen=("NF4",), **READY), EN),
    "draft_full": drafting.draft_card(FULL, EN),
    "list_upcoming_empty": lists.upcoming(Page((), 1, 1, 0), EN),
    "list_mine_empty": lists.mine(Page((), 1, 1, 0), EN),
    "list_fitting_empty": lists.fitting(Page((), 1, 1, 12), EN),
    "list_found_empty": lists.fitting(Page((), 1, 1, 1, words="<b>food</b>"), EN),
    "list_managed_empty": lists.managed(Page((), 1, 1, 0), EN),
    "managed_no_host": managing.hosts(card(), (), EN),
    "pushed_stay": told(StayAsked(NOW)),
    "welcome_nothing_planned": lists.welcome(Welcome(PARTNERSHIPS, (), None), EN, organiser=True),
    "draft_discard": drafting.discard(EN),
    "draft_discarded": Screen(EN.discarded()),
    "draft_none": Screen(EN.no_draft()),
    "calendar": my_calendar(FEED, "https://webinars.example.org/calendar", EN),
    "help": Screen(EN.help(organiser=False)),
    "help_organiser": Screen(EN.help(organiser=True)),
    "calendar_replaced": my_calendar(FEED, "https://webinars.example.org/calendar", EN, EN.replaced()),
    "calendar_replace_sure": replace_sure(EN),
    "privacy": privacy.privacy(EN),
    "privacy_erase_sure": privacy.erase_sure(EN),
    "said_no_such_webinar": Screen(EN.no_such_webinar()),
    "said_did_not_understand": Screen(EN.did_not_understand()),
    "said_not_allowed": Screen(EN.not_allowed()),
    "said_failed": Screen(EN.failed()),
}

EVERY: dict[str, Screen] = {
    **{name: screen(card()) for name, screen in OF_CARD.items()},
    **{name: screen(HALF) for name, screen in OF_DRAFT.items()},
    **ALONE,
}
