"""The law of the post office, tried by chance.

Whatever happens in whatever order: at the end everyone who should have been told was told exactly once of the last
truth, and nobody else was told anything.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import copy
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from domain import changes, following, outbox, people, planning, preferences, registration, reminding
from domain.content import Edited
from domain.details import Detail
from domain.errors import RegistrationClosedError
from domain.outbox import LEASE, Outgoing
from domain.outcomes import NotSent, Outcome, Sent, Unreachable
from domain.people import Visitor
from storage import Delivery, DeliveryKind, DeliveryState, Session
from storage.engine import open_engine
from tests.announcing import ADMIN, prepare, publish
from tests.factories import INTERVAL, LEADS, NOW, SETTLE, rows
from tests.integration.domain.memories import OFF, SEATED, Facts, Memories, Place, look
from tests.outbox import USUAL

PEOPLE = range(2, 6)
SME = st.sampled_from(PEOPLE)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TITLES = ["Smart packaging", "Smarter packaging", "Smartest packaging"]
WEBINARS = 2
ANY = st.integers(0, WEBINARS - 1)
SOON = st.sampled_from([SECOND, SETTLE / 2, SETTLE, 15 * MINUTE])
EXAMPLES = os.environ.get("LAW_EXAMPLES")
"""How many to try of those that chance brings; without it, the same few each time."""


class PostOffice(RuleBasedStateMachine):
    """Up to three webinars with two seats at first, five companies, workers that come and die."""

    template: Path

    @initialize(
        followers=st.sets(SME),
        comers=st.lists(SME, unique=True),
        oversleeps=st.sampled_from([False, False, False, True]),
    )
    def open(self, followers: set[int], comers: list[int], *, oversleeps: bool) -> None:
        self.oversleeps = oversleeps
        self.folder = tempfile.TemporaryDirectory()
        self.engine = open_engine(f"sqlite:///{copy(self.template, self.folder.name)}", "write", connections=1)
        with self.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA synchronous = OFF")
        self.now = NOW
        self.memories = Memories()
        self.codes: list[str] = []
        self.numbers = count(1)
        self.run(prepare)
        for person in sorted(followers):
            self.follow(person)
        self.post()
        for person in comers:
            self.register(person, 0)

    def run(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return use_case(session, *args, **kwargs)

    def later(self, span: timedelta = SECOND) -> datetime:
        if span >= HOUR:
            self.memories.overslept |= set(self.passed_over(span))
        self.now += span
        return self.now

    def passed_over(self, span: timedelta) -> Iterator[str]:
        """The webinars that begin meanwhile, while something about them is still to be told."""
        facts = self.facts
        untold = facts.settling | {code for _, code in facts.unsettled}
        for code in untold:
            if self.now < facts.webinars[code].starts_at <= self.now + span:
                yield code

    @property
    def facts(self) -> Facts:
        facts: Facts = self.run(look)
        return facts

    def code(self, number: int) -> str:
        return self.codes[number % len(self.codes)]

    # What people do

    @rule(person=SME, webinar=ANY)
    def register(self, person: int, webinar: int) -> None:
        code = self.code(webinar)
        known = (person, code) in self.facts.open
        try:
            card = self.run(registration.register, code, person, now=self.later())
        except RegistrationClosedError:
            found = self.facts.webinars[code]
            assert found.status is OFF or found.starts_at <= self.now
            return
        if not known:
            assert card.my_status
            there = person not in self.memories.away  # else they pressed a card that somebody shared into a group
            title = card.title
            self.memories.places[person, code] = Place(
                card.starts_at, card.status, card.my_status, title, title, sure=there, sure_of_title=there
            )
            self.memories.owed.discard((person, code))
            if post := self.memories.posts.get((person, code)):
                post.sure = False  # from now on they are told otherwise

    @rule(person=SME, webinar=ANY)
    def leave(self, person: int, webinar: int) -> None:
        key = person, self.code(webinar)
        self.run(registration.leave, key[1], person, now=self.later())
        if key not in self.facts.open:  # of what is over nobody gives up a place
            self.memories.places.pop(key, None)

    @rule(webinar=ANY, line=st.permutations(PEOPLE))
    def rush(self, webinar: int, line: list[int]) -> None:
        """All come, and then the first of them who has a seat goes."""
        for person in line:
            self.register(person, webinar)
        places = self.facts.open
        seated = [who for (who, code), place in places.items() if code == self.code(webinar) and place.status is SEATED]
        for person in [who for who in line if who in seated][:1]:
            self.leave(person, webinar)

    @rule(person=SME)
    def follow(self, person: int) -> None:
        self.run(following.toggle_partnership, person, "alpha", now=self.later())
        self.memories.wants_otherwise(person)

    @rule(person=SME)
    def opt_out(self, person: int) -> None:
        self.run(following.toggle_announcements, person)
        self.memories.wants_otherwise(person)

    @rule(person=SME, lead=st.sampled_from(LEADS))
    def choose_reminder(self, person: int, lead: timedelta) -> None:
        self.run(preferences.toggle_lead, person, lead, USUAL)
        self.memories.leads_of(person).symmetric_difference_update({lead})
        self.memories.touched[person] = self.now

    @rule(person=SME)
    def block(self, person: int) -> None:
        self.run(people.depart, person, now=self.later())
        self.memories.goes(person)
        self.memories.touched[person] = self.now

    @rule(person=SME)
    def block_unseen(self, person: int) -> None:
        """Telegram tells it only when something is sent."""
        self.memories.goes(person)
        self.memories.touched[person] = self.now

    @rule(person=SME)
    def come_back(self, person: int) -> None:
        visitor = Visitor(person, f"Person {person}")
        self.run(people.arrive, visitor, language="en", bot_id=1, update_id=next(self.numbers), now=self.later())
        self.memories.comes(person)
        self.memories.touched[person] = self.now

    # What organisers do

    @rule()
    @precondition(lambda self: len(self.codes) < WEBINARS and self.now < NOW + DAY)
    def post(self) -> None:
        start = NOW + 26 * HOUR + len(self.codes) * HOUR
        code = self.run(publish, TITLES[0], capacity=2, starts_at=start, now=self.later())
        self.codes.append(code)
        self.memories.owed |= {(person, code) for person in self.facts.wants_news - self.memories.away}

    @rule(webinar=ANY, hours=st.integers(-6, 6))
    def move(self, webinar: int, hours: int) -> None:
        to = NOW + 26 * HOUR + hours * HOUR
        if to > self.later():
            self.run(changes.move_to, self.code(webinar), ADMIN, to, settle=SETTLE, now=self.now)

    @rule(webinar=ANY, hours=st.permutations([-3, 2, 5]))
    def move_again_and_again(self, webinar: int, hours: list[int]) -> None:
        for to in hours:
            self.move(webinar, to)
            self.be_held_up(SETTLE)

    @rule(webinar=ANY, title=st.sampled_from(TITLES))
    def rename(self, webinar: int, title: str) -> None:
        code, values = self.code(webinar), {Detail.TITLE: title}
        self.run(changes.edit, code, ADMIN, values, tell=True, settle=SETTLE, now=self.later())

    @rule(webinar=ANY)
    def cancel(self, webinar: int) -> None:
        self.run(changes.cancel, self.code(webinar), ADMIN, settle=SETTLE, now=self.later())
        self.memories.owed -= {(person, self.code(webinar)) for person in PEOPLE}
        self.memories.touched[self.code(webinar)] = self.now

    @rule(webinar=ANY)
    def restore(self, webinar: int) -> None:
        self.run(changes.restore, self.code(webinar), ADMIN, settle=SETTLE, now=self.later())
        self.memories.touched[self.code(webinar)] = self.now

    @rule(webinar=ANY, span=SOON)
    def think_again(self, webinar: int, span: timedelta) -> None:
        self.cancel(webinar)
        self.wait(span)
        self.restore(webinar)

    @rule(webinar=ANY, seats=st.one_of(st.none(), st.integers(1, 4)))
    def change_seats(self, webinar: int, seats: int | None) -> None:
        code, values = self.code(webinar), {Detail.CAPACITY: seats}
        before = {key for key, place in self.facts.open.items() if place.status is SEATED}
        self.run(changes.edit, code, ADMIN, values, tell=False, settle=SETTLE, now=self.later())
        assert before <= {key for key, place in self.facts.open.items() if place.status is SEATED}

    # What the clock does

    @rule(span=st.one_of(SOON, st.just(3 * HOUR)))
    def wait(self, span: timedelta) -> None:
        self.later(span)
        self.tick()

    @rule(span=SOON)
    def be_held_up(self, span: timedelta) -> None:
        """What is due is planned, and nothing leaves yet."""
        self.later(span)
        self.plan()

    @rule(webinar=ANY)
    @precondition(lambda self: self.oversleeps)
    def be_held_up_until_it_has_begun(self, webinar: int) -> None:
        starts_at = self.facts.webinars[self.code(webinar)].starts_at
        if self.now < starts_at - MINUTE:
            self.memories.overslept |= self.facts.webinars.keys()
            self.now = starts_at - MINUTE
            self.plan()
            self.now = starts_at
            self.tick()

    @rule(webinar=ANY, before=st.sampled_from([SECOND, 30 * SECOND, 5 * MINUTE]))
    def reach_the_next_reminder(self, webinar: int, before: timedelta) -> None:
        starts_at = self.facts.webinars[self.code(webinar)].starts_at
        due = [starts_at - lead - before for lead in LEADS if starts_at - lead - before > self.now]
        self.now = min(due, default=self.now)
        self.tick()

    @rule()
    def tick(self) -> None:
        planned_at = self.plan()
        worker = self.worker()
        while claimed := self.run(outbox.claim, worker, limit=3, now=self.later()):
            for delivery_id in claimed:
                self.send(delivery_id, worker)
        self.memories.check(self.facts, planned_at, self.now)

    @rule(after=SOON, claimed=st.integers(1, 3), arrived=st.lists(st.booleans(), max_size=3))
    def crash(self, after: timedelta, claimed: int, arrived: Sequence[bool]) -> None:
        """A worker dies with so many messages in its hands, some of them on their way, which did arrive or not."""
        self.later(after)
        self.plan()
        worker = self.worker()
        taken = self.run(outbox.claim, worker, limit=claimed, now=self.later())
        for delivery_id, arrives in zip(taken, arrived, strict=False):
            outgoing = self.begin(delivery_id, worker)
            if outgoing is None:
                continue
            if arrives and outgoing.chat_id not in self.memories.away:
                self.memories.hears(outgoing, self.facts, None, now=self.now)
            self.memories.doubts(outgoing)
        self.reap()

    @rule(
        after=SOON,
        outcome=st.sampled_from([NotSent("no route"), Unreachable("blocked"), Sent(1)]),
        first=st.booleans(),
    )
    def overtake(self, after: timedelta, outcome: Outcome, *, first: bool) -> None:
        """A worker sleeps beyond its lease. What it learns when it wakes is of no matter: others have gone on."""
        self.later(after)
        self.plan()
        slow, quick = self.worker(), self.worker()
        for delivery_id in self.run(outbox.claim, slow, limit=1, now=self.later()):
            slept_on = self.begin(delivery_id, slow)
            if slept_on:
                self.memories.doubts(slept_on)
            self.reap()
            if slept_on and first:
                self.run(outbox.settle, slept_on.delivery_id, slow, outcome, now=self.later())
            for again in self.run(outbox.claim, quick, limit=10, now=self.later(MINUTE)):
                self.send(again, quick, (slept_on, slow, outcome) if slept_on else None)

    def worker(self) -> str:
        return f"worker {next(self.numbers)}"

    def reap(self) -> None:
        self.later(LEASE + SECOND)
        self.run(outbox.reap, limit=100, now=self.now)

    def plan(self) -> datetime:
        while self.run(planning.expand_notice, now=self.later()):
            continue
        self.run(reminding.plan_reminders, LEADS, interval=INTERVAL, now=self.later())
        return self.now

    def begin(self, delivery_id: int, worker: str) -> Outgoing | None:
        outgoing: Outgoing | None = self.run(outbox.begin, delivery_id, worker, USUAL, now=self.later())
        return outgoing

    def send(self, delivery_id: int, worker: str, late: tuple[Outgoing, str, Outcome] | None = None) -> None:
        """Begin, let it arrive and settle; meanwhile somebody may settle another attempt, late."""
        outgoing = self.begin(delivery_id, worker)
        if outgoing is None:
            return
        if late:
            self.run(outbox.settle, late[0].delivery_id, late[1], late[2], now=self.later())
        content, gone = outgoing.content, outgoing.chat_id in self.memories.away
        message_id = content.message_id if isinstance(content, Edited) else next(self.numbers)
        if gone:
            self.memories.refuses(outgoing.chat_id)
        else:
            self.memories.hears(outgoing, self.facts, message_id, now=self.now)
        outcome = Unreachable("blocked") if gone else Sent(message_id)
        self.run(outbox.settle, outgoing.delivery_id, worker, outcome, now=self.later())

    def teardown(self) -> None:
        """Second thoughts are over, nights have passed, everything has been sent."""
        if not hasattr(self, "codes"):
            return
        for span in (20 * MINUTE, 20 * MINUTE, 20 * MINUTE, 10 * HOUR, 20 * MINUTE):
            self.later(span)
            self.run(outbox.reap, limit=100, now=self.now)
            self.tick()
        for row in self.run(rows, Delivery):
            assert row.state not in (DeliveryState.CLAIMED, DeliveryState.SENDING)
            assert row.state is not DeliveryState.UNKNOWN or row.attempts == 3 or row.kind is DeliveryKind.ANNOUNCEMENT
        self.engine.dispose()
        self.folder.cleanup()


def test_everyone_is_told_once_of_the_last_truth_and_nobody_else(sqlite_template: Path) -> None:
    class Tried(PostOffice):
        template = sqlite_template

    run_state_machine_as_test(
        Tried,
        settings=settings(
            max_examples=int(EXAMPLES or 18),
            stateful_step_count=30,
            derandomize=not EXAMPLES,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
