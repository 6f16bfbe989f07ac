from io import BytesIO

import openpyxl
import pytest

from bot.charts import Chart
from bot.context import texts_for
from bot.reports import workbook
from bot.screens import figures as screens
from domain.figures.reports import Participant, Report
from storage import RegistrationStatus
from storage.registrants import Registrant
from tests.chat import START
from tests.unit.bot.counted import BARE, NASTY, NOTHING, WHOLE
from texts import LANGUAGES

EN = texts_for("en")
MEASURES = ["Reached", "Registered", "Waited", "Attended", "New companies"]


def who(name: str, *, came: bool = False, **said: str) -> Registrant:
    values = {"company": "", "country": "", "cluster": "", "partnership": ""} | said
    return Registrant(name=name, status=RegistrationStatus.REGISTERED, place=None, came=came, **values)


def read(report: Report, language: str = "en") -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(BytesIO(workbook(report, texts_for(language))))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_each_question_has_a_sheet_and_each_count_a_meaning() -> None:
    people = (
        Participant(
            "Smart packaging", START, "Europe/Brussels", who("=1+1", company="@SUM(A1)", country="BE", came=True)
        ),
        Participant("Smart packaging", START, "Europe/Brussels", who("Ben", cluster="Tweed", partnership="EC2i")),
    )

    found = read(Report(WHOLE, people))

    assert found["How many"] == [
        ["Count", "How many"],
        ["Webinars", 2],
        ["Reached", 3190],
        ["Registered", 412],
        ["Waited", 31],
        ["Attended", 263],
        ["New companies", 123],
        ["Show-up rate", pytest.approx(263 / 400)],
        ["Registered, from the hosts' partnerships", 130],
        ["Registered, from other partnerships", 70],
        ["Share from other partnerships", 0.35],
        ["Answers", 120],
        ["Mean, 1 to 5", 4.7],
        ["Response rate", pytest.approx(120 / (263 + 12))],
    ]
    assert found["Which webinars"] == [
        ["Webinar", "Start", "Hosts", "Topics", *MEASURES],
        ["Smart packaging", "Tue 19 Jan, 10:00 CET", "AdPack², NF4", "China, Food", 3100, 400, 31, 263, 120],
        ["Cold chain", "Tue 19 Jan, 10:00 CET", "AdPack², NF4", "China, Food", 90, 12, 0, 0, 3],
    ]
    assert found["From which partnerships"] == [
        [None, *MEASURES],
        ["NF4", 900, 200, 11, 120, 60],
        ["not given", 2290, 212, 20, 143, 63],
    ]
    assert found["How was it"][1] == ["Smart packaging", 0, 1, 4, 30, 85]
    assert found["Who"][1:] == [
        ["Smart packaging", "Tue 19 Jan, 10:00 CET", "=1+1", "@SUM(A1)", "Belgium", None, None, "yes"],
        ["Smart packaging", "Tue 19 Jan, 10:00 CET", "Ben", None, None, "Tweed", "EC2i", None],
    ]
    named = [row[0] for row in found["What is counted"][1:]]
    assert {*MEASURES, "Webinars", "Show-up rate", "Response rate"} <= set(named)
    assert all(meaning for _, meaning in found["What is counted"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figures", [WHOLE, BARE, NOTHING], ids=["whole", "bare", "nothing"])
def test_a_report_can_be_read_in_each_language(language: str, figures: object) -> None:
    found = read(Report(figures, ()), language)  # type: ignore[arg-type]  # ids want a plain type

    assert len(found) == 9
    assert all(all(row[0] for row in rows[1:]) for rows in found.values())


def test_no_cell_of_a_report_is_a_formula() -> None:
    formula = Participant(NASTY, START, "UTC", who("=cmd|' /C calc'!A0", company="+1", cluster="-1"))
    book = openpyxl.load_workbook(BytesIO(workbook(Report(BARE, (formula,)), EN)))

    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_picture_has_the_largest_countries_and_all_others_together() -> None:
    counted, by_partnership, by_country, by_topic, stars = screens.charts(WHOLE, EN)

    assert [(bar.label, bar.said) for bar in counted.bars] == [
        ("Reached", "3,190"),
        ("Registered", "412"),
        ("Waited", "31"),
        ("Attended", "263 · 66%"),
        ("New companies", "123"),
    ]
    assert [(bar.label, bar.number) for bar in by_partnership.bars] == [("NF4", 200), ("not given", 212)]
    assert [(bar.label, bar.number) for bar in by_country.bars][-2:] == [("Spain", 20), ("all others", 42)]
    assert [(bar.label, bar.number) for bar in by_topic.bars] == [("China", 412)]
    assert next((bar.label, bar.number) for bar in stars.bars) == ("★★★★★", 85)


def test_a_picture_of_one_webinar_does_not_count_its_topics() -> None:
    assert screens.charts(BARE, EN)[3].bars == ()


def test_a_picture_leaves_out_stars_that_nobody_gave() -> None:
    assert screens.charts(BARE, EN)[-1] == Chart("How it was, 1 to 5", ())
