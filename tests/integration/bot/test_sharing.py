"""Cards in chats that are not ours: put there with inline mode, kept true, and registered from."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.context import texts_for
from domain import sharing
from domain.outcomes import Sent
from sandbox.client import Shown
from storage import Person, Registration, RegistrationStatus, Session, SharedCard
from tests.factories import START, rows
from tests.integration.bot.stage import ANA, BEN, BOT, CHIARA, Stage
from tests.integration.bot.steps import at, clockwork, messenger, register, sent, stored

GROUP = -1001
DORA, EMIL = 31, 32
"""They have never started the bot."""

CARD = "Smart packaging\nAlpha · in English · 60 min\n📅 Wed 20 January 2027, 10:00 CET (Brussels)"
TOO_OLD = "This button is too old. Send /webinars to see what is coming."


async def gather(stage: Stage) -> None:
    """A group that the bot is not in."""
    await stage.telegram.people(DORA, first_name="Dora", language_code="en")
    await stage.telegram.people(EMIL, first_name="Emil", language_code="en")
    members = dict.fromkeys((ANA, BEN, CHIARA, DORA, EMIL), "member")
    await stage.telegram.group(GROUP, title="Exporters", members=members)


async def share(stage: Stage, user: int, words: str = "") -> Shown:
    """Choose the first that is offered for these words. Returns the card in the group, and the bot knows of it."""
    asked = await stage.telegram.inline(user, words)
    known = len(await stage.database.read(rows, SharedCard, "created_at"))
    shown = await stage.telegram.choose(user, asked, str(asked.results[0]["id"]), chat=GROUP)
    async with asyncio.timeout(20):
        while len(await stage.database.read(rows, SharedCard, "created_at")) == known:
            continue
    return shown


async def in_group(stage: Stage, card: Shown) -> Shown:
    return next(shown for shown in await stage.telegram.chat(GROUP) if shown.message_id == card.message_id)


async def refresh(stage: Stage) -> int:
    """Make every card true that is not. Returns how many were not."""
    stale = await stage.database.write(sharing.stale, now=stage.clock())
    for shared in stale:
        assert isinstance(await messenger(stage).refresh(shared), Sent)
        await stage.database.write(sharing.refreshed, shared.inline_message_id, shared.digest)
    return len(stale)


async def test_card_in_a_group_is_what_everybody_may_see(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234", capacity=3)
    await register(stage, ANA, "pack1234")
    stage.clock.moment = START - timedelta(minutes=10)

    card = await share(stage, ANA, "pack1234")

    assert card.text == f"{CARD}\n🎟 2 of 3 seats left\nTopics: China"
    assert card.labels == ("Register", "Details")
    assert card.button("Details").url == "https://t.me/convoke_demo_bot?start=w_pack1234"
    assert "meet.example.org" not in str(card.raw)
    assert await stage.refusals() == ()


async def test_clock_keeps_the_counts_true(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234", capacity=2)
    card = await share(stage, ANA)
    await register(stage, BEN, "pack1234")
    clock = clockwork(stage)
    await stage.telegram.mark()

    clock.start()
    await stage.telegram.wait_for("editMessageText")
    async with asyncio.timeout(20):
        while await stage.database.write(sharing.stale, now=stage.clock()):
            continue
    clock.stop()

    assert "🎟 1 of 2 seats left" in (await in_group(stage, card)).text
    assert await stage.refusals() == ()


async def test_card_follows_what_happens_elsewhere(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234", capacity=2)
    card = await share(stage, ANA)
    await register(stage, BEN, "pack1234")

    await refresh(stage)
    assert "🎟 1 of 2 seats left" in (await in_group(stage, card)).text
    await register(stage, CHIARA, "pack1234")
    await refresh(stage)
    full = await in_group(stage, card)
    assert ("🎟 All 2 seats are taken" in full.text, full.labels) == (True, ("Join waitlist", "Details"))
    await stage.cancel("pack1234")
    await refresh(stage)

    cancelled = await in_group(stage, card)
    assert cancelled.text.startswith("❌ This webinar is cancelled.\n\nSmart packaging\n")
    assert cancelled.labels == ("Details",)
    assert await stage.refusals() == ()


async def test_card_that_looks_the_same_is_not_edited(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234")
    card = await share(stage, ANA)
    await register(stage, BEN, "pack1234")

    assert await refresh(stage) == 0

    assert (await in_group(stage, card)).text == card.text
    assert await stage.refusals() == ()


async def test_known_person_registers_from_the_card_and_is_answered_alone(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234", capacity=2)
    for user in (ANA, BEN, CHIARA):
        await stage.start(user)
    card = await share(stage, ANA)
    before = {user: await sent(stage, user) for user in (ANA, BEN)}

    for user, answer in (
        (BEN, "✅ You are registered. I remind you before it starts."),
        (BEN, "✅ You are registered. I remind you before it starts."),
        (ANA, "✅ You are registered. I remind you before it starts."),
        (CHIARA, "You are number 1 in line. If a seat becomes free, it is yours and I tell you."),
    ):
        pressed = await stage.telegram.press(user, card.message_id, "Register", chat=GROUP)
        assert (pressed.text, pressed.alert, pressed.url) == (answer, True, None)
    await refresh(stage)

    assert "🎟 All 2 seats are taken. 1 person waits." in (await in_group(stage, card)).text
    assert [shown.text for shown in await stage.telegram.chat(GROUP) if shown.sender == BOT] == []
    assert (await stage.hear(BEN, "/mine")).text.endswith(" · ✅ registered")
    assert {user: (await sent(stage, user))[: len(before[user])] for user in before} == before
    assert await stage.refusals() == ()


async def test_who_never_started_the_bot_is_registered_and_led_to_it(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234")
    card = await share(stage, ANA)

    pressed = await stage.telegram.press(DORA, card.message_id, "Register", chat=GROUP)
    assert pressed.url == "https://t.me/convoke_demo_bot?start=w_pack1234"
    assert await stored(stage) == {DORA: False}
    (row,) = await stage.database.read(rows, Registration)
    assert row.status is RegistrationStatus.REGISTERED
    assert await at(stage, START - timedelta(days=1)) == {}

    shown = await stage.start(DORA, "w_pack1234")
    assert shown.text.startswith("✅ You are registered.")
    assert await stored(stage) == {DORA: True}
    assert list(await at(stage, START - timedelta(hours=1))) == [DORA]
    assert await stage.refusals() == ()


async def test_who_blocked_the_bot_is_led_to_it_too(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234")
    await stage.start(BEN)
    card = await share(stage, ANA)
    await stage.telegram.mark()
    await stage.telegram.block(BEN)
    async with asyncio.timeout(20):
        while (await stored(stage))[BEN]:
            continue

    pressed = await stage.telegram.press(BEN, card.message_id, "Register", chat=GROUP)

    assert pressed.url == "https://t.me/convoke_demo_bot?start=w_pack1234"
    assert await stored(stage) == {BEN: False}
    assert await stage.refusals() == ()


async def test_two_at_once_on_one_seat(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234", capacity=1)
    for user in (BEN, CHIARA):
        await stage.start(user)
    card = await share(stage, ANA)

    pressed = await asyncio.gather(
        *(stage.telegram.press(user, card.message_id, "Register", chat=GROUP) for user in (BEN, CHIARA))
    )

    assert sorted(answer.text for answer in pressed) == [
        "You are number 1 in line. If a seat becomes free, it is yours and I tell you.",
        "✅ You are registered. I remind you before it starts.",
    ]
    await refresh(stage)
    assert "🎟 The one seat is taken. 1 person waits." in (await in_group(stage, card)).text
    assert await stage.refusals() == ()


async def test_old_card_tells_the_truth_when_it_is_pressed(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234")
    await stage.start(BEN)
    card = await share(stage, ANA)
    await stage.cancel("pack1234")

    pressed = await stage.telegram.press(BEN, card.message_id, "Register", chat=GROUP)

    assert (pressed.text, pressed.alert) == ("Registration is closed: the webinar has begun or is cancelled.", True)
    assert await stage.database.read(rows, Registration) == []
    assert await stage.refusals() == ()


async def test_who_only_looks_and_talks_is_not_stored(stage: Stage) -> None:
    await gather(stage)
    await stage.telegram.group(GROUP, members=dict.fromkeys((ANA, DORA, EMIL, 7001), "member"))
    await stage.post(code="pack1234")
    await share(stage, DORA)
    await stage.telegram.inline(EMIL, "china")
    for said in ("hello", "/start", "/start w_pack1234", "/webinars@convoke_demo_bot", "/new"):
        await stage.telegram.say(EMIL, said, chat=GROUP)

    await stage.start(ANA)  # updates come in order, so the others have been seen

    assert await stored(stage) == {ANA: True}
    assert {call.chat_id for call in await stage.telegram.calls("sendMessage", since=0)} == {ANA}
    assert await stage.refusals() == ()


async def test_forged_presses_on_a_shared_card_do_nothing(stage: Stage) -> None:
    await gather(stage)
    await stage.post(code="pack1234")
    await stage.start(BEN)
    card = await share(stage, ANA)

    for data in ("s", "f", "p", "px:1", "l:pack1234", "gx:pack1234:1", "w:pack1234", "dp", "cr:1", "r:zzzzzzzz", "x"):
        pressed = await stage.telegram.forge(BEN, card.message_id, data, chat=GROUP)
        assert (pressed.text, pressed.alert) == (TOO_OLD, True), data

    assert await in_group(stage, card) == card
    assert await stage.database.read(rows, Registration) == []
    assert [row.feed_generation for row in await stage.database.read(rows, Person)] == [1, 1]
    assert await stage.refusals() == ()


async def test_card_of_which_telegram_did_not_tell_follows_from_the_first_press_on(stage: Stage) -> None:
    """Telegram tells of cards only if the bot's owner asked for it."""

    def forget(session: Session) -> None:
        for row in rows(session, SharedCard, "created_at"):
            session.delete(row)

    await gather(stage)
    await stage.post(code="pack1234", capacity=2)
    card = await share(stage, ANA)
    await stage.database.write(forget)
    await stage.start(BEN)

    await stage.telegram.press(BEN, card.message_id, "Register", chat=GROUP)
    await refresh(stage)

    assert "🎟 1 of 2 seats left" in (await in_group(stage, card)).text
    assert await stage.refusals() == ()


async def test_card_speaks_the_language_of_who_shared_it(stage: Stage) -> None:
    await gather(stage)
    await stage.telegram.people(EMIL, language_code="fr")
    await stage.post(code="pack1234", capacity=2)
    card = await share(stage, EMIL)
    await register(stage, BEN, "pack1234")

    await refresh(stage)

    edited = await in_group(stage, card)
    words = texts_for("fr")
    assert edited.labels == card.labels == (words.button_register(), words.button_details())
    assert words.seats(1, 2) in edited.text
    assert await stage.refusals() == ()


async def test_fault_of_ours_is_admitted_to_who_pressed(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await gather(stage)
    await stage.post(code="pack1234")
    card = await share(stage, ANA)

    await stage.database.write(rename, "registration")
    pressed = await stage.telegram.press(DORA, card.message_id, "Register", chat=GROUP)
    assert (pressed.text, pressed.alert) == (
        "Something went wrong on our side. Please try again in a moment.",
        True,
    )
    await stage.database.write(rename, "webinar")
    asked = await stage.telegram.inline(DORA, "china", wait=0)
    await stage.start(BEN)  # updates come in order, so that one has been seen

    assert not asked.answered
    failed = [record.message.partition(" on ")[0] for record in caplog.records if record.levelname == "ERROR"]
    assert failed[:2] == ["register failed", "offer failed"]
    assert {record.name for record in caplog.records} == {"bot.refusals"}
    assert await stage.refusals() == ()


def rename(session: Session, table: str) -> None:
    """The database is not what we think it is."""
    session.connection().execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))
