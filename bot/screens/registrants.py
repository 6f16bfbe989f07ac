"""Who comes, and where they come from, for the organisers of a webinar."""

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from bot.callbacks import ManageList, ManageShow, NumbersShow, PastShow, PeopleCount, PeopleExport, PeopleShow
from bot.screen import Button, Press, Rows, Screen, cut, lines
from bot.screens.card import label, short_when
from domain.cards import Card
from domain.listing import Page
from domain.registrants import Form, Registrant, Roster, Tallies, Tally
from storage import WebinarStatus
from texts.chat import ChatTexts

# Telegram takes 4096 characters and counts an emoji as two; the files have everything.
_NAME_LENGTH = 40
_TALLY_LENGTH = 30
_MOST_TALLIES = 10


def people(value: Roster, texts: ChatTexts) -> Screen:
    card, code = value.card, value.card.code
    title = texts.managed_webinar(card.title, short_when(card, texts))
    count = texts.attendance(card.registered, card.waiting)
    came = count if value.came is None else f"{count} · {texts.came(value.came)}"
    counted = f"{came} {texts.page(value.number, value.pages)}" if value.pages > 1 else came
    files: tuple[Button, ...] = (
        Press(texts.button_csv(), PeopleExport(code, Form.CSV)),
        Press(texts.button_xlsx(), PeopleExport(code, Form.XLSX)),
    )
    anybody = card.registered or card.waiting
    return Screen(
        lines(
            title,
            counted if anybody else texts.nobody(),
            texts.forgotten(value.forgotten) if value.forgotten else None,
            *(line for person in value.people for line in ("", _person(person, texts))),
        ),
        (
            _turns(value.number, value.pages, lambda number: PeopleShow(code, number), texts),
            (*files, Press(texts.button_counts(), PeopleCount(code))) if anybody else (),
            (Press(texts.button_back(), ManageShow(code)),),
        ),
    )


def counts(value: Roster, texts: ChatTexts) -> Screen:
    card = value.card
    return Screen(
        lines(
            texts.managed_webinar(card.title, short_when(card, texts)),
            texts.attendance(card.registered, card.waiting),
            *_tallies(value.tallies, texts),
        ),
        ((Press(texts.button_back(), PeopleShow(card.code, 1)),),),
    )


def past(page: Page, texts: ChatTexts) -> Screen:
    back = (Press(texts.button_back(), ManageList(1)),)
    if not page.cards:
        return Screen(texts.nothing_past(), (back,))
    items = [item for card in page.cards for item in ("", _past_item(card, texts))]
    return Screen(
        lines(texts.with_page(texts.past_title(), page.number, page.pages), *items),
        (
            *((Press(label(card), ManageShow(card.code)),) for card in page.cards),
            _turns(page.number, page.pages, PastShow, texts),
            back,
        ),
    )


def looking_back(texts: ChatTexts) -> Rows:
    """Under an organiser's list of what is coming."""
    return ((Press(texts.button_past(), PastShow(1)), Press(texts.button_numbers(), NumbersShow())),)


def named(tallies: Tallies, texts: ChatTexts) -> Iterator[tuple[str, list[Tally]]]:
    """Each count with its heading, and every name as it reads in this language."""
    by_partnership, by_cluster, by_country, by_market = texts.counted_by()
    yield by_partnership, _said(tallies.partnerships, str, texts)
    yield by_cluster, _said(tallies.clusters, str, texts)
    yield by_country, _said(tallies.countries, texts.country, texts)
    yield by_market, _said(tallies.markets, texts.name, texts)


def _said(tallies: Sequence[Tally], name: Callable[[str], str], texts: ChatTexts) -> list[Tally]:
    return [
        Tally(name(tally.name) if tally.name else texts.not_said(), tally.registered, tally.waiting)
        for tally in tallies
    ]


def _person(person: Registrant, texts: ChatTexts) -> Markup:
    country = texts.country(person.country) if person.country else ""
    facts = [cut(fact, _NAME_LENGTH) for fact in (person.company, country, person.cluster) if fact]
    return texts.person_line(cut(person.name, _NAME_LENGTH), _state(person, texts), " · ".join(facts))


def _state(person: Registrant, texts: ChatTexts) -> str:
    """That somebody came says more than that they registered."""
    if person.came:
        return texts.state_came()
    return texts.in_place(person.place) if person.place else texts.readers(person.status)


def _tallies(tallies: Tallies, texts: ChatTexts) -> Iterator[Markup | str]:
    for heading, found in named(tallies, texts):
        if found:
            yield ""
            yield Markup("<b>{heading}</b>").format(heading=heading)
        for tally in found[:_MOST_TALLIES]:
            yield texts.tally(cut(tally.name, _TALLY_LENGTH), tally.registered, tally.waiting)
        if len(found) > _MOST_TALLIES:
            yield texts.more_announced(len(found) - _MOST_TALLIES)


def _past_item(card: Card, texts: ChatTexts) -> Markup:
    cancelled = f" · {texts.state_cancelled()}" if card.status is WebinarStatus.CANCELLED else ""
    return Markup("<b>{title}</b>\n{when} · {people}{cancelled}").format(
        title=card.title,
        when=short_when(card, texts),
        people=texts.attendance(card.registered, card.waiting),
        cancelled=cancelled,
    )


def _turns(
    number: int, pages: int, turn: Callable[[int], PeopleShow | PastShow], texts: ChatTexts
) -> tuple[Button, ...]:
    earlier = (Press(texts.button_earlier(), turn(number - 1)),) if number > 1 else ()
    later = (Press(texts.button_later(), turn(number + 1)),) if number < pages else ()
    return (*earlier, *later)
