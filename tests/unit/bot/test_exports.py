"""Lists as files: read again they say the same, and no spreadsheet takes a name for a formula."""

import csv
import unicodedata
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.context import texts_for
from bot.exports import csv_file, guarded, xlsx_file
from domain.registrants import Registrant, Roster, Tallies, Tally
from storage import RegistrationStatus
from tests.chat import card
from texts import LANGUAGES

EN = texts_for("en")
SEATED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
HEADING = ["State", "Place in line", "Name", "Company", "Country", "Cluster", "Partnership"]
ANA = Registrant(
    name="Ana", status=SEATED, place=None, company="Ana & Sons", country="BE", cluster="Tweed", partnership="Alpha"
)
TALLIES = Tallies(
    (Tally("Alpha", 1, 0), Tally("", 0, 1)), (Tally("Tweed", 1, 0),), (Tally("BE", 1, 0),), (Tally("China", 1, 1),)
)
BEGINS = frozenset("=+-@−")  # noqa: RUF001 -- the minus sign is meant
NASTY = [
    "=1+1",
    '=HYPERLINK("https://evil.example","Click")',
    "=cmd|' /C calc'!A0",
    "+49 30 1234",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tAna",
    "  =1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\xa0=1+1",
    "＝1+1",  # noqa: RUF001 -- full width, as below
    "＋1",  # noqa: RUF001
    "－1",  # noqa: RUF001
    "＠SUM(1)",  # noqa: RUF001
    "﹣1",
    "⁺1",
    "−1",  # noqa: RUF001
    '"=1+1"',
    "Ana,=1+1",
    "Ana;=1+1",
    "Ana\t=1+1",
    "Ana\n=1+1",
    'Ana,"=1+1"',
    "a,;=1+1",
]
HARMLESS = [
    "",
    "Ana",
    "Ana-Maria",
    "a = b",
    "me@example.org",
    "3 + 4",
    "'Ana",
    "<b>&amp;</b>",
    "阿娜",
    "1,5",
    "a;b",
    "😀",
]


def roster(*people: Registrant) -> Roster:
    return Roster(card(), people, 0, TALLIES)


def named(name: str) -> Registrant:
    return Registrant(name=name, status=WAITING, place=3, company=name, country="", cluster="", partnership="")


def read_csv(content: bytes, separator: str = ";") -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def read_xlsx(content: bytes) -> list[list[list[Any]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]


def begins(text: str) -> str:
    """What a spreadsheet looks at first, the way the most credulous would."""
    seen = [each for each in text if each != '"' and unicodedata.category(each)[0] not in "CZ"]
    return unicodedata.normalize("NFKC", seen[0])[:1] if seen else ""


def test_csv_says_what_is_known() -> None:
    content = csv_file(roster(ANA, named("Ben")), EN)

    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content) == [
        HEADING,
        ["registered", "", "Ana", "Ana & Sons", "Belgium", "Tweed", "Alpha"],
        ["waiting", "3", "Ben", "Ben", "", "", ""],
    ]


def test_who_came_is_a_column_where_it_is_known() -> None:
    known = replace(roster(replace(ANA, came=True), named("Ben")), came=1)

    assert [[row[2], row[-1]] for row in read_csv(csv_file(known, EN))] == [
        ["Name", "Attended"],
        ["Ana", "yes"],
        ["Ben", ""],
    ]
    people, _ = read_xlsx(xlsx_file(known, EN))
    assert [row[-1] for row in people] == ["Attended", "yes", None]


def test_xlsx_says_the_same_and_has_the_numbers_on_a_second_sheet() -> None:
    people, counts = read_xlsx(xlsx_file(roster(ANA, named("Ben")), EN))

    assert people == [
        HEADING,
        ["registered", None, "Ana", "Ana & Sons", "Belgium", "Tweed", "Alpha"],
        ["waiting", 3, "Ben", "Ben", None, None, None],
    ]
    assert [row for row in counts if row != [None] * 3] == [
        ["By partnership", "Registered", "Waiting"],
        ["Alpha", 1, 0],
        ["not given", 0, 1],
        ["By cluster", "Registered", "Waiting"],
        ["Tweed", 1, 0],
        ["By country", "Registered", "Waiting"],
        ["Belgium", 1, 0],
        ["By market", "Registered", "Waiting"],
        ["China", 1, 1],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_are_written_in_every_language_even_of_nobody(language: str) -> None:
    texts = texts_for(language)

    assert read_csv(csv_file(roster(), texts)) == [texts.people_columns()]
    assert read_xlsx(xlsx_file(roster(), texts))[0] == [texts.people_columns()]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert read_csv(csv_file(roster(named(text)), EN))[1][2] == text


@pytest.mark.parametrize("text", NASTY)
def test_what_could_be_a_formula_gets_an_apostrophe_and_loses_nothing(text: str) -> None:
    cell = read_csv(csv_file(roster(named(text)), EN))[1][2]

    assert cell != text
    assert cell.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_no_cell_begins_a_formula_however_the_file_is_parted(text: str, separator: str) -> None:
    rows = read_csv(csv_file(roster(named(text)), EN), separator)

    assert [cell for row in rows for cell in row if begins(cell) in BEGINS] == []


@pytest.mark.parametrize("text", [text for text in NASTY if text.isprintable()])
def test_in_xlsx_it_is_text_as_it_was_typed(text: str) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_file(roster(named(text)), EN)))
    cell = book.worksheets[0].cell(2, 3)

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("text", ["<r></r>", "<r><t>x</t></r>", "<r></c></row></r>", "<r>&</r>"])
def test_markup_of_a_sheet_is_only_text(text: str) -> None:
    assert read_xlsx(xlsx_file(roster(named(text)), EN))[0][1][2] == f"{text} "


written = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(
    st.sampled_from([*BEGINS, "＝", "1", "a", " ", "\t", "\r", "\n", ",", ";", '"', "'", "\u200b", "<r>", "</r>"])  # noqa: RUF001
).map("".join)


@given(written, st.sampled_from([";", ",", "\t"]))
@example('",=1', ",")
def test_whatever_anybody_calls_themselves_no_cell_begins_a_formula(name: str, separator: str) -> None:
    rows = read_csv(csv_file(roster(named(name)), EN), separator)

    assert [cell for row in rows for cell in row if begins(cell) in BEGINS] == []


@given(written)
def test_whatever_anybody_calls_themselves_the_list_keeps_its_shape(name: str) -> None:
    rows = read_csv(csv_file(roster(ANA, named(name), ANA), EN))

    assert [len(row) for row in rows] == [len(HEADING)] * 4
    assert rows[2][2].replace("'", "") == name.replace("'", "")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_anybody_calls_themselves_a_workbook_can_be_read(name: str) -> None:
    people, _ = read_xlsx(xlsx_file(roster(named(name), ANA), EN))

    assert people[2][2] == "Ana"
