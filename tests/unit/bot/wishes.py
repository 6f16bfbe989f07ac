"""Screens of a person's own wishes: what they look for and follow, settings, company."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from bot.screen import Screen
from bot.screens import company, finding, following, privacy, settings
from bot.screens.sharing import invitation
from domain.browsing import Switches
from domain.choices import Choice
from domain.company import Company
from domain.following import Follows
from domain.preferences import LeadSwitch, Preferences
from domain.usual import QuietHours
from tests.chat import LEADS
from texts.chat import ChatTexts

QUIET = QuietHours(time(22), time(7), "Europe/Brussels")
UNTOUCHED = Preferences(
    language="en",
    leads=tuple(LeadSwitch(lead, on=True) for lead in LEADS),
    quiet=QUIET,
    announcements=True,
    extras=True,
    company="",
    country="",
    cluster=None,
)
CHANGED = replace(
    UNTOUCHED,
    leads=(LeadSwitch(LEADS[0], on=False), LeadSwitch(2 * LEADS[1], on=True), LeadSwitch(LEADS[2], on=True)),
    quiet=QuietHours(time(20), time(9), "Asia/Shanghai"),
    announcements=False,
    extras=False,
    company="Sousa & Filhos",
    country="BE",
    cluster="Wagralim",
)
SILENT = replace(
    UNTOUCHED,
    leads=tuple(replace(switch, on=False) for switch in UNTOUCHED.leads),
    quiet=QuietHours(time(0), time(0), "Etc/GMT-2"),
)
PARTNERSHIPS = (Choice("ec2i", "EC2i", chosen=False), Choice("nf4", "NF4", chosen=True))
MARKETS = (Choice("china", "China", chosen=True), Choice("usa", "USA", chosen=False))
SECTORS = (Choice("food", "Food", chosen=False), Choice("mobility", "Mobility", chosen=False))
SWITCHES = Switches(
    partnerships=PARTNERSHIPS,
    markets=MARKETS,
    sectors=SECTORS,
    languages=(Choice("en", "en", chosen=False), Choice("fr", "fr", chosen=True)),
    months=tuple(Choice(month, month, chosen=False) for month in ("2027-01", "2027-02", "2027-08")),
    fitting=4,
)
NAMED = Company("Sousa & Filhos", "", None, ("BE", "IT", "PT"), ())
BELGIAN = replace(
    NAMED,
    country="BE",
    clusters=(Choice("wagralim", "Wagralim", chosen=True), Choice("tweed", "TWEED", chosen=False)),
)

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "find": lambda words: finding.switches(SWITCHES, words),
    "find_one": lambda words: finding.switches(replace(SWITCHES, fitting=1), words),
    "find_nothing": lambda words: finding.switches(replace(SWITCHES, fitting=0), words),
    "follow": lambda words: following.follows(Follows(PARTNERSHIPS, MARKETS, SECTORS, announcements=True), words),
    "follow_no_news": lambda words: following.follows(
        Follows(PARTNERSHIPS, MARKETS, SECTORS, announcements=False), words
    ),
    "follow_done": lambda words: Screen(words.follow_done()),
    "follow_declined": lambda words: Screen(words.follow_declined()),
    "settings": lambda words: settings.settings(UNTOUCHED, words),
    "settings_changed": lambda words: settings.settings(CHANGED, words),
    "settings_silent": lambda words: settings.settings(SILENT, words),
    "settings_reminders": lambda words: settings.reminders(CHANGED, words),
    "settings_no_reminders": lambda words: settings.reminders(SILENT, words),
    "settings_own_reminder": settings.ask_lead,
    "settings_bad_reminder": lambda words: Screen(words.bad_lead(), settings.ask_lead(words).rows),
    "settings_quiet": lambda words: settings.quiet(UNTOUCHED, words),
    "settings_no_quiet": lambda words: settings.quiet(SILENT, words),
    "settings_extras": lambda words: settings.extras(UNTOUCHED, words),
    "settings_no_extras": lambda words: settings.extras(CHANGED, words),
    "settings_city": settings.ask_place,
    "settings_bad_city": lambda words: Screen(words.bad_place("<b>Nowhere</b>"), settings.ask_place(words).rows),
    "settings_language": lambda words: settings.languages(UNTOUCHED, words),
    "company_offer": company.offer,
    "company_ask": lambda words: company.ask(replace(NAMED, name=""), words),
    "company_ask_again": lambda words: company.ask(NAMED, words),
    "company_named": lambda words: company.company(NAMED, words),
    "company_of_a_country": lambda words: company.company(BELGIAN, words),
    "company_of_another_country": lambda words: company.company(
        replace(NAMED, country="PL", countries=("BE", "IT", "PL", "PT")), words
    ),
    "company_ask_country": company.ask_country,
    "company_bad_country": lambda words: Screen(words.bad_country("<b>Atlantis</b>"), company.back(words)),
    "company_skipped": lambda words: Screen(words.company_skipped()),
    "shared_invitation": lambda words: invitation("convoke_bot", words),
    "privacy_erased": lambda words: Screen(words.erased()),
    "privacy_stays": privacy.stays,
    "said_not_yours": lambda words: Screen(words.not_yours(("EC2i", "NF4"))),
    "window_registration_closed": lambda words: Screen(words.html("{said}", said=words.registration_closed())),
    "window_old_button": lambda words: Screen(words.html("{said}", said=words.old_button())),
    "window_old_list": lambda words: Screen(words.html("{said}", said=words.old_list())),
    "window_in_a_group": lambda words: Screen(words.html("{said}", said=words.shared_registered())),
    "window_in_a_group_waiting": lambda words: Screen(words.html("{said}", said=words.shared_waiting(3))),
}
