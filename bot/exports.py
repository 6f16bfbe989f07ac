"""Lists of people as files. Whatever people called themselves, no spreadsheet may take it for a formula."""

import csv
import re
import unicodedata
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from bot.screens.registrants import named
from domain.registrants import Form, Registrant, Roster
from texts.chat import ChatTexts

Row = list[str | int]

SEPARATOR = ";"
"""As the spreadsheets of most of Europe expect it."""

_GUARD = "'"
_STARTERS = frozenset("=+-@−")  # noqa: RUF001 -- the minus sign is meant
_BREAKS = re.compile(r"([,;\t\r\n])")
MERELY_SHOWN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SHEET_NAME_LENGTH = 31


def file(roster: Roster, form: Form, texts: ChatTexts) -> bytes:
    return csv_file(roster, texts) if form is Form.CSV else xlsx_file(roster, texts)


def csv_file(roster: Roster, texts: ChatTexts) -> bytes:
    """The mark at the beginning tells Excel that it is UTF-8."""
    text = StringIO()
    writer = csv.writer(text, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL)
    for row in _table(roster, texts):
        writer.writerow([guarded(str(cell)) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(roster: Roster, texts: ChatTexts) -> bytes:
    """Cells are typed: what is text stays text. The numbers are on a second sheet."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "constant_memory": True} | MERELY_SHOWN) as book:
        people = book.add_worksheet(texts.button_people()[:SHEET_NAME_LENGTH])
        for number, row in enumerate(_table(roster, texts)):
            _write(people, number, row)
        counts = book.add_worksheet(texts.button_counts()[:SHEET_NAME_LENGTH])
        for number, counted in enumerate(_counts(roster, texts)):
            _write(counts, number, counted)
    return content.getvalue()


def guarded(text: str) -> str:
    """The text with an apostrophe before whatever could begin a formula, also if a cell is parted by mistake."""
    guard = _GUARD if text[:1] in {"\t", "\r", "\n"} else ""
    return guard + "".join(_GUARD + part if _may_be_formula(part) else part for part in _BREAKS.split(text))


def _may_be_formula(part: str) -> bool:
    """By its first character that can be seen, in whatever width, and not counting quotes, which a reader takes off."""
    for character in part:
        if character != '"' and unicodedata.category(character)[0] not in "CZ":
            return unicodedata.normalize("NFKC", character)[0] in _STARTERS
    return False


def _table(roster: Roster, texts: ChatTexts) -> list[Row]:
    """Who came is a column where it is known: else an empty one would say that nobody did."""
    known = roster.came is not None
    came = [texts.column_came()] if known else []
    return [[*texts.people_columns(), *came], *(_row(person, texts, known=known) for person in roster.people)]


def _row(person: Registrant, texts: ChatTexts, *, known: bool) -> Row:
    came = [texts.came_yes() if person.came else ""] if known else []
    return [
        texts.readers(person.status),
        person.place or "",
        person.name,
        person.company,
        texts.country(person.country) if person.country else "",
        person.cluster,
        person.partnership,
        *came,
    ]


def _counts(roster: Roster, texts: ChatTexts) -> list[Row]:
    table: list[Row] = []
    for heading, tallies in named(roster.tallies, texts):
        table.append([heading, *texts.count_columns()])
        table.extend([tally.name, tally.registered, tally.waiting] for tally in tallies)
        table.append([])
    return table


def _write(sheet: Any, row: int, cells: Row) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, column, cell)
        elif cell:
            sheet.write_string(row, column, plain(cell))


def plain(text: str) -> str:
    """Xlsxwriter writes what stands between these marks as it is, as markup of its own."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
