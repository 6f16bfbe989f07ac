"""Lists, pages and cards."""

from datetime import timedelta

from domain import registration
from sandbox.client import Shown
from tests.factories import START
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage


def titles(shown: Shown) -> list[str]:
    return [label for label in shown.labels if label.startswith("Webinar ")]


async def post_twelve(stage: Stage) -> None:
    """In the wrong order, so that only sorting puts them right."""
    for number in (12, *range(1, 12)):
        await stage.post(
            code=f"code{number}", title=f"Webinar {number:02}", starts_at=START + timedelta(days=number), topics=()
        )


async def test_what_is_coming_is_paged_forth_and_back_in_one_message(stage: Stage) -> None:
    await post_twelve(stage)
    pages = [[f"Webinar {number:02}" for number in page] for page in (range(1, 6), range(6, 11), range(11, 13))]

    first = await stage.hear(ANA, "/webinars")
    assert (titles(first), first.labels[5:]) == (pages[0], ("Later ›", "Find", "My webinars"))  # noqa: RUF001 -- as on the button
    second = await stage.press(ANA, "u:2")
    assert (titles(second), second.labels[5:]) == (pages[1], ("‹ Earlier", "Later ›", "Find", "My webinars"))  # noqa: RUF001 -- the same
    third = await stage.press(ANA, "u:3")
    assert (titles(third), third.labels[2:]) == (pages[2], ("‹ Earlier", "Find", "My webinars"))  # noqa: RUF001 -- the same
    back = await stage.press(ANA, "u:2")

    assert [shown.text.partition("\n")[0] for shown in (first, second, third, back)] == [
        "Coming webinars (1 of 3)",
        "Coming webinars (2 of 3)",
        "Coming webinars (3 of 3)",
        "Coming webinars (2 of 3)",
    ]
    assert (back.text, back.keyboard, back.message_id) == (second.text, second.keyboard, first.message_id)
    assert await stage.refusals() == ()


async def test_page_that_is_gone_shows_the_last_there_is(stage: Stage) -> None:
    await post_twelve(stage)
    await stage.hear(ANA, "/webinars")
    await stage.press(ANA, "u:2")
    third = await stage.press(ANA, "u:3")
    stage.clock.moment = START + timedelta(days=9, hours=2)

    again = await stage.press(ANA, "u:2", third)

    assert titles(again) == ["Webinar 10", "Webinar 11", "Webinar 12"]
    assert again.text.startswith("Coming webinars\n")
    assert await stage.refusals() == ()


async def test_list_and_card_turn_into_each_other(stage: Stage) -> None:
    await post_twelve(stage)
    listed = await stage.hear(ANA, "/webinars")

    card = await stage.press(ANA, "Webinar 03")
    again = await stage.press(ANA, "All webinars")

    assert card.text == "Webinar 03\nAlpha · in English · 60 min\n📅 Sat 23 January 2027, 10:00 CET (Brussels)"
    assert (again.text, again.keyboard) == (listed.text, listed.keyboard)
    assert await stage.refusals() == ()


async def test_nothing_is_planned(stage: Stage) -> None:
    empty = await stage.hear(ANA, "/webinars")

    assert empty.text == "No webinar is planned at the moment. Please come back in a few days."
    mine = await stage.press(ANA, "My webinars")
    assert mine.text == "You are not registered for a webinar yet."
    assert (await stage.press(ANA, "All webinars", mine)).text == empty.text
    assert await stage.refusals() == ()


async def test_mine_shows_seats_and_places_in_line_and_what_was_cancelled(stage: Stage) -> None:
    await stage.post(code="one", title="Webinar 01", starts_at=START + timedelta(days=1))
    await stage.post(code="two", title="Webinar 02", starts_at=START + timedelta(days=2), capacity=1)
    await stage.post(code="three", title="Webinar 03", starts_at=START + timedelta(days=3))
    await stage.post(code="four", title="Webinar 04", starts_at=START + timedelta(days=4))
    await stage.fill("two", range(100, 102))
    await stage.start(ANA)
    for code in ("one", "two", "three"):
        await stage.database.write(registration.register, code, await stage.person_id(ANA), now=stage.clock())
    await stage.cancel("three")

    mine = await stage.hear(ANA, "/mine")

    assert mine.text == (
        "My webinars\n\n"
        "Webinar 01\nThu 21 Jan, 10:00 CET · Alpha · ✅ registered\n\n"
        "Webinar 02\nFri 22 Jan, 10:00 CET · Alpha · ⏳ number 2 in line\n\n"
        "Webinar 03\nSat 23 Jan, 10:00 CET · Alpha · ❌ cancelled"
    )
    assert (await stage.hear(BEN, "/mine")).text == "You are not registered for a webinar yet."
    assert await stage.refusals() == ()


async def test_mine_is_paged_too(stage: Stage) -> None:
    await post_twelve(stage)
    await stage.start(ANA)
    for number in range(1, 8):
        await stage.database.write(
            registration.register, f"code{number}", await stage.person_id(ANA), now=stage.clock()
        )
    await stage.hear(ANA, "/mine")

    second = await stage.press(ANA, "m:2")

    assert (titles(second), second.text.partition("\n")[0]) == (["Webinar 06", "Webinar 07"], "My webinars (2 of 2)")
    assert len(titles(await stage.press(ANA, "m:1"))) == 5
    assert await stage.refusals() == ()


async def test_pressing_what_is_shown_already_changes_nothing_and_is_answered(stage: Stage) -> None:
    await post_twelve(stage)
    listed = await stage.hear(ANA, "/webinars")
    await stage.press(ANA, "u:2")

    pressed = await stage.telegram.forge(ANA, listed.message_id, "u:2")

    assert (pressed.answered, pressed.alert) == (True, False)
    assert [(method, text.partition(":")[2][:24]) for method, text in await stage.refusals() if text] == [
        ("editMessageText", " message is not modified")
    ]


async def test_message_that_the_person_deleted_is_sent_anew(stage: Stage) -> None:
    await stage.post(code="pack1234")
    listed = await stage.hear(ANA, "/webinars")
    await stage.telegram.fault(
        method="editMessageText", code=400, description="Bad Request: message to edit not found", n=1
    )

    card = await stage.press_for_answer(ANA, "Smart packaging", listed)

    assert card.message_id > listed.message_id
    assert card.text.startswith("Smart packaging\n")
    assert await stage.refusals() == (("editMessageText", "Bad Request: message to edit not found"),)


async def test_words_that_telegram_reads_as_markup_or_links_are_shown_as_they_are(stage: Stage) -> None:
    title = "AI & <b>SMEs</b> {0} %s"
    await stage.post(code="pack1234", title=title, description=f"{title}\n<tg-time>&lt;\n{title}", capacity=3)

    for text in ("/start", "/webinars", "/start w_pack1234"):
        assert title in (await stage.hear(ANA, text)).text
    registered = await stage.press(ANA, "Register")
    assert f"\n\n{title}\n<tg-time>&lt;\n{title}\n" in registered.text
    assert title in (await stage.hear(ANA, "/mine")).text
    assert await stage.refusals() == ()


async def test_longest_webinars_can_be_listed_and_opened(stage: Stage) -> None:
    for number in range(6):
        await stage.post(
            code=f"long{number}", title="😀" * 120, description="😀" * 2000, hosts=("alpha", "beta"), capacity=1
        )
    await stage.fill("long0", range(100, 103))

    await stage.hear(MARTA, "/webinars")
    await stage.press(MARTA, "w:long0")
    card = await stage.press(MARTA, "Join waitlist")

    assert card.text.startswith("⏳ You are number 3 in line.")
    assert await stage.refusals() == ()
