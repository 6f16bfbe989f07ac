"""The consortium as its data file describes it, and how the database follows that file."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from domain.inspection import Check, Inspection
from storage import Cluster, ConvokeError, Partnership, Session, Topic, TopicKind
from storage import consortium as queries

RESERVED_IDS = frozenset({"all", "custom", "organisers", "personal", "topics"})
"""Parts of addresses: a partnership's feed is /feeds/{id}.ics, and /feeds/all.ics is taken."""

Row = TypeVar("Row", Partnership, Cluster, Topic)


@dataclass(frozen=True, slots=True)
class PartnershipEntry:
    """`color` is `#rrggbb` in small letters, or empty."""

    id: str
    name: str
    short_name: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    """`country` is an ISO 3166 code of two letters."""

    id: str
    name: str
    country: str
    partnership_id: str


@dataclass(frozen=True, slots=True)
class TopicEntry:
    id: str
    name: str
    kind: TopicKind


@dataclass(frozen=True, slots=True)
class Consortium:
    """Everything is in the order of the file, which is the order people see. `short_name` may be empty."""

    name: str
    partnerships: tuple[PartnershipEntry, ...]
    clusters: tuple[ClusterEntry, ...]
    topics: tuple[TopicEntry, ...]
    short_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synchronised:
    """What the database had to follow, each as its kind and id: "topic food". `webinars` counts those restamped."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    webinars: int = 0


class ConsortiumError(ConvokeError):
    """The data file cannot be used. `lines` are all faults, each a sentence for those who run Convoke."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def parse(text: str, name: str) -> Consortium:
    """`name` is the file's, for the sentences of a ConsortiumError."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConsortiumError([f"{name}: {error}."]) from None
    if faults := _faults(document, Inspection(name, text)):
        raise ConsortiumError(faults)
    return Consortium(
        name=document["name"],
        short_name=document.get("short_name", ""),
        partnerships=tuple(
            PartnershipEntry(entry["id"], entry["name"], entry["short_name"], entry.get("color", "").lower())
            for entry in document["partnership"]
        ),
        clusters=tuple(
            ClusterEntry(entry["id"], entry["name"], entry["country"], entry["partnership"])
            for entry in document.get("cluster", [])
        ),
        topics=tuple(
            TopicEntry(entry["id"], entry["name"], TopicKind(entry["kind"])) for entry in document.get("topic", [])
        ),
    )


def _faults(document: Mapping[str, Any], inspection: Inspection) -> list[str]:
    partnerships = inspection.tables(document, "partnership")
    member = _member_of(str(table.values.get("id")) for table in partnerships)
    top: dict[str, Check] = {"name": _label, "short_name": _label, "partnership": _some}
    inspection.check_top(document, top, ["cluster", "topic"], optional=["short_name"])
    for tables, checks in (
        (partnerships, {"short_name": _label, "color": _color}),
        (inspection.tables(document, "cluster"), {"country": _country, "partnership": member}),
        (inspection.tables(document, "topic"), {"kind": _kind}),
    ):
        identifier = _new_identifier()
        for table in tables:
            inspection.check_table(table, {"id": identifier, "name": _label} | checks, optional=["color"])
    return inspection.faults()


def _new_identifier() -> Check:
    seen = set()

    def check(value: object) -> None:
        if not isinstance(value, str) or re.fullmatch(r"[a-z0-9][a-z0-9-]{0,30}", value) is None:
            raise ValueError("must be 1 to 31 characters out of a-z, 0-9 and -, and may not begin with -")
        if value in RESERVED_IDS:
            raise ValueError(f'"{value}" is a part of addresses and cannot be an id')
        if value in seen:
            raise ValueError("another one has this id")
        seen.add(value)

    return check


def _some(value: object) -> None:
    if not value:
        raise ValueError("write at least one")


def _label(value: object) -> None:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("must be text on one line")


def _color(value: object) -> None:
    if not isinstance(value, str) or re.fullmatch(r"#[0-9a-fA-F]{6}", value) is None:
        raise ValueError('must be a colour such as "#1f7a4d"')


def _country(value: object) -> None:
    if not isinstance(value, str) or re.fullmatch(r"[A-Z]{2}", value) is None:
        raise ValueError('must be the two capital letters of a country, such as "BE"')


def _kind(value: object) -> None:
    if value not in list(TopicKind):
        raise ValueError("must be " + " or ".join(f'"{kind}"' for kind in TopicKind))


def _member_of(ids: Iterable[str]) -> Check:
    known = sorted(ids)

    def check(value: object) -> None:
        if value not in known:
            raise ValueError(f'there is no partnership "{value}"; known: {", ".join(known)}')

    return check


def synchronise(session: Session, consortium: Consortium, *, now: datetime) -> Synchronised:
    """Make the database say what the file says. Twice is once; processes that start together wait for each other.

    What left the file becomes inactive. A new name or colour is a change that calendars show: it restamps webinars.
    """
    queries.lock(session)
    partnerships = _follow(session, Partnership, _numbered(consortium.partnerships))
    clusters = _follow(session, Cluster, [asdict(entry) for entry in consortium.clusters])
    topics = _follow(session, Topic, _numbered(consortium.topics))
    differences = {"partnership": partnerships, "cluster": clusters, "topic": topics}
    return Synchronised(
        added=tuple(f"{kind} {id_}" for kind, difference in differences.items() for id_ in difference.added),
        changed=tuple(f"{kind} {id_}" for kind, difference in differences.items() for id_ in difference.changed),
        retired=tuple(f"{kind} {id_}" for kind, difference in differences.items() for id_ in difference.retired),
        webinars=queries.restamp_webinars(session, partnerships.shown, topics.shown, now),
    )


@dataclass(slots=True)
class _Difference:
    """Ids. `shown` are those of the changed whose change calendars show."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)


def _follow(session: Session, table: type[Row], entries: Iterable[Mapping[str, Any]]) -> _Difference:
    rows = queries.rows(session, table)
    wanted = {entry["id"]: {**entry, "active": True} for entry in entries}
    difference = _Difference()
    for id_, values in wanted.items():
        if id_ not in rows:
            rows[id_] = table(**values)
            difference.added.append(id_)
        elif keys := _update(rows[id_], values):
            difference.changed.append(id_)
            difference.shown.extend([id_] if keys & {"name", "short_name", "color"} else [])
    for id_, row in rows.items():
        if id_ not in wanted and _update(row, {"active": False}):
            difference.retired.append(id_)
    queries.save(session, rows.values())
    return difference


def _update(row: Partnership | Cluster | Topic, values: Mapping[str, Any]) -> set[str]:
    """Returns the columns that had other values."""
    different = {key for key, value in values.items() if getattr(row, key) != value}
    for key in different:
        setattr(row, key, values[key])
    return different


def _numbered(entries: Sequence[PartnershipEntry | TopicEntry]) -> list[dict[str, Any]]:
    return [asdict(entry) | {"position": position} for position, entry in enumerate(entries)]
