"""Seats and the line, tapped in every order."""

import asyncio
from datetime import timedelta

from bot.doors import Redirect
from domain.cards import Ticket
from sandbox.client import Shown
from storage import Delivery, DeliveryKind, Registration, RegistrationStatus
from tests.factories import START, rows
from tests.integration.bot.stage import ANA, BEN, CHIARA, JOIN, PUBLIC_URL, SECRET, Stage

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
REGISTERED, WAITLISTED = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
CANCELLED = RegistrationStatus.CANCELLED


async def statuses(stage: Stage) -> list[RegistrationStatus]:
    return [row.status for row in await stage.database.read(rows, Registration)]


async def open_card(stage: Stage, *users: int) -> list[Shown]:
    return [await stage.start(user, "w_pack1234") for user in users]


async def test_register_and_cancel_on_one_card(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=50)
    (card,) = await open_card(stage, ANA)
    assert card.labels == ("Register", "Add to calendar", "Share", "All webinars")
    assert "🎟 50 of 50 seats left" in card.text

    registered = await stage.press(ANA, "Register")
    assert registered.text.splitlines()[0] == (
        "✅ You are registered. The link to join comes with each reminder: "
        "the day before, 1 hour before and 10 minutes before."
    )
    assert "🎟 49 of 50 seats left" in registered.text
    assert registered.labels == ("Cancel registration", "Add to calendar", "Share", "All webinars")

    left = await stage.press(ANA, "Cancel registration")
    assert (left.text, left.keyboard) == (card.text, card.keyboard)
    assert (await stage.press(ANA, "Register")).text == registered.text
    assert await stage.refusals() == ()


async def test_line_is_joined_and_left(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=2)
    await stage.fill("pack1234", range(100, 105))
    (card,) = await open_card(stage, ANA)
    assert "🎟 All 2 seats are taken. 3 people wait." in card.text
    assert card.labels == ("Join waitlist", "Add to calendar", "Share", "All webinars")

    waiting = await stage.press(ANA, "Join waitlist")
    assert waiting.text.splitlines()[0] == (
        "⏳ You are number 4 in line. If a seat becomes free, it is yours and I tell you at once."
    )
    assert waiting.labels == ("Leave waitlist", "Add to calendar", "Share", "All webinars")

    left = await stage.press(ANA, "Leave waitlist")
    assert (left.text, left.keyboard) == (card.text, card.keyboard)
    assert await stage.refusals() == ()


async def test_freed_seat_goes_to_the_first_in_line_who_is_to_be_told(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await open_card(stage, ANA, BEN, CHIARA)
    await stage.press(ANA, "Register")
    await stage.press(BEN, "r:pack1234")
    await stage.press(CHIARA, "r:pack1234")

    left = await stage.press(ANA, "Cancel registration")

    assert await statuses(stage) == [CANCELLED, REGISTERED, WAITLISTED]
    assert left.labels[0] == "Join waitlist"
    told = await stage.database.read(rows, Delivery)
    assert [(row.kind, row.person_id) for row in told] == [(DeliveryKind.SEAT_WON, await stage.person_id(BEN))]
    assert (await stage.hear(BEN, "/mine")).text.endswith(" · ✅ registered")
    assert (await stage.hear(CHIARA, "/mine")).text.endswith(" · ⏳ number 1 in line")
    assert await stage.refusals() == ()


async def test_two_taps_at_once_register_once(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=50)
    (card,) = await open_card(stage, ANA)
    await stage.telegram.mark()

    await asyncio.gather(*(stage.telegram.press(ANA, card.message_id, "Register", wait=0) for _ in range(5)))
    await stage.telegram.wait_for("editMessageText", chat=ANA, count=5)
    await stage.telegram.wait_for("answerCallbackQuery", chat=ANA, count=5)

    assert await statuses(stage) == [REGISTERED]
    assert "🎟 49 of 50 seats left" in (await stage.message(ANA, card.message_id)).text
    assert await stage.refusals() == (("editMessageText", NOT_MODIFIED),) * 4


async def test_impatient_taps_end_where_the_last_one_leads(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    (card,) = await open_card(stage, ANA)
    await stage.telegram.mark()

    for data in ("r:pack1234", "l:pack1234", "r:pack1234", "l:pack1234"):
        await stage.telegram.forge(ANA, card.message_id, data, wait=0)
    await stage.telegram.wait_for("editMessageText", chat=ANA, count=4)

    shown = await stage.message(ANA, card.message_id)
    assert (shown.text, shown.keyboard) == (card.text, card.keyboard)
    assert await statuses(stage) == [CANCELLED]
    assert await stage.refusals() == ()


async def test_two_people_and_one_seat(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    cards = dict(zip((ANA, BEN), await open_card(stage, ANA, BEN), strict=True))
    await stage.telegram.mark()

    await asyncio.gather(*(stage.telegram.press(user, card.message_id, "Register") for user, card in cards.items()))
    await stage.telegram.wait_for("editMessageText", count=2)

    assert sorted(await statuses(stage)) == sorted([REGISTERED, WAITLISTED])
    firsts = sorted([(await stage.message(user, card.message_id)).text[:12] for user, card in cards.items()])
    assert firsts == sorted(["✅ You are re", "⏳ You are nu"])
    assert await stage.refusals() == ()


async def test_old_button_of_a_full_webinar_leads_into_the_line(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await open_card(stage, ANA)
    await stage.fill("pack1234", range(100, 101))

    assert (await stage.press(ANA, "Register")).text.startswith("⏳ You are number 1 in line.")
    assert await stage.refusals() == ()


async def test_old_button_of_a_webinar_that_has_begun_shows_the_truth(stage: Stage) -> None:
    await stage.post(code="pack1234")
    (card,) = await open_card(stage, ANA)
    stage.clock.moment = START + timedelta(minutes=5)

    pressed = await stage.telegram.press(ANA, card.message_id, "Register")
    await stage.telegram.wait_for("editMessageText", chat=ANA)

    assert (pressed.text, pressed.alert) == (
        "Registration is closed: the webinar has begun or is cancelled.",
        True,
    )
    shown = await stage.telegram.last(ANA)
    assert shown.text.startswith("This webinar has begun. Registration is closed.\n\nSmart packaging\n")
    assert shown.labels == ("All webinars",)
    assert await statuses(stage) == []
    assert await stage.refusals() == ()


async def test_old_button_of_a_webinar_that_was_cancelled_shows_the_truth(stage: Stage) -> None:
    await stage.post(code="pack1234")
    (card,) = await open_card(stage, ANA)
    await stage.fill("pack1234", range(100, 101))
    await stage.cancel("pack1234")

    assert (await stage.telegram.press(ANA, card.message_id, "Register")).alert
    await stage.telegram.wait_for("editMessageText", chat=ANA)

    shown = await stage.telegram.last(ANA)
    assert shown.text.startswith("❌ This webinar is cancelled.\n\n")
    assert shown.labels == ("All webinars",)
    assert await statuses(stage) == [REGISTERED]
    assert await stage.refusals() == ()


async def test_registered_person_sees_that_it_was_cancelled(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await open_card(stage, ANA)
    await stage.press(ANA, "Register")
    await stage.cancel("pack1234")
    await stage.press(ANA, "All webinars")
    await stage.press(ANA, "My webinars")

    shown = await stage.press(ANA, "Smart packaging")

    assert shown.text.startswith("❌ This webinar is cancelled.\n\n")
    assert shown.labels == ("All webinars",)
    assert await statuses(stage) == [REGISTERED]
    assert await stage.refusals() == ()


async def test_old_button_of_a_webinar_that_is_over_shows_the_truth(stage: Stage) -> None:
    await stage.post(code="pack1234")
    (card,) = await open_card(stage, ANA)
    stage.clock.moment = START + timedelta(days=2)

    assert (await stage.telegram.press(ANA, card.message_id, "Register")).alert
    await stage.telegram.wait_for("editMessageText", chat=ANA)

    assert (await stage.telegram.last(ANA)).text.startswith("This webinar is over.\n\n")
    assert await statuses(stage) == []
    assert await stage.refusals() == ()


async def test_way_in_is_shown_shortly_before_the_start_to_the_registered_only(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await open_card(stage, ANA, BEN)
    await stage.press(ANA, "Register")
    stage.clock.moment = START - timedelta(minutes=16)
    await stage.press(ANA, "All webinars")
    early = await stage.press(ANA, "Smart packaging")
    assert early.labels[0] == "Cancel registration"
    assert early.text.startswith("✅ You are registered. The link to join comes with each reminder: 10 minutes before.")

    stage.clock.moment = START - timedelta(minutes=15)
    await stage.press(ANA, "All webinars")
    shown = await stage.press(ANA, "Smart packaging")

    way_in = Redirect(PUBLIC_URL, SECRET)(Ticket(await stage.person_id(ANA), 1), JOIN)
    assert (shown.buttons[0].text, shown.buttons[0].url) == ("Join now", way_in)
    assert JOIN not in str(shown.raw)
    assert shown.text.startswith("✅ You are registered. Press Join now to enter.")
    await stage.press(BEN, "All webinars")
    stranger = await stage.press(BEN, "Smart packaging")
    assert stranger.labels == ("Register", "Add to calendar", "Share", "All webinars")
    assert JOIN not in str(stranger.raw)
    assert await stage.refusals() == ()
