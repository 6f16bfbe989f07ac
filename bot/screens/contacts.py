"""A person outside who may be asked."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.callbacks import ContactConfirm, ContactErase, EntryRevise, EntryShow
from bot.screen import Press, Rows, Screen, lines
from domain.library.contacts import ContactFacts
from domain.library.entries import Entry
from domain.library.news import ContactAsked
from texts.chat import ChatTexts


def details(facts: ContactFacts, texts: ChatTexts) -> Iterator[Markup]:
    """What they do and where, how they are reached, and that they agreed."""
    country = texts.country(facts.country) if facts.country else ""
    for parts in ((facts.role, facts.organisation, country), (facts.email, facts.phone)):
        line = texts.entry_facts([part for part in parts if part])
        if line:
            yield texts.contact_line(line)
    if facts.agreed_on:
        yield texts.contact_agreed(facts.agreed_how, texts.long_day(facts.agreed_on))
    yield texts.contact_confirmed(texts.long_day(facts.confirmed_at))


def erase_sure(found: Entry, texts: ChatTexts) -> Screen:
    return Screen(
        texts.contact_erase_sure(found.title),
        (
            (Press(texts.button_erase_contact(), ContactErase(found.code, 1)),),
            (Press(texts.button_back(), EntryShow(found.code)),),
        ),
    )


def asked(content: ContactAsked, texts: ChatTexts) -> Screen:
    """Pushed: it stays where it is, and what its buttons show comes below."""
    day = texts.long_day(content.confirmed_at)
    rows: Rows = (
        (Press(texts.button_still_right(), ContactConfirm(content.code)),),
        (
            Press(texts.button_change_contact(), EntryRevise(content.code), below=True),
            Press(texts.button_erase_contact(), ContactErase(content.code, 0), below=True),
        ),
    )
    return Screen(lines(texts.contact_asked(content.name, content.organisation, day)), rows)


def confirmed(found: Entry, texts: ChatTexts) -> Screen:
    return Screen(texts.contact_still_right(), ((Press(texts.button_see_it(), EntryShow(found.code)),),))
