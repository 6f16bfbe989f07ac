"""What can be wrong with a date and time that somebody typed."""

from enum import StrEnum

from storage import ConvokeError

_SHOWN = 60


class WhenFault(StrEnum):
    UNREADABLE = "unreadable"
    NO_SUCH_DATE = "no_such_date"
    NO_SUCH_TIME = "no_such_time"
    NO_TIME = "no_time"
    WRONG_WEEKDAY = "wrong_weekday"
    TWO_DATES = "two_dates"
    SKIPPED = "skipped"
    SECOND_OF_TWO = "second_of_two"
    PAST = "past"
    UNKNOWN_ZONE = "unknown_zone"
    TWO_ZONES = "two_zones"


class WhenError(ConvokeError):
    """What was typed is no moment to hold a webinar. `part` is the piece of it that is at fault, cut if long."""

    def __init__(self, fault: WhenFault, part: str) -> None:
        self.fault = fault
        self.part = part if len(part) <= _SHOWN else f"{part[:_SHOWN]}…"
        super().__init__(f"{fault}: {self.part}")
