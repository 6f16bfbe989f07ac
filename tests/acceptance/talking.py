"""Somebody on their phone: what they say and press, and what comes back."""

from dataclasses import dataclass

from sandbox.client import Shown, Telegram


@dataclass
class Talk:
    """One person's chat with the bot. `shown` is the message they had to do with last."""

    telegram: Telegram
    person: int
    shown: Shown | None = None

    async def open(self, payload: str | None = None) -> Shown:
        await self.telegram.mark()
        await self.telegram.start(self.person, payload)
        return await self.answer()

    async def say(self, text: str) -> Shown:
        await self.telegram.mark()
        await self.telegram.say(self.person, text)
        return await self.answer()

    async def press(self, *labels: str) -> Shown:
        """Press buttons, one after the other, each of which changes its message."""
        for label in labels:
            await self._press(label)
            await self.telegram.wait_for("editMessageText", chat=self.person)
            await self.look()
        return self._in_hand()

    async def have_no_quiet_hours(self) -> None:
        """Else what is of no hurry would wait for the morning, whenever this is played."""
        await self.say("/settings")
        await self.press("Quiet hours", "None")

    async def press_below(self, label: str) -> Shown:
        """Press a button that is answered below its message."""
        await self._press(label)
        return await self.answer()

    async def take(self, method: str = "sendMessage") -> Shown:
        """What comes by itself since the last thing they did."""
        called = await self.telegram.wait_for(method, chat=self.person)
        return await self.turn_to(called[-1].message_id)

    async def answer(self) -> Shown:
        return await self.take()

    async def turn_to(self, message_id: int | None) -> Shown:
        messages = await self.telegram.chat(self.person)
        self.shown = next(message for message in messages if message.message_id == message_id)
        return self.shown

    async def look(self) -> Shown:
        """The message in hand, as it is now."""
        return await self.turn_to(self._in_hand().message_id)

    async def _press(self, label: str) -> None:
        await self.telegram.mark()
        pressed = await self.telegram.press(self.person, self._in_hand().message_id, label)
        assert pressed.answered, label

    def _in_hand(self) -> Shown:
        assert self.shown
        return self.shown
