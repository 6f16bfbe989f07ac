"""A text as Telegram stores it: without markup, cleaned, with entities counted in UTF-16 units."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.errors import bad_request
from sandbox.jsons import Json, JsonObject
from sandbox.text import cleaning, detection, html, links, nesting
from sandbox.text.dates import check_format
from sandbox.text.entity import FOUND, Entity
from sandbox.text.utf16 import Ruler, units

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
_BYTE_LIMIT = 1 << 15
_PLACE_LIMIT = 1_000_000
_BARE = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote", "expandable_blockquote"}
)

KnowsUser = Callable[[int], JsonObject | None]


@dataclass(frozen=True, slots=True)
class Formatted:
    text: str
    entities: tuple[JsonObject, ...] = ()


EMPTY = Formatted("")


def text_of(text: str, parse_mode: str | None, entities: Json, knows: KnowsUser) -> Formatted:
    """The text of a message; empty and too long ones are refused."""
    if not text:
        raise bad_request("Message text is empty")
    formatted = _formatted(text, parse_mode, entities, knows)
    if not formatted.text:
        raise bad_request("Text must be non-empty")
    if units(formatted.text) > TEXT_LIMIT:
        raise bad_request("Message is too long")
    return formatted


def caption_of(text: str, parse_mode: str | None, entities: Json, knows: KnowsUser) -> Formatted:
    """The caption of a document or photo; it may be empty."""
    formatted = _formatted(text, parse_mode, entities, knows)
    if units(formatted.text) > CAPTION_LIMIT:
        raise bad_request("Message caption is too long")
    return formatted


def typed(text: str, entities: Json, knows: KnowsUser) -> Formatted:
    """What a person types: plain, or with entities their client made. It may be empty."""
    formatted = _formatted(text, None, entities, knows)
    if units(formatted.text) > TEXT_LIMIT:
        raise bad_request("Message is too long")
    return formatted


def _formatted(text: str, parse_mode: str | None, given: Json, knows: KnowsUser) -> Formatted:
    if _bytes(text) > _BYTE_LIMIT:
        raise bad_request("Text is too long")
    text, entities = _read(text, parse_mode, given)
    text, entities = cleaning.clean(text, entities)
    text, entities = cleaning.trim(text, nesting.settle(entities))
    if cleaning.is_blank(text):
        return EMPTY
    entities = nesting.add_found(entities, detection.find(text))
    written = _written(text, entities, knows)
    if len(written) > ENTITY_LIMIT:
        # Telegram drops the excess without a word; here a test is to notice.
        raise bad_request(f"The message has {len(written)} entities, Telegram shows the first {ENTITY_LIMIT} only")
    return Formatted(text, written)


def _bytes(text: str) -> int:
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        raise bad_request("Strings must be encoded in UTF-8") from None


def _read(text: str, parse_mode: str | None, given: Json) -> tuple[str, list[Entity]]:
    mode = (parse_mode or "").lower()
    if mode in {"", "none"}:
        return text, _explicit(text, given)
    if mode == "html":
        return html.parse(text)
    if mode in {"markdown", "markdownv2"}:
        raise bad_request(f'parse_mode "{parse_mode}" is not modelled by the sandbox, use HTML or entities')
    raise bad_request("Unsupported parse_mode")


def _explicit(text: str, given: Json) -> list[Entity]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("Can't parse entities: expected an Array of MessageEntity")
    ruler = Ruler(text)
    return [entity for item in given if (entity := _entity(item, ruler)) is not None]


def _entity(item: Json, ruler: Ruler) -> Entity | None:
    if not isinstance(item, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    offset, length = _integer(item, "offset"), _integer(item, "length")
    if item.get("type") in FOUND:
        return None
    entity = _typed_entity(item)
    if not 0 <= offset <= _PLACE_LIMIT:
        raise bad_request(f"Receive an entity with incorrect offset {offset}")
    if not 0 <= length <= _PLACE_LIMIT:
        raise bad_request(f"Receive an entity with incorrect length {length}")
    start, end = ruler.to_points(offset), ruler.to_points(offset + length)
    if start is None:
        raise bad_request("Entity begins in a middle of a UTF-16 symbol")
    if end is None:
        raise bad_request(f"Entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol")
    return entity.placed(start, end) if end > start else None


def _typed_entity(item: JsonObject) -> Entity:
    """The kind of an entity with all it needs, not yet in its place."""
    kind = item.get("type")
    match kind:
        case str() if kind in _BARE:
            return Entity(kind, 0, 0)
        case "pre":
            return Entity("pre", 0, 0, language=_optional(item, "language"))
        case "text_link":
            return Entity("text_link", 0, 0, url=_link(item))
        case "text_mention":
            return Entity("text_mention", 0, 0, user_id=_user_id(item))
        case "custom_emoji":
            return Entity("custom_emoji", 0, 0, custom_emoji_id=_string(item, "custom_emoji_id"))
        case "date_time":
            return _date_time(item)
        case _:
            raise bad_request("Can't parse MessageEntity: Unsupported type specified")


def _date_time(item: JsonObject) -> Entity:
    unix_time = _integer(item, "unix_time")
    written = check_format(_optional(item, "date_time_format") or "")
    if written is None:
        raise bad_request("Can't parse MessageEntity: Invalid date-time format specified")
    if unix_time <= 0:
        raise bad_request("Invalid date specified")
    return Entity("date_time", 0, 0, unix_time=unix_time, date_time_format=written)


def _link(item: JsonObject) -> str:
    try:
        return links.checked(_string(item, "url"))
    except links.LinkError as error:
        raise bad_request(f"Entity URL '{item['url']}' is invalid: {error}") from None


def _integer(item: JsonObject, name: str) -> int:
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise bad_request(f'Can\'t parse MessageEntity: Field "{name}" must be of type Number')
    return value


def _string(item: JsonObject, name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str) or not value:
        raise bad_request(f'Can\'t parse MessageEntity: Field "{name}" must be of type String')
    return value


def _optional(item: JsonObject, name: str) -> str | None:
    return _string(item, name) if item.get(name) else None


def _user_id(item: JsonObject) -> int:
    user = item.get("user")
    if not isinstance(user, dict):
        raise bad_request('Can\'t parse MessageEntity: Field "user" must be of type Object')
    return _integer(user, "id")


def _written(text: str, entities: list[Entity], knows: KnowsUser) -> tuple[JsonObject, ...]:
    ruler = Ruler(text)
    return tuple(item for entity in entities if (item := _json(entity, ruler, knows)) is not None)


def _json(entity: Entity, ruler: Ruler, knows: KnowsUser) -> JsonObject | None:
    """None for a mention of somebody the bot does not know: Telegram drops it."""
    start, end = ruler.to_units(entity.offset), ruler.to_units(entity.end)
    item: JsonObject = {"type": entity.type, "offset": start, "length": end - start}
    if entity.user_id is not None:
        user = knows(entity.user_id)
        return None if user is None else item | {"user": user}
    for name in ("url", "language", "custom_emoji_id", "unix_time", "date_time_format"):
        if (value := getattr(entity, name)) is not None:
            item[name] = value
    return item
