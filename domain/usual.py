"""What holds for whoever has chosen nothing else."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import Person

_QUIET_FROM, _QUIET_UNTIL = time(22), time(7)


@dataclass(frozen=True, slots=True)
class Usual:
    """`leads` are the reminders, longest first; `timezone` (IANA) is the consortium's.

    Quiet hours are wall times; they may pass midnight.
    """

    leads: tuple[timedelta, ...]
    timezone: str
    quiet_from: time = _QUIET_FROM
    quiet_until: time = _QUIET_UNTIL


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A person's, or the usual. Equal ends mean that there are none."""

    starts: time
    ends: time
    timezone: str

    def over_at(self, now: datetime) -> datetime | None:
        """When the quiet hours that it is in now are over; None: it is not in any."""
        zone = ZoneInfo(self.timezone)
        local = now.astimezone(zone)
        clock = local.time().replace(tzinfo=None)
        passes_midnight = self.starts > self.ends
        in_evening = clock >= self.starts and (passes_midnight or clock < self.ends)
        in_morning = clock < self.ends and (passes_midnight or clock >= self.starts)
        if self.starts == self.ends or not (in_evening or in_morning):
            return None
        day = local.date() + timedelta(days=1 if passes_midnight and in_evening else 0)
        return datetime.combine(day, self.ends, zone).astimezone(now.tzinfo)


def quiet_hours(person: Person, usual: Usual) -> QuietHours:
    return QuietHours(
        person.quiet_from if person.quiet_from is not None else usual.quiet_from,
        person.quiet_until if person.quiet_until is not None else usual.quiet_until,
        person.timezone or usual.timezone,
    )
