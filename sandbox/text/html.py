"""Telegram's HTML: a few tags, four named entities, and the exact sentence for everything else."""

import string

from sandbox.text import tags
from sandbox.text.entity import Entity, in_order
from sandbox.text.tags import NAMES, Tag, apply, refuse, without_language

_SPACE = frozenset(" \t\r\n\0\v")
_END = "\0"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME_END = _SPACE | frozenset("=>/\"'")
_TOKEN = frozenset(string.ascii_letters + string.digits + ".-")
_LAST_POINT = 0x10FFFF
_LONGEST_NUMERIC = 10
_SURROGATES = range(0xD800, 0xE000)


def parse(source: str) -> tuple[str, list[Entity]]:
    """The text without markup and its entities. The text is neither trimmed nor cleaned."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self._length = len(source)
        self._source = source + _END
        self._at = 0
        self._out: list[str] = []
        self._size = 0
        self._open: list[Tag] = []
        self._entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self._at < self._length:
            self._step()
        if self._open:
            raise refuse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        text = "".join(self._out)
        if any(ord(char) in _SURROGATES for char in text):
            raise refuse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, in_order([without_language(entity) for entity in self._entities])

    def _step(self) -> None:
        char = self._source[self._at]
        if char == "<":
            self._tag()
            return
        if char == "&" and (decoded := self._reference()) is not None:
            self._write(decoded)
            return
        stop = self._at + 1
        while stop < self._length and self._source[stop] not in "<&":
            stop += 1
        self._write(self._source[self._at : stop])
        self._at = stop

    def _write(self, text: str) -> None:
        self._out.append(text)
        self._size += len(text)

    def _reference(self) -> str | None:
        """Decode `&...;` at the current place and move behind it; None leaves it as it stands."""
        numeric = self._source[self._at + 1] == "#"
        found = self._numeric() if numeric else self._named()
        if found is None:
            return None
        decoded, end = found
        self._at = end + (self._source[end] == ";")
        return decoded

    def _numeric(self) -> tuple[str, int] | None:
        start = self._at + 2
        base, digits = (16, string.hexdigits) if self._source[start] == "x" else (10, string.digits)
        start += base == 16  # noqa: PLR2004 -- the base of hexadecimal
        end = start
        while self._source[end] in digits:
            end += 1
        code = int(self._source[start:end] or "0", base)
        if code == 0 or code >= _LAST_POINT or end - self._at >= _LONGEST_NUMERIC:
            return None
        return chr(code), end

    def _named(self) -> tuple[str, int] | None:
        end = self._at + 1
        while self._source[end] in string.ascii_letters:
            end += 1
        decoded = _NAMED.get(self._source[self._at + 1 : end])
        return None if decoded is None else (decoded, end)

    def _byte(self, place: int) -> int:
        return len(self._source[:place].encode("utf-8", "surrogatepass"))

    def _skip(self, *, stop_at_end: bool = True) -> None:
        while self._source[self._at] in _SPACE and not (stop_at_end and self._at >= self._length):
            self._at += 1

    def _until_space_or_close(self) -> str:
        start = self._at
        while self._source[self._at] not in _SPACE and self._source[self._at] != ">":
            self._at += 1
        return self._source[start : self._at]

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._source[self._at] == "/":
            self._at += 1
            self._close(begin)
        else:
            self._start(begin)

    def _start(self, begin: int) -> None:
        name = self._until_space_or_close().lower()
        if self._at >= self._length:
            raise refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in NAMES:
            raise refuse(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        tag = Tag(name, self._size)
        self._attributes(tag, begin)
        if name == "span" and tag.argument != "spoiler":
            raise refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self._at += 1
        self._open.append(tag)

    def _attributes(self, tag: Tag, begin: int) -> None:
        while self._source[self._at] != ">":
            self._skip()
            if self._source[self._at] == ">":
                return
            name = self._attribute_name()
            if not name:
                raise refuse(f'Empty attribute name in the tag "{tag.name}" at byte offset {self._byte(begin)}')
            self._skip()
            value = self._attribute_value(tag, begin)
            apply(tag, name, value)

    def _attribute_name(self) -> str:
        start = self._at
        while self._source[self._at] not in _NAME_END:
            self._at += 1
        return self._source[start : self._at]

    def _attribute_value(self, tag: Tag, begin: int) -> str | None:
        """None for an attribute without a value."""
        if self._source[self._at] == "=":
            self._at += 1
            self._skip()
            self._check_open(tag, begin)
            value = self._quoted() if self._source[self._at] in "'\"" else self._token()
            if self._at >= self._length:
                raise refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
            return value
        self._check_open(tag, begin)
        return None

    def _check_open(self, tag: Tag, begin: int) -> None:
        if self._at >= self._length:
            raise refuse(f'Unclosed start tag "{tag.name}" at byte offset {self._byte(begin)}')

    def _token(self) -> str:
        start = self._at
        while self._source[self._at] in _TOKEN:
            self._at += 1
        if self._source[self._at] not in _SPACE and self._source[self._at] != ">":
            raise refuse(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self._source[start : self._at].lower()

    def _quoted(self) -> str:
        quote = self._source[self._at]
        self._at += 1
        value: list[str] = []
        while self._at < self._length and self._source[self._at] != quote:
            decoded = self._reference() if self._source[self._at] == "&" else None
            if decoded is None:
                decoded = self._source[self._at]
                self._at += 1
            value.append(decoded)
        self._at += self._at < self._length
        return "".join(value)

    def _close(self, begin: int) -> None:
        if not self._open:
            raise refuse(f"Unexpected end tag at byte offset {self._byte(begin)}")
        name = self._until_space_or_close().lower()
        self._skip()
        if self._source[self._at] != ">":
            raise refuse(f"Unclosed end tag at byte offset {self._byte(begin)}")
        tag = self._open[-1]
        if name and name != tag.name:
            raise refuse(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        self._at += 1
        if self._size > tag.start:
            tags.close(tag, self._size, self._out, self._entities)
        self._open.pop()
