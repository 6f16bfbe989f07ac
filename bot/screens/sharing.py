"""A webinar's card in a chat that is not ours: what everybody may see."""

from bot.screen import Link, Screen, lines
from bot.screens.card import banner_for_all, body, registering
from domain.cards import Card
from texts.chat import ChatTexts


def invitation(bot_username: str, texts: ChatTexts) -> Screen:
    """Put into a chat where no webinar was found to share."""
    return Screen(texts.invitation(), ((Link(texts.button_all(), f"https://t.me/{bot_username}"),),))


def shared_card(card: Card, bot_username: str, texts: ChatTexts) -> Screen:
    details = Link(texts.button_details(), f"https://t.me/{bot_username}?start=w_{card.code}")
    register = (registering(card, texts),) if card.open else ()
    banner = banner_for_all(card, texts)
    return Screen(lines(banner, *([""] if banner else []), body(card, texts)), ((*register, details),))
