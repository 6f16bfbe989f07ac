"""Lists of webinars, a page at a time: the text says what they are, a button each opens one."""

from collections.abc import Callable

from markupsafe import Markup

from bot.callbacks import Callback, FindClear, FindShow, FollowShow, ShowCard, ShowMine, ShowUpcoming
from bot.screen import Button, Press, Rows, Screen, cut, lines
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
    """What is coming, or what of it fits the person's switches."""
    if not page.total:
        return Screen(texts.nothing_upcoming(), ((Press(texts.button_mine(), ShowMine(1)),),))
    if not page.cards:
        return Screen(texts.nothing_fits(page.total), (_find(texts, narrowed=True),))
    title = texts.upcoming_title(page.number, page.pages)
    if page.narrowed:
        title += Markup(" · {only}").format(only=texts.narrowed())
    last = (*_find(texts, narrowed=page.narrowed), Press(texts.button_mine(), ShowMine(1)))
    return _list(page, title, texts, turn=ShowUpcoming, last=last)


def found(page: Page, words: str, texts: ChatTexts) -> Screen:
    """What has these words; if nothing does, what there is instead."""
    words = cut(words, _LABEL_LENGTH)
    last = (Press(texts.button_all(), FindClear()), Press(texts.button_filter(), FindShow()))
    if not page.cards:
        return Screen(texts.nothing_found(words, page.total), (last,))
    return _list(page, texts.found_title(words), texts, turn=None, last=last)


def _find(texts: ChatTexts, *, narrowed: bool) -> tuple[Button, ...]:
    everything = (Press(texts.button_show_all(), FindClear()),) if narrowed else ()
    return (Press(texts.button_filter(), FindShow()), *everything)


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
    turn: Callable[[int], Callback] | None,
    last: tuple[Button, ...],
) -> Screen:
    items = [item for card in page.cards for item in ("", _item(card, texts))]
    rows: Rows = (
        *((Press(label(card), ShowCard(card.code)),) for card in page.cards),
        _turns(page, texts, turn) if turn else (),
        last,
    )
    return Screen(lines(title, *items), rows)


def _item(card: Card, texts: ChatTexts) -> Markup:
    facts = [short(texts.hosts(card.hosts)), _state(card, texts)]
    return Markup("<b>{title}</b>\n{when}{facts}").format(
        title=card.title,
        when=short_when(card, texts),
        facts="".join(f" · {fact}" for fact in facts if fact),
    )


def _state(card: Card, texts: ChatTexts) -> str | None:
    if card.status is WebinarStatus.CANCELLED:
        return texts.state_cancelled()
    if card.my_status is RegistrationStatus.REGISTERED:
        return texts.state_registered()
    if card.my_position:
        return texts.state_waiting(card.my_position)
    return texts.state_full() if card.seats_left == 0 else None


def _turns(page: Page, texts: ChatTexts, turn: Callable[[int], Callback]) -> tuple[Button, ...]:
    earlier = (Press(texts.button_earlier(), turn(page.number - 1)),) if page.number > 1 else ()
    later = (Press(texts.button_later(), turn(page.number + 1)),) if page.number < page.pages else ()
    return (*earlier, *later)
