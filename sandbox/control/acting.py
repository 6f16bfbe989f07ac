"""What a test makes people do: /_/say, /_/press, /_/start and so on."""

import asyncio
import base64
import binascii
import contextlib

from starlette.requests import Request
from starlette.routing import Route

from sandbox import acts, membership
from sandbox.acts import Said
from sandbox.bots import Bot
from sandbox.callbacks import Query
from sandbox.chats import Chat, Group
from sandbox.control.body import Fields, answering, body_of
from sandbox.control.deeplinks import start_payload
from sandbox.errors import ControlError
from sandbox.jsons import Json, JsonObject
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World

_LONGEST_WAIT = 60.0


class Acting:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        acts_by_name = {
            "say": self.say,
            "start": self.start,
            "edit": self.edit,
            "document": self.document,
            "contact": self.contact,
            "press": self.press,
            "forge": self.forge,
            "inline": self.inline,
            "choose": self.choose,
            "block": self.block,
        }
        return [Route(f"/_/{name}", answering(act), methods=["POST"]) for name, act in acts_by_name.items()]

    def _person(self, fields: Fields) -> Person:
        person = self._world.person(fields.integer("user"))
        if person.deactivated:
            raise ControlError(f"{person.id} is deactivated")
        return person

    def _place(self, fields: Fields, person: Person) -> Chat:
        """The chat named, or the person's own with the bot."""
        chat_id, bot = fields.optional_integer("chat"), fields.name("bot")
        if chat_id is not None and chat_id in self._world.groups:
            return self._world.groups[chat_id]
        if chat_id is not None and chat_id != person.id:
            raise ControlError(f"There is no chat {chat_id}")
        return self._world.dialog(self._world.bot_named(bot), person.id)

    def _message(self, chat: Chat, message_id: int) -> Message:
        message = chat.history.get(message_id)
        if message is None:
            raise ControlError(f"There is no message {message_id} in the chat {chat.id}")
        return message

    async def say(self, request: Request) -> Json:
        fields = await body_of(request)
        person = self._person(fields)
        chat = self._place(fields, person)
        said = Said(
            text=fields.string("text"),
            entities=fields.take("entities"),
            reply_to=fields.optional_integer("reply_to"),
            forwarded=fields.flag("forward"),
        )
        fields.end()
        return acts.say(self._world, person, chat, said).shown()

    async def start(self, request: Request) -> Json:
        fields = await body_of(request)
        person = self._person(fields)
        chat = self._place(fields, person)
        payload = fields.optional_string("payload")
        fields.end()
        if payload is not None:
            start_payload(payload)
        return acts.say(self._world, person, chat, Said(text=f"/start {payload or ''}".strip())).shown()

    async def edit(self, request: Request) -> Json:
        fields = await body_of(request)
        person = self._person(fields)
        chat = self._place(fields, person)
        message = self._message(chat, fields.integer("message_id"))
        text = fields.string("text")
        fields.end()
        return acts.edit(self._world, person, chat, message, text).shown()

    async def document(self, request: Request) -> Json:
        fields = await body_of(request)
        person = self._person(fields)
        chat = self._place(fields, person)
        bot = self._world.bots_in(chat)[:1]
        owner = bot[0].id if bot else 0
        name, mime_type = fields.string("file_name"), fields.optional_string("mime_type") or ""
        content = _decoded(fields.string("content_base64"))
        caption = fields.optional_string("caption") or ""
        fields.end()
        file = self._world.files.keep(owner, name, mime_type, content)
        return acts.say(self._world, person, chat, Said(text=caption, document=file)).shown()

    async def contact(self, request: Request) -> Json:
        fields = await body_of(request)
        person = self._person(fields)
        chat = self._place(fields, person)
        contact: JsonObject = {"phone_number": fields.string("phone_number"), "first_name": fields.string("first_name")}
        for name in ("last_name", "vcard"):
            value = fields.optional_string(name)
            if value:
                contact[name] = value
        fields.end()
        return acts.say(self._world, person, chat, Said(contact=contact)).shown()

    async def press(self, request: Request) -> Json:
        """Press what is shown; with `wait` (seconds) the bot's answer comes along."""
        fields = await body_of(request)
        person = self._person(fields)
        chat = self._place(fields, person)
        message = self._message(chat, fields.integer("message_id"))
        button = _button(fields, message)
        wait = fields.number("wait")
        fields.end()
        if "callback_data" not in button:
            return self._opened(button)
        data, bot = str(button["callback_data"]), self._author(chat, message)
        query = acts.press(self._world, person, chat, message, data, bot)
        return await _pressed(query, wait)

    def _opened(self, button: JsonObject) -> Json:
        opened: JsonObject = {name: value for name, value in button.items() if name not in {"text", "style"}}
        return opened | {"answered": False}

    def _author(self, chat: Chat, message: Message) -> Bot:
        """The bot a press goes to: who wrote the message, or through whom it was sent."""
        author = (message.via_bot or {}).get("id", message.sender_id)
        if isinstance(author, int) and author in self._world.bots:
            return self._world.bots[author]
        if isinstance(chat, Group) and (present := self._world.bots_in(chat)):
            return present[0]
        raise ControlError("No bot wrote this message")

    async def forge(self, request: Request) -> Json:
        """Callback data that no button shows, as a hostile client sends it."""
        fields = await body_of(request)
        person = self._person(fields)
        chat = self._place(fields, person)
        message = self._message(chat, fields.integer("message_id"))
        data, wait = fields.string("data"), fields.number("wait")
        fields.end()
        return await _pressed(acts.press(self._world, person, chat, message, data, self._author(chat, message)), wait)

    async def inline(self, request: Request) -> Json:
        fields = await body_of(request)
        person, bot = self._person(fields), self._world.bot_named(fields.name("bot"))
        query, offset, wait = fields.string("query"), fields.optional_string("offset") or "", fields.number("wait")
        fields.end()
        asked = acts.ask_inline(self._world, bot, person, query, offset)
        await _answered(asked, wait)
        shown: JsonObject = {"inline_query_id": asked.id, "answered": asked.answer is not None}
        return shown | (asked.answer or {})

    async def choose(self, request: Request) -> Json:
        fields = await body_of(request)
        person = self._person(fields)
        query = self._world.queries.find(fields.string("inline_query_id"))
        if query is None:
            raise ControlError("There is no such inline query")
        result_id, text = fields.string("result_id"), fields.optional_string("query") or ""
        chat = self._place(fields, person)
        fields.end()
        bot = self._world.bots[query.bot_id]
        return acts.choose(self._world, bot, person, chat, query, result_id, text).shown()

    async def block(self, request: Request) -> Json:
        fields = await body_of(request)
        person, bot = self._person(fields), self._world.bot_named(fields.name("bot"))
        on = fields.flag("on", default=True)
        fields.end()
        membership.block(self._world, bot, person, on=on)
        return {"blocked": on}


def _button(fields: Fields, message: Message) -> JsonObject:
    """By label or callback data, as a test names it, or by callback data alone, as the page does."""
    data = fields.optional_string("data")
    if data is not None:
        return acts.find_button(message, data, by=("callback_data",))
    return acts.find_button(message, fields.string("button"))


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        raise ControlError('"content_base64" is no base64') from None


async def _pressed(query: Query, wait: float) -> JsonObject:
    await _answered(query, wait)
    shown: JsonObject = {"callback_query_id": query.id, "answered": query.answer is not None}
    return shown | (query.answer or {})


async def _answered(query: Query, wait: float) -> None:
    if wait <= 0:
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(min(wait, _LONGEST_WAIT)):
            await query.answered.wait()
