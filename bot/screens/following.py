"""What a person follows, as switches."""

from bot.callbacks import FollowLike, FollowNews, FollowNot, FollowPartnership, FollowTopic, SettingsShow, ShowUpcoming
from bot.screen import Button, Press, Screen, grid, lines
from bot.screens.card import short
from domain.cards import Card
from domain.choices import Choice
from domain.following import Follows
from texts.chat import ChatTexts


def follows(value: Follows, texts: ChatTexts) -> Screen:
    partnerships = [_switch(choice, FollowPartnership(choice.id), texts) for choice in value.partnerships]
    markets = [_switch(choice, FollowTopic(choice.id), texts) for choice in value.markets]
    sectors = [_switch(choice, FollowTopic(choice.id), texts) for choice in value.sectors]
    return Screen(
        lines(texts.follow_title(), None if value.announcements else texts.announcements_off()),
        (
            *grid(partnerships),
            *grid(markets),
            *grid(sectors),
            (Press(texts.button_announcements(on=value.announcements), FollowNews()),),
            (Press(texts.button_all(), ShowUpcoming(1)), Press(texts.button_settings(), SettingsShow())),
        ),
    )


def offer(card: Card, texts: ChatTexts) -> Screen:
    """Asked once, after the first registration."""
    subjects = short(texts.listed([*card.hosts, *texts.names(card.topics)]))
    return Screen(
        texts.follow_offer(subjects),
        ((Press(texts.button_follow_yes(), FollowLike(card.code)), Press(texts.button_follow_no(), FollowNot())),),
    )


def _switch(choice: Choice, callback: FollowPartnership | FollowTopic, texts: ChatTexts) -> Button:
    name = texts.name(choice.name)
    return Press(texts.button_chosen(name) if choice.chosen else name, callback)
