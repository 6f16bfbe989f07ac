"""What people read in a browser."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from storage import RegistrationStatus, WebinarStatus
from tests.web import OPTIONS, Clock, Web, add_many

PAGES = ["/", "/calendar", "/webinars/pack"]
VOID = {"link", "meta", "img"}
BOT = "https://t.me/example_bot"


class Page(HTMLParser):
    """A page's elements, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def values(self, tag: str, attribute: str) -> list[str]:
        return [found.get(attribute) or "" for name, found in self.elements if name == tag and attribute in found]


async def read(web: Web, path: str, **headers: str) -> Page:
    response = await web.get(path, **headers)
    assert response.status_code == 200
    return Page(response.text)


async def test_home_lists_what_is_coming_month_by_month(web: Web) -> None:
    await web.add("later", title="Cold chain", start="2027-02-03T09:30", hosts=["nf4"], language="fr", topics=["food"])
    await web.add("soon", title="Smart packaging", hosts=["adpack2", "nf4"], minutes=90, capacity=50)
    await web.add("off", title="Called off", status=WebinarStatus.CANCELLED)
    await web.add("over", title="Over", start="2027-01-10T08:00")
    await web.register("soon")

    page = await read(web, "/")

    assert page.text.partition("Coming webinars ")[2].partition(" In your calendar")[0] == (
        "January 2027 Tue 19 Smart packaging Tue 19 Jan, 10:00 CET AdPack² and NF4 English 1 h 30 min China "
        "49 of 50 seats left "
        "February 2027 Wed 3 Cold chain Wed 3 Feb, 09:30 CET NF4 French 60 min food"
    )
    assert page.values("time", "datetime") == ["2027-01-19T09:00:00Z", "2027-02-03T08:30:00Z"]


async def test_home_says_that_nothing_is_planned(web: Web) -> None:
    assert "Nothing is planned at the moment." in (await read(web, "/")).text


async def test_home_and_calendar_link_to_every_calendar_that_lives(web: Web) -> None:
    calendars = ["all.ics", "adpack2.ics", "nf4.ics", "topics/china.ics", "topics/food.ics"]

    home = (await read(web, "/")).values("a", "href")
    copies = (await read(web, "/calendar")).values("button", "data-copy")

    assert [href.removeprefix("/feeds/") for href in home if href.endswith(".ics")] == calendars
    assert copies == [f"https://webinars.example.org/feeds/{path}" for path in calendars]


async def test_calendar_page_has_a_way_for_each_app(web: Web) -> None:
    hrefs = (await read(web, "/calendar")).values("a", "href")
    google = [parse_qs(urlsplit(href).query)["cid"] for href in hrefs if "google" in href]
    outlook = [parse_qs(urlsplit(href).query) for href in hrefs if "outlook" in href]

    assert next(href for href in hrefs if href.startswith("webcal:")) == "webcal://webinars.example.org/feeds/all.ics"
    assert google[0] == ["webcal://webinars.example.org/feeds/all.ics"]
    assert outlook[0] == {
        "url": ["https://webinars.example.org/feeds/all.ics"],
        "name": ["Going International: all webinars"],
    }


async def test_webinar_says_when_in_the_hosts_zone_and_elsewhere(web: Web) -> None:
    await web.add("pack", timezone="Asia/Shanghai", start="2027-01-19T17:00", language="zh", agenda=["Welcome"])

    page = await read(web, "/webinars/pack")

    assert (
        "When Tue 19 January 2027, 17:00 Shanghai time Tue 19 January 2027, 10:00 CET (Brussels) "
        "Tue 19 January 2027, 04:00 EST (New York) Length 60 min Language Chinese Topics China"
    ) in page.text
    assert "Agenda Welcome" in page.text
    assert page.values("time", "data-zone") == ["Asia/Shanghai"]


@pytest.mark.parametrize(
    ("values", "sentence", "registration"),
    [
        ({}, "Register in Telegram", True),
        ({"capacity": 1}, "Join the waitlist in Telegram", True),
        ({"status": WebinarStatus.CANCELLED}, "This webinar is cancelled.", False),
        (
            {"status": WebinarStatus.CANCELLED, "cancel_reason": "<b>Ill</b> & away."},
            "This webinar is cancelled. <b>Ill</b> & away.",
            False,
        ),
        ({"start": "2027-01-10T09:30"}, "This webinar has begun. Registration is closed.", False),
        ({"start": "2027-01-10T09:00"}, "This webinar is over.", False),
    ],
)
async def test_webinar_says_whether_one_can_register(
    web: Web, values: dict[str, Any], sentence: str, *, registration: bool
) -> None:
    await web.add("pack", **values)
    await web.register("pack", RegistrationStatus.REGISTERED)

    page = await read(web, "/webinars/pack")

    assert sentence in page.text
    hrefs = page.values("a", "href")
    assert (f"{BOT}?start=w_pack" in hrefs, "/webinars/pack.ics" in hrefs) == (registration, registration)


@pytest.mark.parametrize(("username", "linked"), [("late_bot", True), (None, False)])
async def test_bot_may_become_known_late(web: Web, clock: Clock, username: str | None, *, linked: bool) -> None:
    await web.add("pack")
    page = await read(Web(web.database, clock, replace(OPTIONS, bot_username=lambda: username)), "/webinars/pack")

    assert ("https://t.me/late_bot?start=w_pack" in page.values("a", "href")) is linked
    assert ("/start w_pack" in page.text) is not linked


@pytest.mark.parametrize("path", PAGES)
async def test_what_people_typed_stays_text(web: Web, path: str) -> None:
    markup = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    await web.add("pack", title=markup, description=markup, agenda=[markup], topics=["food"])
    await web.rename_partnership("adpack2", markup)

    page = await read(web, path)

    assert page.values("script", "src")[0].startswith("/static/page.js")
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert page.values("img", "onerror") == []


async def test_addresses_in_a_description_can_be_followed(web: Web) -> None:
    await web.add("pack", description="Slides: https://example.org/slides?a=1&b=2")

    assert "https://example.org/slides?a=1&b=2" in (await read(web, "/webinars/pack")).values("a", "href")


@pytest.mark.parametrize("path", PAGES)
async def test_page_asks_nobody_else(web: Web, path: str) -> None:
    await web.add("pack")
    response = await web.get(path)
    page = Page(response.text)
    loaded = page.values("link", "href") + page.values("script", "src") + page.values("img", "src")

    assert [address for address in loaded if not address.startswith("/static/")] == []
    assert [(await web.get(address)).status_code for address in loaded] == [200] * len(loaded)
    assert response.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert page.values("a", "style") + page.values("p", "onclick") + [t for t, _ in page.elements if t == "style"] == []


@pytest.mark.parametrize("path", PAGES)
async def test_page_is_not_sent_twice(web: Web, path: str) -> None:
    await web.add("pack")
    first = await web.get(path)

    assert first.headers["vary"] == "Accept-Language"
    assert (await web.get(path, if_none_match=first.headers["etag"])).status_code == 304


async def test_page_tells_its_language(web: Web) -> None:
    page = await read(web, "/", accept_language="tlh, pt-BR;q=0.5")

    assert page.values("html", "lang") == ["en"]


async def test_everything_moves_below_the_public_path(web: Web, clock: Clock) -> None:
    await web.add("pack")
    below = Web(web.database, clock, replace(OPTIONS, public_url="https://example.org/convoke/"))
    page = await read(below, "/")
    local = [*page.values("a", "href"), *page.values("link", "href"), *page.values("script", "src")]

    assert [address for address in local if not address.startswith(("/convoke/", "https://t.me/", "#"))] == []
    assert b"URL:https://example.org/convoke/webinars/pack\r\n" in (await below.get("/feeds/all.ics")).content


async def test_home_counts_what_it_does_not_list(web: Web) -> None:
    await web.database.write(add_many, 202)

    page = await read(web, "/")

    assert len(page.values("time", "datetime")) == 200
    assert "And 2 more: they are in the calendars already." in page.text
