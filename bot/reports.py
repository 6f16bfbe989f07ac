"""The report as a workbook: a sheet for each question, and one that says what each count means."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from bot.exports import MERELY_SHOWN, SHEET_NAME_LENGTH, plain
from domain.figures.numbers import STARS, Counts, Figures, Group
from domain.figures.reports import Report
from storage import Measure
from texts.chat import ChatTexts

Cell = str | int | float | Decimal | None
Row = list[Cell]

_WIDTH, _WIDEST = 16, 70
_TENTH = Decimal("0.1")


def workbook(report: Report, texts: ChatTexts) -> bytes:
    """Texts stay texts, whatever they begin with; parts are formatted as percent, and what is a Decimal is not."""
    content = BytesIO()
    found = report.figures
    sheets: Iterable[list[Row]] = (
        _how_many(found, texts),
        _webinars(found, texts),
        _groups(found.by_partnership, str, texts),
        _groups(found.by_cluster, str, texts),
        _groups(found.by_country, lambda code: texts.country(code) if code else "", texts),
        _groups(found.by_topic, texts.name, texts),
        _feedback(found, texts),
        _people(report, texts),
        _definitions(texts),
    )
    with xlsxwriter.Workbook(content, {"in_memory": True} | MERELY_SHOWN) as book:
        bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0 %"})
        for name, rows in zip(texts.report_sheets(), sheets, strict=True):
            sheet = book.add_worksheet(name[:SHEET_NAME_LENGTH])
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                _write(sheet, number, row, bold if number == 0 else None, percent)
            for column in range(max(map(len, rows))):
                sheet.set_column(column, column, _width(row[column] for row in rows if column < len(row)))
    return content.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, number: int, row: Row, form: object, percent: object) -> None:
    for column, cell in enumerate(row):
        match cell:
            case Decimal():
                sheet.write_number(number, column, cell)
            case float():
                sheet.write_number(number, column, cell, percent)
            case int():
                sheet.write_number(number, column, cell)
            case str() if cell:
                sheet.write_string(number, column, plain(cell), form)


def _width(cells: Iterable[Cell]) -> int:
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return min(max(longest + 2, _WIDTH), _WIDEST)


def _how_many(found: Figures, texts: ChatTexts) -> list[Row]:
    words = texts.report_words()
    rows: list[Row] = [[words["count"], texts.figures_headings()[0]], [words["webinars"], len(found.held)]]
    rows.extend([texts.measure(measure), found.counts[measure]] for measure in Measure)
    rating = None if found.rating is None else Decimal(found.rating).quantize(_TENTH)
    return [
        *rows,
        [words["show_up"], found.show_up_rate],
        [words["from_hosts"], found.from_hosts],
        [words["from_others"], found.from_others],
        [words["share_of_others"], found.share_of_others],
        [words["answers"], found.answers],
        [words["rating"], rating],
        [words["response_rate"], found.response_rate],
    ]


def _webinars(found: Figures, texts: ChatTexts) -> list[Row]:
    words = texts.report_words()
    rows: list[Row] = [[words["title"], words["start"], words["hosts"], words["topics"], *_measures(texts)]]
    for held in found.held:
        when = texts.short(held.starts_at, held.timezone)
        about = ", ".join(texts.names(held.topics))
        rows.append([held.title, when, ", ".join(held.hosts), about, *_counts(held.counts)])
    return rows


def _groups(groups: Iterable[Group], name: Callable[[str], str], texts: ChatTexts) -> list[Row]:
    rows: list[Row] = [["", *_measures(texts)]]
    rows.extend([name(group.name) if group.name else texts.not_given(), *_counts(group.counts)] for group in groups)
    return rows


def _feedback(found: Figures, texts: ChatTexts) -> list[Row]:
    rows: list[Row] = [[texts.report_words()["title"], *("★" * star for star in STARS)]]
    rows.extend([held.title, *(held.stars[star] for star in STARS)] for held in found.held)
    return rows


def _people(report: Report, texts: ChatTexts) -> list[Row]:
    words = texts.report_words()
    columns = ("title", "start", "name", "company", "country", "cluster", "partnership", "came")
    rows: list[Row] = [[words[column] for column in columns]]
    for each in report.people:
        who = each.who
        when = texts.short(each.starts_at, each.timezone)
        country = texts.country(who.country) if who.country else ""
        came = words["yes"] if who.came else ""
        rows.append([each.webinar, when, who.name, who.company, country, who.cluster, who.partnership, came])
    return rows


def _definitions(texts: ChatTexts) -> list[Row]:
    words = texts.report_words()
    named = {measure.value: texts.measure(measure) for measure in Measure} | words
    rows: list[Row] = [[words["count"], words["meaning"]]]
    rows.extend([named[key], said] for key, said in texts.definitions().items())
    return rows


def _measures(texts: ChatTexts) -> Iterator[str]:
    return (texts.measure(measure) for measure in Measure)


def _counts(counts: Counts) -> Iterator[int]:
    return (counts[measure] for measure in Measure)
