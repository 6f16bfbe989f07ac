"""RFC 5545 values that come out right, whatever people typed."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from icalendar import vText, vUri
from icalendar.prop import vCategory

_LINE_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_LONGEST_LINE = 74  # octets: with the space before a continued one, 75
_BEGIN_ESCAPES = (b"\\", b"^")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Text(vText):
    r"""TEXT that keeps its backslashes: icalendar would read `C:\New` as a line break before `ew`."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
        return escaped.encode()


def text(value: str) -> Text:
    """Line breaks stay; what no calendar can hold, and white space at the ends of lines, does not."""
    return Text("\n".join(line.rstrip() for line in _clean(value).split("\n")).strip())


def line(value: str) -> Text:
    """A single line."""
    return Text(" ".join(part.strip() for part in _clean(value).split("\n")).strip())


def uri(value: str) -> vUri:
    """Characters that RFC 3986 does not allow are percent-encoded, those already encoded stay as they are."""
    encoded = _BARE_PERCENT.sub("%25", _clean(value).strip())
    return vUri(quote(encoded, safe="%:/?#[]@!$&'()*+,;=~"))


def categories(values: list[str]) -> vCategory:
    category = vCategory([])
    category.cats = [line(value) for value in dict.fromkeys(values)]
    return category


def instant(moment: datetime) -> bytes:
    """To the second, in UTC: written with a Z, the only form that every calendar app reads alike."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}".encode()


def lines(values: Mapping[str, bytes | None]) -> bytes:
    """Content lines, in this order; names may have parameters. What has no value has no line.

    To the byte as icalendar writes them, which looks at every character of each.
    """
    return b"".join(
        _folded(name.encode() + b":" + value) + b"\r\n" for name, value in values.items() if value is not None
    )


def _folded(content: bytes) -> bytes:
    """RFC 5545, section 3.1. Splits neither a character nor, for readers that unfold too late, an escape."""
    if len(content) <= _LONGEST_LINE:
        return content
    pieces, begin = [], 0
    while len(content) - begin > _LONGEST_LINE:
        end = begin + _LONGEST_LINE
        while content[end] & 0xC0 == 0x80:  # noqa: PLR2004 -- UTF-8: in the middle of a character
            end -= 1
        if content[end - 1 : end] in _BEGIN_ESCAPES:
            end -= 1
        pieces.append(content[begin:end])
        begin = end
    return b"\r\n ".join([*pieces, content[begin:]])


def _clean(value: str) -> str:
    if value.isascii() and value.isprintable():  # as most lines are
        return value
    one_break = _LINE_BREAKS.sub("\n", value).replace("\t", " ")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", one_break))
