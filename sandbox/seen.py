"""What a test sees of the sandbox, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sandbox.jsons import Json

_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
# JSON read back: its shape is the server's promise.
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button as shown; `action` says what it does, `value` with what."""

    text: str
    action: str
    value: Json

    @classmethod
    def read(cls, button: Record) -> Self:
        action = next(name for name in button if name not in _LOOKS)
        return cls(text=button["text"], action=action, value=button[action])

    @property
    def data(self) -> str | None:
        return str(self.value) if self.action == "callback_data" else None

    @property
    def url(self) -> str | None:
        return str(self.value) if self.action == "url" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as a person sees it. `raw` is all of it."""

    message_id: int
    chat: int
    sender: int
    date: int
    text: str
    entities: tuple[Record, ...]
    keyboard: tuple[tuple[Button, ...], ...]
    reply_keyboard: tuple[tuple[str, ...], ...]
    edited: bool
    document: Record | None
    inline_message_id: str | None
    pinned: bool
    raw: Record = field(repr=False, compare=False)

    @classmethod
    def read(cls, message: Record) -> Self:
        return cls(
            message_id=message["message_id"],
            chat=message["chat"],
            sender=message["from"]["id"],
            date=message["date"],
            text=message["text"],
            entities=tuple(message["entities"]),
            keyboard=tuple(tuple(Button.read(button) for button in row) for row in message["keyboard"]),
            reply_keyboard=tuple(tuple(button["text"] for button in row) for row in message["reply_keyboard"]),
            edited=message["edited"],
            document=message["document"],
            inline_message_id=message["inline_message_id"],
            pinned=message["pinned"],
            raw=message,
        )

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.keyboard for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.text for button in self.buttons)

    def button(self, text: str) -> Button:
        """The button with this label; KeyError says which there are."""
        for button in self.buttons:
            if button.text == text:
                return button
        raise KeyError(f"no button {text!r} among {self.labels}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What a press led to. `url` is what a link button or the bot's answer opens."""

    query_id: str | None
    answered: bool
    text: str
    alert: bool
    url: str | None

    @classmethod
    def read(cls, answer: Record) -> Self:
        return cls(
            query_id=answer.get("callback_query_id"),
            answered=answer["answered"],
            text=answer.get("text", ""),
            alert=answer.get("show_alert", False),
            url=answer.get("url"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A call the bot made, and how it ended. For an answer to a press, `chat_id` is who pressed."""

    seq: int
    at: float
    bot_id: int
    method: str
    chat_id: int | None
    params: Record
    ok: bool
    error_code: int | None
    description: str | None
    text: str | None
    entities: tuple[Record, ...]
    markup: Record | None
    files: tuple[Record, ...]
    message_id: int | None
    raw: Record = field(repr=False, compare=False)

    @classmethod
    def read(cls, call: Record) -> Self:
        return cls(
            seq=call["seq"],
            at=call["at"],
            bot_id=call["bot_id"],
            method=call["method"],
            chat_id=call["chat_id"],
            params=call["params"],
            ok=call["ok"],
            error_code=call.get("error_code"),
            description=call.get("description"),
            text=call.get("text"),
            entities=tuple(call.get("entities", ())),
            markup=call.get("markup"),
            files=tuple(call.get("files", ())),
            message_id=call.get("message_id"),
            raw=call,
        )

    @property
    def labels(self) -> tuple[str, ...]:
        rows = (self.markup or {}).get("inline_keyboard", [])
        return tuple(button["text"] for row in rows for button in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An inline query, with its results once the bot answered."""

    query_id: str
    answered: bool
    results: tuple[Record, ...]
    button: Record | None

    @classmethod
    def read(cls, answer: Record) -> Self:
        return cls(
            query_id=answer["inline_query_id"],
            answered=answer["answered"],
            results=tuple(answer.get("results", ())),
            button=answer.get("button"),
        )
