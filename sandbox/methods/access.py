"""Whether a bot may look into a chat or write there, in Telegram's order and words."""

import re
from enum import Enum, auto

from sandbox.bots import Bot
from sandbox.chats import CHANNEL, GROUP, KICKED, Chat, Dialog, Group
from sandbox.errors import Refusal, bad_request, forbidden
from sandbox.methods.call import Call
from sandbox.world import World

_NUMBER = re.compile(r"-?\d{1,19}")
_KINDS = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"


class Access(Enum):
    READ = auto()
    MEMBERS = auto()
    EDIT = auto()
    WRITE = auto()


def chat_of(call: Call, access: Access, name: str = "chat_id") -> Chat:
    """The chat a call names, if the bot may do there what it wants to."""
    written = call.arguments.text(name)
    if not written:
        raise bad_request(f"{name} is empty")
    chat = _find(call.world, call.bot, written)
    if isinstance(chat, Group):
        _check_group(call.bot, chat, access)
    else:
        _check_person(call.world, chat, access)
    return chat


def _find(world: World, bot: Bot, written: str) -> Chat:
    if written.startswith("@"):
        return _by_username(world, written[1:].lower())
    chat_id = int(written) if _NUMBER.fullmatch(written) else 0
    if chat_id in world.groups:
        return world.groups[chat_id]
    if chat_id not in world.people:
        raise bad_request("chat not found")
    dialog = bot.dialogs.get(chat_id)
    # A dialog that is only asked about leaves no trace.
    return dialog if dialog is not None else Dialog(chat_id, bot.id, bot.message_ids)


def _by_username(world: World, username: str) -> Group:
    for group in world.groups.values():
        if group.username is not None and group.username.lower() == username:
            return group
    raise bad_request("chat not found")


def _check_person(world: World, dialog: Dialog, access: Access) -> None:
    if access in {Access.READ, Access.MEMBERS}:
        if not dialog.started:
            raise bad_request("chat not found")
        return
    if world.people[dialog.id].deactivated:
        raise forbidden("user is deactivated")
    if not dialog.started:
        raise forbidden("bot can't initiate conversation with a user")
    if dialog.blocked:
        raise forbidden("bot was blocked by the user")


def _check_group(bot: Bot, group: Group, access: Access) -> None:
    if group.migrated_to is not None and access in {Access.WRITE, Access.MEMBERS}:
        raise Refusal(400, UPGRADED, {"migrate_to_chat_id": group.migrated_to})
    writes = access in {Access.WRITE, Access.EDIT} or (access is Access.MEMBERS and group.type == GROUP)
    if group.status(bot.id) == KICKED and (writes or group.type != GROUP):
        raise forbidden(f"bot was kicked from the {_KINDS[group.type]}")
    if not group.has(bot.id) and (writes or (group.type != GROUP and group.username is None)):
        raise forbidden(f"bot is not a member of the {_KINDS[group.type]}")
    if group.type == CHANNEL and access is Access.WRITE and not group.is_administrator(bot.id):
        raise bad_request("need administrator rights in the channel chat")
