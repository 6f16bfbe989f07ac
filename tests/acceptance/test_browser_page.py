"""What the chat page can do, with a small bot: writing, entities, files, inline mode, and all of it by keyboard."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
)

from sandbox.client import Telegram
from sandbox.panel import Table
from sandbox.people import Person
from sandbox.server import Sandbox, serving
from tests.acceptance.browser import LOOKS, ChatPage, needs_axe, needs_chromium, violations, window

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]

TOKEN = "4200:a-bot-of-the-tests"
ANA = 7
PEOPLE = (Person(id=ANA, first_name="Ana", about="Olive oil"), Person(id=8, first_name="Bram"))
_TABS = 30
NOON = datetime(2027, 1, 19, 11, tzinfo=UTC)


async def _start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message
    await update.effective_message.reply_html("<b>Hello</b>", reply_markup=_keyboard("Ask"))


def _keyboard(label: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data="ask")]])


async def _ask(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query
    await update.callback_query.answer("Really?", show_alert=True)
    await update.callback_query.edit_message_reply_markup(_keyboard("Asked"))


async def _inline(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.inline_query
    content = InputTextMessageContent(f"You looked for {update.inline_query.query}")
    await update.inline_query.answer([InlineQueryResultArticle("1", "A result", content)])


@asynccontextmanager
async def _bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    application: Application[Any, Any, Any, Any, Any, Any] = (
        ApplicationBuilder().token(TOKEN).base_url(sandbox.bot_url).base_file_url(sandbox.file_url).build()
    )
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CallbackQueryHandler(_ask))
    application.add_handler(InlineQueryHandler(_inline))
    async with application:
        await application.bot.set_my_commands([BotCommand("start", "Begin"), BotCommand("help", "What I can do")])
        assert application.updater
        await application.updater.start_polling()
        await application.start()
        try:
            yield application.bot
        finally:
            await application.updater.stop()
            await application.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    """A local Telegram with two people. At the end it must have had nothing to refuse."""
    async with serving(people=PEOPLE, panel=_panel) as running, Telegram(running.url) as telegram:
        yield running
        assert await telegram.mistakes() == ()


async def _panel(now: datetime) -> tuple[Table, ...]:
    return (Table("Ours", ("When", "What"), ((now, "now"),), ""), Table("Empty", ("What",), (), "Nothing to see."))


async def test_at_the_very_beginning_it_says_what_to_do(browser: Browser) -> None:
    """Nobody, no bot: first a person is made, then a bot is to be started, then it is talked to."""
    async with (
        serving() as empty,
        window(browser, empty.url, width=360) as page,
        Telegram(empty.url) as telegram,
    ):
        opening = page.locator("#empty")
        await opening.get_by_role("button", name="New person").click()
        await page.get_by_label("First name").fill("Ana")
        await page.get_by_role("button", name="Add").click()
        await expect(opening).to_contain_text(f"base_url = {empty.url}/bot")
        await telegram.bot(TOKEN)
        await expect(opening).to_contain_text("You are Ana. Press Start to talk to it.")
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(ChatPage(page).last).to_contain_text("/start")


async def test_by_keyboard_alone(browser: Browser, sandbox: Sandbox) -> None:
    """From the top of the page to an answered press; nothing that changes meanwhile takes the focus away."""
    async with _bot(sandbox), window(browser, sandbox.url) as page:
        chat, keys = ChatPage(page), page.keyboard
        field = page.get_by_role("textbox", name="Message")
        await expect(chat.person("Ana")).to_have_attribute("aria-current", "true")
        await _tab_to(page, chat.person("Ana"))
        await keys.press("ArrowDown")
        await keys.press("Enter")
        await expect(page.locator("#subtitle")).to_contain_text("You are Bram")
        await expect(chat.person("Bram")).to_be_focused()
        await _tab_to(page, page.get_by_role("button", name="Start", exact=True))
        await keys.press("Enter")
        await chat.says("Hello")
        await expect(page.get_by_role("region", name="Messages")).to_be_focused()

        await _tab_to(page, chat.last.get_by_role("button", name="Ask"))
        await keys.press("Enter")
        await expect(page.get_by_role("dialog")).to_contain_text("Really?")
        await keys.press("Enter")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await expect(chat.last.get_by_role("button", name="Asked")).to_be_focused()

        await _tab_to(page, field)
        await keys.type("/")
        await expect(page.get_by_role("option")).to_have_text(["/startBegin", "/helpWhat I can do"])
        await keys.type("h")
        await keys.press("Tab")
        await expect(field).to_have_value("/help")
        await keys.press("Escape")
        await keys.press("Enter")
        await expect(chat.last).to_contain_text("/help")

        await _tab_to(page, page.get_by_role("button", name="Developer"), back=True)
        await keys.press("Enter")
        await expect(page.get_by_role("complementary", name="Developer")).to_be_visible()
        await keys.press("Escape")
        await expect(page.get_by_role("complementary", name="Developer")).to_be_hidden()
        await expect(page.get_by_role("button", name="Developer")).to_be_focused()


async def _tab_to(page: Page, wanted: Locator, *, back: bool = False) -> None:
    for _ in range(_TABS):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        if await wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(await page.evaluate("document.activeElement.outerHTML"))


@needs_axe
async def test_entities_are_rendered(browser: Browser, sandbox: Sandbox) -> None:
    text = (
        f'At <tg-time unix="{int(NOON.timestamp())}" format="wDt">noon in Greenwich</tg-time>, '
        '<tg-spoiler>a <b>surprise</b> and another</tg-spoiler>, <a href="https://example.org/">a link</a>, '
        "<code>a &lt; b</code>"
        f"<pre>{'a long line of code ' * 30}</pre>"
    )
    async with (
        _bot(sandbox) as bot,
        window(browser, sandbox.url) as page,
        window(browser, sandbox.url, language="de-DE") as german,
    ):
        chat = ChatPage(page)
        await chat.start()
        await bot.send_message(ANA, text, parse_mode="HTML")
        await bot.send_message(ANA, f"<blockquote expandable>{'A long story. ' * 60}</blockquote>", parse_mode="HTML")

        told = chat.messages.nth(-2)
        await expect(told.locator("time").first).to_have_text("Tuesday, 19 January 2027 at 12:00")
        await expect(ChatPage(german).messages.nth(-2).locator("time").first).to_have_text(
            "Dienstag, 19. Januar 2027 um 12:00"
        )
        hidden = told.get_by_role("button", name="Hidden text, press to show")
        await expect(hidden.get_by_text("surprise")).to_be_hidden()
        await hidden.first.press("Enter")
        for piece in ("surprise", "and another"):
            await expect(told.get_by_text(piece)).to_be_visible()
        await expect(hidden).to_have_count(0)
        await expect(told.get_by_role("link", name="a link")).to_have_attribute("target", "_blank")
        await expect(told.locator("code")).to_have_text("a < b")
        more = chat.last.get_by_role("button", name="Show all")
        folded = await chat.last.locator("blockquote").bounding_box()
        await more.click()
        opened = await chat.last.locator("blockquote").bounding_box()
        assert folded
        assert opened
        assert folded["height"] < opened["height"]
        for width in LOOKS:
            async with window(browser, sandbox.url, width=width) as look:
                await expect(ChatPage(look).last.get_by_role("button", name="Show all")).to_be_visible()
                assert not any((await violations(look, width)).values())
                assert await look.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


async def test_files_go_both_ways(browser: Browser, sandbox: Sandbox, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_bytes(b"from a person")
    async with _bot(sandbox) as bot, window(browser, sandbox.url) as page:
        chat = ChatPage(page)
        await chat.start()
        await bot.send_document(ANA, b"BEGIN:VCALENDAR", filename="webinar.ics", caption="For your calendar")
        await chat.says("For your calendar")
        async with page.expect_download() as download:
            await chat.last.get_by_role("link", name="webinar.ics").click()
        await (await download.value).save_as(tmp_path / "saved.ics")
        await page.locator("#file").set_input_files(mine)
        await expect(chat.last).to_contain_text("mine.txt")
        await expect(chat.last).to_contain_text("13 bytes")
    assert (tmp_path / "saved.ics").read_bytes() == b"BEGIN:VCALENDAR"


async def test_inline_mode_opens_inside(browser: Browser, sandbox: Sandbox) -> None:
    async with _bot(sandbox) as bot, window(browser, sandbox.url) as page:
        chat = ChatPage(page)
        await chat.start()
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Find", switch_inline_query_current_chat="olive")]])
        await bot.send_message(ANA, "Look for something", reply_markup=keyboard)
        await chat.press("Find")
        await page.get_by_role("option", name="A result").click()
        await expect(chat.last).to_contain_text("You looked for olive")
        await expect(chat.last).to_contain_text("via @convoke_demo_bot")


async def test_what_is_behind_the_chat(browser: Browser, sandbox: Sandbox) -> None:
    """The raw update and call of a message, and the tables of whoever runs the bot."""
    async with _bot(sandbox), window(browser, sandbox.url) as page:
        chat = ChatPage(page)
        await chat.start()
        await page.get_by_role("button", name="Developer").click()
        panel = page.get_by_role("complementary", name="Developer")
        await expect(panel.get_by_role("table", name="Ours").get_by_role("row")).to_have_count(2)
        await expect(panel).to_contain_text("Nothing to see.")
        await chat.messages.nth(0).get_by_role("button", name="Raw").click()
        await expect(panel).to_contain_text('"text": "/start"')
        await chat.press("Ask")
        await page.get_by_role("dialog").get_by_role("button", name="OK").click()
        await expect(chat.last.get_by_role("button", name="Asked")).to_be_visible()
        await chat.last.get_by_role("button", name="Raw").click()
        behind = panel.locator("#selected")
        await expect(behind.locator("summary")).to_have_text(
            [re.compile("^callback_query, "), re.compile("^sendMessage, "), re.compile("^editMessageReplyMarkup, ")]
        )
        await expect(behind).to_contain_text('"method": "editMessageReplyMarkup"')
        pushed: list[float] = []
        sandbox.world.clock.pushes.append(lambda: pushed.append(sandbox.world.clock.offset))
        await panel.get_by_role("button", name="+1 hour").click()
        await expect(page.locator("#subtitle")).to_contain_text("+1 hr")
    assert pushed == [600, 1200, 1800, 2400, 3000, 3600]
