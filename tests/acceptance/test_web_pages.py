"""The web pages in a real browser: for those who see them, hear them, press keys only, or run no script."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Page, expect

from domain.links import personal_token
from feeds.app import build
from storage import Database
from tests import showcase
from tests.acceptance.browser import LOOKS, browsing, needs_chromium, violations, window
from tests.acceptance.serving import serving
from tests.web import OPTIONS, PERSON, SECRET, Clock

pytestmark = needs_chromium

OWN, REPLACED = (f"/feeds/personal/{personal_token(SECRET, PERSON, generation)}" for generation in (1, 0))
PAGES = {
    "/": 200,
    "/?partnership=nf4&market=usa": 200,
    "/?q=chin": 200,
    "/?partnership=adpack2&q=heat": 200,
    **{f"/webinars/{code}": 200 for code in ("open", "full", "cancelled", "past", "now", "zh")},
    "/webinars/plain?lang=fr": 200,
    "/calendar": 200,
    "/calendar?partnership=nf4&topic=usa&topic=food": 200,
    OWN: 200,
    REPLACED: 410,
    "/nothing": 404,
}
SMALLEST_TARGET = 24

_TARGETS = """() => [...document.querySelectorAll("a, button, input, summary, label:has(input)")]
  .filter((found) => !found.closest("p:not(.copy, .chosen), .about, .empty > ul, .skip") && found.type !== "hidden")
  .map((found) => [found.textContent.trim(), found.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0)
  .map(([text, box]) => [text, box.width, box.height])"""


@asynccontextmanager
async def shown(url: str, *, empty: bool = False) -> AsyncIterator[tuple[str, Browser]]:
    """The showcase, or a consortium that plans nothing, and a browser."""
    database = Database(url)
    await database.write(showcase.add_consortium)
    if not empty:
        await database.write(showcase.add_programme)
    options = replace(OPTIONS, consortium_name="Strategic Cluster Partnerships", consortium_short_name="ESCP-4i")
    async with serving(build(database, options, now=Clock())) as address, browsing() as browser:
        yield address, browser
    await database.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_axe_finds_nothing(sqlite_url: str, width: int, scheme: str) -> None:
    found: dict[str, list[str]] = {}
    async with shown(sqlite_url) as (address, browser):
        for path, status in PAGES.items():
            async with window(browser, address + path, width=width, scheme=scheme, status=status) as page:
                found[path] = [*await violations(page), *await _too_small(page), *await _too_wide(page, width)]
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_axe_finds_nothing_where_nothing_is_planned(sqlite_url: str, width: int, scheme: str) -> None:
    async with (
        shown(sqlite_url, empty=True) as (address, browser),
        window(browser, address, width=width, scheme=scheme) as page,
    ):
        await expect(page.get_by_role("heading", name="Nothing is planned at the moment")).to_be_visible()
        assert [*await violations(page), *await _too_small(page), *await _too_wide(page, width)] == []


async def test_narrow_window_with_everything_open(sqlite_url: str) -> None:
    async with shown(sqlite_url) as (address, browser), window(browser, address, width=360) as page:
        await expect(page.get_by_role("link", name="Smart packaging 1")).to_be_hidden()
        await page.get_by_text("Narrow the list").click()
        await expect(page.get_by_role("link", name="Smart packaging 1")).to_be_visible()
        assert [*await violations(page), *await _too_small(page), *await _too_wide(page, 360)] == []


async def test_by_keys_alone(sqlite_url: str) -> None:
    """From the head of the list to a webinar and its button, each step visible."""
    async with shown(sqlite_url) as (address, browser), window(browser, address) as page:
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


async def test_without_script(sqlite_url: str) -> None:
    async with shown(sqlite_url) as (address, browser), window(browser, address, scripts=False, width=360) as page:
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


async def test_reader_elsewhere_sees_their_own_time(sqlite_url: str) -> None:
    async with (
        shown(sqlite_url) as (address, browser),
        window(browser, f"{address}/webinars/open", timezone="Asia/Tokyo") as page,
    ):
        await expect(page.get_by_text("18:00 your time")).to_be_visible()
        await expect(page.locator(".clocks .own")).to_have_text("Your clock 18:00\N{EN DASH}19:00")
        assert await page.locator(".clocks .own .block").get_attribute("x") == str(18 * 60)


async def test_reader_on_another_day_is_told_so(sqlite_url: str) -> None:
    async with (
        shown(sqlite_url) as (address, browser),
        window(browser, f"{address}/webinars/full", timezone="Pacific/Auckland") as page,
    ):
        await expect(page.get_by_text("Fri 22 Jan, 03:00 your time")).to_be_visible()


async def test_reader_in_the_zone_of_the_page_sees_one_time(sqlite_url: str) -> None:
    async with shown(sqlite_url) as (address, browser), window(browser, f"{address}/webinars/open") as page:
        await expect(page.locator(".clocks .own .city")).to_have_text("Brussels (your clock)")
        await expect(page.get_by_text("your time")).to_have_count(0)


async def test_nobody_else_is_asked(sqlite_url: str) -> None:
    asked: set[str] = set()
    async with shown(sqlite_url) as (address, browser), window(browser, address) as page:
        page.on("request", lambda request: asked.add(request.url.partition("/static")[0].partition("?")[0]))
        paths = ("/", "/webinars/open", "/calendar")
        for path in paths:
            await page.goto(address + path, wait_until="networkidle")
    assert asked == {address, *(address + path for path in paths)}


async def test_copying_an_address(sqlite_url: str) -> None:
    async with shown(sqlite_url) as (address, browser), window(browser, f"{address}/calendar") as page:
        await page.get_by_role("button", name="Copy").click()
        await expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://webinars.example.org/feeds/all.ics"


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


async def _too_small(page: Page) -> list[str]:
    """Targets that are no words of a sentence: WCAG 2.2, 2.5.8."""
    boxes = await page.evaluate(_TARGETS)
    return [text for text, width, height in boxes if min(width, height) < SMALLEST_TARGET]


async def _too_wide(page: Page, width: int) -> list[str]:
    wide = await page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} wide"] if wide > width else []
