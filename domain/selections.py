"""Which calendar: everything, a part of it that has an address, or a person's own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Everything:
    """All webinars of all partnerships."""


@dataclass(frozen=True, slots=True)
class HostedBy:
    partnership_id: str


@dataclass(frozen=True, slots=True)
class About:
    topic_id: str


@dataclass(frozen=True, slots=True)
class Custom:
    """What one of these hosts, about one of these markets and one of these sectors, in one of these languages.

    Where none is named, any will do.
    """

    partnership_ids: frozenset[str] = frozenset()
    topic_ids: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Single:
    """One webinar, however long ago."""

    code: str


@dataclass(frozen=True, slots=True)
class Personal:
    """`generation` is that of the link; one older than the person's own was replaced."""

    person_id: int
    generation: int
    without_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Meetings:
    """Those of the organisers, for one of them. `generation` as above."""

    person_id: int
    generation: int


Public = Everything | HostedBy | About | Custom | Single
Secret = Personal | Meetings
"""Whose address is a secret of one person."""

Selection = Public | Secret
