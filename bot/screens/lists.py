"""Lists of webinars, a page at a time: the text says what they are, a button each opens one."""

from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from bot.callbacks import (
    Callback,
    FindShow,
    FollowShow,
    ShowCard,
    ShowMine,
    ShowUpcoming,
    TurnFitting,
)
from bot.screen import Button, Press, Rows, Screen, lines
from bot.screens.card import label, short, short_when
from domain.cards import Card
from domain.listing import Page, Welcome
from storage import RegistrationStatus, WebinarStatus
from texts.chat import ChatTexts

_LABEL_LENGTH = 40


def welcome(value: Welcome, texts: ChatTexts, *, organiser: bool) -> Screen:
    following = value.upcoming
    rows: list[tuple[Button, ...]] = []
    if following:
        rows.append((Press(texts.button_see_it(), ShowCard(following.code)),))
    rows.append((Press(texts.button_all(), ShowUpcoming(1)), Press(texts.button_mine(), ShowMine(1))))
    rows.append((Press(texts.button_follow(), FollowShow()),))
    text = lines(
        texts.welcome(value.partnerships, value.markets),
        "",
        texts.next_webinar(following.title, short_when(following, texts)) if following else texts.nothing_upcoming(),
        "",
        texts.organiser_hint() if organiser else None,
        texts.privacy_hint(),
    )
    return Screen(text, tuple(rows))


def upcoming(page: Page, texts: ChatTexts) -> Screen:
    if not page.cards:
        return Screen(texts.nothing_upcoming(), ((Press(texts.button_mine(), ShowMine(1)),),))
    title = texts.upcoming_title(page.number, page.pages)
    last = (Press(texts.button_filter(), FindShow()), Press(texts.button_mine(), ShowMine(1)))
    return _list(page, title, texts, turn=ShowUpcoming, last=last)


def fitting(page: Page, texts: ChatTexts) -> Screen:
    """What fits, or has the words; if nothing does, how much there is in all."""
    last = (Press(texts.button_filter(), FindShow()), Press(texts.button_all(), ShowUpcoming(1)))
    if not page.total:
        return Screen(texts.nothing_upcoming(), (last,))
    if not page.cards:
        nothing = texts.nothing_found(page.words, page.total) if page.words else texts.nothing_fits(page.total)
        about = texts.topics(short(" · ".join(texts.names(page.topics)))) if page.topics else None
        return Screen(lines(nothing, about), (last,))
    title = texts.found_title(page.words) if page.words else texts.fitting_title()
    return _list(
        page, texts.with_page(title, page.number, page.pages), texts, turn=partial(TurnFitting, page.search), last=last
    )


def mine(page: Page, texts: ChatTexts) -> Screen:
    if not page.cards:
        return Screen(texts.nothing_mine(), ((Press(texts.button_all(), ShowUpcoming(1)),),))
    title = texts.mine_title(page.number, page.pages)
    return _list(page, title, texts, turn=ShowMine, last=(Press(texts.button_all(), ShowUpcoming(1)),))


def _list(
    page: Page,
    title: Markup,
    texts: ChatTexts,
    *,
    turn: Callable[[int], Callback],
    last: tuple[Button, ...],
) -> Screen:
    items = [item for card in page.cards for item in ("", _item(card, texts))]
    rows: Rows = (
        *((Press(label(card), ShowCard(card.code)),) for card in page.cards),
        _turns(page, texts, turn),
        last,
    )
    return Screen(lines(title, *items), rows)


def _item(card: Card, texts: ChatTexts) -> Markup:
    meeting = texts.state_meeting() if card.meeting else None
    facts = [meeting, short(texts.hosts(card.hosts)), _state(card, texts)]
    return Markup("<b>{title}</b>\n{when}{facts}").format(
        title=card.title,
        when=short_when(card, texts),
        facts="".join(f" · {fact}" for fact in facts if fact),
    )


def _state(card: Card, texts: ChatTexts) -> str | None:
    if card.status is WebinarStatus.CANCELLED:
        return texts.state_cancelled()
    if card.my_status is RegistrationStatus.REGISTERED:
        return texts.state_coming() if card.meeting else texts.state_registered()
    if card.my_position:
        return texts.state_waiting(card.my_position)
    return texts.state_full() if card.seats_left == 0 else None


def _turns(page: Page, texts: ChatTexts, turn: Callable[[int], Callback]) -> tuple[Button, ...]:
    earlier = (Press(texts.button_earlier(), turn(page.number - 1)),) if page.number > 1 else ()
    later = (Press(texts.button_later(), turn(page.number + 1)),) if page.number < page.pages else ()
    return (*earlier, *later)
