"""What Telegram finds in a text by itself: commands, mentions, hashtags, addresses."""

import re

from sandbox.text.entity import Entity

_COMMAND = re.compile(
    r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?![A-Za-z0-9_])(?:@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_]))?(?![\w/<>])"
)
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")
_HASHTAG = re.compile(r"(?<![\w#@])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")
_EMAIL = re.compile(r"(?<![\w.@+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w@-])")
_URL = re.compile(
    r"(?<![\w@./-])(?:(?P<protocol>https?|ftp)://(?:[^\s/@<>]{1,64}@)?)?"
    r"(?P<host>(?:[\w-]{1,63}\.)+(?P<top>[^\W\d_]{2,24}|xn--[\w-]{2,59})|(?:\d{1,3}\.){3}\d{1,3})(?::\d{1,5})?"
    r"(?P<path>[/?#][^\s<>\"«»]*)?(?![\w@-])",
    re.IGNORECASE,
)
_PATH_END = ".:;,('?!`"
_PAIRS = {")": "(", "]": "[", "}": "{"}
# Every country has a domain of two letters; of the longer ones these are taken without a protocol.
_DOMAIN_WORDS = (
    "com org net edu gov mil int info biz name pro aero coop museum arpa app dev page blog cloud online "
    "site shop store tech space live news media social agency academy solutions services network digital "
    "events company global world today email link click xyz top club wiki design studio team tools work "
    "zone center eco bio brussels berlin paris london wien amsterdam vlaanderen gent koeln hamburg bayern "
    "barcelona madrid quebec tokyo cat post tel mobi jobs travel asia "
)
_LONG_DOMAINS = frozenset(_DOMAIN_WORDS.split())
_COUNTRY_LENGTH = 2
_OCTET_LIMIT = 255


def find(text: str) -> list[Entity]:
    """In order, none overlapping another."""
    found: list[Entity] = []
    if "@" in text:
        found += _all("mention", _MENTION, text) + _all("email", _EMAIL, text)
    if "/" in text:
        found += _all("bot_command", _COMMAND, text)
    if "#" in text:
        found += _all("hashtag", _HASHTAG, text)
    if "." in text:
        found += [entity for match in _URL.finditer(text) if (entity := _url(match)) is not None]
    return _disjoint(sorted(found, key=lambda entity: (entity.offset, -entity.length)))


def _all(kind: str, pattern: re.Pattern[str], text: str) -> list[Entity]:
    return [Entity(kind, match.start(), match.end() - match.start()) for match in pattern.finditer(text)]


def _url(match: re.Match[str]) -> Entity | None:
    top = match["top"]
    if top is None and any(int(part) > _OCTET_LIMIT for part in match["host"].split(".")):
        return None
    if top is not None and not match["protocol"] and not _is_common(top.lower()):
        return None
    path = match["path"] or ""
    end = match.end() - len(path) + len(_sane_path(path))
    return Entity("url", match.start(), end - match.start())


def _is_common(top: str) -> bool:
    return (top.isascii() and len(top) == _COUNTRY_LENGTH) or top in _LONG_DOMAINS or top.startswith("xn--")


def _sane_path(path: str) -> str:
    balance = dict.fromkeys("([{", 0)
    for place, char in enumerate(path):
        if char in balance:
            balance[char] += 1
        elif char in _PAIRS:
            balance[_PAIRS[char]] -= 1
            if balance[_PAIRS[char]] < 0:
                return path[:place].rstrip(_PATH_END)
    return path.rstrip(_PATH_END)


def _disjoint(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept
