"""How often one calendar link may be used: as often as any app needs, and not as a loop would."""

from collections.abc import Hashable
from datetime import datetime, timedelta

_EACH = timedelta(seconds=5)
_AT_ONCE = 60
_KNOWN = 10_000


class Limits:
    """So many at once, and then one every five seconds. Forgotten at a restart."""

    def __init__(self) -> None:
        self._paid_until: dict[Hashable, datetime] = {}
        """Each use is paid for with time, up to so many in advance."""

    def wait(self, key: Hashable, now: datetime) -> timedelta:
        """Nothing if it may be used now, which counts; else for how long to wait."""
        most = now + _AT_ONCE * _EACH  # also when the clock was set back
        paid_until = self._paid_until[key] = min(max(self._paid_until.get(key, now), now), most)
        if (over := paid_until + _EACH - most) > timedelta():
            return over
        self._paid_until[key] = paid_until + _EACH
        if len(self._paid_until) > _KNOWN:
            self._paid_until = {key: until for key, until in self._paid_until.items() if until > now}
        return timedelta()

    def __len__(self) -> int:
        return len(self._paid_until)
