"""Where a person comes from, if they care to say."""

from bot.callbacks import ClusterSet, CompanyAsk, CompanyForget, CompanySkip, CountrySet, SettingsShow
from bot.screen import Button, Press, Screen, grid, lines
from domain.company import Company
from texts.chat import ChatTexts


def ask(texts: ChatTexts) -> Screen:
    return Screen(texts.ask_company(), ((Press(texts.button_skip(), CompanySkip()),),))


def company(value: Company, texts: ChatTexts) -> Screen:
    """What is known, and the next thing that could be said."""
    if not value.name:
        return ask(texts)
    countries = [
        Press(_chosen(texts.country(code), texts, on=code == value.country), CountrySet(code.lower()))
        for code in value.countries
    ]
    clusters = [
        Press(_chosen(choice.name, texts, on=choice.chosen), ClusterSet(choice.id)) for choice in value.clusters
    ]
    question = texts.ask_cluster() if clusters else texts.ask_country()
    change: tuple[Button, ...] = (
        Press(texts.button_change(), CompanyAsk()),
        Press(texts.button_remove(), CompanyForget()),
    )
    return Screen(
        lines(texts.company_title(value.name), question),
        (*grid(countries, 3), *grid(clusters, 1), change, (Press(texts.button_done(), SettingsShow()),)),
    )


def _chosen(label: str, texts: ChatTexts, *, on: bool) -> str:
    return texts.button_chosen(label) if on else label
