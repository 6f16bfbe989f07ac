"""Changing messages that were sent: text, caption, keyboard; deleting, pinning, reacting."""

from sandbox import keyboards
from sandbox.chats import CHANNEL, Chat, Dialog, Group
from sandbox.errors import bad_request
from sandbox.jsons import Json, JsonObject
from sandbox.messages import Message
from sandbox.methods.access import Access, chat_of
from sandbox.methods.call import Call, Method
from sandbox.methods.reactions import EMOJI
from sandbox.methods.sending import is_own, read_caption, read_preview, read_text
from sandbox.methods.spec import BOOLEAN, CAPTION, INTEGER, JSON, STRING, TARGET, TEXT
from sandbox.text.formatted import Formatted

DELETE_SECONDS = 48 * 3600
BATCH_LIMIT = 100
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(call: Call) -> Json:
    content, preview = read_text(call), read_preview(call)
    chat, message = _target(call)
    if message.has_media:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, chat, message, content, preview)


def edit_caption(call: Call) -> Json:
    content = read_caption(call)
    chat, message = _target(call)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(call, chat, message, content, message.link_preview)


def edit_markup(call: Call) -> Json:
    chat, message = _target(call)
    return _edit(call, chat, message, message.content, message.link_preview)


def _target(call: Call) -> tuple[Chat, Message]:
    arguments = call.arguments
    if not arguments.has("chat_id") and not arguments.has("message_id"):
        return _inline_target(call, arguments.text("inline_message_id"))
    chat = chat_of(call, Access.EDIT)
    message = chat.history.get(arguments.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not is_own(call, chat, message) or message.service is not None or message.forward_origin is not None:
        raise bad_request("message can't be edited")
    if message.markup is not None and message.inline_markup is None:
        raise bad_request("message can't be edited")
    return chat, message


def _inline_target(call: Call, inline_message_id: str) -> tuple[Chat, Message]:
    if not inline_message_id:
        raise bad_request("Message identifier is not specified")
    found = call.world.inline_messages.get(inline_message_id)
    if found is None or (found[1].via_bot or {}).get("id") != call.bot.id:
        raise bad_request("MESSAGE_ID_INVALID")
    return found


def _edit(call: Call, chat: Chat, message: Message, content: Formatted, preview: JsonObject | None) -> Json:
    in_channel = isinstance(chat, Group) and chat.type == CHANNEL
    markup = keyboards.inline(call.arguments.json("reply_markup"), in_channel=in_channel)
    call.seen |= {"markup": markup, "message_id": message.id}
    call.world.rates.check(call.bot.id, chat.id)
    if (content, markup, preview) == (message.content, message.markup, message.link_preview):
        raise bad_request(_NOT_MODIFIED)
    message.content, message.markup, message.link_preview = content, markup, preview
    message.edit_date = call.world.clock.date()
    message.changed_by(call.sequence)
    call.world.show("edited", chat, message)
    return True if message.inline_message_id is not None else call.world.with_reply(chat, message)


def delete_message(call: Call) -> Json:
    arguments = call.arguments
    if not arguments.has("chat_id"):
        raise bad_request("Chat identifier is not specified")
    if not arguments.has("message_id"):
        raise bad_request("Message identifier is not specified")
    chat = chat_of(call, Access.WRITE)
    message = chat.history.get(arguments.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(call, chat, message)
    call.seen["message_id"] = message.id
    call.world.remove(chat, message)
    return True


def delete_messages(call: Call) -> Json:
    """What cannot be found is skipped, as Telegram does."""
    ids = call.arguments.json("message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("Message identifiers are not specified")
    if len(ids) > BATCH_LIMIT:
        raise bad_request("Too many message identifiers specified")
    if not all(isinstance(item, int) and item > 0 for item in ids):
        raise bad_request("Invalid message identifier specified")
    chat = chat_of(call, Access.WRITE)
    messages = [message for item in ids if (message := chat.history.get(item)) is not None]
    for message in messages:
        _check_deletable(call, chat, message)
    for message in messages:
        call.world.remove(chat, message)
    return True


def _check_deletable(call: Call, chat: Chat, message: Message) -> None:
    if isinstance(chat, Group) and not is_own(call, chat, message) and not chat.is_administrator(call.bot.id):
        raise bad_request("message can't be deleted")
    if call.world.clock.now() - message.date > DELETE_SECONDS:
        raise bad_request("message can't be deleted for everyone")


def pin(call: Call) -> Json:
    chat = chat_of(call, Access.WRITE)
    message = chat.history.get(call.arguments.integer("message_id"))
    if message is None:
        raise bad_request("message to pin not found")
    return _pinned(call, chat, message, pinned=True)


def unpin(call: Call) -> Json:
    """The message that is named, or the one pinned last."""
    chat, named = chat_of(call, Access.WRITE), call.arguments.has("message_id")
    pinned = [message for message in chat.history if message.pinned]
    message = chat.history.get(call.arguments.integer("message_id")) if named else next(reversed(pinned), None)
    if message is None:
        raise bad_request("message to unpin not found")
    return _pinned(call, chat, message, pinned=False)


def _pinned(call: Call, chat: Chat, message: Message, *, pinned: bool) -> Json:
    if isinstance(chat, Group) and not chat.is_administrator(call.bot.id):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message.pinned = pinned
    call.seen["message_id"] = message.id
    call.world.show("edited", chat, message)
    return True


def react(call: Call) -> Json:
    reactions = call.arguments.json("reaction")
    emoji = _emoji(reactions)
    chat = chat_of(call, Access.READ)
    message = chat.history.get(call.arguments.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    if isinstance(chat, Dialog) and chat.blocked:
        chat_of(call, Access.WRITE)
    message.reactions = emoji
    call.seen["message_id"] = message.id
    call.world.show("edited", chat, message)
    return True


def _emoji(reactions: Json) -> list[str]:
    if reactions is None:
        return []
    if not isinstance(reactions, list):
        raise bad_request("Expected an Array of ReactionType")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    return [_one(reaction) for reaction in reactions]


def _one(reaction: Json) -> str:
    if not isinstance(reaction, dict) or reaction.get("type") != "emoji":
        raise bad_request("Can't parse ReactionType: invalid reaction type specified")
    emoji = reaction.get("emoji")
    if not isinstance(emoji, str) or emoji not in EMOJI:
        raise bad_request("REACTION_INVALID")
    return emoji


_MARKUP = {"reply_markup": JSON}
_MESSAGE = {"chat_id": STRING, "message_id": INTEGER}
METHODS = (
    Method("editMessageText", edit_text, dict(TARGET) | dict(TEXT) | _MARKUP),
    Method("editMessageCaption", edit_caption, dict(TARGET) | dict(CAPTION) | _MARKUP),
    Method("editMessageReplyMarkup", edit_markup, dict(TARGET) | _MARKUP),
    Method("deleteMessage", delete_message, _MESSAGE),
    Method("deleteMessages", delete_messages, {"chat_id": STRING, "message_ids": JSON}),
    Method("pinChatMessage", pin, _MESSAGE | {"disable_notification": BOOLEAN}),
    Method("unpinChatMessage", unpin, _MESSAGE),
    Method("setMessageReaction", react, _MESSAGE | {"reaction": JSON, "is_big": BOOLEAN}),
)
