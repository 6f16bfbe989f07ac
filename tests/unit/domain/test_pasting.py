"""Invitations as they come: what is found in each, and what is left to be asked."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards import AgendaLine
from domain.reading import pasting
from domain.reading.draft_values import DESCRIPTION_LENGTH, TITLE_LENGTH, join_url, title
from domain.reading.pasting import Found, find
from domain.reading.when import Reading, WallTime, WhenError, WhenFault
from tests.factories import wall

SAMPLES = {
    path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "invitations").glob("*.txt")
}
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"


def read(text: str, **more: Any) -> Found:
    return find(text, timezone="Asia/Kolkata", now=NOW, **more)


def at(
    month: int, day: int, hour: int, minute: int = 0, zone: str = BRUSSELS, minutes: int | None = None, year: int = 2027
) -> Reading:
    return Reading(WallTime(wall(year, month, day, hour, minute), zone), minutes, zoned=True)


EXPECTED: dict[str, Found] = {
    "zoom": Found(
        title="Cold chain to Guangdong",
        when=at(2, 3, 9, 30),
        link="https://us02web.zoom.us/j/81234567890?pwd=QWxhZGRpbjpvcGVuIHNlc2FtZQ.1",
        signs=4,
    ),
    "zoom_us": Found(
        title="Water technology: meet three utilities from California",
        when=at(3, 9, 8, zone="America/Los_Angeles"),
        link="https://zoom.us/j/91234509876?pwd=aBcDeFgH",
        signs=4,
    ),
    "zoom_webinar": Found(
        title="Selling packaging machines in the USA",
        when=at(2, 18, 15, zone="Europe/Amsterdam"),
        link="https://us06web.zoom.us/webinar/register/WN_aBcDeFgHiJkLmNoP",
        signs=4,
    ),
    "teams_en": Found(
        title="Labelling rules for food in the USA",
        when=at(2, 11, 15, minutes=90),
        minutes=90,
        link="https://teams.microsoft.com/l/meetup-join/19%3ameeting_ZmFrZQ%40thread.v2/0"
        "?context=%7b%22Tid%22%3a%22a1b2%22%7d",
        description="What importers are asked for at the border, and which labels were sent back last year.",
        signs=4,
    ),
    "teams_fr": Found(
        title="Exporter des produits laitiers en Chine",
        when=at(2, 3, 9, 30, minutes=60),
        minutes=60,
        link="https://teams.microsoft.com/l/meetup-join/19%3ameeting_RmF1eA%40thread.v2/0"
        "?context=%7b%22Tid%22%3a%22c3d4%22%7d",
        description="Les étapes de l'enregistrement auprès des autorités, et deux témoignages d'entreprises.",
        signs=4,
    ),
    "teams_de": Found(
        title="Oberflächentechnik für den chinesischen Markt",
        when=at(2, 4, 10, zone="Europe/Amsterdam", minutes=60),
        minutes=60,
        link="https://teams.microsoft.com/l/meetup-join/19%3ameeting_RGV1dA%40thread.v2/0"
        "?context=%7b%22Tid%22%3a%22e5f6%22%7d",
        signs=4,
    ),
    "teams_new": Found(signs=1),
    "meet": Found(
        title="EV batteries: second life in China",
        when=at(2, 16, 9, minutes=75),
        minutes=75,
        link="https://meet.google.com/abc-defg-hij",
        signs=3,
    ),
    "calendar_mail": Found(
        title="Matchmaking with Shanghai buyers",
        when=at(3, 10, 9, minutes=60),
        minutes=60,
        link="https://meet.google.com/xyz-abcd-efg",
        signs=3,
    ),
    "mail": Found(
        title="Smart packaging for the Chinese market",
        when=at(1, 19, 10, minutes=90),
        minutes=90,
        link="https://packaging.webex.com/packaging/j.php?MTID=m1234567890abcdef",
        description="Buyers in Shanghai expect more than a nice box: recycled material, a QR code that tells where a "
        "product comes from, and labels in Chinese. Two companies tell what they changed, what it cost, and what they "
        "would do differently today.",
        agenda=(
            AgendaLine("Welcome", "Petra Novák (Nanoprogress)", 5),
            AgendaLine("What buyers expect", "Li Wei", 40),
            AgendaLine("Two companies tell", "Jordi Puig, Packaging Cluster", 30),
            AgendaLine("Questions", "", 15),
        ),
        signs=4,
    ),
    "wrapped": Found(
        title="Plasma for food: gentle ways to keep it",
        when=at(2, 25, 14, minutes=60),
        minutes=60,
        link="https://teams.microsoft.com/l/meetup-join/19%3ameeting_V3JhcHBlZFdyYXBwZWQ%40thread.v2/0"
        "?context=%7b%22Tid%22%3a%22g7h8%22%7d",
        description="Cold plasma makes food keep longer without heat. Researchers show what works at small scale, and "
        "which approvals the American authorities ask for before anything may be sold there.",
        signs=3,
    ),
    "chinese": Found(
        title="欧洲食品企业如何进入中国市场",
        when=at(3, 4, 16, zone="Asia/Shanghai", minutes=90),
        minutes=90,
        link="https://meeting.tencent.com/dm/AbCdEfGhIjKl",
        signs=4,
    ),
    "announcement": Found(
        title="Smart packaging for the Chinese market",
        when=at(1, 19, 10),
        minutes=90,
        description="What buyers in Shanghai expect, labelling rules, two company stories.",
        signs=2,
    ),
    "post": Found(
        title="Hydrogen in heavy transport \u2013 what California pays for",
        when=at(3, 18, 17),
        minutes=75,
        link="https://us02web.zoom.us/webinar/register/WN_x1y2z3",
        description="Grants for fleets are open again. A fleet owner from Oakland and a lawyer explain how a European "
        "supplier gets in.",
        signs=3,
    ),
    "french_mail": Found(
        title="Vins et spiritueux : vendre en ligne en Chine",
        when=at(3, 11, 9, 30, zone="Europe/Paris", minutes=75),
        minutes=75,
        link="https://visio.vitagora.example/salon/chine",
        agenda=(
            AgendaLine("Accueil", "Élodie Martin (Vitagora)", 5),
            AgendaLine("Les plateformes et leurs commissions", "Wang Fang", 40),
            AgendaLine("Questions", "", 30),
        ),
        signs=3,
    ),
    "two_moments": Found(
        title="Market entry USA: two sessions",
        moments=(at(3, 2, 10), at(3, 9, 10)),
        link="https://us02web.zoom.us/j/82222222222",
        signs=2,
    ),
    "unsure": Found(
        title="Circular plastics",
        when_fault=WhenError(WhenFault.TWO_ZONES, "CST"),
        links=("https://zoom.us/j/83333333333", "https://zoom.us/j/84444444444"),
        signs=3,
    ),
    "past": Found(
        title="Robots in the packing hall",
        when_fault=WhenError(WhenFault.PAST, "Wednesday, 4 February 2026, 10:00"),
        link="https://meet.google.com/old-room-abc",
        signs=3,
    ),
}


def values(found: Found) -> dict[str, object]:
    """With the fault's own values: two errors are never equal."""
    fault = found.when_fault
    return {name: getattr(found, name) for name in Found.__slots__ if name != "when_fault"} | {
        "when_fault": (fault.fault, fault.part) if fault else None
    }


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_invitation_is_read(name: str) -> None:
    assert values(read(SAMPLES[name])) == values(EXPECTED[name])


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"teams_new"}))
def test_invitation_is_known_as_one(name: str) -> None:
    assert read(SAMPLES[name]).is_invitation


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_quoted_invitation_says_the_same(name: str) -> None:
    quoted = "\n".join(f"> {line}" for line in SAMPLES[name].splitlines())

    assert values(read(quoted)) == values(EXPECTED[name])


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_windows_lines_say_the_same(name: str) -> None:
    assert values(read(SAMPLES[name].replace("\n", "\r\n"))) == values(EXPECTED[name])


@pytest.mark.parametrize(
    "text", ["Cold chain, 3 Feb 2027 9:30, https://zoom.us/j/1", "3 Feb 2027 9:30 https://zoom.us/j/1"]
)
def test_a_short_line_with_a_link_is_known_too(text: str) -> None:
    """As a title it would tell everybody how to get in."""
    assert read(text).is_invitation


def test_link_may_be_hidden_behind_words() -> None:
    hidden = (
        "https://support.microsoft.com/help",
        "https://teams.microsoft.com/meet/389012345678?p=AbCd",
        "https://dialin.teams.microsoft.com/1",
        "https://teams.microsoft.com/meetingOptions/?organizerId=1",
    )
    found = read(SAMPLES["teams_new"], hidden=hidden)

    assert (found.link, found.is_invitation) == ("https://teams.microsoft.com/meet/389012345678?p=AbCd", True)


def test_date_that_the_chat_app_knows_is_taken_rather_than_read() -> None:
    moment = datetime(2027, 2, 3, 8, 30, tzinfo=UTC)
    found = read("Cold chain to Guangdong\nsoon, you will see\nhttps://zoom.us/j/1", picked=[moment])

    assert found.when == Reading(WallTime(wall(2027, 2, 3, 14), "Asia/Kolkata"), None, zoned=True)


def test_date_that_the_chat_app_knows_has_the_zone_that_is_written() -> None:
    found = read("Cold chain\nWed 3 Feb 2027, 9:30 CET", picked=[datetime(2027, 2, 3, 8, 30, tzinfo=UTC)])

    assert found.when == at(2, 3, 9, 30)


@pytest.mark.parametrize(
    "text",
    [
        "Cold chain to Guangdong",
        "Cold chain to Guangdong: what may go wrong between the port and the shop, and who pays if it does",
        "3 Feb 2027 9:30 CET",
        "https://zoom.us/j/123456",
        "Hello everybody,\nhow are you?",
        "a 😀 " * 800,
        "x" * 4_000,
        "",
    ],
    ids=lambda text: text[:20],
)
def test_other_texts_are_none(text: str) -> None:
    assert not read(text).is_invitation


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("Wed 3 Feb 2027, 9:30 CET", at(2, 3, 9, 30)),
        ("9:30 CET on Wednesday 3 February 2027", at(2, 3, 9, 30)),
        ("on 3 February 2027 from 9:30 to 10:30 CET", at(2, 3, 9, 30, minutes=60)),
        ("on 3 February 2027, starting at 9:30 CET", at(2, 3, 9, 30)),
        ("2027-02-03T09:30 Europe/Brussels", at(2, 3, 9, 30)),
        ("Date: 3 February 2027\nHeure : 9h30 (heure de Bruxelles)", at(2, 3, 9, 30)),
        ("3 February 2027\n\n9:30 Brussels\n16:30 Beijing", at(2, 3, 9, 30)),
        ("3 February 2027, 9:30 CET / 16:30 Beijing / 3:30 New York", at(2, 3, 9, 30)),
        ("3. Februar 2027 um 9:30 Uhr MEZ", at(2, 3, 9, 30)),
        ("3 février 2027 à 9h30 CET et 45 minutes de questions", at(2, 3, 9, 30)),
        ("February 3, 2027, 10 - 11:30 am ET", at(2, 3, 10, zone="America/New_York", minutes=90)),
        ("See you on 3 Feb 2027 at 15:00 Shanghai time, bring a friend", at(2, 3, 15, zone="Asia/Shanghai")),
    ],
)
def test_moments(line: str, start: Reading) -> None:
    found = read(f"Cold chain to Guangdong\n\n{line}\n\nhttps://zoom.us/j/123")

    assert (found.when, found.title) == (start, "Cold chain to Guangdong")


@pytest.mark.parametrize(
    "line",
    ["tomorrow 10:00", "Thursday 15:00", "3 February", "10:00 CET", "Registration deadline: 3 Feb 2027, 12:00 CET"],
)
def test_what_is_no_moment_by_itself_is_asked(line: str) -> None:
    """`Tomorrow` is the day after it was written, which may be long ago."""
    found = read(f"Cold chain to Guangdong\n\n{line}\n\nhttps://zoom.us/j/123")

    assert (found.when, found.moments, found.when_fault) == (None, (), None)


def test_time_without_a_zone_says_so() -> None:
    found = read("Cold chain\n3 Feb 2027, 9:30\nhttps://zoom.us/j/1")

    assert found.when == Reading(WallTime(wall(2027, 2, 3, 9, 30), "Asia/Kolkata"), None, zoned=False)


WRAPPED = "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F9&data=x"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://zoom.us/j/9", "https://zoom.us/j/9"),
        ("(https://zoom.us/j/9).", "https://zoom.us/j/9"),
        ("<https://zoom.us/j/9>", "https://zoom.us/j/9"),
        ("https://zoom.us/j/9 or again https://zoom.us/j/9", "https://zoom.us/j/9"),
        ("https://zoom.us/j/9 and https://zoom.us/j/9?pwd=1", "https://zoom.us/j/9?pwd=1"),
        (WRAPPED, "https://zoom.us/j/9"),
        ("Join: https://visio.example.org/a", "https://visio.example.org/a"),
        ("Join: https://visio.example.org/a\nhttps://zoom.us/j/9", "https://zoom.us/j/9"),
        ("https://zoom.us/webinar/register/WN_1 https://zoom.us/j/9", "https://zoom.us/j/9"),
        ("https://blog.example.org/what-buyers-want", None),
        ("https://zoom.us/j/9 https://zoom.us/j/8", None),
        ("http://zoom.us/j/9", None),
        ("Join: https://user@zoom.us/j/9", None),
        ("Join: https://localhost/j/9", None),
        ("Join by phone: https://zoom.us/u/abc", None),
        ("Dial in: https://dialin.teams.microsoft.com/1", None),
        ("https://tel.meet/abc-defg-hij?pin=1", None),
        ("Join our list, or leave it: https://news.example.org/unsubscribe?id=1", None),
        ("Link: https://www.linkedin.com/company/x", None),
        ("https://teams.microsoft.com/meetingOptions/?organizerId=1", None),
        ("Link to share: https://webinars.example.org/webinars/pack1234", None),
    ],
)
def test_links(text: str, link: str | None) -> None:
    assert read(f"Cold chain to Guangdong\n{text}").link == link


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Topic: Cold chain", "Cold chain"),
        ("Topic:\nCold chain", "Cold chain"),
        ("Subject: Re: Fwd: Invitation: Cold chain", "Cold chain"),
        ("*Cold chain to Guangdong*", "Cold chain to Guangdong"),
        ("🚢 Cold chain to Guangdong!", "Cold chain to Guangdong!"),
        ("Cold chain to Guangdong, 3 Feb 2027 9:30", "Cold chain to Guangdong"),
        ("Cold chain to Guangdong \u2013 https://zoom.us/j/1", "Cold chain to Guangdong"),
        ("Dear all,\nwe invite you.", None),
        ("Dear all,\nwe invite you to \u201cCold chain to Guangdong\u201d.", "Cold chain to Guangdong"),
        ("\u201c Cold chain to Guangdong \u201d", "Cold chain to Guangdong"),
        ("Dear all,\n\u201cCold chain one\u201d and \u201cCold chain two\u201d are coming.", None),
        ("We would be glad to see your companies at a webinar in February, with guests from Guangdong.", None),
        ("In short:\nthis", None),
        ("x" * 121, None),
    ],
)
def test_titles(text: str, found: str | None) -> None:
    assert read(text).title == found


def test_a_description_has_nothing_that_is_for_few() -> None:
    description = read(SAMPLES["mail"]).description + read(SAMPLES["teams_en"]).description

    assert not re.search(r"https?:|@|\+\d|Passcode|ID", description)


def test_an_agenda_has_no_link() -> None:
    found = read("Agenda:\n10:00 Join https://zoom.us/j/1\n10:05 Welcome\n10:10 Talk")

    assert [item.title for item in found.agenda] == ["Welcome", "Talk"]


pieces = st.sampled_from(
    [
        *("Topic: ", "When: ", "Date: ", "From: ", "Time zone: ", "Agenda:", "Duration: ", "Dear all,", "-- ", "> "),
        *("Feb 3, 2027 09:30 AM", "3/2/2027", "10:00", "CET", "CST", "(UTC+01:00) Brussels", "30 Feb 10:00", "\u2013"),
        *("https://zoom.us/j/1", "<https://zoom.us/\nj/1>", "https://", "<https://", "60 min", "5' Questions", "@"),
        *("\n", "\n", "\n\n", " ", "\u201c", "\u201d", "\0", "x" * 70, "Cold chain to Guangdong", "·", "____"),
    ]
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=40).map("".join), st.lists(pieces, max_size=40).map(" ".join))


@given(texts)
def test_any_text_is_read_and_what_is_found_fits_its_field(text: str) -> None:
    found = read(text)

    assert found.title is None or found.title == title(found.title)
    assert found.link is None or found.link == join_url(found.link)
    assert len(found.description) <= DESCRIPTION_LENGTH
    assert all(len(item.title) <= TITLE_LENGTH for item in found.agenda)
    assert found.minutes is None or 0 < found.minutes <= 24 * 60
    assert sum(map(bool, (found.when, found.moments, found.when_fault))) <= 1


@pytest.mark.parametrize(
    "text",
    [
        *("<https://" * 2_000, "https://" * 2_000, '"' * 20_000, "3 Feb 10:00 " * 2_000, "a:" * 10_000, "+1 " * 9_000),
        *("Topic: " * 3_000, "\n" * 100_000, "1:00-" * 5_000, ("x" * 70 + "\n") * 2_000, "(" * 20_000, "12,," * 5_000),
    ],
    ids=lambda text: text[:8].strip(),
)
def test_hostile_texts_are_cut_short(text: str) -> None:
    assert isinstance(read(text), pasting.Found)
