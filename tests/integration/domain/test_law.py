"""The law of the post office, tried by chance.

Whatever happens in whatever order: at the end everyone who should have been told was told exactly once of the last
truth, and nobody else was told anything.
"""

import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlmodel import select

from domain import changes, following, outbox, people, planning, registration, reminding
from domain.content import Announcement, Edited, Reminder, SeatWon
from domain.details import Detail
from domain.errors import RegistrationClosedError
from domain.outbox import LEASE, Outgoing, Sent, Unreachable
from domain.people import Visitor
from domain.takes_place import Cancelled, Moved, Restored
from storage import Registration, RegistrationStatus, Session, Webinar, WebinarStatus
from storage.engine import open_engine
from tests.announcing import ADMIN, prepare, publish
from tests.factories import INTERVAL, LEADS, NOW, SETTLE
from tests.outbox import USUAL

SME = st.integers(2, 6)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
START = NOW + 3 * DAY
SEATED = RegistrationStatus.REGISTERED
ACTIVE = (SEATED, RegistrationStatus.WAITLISTED)
OPEN, OFF = WebinarStatus.PUBLISHED, WebinarStatus.CANCELLED

Known = tuple[datetime, WebinarStatus]


class PostOffice(RuleBasedStateMachine):
    """One webinar with two seats, five companies, one worker after the other.

    `known` is what each of those who take part was shown last: on the card when they registered, or by a message.
    """

    template: Path

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.engine = open_engine(f"sqlite:///{copy(self.template, self.folder.name)}", "write", connections=1)
        self.now = NOW
        self.known: dict[int, Known] = {}
        self.away: set[int] = set()
        self.missed: set[int] = set()  # they were away when something was told: what they know is not our matter
        self.doubtful: set[int] = set()  # a message to them was on its way in a crash
        self.got: Counter[tuple[Any, ...]] = Counter()
        self.updates = 0
        self.workers = 0
        self.run(prepare)
        self.code = self.run(publish, "Smart packaging", starts_at=START, now=self.now)
        self.run(changes.edit, self.code, ADMIN, {Detail.CAPACITY: 2}, tell=False, settle=SETTLE, now=self.now)

    def run(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return use_case(session, *args, **kwargs)

    def later(self, span: timedelta = SECOND) -> datetime:
        self.now += span
        return self.now

    # What people do

    @rule(person=SME)
    def register(self, person: int) -> None:
        before = self.status(person)
        try:
            card = self.run(registration.register, self.code, person, now=self.later())
        except RegistrationClosedError:
            assert self.webinar().status is OFF
            return
        if before not in ACTIVE:
            self.known[person] = card.starts_at, card.status
            self.missed -= {person} - self.away

    @rule(person=SME)
    def leave(self, person: int) -> None:
        self.run(registration.leave, self.code, person, now=self.later())
        self.known.pop(person, None)

    @rule(person=SME)
    def follow(self, person: int) -> None:
        self.run(following.toggle_partnership, person, "alpha", now=self.later())

    @rule(person=SME)
    def opt_out(self, person: int) -> None:
        self.run(following.toggle_announcements, person)

    @rule(person=SME)
    def block(self, person: int) -> None:
        self.run(people.depart, person, now=self.later())
        self.away.add(person)
        self.missed.add(person)

    @rule(person=SME)
    def come_back(self, person: int) -> None:
        self.updates += 1
        visitor = Visitor(person, f"Person {person}")
        self.run(people.arrive, visitor, language="en", bot_id=1, update_id=self.updates, now=self.later())
        self.away.discard(person)

    # What organisers do

    @rule(hours=st.integers(-6, 6))
    def move(self, hours: int) -> None:
        to = START + hours * HOUR
        self.run(changes.move_to, self.code, ADMIN, to, settle=SETTLE, now=self.later())

    @rule()
    def cancel(self) -> None:
        self.run(changes.cancel, self.code, ADMIN, settle=SETTLE, now=self.later())

    @rule()
    def restore(self) -> None:
        self.run(changes.restore, self.code, ADMIN, settle=SETTLE, now=self.later())

    @rule(seats=st.one_of(st.none(), st.integers(1, 4)))
    def change_seats(self, seats: int | None) -> None:
        before = self.seated()
        self.run(changes.edit, self.code, ADMIN, {Detail.CAPACITY: seats}, tell=False, settle=SETTLE, now=self.later())
        assert before <= self.seated()

    # What the clock does

    @rule(span=st.sampled_from([SECOND, SETTLE / 2, SETTLE, 15 * MINUTE, 3 * HOUR]))
    @precondition(lambda self: self.now < NOW + 2 * DAY)
    def wait(self, span: timedelta) -> None:
        self.later(span)
        self.tick()

    @rule()
    def tick(self) -> None:
        self.plan()
        worker = self.worker()
        while claimed := self.run(outbox.claim, worker, limit=3, now=self.later()):
            for delivery_id in claimed:
                self.send(delivery_id, worker)

    @rule(claimed=st.integers(1, 3), begun=st.integers(0, 3), arrived=st.booleans())
    def crash(self, claimed: int, begun: int, *, arrived: bool) -> None:
        """A worker dies with so many messages in its hands, so many on their way, and these did arrive or not."""
        self.plan()
        worker = self.worker()
        for delivery_id in self.run(outbox.claim, worker, limit=claimed, now=self.later())[:begun]:
            outgoing = self.run(outbox.begin, delivery_id, worker, USUAL, now=self.later())
            if outgoing is not None:
                self.doubtful.add(outgoing.chat_id)
                if arrived:
                    self.arrive(outgoing)
        self.later(LEASE + SECOND)
        self.run(outbox.reap, limit=100, now=self.now)

    def worker(self) -> str:
        self.workers += 1
        return f"worker {self.workers}"

    def plan(self) -> None:
        while self.run(planning.expand_notice, now=self.later()):
            continue
        self.run(reminding.plan_reminders, LEADS, interval=INTERVAL, now=self.later())

    def send(self, delivery_id: int, worker: str) -> None:
        outgoing = self.run(outbox.begin, delivery_id, worker, USUAL, now=self.later())
        if outgoing is None:
            return
        gone = outgoing.chat_id in self.away
        if not gone:
            self.arrive(outgoing)
        outcome = Unreachable("blocked") if gone else Sent(outgoing.delivery_id)
        self.run(outbox.settle, outgoing.delivery_id, worker, outcome, now=self.later())

    # What may be told

    def arrive(self, outgoing: Outgoing) -> None:
        person, content, webinar = outgoing.chat_id, outgoing.content, self.webinar()
        assert person not in self.away
        sure = person not in self.doubtful and person not in self.missed
        match content:
            case Moved(card) | Cancelled(card) | Restored(card):
                assert self.status(person) in ACTIVE, "only those who take part hear of changes"
                truth = webinar.starts_at, webinar.status
                assert (card.starts_at, card.status) == truth, "the last truth"
                news = self.known[person] != truth if webinar.status is OPEN else self.known[person][1] is not OFF
                assert news or not sure, "told what they knew"
                self.known[person] = truth
            case Reminder(card):
                assert self.status(person) is SEATED
                assert card.starts_at == webinar.starts_at
                assert self.count("reminder", person, card.starts_at, outgoing.delivery_id) == 1 or not sure
            case SeatWon():
                assert self.status(person) is SEATED
                assert self.count("seat", person, outgoing.delivery_id) == 1 or not sure
                self.known[person] = webinar.starts_at, webinar.status
            case Announcement():
                assert self.status(person) not in ACTIVE
                assert self.count("announcement", person) == 1, "once, whatever dies: it is of interest only"
            case Edited():
                assert self.got["announcement", person]
            case _:
                pytest.fail(f"nobody has asked for {content}")

    def count(self, *what: Any) -> int:
        self.got[what] += 1
        return self.got[what]

    def teardown(self) -> None:
        """Second thoughts are over, everything has been sent: who takes part and was here knows the truth."""
        if not hasattr(self, "code"):
            return
        for _ in range(4):
            self.later(20 * MINUTE)
            self.run(outbox.reap, limit=100, now=self.now)
            self.tick()
        webinar = self.webinar()
        sure = {person for person in self.known if person not in self.missed and self.status(person) in ACTIVE}
        assert {self.known[person] for person in sure} <= {(webinar.starts_at, OPEN), (webinar.starts_at, OFF)} or (
            webinar.status is OFF  # of what is off, nobody needs to know when it would be
        )
        assert {self.known[person][1] for person in sure} <= {webinar.status}
        self.engine.dispose()
        self.folder.cleanup()

    # How it is

    def webinar(self) -> Webinar:
        webinar: Webinar = self.run(lambda session: session.exec(select(Webinar)).one())
        return webinar

    def status(self, person: int) -> RegistrationStatus | None:
        found: Registration | None = self.run(
            lambda session: session.exec(select(Registration).where(Registration.person_id == person)).first()
        )
        return found.status if found else None

    def seated(self) -> set[int]:
        rows = self.run(lambda session: session.exec(select(Registration).where(Registration.status == SEATED)).all())
        return {row.person_id for row in rows}


def test_everyone_is_told_once_of_the_last_truth_and_nobody_else(sqlite_template: Path) -> None:
    class Tried(PostOffice):
        template = sqlite_template

    run_state_machine_as_test(
        Tried,
        settings=settings(
            max_examples=60,
            stateful_step_count=25,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
