"""How a person wants to be spoken to."""

from datetime import time, timedelta

from bot.callbacks import (
    CompanyShow,
    ExtrasSet,
    ExtrasShow,
    FollowShow,
    LanguageSet,
    LanguagesShow,
    LeadAsk,
    LeadToggle,
    PlaceAsk,
    PrivacyShow,
    QuietSet,
    QuietShow,
    RemindersShow,
    SettingsShow,
)
from bot.screen import Button, Press, Screen, grid, lines
from domain.cards import JOINABLE_BEFORE
from domain.preferences import Preferences
from domain.usual import QuietHours
from texts import LANGUAGES
from texts.chat import ChatTexts

_QUIET = ((22, 7), (21, 8), (20, 9), (18, 9))


def settings(value: Preferences, texts: ChatTexts) -> Screen:
    reminders = [texts.before(switch.lead) for switch in value.leads if switch.on]
    rows = (
        (texts.label_reminders(), texts.listed(reminders) if reminders else texts.no_reminders(), RemindersShow()),
        (texts.label_news(), texts.on(on=value.announcements), FollowShow()),
        (texts.label_extras(), texts.on(on=value.extras), ExtrasShow()),
        (texts.label_quiet(), _quiet(value.quiet, texts), QuietShow()),
        (texts.label_language(), texts.language_name(value.language), LanguagesShow()),
        (texts.label_company(), _company(value, texts), CompanyShow()),
    )
    text = lines(texts.settings_title(), "", *(texts.setting(label, shown) for label, shown, _ in rows))
    buttons: list[Button] = [Press(label, callback) for label, _, callback in rows]
    return Screen(text, grid([*buttons, Press(texts.button_privacy(), PrivacyShow())]))


def reminders(value: Preferences, texts: ChatTexts) -> Screen:
    switches = [
        Press(_chosen(texts.button_lead(switch.lead), texts, on=switch.on), LeadToggle(_seconds(switch.lead)))
        for switch in value.leads
    ]
    none = not any(switch.on for switch in value.leads)
    return Screen(
        lines(texts.reminders_title(), texts.no_link_without_reminders(JOINABLE_BEFORE) if none else None),
        (*grid(switches, 1), (Press(texts.button_own_lead(), LeadAsk()),), _back(texts)),
    )


def ask_lead(texts: ChatTexts) -> Screen:
    return Screen(texts.ask_lead(), ((Press(texts.button_back(), RemindersShow()),),))


def quiet(value: Preferences, texts: ChatTexts) -> Screen:
    hours = value.quiet
    spans = [
        Press(
            _chosen(texts.hours(start, end), texts, on=(hours.starts, hours.ends) == (time(start), time(end))),
            QuietSet(start, end),
        )
        for start, end in _QUIET
    ]
    none = Press(_chosen(texts.button_no_quiet(), texts, on=hours.starts == hours.ends), QuietSet(0, 0))
    return Screen(
        lines(texts.quiet_title(), *(["", _quiet(hours, texts)] if hours.starts != hours.ends else [])),
        (*grid([*spans, none]), (Press(texts.button_city(), PlaceAsk()),), _back(texts)),
    )


def ask_place(texts: ChatTexts) -> Screen:
    return Screen(texts.ask_place(), ((Press(texts.button_back(), QuietShow()),),))


def extras(value: Preferences, texts: ChatTexts) -> Screen:
    switch = Press(texts.button_extras(on=value.extras), ExtrasSet(int(not value.extras)))
    return Screen(texts.extras_title(on=value.extras), ((switch,), _back(texts)))


def languages(value: Preferences, texts: ChatTexts) -> Screen:
    """Each language by its own name: whoever is lost in one finds theirs."""
    buttons = [
        Press(_chosen(_own_name(language), texts, on=language == value.language), LanguageSet(language))
        for language in LANGUAGES
    ]
    return Screen(texts.language_title(), (*grid(buttons), _back(texts)))


def _own_name(language: str) -> str:
    return ChatTexts(language).language_name(language)


def _quiet(hours: QuietHours, texts: ChatTexts) -> str:
    return texts.quiet(hours.starts, hours.ends, hours.timezone)


def _company(value: Preferences, texts: ChatTexts) -> str:
    parts = [value.company, texts.country(value.country) if value.country else "", value.cluster or ""]
    return ", ".join(part for part in parts if part) or texts.no_company()


def _chosen(label: str, texts: ChatTexts, *, on: bool) -> str:
    return texts.button_chosen(label) if on else label


def _seconds(lead: timedelta) -> int:
    return int(lead.total_seconds())


def _back(texts: ChatTexts) -> tuple[Button, ...]:
    return (Press(texts.button_back(), SettingsShow()),)
