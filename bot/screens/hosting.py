"""Hosting together: the hosts of a webinar for its own teams, the question for another."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bot.callbacks import (
    HostAccept,
    HostAdd,
    HostAsked,
    HostDecline,
    HostLeave,
    HostsShow,
    HostWish,
    HostWithdraw,
    ManageList,
    ManageShow,
    ShowCard,
)
from bot.screen import Button, Press, Rows, Screen, cut, grid, lines
from bot.screens.card import short_when
from domain import hosting_news
from domain.hosting import Host, Hosting
from domain.hosting_answers import Question
from domain.reading.draft_values import FieldError
from storage import HostState
from texts.chat import ChatTexts

_LABEL_LENGTH = 40
_WISHES_LENGTH = 600


def hosts(hosting: Hosting, texts: ChatTexts) -> Screen:
    code = hosting.card.code
    several = len(hosting.card.hosts) > 1
    changes = [button for host in hosting.hosts if (button := _change(code, host, texts, several=several))]
    adding = [
        Press(
            _short(texts.button_add(choice.name) if choice.chosen else texts.button_ask(choice.name)),
            HostAdd(code, choice.id),
        )
        for choice in hosting.addable
    ]
    text = lines(
        texts.hosts_title(hosting.card.title),
        *_lines(hosting.hosts, texts),
        *(("", texts.who_is_asked()) if adding else ()),
    )
    return Screen(text, (*grid(changes), *grid(adding), _back(code, texts)))


def leave_sure(hosting: Hosting, host: Host, texts: ChatTexts) -> Screen:
    code = hosting.card.code
    return Screen(
        texts.leave_hosting_sure(hosting.card.title, host.name),
        (
            (Press(texts.button_leave_sure(), HostLeave(code, host.id, 1)),),
            (Press(texts.button_back(), HostsShow(code)),),
        ),
    )


def question(asked: Question, texts: ChatTexts, timezone: str) -> Screen:
    """The question with its buttons; later, what has become of it. `timezone` is the reader's."""
    if asked.open:
        return _open(asked, texts)
    title = asked.card.title
    to_list: Rows = ((Press(texts.button_back(), ManageList(1)),),)
    if asked.state is HostState.ACCEPTED:
        show = Press(texts.button_see_it(), ManageShow(asked.card.code))
        return Screen(_decided(asked, texts, timezone), ((show,), *to_list))
    if asked.state is HostState.DECLINED:
        return Screen(_decided(asked, texts, timezone), to_list)
    if asked.state is HostState.INVITED:
        return Screen(texts.host_question_closed(title), to_list)
    return Screen(texts.host_question_gone(title), to_list)


def ask_wish(asked: Question, texts: ChatTexts) -> Screen:
    return Screen(
        texts.ask_host_wish(asked.card.title),
        ((Press(texts.button_back(), HostAsked(asked.card.code, asked.partnership_id)),),),
    )


def wish_fault(error: FieldError, texts: ChatTexts) -> Screen:
    return Screen(
        texts.warn(texts.field_fault(error.fault, error.limit)), ((Press(texts.button_back(), ManageList(1)),),)
    )


def pushed(news: hosting_news.HostAsked | hosting_news.HostAnswered, texts: ChatTexts) -> Screen:
    """What one team tells another."""
    card = news.card
    if isinstance(news, hosting_news.HostAsked):
        asked = texts.host_asked(card.title, short_when(card, texts), card.hosts, news.partnership)
        return Screen(lines(asked, texts.host_means(news.partnership)), _answers(card.code, news.partnership_id, texts))
    return Screen(
        lines(
            texts.host_answered(card.title, news.partnership, news.answer),
            texts.quoted(news.line) if news.line else None,
        ),
        ((Press(texts.button_see_it(), ManageShow(card.code), below=True),),),
    )


def _open(asked: Question, texts: ChatTexts) -> Screen:
    card = asked.card
    return Screen(
        lines(
            texts.host_asked(card.title, short_when(card, texts), card.hosts, asked.partnership),
            texts.host_means(asked.partnership),
            texts.host_wished(asked.line) if asked.line else None,
        ),
        (*_answers(card.code, asked.partnership_id, texts), (Press(texts.button_back(), ManageList(1)),)),
    )


def _answers(code: str, partnership_id: str, texts: ChatTexts) -> Rows:
    return (
        (
            Press(texts.button_host_accept(), HostAccept(code, partnership_id)),
            Press(texts.button_host_decline(), HostDecline(code, partnership_id)),
        ),
        (
            Press(texts.button_host_wish(), HostWish(code, partnership_id)),
            Press(texts.button_details(), ShowCard(code), below=True),
        ),
    )


def _decided(asked: Question, texts: ChatTexts, timezone: str) -> Markup:
    when = texts.short(asked.answered_at, timezone) if asked.answered_at else ""
    return texts.host_decided(
        asked.card.title,
        asked.partnership,
        asked.answered_by,
        when,
        accepted=asked.state is HostState.ACCEPTED,
    )


def _lines(hosts: Sequence[Host], texts: ChatTexts) -> Iterator[Markup]:
    """Each with what it wishes; the more wish something, the less room there is for each."""
    wishes = [host for host in hosts if host.answer]
    for host in hosts:
        yield texts.host_line(host.name, host.state)
        if host in wishes:
            yield texts.host_wish(cut(host.answer, _WISHES_LENGTH // len(wishes)))


def _change(code: str, host: Host, texts: ChatTexts, *, several: bool) -> Button | None:
    if host.state is HostState.INVITED:
        return Press(_short(texts.button_withdraw(host.name)), HostWithdraw(code, host.id))
    if host.state is HostState.ACCEPTED and host.mine and several:
        return Press(_short(texts.button_leave_hosting(host.name)), HostLeave(code, host.id, 0))
    return None


def _back(code: str, texts: ChatTexts) -> tuple[Button, ...]:
    return (Press(texts.button_back(), ManageShow(code)),)


def _short(label: str) -> str:
    return cut(label, _LABEL_LENGTH)
