"""What holds for whoever has chosen nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import Person

_QUIET_FROM, _QUIET_UNTIL = time(22), time(7)
_MINUTE = timedelta(minutes=1)


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
        if not self._cover(now):
            return None
        zone = ZoneInfo(self.timezone)
        local = now.astimezone(zone)
        day = local.date() + timedelta(days=1 if local.time() >= self.ends else 0)
        over = datetime.combine(day, self.ends, zone).astimezone(UTC)
        if over.astimezone(zone).utcoffset() != local.utcoffset():
            return self._first_uncovered(now)
        return over

    def _first_uncovered(self, now: datetime) -> datetime:
        """In a night when clocks change, an end may come twice or never: only going there finds the way out."""
        moment = now.astimezone(UTC)
        while self._cover(moment):
            moment = moment.replace(second=0, microsecond=0) + _MINUTE
        return moment

    def _cover(self, moment: datetime) -> bool:
        clock = moment.astimezone(ZoneInfo(self.timezone)).time()
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


def quiet_hours(person: Person, usual: Usual) -> QuietHours:
    return QuietHours(
        person.quiet_from if person.quiet_from is not None else usual.quiet_from,
        person.quiet_until if person.quiet_until is not None else usual.quiet_until,
        person.timezone or usual.timezone,
    )
