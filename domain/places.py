"""Time zones as people call them: `CET`, `Shanghai`, `New York time`, `Europe/Brussels`."""

from functools import cache
from zoneinfo import available_timezones

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
}


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
    zone = _ZONE_NAMES.get(name.lower()) or _zones_by_name().get(name.lower().replace("_", " "))
    if zone is None:
        raise PlaceError(name)
    return zone


@cache
def _zones_by_name() -> dict[str, str]:
    """IANA zones by their own name and by their city; where two have one of that name, the first."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/")))
    by_name = {zone.lower().replace("_", " "): zone for zone in zones}
    for zone in zones:
        by_name.setdefault(zone.rsplit("/", 1)[1].lower().replace("_", " "), zone)
    return by_name
