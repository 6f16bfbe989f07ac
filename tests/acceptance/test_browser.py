"""The first story, played on the chat page: posted, registered, reminded, seen in a calendar."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from playwright.async_api import Browser, Page, expect

from tests.acceptance.browser import ChatPage, needs_chromium, window
from tests.acceptance.playing import Demo, playing

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]

TITLE = "Cold chain to Guangdong, part two"
LINK = "https://meet.example.org/cold-chain"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}
NEW = re.compile("something new")


async def test_the_first_story(browser: Browser, tmp_path: Path) -> None:
    demo = Demo(folder=tmp_path)
    starts_at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=30)
    async with (
        playing(demo),
        window(browser, demo.chat) as page,
        window(browser, demo.chat) as other_page,
    ):
        chat, other = ChatPage(page), ChatPage(other_page)
        await _open(chat)
        code = await _post(chat, starts_at)
        for number in range(2):
            await _come_from_the_page(chat, f"{demo.web}/webinars/{code}", said_before=2 * number)
        await _register(chat, other, code)
        await _be_reminded(chat, other)
        calendar = await _calendar(chat)
        async with httpx.AsyncClient() as http:
            feed = await http.get(calendar)
    assert {(str(event["SUMMARY"]), event.start) for event in Calendar.from_ical(feed.text).events} == {
        (TITLE, starts_at)
    }
    assert LINK in feed.text
    assert demo.warnings == ""


async def _open(chat: ChatPage) -> None:
    """At first sight: somebody is chosen, the bot says what it is, and one button says what to do."""
    await expect(chat.person("Marta")).to_have_attribute("aria-current", "true")
    await expect(chat.page.get_by_role("heading", name="Convoke")).to_be_visible()
    await expect(chat.page.locator("#empty")).to_contain_text("Press Start")
    await chat.start()
    await chat.says("Webinars for small and medium companies")


async def _post(chat: ChatPage, starts_at: datetime) -> str:
    for answer in ("/new", TITLE, f"{starts_at:%Y-%m-%d %H:%M} UTC", LINK):
        await chat.write(answer)
        await chat.says("New webinar" if answer == "/new" else "")
    await chat.says(LINK)
    for label in ("Hosts", "NF4", "Done", "Topics", "China", "Done", "Preview", "Publish"):
        await chat.press(label)
    published = chat.page.locator("#log a[href*='/webinars/']").last
    return str(await published.get_attribute("href")).rpartition("/")[2]


async def _come_from_the_page(chat: ChatPage, page: str, *, said_before: int) -> None:
    """The page that one shares leads here; nothing is said before Ana presses Start, and then its webinar is shown."""
    await chat.become("Ana")
    await chat.page.goto(page)
    await chat.page.get_by_role("link", name="Register in Telegram").click()
    await expect(chat.page.locator("#subtitle")).to_contain_text("You are Ana")
    await expect(chat.messages).to_have_count(said_before)
    await expect(chat.page.get_by_role("button", name="Start", exact=True)).to_be_in_viewport()
    await chat.start()
    await chat.says(TITLE)
    await expect(chat.messages).to_have_count(said_before + 2)
    await expect(chat.page.get_by_role("button", name="Start", exact=True)).to_be_hidden()


async def _register(chat: ChatPage, other: ChatPage, code: str) -> None:
    """Ana follows a deep link, which opens here; her card changes in place, and another window shows the same."""
    await other.become("Ana")
    await chat.write(f"t.me/convoke_demo_bot?start=w_{code}")
    await chat.page.get_by_role("link", name=f"start=w_{code}").click()
    await chat.says(TITLE)
    card = chat.page.locator(f"[data-id='{await chat.last.get_attribute('data-id')}']")

    await chat.press("Register")

    await expect(card).to_contain_text("You are registered.")
    await expect(card.get_by_text("edited")).to_be_visible()
    assert await chat.page.context.pages[0].title() == await chat.page.title()
    assert len(chat.page.context.pages) == 1
    await expect(other.messages.filter(has_text="You are registered.")).to_have_count(1)
    for each in (chat, other):  # after the first registration: what else to hear of
        await expect(each.last.get_by_role("button", name="No, thanks")).to_be_visible()
    assert await _texts(chat.page) == await _texts(other.page)


async def _be_reminded(chat: ChatPage, other: ChatPage) -> None:
    """The clock is pushed while somebody is Marta: Ana's reminder comes at once, and a mark says so."""
    await chat.become("Marta")
    await chat.page.get_by_role("button", name="Developer").click()
    panel = chat.page.get_by_role("complementary", name="Developer")
    coming = panel.get_by_role("table", name="Not in the outbox yet: reminders")
    await expect(coming.get_by_role("row", name=TITLE)).to_contain_text(re.compile(r"in 1\d min"))
    await expect(chat.person("Ana")).not_to_have_accessible_name(NEW)

    for _ in range(2):
        await panel.get_by_role("button", name="+10 min").click()

    await expect(chat.person("Ana")).to_have_accessible_name(NEW)
    await expect(panel.get_by_role("table", name="Outbox: all there ever was")).to_contain_text("remindersent1")
    await expect(chat.page.locator("#subtitle")).to_contain_text("+20 min")
    await expect(other.page.locator("#subtitle")).to_contain_text("+20 min")
    await other.says("Starts in")
    await chat.become("Ana")
    await expect(chat.person("Ana")).not_to_have_accessible_name(NEW)
    await chat.says("Starts in")
    way_in = await chat.last.get_by_role("link", name="Join now").get_attribute("href")
    assert way_in
    async with httpx.AsyncClient() as http:
        assert (await http.get(way_in, headers=BROWSER)).headers["location"] == LINK


async def _calendar(chat: ChatPage) -> str:
    await chat.write("/calendar")
    await chat.says("Your own calendar")
    await chat.press("Copy link")
    await expect(chat.page.locator("#toasts")).to_have_text("Copied.")
    return str(await chat.page.evaluate("navigator.clipboard.readText()"))


async def _texts(page: Page) -> list[str]:
    return await page.locator("#log .message .words").all_inner_texts()
