"""What people do: they write, press, start, block. Each act reaches the bots as Telegram would tell them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox import keyboards, membership
from sandbox.bots import Bot
from sandbox.callbacks import Query
from sandbox.chats import CHANNEL, Chat, Dialog, Group
from sandbox.errors import ControlError
from sandbox.files import StoredFile
from sandbox.jsons import Json, JsonObject
from sandbox.keyboards import QUERY_LIMIT
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.text.formatted import EMPTY, Formatted, typed
from sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    text: str = ""
    entities: Json = None
    reply_to: int | None = None
    forwarded: bool = False
    document: StoredFile | None = None
    photo: StoredFile | None = None
    contact: JsonObject | None = None
    via_bot: JsonObject | None = None
    markup: JsonObject | None = None
    inline_message_id: str | None = None
    content: Formatted | None = None


def say(world: World, person: Person, chat: Chat, said: Said) -> Message:
    """A person's message in a chat."""
    content = said.content if said.content is not None else _content(world, said)
    if not content.text and said.document is None and said.photo is None and said.contact is None:
        raise ControlError("There is nothing in the message")
    if said.reply_to is not None and chat.history.get(said.reply_to) is None:
        raise ControlError(f"There is no message {said.reply_to} to reply to")
    _enter(world, chat, person)
    message = Message(
        id=chat.ids.take(),
        chat=world.chat_json(chat),
        date=world.clock.date(),
        sender=None if isinstance(chat, Group) and chat.type == CHANNEL else person.user,
        content=content,
        document=said.document,
        photo=said.photo,
        contact=said.contact,
        reply_to=said.reply_to,
        markup=said.markup,
        via_bot=said.via_bot,
        inline_message_id=said.inline_message_id,
        forward_origin=_origin(world) if said.forwarded else None,
    )
    _tell(world, chat, message, "message")
    world.post(chat, message)
    return message


def _content(world: World, said: Said) -> Formatted:
    return typed(said.text, said.entities, world.user) if said.text else EMPTY


def _origin(world: World) -> JsonObject:
    return {"type": "hidden_user", "sender_user_name": "Somebody", "date": world.clock.date()}


def _enter(world: World, chat: Chat, person: Person) -> None:
    """Writing to a bot starts the chat with it; who has blocked it unblocks it first, as in the apps."""
    if isinstance(chat, Group):
        if not chat.has(person.id):
            raise ControlError(f"{person.id} is not in the chat {chat.id}")
        if chat.migrated_to is not None:
            raise ControlError(f"The chat {chat.id} became {chat.migrated_to}")
        return
    if chat.blocked:
        membership.block(world, world.bots[chat.bot_id], person, on=False)
    chat.started = True


def _tell(world: World, chat: Chat, message: Message, kind: str) -> None:
    if isinstance(chat, Group) and chat.type == CHANNEL:
        kind = {"message": "channel_post", "edited_message": "edited_channel_post"}[kind]
    shown = world.with_reply(chat, message)
    for bot in world.bots_in(chat):
        if _reaches(world, bot, chat, message):
            update = world.send(bot, kind, shown, chat.id)
            if update is not None:
                message.heard(update.id)


def _reaches(world: World, bot: Bot, chat: Chat, message: Message) -> bool:
    """In a group a bot hears commands, its name and replies to it, unless it is an administrator."""
    if isinstance(chat, Dialog) or chat.type == CHANNEL or bot.reads_groups or chat.is_administrator(bot.id):
        return True
    replied = chat.history.get(message.reply_to) if message.reply_to is not None else None
    if replied is not None and replied.sender_id == bot.id:
        return True
    if (message.via_bot or {}).get("id") == bot.id:
        return True
    name = f"@{bot.username}".lower()
    words = [_word(message.content.text, entity).lower() for entity in message.content.entities]
    return any(word == name or (word.startswith("/") and ("@" not in word or word.endswith(name))) for word in words)


def _word(text: str, entity: JsonObject) -> str:
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def edit(world: World, person: Person, chat: Chat, message: Message, text: str) -> Message:
    if message.sender_id != person.id:
        raise ControlError("Only one's own message can be edited")
    message.content = typed(text, None, world.user)
    message.edit_date = world.clock.date()
    _tell(world, chat, message, "edited_message")
    world.show("edited", chat, message)
    return message


def press(world: World, person: Person, chat: Chat, message: Message, data: str, bot: Bot) -> Query:
    """A press on a callback button, of a message in a chat or one sent by inline mode."""
    query = world.queries.open(bot.id, person.id)
    told: JsonObject = {"id": query.id, "from": person.user, "chat_instance": str(message.chat["id"]), "data": data}
    if message.inline_message_id is not None:
        told["inline_message_id"] = message.inline_message_id
    else:
        told["message"] = world.with_reply(chat, message)
    update = world.send(bot, "callback_query", told, person.id)
    if update is not None:
        message.heard(update.id)
    return query


def find_button(message: Message, wanted: str, by: Sequence[str] = ("text", "callback_data")) -> JsonObject:
    """The button a message shows, by its exact label or callback data."""
    shown = keyboards.buttons(message.markup)
    for name in by:
        found = [button for button in shown if button.get(name) == wanted]
        if len(found) > 1 and name == "text":
            raise ControlError(f"{len(found)} buttons are labelled {wanted!r}: name one by its callback data")
        if found:
            return found[0]
    labels = ", ".join(repr(button["text"]) for button in shown) or "none"
    raise ControlError(f"The message {message.id} shows no button {wanted!r}; it shows: {labels}")


def ask_inline(world: World, bot: Bot, person: Person, query: str, offset: str) -> Query:
    if not bot.supports_inline:
        raise ControlError(f"{bot.username} has no inline mode")
    if len(query) > QUERY_LIMIT:
        raise ControlError(f"An inline query has at most {QUERY_LIMIT} characters")
    asked = world.queries.open(bot.id, person.id)
    told: JsonObject = {"id": asked.id, "from": person.user, "chat_type": "sender", "query": query, "offset": offset}
    world.send(bot, "inline_query", told, person.id)
    return asked


def choose(world: World, bot: Bot, person: Person, chat: Chat, query: Query, result_id: str, text: str) -> Message:
    """Send a result of an inline query to a chat: a message the bot can edit by its inline_message_id."""
    results = (query.answer or {}).get("results")
    chosen = [item for item in results if item["id"] == result_id] if isinstance(results, list) else []
    if not chosen or query.user_id != person.id or query.bot_id != bot.id:
        raise ControlError(f"The inline query {query.id} shows {person.id} no result {result_id!r}")
    content, markup = chosen[0]["content"], chosen[0]["markup"]
    # Without a keyboard the bot gets no handle to the message.
    handle = f"inline{query.id}-{len(world.inline_messages)}" if markup is not None else None
    formatted = Formatted(content["text"], tuple(content["entities"]))
    said = Said(content=formatted, via_bot=bot.user, markup=markup, inline_message_id=handle)
    message = say(world, person, chat, said)
    told: JsonObject = {"result_id": result_id, "from": person.user, "query": text}
    world.send(bot, "chosen_inline_result", told | ({"inline_message_id": handle} if handle else {}), person.id)
    return message
