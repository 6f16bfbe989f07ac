"""Meetings of organisers, as those see them who may come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.screen import Screen
from bot.screens import desk, draft, lists, managing, polls
from bot.screens import meetings as screens
from bot.screens.card import webinar_card
from bot.screens.pushed import pushed
from domain.cards import Card
from domain.choices import Choice
from domain.desk import Everything
from domain.draft_fields import ForWhom
from domain.drafts import DraftView
from domain.listing import Page
from domain.meetings.ballots import Ballot, Line
from domain.meetings.board import Board, OpenPoll
from domain.meetings.news import MeetingCalled, PollAsked
from domain.meetings.outcomes import Outcome, Standing
from domain.meetings.polls import Part, PollDraft, Time
from domain.reading.when import WhenFault
from domain.takes_place import Cancelled, Restored
from storage import RegistrationStatus, Vote, WebinarStatus
from tests.chat import JOIN, LEADS, NOW, READY, START, card
from tests.chat import draft as draft_view
from tests.unit.bot import outlooks
from texts.chat import ChatTexts

SEATED = RegistrationStatus.REGISTERED


POLLS = (
    OpenPoll("a", "Next steps in China", mine=True, answered=True),
    OpenPoll("b", "Who goes to the fair?", mine=False, answered=False),
    OpenPoll("c", "What we learnt", mine=False, answered=True),
)
TIMES = tuple(Time(number + 1, START + number * timedelta(hours=25)) for number in range(3))


def poll(**changes: object) -> PollDraft:
    values: dict[str, object] = {
        "code": "poll1234",
        "title": "",
        "text": "",
        "minutes": 60,
        "join_url": "",
        "timezone": "Europe/Brussels",
        "times": (),
        "partnerships": (Choice("adpack2", "AdPack²", chosen=True), Choice("nf4", "NF4", chosen=False)),
        "asking": Part.TITLE,
    }
    return PollDraft(**values | changes)  # type: ignore[arg-type]  # each test knows what it names


READY_POLL = poll(
    title="Next steps in China", text="What comes after the fair.", join_url=JOIN, times=TIMES, asking=None
)
BALLOT = Ballot(
    code="poll1234",
    title="Next steps in China",
    text="What comes after the fair.",
    minutes=60,
    timezone="Asia/Shanghai",
    maker="Marta",
    lines=(
        Line(1, TIMES[0].starts_at, None, 1, past=True),
        Line(2, TIMES[1].starts_at, Vote.YES, 4, past=False),
        Line(3, TIMES[2].starts_at, None, 1, past=False),
    ),
    closed=False,
    mine=False,
    meeting=None,
)
OUTCOME = Outcome(
    code="poll1234",
    title="Next steps in China",
    timezone="Europe/Brussels",
    standings=(
        Standing(2, TIMES[1].starts_at, ("Marta", "Ben"), ("Chiara",), ("Dora",), past=False),
        Standing(3, TIMES[2].starts_at, ("Marta",), (), (), past=False),
        Standing(1, TIMES[0].starts_at, ("Marta",), (), (), past=True),
    ),
    silent=2,
    closed=False,
    meeting=None,
)


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
    "meeting_managed_over": lambda card, words: managing.webinar(meeting(card, open=False, ended=True), words),
    "meeting_managed_cancelled": lambda card, words: managing.webinar(page(card).cards[-1], words),
    "meeting_preview": lambda card, words: draft.preview(meeting(card), outlooks.CALM, words),
    "meeting_published": lambda card, words: draft.published(meeting(card, my_status=SEATED), None, words),
    "meetings": lambda card, words: screens.board(Board(page(card)), words),
    "meetings_one": lambda card, words: screens.board(Board(Page((meeting(card),), 1, 1, 1)), words),
    "pushed_meeting_called": lambda card, words: pushed(MeetingCalled(meeting(card)), words, now=NOW),
    "pushed_meeting_called_by_one": lambda card, words: pushed(
        MeetingCalled(meeting(card, hosts=card.hosts[:1])), words, now=NOW
    ),
    "pushed_meeting_called_from_poll": lambda card, words: pushed(
        MeetingCalled(meeting(card, my_status=SEATED), 7), words, now=NOW
    ),
    "pushed_meeting_moved": lambda card, words: pushed(
        MeetingCalled(meeting(card), old_start=START - timedelta(days=2)), words, now=NOW
    ),
    "pushed_meeting_called_off": lambda card, words: pushed(
        MeetingCalled(meeting(card, open=False, status=WebinarStatus.CANCELLED, cancel_reason="Ana is ill.")),
        words,
        now=NOW,
    ),
    "meeting_poll_closed": lambda card, words: screens.poll_closed(MeetingCalled(meeting(card), 7), words),
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
    "meetings_polls": lambda words: screens.board(Board(Page((), 1, 1, 0), POLLS, writing=True), words),
    "poll_empty": lambda words: polls.draft(poll(), words),
    "poll_asking_times": lambda words: polls.draft(poll(title="Next steps", asking=Part.TIMES), words),
    "poll_asking_link": lambda words: polls.draft(poll(title="Next steps", asking=Part.LINK), words),
    "poll_asking_length": lambda words: polls.draft(replace(READY_POLL, asking=Part.LENGTH), words),
    "poll_asking_text": lambda words: polls.draft(replace(READY_POLL, asking=Part.TEXT), words),
    "poll_fault": lambda words: polls.draft(
        poll(title="Next steps", asking=Part.TIMES), words, words.when_fault(WhenFault.NO_SUCH_DATE, "30 Feb")
    ),
    "poll_ready": lambda words: polls.draft(READY_POLL, words),
    "poll_nobody_asked": lambda words: polls.draft(replace(READY_POLL, partnerships=()), words),
    "poll_asked": lambda words: polls.asked(READY_POLL, words),
    "poll_discard": polls.discard,
    "poll_discarded": polls.discarded,
    "poll_opened": lambda words: polls.opened(OUTCOME, words),
    "poll_ballot": lambda words: polls.ballot(BALLOT, words),
    "poll_ballot_own": lambda words: polls.ballot(replace(BALLOT, mine=True, maker="", text=""), words),
    "poll_ballot_closed": lambda words: polls.ballot(replace(BALLOT, closed=True), words),
    "poll_ballot_decided": lambda words: polls.ballot(
        replace(BALLOT, closed=True, meeting=meeting(card(), title="Next steps")), words
    ),
    "poll_outcome": lambda words: polls.show_outcome(OUTCOME, words),
    "poll_outcome_closed": lambda words: polls.show_outcome(replace(OUTCOME, closed=True), words),
    "poll_outcome_decided": lambda words: polls.show_outcome(
        replace(OUTCOME, closed=True, meeting=meeting(card(), title="Next steps")), words
    ),
    "poll_close_sure": lambda words: polls.close_sure(OUTCOME, words),
    "pushed_poll_asked": lambda words: pushed(PollAsked(replace(BALLOT, timezone="Europe/Brussels")), words, now=NOW),
    "said_no_such_poll": lambda words: Screen(words.no_such_poll()),
    "said_no_poll": lambda words: Screen(words.no_poll()),
    "said_not_your_poll": lambda words: Screen(words.not_your_poll()),
    "meetings_none": lambda words: screens.board(Board(Page((), 1, 1, 0)), words),
    "draft_meeting_ready": lambda words: draft.draft_card(
        draft_view(chosen=("NF4",), for_whom=ForWhom.ORGANISERS, **READY), words
    ),
}
