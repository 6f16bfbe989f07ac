"""Over HTTP, against the real process: two organisers of two partnerships, and one looks before publishing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.client import Shown, Telegram
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke
from texts.chat import ChatTexts

OTHER, ANA = 12, 21
BRUSSELS = ZoneInfo("Europe/Brussels")
LINK = "https://meet.example.org/cold-chain"


async def test_an_organiser_is_warned_finds_a_better_time_and_publishes(convoke: Convoke, telegram: Telegram) -> None:
    convoke.admins = [ORGANISER, OTHER]
    await convoke.start()
    day = _working_day(datetime.now(UTC) + timedelta(days=20))

    await _follow_both(telegram)
    await _publish(telegram, OTHER, "EV batteries", f"{day:%Y-%m-%d} 10:30", "MobiGoIn-Action")
    card = await _write(telegram, ORGANISER, "Cold chain to Guangdong", f"{day:%Y-%m-%d} 10:00", "NF4")
    preview = await _press(telegram, ORGANISER, card, "Preview")

    assert "10:00 Brussels ✓" in preview.text
    when = ChatTexts("en").short(day.replace(hour=10, minute=30), str(BRUSSELS))
    assert f"⚠️ {when}: EV batteries (MobiGoIn-Action): 1 person follows both" in preview.text
    found = await _press(telegram, ORGANISER, card, "Find a better slot")
    assert "nothing near it" in found.text
    best = found.labels[0]
    taken = await _press(telegram, ORGANISER, card, best)
    assert f", {best.rsplit(' ', 1)[1]} CE" in taken.text
    preview = await _press(telegram, ORGANISER, card, "Preview")
    assert "EV batteries" not in preview.text
    assert (await _press(telegram, ORGANISER, card, "Publish")).text.startswith("✅ Published.")

    assert await _outsider_is_told_nothing(telegram) == ("Only organisers can do this.",) * 3
    assert await convoke.stop() == 0
    assert "ERROR" not in convoke.log


def _working_day(moment: datetime) -> datetime:
    """Far from weekends, so that nothing else is to be said about it than what the test is about."""
    day = moment.astimezone(BRUSSELS)
    return day + timedelta(days=(2 - day.weekday()) % 7)


async def _follow_both(telegram: Telegram) -> None:
    card = await _ask(telegram, ANA, "/follow")
    for label in ("NF4", "MobiGoIn-Action"):
        await _press(telegram, ANA, card, label)


async def _write(telegram: Telegram, person: int, title: str, when: str, host: str) -> Shown:
    """A draft from which nothing is missing, for China."""
    for text in ("/new", title, when):
        await _ask(telegram, person, text)
    card = await _ask(telegram, person, LINK)
    for label in ("Hosts", host, "Done", "Topics", "China", "Done"):
        await _press(telegram, person, card, label)
    return card


async def _publish(telegram: Telegram, person: int, title: str, when: str, host: str) -> None:
    card = await _write(telegram, person, title, when, host)
    await _press(telegram, person, card, "Preview")
    await _press(telegram, person, card, "Publish")


async def _outsider_is_told_nothing(telegram: Telegram) -> tuple[str, ...]:
    """What Ana hears when she presses buttons that were never hers."""
    hello = await _ask(telegram, ANA, "/start")
    for data in ("os:4:0", "oc:1", "ot:30030060"):
        since = await telegram.mark()
        await telegram.forge(ANA, hello.message_id, data)
        await telegram.wait_for("sendMessage", chat=ANA, since=since)
    return tuple(message.text for message in (await telegram.chat(ANA))[-3:])


async def _ask(telegram: Telegram, person: int, text: str) -> Shown:
    await telegram.mark()
    await telegram.say(person, text)
    await telegram.wait_for("sendMessage", chat=person)
    return await telegram.last(person)


async def _press(telegram: Telegram, person: int, card: Shown, label: str) -> Shown:
    """Press a button and wait until the card shows what came of it."""
    await telegram.mark()
    await telegram.press(person, card.message_id, label)
    await telegram.wait_for("editMessageText", chat=person)
    (shown,) = (message for message in await telegram.chat(person) if message.message_id == card.message_id)
    return shown
