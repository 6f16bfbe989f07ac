"""The link to a person's own calendar."""

from markupsafe import Markup

from bot.callbacks import ReplaceLink, ShowCalendar, ShowMine
from bot.screen import Copy, Link, Press, Screen, lines
from texts.chat import ChatTexts


def my_calendar(feed_url: str, how_to_url: str, texts: ChatTexts, said: Markup | None = None) -> Screen:
    """`said` is what has just been done, and stands first."""
    return Screen(
        lines(said, *([""] if said else []), texts.my_calendar(feed_url)),
        (
            (Copy(texts.button_copy_link(), feed_url), Link(texts.button_how_to_subscribe(), how_to_url)),
            (Press(texts.button_mine(), ShowMine(1)), Press(texts.button_replace_link(), ReplaceLink(0))),
        ),
    )


def replace_sure(texts: ChatTexts) -> Screen:
    return Screen(
        texts.replace_sure(),
        ((Press(texts.button_replace_sure(), ReplaceLink(1)),), (Press(texts.button_back(), ShowCalendar()),)),
    )
