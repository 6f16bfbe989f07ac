"""Many people press at the same moment while the bot is killed: what they were shown against what is written down."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from sandbox.client import Shown, Telegram
from storage import Database, Delivery, DeliveryState, Person, Registration, RegistrationStatus, Session
from tests.acceptance.crashing import all_settled
from tests.acceptance.process import Convoke
from tests.factories import add_webinar, rows

FIRST = 2_000
SEATED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
REGISTER, JOIN, LEAVE = "Register", "Join waitlist", "Cancel registration"
_SHOWN = {LEAVE: SEATED, "Leave waitlist": WAITING}
_CODE = "rush"
_TRIES = 10
_PATIENCE_S = 30


@dataclass(frozen=True, slots=True)
class Places:
    """Who has a seat, and who waits, first come first; by their Telegram ids."""

    seated: frozenset[int]
    line: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """What was there right after a kill: places as written down, and as people had been shown them."""

    places: Places
    shown: Mapping[int, RegistrationStatus | None]


@dataclass
class Rush:
    """Companies that all want one webinar with too few seats."""

    convoke: Convoke
    telegram: Telegram
    database: Database
    people: range
    seats: int
    random: Random

    async def open_cards(self) -> None:
        starts_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=40)
        await self.database.write(add_webinar, code=_CODE, capacity=self.seats, starts_at=starts_at)
        await self.telegram.people(FIRST, len(self.people))
        since = await self.telegram.mark()
        for person in self.people:
            await self.telegram.start(person, f"w_{_CODE}")
        await self.telegram.wait_for("sendMessage", since=since, count=len(self.people), wait=_PATIENCE_S)

    async def press_all(self, people: Sequence[int], *labels: str, kills: Iterable[tuple[str, int]]) -> list[Glance]:
        """Everybody presses at once, and again until their card has changed.

        Each kill comes when so many calls of a method have been taken, and then it is started again.
        """
        glances = []
        for method, calls in kills:
            since = await self.telegram.mark()
            await self._press(people, labels)
            await self.telegram.wait_for(method, since=since, count=calls, wait=_PATIENCE_S)
            await asyncio.sleep(self.random.random() / 50)
            await self.convoke.kill()
            glances.append(Glance(await self.places(), {person: await self.status_shown(person) for person in people}))
            await self.convoke.start()
        for _ in range(_TRIES):
            if not await self._press(people, labels):
                break
            await self._answered(people, labels)
        return glances

    async def _press(self, people: Iterable[int], labels: Iterable[str]) -> int:
        """Returns how many had a button to press."""
        presses = [
            self.telegram.press(person, card.message_id, label, wait=0)
            for person in people
            for card in [await self.card(person)]
            for label in labels
            if label in card.labels
        ]
        await asyncio.gather(*presses)
        return len(presses)

    async def _answered(self, people: Iterable[int], labels: Iterable[str]) -> None:
        """Wait until no card has the button any more, or for a while: a kill may have taken a press with it."""
        for person in people:
            for _ in range(_PATIENCE_S):
                if not set(labels) & set((await self.card(person)).labels):
                    break
                await self.telegram.calls("editMessageText", chat=person, since=await self.telegram.mark(), wait=0.1)

    async def card(self, person: int) -> Shown:
        return next(message for message in await self.telegram.chat(person) if message.sender != person)

    async def status_shown(self, person: int) -> RegistrationStatus | None:
        """What the card in their chat says."""
        labels = (await self.card(person)).labels
        return next((status for label, status in _SHOWN.items() if label in labels), None)

    async def places(self) -> Places:
        return await self.database.read(_places)

    async def told_of_seat(self, promoted: int) -> Counter[int]:
        """How many messages of a seat that came free each has got."""
        await all_settled(self.database, promoted)
        found = {person: await self.telegram.chat(person) for person in self.people}
        return Counter(person for person, chat in found.items() for message in chat if message.text.startswith("🎟"))

    async def attempts(self) -> dict[int, int]:
        """How often each message of a seat was begun; each must have been sent."""
        chats = {person.id: person.telegram_id or 0 for person in await self.database.read(rows, Person)}
        outbox = await self.database.read(rows, Delivery)
        assert {row.state for row in outbox} == {DeliveryState.SENT}
        return {chats[row.person_id]: row.attempts for row in outbox}


def _places(session: Session) -> Places:
    chats = {person.id: person.telegram_id or 0 for person in rows(session, Person)}
    found = rows(session, Registration, "queue_number")
    return Places(
        frozenset(chats[row.person_id] for row in found if row.status is SEATED),
        tuple(chats[row.person_id] for row in found if row.status is WAITING),
    )
