"""A browser, and the chat page as a person uses it."""

import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium on this machine; on Debian: apt-get install chromium"
)
_AXE = Path(sys.prefix, "readers", "node_modules", "axe-core", "axe.min.js")
needs_axe = pytest.mark.skipif(
    not _AXE.is_file(), reason="`make install` has not installed axe-core: it needs Node.js with npm"
)

LOOKS = {360: ("light", "dark"), 1280: ("dark", "light")}
"""Widths, each in two schemes: in the first axe-core goes by all its rules, in the other only colours are new."""

_RULES_OF_COLOURS = ("color-contrast", "link-in-text-block")
_FLAGS = (
    "--no-sandbox",  # in containers there is none to be had
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE_MS = 20_000

expect.set_options(timeout=_PATIENCE_MS)


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=_FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def window(
    browser: Browser,
    url: str,
    *,
    width: int = 1280,
    scheme: str = "light",
    language: str = "en-GB",
    timezone: str = "Europe/Brussels",
    scripts: bool = True,
    status: int = 200,
) -> AsyncIterator[Page]:
    """A window of its own, with nothing remembered. What its scripts complain of fails the test at the end."""
    context = await browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        locale=language,
        timezone_id=timezone,
        java_script_enabled=scripts,
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE_MS)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    answer = await page.goto(url)
    assert answer
    assert answer.status == status
    yield page
    await context.close()
    assert [told for told in complaints if status == 200 or f"status of {status}" not in told] == []


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


async def violations(page: Page, width: int, *more: str) -> dict[str, list[str]]:
    """By look, what axe-core has to say of a page that is so wide: by its rules that are on, and more that are not."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_axe())
    thorough, other = LOOKS[width]
    return {
        f"{width} {thorough}": await _told(page, thorough, rules={rule: {"enabled": True} for rule in more}),
        f"{width} {other}": await _told(page, other, runOnly=_RULES_OF_COLOURS),
    }


async def _told(page: Page, scheme: str, **rules: object) -> list[str]:
    await page.emulate_media(color_scheme=scheme)
    options = {"resultTypes": ["violations"], **rules}
    found = await page.evaluate("(options) => axe.run(options).then(({ violations }) => violations)", options)
    return [f"{rule['id']}: {', '.join(str(node['target'][0]) for node in rule['nodes'])}" for rule in found]


@dataclass(frozen=True, slots=True)
class ChatPage:
    page: Page

    @property
    def messages(self) -> Locator:
        return self.page.locator("#log .message")

    @property
    def last(self) -> Locator:
        return self.messages.last

    def person(self, name: str) -> Locator:
        return self.page.get_by_role("complementary", name="Who you are").get_by_role("button", name=name)

    async def become(self, name: str) -> None:
        await self.person(name).click()
        await expect(self.page.locator("#subtitle")).to_contain_text(f"You are {name}")

    async def start(self) -> None:
        await self.page.get_by_role("button", name="Start", exact=True).click()
        await self.says("")

    async def write(self, text: str) -> None:
        field = self.page.get_by_role("textbox", name="Message")
        await field.fill(text)
        await field.press("Enter")
        await expect(field).to_have_value("")

    async def says(self, text: str) -> None:
        """The newest message is the bot's, and holds this."""
        await expect(self.last).not_to_have_class(re.compile(r"\bown\b"))
        await expect(self.last).to_contain_text(text)

    async def press(self, label: str) -> None:
        """The newest button with this label."""
        await self.messages.get_by_role("button", name=label, exact=True).last.click()
