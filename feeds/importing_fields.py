"""The words of a file made the values of a webinar; what does not fit is named, what is too long is cut."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain import wall_time
from domain.importing_values import Event, Remark, Trouble, remark
from domain.reading import draft_values
from domain.reading.draft_values import DESCRIPTION_LENGTH, LONGEST_MINUTES, TITLE_LENGTH, FieldError

HORIZON_YEARS = 10
USUAL_LENGTH = timedelta(minutes=60)
_LONGEST_UID = 255
_LINK = re.compile(r"https://[^\s<>\"']+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}>"
_MEETINGS = re.compile(
    r"https://(?:[\w-]+\.)*(?:zoom\.us|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com|webex\.com"
    r"|gotomeeting\.com|goto\.com|whereby\.com|livestorm\.co|bigbluebutton\.org|jit\.si|bluejeans\.com)/",
    re.IGNORECASE,
)
_CANCELLED = frozenset({"cancelled", "canceled"})


class TroubleError(ValueError):
    """An event is not taken."""

    def __init__(self, trouble: Trouble, part: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.part = part


@dataclass(slots=True, kw_only=True)
class Raw:
    """What a file says of one webinar, and the remarks that come of reading it.

    `links` may each be an address or text with one in it, the likeliest first. `length` is None if nothing says it.
    """

    uid: str | None
    line: int
    title: str
    local_start: datetime
    timezone: str
    length: timedelta | None
    description: str = ""
    links: Iterable[str] = ()
    language: str | None = None
    capacity: int | None = None
    topics: tuple[str, ...] = ()
    status: str = ""
    excluded: bool = False
    remarks: list[Remark] = field(default_factory=list)

    def note(self, trouble: Trouble, part: str = "") -> None:
        self.remarks.append(remark(self.line, self.title, trouble, part))


def event(raw: Raw, *, now: datetime) -> Event:
    """Raises TroubleError for what can't be a webinar."""
    local_start = raw.local_start.replace(second=0, microsecond=0, fold=0)
    _check_start(local_start, raw.timezone, now)
    return Event(
        uid=_uid(raw.uid),
        line=raw.line,
        title=_title(raw),
        local_start=local_start,
        timezone=raw.timezone,
        duration_minutes=_minutes(raw),
        description=_description(raw),
        join_url=_link(raw),
        language=raw.language,
        capacity=raw.capacity,
        topics=raw.topics,
        cancelled=raw.status.strip().lower() in _CANCELLED,
        excluded=raw.excluded,
    )


def _check_start(local_start: datetime, timezone: str, now: datetime) -> None:
    try:
        starts_at = wall_time.instant(local_start, timezone)
    except wall_time.SkippedTimeError:
        raise TroubleError(Trouble.SKIPPED_TIME, f"{local_start:%Y-%m-%d %H:%M}") from None
    except (OverflowError, ValueError):
        raise TroubleError(Trouble.UNREADABLE) from None
    if starts_at <= now:
        raise TroubleError(Trouble.PAST, f"{local_start:%Y-%m-%d %H:%M}")
    if local_start.year > now.year + HORIZON_YEARS:
        raise TroubleError(Trouble.TOO_FAR, str(local_start.year))


def _uid(uid: str | None) -> str | None:
    plain = draft_values.clean(uid or "").strip()
    if len(plain) > _LONGEST_UID:
        raise TroubleError(Trouble.LONG_UID, plain)
    return plain or None


def _title(raw: Raw) -> str:
    try:
        return draft_values.title(raw.title)
    except FieldError as error:
        plain = " ".join(draft_values.clean(raw.title).split())
        if not error.limit:
            raise TroubleError(Trouble.NO_TITLE) from None
        raw.note(Trouble.CUT_TITLE, str(TITLE_LENGTH))
        return f"{plain[: TITLE_LENGTH - 1].rstrip()}…"


def _description(raw: Raw) -> str:
    plain = draft_values.clean(raw.description).strip()
    if len(plain) <= DESCRIPTION_LENGTH:
        return plain
    raw.note(Trouble.CUT_DESCRIPTION, str(DESCRIPTION_LENGTH))
    return f"{plain[: DESCRIPTION_LENGTH - 1].rstrip()}…"


def _minutes(raw: Raw) -> int:
    if raw.length is None or raw.length == timedelta():
        raw.note(Trouble.NO_LENGTH, str(USUAL_LENGTH // timedelta(minutes=1)))
        return USUAL_LENGTH // timedelta(minutes=1)
    if raw.length < timedelta():
        raise TroubleError(Trouble.BACKWARDS)
    minutes = -(-raw.length // timedelta(minutes=1))
    if minutes > LONGEST_MINUTES:
        raise TroubleError(Trouble.TOO_LONG, str(LONGEST_MINUTES // 60))
    return minutes


def _link(raw: Raw) -> str | None:
    """A meeting's address wherever it stands, else the first address that can be used."""
    found = [link for text in (*raw.links, raw.description) for link in links_in(text)]
    chosen = next((link for link in found if _MEETINGS.match(link)), None)
    if chosen is None:
        chosen = next((link for text in raw.links for link in links_in(text)), None)
    if chosen is None and any(text.strip() for text in raw.links):
        raw.note(Trouble.BAD_LINK, next(text for text in raw.links if text.strip()))
    return chosen


def links_in(text: str) -> list[str]:
    """The addresses in a text that people can be sent to."""
    usable = []
    for found in _LINK.findall(draft_values.clean(text)):
        try:
            usable.append(draft_values.join_url(found.rstrip(_AFTER_LINK)))
        except FieldError:
            continue
    return usable
