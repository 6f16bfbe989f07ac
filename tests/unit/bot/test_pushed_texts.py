"""Whatever is pushed says its one thing in a few lines, with one way to act on it and one to get fewer of its kind."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from bot.callbacks import (
    ExtrasShow,
    FeedbackRate,
    FollowShow,
    Leave,
    PrivacyShow,
    Register,
    RemindersShow,
    SettingsShow,
    Stay,
)
from bot.context import texts_for
from bot.screen import Button, Press, Screen
from bot.screens.following import offer
from bot.screens.pushed import pushed
from domain.alarms import Alert
from domain.change_news import Changed
from domain.content import (
    Announcement,
    Content,
    Edited,
    Reminder,
    SeatWon,
    StayAsked,
)
from domain.details import Detail
from domain.feedback.asked import FeedbackAsked
from domain.hosting_news import Answer, HostAnswered, HostAsked
from domain.lessons import LessonAsked
from domain.library.news import ContactAsked
from domain.mailing import HandedOut, Written
from domain.meetings.news import MeetingCalled, PollAsked
from domain.meetings.polls import MOST_TIMES
from domain.merging import Changes, Hosted
from domain.missed import Missed
from domain.operation import Figures
from domain.takes_place import Cancelled, Moved, Restored
from storage import RegistrationStatus
from tests.chat import JOIN, NOW, START, card, longest_card, read
from tests.unit.bot import mailings
from tests.unit.bot.gatherings import BALLOT
from texts import LANGUAGES

BEFORE = START - timedelta(days=2)
SEATED = card(my_status=RegistrationStatus.REGISTERED)
EVERY: list[Content] = [
    Reminder(SEATED, JOIN),
    SeatWon(SEATED),
    Moved(SEATED, START - timedelta(days=2)),
    Moved(card(my_status=RegistrationStatus.WAITLISTED), START - timedelta(days=2)),
    Cancelled(SEATED),
    Restored(SEATED),
    Hosted(SEATED, SEATED.hosts[:1]),
    Changed(SEATED, {Detail.TITLE: "Packaging", Detail.DESCRIPTION: "", Detail.JOIN_URL: JOIN}, f"{JOIN}2"),
    Changes((Moved(SEATED, START - timedelta(days=2)), Changed(SEATED, {Detail.TITLE: "Packaging"}, None))),
    Changes((Restored(SEATED), Changed(SEATED, {Detail.JOIN_URL: JOIN}, f"{JOIN}2"), Hosted(SEATED, ("NF4",)))),
    Announcement((card(),), ("China",)),
    Announcement((card(open=False),), ("China",)),
    Announcement((card(),) * 2, ("China",)),
    Announcement((card(),) * 7, ("China",)),
    Edited(7, Announcement((card(),), ("China",))),
    StayAsked(NOW + timedelta(days=30)),
    Written(SEATED, "Bring a sample."),
    HandedOut(SEATED, mailings.LINKS),
    HandedOut(SEATED, mailings.FILES[:1]),
    LessonAsked(card()),
    Missed(SEATED, mailings.LINKS),
    Missed(SEATED, mailings.FILES[1:]),
    FeedbackAsked(SEATED, known=True),
    FeedbackAsked(SEATED, known=False),
]
WORK: list[Content] = [
    HostAsked(card(), "ec2i", "EC2i"),
    *(HostAnswered(card(), "EC2i", answer, "Later, please") for answer in Answer),
    MeetingCalled(card(meeting=True)),
    PollAsked(BALLOT),
    ContactAsked("li", "Li Wei", "Guangdong Cold Chain", NOW),
    Alert(Figures({}, NOW, 3, None, {}), timedelta(minutes=7), 1),
]
"""What teams and administrators are told: there is no fewer of it."""

NO_MORE_OF_IT = Leave(SEATED.code)
FEWER = {
    Reminder: RemindersShow(),
    SeatWon: NO_MORE_OF_IT,
    Moved: NO_MORE_OF_IT,
    Cancelled: NO_MORE_OF_IT,
    Restored: NO_MORE_OF_IT,
    Hosted: NO_MORE_OF_IT,
    Changed: NO_MORE_OF_IT,
    Changes: NO_MORE_OF_IT,
    Announcement: FollowShow(),
    Edited: FollowShow(),
    StayAsked: PrivacyShow(),
    Written: NO_MORE_OF_IT,
    HandedOut: SettingsShow(),
    LessonAsked: SettingsShow(),
    FeedbackAsked: ExtrasShow(),
    Missed: ExtrasShow(),
}

each_and_work = pytest.mark.parametrize("content", EVERY + WORK, ids=lambda content: type(content).__name__)
each = pytest.mark.parametrize("content", EVERY, ids=lambda content: type(content).__name__)
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def shown(content: Content, language: str) -> Screen:
    return pushed(content, texts_for(language), now=START - timedelta(hours=1))


def buttons(screen: Screen) -> list[Button]:
    return [button for row in screen.rows for button in row]


def test_every_kind_is_here() -> None:
    assert {type(content) for content in EVERY} == set(FEWER)
    assert {type(content) for content in EVERY + WORK} == set(get_args(Content))


@in_each_language
@each
def test_one_can_act_on_it_and_get_fewer(content: Content, language: str) -> None:
    *ways_to_act, fewer = buttons(shown(content, language))

    assert isinstance(fewer, Press)
    assert fewer.callback == FEWER[type(content)]
    assert ways_to_act
    assert not [way for way in ways_to_act if isinstance(way, Press) and way.callback == fewer.callback]


@each
def test_only_what_changes_a_seat_is_shown_in_its_place(content: Content) -> None:
    """Whatever else is opened from it comes below: it may hold the way in, and is put right later.

    How it was is asked and answered in one message.
    """
    presses = [button for button in buttons(shown(content, "en")) if isinstance(button, Press)]

    assert {type(press.callback) for press in presses if not press.below} <= {Register, Leave, Stay, FeedbackRate}
    assert not [press for press in presses if press.below and isinstance(press.callback, Register | Leave)]


@in_each_language
@each_and_work
def test_it_is_short(content: Content, language: str) -> None:
    several = isinstance(content, Announcement) and len(content.cards) > 1
    most = 4 + MOST_TIMES if isinstance(content, PollAsked) else 2 + 3 * 5 if several else 5
    most = 3 * len(content.parts) + 2 if isinstance(content, Changes) else most

    lines = read(shown(content, language)).text.splitlines()

    assert len(lines) <= most
    assert not any(line.count("!") or line.endswith(" ") for line in lines)


@in_each_language
@each_and_work
def test_it_names_the_webinar_and_what_nobody_can_see_stays_out(content: Content, language: str) -> None:
    text = read(shown(content, language)).text
    of_none = StayAsked | Alert | ContactAsked | PollAsked

    assert ("Smart packaging for the Chinese market" in text) != isinstance(content, of_none)
    assert JOIN not in text


@pytest.mark.parametrize(
    ("lead", "span"),
    [
        (timedelta(days=7), "in 7 days"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=1, seconds=-2), "in 1 day"),
        (timedelta(hours=1, minutes=30), "in 1 h 30 min"),
        (timedelta(hours=1, minutes=29, seconds=58), "in 1 h 30 min"),
        (timedelta(hours=1, seconds=-2), "in 1 hour"),
        (timedelta(minutes=10), "in 10 minutes"),
        (timedelta(minutes=5, seconds=-20), "in 5 minutes"),
        (timedelta(seconds=20), "in 1 minute"),
    ],
)
def test_reminder_says_to_the_minute_how_long_there_is(lead: timedelta, span: str) -> None:
    screen = pushed(Reminder(SEATED, JOIN), texts_for("en"), now=START - lead)

    assert read(screen).text.splitlines()[0] == f"Starts {span}: Smart packaging for the Chinese market"


def test_of_many_the_rest_can_be_reached() -> None:
    titles = [button.label for button in buttons(shown(Announcement((card(),) * 7, ()), "en"))]

    assert titles[5:] == ["Why?", "All webinars", "Follow less"]


def test_the_longest_fits_into_a_message() -> None:
    longest = longest_card()

    assert read(shown(Announcement((longest,) * 7, longest.topics + longest.hosts), "en")).text.endswith("and 2 more")
    assert read(offer(longest, texts_for("en"))).text.endswith(" …)")


@in_each_language
@pytest.mark.parametrize("content", [Moved(SEATED, BEFORE), MeetingCalled(card(meeting=True), old_start=BEFORE)])
def test_old_and_new_time_are_both_on_the_reader_s_clock(content: Content, language: str) -> None:
    """Else an hour of the hosts' clock stands beside one of their own, and a move by an hour looks like none."""
    moments = [entity["unix_time"] for entity in read(shown(content, language)).entities if "unix_time" in entity]

    assert moments == [int(BEFORE.timestamp()), int(START.timestamp())]


def test_new_hosts_are_named_and_the_old_ones_too() -> None:
    three = replace(SEATED, hosts=("AdPack²", "NF4", "EC2i"))

    assert [read(shown(Hosted(three, old), "en")).text for old in (("AdPack²", "NF4"), ("AdPack²",))] == [
        "Smart packaging for the Chinese market has a new host: EC2i.\nUntil now: AdPack² and NF4.\nYour seat is kept.",
        "Smart packaging for the Chinese market has new hosts: NF4 and EC2i.\nUntil now: AdPack².\nYour seat is kept.",
    ]
