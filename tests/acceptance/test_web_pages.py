"""The web pages in a real browser: for those who see them, hear them, press keys only, or run no script."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.links import join_token, meetings_token, personal_token
from feeds.app import build
from storage import Database, Session
from tests import showcase
from tests.acceptance.browser import LOOKS, needs_axe, needs_chromium, violations, window
from tests.acceptance.serving import serving
from tests.factories import add_role
from tests.web import OPTIONS, PERSON, SECRET, Clock

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]

OWN, REPLACED = (f"/feeds/personal/{personal_token(SECRET, PERSON, generation)}" for generation in (1, 0))
MEETINGS = f"/feeds/organisers/{meetings_token(SECRET, PERSON, 1)}"
EARLY, STRANGER, OFF, OVER = (f"/join/{join_token(SECRET, PERSON, webinar_id)}" for webinar_id in (2, 4, 8, 9))
PAGES = {
    "/": 200,
    "/?partnership=nf4&market=usa": 200,
    "/?q=chin": 200,
    "/?partnership=adpack2&q=heat": 200,
    **{f"/webinars/{code}": 200 for code in ("open", "full", "moved", "cancelled", "past", "long", "now", "zh")},
    "/webinars/plain?lang=fr": 200,
    "/calendar": 200,
    "/calendar?partnership=nf4&topic=usa&topic=food": 200,
    OWN: 200,
    MEETINGS: 200,
    REPLACED: 410,
    **dict.fromkeys((EARLY, STRANGER, OFF, OVER), 200),
    f"{OWN}?cancelled=hide&lang=fr": 200,
    "/nothing": 404,
    "/unanswered": 503,
}
SMALLEST_TARGET, SMALLEST_WIDTH = 24, 320

_TARGETS = """() => [...document.querySelectorAll("a, button, input, summary, label:has(input)")]
  .filter((found) => !found.closest("p:not(.copy, .chosen), .about, .empty > ul, .skip") && found.type !== "hidden")
  .map((found) => [found.textContent.trim(), found.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0)
  .map(([text, box]) => [text, box.width, box.height])"""


@dataclass(frozen=True, slots=True)
class Site:
    """The showcase, the same consortium with nothing planned, and a browser."""

    address: str
    idle_address: str
    browser: Browser

    @asynccontextmanager
    async def window(self, path: str, **look: Any) -> AsyncIterator[Page]:
        async with window(self.browser, self.address + path, **look) as page:
            yield page


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(
    browser: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    async with (
        _served(shutil.copy(sqlite_template, folder / "full.db"), showcase.add_programme, _organise) as address,
        _served(shutil.copy(sqlite_template, folder / "idle.db")) as idle_address,
    ):
        yield Site(address, idle_address, browser)


@asynccontextmanager
async def _served(file: Path, *fillings: Callable[[Session], None]) -> AsyncIterator[str]:
    database = Database(f"sqlite:///{file}")
    for fill in (showcase.add_consortium, *fillings):
        await database.write(fill)
    options = replace(OPTIONS, consortium_name="Strategic Cluster Partnerships", consortium_short_name="ESCP-4i")
    async with serving(
        build(database, options, now=Clock(), extra_routes=[Route("/unanswered", _unanswered)])
    ) as address:
        yield address
    await database.close()


def _organise(session: Session) -> None:
    """Whose calendar it is: they have that of the meetings too."""
    add_role(session, PERSON, "nf4")


async def _unanswered(request: Request) -> Response:
    raise TimeoutError


@needs_axe
async def test_axe_finds_nothing_on_any_page_in_any_look(site: Site) -> None:
    """And everything has its place and its size, down to the width of the smallest phone."""
    found: dict[str, list[str]] = {}
    for status in sorted({*PAGES.values()}):
        paths = [path for path, expected in PAGES.items() if expected == status]
        async with site.window(paths[0], status=status) as page:
            for path in paths:
                answer = await page.goto(site.address + path)
                assert (answer and answer.status) == status
                found |= await _looked_at(page, path)
    async with window(site.browser, site.idle_address) as page:
        await expect(page.get_by_role("heading", name="Nothing is planned at the moment")).to_be_visible()
        found |= await _looked_at(page, "nothing planned")
    async with site.window("/?market=china", width=360) as page:
        await expect(page.get_by_role("link", name="Smart packaging 1")).to_be_hidden()
        await page.get_by_text("Narrow the list").click()
        await expect(page.get_by_role("link", name="Smart packaging 1")).to_be_visible()
        found |= await _looked_at(page, "everything open")
    assert {look: told for look, told in found.items() if told} == {}


async def test_by_keys_alone(site: Site) -> None:
    """From the head of the list to a webinar and its button, each step visible."""
    async with site.window("/") as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await _tab_to(page, "Words, names, topics")
        await page.keyboard.type("labels")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("1 of 7 webinars")).to_be_visible()
        await _tab_to(page, "Entering the Chinese market for smart packaging")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text(
            "Entering the Chinese market for smart packaging"
        )
        await _tab_to(page, "Register in Telegram")
        assert await page.evaluate("document.activeElement.href") == "https://t.me/example_bot?start=w_open"


async def test_without_script(site: Site) -> None:
    async with site.window("/", scripts=False, width=360) as page:
        await page.get_by_text("Narrow the list").click()
        await page.get_by_role("link", name="AdPack² 2").click()
        await expect(page.get_by_text("2 of 7 webinars")).to_be_visible()
        await expect(page.get_by_text("10:00\N{EN DASH}11:00 CET")).to_be_visible()
        await page.get_by_role("searchbox").fill("labels")
        await page.get_by_role("button", name="Search").click()
        await page.get_by_role("link", name="Entering the Chinese market").click()
        await expect(page.get_by_text("49 of 50 seats left")).to_be_visible()
        await page.get_by_role("link", name="Calendars").click()
        await page.get_by_label("NF4").check()
        await page.get_by_label("French").check()
        await page.get_by_role("button", name="Show its address").click()
        await expect(page.locator("code").first).to_have_text(
            "https://webinars.example.org/feeds/custom.ics?partnership=nf4&language=fr"
        )
        await expect(page.get_by_role("button", name="Copy")).to_be_hidden()


async def test_reader_elsewhere_sees_their_own_time(site: Site) -> None:
    async with site.window("/webinars/open", timezone="Asia/Tokyo") as page:
        await expect(page.get_by_text("18:00 your time")).to_be_visible()
        await expect(page.locator(".clocks .own")).to_have_text("Your clock 18:00\N{EN DASH}19:00")
        assert await page.locator(".clocks .own .block").get_attribute("x") == str(18 * 60)


async def test_reader_on_another_day_is_told_so(site: Site) -> None:
    async with site.window("/webinars/full", timezone="Pacific/Auckland") as page:
        await expect(page.get_by_text("Fri 22 Jan, 03:00 your time")).to_be_visible()


async def test_reader_in_the_zone_of_the_page_sees_one_time(site: Site) -> None:
    async with site.window("/webinars/open") as page:
        await expect(page.locator(".clocks .own .city")).to_have_text("Brussels (your clock)")
        await expect(page.get_by_text("your time")).to_have_count(0)


async def test_nobody_else_is_asked(site: Site) -> None:
    asked: set[str] = set()
    async with site.window("/") as page:
        page.on("request", lambda request: asked.add(request.url.partition("/static")[0].partition("?")[0]))
        paths = ("/", "/webinars/open", "/calendar")
        for path in paths:
            await page.goto(site.address + path, wait_until="networkidle")
    assert asked == {site.address, *(site.address + path for path in paths)}


async def test_copying_an_address(site: Site) -> None:
    """What was done is said aloud too; where the browser refuses, the address is marked for the reader."""
    address = "https://webinars.example.org/feeds/all.ics"
    async with site.window("/calendar") as page:
        await page.get_by_role("button", name="Copy").click()
        await expect(page.get_by_role("button", name="Copied")).to_be_visible()
        await expect(page.get_by_role("status")).to_have_text("Copied")
        assert await page.evaluate("navigator.clipboard.readText()") == address
        await page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
        await page.get_by_role("button", name="Copied").click()
        await expect(page.get_by_role("status")).to_have_text("Marked, now copy it")
        assert await page.evaluate("String(getSelection())") == address


async def _tab_to(page: Page, name: str) -> None:
    """Every stop on the way has an outline, or something in it has."""
    wanted = page.get_by_role("searchbox", name=name).or_(page.get_by_role("link", name=name, exact=True))
    for _ in range(60):
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            """() => [null, "::after"].some((part) =>
              getComputedStyle(document.activeElement, part).outlineStyle === "solid")"""
        )
        if await wanted.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"no way by keys to {name}")


async def _looked_at(page: Page, name: str) -> dict[str, list[str]]:
    """In every look, one after the other, what is wrong."""
    found: dict[str, list[str]] = {}
    for width in LOOKS:
        await page.set_viewport_size({"width": width, "height": 800})
        found |= {f"{name}, {look}": told for look, told in (await violations(page, width, "target-size")).items()}
        found[f"{name}, {width}"] = [*await _too_small(page), *await _too_wide(page, width)]
    await page.set_viewport_size({"width": SMALLEST_WIDTH, "height": 800})
    found[f"{name}, {SMALLEST_WIDTH}"] = await _too_wide(page, SMALLEST_WIDTH)
    return found


async def _too_small(page: Page) -> list[str]:
    """Targets that are no words of a sentence: WCAG 2.2, 2.5.8."""
    boxes = await page.evaluate(_TARGETS)
    return [text for text, width, height in boxes if min(width, height) < SMALLEST_TARGET]


async def _too_wide(page: Page, width: int) -> list[str]:
    wide = await page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} wide"] if wide > width else []
