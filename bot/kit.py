"""What handlers work with, put together once in `convoke` and handed down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.doors import Door
from domain.calendar import Snapshot
from domain.coming import Coming
from domain.offices import PLACES
from domain.usual import Usual
from storage import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """`usual` is what holds for whoever chose nothing else; `settle` is how long a change waits for second thoughts.

    `secret` signs the links to personal calendars. `zones` (IANA) are where people sit whose time organisers are told,
    the consortium's own first.

    `door` says where `Join now` leads.

    `calendar_file` renders the webinar with a code as an iCalendar file.

    `coming` is what this process knows of the coming webinars: the pages look in the same.
    """

    database: Database
    now: Callable[[], datetime]
    public_url: str
    secret: bytes = field(repr=False)
    calendar_file: Callable[[str, Snapshot], bytes]
    door: Door
    usual: Usual
    settle: timedelta
    language: str
    zones: tuple[str, ...] = PLACES
    coming: Coming = field(default_factory=Coming, repr=False)
