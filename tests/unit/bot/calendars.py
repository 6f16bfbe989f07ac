"""Screens of somebody's own calendar."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.screen import Screen
from bot.screens import managing
from bot.screens.calendar import check, my_calendar
from bot.screens.pushed import pushed
from domain.cards import Card
from domain.fetches import App, Behind, Lag
from domain.takes_place import Cancelled, Moved
from storage import RegistrationStatus, WebinarStatus
from tests.chat import NOW
from texts.chat import ChatTexts

FEED = "https://webinars.example.org/feeds/personal/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AB.ics"
HOW_TO = "https://webinars.example.org/calendar"
HOUR = timedelta(hours=1)
FAMILIES = ("google", "outlook", "apple", "thunderbird", "android", "other")

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "calendar": lambda words: my_calendar(FEED, HOW_TO, words, follows=False),
    "calendar_follows": lambda words: my_calendar(FEED, HOW_TO, words, follows=True),
    "calendar_organiser": lambda words: my_calendar(
        FEED, HOW_TO, words, follows=False, meetings=(FEED.replace("personal", "organisers"), HOW_TO)
    ),
    "calendar_replaced": lambda words: my_calendar(FEED, HOW_TO, words, follows=False, said=words.replaced()),
    "feed_never_fetched": lambda words: check([], "Europe/Brussels", words, now=NOW),
    "feed_apps": lambda words: check(
        [App(family, NOW - number * HOUR, number * HOUR or None) for number, family in enumerate(FAMILIES)],
        "Europe/Brussels",
        words,
        now=NOW,
    ),
    "feed_long_ago": lambda words: check([App("google", NOW - 200 * HOUR, 9 * HOUR)], "Asia/Shanghai", words, now=NOW),
}


def registered(card: Card) -> Card:
    return replace(card, my_status=RegistrationStatus.REGISTERED)


def behind(card: Card, *families: str) -> Behind:
    return Behind(families, card.starts_at - 24 * HOUR)


OF_CARD: dict[str, Callable[[Card, ChatTexts], Screen]] = {
    "pushed_moved_behind": lambda card, words: pushed(
        Moved(registered(card), card.starts_at - 24 * HOUR, behind(card, "google")), words, now=NOW
    ),
    "pushed_cancelled_behind": lambda card, words: pushed(
        Cancelled(replace(registered(card), status=WebinarStatus.CANCELLED), behind(card, "apple", "other")),
        words,
        now=NOW,
    ),
    "managed_calendars_behind": lambda card, words: managing.webinar(card, words, Lag(41, 60)),
    "managed_calendar_current": lambda card, words: managing.webinar(card, words, Lag(1, 1)),
}
