"""Time zones as people call them: `CET`, `Shanghai`, `New York time`, `Europe/Brussels`."""

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
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "beijing": "Asia/Shanghai",
    "china": "Asia/Shanghai",
    "san francisco": "America/Los_Angeles",
    "washington": "America/New_York",
    "boston": "America/New_York",
    "pekin": "Asia/Shanghai",
    "geneve": "Europe/Zurich",
}
_LANGUAGES = ("fr",)  # in which people write to us besides English: Bruxelles, Lisbonne


class PlaceError(ConvokeError):
    """No time zone and no city of one is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def timezone(text: str) -> str:
    """The IANA zone that is meant. Raises PlaceError."""
    name = text.strip(" ,()")
    if name.lower().endswith(" time"):
        name = name[: -len(" time")].strip(" ()")
    zone = _ZONE_NAMES.get(_plain(name)) or _zones_by_name().get(_plain(name))
    if zone is None:
        raise PlaceError(name)
    return zone


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
