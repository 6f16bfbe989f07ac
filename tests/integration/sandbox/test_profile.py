from collections.abc import Awaitable, Callable

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    MenuButtonCommands,
    MenuButtonDefault,
    MenuButtonWebApp,
    WebAppInfo,
)
from telegram.error import BadRequest

from sandbox.client import Telegram

ANA, STRANGER = 7, 700
START = BotCommand("start", "Begin")
HELP = BotCommand("help", "Help")


async def test_get_me(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot, me.supports_inline_queries) == (4200, "convoke_demo_bot", True, True)


async def test_commands_are_kept_by_scope_and_language(bot: Bot) -> None:
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([START])
    await bot.set_my_commands([HELP], scope=private, language_code="fr")
    assert await bot.get_my_commands() == (START,)
    assert await bot.get_my_commands(scope=private) == ()
    assert await bot.get_my_commands(scope=private, language_code="fr") == (HELP,)
    await bot.delete_my_commands(scope=private, language_code="fr")
    assert await bot.get_my_commands(scope=private, language_code="fr") == ()


@pytest.mark.parametrize("scope", [BotCommandScopeChat(ANA), BotCommandScopeChatMember(ANA, ANA)])
async def test_commands_of_one_chat(bot: Bot, scope: BotCommandScope) -> None:
    await bot.set_my_commands([START], scope=scope)
    assert await bot.get_my_commands(scope=scope) == (START,)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda bot: bot.set_my_commands([("Start", "x")]), "Bot_command_invalid"),
        (lambda bot: bot.set_my_commands([("x" * 33, "x")]), "Command length must not exceed 32"),
        (lambda bot: bot.set_my_commands([("start", "x" * 257)]), "Command description length must not exceed 256"),
        (lambda bot: bot.set_my_commands([("start", " ")]), "Command description must be non-empty"),
        (lambda bot: bot.set_my_commands([(f"c{number}", "x") for number in range(101)]), "Bot_commands_too_much"),
        (lambda bot: bot.set_my_commands([START], language_code="eng"), "Invalid language code specified"),
        (lambda bot: bot.set_my_commands([START], scope=BotCommandScopeChat(STRANGER)), "Chat not found"),
        (lambda bot: bot.set_my_name("x" * 65), 'Parameter "name" is longer than 64 characters'),
        (lambda bot: bot.set_my_description("x" * 513), 'Parameter "description" is longer than 512 characters'),
        (
            lambda bot: bot.set_my_short_description("x" * 121),
            'Parameter "short_description" is longer than 120 characters',
        ),
        (
            lambda bot: bot.set_chat_menu_button(menu_button=MenuButtonWebApp("x", WebAppInfo("https://example.org"))),
            "Can't parse menu button: menubutton has unsupported type",
        ),
    ],
)
async def test_profile_is_refused(bot: Bot, call: Callable[[Bot], Awaitable[object]], sentence: str) -> None:
    with pytest.raises(BadRequest) as caught:
        await call(bot)
    assert caught.value.message == sentence


async def test_texts_by_language(bot: Bot) -> None:
    await bot.set_my_name("Convoke")
    await bot.set_my_name("Assemblée", language_code="fr")
    await bot.set_my_description("Webinars")
    await bot.set_my_short_description("Short", language_code="fr")
    names = [(await bot.get_my_name(code)).name for code in ("", "fr", "de")]
    assert names == ["Convoke", "Assemblée", "Convoke"]
    assert [(await bot.get_my_description(code)).description for code in ("", "fr")] == ["Webinars", ""]
    assert [(await bot.get_my_short_description(code)).short_description for code in ("", "fr")] == ["", "Short"]
    assert (await bot.get_me()).first_name == "Convoke"


async def test_menu_button(bot: Bot, people: Telegram) -> None:
    await bot.set_chat_menu_button(ANA, MenuButtonCommands())
    await bot.set_chat_menu_button(menu_button=MenuButtonDefault())
    assert await bot.get_chat_menu_button(ANA) == MenuButtonCommands()
    state = await people.state()
    assert state["bots"][0]["menus"] == {"7": {"type": "commands"}, "0": {"type": "default"}}
