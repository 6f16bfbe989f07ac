"""What a file of webinars says, as values; why it can't be taken, or a line of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain import wall_time
from storage import ConvokeError

_ABOUT = 50


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read. What a file may make of it is bounded too, in proportion to `events`."""

    size: int
    events: int

    @property
    def lines(self) -> int:
        return 100 * self.events

    @property
    def dates(self) -> int:
        """Single dates added to series, or taken out of them."""
        return 5 * self.events

    @property
    def days(self) -> int:
        """How many days of calendar all series together may make us look at."""
        return 500 * self.events


CHAT = Limits(size=1024 * 1024, events=1_000)
COMMAND_LINE = Limits(size=10 * 1024 * 1024, events=20_000)


class Refusal(StrEnum):
    """Why a whole file is not taken."""

    TOO_LARGE = "too_large"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_EVENTS = "too_many_events"
    TOO_MANY_DATES = "too_many_dates"
    TOO_MUCH_REPETITION = "too_much_repetition"
    TOO_DEEP = "too_deep"
    LINE_TOO_LONG = "line_too_long"
    NOT_TEXT = "not_text"
    NOT_CALENDAR = "not_calendar"
    NOT_KNOWN = "not_known"
    NO_HEADER = "no_header"
    BROKEN_TABLE = "broken_table"
    EMPTY = "empty"


class FileRefusedError(ConvokeError):
    """The file is not taken, and nothing has changed. `limit` is the most that would have been."""

    def __init__(self, refusal: Refusal, *, limit: int = 0, line: int = 0) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.limit = limit
        self.line = line


class Trouble(StrEnum):
    """What is wrong with one line. Those in NOTED are taken all the same."""

    NO_TITLE = "no_title"
    NO_START = "no_start"
    UNREADABLE = "unreadable"
    UNREADABLE_START = "unreadable_start"
    UNREADABLE_LENGTH = "unreadable_length"
    NO_YEAR = "no_year"
    TWO_DATES = "two_dates"
    UNKNOWN_ZONE = "unknown_zone"
    SKIPPED_TIME = "skipped_time"
    ALL_DAY = "all_day"
    PAST = "past"
    TOO_FAR = "too_far"
    TOO_LONG = "too_long"
    BACKWARDS = "backwards"
    BAD_RULE = "bad_rule"
    DUPLICATE = "duplicate"
    LONG_UID = "long_uid"
    NOT_AN_EVENT = "not_an_event"
    ALREADY_CANCELLED = "already_cancelled"
    NOT_YOURS = "not_yours"
    NOT_IMPORTED = "not_imported"
    OVER = "over"

    NO_LINK = "no_link"
    NO_LENGTH = "no_length"
    BAD_LINK = "bad_link"
    BAD_SEATS = "bad_seats"
    CUT_TITLE = "cut_title"
    CUT_DESCRIPTION = "cut_description"
    UNKNOWN_TOPIC = "unknown_topic"
    UNKNOWN_LANGUAGE = "unknown_language"
    HORIZON = "horizon"


NOTED = frozenset(
    {
        Trouble.NO_LINK,
        Trouble.NO_LENGTH,
        Trouble.BAD_LINK,
        Trouble.BAD_SEATS,
        Trouble.CUT_TITLE,
        Trouble.CUT_DESCRIPTION,
        Trouble.UNKNOWN_TOPIC,
        Trouble.UNKNOWN_LANGUAGE,
        Trouble.HORIZON,
    }
)


@dataclass(frozen=True, slots=True)
class Remark:
    """`line` counts from 1 as an editor does; `about` is the title or whatever names it; `part` is what is at fault."""

    line: int
    about: str
    trouble: Trouble
    part: str = ""

    @property
    def taken(self) -> bool:
        return self.trouble in NOTED


def remark(line: int, about: str, trouble: Trouble, part: str = "") -> Remark:
    """With the file's own words cut to what a line can show."""
    return Remark(line, _short(about), trouble, _short(part))


def _short(text: str) -> str:
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 2 * _ABOUT]).split())
    return plain if len(plain) <= _ABOUT else f"{plain[:_ABOUT]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One webinar, every value as a draft may hold it. What the file does not say is None, or empty.

    `uid` is the file's; without one the row is matched by its title. `local_start` is a wall time (naive) in
    `timezone` (IANA), to the minute. `excluded` was taken out of its series: if it was never taken, it is nothing.
    """

    uid: str | None
    line: int
    title: str
    local_start: datetime
    timezone: str
    duration_minutes: int
    description: str = ""
    join_url: str | None = None
    language: str | None = None
    capacity: int | None = None
    topics: tuple[str, ...] = ()
    cancelled: bool = False
    excluded: bool = False

    @property
    def starts_at(self) -> datetime:
        return wall_time.derived(self.local_start, self.timezone)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a file holds. `floating` counts the events without a zone, which are read in `timezone`."""

    events: tuple[Event, ...]
    remarks: tuple[Remark, ...]
    floating: int
    timezone: str


def once_each(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """In the order of the file, and of one line each thing once, however many webinars it stands for."""
    return tuple(sorted(set(remarks), key=lambda found: (found.line, found.trouble, found.part)))


class Outcome(StrEnum):
    """What became of one event: of a draft, where the word says so, else of a webinar. The words are in the log."""

    DRAFTED = "drafted"
    REDRAFTED = "redrafted"
    DISCARDED = "discarded"
    PUBLISHED = "published"
    CHANGED = "changed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    UNCHANGED = "unchanged"


_NO_CHANGES = frozenset({Outcome.DRAFTED, Outcome.PUBLISHED, Outcome.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Taken:
    line: int
    title: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """What a file led to, or would."""

    taken: tuple[Taken, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(each.outcome for each in self.taken)

    @property
    def changes(self) -> tuple[Taken, ...]:
        """What was there before and is not as it was."""
        return tuple(each for each in self.taken if each.outcome not in _NO_CHANGES)

    def __add__(self, other: "Report") -> "Report":
        return Report(self.taken + other.taken, once_each(self.remarks + other.remarks))
