"""Where a person comes from, if they care to say."""

from bot.callbacks import (
    ClusterSet,
    CompanyAsk,
    CompanyForget,
    CompanyShow,
    CompanySkip,
    CountryAsk,
    CountrySet,
    SettingsShow,
)
from bot.screen import Button, Press, Rows, Screen, grid, lines
from domain.company import Company
from texts.chat import ChatTexts

_THREE = 3


def offer(texts: ChatTexts) -> Screen:
    """Asked once, of somebody who did not ask for it."""
    return Screen(
        texts.offer_company(),
        ((Press(texts.button_add_company(), CompanyAsk()), Press(texts.button_skip(), CompanySkip())),),
    )


def ask(value: Company, texts: ChatTexts) -> Screen:
    """The next message is the name."""
    return Screen(texts.ask_company(), way_out(texts, named=bool(value.name)))


def ask_country(texts: ChatTexts) -> Screen:
    """The next message is the country."""
    return Screen(texts.ask_other_country(), back(texts))


def way_out(texts: ChatTexts, *, named: bool) -> Rows:
    """Back to the name that is there, or without one, no name at all."""
    return back(texts) if named else ((Press(texts.button_skip(), CompanySkip()),),)


def back(texts: ChatTexts) -> Rows:
    return ((Press(texts.button_back(), CompanyShow()),),)


def company(value: Company, texts: ChatTexts) -> Screen:
    """What is known, and the next thing that could be said."""
    if not value.name:
        return ask(value, texts)
    named = sorted((texts.country(code), code) for code in value.countries)
    countries: list[Button] = [
        Press(_chosen(name, texts, on=code == value.country), CountrySet(code.lower())) for name, code in named
    ]
    other = Press(texts.button_other_country(), CountryAsk())
    clusters = [
        Press(_chosen(choice.name, texts, on=choice.chosen), ClusterSet(choice.id)) for choice in value.clusters
    ]
    change: tuple[Button, ...] = (
        Press(texts.button_change(), CompanyAsk()),
        Press(texts.button_remove(), CompanyForget()),
    )
    return Screen(
        lines(texts.company_title(value.name), _question(value, texts)),
        (*grid([*countries, other], _THREE), *grid(clusters, 1), change, (Press(texts.button_done(), SettingsShow()),)),
    )


def _question(value: Company, texts: ChatTexts) -> str | None:
    if value.clusters:
        return texts.ask_cluster()
    return None if value.country else texts.ask_country()


def _chosen(label: str, texts: ChatTexts, *, on: bool) -> str:
    return texts.button_chosen(label) if on else label
