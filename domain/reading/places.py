"""Time zones as people call them: `CET`, `Shanghai`, `New York time`, `Europe/Brussels`, `UTC+1`."""

import re
import unicodedata
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location

from storage import ConvokeError

# People write the winter name all year round, so an abbreviation means the place, not a fixed offset.
_ZONE_NAMES = {
    "utc": "UTC",
    "z": "UTC",
    "gmt": "Europe/London",
    "bst": "Europe/London",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "cet": "Europe/Brussels",
    "cest": "Europe/Brussels",
    "eet": "Europe/Athens",
    "eest": "Europe/Athens",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "mez": "Europe/Brussels",
    "mesz": "Europe/Brussels",
    "eastern": "America/New_York",
    "ct": "America/Chicago",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "mt": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "central european": "Europe/Brussels",
    "central europe": "Europe/Brussels",
    "w. europe": "Europe/Berlin",
    "romance": "Europe/Paris",
    "greenwich mean": "Europe/London",
    "beijing": "Asia/Shanghai",
    "北京": "Asia/Shanghai",
    "上海": "Asia/Shanghai",
    "中国": "Asia/Shanghai",
    "china": "Asia/Shanghai",
    "san francisco": "America/Los_Angeles",
    "washington": "America/New_York",
    "boston": "America/New_York",
    "pekin": "Asia/Shanghai",
    "geneve": "Europe/Zurich",
}
_AROUND = re.compile(
    r"(?:in |à |a |at |heure (?:de |d')|hora (?:de |del )|ora di )?(.*?)"
    r"(?: (?:standard |daylight |local )?time|时间|時間)?",
    re.IGNORECASE | re.DOTALL,
)
_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+\u2212-]) ?(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE | re.ASCII)
_LONGEST_ABBREVIATION = 4
_LONGEST_NAME = 100
_FIRST, _LAST = -12, 14  # IANA has a zone for each whole hour from UTC-12 to UTC+14
_LANGUAGES = ("fr",)  # in which people write to us besides English: Bruxelles, Lisbonne


class PlaceError(ConvokeError):
    """No time zone and no city of one is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def timezone(text: str) -> str:
    """The IANA zone that is meant. Raises PlaceError."""
    if len(text) > _LONGEST_NAME:  # one letter may become a whole sentence when it is made plain
        raise PlaceError(text[:_LONGEST_NAME])
    name = text.strip(" ,()")
    around = _AROUND.fullmatch(name)
    inner = around[1].strip(" ()") if around else name
    for form in (name, inner):
        zone = _ZONE_NAMES.get(_plain(form)) or _zones_by_name().get(_plain(form)) or _at_offset(form)
        if zone is not None:
            return zone
    raise PlaceError(inner)


def abbreviates(text: str) -> bool:
    """Whether this is a zone's abbreviation such as CET, in capitals, and no city."""
    return len(text) <= _LONGEST_ABBREVIATION and text.upper() == text and _plain(text) in _ZONE_NAMES


def is_offset(text: str) -> bool:
    return _OFFSET.fullmatch(text.strip(" ()")) is not None


def _at_offset(name: str) -> str | None:
    """IANA counts these the other way round: UTC+1 is Etc/GMT-1."""
    found = _OFFSET.fullmatch(name)
    if found is None:
        return None
    hours = int(found[2]) * (1 if found[1] == "+" else -1)
    if int(found[3] or 0) or not _FIRST <= hours <= _LAST:
        return None
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


@cache
def _zones_by_name() -> dict[str, str]:
    """IANA zones by their own name and by their city; where two have one of that name, the first."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/")))
    by_name = {_plain(zone): zone for zone in zones}
    for zone in zones:
        by_name.setdefault(_plain(zone.rsplit("/", 1)[1]), zone)
    for language in _LANGUAGES:
        for zone in sorted(set(zones) - get_global("zone_aliases").keys()):
            city = get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)
            by_name.setdefault(_plain(city), zone)
    return by_name


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower().replace("_", " "))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
