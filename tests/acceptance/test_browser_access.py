"""axe-core finds nothing to say of the chat page and of the web pages: narrow and wide, light and dark."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from sandbox.client import Telegram
from tests.acceptance.browser import LOOKS, ChatPage, needs_axe, needs_chromium, violations, window
from tests.acceptance.playing import Demo, playing

pytestmark = [needs_chromium, needs_axe, pytest.mark.asyncio(loop_scope="session")]

ANA = 21


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    async with playing(Demo(folder=tmp_path_factory.mktemp("demo"))) as found:
        yield found


async def test_the_chat_page(demo: Demo, browser: Browser) -> None:
    found: dict[str, list[str]] = {}
    async with Telegram(demo.chat) as telegram:
        await telegram.ready()
        await telegram.start(ANA)
        await telegram.wait_for("sendMessage", chat=ANA)
        for width in LOOKS:
            async with window(browser, demo.chat, width=width) as page:
                async for state in _states(ChatPage(page)):
                    told = await violations(page, width)
                    found |= {f"{state}, {look}": said for look, said in told.items()}
    assert {look: told for look, told in found.items() if told} == {}
    assert len(found) == 6 * 4


async def test_the_web_pages(demo: Demo, browser: Browser) -> None:
    found: dict[str, list[str]] = {}
    for width in LOOKS:
        async with window(browser, demo.web, width=width) as page:
            webinar = str(await page.locator("a[href*='/webinars/']").first.get_attribute("href"))
            for path in ("/", f"/webinars/{webinar.rpartition('/')[2]}", "/calendar"):
                await page.goto(demo.web + path)
                await expect(page.get_by_role("heading", level=1)).to_be_visible()
                told = await violations(page, width)
                found |= {f"{path} {look}": said for look, said in told.items()}
    assert {look: told for look, told in found.items() if told} == {}
    assert len(found) == 3 * 4


async def _states(chat: ChatPage) -> AsyncIterator[str]:
    """What the page can look like, one after the other."""
    page = chat.page
    await _choose(chat)
    yield "the list of people"
    await chat.become("Chiara")
    yield "before the start"
    await _choose(chat)
    await chat.become("Ana")
    await expect(chat.last).to_contain_text("Webinars")
    yield "a talk"
    await page.get_by_role("textbox", name="Message").fill("/")
    await expect(page.get_by_role("option").first).to_be_visible()
    yield "commands to choose from"
    await page.get_by_role("textbox", name="Message").fill("")
    await page.get_by_role("button", name="Developer").click()
    await chat.last.get_by_role("button", name="Raw").click()
    await expect(page.get_by_role("table", name="Next ticks")).to_be_attached()
    yield "what is behind it"
    await page.get_by_role("button", name="Close").click()
    await _choose(chat)
    await page.get_by_role("button", name="New person").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    yield "a dialog"


async def _choose(chat: ChatPage) -> None:
    """In a narrow window the people come when they are asked for."""
    opener = chat.page.get_by_role("button", name="change")
    if await opener.is_visible():
        await opener.click()
    await expect(chat.person("Marta")).to_be_visible()
