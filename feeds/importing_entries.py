"""One event of a calendar file, read by the library, and what it says of a webinar."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Event as Entry

from domain.importing_values import Trouble
from feeds.importing_fields import Raw, TroubleError
from feeds.importing_rules import BadRuleError, checked, first_day
from feeds.importing_scan import Component, Property
from feeds.importing_zones import Zones

LINE = "X-CONVOKE-LINE"
"""Our own mark on what the library hands around: the line of the file where it begins."""

EXCLUDED = "X-CONVOKE-EXCLUDED"
"""Our own mark on a date that was taken out of its series."""

_DATE = re.compile(r"[0-9]{8}")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CATEGORY = re.compile(r"(?:[^\\,]|\\.|\\$)+", re.DOTALL)
_ADDRESSES = frozenset({"CONFERENCE", "URL"})
_MANY = frozenset({"RDATE", "EXDATE"})
_LINKS = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "LOCATION",
    "URL",
)


def entry_of(component: Component, zones: Zones, floating_zone: str) -> Entry:
    """Raises TroubleError, and whatever the library makes of damaged values."""
    if not component.whole or component.broken:
        raise TroubleError(Trouble.UNREADABLE)
    start = component.find("DTSTART")
    if start is None:
        raise TroubleError(Trouble.NO_START)
    if start.parameters.get("VALUE", "").upper() == "DATE" or _DATE.fullmatch(start.value):
        raise TroubleError(Trouble.ALL_DAY)
    if component.value("EXRULE") or len(component.values("RRULE")) > 1:
        raise TroubleError(Trouble.BAD_RULE, component.value("EXRULE"))
    _check_rule(component, start)
    lines = [_line(each, zones, floating_zone) for each in _for_the_library(component)]
    entry = Entry.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, f"{LINE}:{component.line}", "END:VEVENT", "")))
    if not isinstance(entry, Entry) or entry.errors:
        raise TroubleError(Trouble.UNREADABLE)
    moment(entry)
    entry.update(_texts(component))
    return entry


def _texts(component: Component) -> dict[str, list[str]]:
    """What the library is spared: it takes each character in turn, and some milliseconds for hundreds of categories."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in component.properties:
        if each.is_text:
            found[each.name] += _words(each)
    return found


def _for_the_library(component: Component) -> Iterator[Property]:
    """What it is needed for. Of what there may be one of, a second is enough to be told so."""
    counted = Counter[str]()
    for each in component.properties:
        counted[each.name] += 1
        if not each.is_text and (counted[each.name] <= 2 or each.name in _MANY):  # noqa: PLR2004 -- as it says
            yield each


def _words(each: Property) -> list[str]:
    """RFC 5545, 3.3.11. Of categories there are several in one."""
    if each.name in _ADDRESSES:
        return [each.value]
    said = _CATEGORY.findall(each.value) if each.name == "CATEGORIES" else [each.value]
    return [_ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], one) for one in said]


def _check_rule(component: Component, start: Property) -> None:
    rule = component.value("RRULE")
    try:
        if "RRULE" in {each.name for each in component.properties}:
            checked(rule, first_day(start.value))
    except BadRuleError:
        raise TroubleError(Trouble.BAD_RULE, rule) from None


def is_floating(component: Component) -> bool:
    """Whether it says no zone. RFC 5545, 3.3.5: a time on the clock of whoever reads it."""
    start = component.find("DTSTART")
    return start is not None and "TZID" not in start.parameters and not start.value.endswith("Z")


def _line(each: Property, zones: Zones, floating_zone: str) -> str:
    """The property again, its zone by IANA's name, without what a webinar is not made of."""
    if not each.is_date:
        return f"{each.name}:{each.value}"
    kept = "".join(f";{name}={each.parameters[name]}" for name in ("VALUE", "RANGE") if name in each.parameters)
    if each.value.endswith("Z") or "T" not in each.value:
        return f"{each.name}{kept}:{each.value}"
    named = each.parameters.get("TZID")
    zone = zones.named(named) if named else floating_zone
    if zone is None:
        raise TroubleError(Trouble.UNKNOWN_ZONE, named or "")
    return f"{each.name};TZID={zone}{kept}:{each.value}"


def line_of(entry: Entry) -> int:
    return int(text(entry, LINE))


def sequence(entry: Entry) -> int:
    number = text(entry, "SEQUENCE").lstrip("+-")
    return int(number[:9]) if number.isascii() and number.isdigit() else 0


def moment(entry: Entry, name: str = "DTSTART") -> datetime:
    """Raises TroubleError for a value that is no time of day in a zone."""
    value = _value(entry, name)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TroubleError(Trouble.UNREADABLE)
    return value


def length(entry: Entry) -> timedelta | None:
    """None where the file says neither an end nor a duration, or an end that is no time of day."""
    duration = _value(entry, "DURATION")
    if isinstance(_value(entry, "DTEND"), datetime):
        return moment(entry, "DTEND") - moment(entry)
    return duration if isinstance(duration, timedelta) else None


def original(entry: Entry) -> date:
    """The date or moment in its series that the entry stands for, as the clock of its own zone shows it."""
    value = _value(entry, "RECURRENCE-ID")
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(moment(entry).tzinfo).replace(tzinfo=None)
    if not isinstance(value, date):
        raise TroubleError(Trouble.UNREADABLE)
    return value


def _value(entry: Entry, name: str) -> object:
    return getattr(entry.get(name), "dt", None)


def raw(entry: Entry, suffix: str, *, cancels: bool) -> Raw:
    """`suffix` tells the dates of a series apart."""
    start, uid = moment(entry), text(entry, "UID")
    return Raw(
        uid=f"{uid}{suffix}" if uid else None,
        line=line_of(entry),
        title=text(entry, "SUMMARY"),
        local_start=start.replace(tzinfo=None),
        timezone=getattr(start.tzinfo, "key", "UTC"),
        length=length(entry),
        description=text(entry, "DESCRIPTION"),
        links=[link for name in _LINKS for link in texts(entry, name)],
        topics=tuple(texts(entry, "CATEGORIES")),
        status="cancelled" if cancels or EXCLUDED in entry else text(entry, "STATUS"),
        excluded=EXCLUDED in entry,
    )


def text(entry: Entry, name: str) -> str:
    return next(iter(texts(entry, name)), "")


def texts(entry: Entry, name: str) -> list[str]:
    found: Any = entry.get(name, [])
    return [str(value) for value in (found if isinstance(found, list) else [found])]
