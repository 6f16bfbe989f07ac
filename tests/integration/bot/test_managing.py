"""Organisers change what is published: asked first, with what it means, then done."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sandbox.client import Shown
from storage import Notice, Role, Session, Webinar, WebinarHost, WebinarStatus
from tests.factories import NOW, SETTLE, START, add_role, rows
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage
from tests.integration.bot.steps import at, register, tap

BACK = "‹ Back"  # noqa: RUF001 -- as on the button
SCREEN = "Smart packaging\n📅 Wed 20 Jan, 10:00 CET\nAlpha\n0 registered"
CHANGES = {"Move", "Edit", "Cancel webinar", "Preview", BACK}
ASKED = (
    "Send the new date and time of Smart packaging, for example 3 Feb 9:30. Without a city I read it as Brussels time."
)
NOBODY = "Nobody needs to be told."
WHY = "Why is Smart packaging cancelled? Send one line: everybody who has a place reads it."
NOT_ALLOWED = "Only organisers can do this."
NOT_HOSTED = "This webinar is hosted by Alpha. Only their organisers can change it."
MOVED = datetime(2027, 1, 21, 14, tzinfo=UTC)
MINUTE = int(MOVED.timestamp()) // 60
VERBS = ("gw:%s", "gm:%s", f"gs:%s:{MINUTE}", "gx:%s:0", "gx:%s:1", "gx:%s:999", "gr:%s", "gh:%s", "ga:%s:beta")

State = tuple[datetime, str, WebinarStatus, int]


async def appoint(stage: Stage, user: int, *partnerships: str) -> None:
    await stage.start(user)
    for partnership in partnerships:
        await stage.database.write(add_role, await stage.person_id(user), partnership)


async def open_(stage: Stage, user: int) -> Shown:
    """The one webinar that the person can change."""
    await stage.hear(user, "/manage")
    return await stage.press(user, "Smart packaging")


async def state(stage: Stage) -> list[State]:
    found = await stage.database.read(rows, Webinar)
    return [(webinar.starts_at, webinar.timezone, webinar.status, webinar.sequence) for webinar in found]


async def hosts(stage: Stage) -> list[str]:
    return sorted(host.partnership_id for host in await stage.database.read(rows, WebinarHost, "partnership_id"))


async def refused(stage: Stage, user: int, message: Shown, verbs: Sequence[str]) -> None:
    for data in verbs:
        await stage.telegram.mark()
        assert (await stage.telegram.forge(user, message.message_id, data)).answered
        answer = await stage.answer(user)
        assert answer.text in (NOT_ALLOWED, NOT_HOSTED), data
        assert answer.labels == (), data


async def test_list_shows_what_the_person_may_change(stage: Stage) -> None:
    await appoint(stage, BEN, "beta")
    await stage.post(code="one", title="AI & <SMEs>", capacity=1)
    await stage.post(code="two", title="Beta's", hosts=("beta", "alpha"), starts_at=START + timedelta(days=1))
    await stage.post(code="three", title="Over", starts_at=NOW - timedelta(days=2))
    await stage.fill("one", range(100, 103))
    await stage.start(MARTA)
    await stage.cancel("two")

    everything = await stage.hear(MARTA, "/manage")
    assert everything.text == (
        "Webinars you can change\n\n"
        "AI & <SMEs>\nWed 20 Jan, 10:00 CET · 1 registered, 2 waiting\n\n"
        "Beta's\nThu 21 Jan, 10:00 CET · 0 registered · ❌ cancelled"
    )
    assert everything.labels[:3] == ("AI & <SMEs>", "Beta's", "New webinar")
    assert (await stage.hear(BEN, "/manage")).labels[:2] == ("Beta's", "New webinar")
    assert (await stage.hear(ANA, "/manage")).text == NOT_ALLOWED
    assert await stage.refusals() == ()


async def test_list_is_paged_and_empty_lists_lead_on(stage: Stage) -> None:
    assert (await stage.hear(MARTA, "/manage")).text == "You have no coming webinar. /new posts one."
    for number in range(1, 8):
        await stage.post(code=f"code{number}", title=f"Webinar {number}", starts_at=START + timedelta(days=number))

    first = await stage.hear(MARTA, "/manage")
    second = await tap(stage, MARTA, first.labels[5], first)

    assert (first.text.partition("\n")[0], second.text.partition("\n")[0]) == (
        "Webinars you can change (1 of 2)",
        "Webinars you can change (2 of 2)",
    )
    assert second.labels[:2] == ("Webinar 6", "Webinar 7")
    assert (await tap(stage, MARTA, second.labels[2], second)).keyboard == first.keyboard
    assert await stage.refusals() == ()


async def test_webinar_is_moved_after_bad_answers_and_a_second_thought(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await register(stage, ANA, "pack1234")
    await register(stage, BEN, "pack1234")
    shown = await open_(stage, MARTA)
    assert shown.text == SCREEN.replace("0 registered", "1 registered, 1 waiting")
    assert {*shown.labels} >= CHANGES

    question = await stage.press(MARTA, "Move")
    assert (question.text, question.labels) == (ASKED, (BACK,))
    for bad, fault in (
        ("30 Feb 9:30", "⚠️ 30 Feb does not exist."),
        ("17 Jan 2027 9:30", "⚠️ That time is past."),
        ("21 Jan 25:00", "⚠️ 25:00 is not a time."),
        ("Mon 21 Jan 15:00", "⚠️ In “Mon 21 Jan 15:00” the weekday and the date don't fit together."),
        ("28 Mar 2:30", "⚠️ The clocks go forward that night: 02:30 does not exist on that day."),
        ("21 Jan 15:00 Atlantis", "⚠️ I don't know the city “Atlantis”. Try a city such as Brussels or Shanghai."),
        ("later <b>&", "⚠️ I can't read “later <b>&” as a date and time."),
    ):
        answer = await stage.hear(MARTA, bad)
        assert (answer.text, answer.labels) == (fault, (BACK,)), bad
    sure = await stage.hear(MARTA, "21 Jan 15:00")
    assert sure.text.startswith(
        "Move Smart packaging to Thu 21 January 2027, 15:00 CET (Brussels)?\n\n"
        "2 people are told once (1 registered, 1 waiting).\n"
    )
    assert sure.labels == ("Move and tell", BACK)
    assert (await stage.press(MARTA, BACK)).text == shown.text
    assert await state(stage) == [(START, "Europe/Brussels", WebinarStatus.PUBLISHED, 0)]

    await stage.press(MARTA, "Move")
    await stage.hear(MARTA, "21 Jan 22:00 Shanghai")
    moved = await stage.press(MARTA, "Move and tell")

    assert moved.text == "Smart packaging\n📅 Thu 21 Jan, 15:00 CET\nAlpha\n1 registered, 1 waiting"
    assert await state(stage) == [(MOVED, "Europe/Brussels", WebinarStatus.PUBLISHED, 1)]
    assert sorted(await at(stage, NOW + SETTLE)) == [ANA, BEN]
    assert await stage.refusals() == ()


async def test_time_that_passed_while_the_organiser_thought(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await open_(stage, MARTA)
    await stage.press(MARTA, "Move")
    sure = await stage.hear(MARTA, "19 Jan 10:00")
    stage.clock.moment = START - timedelta(hours=1)

    pressed = await stage.telegram.press(MARTA, sure.message_id, "Move and tell")
    await stage.telegram.wait_for("editMessageText", chat=MARTA)

    assert (pressed.text, pressed.alert) == ("Not moved: that time is past. Press Move and send a new one.", True)
    assert (await stage.message(MARTA, sure.message_id)).text == SCREEN
    assert await state(stage) == [(START, "Europe/Brussels", WebinarStatus.PUBLISHED, 0)]
    assert await stage.refusals() == ()


async def test_webinar_is_cancelled_after_a_second_thought_and_restored(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    shown = await open_(stage, MARTA)

    why = await stage.press(MARTA, "Cancel webinar")
    assert (why.text, why.labels) == (WHY, ("No reason", BACK))
    sure = await stage.press(MARTA, "No reason")
    assert (sure.text, sure.labels) == (
        "Cancel Smart packaging?\n\n1 person is told once (1 registered).",
        ("Cancel and tell", BACK),
    )
    assert (await stage.press(MARTA, BACK)).text == shown.text
    await stage.press(MARTA, "Cancel webinar")
    await stage.press(MARTA, "No reason")
    cancelled = await stage.press(MARTA, "Cancel and tell")
    assert cancelled.text == f"❌ This webinar is cancelled.\n{shown.text}"
    assert {*cancelled.labels} & {*CHANGES, "Restore"} == {"Restore", "Preview", BACK}
    assert list(await at(stage, stage.clock() + SETTLE)) == [ANA]

    sure = await stage.press(MARTA, "Restore")
    assert (sure.text, sure.labels) == (
        "Restore Smart packaging? It takes place on Wed 20 Jan, 10:00 CET.\n\n1 person is told once (1 registered).",
        ("Restore and tell", BACK),
    )
    restored = await stage.press(MARTA, "Restore and tell")
    assert restored.text == shown.text
    assert {*restored.labels} >= CHANGES
    assert list(await at(stage, stage.clock() + SETTLE)) == [ANA]
    assert await state(stage) == [(START, "Europe/Brussels", WebinarStatus.PUBLISHED, 2)]
    assert await stage.refusals() == ()


async def test_nobody_is_told_of_what_is_cancelled_for_nobody(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await open_(stage, MARTA)

    await stage.press(MARTA, "Cancel webinar")
    assert (await stage.press(MARTA, "No reason")).text == f"Cancel Smart packaging?\n\n{NOBODY}"
    await stage.press(MARTA, "Cancel and tell")

    assert await at(stage, NOW + SETTLE) == {}
    assert await stage.refusals() == ()


async def test_strangers_and_organisers_of_others_change_nothing(stage: Stage) -> None:
    await appoint(stage, BEN, "beta")
    await stage.post(code="pack1234")
    before = await state(stage)

    for user in (ANA, BEN):
        message = await stage.start(user)
        await refused(stage, user, message, [verb % "pack1234" for verb in VERBS])
        assert (await stage.message(user, message.message_id)).text == message.text

    assert (await state(stage), await hosts(stage)) == (before, ["alpha"])
    assert await stage.database.read(rows, Notice) == []
    assert (await stage.hear(BEN, "21 Jan 15:00")).text.startswith("I found nothing")  # no question was opened
    assert await stage.refusals() == ()


async def test_codes_that_are_not_there(stage: Stage) -> None:
    message = await stage.start(MARTA)

    for verb in VERBS:
        await stage.telegram.mark()
        assert (await stage.telegram.forge(MARTA, message.message_id, verb % "zzzzzzzz")).answered
        assert (await stage.answer(MARTA)).text.startswith("I can't find this webinar."), verb

    assert await stage.refusals() == ()


async def test_right_that_is_taken_away_between_question_and_answer(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    await stage.post(code="pack1234")
    await open_(stage, BEN)
    await stage.press(BEN, "Move")
    await stage.database.write(take_rights)

    assert (await stage.hear(BEN, "21 Jan 15:00")).text == NOT_ALLOWED
    assert (await stage.hear(BEN, "packaging")).text.startswith("Webinars for “packaging”")

    assert await state(stage) == [(START, "Europe/Brussels", WebinarStatus.PUBLISHED, 0)]
    assert await stage.refusals() == ()


def take_rights(session: Session) -> None:
    for role in rows(session, Role):
        if role.partnership_id:
            session.delete(role)


async def test_two_organisers_press_at_odds(stage: Stage) -> None:
    """What the one wants to move the other has cancelled meanwhile: it is shown again before anything is made."""
    await appoint(stage, BEN, "alpha")
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    await open_(stage, BEN)
    await stage.press(BEN, "Move")
    sure = await stage.hear(BEN, "21 Jan 15:00")
    await open_(stage, MARTA)
    await call_off(stage)

    pressed = await stage.telegram.press(BEN, sure.message_id, "Move and tell")
    await stage.telegram.wait_for("editMessageText", chat=BEN)
    again = await stage.message(BEN, sure.message_id)

    assert (pressed.text, pressed.alert) == (
        "Not saved: the webinar has changed meanwhile. Look at it again.",
        True,
    )
    assert again.text.startswith("Move Smart packaging to Thu 21 January 2027, 15:00 CET (Brussels)?\n\n" + NOBODY)
    moved = await stage.press(BEN, "Move and tell", again)
    assert moved.text.startswith("❌ This webinar is cancelled.\nSmart packaging\n📅 Thu 21 Jan, 15:00 CET\n")
    told = await at(stage, NOW + SETTLE)
    assert [shown.text for shown in told[ANA]] == [
        "❌ Smart packaging is cancelled. It was planned for Thu 21 Jan, 15:00 CET."
    ]
    assert await stage.refusals() == ()


async def call_off(stage: Stage) -> None:
    """Without a reason."""
    for button in ("Cancel webinar", "No reason", "Cancel and tell"):
        await stage.press(MARTA, button)
