"""Counts outlive people: what somebody had added to them is kept when they are erased, and nothing else of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from storage import Session, figures


@contextmanager
def kept(session: Session, person_id: int) -> Iterator[None]:
    """Around an erasure. What is kept is the difference between the counts before and after, whatever they count.

    So whoever was the first of a company is counted once for it, and a colleague does not take their place.
    """
    touched = figures.touched_by(session, person_id)
    before = figures.living(session, touched)
    yield
    session.flush()
    after = figures.living(session, touched)
    lost = {origin: before[origin] - after[origin] for origin in before.keys() | after.keys()}
    figures.keep(session, {origin: number for origin, number in lost.items() if number})
