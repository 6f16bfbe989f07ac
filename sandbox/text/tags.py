"""What the tags of Telegram's HTML mean."""

import string
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.errors import Refusal, bad_request
from sandbox.text import links
from sandbox.text.dates import check_format
from sandbox.text.entity import Entity

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
NAMES = _PLAIN.keys() | {"a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}


@dataclass(slots=True)
class Tag:
    """A tag that was opened and not yet closed."""

    name: str
    start: int
    argument: str = ""
    unix_time: int = 0


def refuse(message: str) -> Refusal:
    return bad_request(f"Can't parse entities: {message}")


def close(tag: Tag, end: int, written: Sequence[str], entities: list[Entity]) -> None:
    """Add the entity of a tag that held something; `written` is the text so far, in pieces."""
    where = (tag.start, end - tag.start)
    match tag.name:
        case "a":
            _add_link(tag, where, written, entities)
        case "pre" | "code":
            _add_code(tag, where, entities)
        case "tg-emoji":
            entities.append(Entity("custom_emoji", *where, custom_emoji_id=_emoji(tag.argument)))
        case "tg-time":
            _add_time(tag, where, entities)
        case "blockquote":
            entities.append(Entity("expandable_blockquote" if tag.argument else "blockquote", *where))
        case _:
            entities.append(Entity(_PLAIN[tag.name], *where))


def _add_link(tag: Tag, where: tuple[int, int], written: Sequence[str], entities: list[Entity]) -> None:
    url = tag.argument or "".join(written)[tag.start :]
    if (user_id := links.mentioned_user(url)) is not None:
        entities.append(Entity("text_mention", *where, user_id=user_id))
    elif links.accepts(url):
        entities.append(Entity("text_link", *where, url=links.checked(url)))


def _add_code(tag: Tag, where: tuple[int, int], entities: list[Entity]) -> None:
    """`<pre><code class="language-x">` is one entity, in either order of nesting."""
    inner = entities[-1] if entities and (entities[-1].offset, entities[-1].length) == where else None
    if inner is not None and tag.name == "pre" and inner.type == "code" and inner.language:
        entities[-1] = Entity("pre", *where, language=inner.language)
    elif inner is not None and tag.name == "code" and inner.type == "pre" and tag.argument:
        entities[-1] = Entity("pre", *where, language=tag.argument)
    else:
        entities.append(Entity(tag.name, *where, language=tag.argument or None))


def _add_time(tag: Tag, where: tuple[int, int], entities: list[Entity]) -> None:
    written = check_format(tag.argument)
    if written is None:
        raise refuse("Invalid date format used")
    if tag.unix_time > 0:
        entities.append(Entity("date_time", *where, unix_time=tag.unix_time, date_time_format=written))


def apply(tag: Tag, name: str, value: str | None) -> None:
    match tag.name, name:
        case ("blockquote", "expandable"):
            tag.argument = "1"
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
            tag.argument = value or ""
        case ("tg-time", "unix"):
            tag.unix_time = _integer(value or "")
        case ("code", "class") if (value or "").startswith("language-"):
            tag.argument = (value or "").removeprefix("language-")
        case ("span", "class") if (value or "").startswith("tg-"):
            tag.argument = (value or "").removeprefix("tg-")
        case _:
            return


def _integer(value: str) -> int:
    """As far as there are digits, like Telegram: "12x" is 12."""
    digits = len(value) - len(value.lstrip(string.digits))
    return int(value[:digits] or "0")


def _emoji(value: str) -> str:
    if not value.isascii() or not value.isdecimal() or int(value) == 0:
        raise refuse("Invalid custom emoji identifier specified")
    return value


def without_language(entity: Entity) -> Entity:
    return entity if entity.type != "code" or not entity.language else Entity("code", entity.offset, entity.length)
