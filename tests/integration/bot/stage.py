"""A stage for stories: the real application, the local Telegram, a real database, and a clock that stands still."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from bot import app
from bot.chat import Chat, Webhook
from bot.context import App
from bot.doors import Redirect
from bot.kit import Kit
from domain import changes, installation, people, registration
from domain.calendar import Single
from domain.people import Visitor
from domain.usual import Usual
from feeds.options import FeedOptions
from feeds.render import Renderer
from sandbox.client import Shown, Telegram
from sandbox.people import Person
from sandbox.server import serving
from storage import Database, Session
from storage import people as person_rows
from tests.chat import Clock
from tests.factories import LEADS, NOW, SETTLE, add_consortium, add_webinar

BOT = 7001
TOKEN = f"{BOT}:a-token-of-the-stage"
SECRET = b"a secret of this installation"
PUBLIC_URL = "https://webinars.example.org"
JOIN = "https://meet.example.org/secret"

MARTA, ANA, BEN, CHIARA = 11, 21, 22, 23
ORGANISER = MARTA
PEOPLE = (
    Person(id=MARTA, first_name="Marta", language_code="en"),
    Person(id=ANA, first_name="Ana", language_code="pt-br"),
    Person(id=BEN, first_name="Ben", language_code="en"),
    Person(id=CHIARA, first_name="Chiara", language_code="it"),
)


class Stage:
    def __init__(self, telegram: Telegram, database: Database, *, webhook: Webhook | None = None) -> None:
        self.telegram = telegram
        self.database = database
        self.clock = Clock(NOW)
        self.replies: list[float] = []
        self._webhook = webhook
        self._in_hand: dict[int, Shown] = {}
        self._offered: set[int] = set()
        self.application, self.chat = self._build()

    def _build(self) -> tuple[App, Chat]:
        renderer = Renderer(FeedOptions(public_url=PUBLIC_URL, secret=SECRET, consortium_name="Going International"))
        kit = Kit(
            database=self.database,
            now=self.clock,
            public_url=PUBLIC_URL,
            secret=SECRET,
            calendar_file=lambda code, snapshot: renderer.feed(Single(code), snapshot, None).identity.body,
            usual=Usual(LEADS, "Europe/Brussels"),
            settle=SETTLE,
            language="en",
            door=Redirect(PUBLIC_URL, SECRET),
        )
        application = app.build(TOKEN, self.telegram.url, kit, messages_per_second=1_000, replied=self.replies.append)
        return application, Chat(application, self._webhook)

    async def open(self) -> None:
        await self.chat.connect()
        await self.chat.receive()
        if self._webhook is None:
            await self.chat.poll(on=True)
        assert await self.telegram.ready()

    async def close(self) -> None:
        await self.chat.stop_receiving()
        await self.chat.disconnect()

    async def restart(self) -> None:
        """End the process and start another, which knows only what is in the database."""
        await self.close()
        self.application, self.chat = self._build()
        await self.open()

    async def refusals(self) -> tuple[tuple[str, str | None], ...]:
        """What Telegram refused in the whole story. The application is stopped first, so nothing comes later."""
        await self.close()
        return tuple((call.method, call.description) for call in await self.telegram.refusals())

    # People

    async def hear(self, user: int, text: str, **more: Any) -> Shown:
        """Write to the bot. Returns its answer."""
        await self.telegram.mark()
        await self.telegram.say(user, text, **more)
        return await self.answer(user)

    async def start(self, user: int, payload: str | None = None) -> Shown:
        await self.telegram.mark()
        await self.telegram.start(user, payload)
        return await self.answer(user)

    async def answer(self, user: int) -> Shown:
        """The message that the bot sent first since the mark."""
        called = await self.telegram.wait_for("sendMessage", chat=user)
        return await self._take(user, called[0].message_id)

    async def press(self, user: int, button: str, message: Shown | None = None) -> Shown:
        """Press a button, of the message the person had to do with last if none is named. Returns it as it is then."""
        pressed = message or self._in_hand[user]
        await self.telegram.mark()
        answer = await self.telegram.press(user, pressed.message_id, button)
        assert answer.answered
        await self.telegram.wait_for("editMessageText", chat=user)
        await self._be_offered(user, button)
        return await self._take(user, pressed.message_id)

    async def forge(self, user: int, data: str, message: Shown | None = None) -> Shown:
        """Press a button that is not there. Returns the message as it is then."""
        pressed = message or self._in_hand[user]
        await self.telegram.mark()
        assert (await self.telegram.forge(user, pressed.message_id, data)).answered
        await self.telegram.wait_for("editMessageText", chat=user)
        await self._be_offered(user, data)
        return await self._take(user, pressed.message_id)

    async def _be_offered(self, user: int, button: str) -> None:
        """After the first registration the bot asks, once and below, whether to tell of more of the kind."""
        if user not in self._offered and (button in {"Register", "Join waitlist"} or button.startswith("r:")):
            self._offered.add(user)
            await self.telegram.wait_for("sendMessage", chat=user)

    async def press_for_answer(self, user: int, button: str, message: Shown | None = None) -> Shown:
        """Press a button that is answered by a new message."""
        pressed = message or self._in_hand[user]
        await self.telegram.mark()
        assert (await self.telegram.press(user, pressed.message_id, button)).answered
        return await self.answer(user)

    async def message(self, user: int, message_id: int | None) -> Shown:
        return next(shown for shown in await self.telegram.chat(user) if shown.message_id == message_id)

    async def _take(self, user: int, message_id: int | None) -> Shown:
        self._in_hand[user] = await self.message(user, message_id)
        return self._in_hand[user]

    # The database

    async def post(
        self, *, hosts: tuple[str, ...] = ("alpha",), topics: tuple[str, ...] = ("china",), **given: Any
    ) -> None:
        values: dict[str, Any] = {"hosts": hosts, "topics": topics, "join_url": JOIN} | given
        await self.database.write(_add_webinar, values)

    async def person_id(self, user: int) -> int:
        return await self.database.read(_person_id, user)

    async def fill(self, code: str, users: range) -> None:
        """Register people who are not here to see it."""
        for user in users:
            person_id = await self.database.write(_meet, user, now=self.clock())
            await self.database.write(registration.register, code, person_id, now=self.clock())

    async def cancel(self, code: str) -> None:
        organiser = await self.person_id(ORGANISER)
        await self.database.write(changes.cancel, code, organiser, settle=SETTLE, now=self.clock())


@asynccontextmanager
async def staged(database: Database, *, webhook: Webhook | None = None) -> AsyncIterator[Stage]:
    """A stage with the curtain still down: nobody listens until it is opened."""
    await database.write(add_consortium)
    await database.write(people.appoint_admins, [ORGANISER], now=NOW)
    await database.write(installation.keep_redirects, on=True)
    async with serving(people=PEOPLE) as sandbox, Telegram(sandbox.url, bot=BOT, app=sandbox.app) as telegram:
        await telegram.bot(TOKEN, inline=True)
        stage = Stage(telegram, database, webhook=webhook)
        try:
            yield stage
        finally:
            await stage.close()


def _add_webinar(session: Session, values: dict[str, Any]) -> None:
    add_webinar(session, **values)


def _person_id(session: Session, telegram_id: int) -> int:
    person = person_rows.by_telegram_id(session, telegram_id)
    assert person
    return person.id


def _meet(session: Session, telegram_id: int, *, now: datetime) -> int:
    visitor = Visitor(telegram_id, f"Person {telegram_id}")
    arrival = people.arrive(session, visitor, language="en", bot_id=0, update_id=telegram_id, now=now)
    assert arrival
    return arrival.person.id
