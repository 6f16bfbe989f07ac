"""The world as JSON and back."""

import base64
from typing import Any

from sandbox.bots import Bot, Profile
from sandbox.chats import Chat, Dialog, Group
from sandbox.clock import Sequence
from sandbox.files import StoredFile
from sandbox.jsons import Json, JsonObject
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.text.formatted import Formatted
from sandbox.updates import Update
from sandbox.webhook import Settings
from sandbox.world import World

VERSION = 1
# Numbers that a kill may have come too early to write down. Twice the same would be lost, or meet another message.
UNSAVED = 10_000

_PERSON = ("id", "first_name", "last_name", "username", "language_code", "about", "deactivated")
_BOT = ("id", "token", "username", "first_name", "supports_inline", "reads_groups", "logged_out")
_MESSAGE = (
    "id",
    "chat",
    "date",
    "sender",
    "markup",
    "edit_date",
    "reply_to",
    "contact",
    "via_bot",
    "inline_message_id",
    "forward_origin",
    "service",
    "link_preview",
    "pinned",
    "protected",
)
_PROFILE = ("names", "descriptions", "short_descriptions")
_UPDATE = ("id", "kind", "payload", "lane", "created")
_WEBHOOK = ("url", "secret_token", "max_connections")


def take(world: World) -> JsonObject:
    """Everything that survives a restart; calls and weather do not."""
    return {
        "version": VERSION,
        "clock": world.clock.offset,
        "update_id": world.update_ids.last,
        "people": [_fields(person, _PERSON) for person in world.people.values()],
        "files": [_file(file) for file in world.files.all()],
        "bots": [_bot(bot) for bot in world.bots.values()],
        "groups": [_group(group) for group in world.groups.values()],
    }


def restore(world: World, snapshot: Any) -> dict[int, Settings]:
    """Fill an empty world; the webhooks that are to be started again come back by bot."""
    world.clock.offset = snapshot["clock"]
    world.update_ids.raise_to(snapshot["update_id"] + UNSAVED)
    for person in snapshot["people"]:
        world.put_person(Person(**person))
    for file in snapshot["files"]:
        content = base64.b64decode(file.pop("content"))
        world.files.put(StoredFile(content=content, **file))
    webhooks = {bot["id"]: Settings(**bot["webhook"]) for bot in snapshot["bots"] if bot["webhook"] is not None}
    for bot in snapshot["bots"]:
        _restore_bot(world, bot)
    for group in snapshot["groups"]:
        _restore_group(world, group)
    return webhooks


def _fields(item: object, names: tuple[str, ...]) -> JsonObject:
    return {name: getattr(item, name) for name in names}


def _file(file: StoredFile) -> JsonObject:
    content = base64.b64encode(file.content).decode()
    return _fields(file, ("id", "name", "mime_type", "folder")) | {"content": content}


def _bot(bot: Bot) -> JsonObject:
    kept: JsonObject = {
        "message_id": bot.message_ids.last,
        "allowed": None if bot.updates.allowed is None else sorted(bot.updates.allowed),
        "pending": [_fields(update, _UPDATE) for update in bot.updates.pending],
        "webhook": None if bot.webhook is None else _fields(bot.webhook.settings, _WEBHOOK),
        "profile": _profile(bot.profile),
        "dialogs": [_dialog(dialog) for dialog in bot.dialogs.values()],
    }
    return _fields(bot, _BOT) | kept


def _profile(profile: Profile) -> JsonObject:
    commands: list[Json] = [[scope, code, list(listed)] for (scope, code), listed in profile.commands.items()]
    menus: list[Json] = [[chat, dict(menu)] for chat, menu in profile.menus.items()]
    return _fields(profile, _PROFILE) | {"commands": commands, "menus": menus}


def _dialog(dialog: Dialog) -> JsonObject:
    return _fields(dialog, ("id", "started", "blocked")) | {"messages": _messages(dialog)}


def _group(group: Group) -> JsonObject:
    kept = _fields(group, ("id", "type", "title", "username", "migrated_to"))
    members: list[Json] = [[user_id, status] for user_id, status in group.members.items()]
    return kept | {"members": members, "message_id": group.ids.last, "messages": _messages(group)}


def _messages(chat: Chat) -> list[JsonObject]:
    return [_message(message) for message in chat.history]


def _message(message: Message) -> JsonObject:
    return _fields(message, _MESSAGE) | {
        "reactions": list(message.reactions),
        "text": message.content.text,
        "entities": list(message.content.entities),
        "document": None if message.document is None else message.document.id,
        "photo": None if message.photo is None else message.photo.id,
    }


def _restore_bot(world: World, kept: dict[str, Any]) -> None:
    bot = world.add_bot(kept["id"], kept["token"])
    for name in _BOT:
        setattr(bot, name, kept[name])
    bot.message_ids.raise_to(kept["message_id"] + UNSAVED)
    bot.updates.allowed = None if kept["allowed"] is None else frozenset(kept["allowed"])
    for update in kept["pending"]:
        bot.updates.restore(Update(**update))
    profile = kept["profile"]
    for name in _PROFILE:
        setattr(bot.profile, name, profile[name])
    bot.profile.commands = {(scope, code): listed for scope, code, listed in profile["commands"]}
    bot.profile.menus = dict(profile["menus"])
    for dialog in kept["dialogs"]:
        restored = Dialog(dialog["id"], bot.id, bot.message_ids, dialog["started"], dialog["blocked"])
        bot.dialogs[restored.id] = restored
        _restore_messages(world, restored, dialog["messages"])


def _restore_group(world: World, kept: dict[str, Any]) -> None:
    members = dict(kept["members"])
    group = Group(kept["id"], kept["type"], kept["title"], kept["username"], members, kept["migrated_to"])
    group.ids = Sequence(kept["message_id"] + UNSAVED)
    world.groups[group.id] = group
    _restore_messages(world, group, kept["messages"])


def _restore_messages(world: World, chat: Chat, kept: list[dict[str, Any]]) -> None:
    for item in kept:
        content = Formatted(item.pop("text"), tuple(item.pop("entities")))
        document, photo = item.pop("document"), item.pop("photo")
        message = Message(
            content=content,
            document=None if document is None else world.files.get(document),
            photo=None if photo is None else world.files.get(photo),
            **item,
        )
        world.post(chat, message)
