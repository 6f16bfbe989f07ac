"""The link to a person's own calendar, and what fetches it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import FeedCheck, FeedFollows, ReplaceLink, ShowCalendar, ShowMine
from bot.screen import Button, Copy, Link, Press, Screen, lines, own_time
from domain.fetches import IN_USE, App
from texts.chat import ChatTexts


def my_calendar(
    feed_url: str,
    how_to_url: str,
    texts: ChatTexts,
    *,
    follows: bool,
    meetings: tuple[str, str] | None = None,
    said: Markup | None = None,
) -> Screen:
    """`said` is what has just been done, and stands first; `follows`: what the person follows is in it too.

    `meetings` are the same two of the organisers' meetings, for those who are one.
    """
    first = [said, ""] if said else []
    switch = texts.button_hide_follows() if follows else texts.button_show_follows()
    theirs = ["", texts.meetings_link(meetings[0])] if meetings else []
    return Screen(
        lines(*first, texts.my_calendar(feed_url), *(["", texts.follows_shown()] if follows else []), *theirs),
        (
            (Copy(texts.button_copy_link(), feed_url), Link(texts.button_how_to_subscribe(), how_to_url)),
            _meetings(meetings, texts) if meetings else (),
            (Press(switch, FeedFollows(0 if follows else 1)),),
            (Press(texts.button_check_feed(), FeedCheck()), Press(texts.button_replace_link(), ReplaceLink(0))),
            (Press(texts.button_mine(), ShowMine(1)),),
        ),
    )


def _meetings(meetings: tuple[str, str], texts: ChatTexts) -> tuple[Button, ...]:
    feed_url, how_to_url = meetings
    return Copy(texts.button_copy_meetings_link(), feed_url), Link(texts.button_how_to_subscribe(), how_to_url)


def check(apps: Sequence[App], timezone: str, texts: ChatTexts, *, now: datetime) -> Screen:
    """`timezone` is the zone in which the person reads times."""
    each = [line for app in apps for line in ("", *_app(app, timezone, texts, now))]
    shown = [*each, "", texts.until_then(), texts.hide_cancelled()] if apps else [texts.never_fetched()]
    return Screen(
        lines(texts.feed_title(), *shown),
        ((Press(texts.button_check_feed(), FeedCheck()), Press(texts.button_back(), ShowCalendar())),),
    )


def _app(app: App, timezone: str, texts: ChatTexts, now: datetime) -> tuple[Markup | None, ...]:
    when = own_time(app.fetched_at, texts.short(app.fetched_at, timezone), "r")
    return (
        texts.fetched(texts.app(app.family), when, app.every),
        texts.long_ago() if now - app.fetched_at > IN_USE else texts.habits(app.family),
    )


def replace_sure(texts: ChatTexts) -> Screen:
    return Screen(
        texts.replace_sure(),
        ((Press(texts.button_replace_sure(), ReplaceLink(1)),), (Press(texts.button_back(), ShowCalendar()),)),
    )
