"""What only one of several processes may do: whoever holds the lease does it, and renews it while it lives."""

from datetime import datetime, timedelta

from storage import Session, leases

LEASE = timedelta(seconds=10)
"""How long others wait for a process that has died."""

RENEWED = timedelta(seconds=3)
"""How often a living one renews: two renewals may fail before others take over."""


def take(session: Session, name: str, holder: str, *, now: datetime) -> bool:
    """Take the lease or renew it. False: another process holds it."""
    lease = leases.lock(session, name, holder, now + LEASE)
    if lease.holder != holder and now < lease.until <= now + 2 * LEASE:  # later than that: the clock was set back
        return False
    lease.holder, lease.until = holder, now + LEASE
    leases.save(session, lease)
    return True


def leave(session: Session, name: str, holder: str, *, now: datetime) -> None:
    """Let others have it at once."""
    lease = leases.lock(session, name, holder, now)
    if lease.holder == holder:
        lease.until = now
        leases.save(session, lease)
