"""A stretch of formatted text. Offsets count code points here; the wire counts UTF-16 units."""

from dataclasses import dataclass, replace

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
BLOCKQUOTES = frozenset({"blockquote", "expandable_blockquote"})
PRE = frozenset({"pre", "code", "date_time"})
FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"})
CONTINUOUS = FOUND | {"text_link", "text_mention", "custom_emoji"}

_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 10,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}


@dataclass(frozen=True, slots=True)
class Entity:
    type: str
    offset: int
    length: int
    url: str | None = None
    user_id: int | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def placed(self, start: int, end: int) -> "Entity":
        return replace(self, offset=start, length=end - start)


def in_order(entities: list[Entity]) -> list[Entity]:
    """By place, the longer first, then by Telegram's rank of the types."""
    return sorted(entities, key=lambda entity: (entity.offset, -entity.length, _PRIORITY.get(entity.type, 50)))
