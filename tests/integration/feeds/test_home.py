"""What is coming: by month, narrowed by links, searched by words."""

import re
from html import unescape

import pytest

from storage import WebinarStatus
from tests.page import Page, read
from tests.web import Web, add_many, add_material

_COUNTED = re.compile(r'<a href="(/\?[^"]*)">(?:<svg[^/]*/></svg>)?(?:<span>)?[^<]*(?:</span>)? <b>(\d+)</b></a>')


@pytest.fixture
async def year(web: Web) -> Web:
    """A small programme: two partnerships, two markets and sectors, two languages, two months."""
    await web.add("pack", title="Smart labels", hosts=["adpack2", "nf4"], topics=["china"])
    await web.add("soup", title="Soup for export", hosts=["nf4"], topics=["food"], start="2027-01-25T10:00")
    await web.add(
        "tea", title="Thé vert", hosts=["nf4"], topics=["china", "food"], language="fr", start="2027-02-02T09:00"
    )
    return web


def titles(page: Page) -> list[str]:
    paths = [href.partition("?")[0] for href in page.values("a", "href") if href.startswith("/webinars/")]
    return [path.removeprefix("/webinars/") for path in paths]


async def test_home_lists_what_is_coming_month_by_month(web: Web) -> None:
    await web.add("later", title="Cold chain", start="2027-02-03T09:30", hosts=["nf4"], language="fr", topics=["food"])
    await web.add("soon", title="Smart packaging", hosts=["adpack2", "nf4"], minutes=90, capacity=50)
    await web.add("off", title="Called off", status=WebinarStatus.CANCELLED)
    await web.add("over", title="Over", start="2026-09-10T08:00")
    await web.register("soon")

    page = await read(web, "/")

    assert page.between("Feb 2027 1", "In your calendar") == (
        "January 2027 19 Tue Smart packaging AdPack² and NF4 English China "
        "Tue 19 Jan, 10:00\N{EN DASH}11:30 CET 49 of 50 seats left "
        "February 2027 3 Wed Cold chain NF4 French food Wed 3 Feb, 09:30\N{EN DASH}10:30 CET"
    )
    assert page.values("time", "datetime") == ["2027-01-19T09:00:00Z", "2027-02-03T08:30:00Z"]


async def test_home_names_the_hour_where_the_hosts_are(web: Web) -> None:
    await web.add("far", timezone="Asia/Shanghai", start="2027-01-19T17:00")
    await web.add("near", timezone="Europe/Paris", start="2027-01-20T17:00")

    text = (await read(web, "/")).text

    assert "Tue 19 Jan, 10:00\N{EN DASH}11:00 CET 17:00 Shanghai time at the hosts" in text
    assert text.count("at the hosts") == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["pack", "soup", "tea"]),
        ("?partnership=adpack2", ["pack"]),
        ("?market=china", ["pack", "tea"]),
        ("?market=china&sector=food", ["tea"]),
        ("?language=fr", ["tea"]),
        ("?month=2027-01", ["pack", "soup"]),
        ("?partnership=nf4&month=2027-01", ["pack", "soup"]),
        ("?q=export", ["soup"]),
        ("?q=CHINE", ["pack", "tea"]),  # somebody who reads French
        ("?q=the", ["tea"]),
        ("?q=label&partnership=adpack2", ["pack"]),
        ("?q=label&sector=food", []),
        ("?q=meet.example.net", []),  # the join link
        ("?partnership=unknown", []),
        ("?month=never&market=", []),
        ("?market=&q=", ["pack", "soup", "tea"]),
        ("?q=...", []),
        ("?q=%00", ["pack", "soup", "tea"]),
    ],
)
async def test_home_is_narrowed_by_its_address(year: Web, query: str, shown: list[str]) -> None:
    assert titles(await read(year, f"/{query}")) == shown


async def test_every_link_that_narrows_leads_to_as_many_as_it_says(year: Web) -> None:
    promised = {"/": 3}
    followed: set[str] = set()
    while left := promised.keys() - followed:
        path = min(left)
        followed.add(path)
        html = (await year.get(path)).text
        assert len(titles(Page(html))) == promised[path]
        counted = {unescape(href): int(count) for href, count in _COUNTED.findall(html)}
        assert {href: promised.get(href, count) for href, count in counted.items()} == counted
        promised |= counted
    assert len(followed) > 20


async def test_narrowed_list_leads_to_its_calendar(year: Web) -> None:
    page = await read(year, "/?partnership=nf4&market=china&language=fr&month=2027-02&q=vert")
    paths = [href for href in page.values("a", "href") if href.startswith("/calendar?") and "lang" not in href[-8:]]

    assert paths == ["/calendar?partnership=nf4&topic=china&language=fr"]
    assert "/feeds/custom.ics?partnership=nf4&amp;topic=china&amp;language=fr" in (await year.get(paths[0])).text


async def test_search_keeps_what_was_chosen(year: Web) -> None:
    page = await read(year, "/?market=china&q=label")
    fields = {found["name"]: found["value"] for tag, found in page.elements if tag == "input"}

    assert fields == {"market": "china", "q": "label"}


async def test_home_says_what_there_is_where_nothing_fits(year: Web) -> None:
    text = (await read(year, "/?partnership=adpack2&sector=food")).text

    assert "None of the 3 coming webinars fits" in text
    assert "What is coming is about: China 2 food 2" in text


async def test_home_says_that_nothing_is_planned(web: Web) -> None:
    page = await read(web, "/")

    assert "Nothing is planned at the moment" in page.text
    assert (
        "Going International: all webinars AdPack² webinars NF4 webinars Webinars on China Webinars on food"
        in page.text
    )
    assert page.values("form", "action") == []


async def test_home_has_what_was_held_last_with_what_was_handed_out(web: Web) -> None:
    await web.add("gone", title="Batteries", start="2026-12-08T10:00")
    await web.add("off", title="Called off", start="2026-12-09T10:00", status=WebinarStatus.CANCELLED)
    await web.add("old", title="Long ago", start="2026-08-08T10:00")
    await web.database.write(add_material, "gone", "https://example.org/slides.pdf")
    page = await read(web, "/")

    assert page.between("Recently held", "Every time names") == (
        "8 Dec Batteries AdPack² English China Tue 8 Dec, 10:00\N{EN DASH}11:00 CET Slides : Batteries"
    )
    assert "https://example.org/slides.pdf" in page.values("a", "href")


async def test_home_goes_on_with_the_month_of_the_first_that_is_not_listed(web: Web) -> None:
    await web.database.write(add_many, 60)
    await web.add("march", start="2027-03-02T10:00")
    page = await read(web, "/?market=china")

    assert len(page.values("time", "datetime")) == 60
    assert "1 more is coming. Go on with March 2027" in page.text
    assert "/?market=china&month=2027-03" in page.values("a", "href")
