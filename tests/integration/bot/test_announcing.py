"""What people are told without having asked: new webinars, changes, seats, each once."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import publishing
from domain.drafts import Fields
from storage import Delivery, DeliveryState
from tests.factories import NOW, SETTLE, START, rows, wall
from tests.integration.bot.stage import ANA, BEN, CHIARA, JOIN, MARTA, ORGANISER, Stage
from tests.integration.bot.steps import at, move, restore, tap, texts

TEN = timedelta(minutes=10)
LATE = datetime(2027, 1, 18, 22, 30, tzinfo=UTC)
"""Half past eleven in the evening in Brussels."""


async def follow(stage: Stage, user: int, *names: str) -> None:
    await stage.hear(user, "/follow")
    for name in names:
        await stage.press(user, name)


async def publish(
    stage: Stage,
    title: str,
    *,
    hosts: tuple[str, ...] = ("alpha",),
    topics: tuple[str, ...] = (),
    day: int = 20,
    capacity: int | None = None,
) -> str:
    """The organiser's draft becomes a webinar, at ten in the morning of a day in January. Returns its code."""
    fields = Fields(
        title=title,
        hosts=hosts,
        topics=topics,
        capacity=capacity,
        local_start=wall(2027, 1, day, 10),
        timezone="Europe/Brussels",
        join_url=JOIN,
    )
    organiser = await stage.person_id(ORGANISER)
    assert organiser
    webinar = await stage.database.write(publishing.create, organiser, fields, now=stage.clock())
    return webinar.code


async def test_organiser_publishes_and_followers_are_told_once_with_register(stage: Stage) -> None:
    await follow(stage, ANA, "Food")
    await follow(stage, BEN, "Beta", "Stop all news")
    await stage.start(CHIARA)
    for message in ("/new", "Cold chain to Guangdong", "3 Feb 9:30", JOIN):
        await stage.hear(MARTA, message)
    for button in ("Hosts", "Beta", "Done", "Topics", "Food", "Done"):
        await stage.press(MARTA, button)
    assert (await stage.press(MARTA, "Publish")).text.startswith("✅ Published.")

    assert await at(stage, NOW + TEN - timedelta(seconds=1)) == {}
    told = await at(stage, NOW + TEN)
    assert texts(told) == {
        ANA: ["New for Food:\n\nCold chain to Guangdong\n📅 Wed 3 Feb, 09:30 CET · Beta"],
    }
    (news,) = told[ANA]
    assert news.labels == ("Register", "Details", "Why?", "Follow less")
    assert await at(stage, NOW + 2 * TEN) == {}

    await stage.press_for_answer(ANA, "Register", news)
    card = await stage.message(ANA, news.message_id)
    assert card.text.startswith("✅ You are registered.")
    assert card.labels[0] == "Cancel registration"
    assert await at(stage, NOW + 3 * TEN) == {}
    assert await stage.refusals() == ()


async def test_announcement_leads_to_the_card_and_to_what_is_followed(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha")
    await publish(stage, "AI & <b>SMEs</b>")
    ((news,),) = (await at(stage, NOW + TEN)).values()
    assert news.text == "New for Alpha:\n\nAI & <b>SMEs</b>\n📅 Wed 20 Jan, 10:00 CET · Alpha"

    card = await stage.press_for_answer(ANA, "Details", news)
    assert card.text.startswith("AI & <b>SMEs</b>\nAlpha · in English · 60 min\n")
    await publish(stage, "Another")
    ((again,),) = (await at(stage, NOW + 2 * TEN)).values()
    less = await stage.press_for_answer(ANA, "Follow less", again)

    assert less.labels[:3] == ("✅ Alpha", "Beta", "China")
    assert await stage.refusals() == ()


async def test_who_has_a_place_already_or_stopped_following_hears_nothing(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha")
    await follow(stage, BEN, "Alpha")
    code = await publish(stage, "Smart packaging")
    await tap(stage, ANA, f"r:{code}", await stage.start(ANA))
    await stage.press(BEN, "✅ Alpha")

    assert await at(stage, NOW + TEN) == {}
    assert await stage.refusals() == ()


async def test_several_within_ten_minutes_are_one_message(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha", "Food")
    await follow(stage, BEN, "Beta")
    await publish(stage, "Labels in China", day=21)
    stage.clock.moment = NOW + timedelta(minutes=8)
    await publish(stage, "Cold chain", hosts=("beta",), topics=("food",))

    told = await at(stage, NOW + TEN)

    (news,) = told[ANA]
    assert news.text == (
        "New for Food · Alpha:\n\n"
        "Cold chain\n📅 Wed 20 Jan, 10:00 CET · Beta\n\n"
        "Labels in China\n📅 Thu 21 Jan, 10:00 CET · Alpha"
    )
    assert news.labels == ("Cold chain", "Labels in China", "Why?", "Follow less")
    told |= await at(stage, NOW + timedelta(minutes=18))
    assert texts(told)[BEN] == ["New for Beta:\n\nCold chain\n📅 Wed 20 Jan, 10:00 CET · Beta"]
    assert sorted(told) == [ANA, BEN]
    assert (await stage.press_for_answer(ANA, "Cold chain", news)).labels[0] == "Register"
    assert await stage.refusals() == ()


async def test_of_very_many_the_first_are_named(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha")
    for day in range(21, 28):
        await publish(stage, f"Day {day}", day=day)

    ((news,),) = (await at(stage, NOW + TEN)).values()

    assert news.text.endswith("\nDay 25\n📅 Mon 25 Jan, 10:00 CET · Alpha\nand 2 more")
    assert news.labels == ("Day 21", "Day 22", "Day 23", "Day 24", "Day 25", "Why?", "All webinars", "Follow less")
    assert await stage.refusals() == ()


async def test_what_is_published_later_is_told_later(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha")
    await publish(stage, "One")
    assert len((await at(stage, NOW + TEN))[ANA]) == 1
    await publish(stage, "Two")

    assert await at(stage, NOW + 2 * TEN - timedelta(seconds=1)) == {}
    assert len((await at(stage, NOW + 2 * TEN))[ANA]) == 1
    assert await stage.refusals() == ()


async def test_quiet_hours_hold_news_back_until_the_morning(stage: Stage) -> None:
    """In Brussels until 7:00; Ben is in Lisbon and has other hours, Chiara has none."""
    for user in (ANA, BEN, CHIARA):
        await follow(stage, user, "Alpha")
    for user, buttons in ((BEN, ("My city",)), (CHIARA, ("None",))):
        await stage.hear(user, "/settings")
        await stage.press(user, "Quiet hours")
        for button in buttons:
            await stage.press(user, button)
    await stage.hear(BEN, "Lisbon")
    await stage.press(BEN, "sh:20:9")
    stage.clock.moment = LATE
    await publish(stage, "One")
    await publish(stage, "Two")

    morning = datetime(2027, 1, 19, 6, tzinfo=UTC)
    assert {user: len(each) for user, each in (await at(stage, LATE + TEN)).items()} == {CHIARA: 1}
    assert await at(stage, morning - timedelta(seconds=1)) == {}
    assert {user: len(each) for user, each in (await at(stage, morning)).items()} == {ANA: 1}
    assert await at(stage, morning + timedelta(hours=3) - timedelta(seconds=1)) == {}
    told = await at(stage, morning + timedelta(hours=3))

    assert [shown.labels for shown in told[BEN]] == [("One", "Two", "Why?", "Follow less")]
    assert await stage.refusals() == ()


async def test_who_stops_following_at_night_is_left_in_peace_in_the_morning(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha")
    stage.clock.moment = LATE
    await publish(stage, "One")
    assert await at(stage, LATE + TEN) == {}

    await stage.hear(ANA, "/follow")
    await stage.press(ANA, "✅ Alpha")

    assert await at(stage, LATE + timedelta(hours=12)) == {}
    assert await stage.refusals() == ()


async def test_announcement_is_put_right_in_place_for_who_did_not_register(stage: Stage) -> None:
    for user in (ANA, BEN):
        await follow(stage, user, "Alpha")
    code = await publish(stage, "Smart packaging")
    news = {user: each[0] for user, each in (await at(stage, NOW + TEN)).items()}
    await tap(stage, BEN, "Register", news[BEN])

    await move(stage, code, 15)
    moved = await at(stage, stage.clock() + SETTLE)
    assert list(moved) == [BEN]
    assert (await stage.message(ANA, news[ANA].message_id)).text == news[ANA].text.replace("10:00", "15:00")
    await stage.cancel(code)
    assert list(await at(stage, stage.clock() + SETTLE)) == [BEN]
    cancelled = await stage.message(ANA, news[ANA].message_id)
    assert cancelled.text == (
        "New for Alpha:\n\n❌ This webinar is cancelled.\nSmart packaging\n📅 Wed 20 Jan, 15:00 CET · Alpha"
    )
    assert cancelled.labels == ("Details", "Why?", "Follow less")
    await restore(stage, code)
    assert list(await at(stage, stage.clock() + SETTLE)) == [BEN]

    assert (await stage.message(ANA, news[ANA].message_id)).labels == ("Register", "Details", "Why?", "Follow less")
    assert (await stage.message(BEN, news[BEN].message_id)).text.startswith("✅ You are registered.")
    assert {row.state for row in await stage.database.read(rows, Delivery)} == {DeliveryState.SENT}
    assert await stage.refusals() == ()


async def test_what_somebody_looks_at_is_not_written_over(stage: Stage) -> None:
    """The card and what is followed come below the news, which is put right where it is."""
    await follow(stage, ANA, "Alpha")
    code = await publish(stage, "Smart packaging")
    ((news,),) = (await at(stage, NOW + TEN)).values()
    card = await stage.press_for_answer(ANA, "Details", news)
    follows = await stage.press_for_answer(ANA, "Follow less", news)

    await move(stage, code, 15)
    assert await at(stage, stage.clock() + SETTLE) == {}

    assert (await stage.message(ANA, news.message_id)).text == news.text.replace("10:00", "15:00")
    assert (await stage.message(ANA, card.message_id)).text == card.text
    assert (await stage.message(ANA, follows.message_id)).text == follows.text
    assert await stage.refusals() == ()


@pytest.mark.parametrize("late", [False, True], ids=["in time", "too late"])
async def test_card_that_stands_where_the_news_was_stays(stage: Stage, *, late: bool) -> None:
    """Whoever registers in the announcement and leaves again has a card there, and so has who comes too late."""
    await follow(stage, ANA, "Alpha")
    code = await publish(stage, "Smart packaging")
    ((news,),) = (await at(stage, NOW + TEN)).values()
    if late:
        stage.clock.moment = START
    await tap(stage, ANA, "Register", news)
    if not late:
        await stage.telegram.wait_for("sendMessage", chat=ANA)  # the offer after a first registration
        await tap(stage, ANA, "Cancel registration", await stage.message(ANA, news.message_id))
    card = await stage.message(ANA, news.message_id)

    await stage.cancel(code)
    assert await at(stage, stage.clock() + SETTLE) == {}

    assert (await stage.message(ANA, news.message_id)).text == card.text
    assert card.text.startswith("This webinar has begun." if late else "Smart packaging\n")
    assert await stage.refusals() == ()


async def test_news_that_were_deleted_are_nothing_to_put_right(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha")
    code = await publish(stage, "Smart packaging")
    ((news,),) = (await at(stage, NOW + TEN)).values()
    await stage.application.bot.delete_message(ANA, news.message_id)

    await move(stage, code, 15)
    assert await at(stage, stage.clock() + SETTLE) == {}

    sent, edit = await stage.database.read(rows, Delivery)
    assert (sent.state, edit.state) == (DeliveryState.SENT, DeliveryState.EXPIRED)
    assert await stage.refusals() == (("editMessageText", "Bad Request: message to edit not found"),)


async def test_what_is_full_by_then_is_announced_with_the_line(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha")
    code = await publish(stage, "Smart packaging", capacity=1)
    await stage.fill(code, range(100, 101))

    ((news,),) = (await at(stage, NOW + TEN)).values()

    assert news.labels == ("Join waitlist", "Details", "Why?", "Follow less")
    await stage.press(ANA, "Join waitlist", news)
    assert (await stage.message(ANA, news.message_id)).text.startswith("⏳ You are number 1 in line.")
    assert await stage.refusals() == ()


async def test_announcement_of_several_stays_whole_when_one_changes(stage: Stage) -> None:
    await follow(stage, ANA, "Alpha")
    code = await publish(stage, "One")
    await publish(stage, "Two", day=21)
    ((news,),) = (await at(stage, NOW + TEN)).values()

    await move(stage, code, 15, 22)
    assert await at(stage, stage.clock() + SETTLE) == {}

    edited = await stage.message(ANA, news.message_id)
    assert edited.text == (
        "New for Alpha:\n\nTwo\n📅 Thu 21 Jan, 10:00 CET · Alpha\n\nOne\n📅 Fri 22 Jan, 15:00 CET · Alpha"
    )
    assert edited.labels == ("Two", "One", "Why?", "Follow less")
    assert await stage.refusals() == ()
