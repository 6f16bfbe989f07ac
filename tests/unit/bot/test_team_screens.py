"""Whatever people are called and type, teams and the log show it to the letter and fit into a message."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.context import texts_for
from bot.screens import hosting, team
from bot.screens.log import log
from domain.audit import Action, Log
from domain.hosting import Host, Hosting
from domain.invitations import MOST_OPEN
from domain.team import PAGE_SIZE, Member, Open
from sandbox.text.formatted import TEXT_LIMIT
from sandbox.text.utf16 import units
from storage import HostState
from tests.chat import HARMLESS, NASTY, NOW, card, longest_card, read
from tests.unit.bot import teams, together

EN = texts_for("en")
LONGEST = "😀" * 64


def test_a_page_of_the_longest_lines_fits_into_a_message() -> None:
    values = {f"field_{number}": "😀 " * 1000 for number in range(9)}
    line = teams.line(Action.EDITED, who=LONGEST, subject="😀" * 120, before=values, after=values)

    shown = read(log(Log((line,) * 5, 2, 3), EN, teams.ZONE))

    assert units(shown.text) <= TEXT_LIMIT
    assert shown.text.count("and 6 more fields") == 5


def test_the_largest_team_fits_into_a_message() -> None:
    members = tuple(Member(number, LONGEST, NOW, configured=False, me=False) for number in range(PAGE_SIZE))
    invitations = tuple(Open(number, LONGEST, NOW + timedelta(days=7)) for number in range(MOST_OPEN))

    screen = team.team(teams.team(members=members, invitations=invitations), EN, teams.ZONE)

    assert units(read(screen).text) <= TEXT_LIMIT
    assert max(len(button.label) for row in screen.rows for button in row) <= 42


def test_forty_partnerships_that_all_want_a_change_fit_into_a_message() -> None:
    hosts = tuple(
        Host(f"host{number}", "Pärtnership 😀", HostState.INVITED, "x" * 60, mine=False) for number in range(40)
    )

    assert units(read(hosting.hosts(Hosting(longest_card(), hosts, ()), EN)).text) <= TEXT_LIMIT


def test_names_are_shown_to_the_letter() -> None:
    nasty, harmless = (
        read(team.team(teams.team(text, members=(replace(teams.CHIARA, name=text),)), EN, teams.ZONE))
        for text in (NASTY, HARMLESS)
    )

    assert nasty.text == harmless.text.replace(HARMLESS, NASTY)
    assert nasty.entities == harmless.entities


def test_what_is_in_the_log_is_shown_to_the_letter() -> None:
    nasty, harmless = (
        read(log(Log((teams.line(Action.HOST_REQUESTED, who=text, subject=text, partnership=text),), 1, 1), EN, "UTC"))
        for text in (NASTY, HARMLESS)
    )

    assert NASTY in nasty.text
    assert nasty.text == harmless.text.replace(HARMLESS, NASTY)
    assert nasty.entities == harmless.entities


def test_a_wish_is_shown_to_the_letter() -> None:
    shown = read(hosting.question(together.asked(card(), line=NASTY), EN, together.ZONE))

    assert shown.text.endswith(f"You asked for a change: {NASTY}")


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("partnership", ["NF4", ""])
def test_every_deed_has_words(action: Action, partnership: str) -> None:
    shown = read(log(Log((teams.line(action, partnership=partnership, about="Chiara"),), 1, 1), EN, "UTC"))

    assert shown.text.splitlines()[2].startswith("Marta ")
