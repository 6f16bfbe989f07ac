"""Wall-clock time and zone to one instant, and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from storage import ConvokeError


class SkippedTimeError(ConvokeError):
    """The clocks jump over this time on that day: nobody could ever see it on a clock. `next_valid` is after it."""

    def __init__(self, local: datetime, timezone: str) -> None:
        super().__init__(f"{local} does not exist in {timezone}")
        self.local = local
        self.timezone = timezone
        self.next_valid = derived(local, timezone).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def instant(local: datetime, timezone: str) -> datetime:
    """The UTC instant of a wall time (naive) in an IANA zone.

    A time that comes twice, when clocks go back, means the first. One that never comes is refused.
    """
    moment = derived(local, timezone)
    if moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, fold=0) != local:
        raise SkippedTimeError(local, timezone)
    return moment


def comes_twice(local: datetime, timezone: str) -> bool:
    """Whether the clocks go back over this wall time (naive), so that they show it again later."""
    zone = ZoneInfo(timezone)
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return second > first


def derived(local: datetime, timezone: str) -> datetime:
    """Like `instant`, but a time that never comes means as long after the jump as it would have been."""
    return local.replace(tzinfo=ZoneInfo(timezone), fold=0).astimezone(UTC)


def end(starts_at: datetime, duration_minutes: int) -> datetime:
    return starts_at + timedelta(minutes=duration_minutes)
