"""Messages and the history of a chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sandbox import keyboards
from sandbox.files import StoredFile
from sandbox.jsons import Json, JsonObject
from sandbox.text.formatted import EMPTY, Formatted

HISTORY_LIMIT = 500
BEHIND_LIMIT = 10


@dataclass(slots=True, kw_only=True)
class Message:
    """One message of a chat. `sender` and `chat` are JSON as the Bot API shows them, shared, never changed."""

    id: int
    chat: JsonObject
    date: int
    sender: JsonObject | None = None
    content: Formatted = EMPTY
    document: StoredFile | None = None
    photo: StoredFile | None = None
    contact: JsonObject | None = None
    markup: JsonObject | None = None
    edit_date: int | None = None
    reply_to: int | None = None
    via_bot: JsonObject | None = None
    inline_message_id: str | None = None
    forward_origin: JsonObject | None = None
    service: JsonObject | None = None
    link_preview: JsonObject | None = None
    reactions: Sequence[str] = ()
    pinned: bool = False
    protected: bool = False
    calls: tuple[int, ...] = ()
    updates: tuple[int, ...] = ()

    @property
    def sender_id(self) -> int:
        identity = (self.sender or self.chat)["id"]
        assert isinstance(identity, int)
        return identity

    @property
    def has_media(self) -> bool:
        return self.document is not None or self.photo is not None

    @property
    def inline_markup(self) -> JsonObject | None:
        return self.markup if keyboards.is_inline(self.markup) else None

    def heard(self, update_id: int) -> None:
        """A bot was told of the message, or of a press on it."""
        self.updates = (*self.updates[1 - BEHIND_LIMIT :], update_id)

    def changed_by(self, call: int) -> None:
        self.calls = (*self.calls[1 - BEHIND_LIMIT :], call)

    def json(self) -> JsonObject:
        """As the Bot API shows it, without the message it replies to."""
        shown: JsonObject = {"message_id": self.id}
        if self.sender is not None:
            shown["from"] = self.sender
        else:
            shown["sender_chat"] = self.chat
        shown |= {"chat": self.chat, "date": self.date}
        for name, value in (
            ("edit_date", self.edit_date),
            ("forward_origin", self.forward_origin),
            ("via_bot", self.via_bot),
            ("link_preview_options", self.link_preview),
            ("reply_markup", self.inline_markup),
            ("has_protected_content", self.protected or None),
        ):
            if value is not None:
                shown[name] = value
        return shown | self._media() | self._words() | (self.service or {})

    def _media(self) -> JsonObject:
        if self.contact is not None:
            return {"contact": self.contact}
        if self.document is not None:
            return {"document": self.document.document()}
        return {"photo": [self.photo.photo()]} if self.photo is not None else {}

    def _words(self) -> JsonObject:
        if not self.content.text:
            return {}
        text, entities = ("caption", "caption_entities") if self.has_media else ("text", "entities")
        words: JsonObject = {text: self.content.text}
        return words | {entities: list(self.content.entities)} if self.content.entities else words

    def shown(self) -> JsonObject:
        """As a person sees it in the chat: what the page draws and what tests look at."""
        file = self.document or self.photo
        view: JsonObject = {
            "message_id": self.id,
            "chat": self.chat["id"],
            "from": self.sender or self.chat,
            "date": self.date,
            "text": self.content.text,
            "entities": list(self.content.entities),
            "keyboard": _rows(self.markup, "inline_keyboard"),
            "reply_keyboard": _rows(self.markup, "keyboard"),
            "edited": self.edit_date is not None,
            "document": None if file is None else file.document(),
            "is_photo": self.photo is not None,
        }
        extra: dict[str, Json] = {
            "contact": self.contact,
            "reply_to": self.reply_to,
            "via_bot": self.via_bot,
            "inline_message_id": self.inline_message_id,
            "forwarded": self.forward_origin is not None,
            "service": self.service,
            "reactions": list(self.reactions),
            "pinned": self.pinned,
            "calls": list(self.calls),
            "updates": list(self.updates),
        }
        return view | extra


def _rows(markup: JsonObject | None, kind: str) -> Json:
    return [] if markup is None else markup.get(kind, [])


class History:
    """The newest messages of a chat, by id."""

    def __init__(self, limit: int = HISTORY_LIMIT) -> None:
        self._messages: dict[int, Message] = {}
        self._limit = limit

    def add(self, message: Message) -> None:
        self._messages[message.id] = message
        if len(self._messages) > self._limit:
            del self._messages[next(iter(self._messages))]

    def get(self, message_id: int) -> Message | None:
        return self._messages.get(message_id)

    def remove(self, message_id: int) -> bool:
        return self._messages.pop(message_id, None) is not None

    def last_of(self, sender_id: int) -> Message | None:
        return next((message for message in reversed(self._messages.values()) if message.sender_id == sender_id), None)

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())

    def __len__(self) -> int:
        return len(self._messages)
