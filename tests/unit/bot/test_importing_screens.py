"""What is said of a file of webinars, whatever stands in it."""

from dataclasses import replace

import pytest

from bot.context import texts_for
from bot.screens import importing
from domain.importing_values import FileRefusedError, Outcome, Refusal, Remark, Report, Taken, Trouble, remark
from tests.chat import HARMLESS, NASTY, read
from tests.unit.bot.importings import NF4, every_outcome, foreseen
from texts import LANGUAGES

EN = texts_for("en")
LONG = "😀" * 500

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@in_each_language
def test_everything_that_can_be_wrong_has_words(language: str) -> None:
    words = texts_for(language)

    lines = [words.import_line(3, "", trouble, "PART") for trouble in Trouble]
    assert len({*lines}) == len(Trouble)
    refusals = [str(importing.refused(FileRefusedError(refusal, limit=5 << 20), words).text) for refusal in Refusal]
    assert len({*refusals}) == len(Refusal)
    assert len(words.import_outcomes(dict.fromkeys(Outcome, 2))) == len(Outcome)


@in_each_language
def test_the_longest_report_fits_into_a_message(language: str) -> None:
    remarks = tuple(remark(10**6 + number, LONG, trouble, LONG) for number, trouble in enumerate([*Trouble] * 3))

    report = Report(tuple(Taken(10**6, LONG[:120], Outcome.RESTORED) for _ in range(20)), remarks)
    found = read(importing.foreseen(replace(every_outcome(), name=LONG, report=report), texts_for(language)))
    assert len(found.text.encode("utf-16-le")) // 2 <= 4096
    assert found.text.count("•") == importing.MOST_SHOWN + 5


def test_what_a_file_says_breaks_nothing() -> None:
    texts = []
    for text in (NASTY, HARMLESS):
        found = foreseen(Outcome.DRAFTED, remarks=(Remark(4, text, Trouble.UNKNOWN_ZONE, text),))
        texts.append(read(importing.foreseen(found, EN)).text)
        assert text in read(importing.for_whom(text, (NF4,), EN)).text

    assert texts[0] == texts[1].replace(HARMLESS, NASTY)
    assert texts[0].count(NASTY) == 2


def test_every_line_stands_in_the_file_if_some_had_no_room() -> None:
    remarks = tuple(Remark(number, "Cold chain", Trouble.ALL_DAY) for number in range(1, 11))
    changes = tuple(Taken(number, "Cold chain", Outcome.MOVED) for number in range(1, 6))

    assert importing.rest(Report(changes, remarks), EN) is None
    for report in (Report(changes * 2, remarks), Report(changes, remarks * 2)):
        rest = importing.rest(report, EN)
        assert rest is not None
        lines = rest.splitlines()
        assert len(lines) == len(report.taken) + len(report.remarks)
        assert lines[0] == "Line 1, Cold chain: moved"
        assert lines[-1] == "Line 10, Cold chain: it lasts all day; a webinar needs a time."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Cold chain", "Cold chain"),
        ("two\nlines\tand \x00 a control", "two lines and a control"),
        ("x" * 51, "x" * 50 + "…"),
        ("", ""),
    ],
)
def test_words_of_the_file_are_cut_to_a_line(text: str, wanted: str) -> None:
    assert remark(1, text, Trouble.BAD_RULE, text) == Remark(1, wanted, Trouble.BAD_RULE, wanted)
