from bot.callbacks import ShowMine
from bot.screen import Copy, Link, Press, Screen
from texts.chat import ChatTexts


def my_calendar(feed_url: str, how_to_url: str, texts: ChatTexts) -> Screen:
    return Screen(
        texts.my_calendar(feed_url),
        (
            (Copy(texts.button_copy_link(), feed_url), Link(texts.button_how_to_subscribe(), how_to_url)),
            (Press(texts.button_mine(), ShowMine(1)),),
        ),
    )
