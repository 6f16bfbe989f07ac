"""Whatever people do in whatever order, seats and waitlist are as in a few lines of plain Python."""

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import people, registration
from domain.people import Visitor
from storage import Database, Delivery, Registration, RegistrationStatus, Session, registrations
from tests.factories import NOW, add_people, add_webinar, rows

PEOPLE = 5
update_ids = count(1)
codes = count(1)

everybody = range(1, PEOPLE + 1)
coming = st.permutations(everybody).map(lambda order: [("register", person) for person in order])
acts = st.tuples(st.sampled_from(["register", "leave", "leave", "block", "return"]), st.sampled_from(everybody))
stories = st.builds(lambda first, then: first + then, coming, st.lists(acts, min_size=6, max_size=14))
"""First everybody comes, so that there is a line; then anything may happen."""


@dataclass
class Model:
    capacity: int
    seated: set[int] = field(default_factory=set)
    line: list[int] = field(default_factory=list)
    away: set[int] = field(default_factory=set)
    told: list[int] = field(default_factory=list)

    def reachable_line(self) -> list[int]:
        return [person for person in self.line if person not in self.away]

    def register(self, person: int) -> None:
        self.back(person)  # a tap is a message: whoever taps can be reached
        if person in self.seated or person in self.line:
            return
        if len(self.seated) < self.capacity and not self.reachable_line():
            self.seated.add(person)
        else:
            self.line.append(person)

    def leave(self, person: int) -> None:
        self.back(person)
        self.seated.discard(person)
        if person in self.line:
            self.line.remove(person)
        self._promote()

    def block(self, person: int) -> None:
        self.away.add(person)

    def back(self, person: int) -> None:
        self.away.discard(person)
        self._promote()

    def _promote(self) -> None:
        for person in self.reachable_line()[: self.capacity - len(self.seated)]:
            self.line.remove(person)
            self.seated.add(person)
            self.told.append(person)


async def act(database: Database, code: str, deed: str, person: int) -> None:
    if deed == "block":
        await database.write(people.depart, person, now=NOW)
        return
    await database.write(
        people.arrive, Visitor(person, "x"), language="en", bot_id=1, update_id=next(update_ids), now=NOW
    )
    if deed == "register":
        await database.write(registration.register, code, person, now=NOW)
    elif deed == "leave":
        await database.write(registration.leave, code, person, now=NOW)


@dataclass(frozen=True)
class Found:
    """Each in order; `positions` are those that people are shown."""

    seated: set[int]
    line: list[int]
    positions: list[int]
    told: list[int]


def found(session: Session, webinar_id: int) -> Found:
    queue = [row for row in rows(session, Registration, "queue_number") if row.webinar_id == webinar_id]
    waiting = [row for row in queue if row.status is RegistrationStatus.WAITLISTED]
    return Found(
        seated={row.person_id for row in queue if row.status is RegistrationStatus.REGISTERED},
        line=[row.person_id for row in waiting],
        positions=[registrations.position(session, row) for row in waiting],
        told=[row.person_id for row in rows(session, Delivery) if row.webinar_id == webinar_id],
    )


@pytest.fixture
async def crowd(database: Database) -> Database:
    await database.write(add_people, PEOPLE)
    return database


@settings(
    max_examples=20,
    deadline=None,
    # One database for all examples: each has a webinar of its own, and everybody is back at its beginning.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(capacity=st.integers(1, 2), deeds=stories)
async def test_seats_and_waitlist_are_as_in_the_model(
    crowd: Database, capacity: int, deeds: list[tuple[str, int]]
) -> None:
    code = f"w{next(codes)}"
    webinar_id = await crowd.write(add_webinar, code=code, capacity=capacity)
    for person in everybody:
        await act(crowd, code, "return", person)
    model = Model(capacity)

    for deed, person in deeds:
        await act(crowd, code, deed, person)
        getattr(model, {"return": "back"}.get(deed, deed))(person)

        positions = [
            1 + sum(other not in model.away for other in model.line[:place]) for place in range(len(model.line))
        ]
        assert await crowd.read(found, webinar_id) == Found(model.seated, model.line, positions, model.told)
        assert len(model.seated) <= capacity
        assert len(model.seated) == capacity or not model.reachable_line()
