"""Coming up, however Telegram feels, and going down without losing a tap."""

from collections.abc import AsyncIterator

import pytest

from bot.chat import Webhook, WebhookRefusedError
from bot.reach import TokenRefusedError
from storage import Database
from tests.integration.bot.stage import ANA, BOT, MARTA, TOKEN, Stage, staged
from texts import LANGUAGES


@pytest.fixture
async def closed(sqlite_url: str) -> AsyncIterator[Stage]:
    """A stage that the test opens itself. What is kept in the database plays no part here."""
    database = Database(sqlite_url)
    async with staged(database) as stage:
        yield stage
    await database.close()


async def test_bot_learns_its_name_when_it_connects(closed: Stage) -> None:
    assert (closed.chat.username, await closed.chat.why_not_ready()) == (None, "Telegram has not answered yet")

    await closed.chat.connect()

    assert (closed.chat.username, await closed.chat.why_not_ready()) == ("convoke_demo_bot", None)


@pytest.mark.parametrize(
    "fault",
    [
        {"code": 502, "description": "Bad Gateway"},
        {"code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}},
        {"drop": True},
    ],
    ids=["unwell", "busy", "gone"],
)
async def test_bot_connects_when_telegram_is_back(closed: Stage, fault: dict[str, object]) -> None:
    await closed.telegram.fault(method="getMe", n=1, **fault)

    await closed.open()

    assert (await closed.start(ANA)).text.startswith("Webinars for small and medium companies")
    assert [method for method, _ in await closed.refusals()] == ["getMe"]


async def test_wrong_token_ends_it_without_saying_the_token(closed: Stage) -> None:
    await closed.telegram.fault(method="getMe", code=401, description="Unauthorized", n=1)

    with pytest.raises(TokenRefusedError) as raised:
        await closed.chat.connect()

    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"
    assert raised.value.__suppress_context__
    assert await closed.chat.why_not_ready() == "Telegram has not answered yet"


async def test_bot_works_without_a_menu(closed: Stage) -> None:
    await closed.telegram.fault(method="getMyCommands", code=429, description="Too Many Requests", n=1)

    await closed.open()

    assert (await closed.hear(ANA, "/mine")).text == "You are not registered for a webinar yet."
    assert await closed.refusals() == (("getMyCommands", "Too Many Requests"),)


async def test_menu_is_set_for_every_language_of_ours(closed: Stage) -> None:
    await closed.open()

    calls = await closed.telegram.calls("setMyCommands", since=0)

    assert [call.params.get("language_code") for call in calls] == [None, *LANGUAGES]
    assert {str(call.params["scope"]) for call in calls} == {"{'type': 'all_private_chats'}"}


async def test_what_is_at_hand_when_it_is_stopped_is_finished(closed: Stage) -> None:
    await closed.open()
    await closed.telegram.fault(method="sendMessage", delay=0.3, n=3)

    await closed.telegram.mark()
    for user in (ANA, MARTA, ANA):
        await closed.telegram.say(user, "/mine")
    await closed.hear(9, "/help")
    await closed.close()

    assert {call.chat_id for call in await closed.telegram.calls("sendMessage", since=0)} == {ANA, MARTA, 9}
    assert len(await closed.telegram.calls("sendMessage", chat=ANA, since=0)) == 2
    assert await closed.refusals() == ()


async def test_what_was_said_while_it_was_down_is_answered_when_it_is_up(closed: Stage) -> None:
    await closed.open()
    await closed.start(ANA)
    await closed.close()

    await closed.telegram.say(ANA, "/mine")
    await closed.telegram.mark()
    await closed.restart()

    assert (await closed.answer(ANA)).text == "You are not registered for a webinar yet."
    assert await closed.refusals() == ()


async def test_stopping_what_never_came_up_is_no_trouble(closed: Stage) -> None:
    await closed.close()
    await closed.close()

    assert await closed.telegram.calls(since=0) == ()


class TestWebhook:
    URL = "https://webinars.example.org/telegram"

    @pytest.fixture
    async def hooked(self, sqlite_url: str) -> AsyncIterator[Stage]:
        database = Database(sqlite_url)
        async with staged(database, webhook=Webhook(self.URL, "secret")) as stage:
            yield stage
        await database.close()

    async def test_is_set_again_when_telegram_is_back(self, hooked: Stage) -> None:
        await hooked.telegram.fault(method="setWebhook", code=500, description="Internal Server Error", n=1)

        await hooked.open()

        calls = await hooked.telegram.calls("setWebhook", since=0)
        assert [(call.ok, call.params["url"]) for call in calls] == [(False, self.URL), (True, self.URL)]

    async def test_that_telegram_will_never_take_is_an_error(self, hooked: Stage) -> None:
        reason = "Bad Request: bad webhook: HTTPS url must be provided for webhook"
        await hooked.telegram.fault(method="setWebhook", code=400, description=reason, n=1)

        with pytest.raises(WebhookRefusedError, match="https url must be provided"):
            await hooked.open()

    async def test_is_set_by_nobody_whose_token_is_refused(self, hooked: Stage) -> None:
        await hooked.telegram.fault(method="setWebhook", code=401, description="Unauthorized", n=1)

        with pytest.raises(TokenRefusedError):
            await hooked.open()


async def test_second_process_with_the_same_token_is_noticed_and_survived(
    closed: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await closed.open()
    await closed.telegram.fault(method="getUpdates", code=409, description="Conflict: terminated", n=1)

    await closed.hear(ANA, "/help")
    assert (await closed.hear(ANA, "/mine")).text == "You are not registered for a webinar yet."

    assert [method for method, _ in await closed.refusals()] == ["getUpdates"]
    assert "Telegram answers another program that uses the bot's token (Conflict: terminated)" in caplog.text
    assert "Traceback" not in caplog.text
    assert str(BOT) not in caplog.text.replace(f"@{BOT}", "")


async def test_what_the_bot_is_stands_in_its_profile_in_every_language_and_is_written_once(closed: Stage) -> None:
    await closed.open()
    methods = ("setMyDescription", "setMyShortDescription", "setMyCommands")
    first = {method: await closed.telegram.calls(method, since=0) for method in methods}
    await closed.telegram.mark()
    await closed.restart()

    for method in methods:
        assert [call.params.get("language_code") or None for call in first[method]] == [None, *LANGUAGES]
    assert [call.method for call in await closed.telegram.calls() if call.method in methods] == []
    assert await closed.refusals() == ()


async def test_menu_of_an_organiser_speaks_the_language_they_choose(closed: Stage) -> None:
    await closed.open()
    await closed.start(MARTA)
    await closed.hear(MARTA, "/settings")
    await closed.press(MARTA, "Language")
    await closed.press(MARTA, "Français")
    await closed.hear(MARTA, "/help")

    *_, menu = await closed.telegram.calls("setMyCommands", since=0)
    commands = {str(command["command"]): command["description"] for command in menu.params["commands"]}
    assert (menu.params["scope"], "new" in commands) == ({"type": "chat", "chat_id": MARTA}, True)
    assert commands["mine"] == "Mes webinaires"
    assert await closed.refusals() == ()


async def test_what_the_owner_of_the_bot_says_of_it_stays(closed: Stage) -> None:
    bot = closed.application.bot
    await bot.set_my_description("Our own words.")
    await bot.set_my_short_description("Nos mots.", "fr")

    await closed.open()

    assert (await bot.get_my_description()).description == "Our own words."
    assert (await bot.get_my_short_description("fr")).short_description == "Nos mots."
    assert (await bot.get_my_short_description()).short_description.startswith("Webinars for small")
    assert await closed.refusals() == ()
