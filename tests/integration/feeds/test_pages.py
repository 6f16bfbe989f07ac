"""What people read in a browser, on every page."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feeds.app import build
from storage import Database
from tests.page import Page, read
from tests.web import OPTIONS, Clock, Web

PAGES = ["/", "/calendar", "/webinars/pack"]


@pytest.mark.parametrize("path", [*PAGES, "/?q=nothing", "/?partnership=nf4&month=2027-01"])
async def test_what_people_typed_stays_text(web: Web, path: str) -> None:
    markup = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    await web.add("pack", title=markup, description=markup, agenda=[markup], topics=["food"])
    await web.rename_partnership("adpack2", markup)

    page = await read(web, path)

    assert [src for src in page.values("script", "src") if not src.startswith("/static/page.js")] == []
    kinds = [found.get("type") for tag, found in page.elements if tag == "script"]
    assert [kind for kind in kinds if kind not in {None, "application/ld+json"}] == []
    assert kinds.count(None) == 1
    assert page.values("img", "onerror") == []


@pytest.mark.parametrize("query", ["q", "partnership", "market", "month", "lang"])
async def test_what_the_address_holds_stays_text(web: Web, query: str) -> None:
    await web.add("pack")
    page = await read(web, f"/?{query}=%3Cscript%3Ealert(1)%3C/script%3E%22%27")

    assert [tag for tag, _ in page.elements].count("script") == 1


@pytest.mark.parametrize("path", PAGES)
async def test_page_asks_nobody_else(web: Web, path: str) -> None:
    await web.add("pack")
    response = await web.get(path)
    page = Page(response.text)
    sheets = [found["href"] or "" for tag, found in page.elements if tag == "link" and found["rel"] != "alternate"]
    loaded = [href for href in sheets if not href.startswith("https://webinars.example.org/")]
    loaded += page.values("script", "src") + page.values("img", "src")

    assert [address for address in loaded if not address.startswith("/static/")] == []
    assert [(await web.get(address)).status_code for address in loaded] == [200] * len(loaded)
    assert response.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert [found for _, found in page.elements if "style" in found or "onclick" in found] == []
    assert [tag for tag, _ in page.elements if tag == "style"] == []


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("path", [*PAGES, "/static/page.js", "/static/mark.svg"])
async def test_page_is_not_sent_twice(web: Web, path: str, encoding: str) -> None:
    await web.add("pack")
    first = await web.get(path, accept_encoding=encoding)
    plain = await web.get(path)
    again = await web.get(path, accept_encoding=encoding, if_none_match=first.headers["etag"])
    head = await web.ask("HEAD", path, accept_encoding=encoding)

    assert (first.content, first.headers.get("content-encoding", "identity")) == (plain.content, encoding)
    assert (first.headers["etag"] == plain.headers["etag"]) is (encoding == "identity")
    assert (again.status_code, again.headers["etag"]) == (304, first.headers["etag"])
    assert head.headers["content-length"] == first.headers["content-length"]
    assert first.headers["vary"] == ("Accept-Encoding" if "static" in path else "Accept-Language, Accept-Encoding")


async def test_pictures_are_sent_as_they_are(web: Web) -> None:
    response = await web.get("/programme.png", accept_encoding="gzip")

    assert (response.headers.get("content-encoding"), response.headers["vary"]) == (None, "Accept-Language")


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [("/", "tlh, pt-BR;q=0.5", "en"), ("/", "fr-BE", "fr"), ("/?lang=en", "fr", "en"), ("/?lang=tlh", "fr", "fr")],
)
async def test_page_is_in_the_language_of_the_address_or_the_browser(
    web: Web, path: str, accepted: str, language: str
) -> None:
    page = await read(web, path, accept_language=accepted)

    assert page.values("html", "lang") == [language]


async def test_a_chosen_language_stays_chosen(web: Web) -> None:
    await web.add("pack")
    page = await read(web, "/?market=china&lang=fr")
    paths = [href for href in page.values("a", "href") if href.startswith("/") and not href.endswith(".ics")]
    others = [href for href in paths if "lang=fr" not in href]

    assert others == ["/?market=china&lang=en"]
    assert [found["value"] for tag, found in page.elements if tag == "input" and found["type"] == "hidden"] == [
        "china",
        "fr",
    ]


async def test_page_names_itself_in_each_language(web: Web) -> None:
    await web.add("pack")
    page = await read(web, "/webinars/pack?lang=fr")
    address = "https://webinars.example.org/webinars/pack"
    links = {found.get("hreflang") or found["rel"]: found["href"] for tag, found in page.elements if tag == "link"}

    assert {name: links[name] for name in ("canonical", "en", "fr", "x-default")} == {
        "canonical": f"{address}?lang=fr",
        "en": f"{address}?lang=en",
        "fr": f"{address}?lang=fr",
        "x-default": address,
    }


async def test_everything_moves_below_the_public_path(web: Web, clock: Clock) -> None:
    await web.add("pack")
    below = Web(web.database, clock, replace(OPTIONS, public_url="https://example.org/convoke/"))
    page = await read(below, "/")
    local = [*page.values("a", "href"), *page.values("link", "href"), *page.values("script", "src")]
    local += page.values("form", "action")
    ours = ("/convoke/", "https://example.org/convoke/", "https://t.me/", "#")

    assert [address for address in local if not address.startswith(ours)] == []
    assert b"URL:https://example.org/convoke/webinars/pack\r\n" in (await below.get("/feeds/all.ics")).content


@pytest.mark.parametrize(("accept", "kind"), [("text/html,*/*", "text/html"), ("*/*", "text/plain")])
@pytest.mark.parametrize("path", ["/nothing", "/webinars/nothing", "/webinars/%00", "/feeds/personal/abc"])
async def test_where_there_is_nothing_people_find_a_page(web: Web, path: str, accept: str, kind: str) -> None:
    response = await web.get(path, accept=accept)

    assert (response.status_code, response.headers["content-type"]) == (404, f"{kind}; charset=utf-8")
    assert response.headers["cache-control"] == "no-store"
    assert "There is nothing at this address" in response.text


async def test_people_are_told_of_trouble_on_a_page(clock: Clock) -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    response = await Web(database, clock).get("/?market=china&lang=fr", accept="text/html")
    await database.close()
    page = Page(response.text)

    assert (response.status_code, response.headers["retry-after"]) == (503, "60")
    assert response.headers["cache-control"] == "no-store"
    assert "Les webinaires sont illisibles pour le moment" in page.text
    assert "/?market=china&lang=fr" in page.values("a", "href")


async def test_people_are_told_of_a_fault_of_ours_on_a_page(web: Web) -> None:
    async def broken(request: Request) -> Response:
        raise ZeroDivisionError("what only we should read")

    web.serve(build(web.database, OPTIONS, now=web.clock, extra_routes=[Route("/broken", broken)]))
    response = await web.get("/broken", accept="text/html")

    assert (response.status_code, response.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "Something went wrong on our side" in response.text
    assert "what only we should read" not in response.text


@pytest.mark.parametrize("path", ["//example.net/a", "/%2F/example.net", '/"><script>', "/a%20b"])
async def test_a_page_that_is_not_there_leads_nowhere_else(web: Web, path: str) -> None:
    page = Page((await web.ask("GET", f"https://webinars.example.org{path}", accept="text/html")).text)
    hrefs = [href for href in page.values("a", "href") if href not in {"#content", "https://t.me/example_bot"}]

    assert [href for href in hrefs if not href.startswith("/") or href.startswith("//")] == []


@pytest.mark.parametrize("path", ["/feeds/nothing.ics", "/webinars/nothing.png", "/webinars/nothing.ics"])
async def test_apps_are_told_in_a_sentence(web: Web, path: str) -> None:
    response = await web.get(path, accept="text/html,*/*")

    assert (response.status_code, response.text) == (404, "There is nothing at this address.\n")


async def test_calendar_page_has_a_way_for_each_app(web: Web) -> None:
    hrefs = (await read(web, "/calendar")).values("a", "href")
    google = [parse_qs(urlsplit(href).query)["cid"] for href in hrefs if "google" in href]
    outlook = {(split := urlsplit(href)).netloc: parse_qs(split.query) for href in hrefs if "outlook" in href}
    named = {"url": ["https://webinars.example.org/feeds/all.ics"], "name": ["Going International: all webinars"]}

    assert [href for href in hrefs if href.startswith("webcal:")] == ["webcal://webinars.example.org/feeds/all.ics"]
    assert google == [["webcal://webinars.example.org/feeds/all.ics"]]
    assert outlook == {"outlook.office.com": named, "outlook.live.com": named}


async def test_calendar_page_says_of_each_app_what_it_does(web: Web) -> None:
    text = (await read(web, "/calendar")).text
    apps = ("Google Calendar", "Outlook on the web", "Apple Calendar", "Thunderbird", "GNOME Calendar")

    assert [app for app in apps if not re.search(f"{app} looks|{app} Looks", text)] == []
    assert text.count("A cancelled webinar") == len(apps) + 1


@pytest.mark.parametrize(
    ("query", "path", "name"),
    [
        ("", "/feeds/all.ics", "Going International: all webinars"),
        ("?partnership=nf4", "/feeds/nf4.ics", "NF4 webinars"),
        ("?topic=china", "/feeds/topics/china.ics", "Webinars on China"),
        ("?topic=past&language=tlh&other=1", "/feeds/all.ics", "Going International: all webinars"),
        (
            "?topic=food&partnership=nf4&topic=china&language=fr",
            "/feeds/custom.ics?partnership=nf4&topic=china&topic=food&language=fr",
            "Going International: NF4, China, food, French",
        ),
    ],
)
async def test_calendar_page_is_about_what_was_chosen(web: Web, query: str, path: str, name: str) -> None:
    page = await read(web, f"/calendar{query}")
    (copied,) = page.values("button", "data-copy")

    assert (copied, name in page.text) == (f"https://webinars.example.org{path}", True)
    assert (await web.get(path)).status_code == 200


async def test_calendar_page_offers_every_calendar_that_lives(web: Web) -> None:
    hrefs = (await read(web, "/calendar")).values("a", "href")
    choices = [href.partition("?")[2] for href in hrefs if href.startswith("/calendar?")]

    assert [choice for choice in choices if "lang" not in choice] == [
        "partnership=adpack2",
        "partnership=nf4",
        "topic=china",
        "topic=food",
    ]


async def test_own_calendar_page_is_for_its_owner(web: Web) -> None:
    path = web.personal().removesuffix(".ics")
    response = await web.get(path, accept="text/html")
    page = Page(response.text)

    assert page.values("button", "data-copy") == [f"https://webinars.example.org{web.personal()}"]
    assert (response.headers["cache-control"], response.headers["x-robots-tag"]) == ("private, no-store", "noindex")
    assert response.headers["referrer-policy"] == "no-referrer"
    assert page.values("link", "hreflang") == []


@pytest.mark.parametrize(
    ("query", "wish", "chosen"),
    [
        ("", "", "Keep them, marked, for a week"),
        ("?cancelled=hide", "?cancelled=hide", "Leave them out"),
        ("?cancelled=never&x=1", "", "Keep them, marked, for a week"),
    ],
)
async def test_own_calendar_page_can_leave_out_what_is_cancelled(web: Web, query: str, wish: str, chosen: str) -> None:
    path = web.personal().removesuffix(".ics")
    response = await web.get(f"{path}{query}")
    page = Page(response.text)

    assert page.values("button", "data-copy") == [f"https://webinars.example.org{web.personal()}{wish}"]
    assert f'aria-current="true">{chosen}</a>' in response.text
    ours = [href for href in page.values("a", "href") if href.startswith("/")]
    assert [href for href in ours if href.endswith("hide")] == [f"{path}?cancelled=hide"]
    assert ("A cancelled webinar" in page.text) is not bool(wish)
    assert (await web.get(f"{web.personal()}{wish}")).status_code == 200


async def test_own_calendar_page_of_a_replaced_link_says_so(web: Web) -> None:
    path = web.personal().removesuffix(".ics")
    await web.replace_link(2)
    response = await web.get(path, accept="text/html")

    assert response.status_code == 410
    assert "This calendar link was replaced" in response.text
    assert (await web.get(web.personal(3).removesuffix(".ics"))).status_code == 404


@pytest.mark.parametrize(
    ("short_name", "brand"), [("", "Going International"), ("ESCP-4i", "ESCP-4i Going International")]
)
async def test_pages_say_whose_they_are(web: Web, clock: Clock, short_name: str, brand: str) -> None:
    page = await read(Web(web.database, clock, replace(OPTIONS, consortium_short_name=short_name)), "/")

    assert page.between("Skip to the content", "Webinars Calendars Telegram") == brand
