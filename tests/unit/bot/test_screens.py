"""What holds for every screen, whatever organisers type."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.context import texts_for
from bot.screen import Screen, cut, lines
from bot.screens import draft as drafting
from bot.screens import lists
from bot.screens.card import webinar_card
from domain.cards import AgendaLine
from domain.drafts import LANGUAGES, REQUIRED, Field
from domain.listing import Page, Welcome
from domain.reading.when import WhenFault
from sandbox import keyboards
from sandbox.text.formatted import ENTITY_LIMIT, TEXT_LIMIT
from sandbox.text.utf16 import units
from storage import RegistrationStatus, WebinarStatus
from tests.chat import (
    HARMLESS,
    JOIN,
    LEADS,
    NASTY,
    NOW,
    READY,
    card,
    card_of,
    draft,
    draft_of,
    longest_card,
    longest_draft,
    read,
)
from tests.unit.bot.states import EN, EVERY, OF_CARD, OF_DRAFT

WITHOUT_TITLE = {"draft_hosts", "draft_topics", "draft_languages", "draft_for_whom"}

EARLIER, LATER = EN.button_earlier(), EN.button_later()


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


@pytest.mark.parametrize("name", OF_CARD)
def test_what_organisers_typed_into_a_webinar_is_shown_to_the_letter(name: str) -> None:
    nasty, harmless = (read(OF_CARD[name](card_of(text), EN)) for text in (NASTY, HARMLESS))

    assert NASTY in nasty.text
    assert nasty.text == harmless.text.replace(HARMLESS, NASTY)
    assert nasty.entities == harmless.entities


@pytest.mark.parametrize("name", sorted(OF_DRAFT.keys() - WITHOUT_TITLE))
def test_what_organisers_typed_into_a_draft_is_shown_to_the_letter(name: str) -> None:
    nasty, harmless = (read(OF_DRAFT[name](draft_of(text), EN)) for text in (NASTY, HARMLESS))

    assert nasty.text.count(NASTY) == 1 + 4 + 3 + 1
    assert nasty.text == harmless.text.replace(HARMLESS, NASTY)
    assert nasty.entities == harmless.entities


@pytest.mark.parametrize("fault", WhenFault)
def test_what_could_not_be_read_as_a_time_is_quoted_to_the_letter(fault: WhenFault) -> None:
    screen = drafting.draft_card(draft(), EN, EN.when_fault(fault, NASTY))

    assert (NASTY in read(screen).text) == (fault is not WhenFault.PAST)


@pytest.mark.parametrize("name", OF_CARD)
def test_the_longest_webinar_fits_into_a_message(name: str) -> None:
    found = read(OF_CARD[name](longest_card(), EN))

    assert units(found.text) <= TEXT_LIMIT
    assert len(found.entities) <= ENTITY_LIMIT


@pytest.mark.parametrize("name", OF_DRAFT)
def test_the_longest_draft_fits_into_a_message(name: str) -> None:
    found = read(OF_DRAFT[name](longest_draft(), EN))

    assert units(found.text) <= TEXT_LIMIT
    assert len(found.entities) <= ENTITY_LIMIT


@pytest.mark.parametrize("number", [1, 2])
def test_a_page_of_the_longest_webinars_fits_into_a_message(number: int) -> None:
    longest = longest_card(my_status=RegistrationStatus.WAITLISTED, my_position=100_000)
    screen = lists.upcoming(Page((longest,) * 5, number, 2, 10), EN)
    found = read(screen)

    assert units(found.text) <= TEXT_LIMIT
    assert len(found.entities) <= ENTITY_LIMIT
    assert max(len(label) for label in labels(screen)) <= 40


@pytest.mark.parametrize("name", EVERY)
def test_keyboard_is_one_that_telegram_takes(name: str) -> None:
    markup = EVERY[name].markup()
    rows = [row for row in EVERY[name].rows if row]

    kept = keyboards.checked(markup.to_dict() if markup else None)

    assert [button["text"] for button in keyboards.buttons(kept)] == [button.label for row in rows for button in row]


def _is_window(name: str) -> bool:
    """What is said in a small window goes away, and the screen under it stays."""
    return name.startswith("window")


@pytest.mark.parametrize("name", EVERY)
def test_nobody_is_left_without_a_way_on(name: str) -> None:
    buttons = [button for row in EVERY[name].rows for button in row]
    commands = [entity for entity in read(EVERY[name]).entities if entity["type"] == "bot_command"]

    assert buttons or commands or name in {"said_failed", "said_not_allowed", "said_not_yours"} or _is_window(name)


@pytest.mark.parametrize("name", [name for name in EVERY if name.startswith(("card", "list", "pushed", "welcome"))])
def test_every_time_names_its_zone_where_the_reader_gets_no_time_of_their_own(name: str) -> None:
    times = re.findall(r"<tg-time[^>]*>([^<]*)</tg-time>", EVERY[name].text)

    assert [time for time in times if not time.startswith("in ") and "CET" not in time] == []


def test_times_in_a_zone_without_a_clear_abbreviation_name_the_city() -> None:
    screen = webinar_card(card(timezone="Asia/Shanghai"), EN, leads=LEADS, now=NOW)

    assert "Tue 19 January 2027, 17:00 Shanghai time" in screen.text


def test_join_link_is_shown_to_those_who_may_use_it_and_to_nobody_else() -> None:
    with_link = {name for name, screen in EVERY.items() if JOIN in str(screen.rows) and name in OF_CARD}

    assert with_link == {
        "card_join_now",
        "card_join_now_begun",
        "meeting_join_now",
        "pushed_moved_now",
        "pushed_reminder",
        "pushed_seat_won_now",
    }


@pytest.mark.parametrize(
    ("changes", "decision"),
    [
        ({}, "Register"),
        ({"capacity": None, "registered": 10_000}, "Register"),
        ({"registered": 50}, "Join waitlist"),
        ({"registered": 49, "waiting": 1}, "Join waitlist"),
        ({"my_status": RegistrationStatus.REGISTERED}, "Cancel registration"),
        ({"my_status": RegistrationStatus.REGISTERED, "open": False}, "Cancel registration"),
        ({"my_status": RegistrationStatus.WAITLISTED, "my_position": 1, "waiting": 1}, "Leave waitlist"),
        ({"my_status": RegistrationStatus.CANCELLED}, "Register"),
        ({"my_status": RegistrationStatus.CANCELLED, "registered": 50}, "Join waitlist"),
        ({"open": False}, None),
        ({"open": False, "ended": True, "my_status": RegistrationStatus.REGISTERED}, None),
        ({"open": False, "status": WebinarStatus.CANCELLED, "my_status": RegistrationStatus.REGISTERED}, None),
    ],
)
def test_card_offers_what_is_possible_and_nothing_else(changes: dict[str, object], decision: str | None) -> None:
    screen = webinar_card(card(**changes), EN, leads=LEADS, now=NOW)
    decisions = {"Register", "Join waitlist", "Cancel registration", "Leave waitlist"}

    assert [label for label in labels(screen) if label in decisions] == ([decision] if decision else [])


@pytest.mark.parametrize(
    ("number", "pages", "turns"),
    [(1, 1, []), (1, 3, [LATER]), (2, 3, [EARLIER, LATER]), (3, 3, [EARLIER])],
)
def test_pages_turn_only_where_there_is_another(number: int, pages: int, turns: list[str]) -> None:
    screen = lists.upcoming(Page((card(),), number, pages, pages), EN)

    assert [label for label in labels(screen) if label in {EARLIER, LATER}] == turns


@pytest.mark.parametrize("field", REQUIRED)
def test_draft_can_be_published_only_when_nothing_is_missing(field: Field) -> None:
    ready = draft(chosen=("NF4",), **READY)
    name = {Field.WHEN: "local_start", Field.LINK: "join_url"}.get(field, field.value)
    fields = ready.fields.model_copy(update={name: () if field is Field.HOSTS else None})

    assert {"Preview", "Publish"} <= set(labels(drafting.draft_card(ready, EN)))
    assert not {"Preview", "Publish"} & set(labels(drafting.draft_card(replace(ready, fields=fields), EN)))


def test_every_language_a_webinar_may_be_held_in_has_a_name_of_its_own() -> None:
    names = [name for _, name in EN.language_choices(LANGUAGES)]

    assert len({*names} - {*LANGUAGES}) == len(LANGUAGES)


def test_agenda_of_many_parts_says_that_there_is_more() -> None:
    parts = tuple(AgendaLine(f"Part {number:02}", "", None) for number in range(60))
    shown = read(OF_CARD["card_agenda"](card(agenda=parts), EN)).text.splitlines()
    first = shown.index("• Part 00")

    assert shown[first + 1] == "• Part 01"
    assert shown[-2:] == ["…", "Topics: China · Smart packaging"]


def test_organiser_is_told_how_to_post() -> None:
    value = Welcome(("NF4",), ("China",), None)

    assert ["/new" in lists.welcome(value, EN, organiser=organiser).text for organiser in (True, False)] == [
        True,
        False,
    ]


def test_screen_without_buttons_has_no_keyboard() -> None:
    assert Screen(Markup("x"), ((), ())).markup() is None


def test_lines_escapes_what_is_no_markup() -> None:
    assert lines(Markup("<b>a</b>"), None, "<b>", "") == "<b>a</b>\n&lt;b&gt;\n"


@given(st.text(min_size=1), st.integers(1, 50))
def test_cut_keeps_the_beginning_and_stays_short(text: str, length: int) -> None:
    shortened = cut(text, length)

    assert shortened == text or text.startswith(shortened.removesuffix(" …"))
    assert len(shortened) <= length + len(" …")


@pytest.mark.parametrize("language", ["xx", "en-US", "EN", ""])
def test_unknown_languages_are_read_in_english(language: str) -> None:
    assert texts_for(language).button_register() == "Register"
