"""What a bot says about itself: getMe, names, descriptions, commands, the menu button."""

import re

from sandbox.errors import bad_request
from sandbox.jsons import Json, JsonObject
from sandbox.methods.access import Access, chat_of
from sandbox.methods.call import Call, Handler, Method
from sandbox.methods.spec import JSON, LANGUAGE, STRING

COMMAND_LIMIT = 100
NAME_LIMIT, DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT = 64, 512, 120
COMMAND_LENGTH, COMMAND_DESCRIPTION_LENGTH = 32, 256
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_COMMAND = re.compile(r"[a-z0-9_]+")
_BROAD_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def get_me(call: Call) -> Json:
    return call.bot.full_user


def language(call: Call) -> str:
    code = call.arguments.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("Invalid language code specified")
    return code


def _setter(field: str, parameter: str, limit: int) -> Handler:
    def store(call: Call) -> Json:
        code, value = language(call), call.arguments.text(parameter)
        if len(value) > limit:
            raise bad_request(f'Parameter "{parameter}" is longer than {limit} characters')
        texts: dict[str, str] = getattr(call.bot.profile, field)
        if value:
            texts[code] = value
        else:
            texts.pop(code, None)
        if (field, code) == ("names", "") and value:
            call.bot.first_name = value
        call.world.changed()
        return True

    return store


def _getter(field: str, parameter: str) -> Handler:
    def show(call: Call) -> Json:
        texts: dict[str, str] = getattr(call.bot.profile, field)
        fallback = call.bot.first_name if field == "names" else ""
        return {parameter: texts.get(language(call), texts.get("", fallback) if field == "names" else "")}

    return show


def scope_of(call: Call) -> str:
    """A command scope as a key."""
    scope = call.arguments.json("scope")
    if scope is None or scope == {}:
        return "default"
    if not isinstance(scope, dict):
        raise bad_request("Can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in _BROAD_SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    return _chat_scope(call, str(kind), scope)


def _chat_scope(call: Call, kind: str, scope: JsonObject) -> str:
    written = scope.get("chat_id")
    if not isinstance(written, (int, str)) or not str(written):
        raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
    call.arguments.values["chat_id"] = str(written)
    key = f"{kind}:{chat_of(call, Access.MEMBERS).id}"
    if kind != "chat_member":
        return key
    user_id = scope.get("user_id")
    if not isinstance(user_id, int) or user_id <= 0:
        raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
    return f"{key}:{user_id}"


def set_commands(call: Call) -> Json:
    commands = call.arguments.json("commands")
    if not isinstance(commands, list):
        raise bad_request("Expected an Array of BotCommand")
    key = (scope_of(call), language(call))
    if len(commands) > COMMAND_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.profile.commands[key] = [_command(command) for command in commands]
    call.world.events.tell("commands", bot=call.bot.id)
    call.world.changed()
    return True


def _command(command: Json) -> JsonObject:
    if not isinstance(command, dict) or not isinstance(command.get("command"), str):
        raise bad_request("Can't parse BotCommand: expected an Object")
    name, description = str(command["command"]).strip().removeprefix("/"), str(command.get("description", "")).strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > COMMAND_LENGTH:
        raise bad_request(f"Command length must not exceed {COMMAND_LENGTH}")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > COMMAND_DESCRIPTION_LENGTH:
        raise bad_request(f"Command description length must not exceed {COMMAND_DESCRIPTION_LENGTH}")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def get_commands(call: Call) -> Json:
    return list(call.bot.profile.commands.get((scope_of(call), language(call)), []))


def delete_commands(call: Call) -> Json:
    call.bot.profile.commands.pop((scope_of(call), language(call)), None)
    call.world.events.tell("commands", bot=call.bot.id)
    call.world.changed()
    return True


def set_menu_button(call: Call) -> Json:
    button = call.arguments.json("menu_button")
    kind = button.get("type") if isinstance(button, dict) else None
    if button is not None and kind not in {"default", "commands"}:
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    call.bot.profile.menus[_menu_chat(call)] = {"type": kind or "default"}
    call.world.events.tell("commands", bot=call.bot.id)
    call.world.changed()
    return True


def get_menu_button(call: Call) -> Json:
    menus = call.bot.profile.menus
    chosen = menus.get(_menu_chat(call)) or menus.get(0)
    return chosen if chosen is not None and chosen["type"] != "default" else {"type": "commands"}


def _menu_chat(call: Call) -> int:
    return chat_of(call, Access.READ).id if call.arguments.has("chat_id") else 0


_SCOPE = {"scope": JSON} | dict(LANGUAGE)
METHODS = (
    Method("getMe", get_me, {}),
    Method("setMyName", _setter("names", "name", NAME_LIMIT), {"name": STRING} | dict(LANGUAGE)),
    Method("getMyName", _getter("names", "name"), LANGUAGE),
    Method(
        "setMyDescription",
        _setter("descriptions", "description", DESCRIPTION_LIMIT),
        {"description": STRING} | dict(LANGUAGE),
    ),
    Method("getMyDescription", _getter("descriptions", "description"), LANGUAGE),
    Method(
        "setMyShortDescription",
        _setter("short_descriptions", "short_description", SHORT_DESCRIPTION_LIMIT),
        {"short_description": STRING} | dict(LANGUAGE),
    ),
    Method("getMyShortDescription", _getter("short_descriptions", "short_description"), LANGUAGE),
    Method("setMyCommands", set_commands, {"commands": JSON} | _SCOPE),
    Method("getMyCommands", get_commands, _SCOPE),
    Method("deleteMyCommands", delete_commands, _SCOPE),
    Method("setChatMenuButton", set_menu_button, {"chat_id": STRING, "menu_button": JSON}),
    Method("getChatMenuButton", get_menu_button, {"chat_id": STRING}),
)
