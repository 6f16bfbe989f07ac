"""What an organiser types into a field of a draft, turned into a value or refused."""

import re
import unicodedata
from enum import StrEnum
from urllib.parse import urlsplit

from storage import ConvokeError

TITLE_LENGTH = 120
DESCRIPTION_LENGTH = 2000
LINK_LENGTH = 500
LONGEST_MINUTES = 24 * 60
MOST_SEATS = 100_000

_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,2})\s*(?:h|hour|hours)\s*)?(?:(?P<minutes>\d{1,4})\s*(?:m|min|mins|minutes)?\.?)?",
    re.IGNORECASE,
)
_VISIBLE = "LNPS"  # letters, numbers, punctuation, symbols: what is left over is only marks, spaces and joiners
_UNLIMITED = frozenset({"unlimited", "no limit", "illimité", "sans limite", "none", "no", "-", "∞"})
_HOST = re.compile(r"(?:\w[\w-]*\.)+\w[\w-]*\.?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class FieldFault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_HTTPS = "not_https"
    NO_DURATION = "no_duration"
    NO_SEATS = "no_seats"
    TOO_MANY_LINES = "too_many_lines"
    NOTHING_FOUND = "nothing_found"
    NO_DAY = "no_day"
    NO_EMAIL = "no_email"
    NO_PHONE = "no_phone"


class FieldError(ConvokeError):
    """What was typed does not fit the field. `limit` is the most that would have."""

    def __init__(self, fault: FieldFault, limit: int = 0) -> None:
        super().__init__(fault)
        self.fault = fault
        self.limit = limit


def title(text: str) -> str:
    return within(" ".join(clean(text).split()), TITLE_LENGTH)


def description(text: str) -> str:
    return within(clean(text).strip(), DESCRIPTION_LENGTH)


def join_url(text: str) -> str:
    """An https address with a host and without a user name: what people are sent to must be what they see."""
    link = within(clean(text).strip(), LINK_LENGTH)
    if not _is_usable(link) or any(character.isspace() for character in link):
        raise FieldError(FieldFault.NOT_HTTPS)
    return link


def _is_usable(link: str) -> bool:
    try:
        parts = urlsplit(link)
        port = parts.port  # raises for one that is no port
    except ValueError:
        return False
    unclear = "@" in parts.netloc or parts.netloc.endswith(":") or port == 0  # Telegram takes no button to these
    return parts.scheme == "https" and not unclear and bool(_HOST.fullmatch(parts.hostname or ""))


def duration(text: str) -> int:
    """Minutes, from `90`, `90 min`, `1h`, `1 h 30`."""
    found = _DURATION.fullmatch(clean(text).strip())
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0) if found else 0
    if not 0 < minutes <= LONGEST_MINUTES:
        raise FieldError(FieldFault.NO_DURATION, LONGEST_MINUTES // 60)
    return minutes


def capacity(text: str) -> int | None:
    """Seats; None is as many as come."""
    answer = clean(text).strip().lower()
    if answer in _UNLIMITED:
        return None
    number = int(answer) if answer.isascii() and answer.isdigit() and len(answer) <= len(str(MOST_SEATS)) else 0
    if not 0 < number <= MOST_SEATS:
        raise FieldError(FieldFault.NO_SEATS, MOST_SEATS)
    return number


def clean(text: str) -> str:
    """Without characters that nobody sees and that upset others: controls, direction marks, half characters."""
    return _CONTROL.sub("", text)


def within(text: str, limit: int) -> str:
    if not any(unicodedata.category(character)[0] in _VISIBLE for character in text):
        raise FieldError(FieldFault.EMPTY)
    if len(text) > limit:
        raise FieldError(FieldFault.TOO_LONG, limit)
    return text
