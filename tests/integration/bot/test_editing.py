"""Organisers change what a webinar says: typed or chosen, shown with what it means, saved loudly or silently."""

from datetime import timedelta

import pytest

from bot.doors import Redirect
from domain.cards import Ticket
from sandbox.client import Shown
from storage import Audit, Proposal, Revision, Webinar, WebinarStatus
from tests.factories import NOW, SETTLE, START, add_role, rows
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, PUBLIC_URL, SECRET, Stage
from tests.integration.bot.steps import at, register, tap, texts

BACK = "‹ Back"  # noqa: RUF001 -- as on the button
PARTS = ("Title", "Length", "Language", "Seats", "Link", "Time zone", "Topics", "Description", "Agenda", BACK)
SHEET = (
    "Smart packaging\nPress what you want to change.\n\n"
    "Title: Smart packaging\nLength: 60 min\nLanguage: English\nSeats: 1\nLink: https://meet.example.org/secret\n"
    "Time zone: Brussels\nTopics: China\nDescription: none\nAgenda: none"
)
TWO = "2 people can be told (1 registered, 1 waiting)."
GONE = "That change is no longer open: it was made, or is too old. This is how the webinar is now."
MEANWHILE = "Not saved: the webinar has changed meanwhile. Look at it again."
NOT_ALLOWED = "Only organisers can do this."


async def open_sheet(stage: Stage, user: int = MARTA) -> Shown:
    await stage.hear(user, "/manage")
    await stage.press(user, "Smart packaging")
    return await stage.press(user, "Edit")


async def posted(stage: Stage) -> Shown:
    """Ana has the one seat, Ben waits, Marta looks at what she can change."""
    await stage.post(code="pack1234", capacity=1)
    await register(stage, ANA, "pack1234")
    await register(stage, BEN, "pack1234")
    return await open_sheet(stage)


async def alerted(stage: Stage, user: int, button: str, message: Shown) -> tuple[str | None, Shown]:
    """Press a button. Returns what its small window says, and the message as it is then."""
    pressing = stage.telegram.press if button in message.labels else stage.telegram.forge
    await stage.telegram.mark()
    pressed = await pressing(user, message.message_id, button)
    await stage.telegram.wait_for("editMessageText", chat=user)
    assert pressed.alert
    return pressed.text, await stage.message(user, message.message_id)


async def webinar(stage: Stage) -> Webinar:
    [found] = await stage.database.read(rows, Webinar)
    return found


async def test_title_is_changed_and_told_once_even_if_the_bot_is_restarted_meanwhile(stage: Stage) -> None:
    sheet = await posted(stage)
    assert (sheet.text, sheet.labels) == (SHEET, PARTS)

    question = await stage.press(MARTA, "Title")
    assert (question.text, question.labels) == (
        "Smart packaging\nTitle: Smart packaging\n\nSend the title.",
        (BACK,),
    )
    await stage.restart()
    sure = await stage.hear(MARTA, "Smarter <packaging>")
    assert sure.text == f"Change Smart packaging?\nTitle: Smart packaging → Smarter <packaging>\n\n{TWO}"
    assert sure.labels == ("Save and tell", "Save silently", BACK)
    await stage.restart()
    saved = await stage.press(MARTA, "Save and tell")

    assert saved.text == "Smarter <packaging>\n📅 Wed 20 Jan, 10:00 CET\nAlpha\n1 registered, 1 waiting"
    assert await at(stage, NOW + SETTLE - timedelta(seconds=1)) == {}
    told = await at(stage, NOW + SETTLE)
    change = "Smart packaging has changed:\nTitle: Smart packaging → Smarter <packaging>"
    assert texts(told) == {ANA: [change], BEN: [change]}
    assert [told[user][0].labels for user in (ANA, BEN)] == [
        ("Why?", "Details", "Cancel registration"),
        ("Why?", "Details", "Leave waitlist"),
    ]
    assert await at(stage, NOW + timedelta(hours=1)) == {}
    assert await stage.refusals() == ()


async def test_typo_is_mended_silently(stage: Stage) -> None:
    await posted(stage)
    await stage.press(MARTA, "Description")
    sure = await stage.hear(MARTA, "Labels & <rules>")
    assert sure.text == f"Change Smart packaging?\nDescription, new:\nLabels & <rules>\n\n{TWO}"
    await stage.press(MARTA, "Save silently")

    assert (await webinar(stage)).description == "Labels & <rules>"
    assert await at(stage, NOW + SETTLE) == {}
    assert await stage.refusals() == ()


async def test_new_link_is_told_to_those_alone_who_took_the_old_one_away(stage: Stage) -> None:
    await posted(stage)
    await register(stage, CHIARA, "pack1234")
    card = await stage.start(ANA, "w_pack1234")
    await stage.telegram.mark()
    assert (await stage.telegram.press(ANA, card.message_id, "Add to calendar")).answered
    await stage.telegram.wait_for("sendDocument", chat=ANA)
    await stage.press(MARTA, "Link")
    bad = await stage.hear(MARTA, "http://meet.example.org/new")
    assert bad.text == "⚠️ That is not a link I can use. It must begin with https://."
    sure = await stage.hear(MARTA, "https://meet.example.org/new")
    assert sure.labels == ("Save and tell", BACK)
    assert sure.text.endswith(
        "\n\n1 person is told once (1 registered).\nJoin now leads everybody else to the new link by itself."
    )
    await stage.press(MARTA, "Save and tell")

    told = await at(stage, NOW + SETTLE)

    assert texts(told) == {ANA: ["Smart packaging has changed:\nThe link to join is new. Please use this one."]}
    way_in = Redirect(PUBLIC_URL, SECRET)(Ticket(await stage.person_id(ANA), 1), "https://meet.example.org/new")
    assert told[ANA][0].keyboard[0][0].url == way_in
    assert await stage.refusals() == ()


@pytest.mark.parametrize(
    ("button", "answer", "line", "value"),
    [
        ("Length", "1h30", "Length: 60 min → 1 h 30 min", ("duration_minutes", 90)),
        ("Seats", "unlimited", "Seats: 1 → unlimited", ("capacity", None)),
        ("Time zone", "Shanghai", "Time zone: Brussels → Shanghai", ("timezone", "Asia/Shanghai")),
        ("Agenda", "10 min Welcome <all>", "Agenda, new:\n• Welcome <all>, 10 min", ("starts_at", START)),
    ],
)
async def test_other_parts_are_typed_too(
    stage: Stage, button: str, answer: str, line: str, value: tuple[str, object]
) -> None:
    await posted(stage)
    await stage.press(MARTA, button)
    sure = await stage.hear(MARTA, answer)
    assert sure.text.startswith(f"Change Smart packaging?\n{line}\n\n")
    await stage.press(MARTA, sure.labels[0])

    found = await webinar(stage)
    assert (getattr(found, value[0]), found.sequence, found.starts_at) == (value[1], 1, START)
    assert await stage.refusals() == ()


async def test_more_seats_are_given_at_once_and_fewer_take_nobody_s(stage: Stage) -> None:
    await posted(stage)
    await stage.press(MARTA, "Seats")
    sure = await stage.hear(MARTA, "2")
    assert sure.text == "Change Smart packaging?\nSeats: 1 → 2\n\n1 of those in line gets a seat at once and is told."
    assert (await stage.press(MARTA, "Save")).text.endswith("2 registered")
    assert texts(await at(stage, NOW)) == {
        BEN: ["🎟 A seat came free: you are registered for Smart packaging.\n📅 Wed 20 Jan, 10:00 CET"]
    }

    await stage.press(MARTA, "Edit")
    await stage.press(MARTA, "Seats")
    sure = await stage.hear(MARTA, "1")
    assert sure.text == (
        "Change Smart packaging?\nSeats: 2 → 1\n\nNobody needs to be told.\n"
        "1 more is registered than there are seats. Nobody loses theirs; who comes now waits in line."
    )
    assert (await stage.press(MARTA, "Save")).text.endswith("2 registered")
    assert await at(stage, NOW + SETTLE) == {}
    assert await stage.refusals() == ()


async def test_topics_and_language_are_chosen(stage: Stage) -> None:
    await posted(stage)
    assert (await stage.press(MARTA, "Topics")).labels == ("✅ China", "Food", "Done", BACK)
    await stage.press(MARTA, "✅ China")
    assert (await stage.press(MARTA, "Food")).labels == ("China", "✅ Food", "Done", BACK)
    assert (await stage.press(MARTA, "Done")).text == f"Change Smart packaging?\nTopics: China → Food\n\n{TWO}"
    assert (await stage.press(MARTA, BACK)).text == SHEET

    await stage.press(MARTA, "Language")
    sure = await stage.press(MARTA, "French")
    assert sure.text == f"Change Smart packaging?\nLanguage: English → French\n\n{TWO}"
    await stage.press(MARTA, "Save and tell")

    told = await at(stage, NOW + SETTLE)
    assert texts(told)[ANA] == ["Smart packaging has changed:\nLanguage: English → French"]
    assert await stage.refusals() == ()


async def test_what_is_chosen_as_it_is_changes_nothing(stage: Stage) -> None:
    await posted(stage)
    topics = await stage.press(MARTA, "Topics")
    assert await alerted(stage, MARTA, "Done", topics) == (
        "It is so already. Nothing was changed.",
        await stage.message(MARTA, topics.message_id),
    )
    languages = await stage.press(MARTA, "Language")
    said, sheet = await alerted(stage, MARTA, "✅ English", languages)
    assert (said, sheet.text) == ("It is so already. Nothing was changed.", SHEET)
    await stage.press(MARTA, "Title")
    same = await stage.hear(MARTA, "Smart packaging")
    assert (same.text, same.labels) == ("It is so already. Nothing was changed.", (BACK,))

    assert await stage.database.read(rows, Revision) == []
    assert await stage.refusals() == ()


async def test_two_windows_and_two_organisers(stage: Stage) -> None:
    """Each window keeps what it asked; what another has made meanwhile is shown before anything is made again."""
    await stage.start(CHIARA)
    await stage.database.write(add_role, await stage.person_id(CHIARA), "alpha")
    await posted(stage)
    await stage.press(MARTA, "Title")
    mine = await stage.hear(MARTA, "Mine")
    await open_sheet(stage, CHIARA)
    await stage.press(CHIARA, "Title")
    await stage.hear(CHIARA, "Theirs")
    await stage.press(CHIARA, "Save and tell")

    said, again = await alerted(stage, MARTA, "Save and tell", mine)
    assert (said, again.text) == (MEANWHILE, f"Change Theirs?\nTitle: Theirs → Mine\n\n{TWO}")
    number = await last_proposal(stage)
    await stage.press(MARTA, "Save and tell", again)
    sheet = await stage.press(MARTA, "Edit", await stage.message(MARTA, again.message_id))
    said, shown = await alerted(stage, MARTA, f"xs:pack1234:{number}:1", sheet)

    assert (said, shown.text.partition("\n")[0]) == (GONE, "Mine")
    assert texts(await at(stage, NOW + SETTLE))[ANA] == ["Smart packaging has changed:\nTitle: Smart packaging → Mine"]
    assert [line.action for line in await stage.database.read(rows, Audit)] == ["edited", "edited"]
    assert await stage.refusals() == ()


async def test_description_is_taken_away_with_a_button(stage: Stage) -> None:
    await stage.post(code="pack1234", description="All of it.")
    await register(stage, ANA, "pack1234")
    sheet = await open_sheet(stage)
    question = await stage.press(MARTA, "Description")
    assert question.labels == ("Remove: Description", BACK)
    await stage.restart()

    sure = await stage.press(MARTA, "Remove: Description", question)
    assert sure.text.startswith("Change Smart packaging?\n")
    await stage.press(MARTA, "Save silently")
    assert (await webinar(stage)).description == ""
    said, _ = await alerted(stage, MARTA, "xc:pack1234:description", sheet)
    assert said == "It is so already. Nothing was changed."
    assert await stage.refusals() == ()


async def last_proposal(stage: Stage) -> int:
    return (await stage.database.read(rows, Proposal))[-1].id


async def test_move_cannot_be_made_silent_by_a_forged_press(stage: Stage) -> None:
    await posted(stage)
    await stage.press(MARTA, BACK)
    await stage.press(MARTA, "Move")
    sure = await stage.hear(MARTA, "21 Jan 15:00")

    await tap(stage, MARTA, f"xs:pack1234:{await last_proposal(stage)}:0", sure)

    assert sorted(await at(stage, NOW + SETTLE)) == [ANA, BEN]
    assert await stage.refusals() == ()


async def test_date_of_the_chat_app_moves_it_too(stage: Stage) -> None:
    await posted(stage)
    await stage.press(MARTA, BACK)
    await stage.press(MARTA, "Move")
    moment = int((START + timedelta(days=1, hours=5)).timestamp())
    sure = await stage.hear(
        MARTA,
        "that Thursday",
        entities=[{"type": "date_time", "offset": 0, "length": 13, "unix_time": moment, "date_time_format": "wDt"}],
    )

    assert sure.text.startswith("Move Smart packaging to Thu 21 January 2027, 15:00 CET (Brussels)?\n")
    assert await stage.refusals() == ()


async def test_reason_for_cancelling_is_read_by_all_who_have_a_place(stage: Stage) -> None:
    await posted(stage)
    await stage.press(MARTA, BACK)
    await stage.press(MARTA, "Cancel webinar")
    sure = await stage.hear(MARTA, "The speaker is <ill>.")
    assert sure.text == (
        "Cancel Smart packaging?\nReason: The speaker is <ill>.\n\n2 people are told once (1 registered, 1 waiting)."
    )
    cancelled = await stage.press(MARTA, "Cancel and tell")
    assert cancelled.text.startswith("❌ This webinar is cancelled.\nReason: The speaker is <ill>.\nSmart packaging\n")

    told = texts(await at(stage, NOW + SETTLE))
    assert (
        told[ANA]
        == told[BEN]
        == ["❌ Smart packaging is cancelled. It was planned for Wed 20 Jan, 10:00 CET.\nReason: The speaker is <ill>."]
    )
    assert (await stage.start(ANA, "w_pack1234")).text.startswith(
        "❌ This webinar is cancelled.\nReason: The speaker is <ill>.\n"
    )
    await stage.press(MARTA, "Restore", cancelled)
    restored = await stage.press(MARTA, "Restore and tell", await stage.message(MARTA, cancelled.message_id))
    assert restored.text.startswith("Smart packaging\n")
    assert ((await webinar(stage)).status, (await webinar(stage)).cancel_reason) == (WebinarStatus.PUBLISHED, "")
    assert await stage.refusals() == ()


async def test_strangers_and_forgers_change_nothing(stage: Stage) -> None:
    sheet = await posted(stage)
    await stage.press(MARTA, "Title")
    await stage.hear(MARTA, "Mine")
    number = await last_proposal(stage)
    message = await stage.start(ANA)

    for data in (
        "x:pack1234",
        "xa:pack1234:title",
        "xc:pack1234:agenda",
        "xl:pack1234:fr",
        f"xt:pack1234:{number}:food",
    ):
        await refused(stage, message, data)
    for data in (f"xv:pack1234:{number}", f"xs:pack1234:{number}:0", f"xs:pack1234:{number}:1"):
        await refused(stage, message, data)
    for data in ("xa:pack1234:hosts", "xa:pack1234:made-up", "xl:pack1234:tlh", "xv:pack1234:999"):
        await tap(stage, MARTA, "gw:pack1234", sheet)
        assert (await tap(stage, MARTA, data, sheet)).text == SHEET
    said, shown = await alerted(stage, MARTA, "xs:pack1234:999:1", sheet)
    assert (said, shown.labels[:2]) == (GONE, ("Move", "Edit"))
    assert (await alerted(stage, MARTA, "xt:pack1234:999:food", sheet))[0] == GONE

    assert (await webinar(stage)).sequence == 0
    assert await stage.refusals() == ()


async def refused(stage: Stage, message: Shown, data: str) -> None:
    await stage.telegram.mark()
    assert (await stage.telegram.forge(ANA, message.message_id, data)).answered
    assert (await stage.answer(ANA)).text in {
        NOT_ALLOWED,
        "This webinar is hosted by Alpha. Only their organisers can change it.",
    }
