"""Tables, read as webinars: as spreadsheets and people write them."""

from dataclasses import replace
from typing import Any

import pytest

from domain.importing_values import CHAT, Contents, Event, Remark, Trouble
from feeds.importing import read
from tests.factories import NOW, wall

ZONE = "Europe/Brussels"
LINK = "https://meet.example.org/1"
PLAIN = Event(
    uid=None,
    line=2,
    title="Cold chain",
    local_start=wall(2027, 2, 3, 9, 30),
    timezone=ZONE,
    duration_minutes=60,
)


def contents(text: str, encoding: str = "utf-8") -> Contents:
    return read(text.encode(encoding), "a.csv", CHAT, timezone=ZONE, now=NOW)


def row(**values: str) -> Contents:
    given = {"title": "Cold chain", "start": "2027-02-03 09:30", "duration": "60"} | values
    return contents("\t".join(given) + "\n" + "\t".join(given.values()) + "\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_any_spreadsheet(sign: str, newline: str, encoding: str) -> None:
    head = ["Title", "Start", "Time zone", "Duration", "Link", "Description", "Language", "Seats", "Topics", "UID"]
    values = ["Kühlkette", "03.02.2027 9:30", "Shanghai", "1h30", LINK, f'"Ports{sign} papers"', "German", "50"]
    text = newline.join([sign.join(head), sign.join([*values, "China|Food", "u1"]), ""])

    assert contents(text, encoding).events == (
        Event(
            uid="u1",
            line=2,
            title="Kühlkette",
            local_start=wall(2027, 2, 3, 9, 30),
            timezone="Asia/Shanghai",
            duration_minutes=90,
            description=f"Ports{sign} papers",
            join_url=LINK,
            language="de",
            capacity=50,
            topics=("China", "Food"),
        ),
    )


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, {}),
        ({"start": "2027-02-03T09:30"}, {}),
        ({"start": "2027-02-03 09:30:45"}, {}),
        ({"start": "2027-02-03T08:30:00Z"}, {}),
        ({"start": "2027-02-03T09:30:00Z", "timezone": "UTC"}, {"timezone": "UTC"}),
        ({"start": "3 Feb 2027 9:30"}, {}),
        ({"start": "Wed 3 Feb 2027, 9:30 Shanghai"}, {"timezone": "Asia/Shanghai"}),
        ({"timezone": "W. Europe Standard Time"}, {"timezone": "Europe/Berlin"}),
        ({"timezone": "CET"}, {"timezone": "Europe/Brussels"}),
        ({"duration": "", "end": "10:15"}, {"duration_minutes": 45}),
        ({"duration": "", "end": "2027-02-03 10:15"}, {"duration_minutes": 45}),
        ({"start": "2027-02-03 23:30", "duration": "", "end": "0:30"}, {"local_start": wall(2027, 2, 3, 23, 30)}),
        ({"duration": "90"}, {"duration_minutes": 90}),
        ({"seats": "unlimited"}, {}),
        ({"seats": "12"}, {"capacity": 12}),
        ({"language": "FR"}, {"language": "fr"}),
        ({"language": "français"}, {"language": "fr"}),
        ({"language": "中文"}, {"language": "zh"}),
        ({"status": "Canceled"}, {"cancelled": True}),
        ({"topics": "China, Food;USA"}, {"topics": ("China", "Food", "USA")}),
        ({"location": LINK}, {"join_url": LINK}),
    ],
)  # fmt: skip
def test_one_row(values: dict[str, str], wanted: dict[str, Any]) -> None:
    assert row(**values).events == (replace(PLAIN, **wanted),)


def test_as_outlook_exports_it() -> None:
    head = '"Subject","Start Date","Start Time","End Date","End Time","Description"'

    found = contents(f'{head}\n"Cold chain","13/2/2027","9:30","13/2/2027","10:30",""\n')
    assert found.events == (replace(PLAIN, local_start=wall(2027, 2, 13, 9, 30)),)


@pytest.mark.parametrize(
    ("values", "trouble", "part"),
    [
        ({"title": ""}, Trouble.NO_TITLE, ""),
        ({"start": ""}, Trouble.NO_START, ""),
        ({"start": "3 Feb 9:30"}, Trouble.NO_YEAR, "3 Feb 9:30"),
        ({"start": "3/2/2027 9:30"}, Trouble.TWO_DATES, "3/2/2027"),
        ({"start": "2027-02-03"}, Trouble.UNREADABLE_START, "2027-02-03"),
        ({"start": "soon, 2027"}, Trouble.UNREADABLE_START, "soon, 2027"),
        ({"start": "2027-01-18 09:00"}, Trouble.PAST, "2027-01-18 09:00"),
        ({"start": "2027-03-28 02:30"}, Trouble.SKIPPED_TIME, "2027-03-28 02:30"),
        ({"timezone": "Atlantis"}, Trouble.UNKNOWN_ZONE, "Atlantis"),
        ({"duration": "long"}, Trouble.UNREADABLE_LENGTH, "long"),
        ({"duration": "", "end": "25:00"}, Trouble.UNREADABLE_LENGTH, "25:00"),
        ({"duration": "", "end": "2027-02-03 09:00"}, Trouble.BACKWARDS, ""),
        ({"duration": "", "end": "2027-02-05 09:00"}, Trouble.TOO_LONG, "24"),
    ],
)
def test_what_is_not_taken_is_named(values: dict[str, str], trouble: Trouble, part: str) -> None:
    found = row(**values)

    assert found.events == ()
    assert [(each.line, each.trouble, each.part) for each in found.remarks] == [(2, trouble, part)]


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        ({"duration": ""}, (Trouble.NO_LENGTH, "60")),
        ({"link": "zoom"}, (Trouble.BAD_LINK, "zoom")),
        ({"seats": "many"}, (Trouble.BAD_SEATS, "many")),
        ({"language": "Klingon"}, (Trouble.UNKNOWN_LANGUAGE, "Klingon")),
    ],
)
def test_what_is_taken_with_a_remark(values: dict[str, str], remark: tuple[Trouble, str]) -> None:
    found = row(**values)

    assert found.events == (PLAIN,)
    assert [(each.trouble, each.part) for each in found.remarks] == [remark]


def test_lines_are_counted_as_an_editor_does() -> None:
    text = 'title,start,description\n\n"Cold\nchain",2027-02-03 09:30,"two\nlines"\nNo year,3 Feb\n'

    found = contents(text)
    assert [(event.line, event.title, event.description) for event in found.events] == [(3, "Cold chain", "two\nlines")]
    assert Remark(6, "No year", Trouble.NO_YEAR, "3 Feb") in found.remarks


def test_rows_without_a_zone_are_counted() -> None:
    text = "title,start,timezone\nA,2027-02-03 09:30,\nB,2027-02-03 09:30 Shanghai,\nC,2027-02-03 09:30,CET\nD,x,\n"

    assert contents(text).floating == 1


def test_uid_counts_once() -> None:
    found = contents("title,start,duration,uid\nA,2027-02-03 09:30,60,u\nB,2027-02-03 09:30,60,u\n")

    assert [event.title for event in found.events] == ["A"]
    assert found.remarks == (Remark(3, "B", Trouble.DUPLICATE, "u"),)
