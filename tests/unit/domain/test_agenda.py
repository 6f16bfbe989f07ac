"""Lines of an agenda: when or how long, what, and who."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards import AgendaLine
from domain.reading import agenda
from domain.reading.agenda import MOST_LINES, is_item, read
from domain.reading.draft_values import TITLE_LENGTH, FieldError, FieldFault


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Welcome", AgendaLine("Welcome", "", None)),
        ("15 min Buyers in Shanghai, Li Wei (SCS)", AgendaLine("Buyers in Shanghai", "Li Wei (SCS)", 15)),
        ("5' Questions", AgendaLine("Questions", "", 5)),
        ("5\u2032 Questions", AgendaLine("Questions", "", 5)),
        ("- Welcome (5 min)", AgendaLine("Welcome", "", 5)),
        ("• Buyers in Shanghai (15 min) - Li Wei", AgendaLine("Buyers in Shanghai", "Li Wei", 15)),
        ("1. Market entry - what works", AgendaLine("Market entry - what works", "", None)),
        ("2) 20 mn : Étiquetage, Élodie Martin", AgendaLine("Étiquetage", "Élodie Martin", 20)),
        ("1h30 Workshop | ana", AgendaLine("Workshop", "ana", 90)),
        ("1 h Workshop", AgendaLine("Workshop", "", 60)),
        ("Workshop, 45 minutes", AgendaLine("Workshop", "", 45)),
        ("10:00 - 10:15 Welcome - Ana Ruiz", AgendaLine("Welcome", "Ana Ruiz", 15)),
        ("9:30-9:45 Begrüßung, Änne Öztürk", AgendaLine("Begrüßung", "Änne Öztürk", 15)),
        ("9h30-10h : Accueil", AgendaLine("Accueil", "", 30)),
        (
            "10 min Labels: what works \u2013 Dr. Jan van der Berg, Wagralim",
            AgendaLine("Labels: what works", "Dr. Jan van der Berg, Wagralim", 10),
        ),
        ("5 min Questions, answers and coffee", AgendaLine("Questions, answers and coffee", "", 5)),
        ("10 min 中国市场 - 李伟", AgendaLine("中国市场", "李伟", 10)),
        ("<b>Tea</b> & cake", AgendaLine("<b>Tea</b> & cake", "", None)),
    ],
)
def test_a_line_is_a_length_a_title_and_a_speaker(line: str, item: AgendaLine) -> None:
    assert read(line, duration_minutes=60) == (item,)


def test_lengths_follow_from_when_the_next_begins_and_when_all_is_over() -> None:
    text = "10:00 Welcome - Ana Ruiz\n\n10:05 Buyers\n10:35 Questions\n"

    assert [item.minutes for item in read(text, duration_minutes=45)] == [5, 30, 10]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("10:00 Welcome\n11:30 Panel\n13:00 Close", [90, 90, None]),
        ("10:00 Welcome\n10:15 Panel\n11:30 Questions", [15, 75, None]),
        ("10:00 Welcome\n11:00 Panel\n10:30 Questions", [60, None, 30]),
        ("23:30 Welcome\n1:00 Panel", [90, None]),
    ],
)
def test_hours_are_known_also_where_all_is_longer_than_was_thought(text: str, lengths: list[int | None]) -> None:
    """A new draft takes an hour until somebody says otherwise. An order that was mixed up makes no night of it."""
    assert [item.minutes for item in read(text, duration_minutes=60)] == lengths


def test_a_length_that_was_said_is_kept() -> None:
    assert [item.minutes for item in read("10:00 Welcome (10 min)\n10:30 Talk", duration_minutes=60)] == [10, 30]


@pytest.mark.parametrize("text", ["-", "none", " None \n"])
def test_an_agenda_can_be_taken_away(text: str) -> None:
    assert read(text, duration_minutes=60) == ()


@pytest.mark.parametrize(
    ("text", "fault", "limit"),
    [
        ("", FieldFault.EMPTY, 0),
        (" \n\u200e\n", FieldFault.EMPTY, 0),
        ("10 min", FieldFault.EMPTY, 0),
        ("10:00\n10:30", FieldFault.EMPTY, 0),
        ("x" * (TITLE_LENGTH + 1), FieldFault.TOO_LONG, TITLE_LENGTH),
        ("x" * 10_000, FieldFault.TOO_LONG, TITLE_LENGTH),
        ("Talk\n" * (MOST_LINES + 1), FieldFault.TOO_MANY_LINES, MOST_LINES),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_agenda_is_refused(text: str, fault: FieldFault, limit: int) -> None:
    with pytest.raises(FieldError) as caught:
        read(text, duration_minutes=60)

    assert (caught.value.fault, caught.value.limit) == (fault, limit)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("10:00 Welcome", True),
        ("- 10h15 Questions", True),
        ("15 min Talk", True),
        ("Talk (15 min)", True),
        ("Welcome", False),
        ("10:00", False),
        ("We talk for 15 minutes about labels", False),
        ("Meeting ID: 812 3456 7890", False),
        ("25:61 what", False),
        ("x" * 5_000, False),
    ],
)
def test_items_are_known_in_any_text(line: str, found: object) -> None:
    assert is_item(line) is found


def test_the_lengths_that_are_known_are_added_up() -> None:
    assert agenda.minutes(read("5 min Welcome\nBreak\n40 min Talk", duration_minutes=60)) == 45


pieces = st.sampled_from(
    ["10:00", "15 min", "5'", "1h30", "-", " \u2013 ", ",", "(", ")", "|", "Ana Ruiz", "Talk", "\n", " "]
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join)), st.integers(1, 1440))
def test_any_text_is_an_agenda_or_refused(text: str, duration: int) -> None:
    try:
        items = read(text, duration_minutes=duration)
    except FieldError as error:
        assert error.fault in FieldFault  # noqa: PT017 -- either outcome is right
    else:
        assert len(items) <= MOST_LINES
        assert all(len(item.title) <= TITLE_LENGTH and len(item.speaker) <= TITLE_LENGTH for item in items)
        assert all(item.minutes is None or item.minutes > 0 for item in items)


titles = st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){1,3}", fullmatch=True)
names = st.from_regex(r"[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}( \([A-Z]{2,4}\))?", fullmatch=True)


@given(st.lists(st.builds(AgendaLine, titles, names | st.just(""), st.integers(1, 120)), min_size=1, max_size=10))
def test_what_is_written_out_is_read_back(items: list[AgendaLine]) -> None:
    text = "\n".join(f"{item.minutes} min {item.title}{' - ' if item.speaker else ''}{item.speaker}" for item in items)

    assert list(read(text, duration_minutes=1440)) == items
