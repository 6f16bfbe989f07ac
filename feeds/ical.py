"""RFC 5545 values that come out right, whatever people typed."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

from icalendar import vText, vUri
from icalendar.prop import vCategory

_LINE_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Text(vText):
    r"""TEXT that keeps its backslashes: icalendar would read `C:\New` as a line break before `ew`."""

    def to_ical(self) -> bytes:
        return re.sub(r"[\\;,]", r"\\\g<0>", self).replace("\n", r"\n").encode()


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


def instant(moment: datetime) -> datetime:
    """To the second, in UTC: written with a Z, the only form that every calendar app reads alike."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _clean(value: str) -> str:
    one_break = _LINE_BREAKS.sub("\n", value).replace("\t", " ")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", one_break))
