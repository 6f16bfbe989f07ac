"""How it was, in the chat: one message that asks, is answered and changed; and what its hosts see of it."""

from datetime import timedelta

from domain.attendance import doors
from domain.feedback import asked
from sandbox.client import Shown
from storage import Attendance, Feedback, FeedbackForm
from tests.factories import START, add_role, rows
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage
from tests.integration.bot.steps import at, register

END = START + timedelta(hours=1)
ASKED = END + timedelta(minutes=30)
BACK = "‹ Back"  # noqa: RUF001 -- as on the button


async def held(stage: Stage, *users: int) -> dict[int, list[Shown]]:
    """A webinar for which they registered, to which they came, and of which they are asked."""
    await stage.post(code="pack1234")
    for user in users:
        await register(stage, user, "pack1234")
        await stage.database.write(doors.enter, await stage.person_id(user), 1, now=START)
    await stage.database.write(asked.plan, now=ASKED)
    return await at(stage, ASKED)


async def look(stage: Stage, user: int, message: Shown) -> Shown:
    return await stage.message(user, message.message_id)


async def type_line(stage: Stage, user: int, text: str, message: Shown) -> Shown:
    """What is typed is taken into the message that asked."""
    await stage.telegram.mark()
    await stage.telegram.say(user, text)
    await stage.telegram.wait_for("editMessageText", chat=user)
    return await look(stage, user, message)


async def test_one_message_asks_and_takes_all_answers(stage: Stage) -> None:
    told = await held(stage, BEN)
    [message] = told[BEN]
    assert message.text == "How was Smart packaging?\nOne tap is enough: 1 is poor, 5 is very good."
    assert message.labels == ("1", "2", "3", "4", "5", "Why?", "Fewer messages")

    scale = await stage.press(BEN, "4", message)
    assert (scale.message_id, scale.labels) == (message.message_id, ("1", "2", "3", "4", "5", BACK, "Skip"))
    assert scale.text.startswith("Smart packaging: question 1 of 3\nHow useful was it for your company?")
    choice = await stage.press(BEN, "5", message)
    assert choice.labels == ("More on this subject", "Another market", "Meeting partners", BACK, "Skip")
    line = await stage.press(BEN, "Skip", message)
    assert line.labels == (BACK, "Skip")
    done = await type_line(stage, BEN, "More time for questions & <answers>", message)

    assert done.text == (
        "✅ Thank you. Smart packaging: 4 of 5\n"
        "• How useful was it for your company? 5\n"
        "• What should we do better next time? More time for questions & <answers>\n"
        "The hosts see your answers without your name."
    )
    assert done.labels == ("Show my name to the hosts", "Change my answers", "All webinars")
    await stage.database.write(asked.plan, now=ASKED + timedelta(days=1))
    assert await at(stage, ASKED + timedelta(days=1)) == {}
    assert await stage.refusals() == ()


async def test_answers_and_the_name_can_be_changed(stage: Stage) -> None:
    told = await held(stage, BEN)
    [message] = told[BEN]
    await stage.press(BEN, "4", message)
    for _ in range(3):
        await stage.press(BEN, "Skip", message)
    named = await stage.press(BEN, "Show my name to the hosts", message)
    assert named.text.endswith("The hosts see your answers with your name.")
    again = await stage.press(BEN, "Change my answers", message)
    assert again.labels == ("1", "2", "3", "✅ 4", "5", "Next ›")  # noqa: RUF001 -- as on the button
    await stage.press(BEN, "2", message)
    await stage.press(BEN, "3", message)
    back = await stage.press(BEN, BACK, message)
    assert back.labels == ("1", "2", "✅ 3", "4", "5", "Remove my answer", BACK, "Next ›")  # noqa: RUF001
    await stage.press(BEN, "Remove my answer", message)

    [kept] = await stage.database.read(rows, Feedback)
    assert (kept.rating, kept.named) == (2, True)
    assert await stage.refusals() == ()


async def test_a_line_that_is_too_long_is_asked_for_again(stage: Stage) -> None:
    told = await held(stage, BEN)
    [message] = told[BEN]
    await stage.press(BEN, "4", message)
    for _ in range(2):
        await stage.press(BEN, "Skip", message)

    refused = await stage.hear(BEN, "x" * 301)
    assert "What should we do better next time?" in refused.text
    assert "⚠️" in refused.text
    taken = await type_line(stage, BEN, "Shorter", message)

    assert "• What should we do better next time? Shorter" in taken.text
    assert await stage.refusals() == ()


async def test_after_two_weeks_nothing_is_changed_any_more(stage: Stage) -> None:
    told = await held(stage, BEN)
    [message] = told[BEN]
    stage.clock.moment = END + timedelta(days=14)

    late = await stage.press_for_answer(BEN, "5", message)

    assert late.text == "This can be answered for two weeks after a webinar, by those who were there. /webinars"
    assert await stage.database.read(rows, Feedback) == []


async def test_forged_answers_do_nothing(stage: Stage) -> None:
    told = await held(stage, BEN)
    [message] = told[BEN]
    for data in ("ar:pack1234:9", "aa:pack1234:0:3", "aq:pack1234:7", "ad:pack1234:9", "an:pack1234:1"):
        shown = await stage.forge(BEN, data, message)
        assert shown.labels[:5] == ("1", "2", "3", "4", "5")
    stranger = await stage.start(CHIARA, "w_pack1234")
    for data in ("ar:pack1234:5", "af:pack1234"):
        await stage.telegram.mark()
        assert (await stage.telegram.forge(CHIARA, stranger.message_id, data)).answered
        assert (await stage.answer(CHIARA)).text.startswith("This can be answered for two weeks")
    for data in ("ah:pack1234", "ap:pack1234", "ac:pack1234:1", "at:pack1234:1", "ax:pack1234", "aw:pack1234"):
        await stage.telegram.mark()
        assert (await stage.telegram.forge(CHIARA, stranger.message_id, data)).answered
        assert (await stage.answer(CHIARA)).text == "Only organisers can do this."

    assert await stage.database.read(rows, Feedback) == []


async def test_hosts_see_counts_a_picture_and_comments(stage: Stage) -> None:
    told = await held(stage, ANA, BEN)
    for user, stars in ((ANA, "5"), (BEN, "4")):
        await stage.press(user, stars, told[user][0])
    for _ in range(2):
        await stage.press(BEN, "Skip", told[BEN][0])
    await type_line(stage, BEN, "Louder, please", told[BEN][0])
    await stage.press(BEN, "Show my name to the hosts", told[BEN][0])

    await stage.hear(MARTA, "/manage")
    await stage.press(MARTA, "Past webinars")
    await stage.press(MARTA, "Smart packaging")
    results = await stage.press(MARTA, "Feedback")
    assert results.text.splitlines()[2:] == [
        "2 of the 2 who came answered (100%).",
        "⭐ 4.5 of 5 on average",
        "5 ⭐: 1",
        "4 ⭐: 1",
    ]
    assert results.labels == ("Picture", "Comments (1)", BACK)
    await stage.telegram.mark()
    assert (await stage.telegram.press(MARTA, results.message_id, "Picture")).answered
    (sent,) = await stage.telegram.wait_for("sendPhoto", chat=MARTA)
    picture = await stage.message(MARTA, sent.message_id)
    assert picture.text.splitlines()[0] == "Smart packaging"
    comments = await stage.press(MARTA, "Comments (1)", results)
    assert comments.text == "Smart packaging\n1 comment\n\nWhat should we do better next time?\n“Louder, please” — Ben"
    assert (await stage.press(MARTA, BACK, comments)).labels == results.labels
    assert await stage.refusals() == ()


async def test_organisers_write_and_choose_what_is_asked(stage: Stage) -> None:
    await stage.hear(MARTA, "/manage")
    await stage.database.write(add_role, await stage.person_id(MARTA), "alpha")
    await stage.post(code="pack1234")
    await stage.hear(MARTA, "/manage")
    await stage.press(MARTA, "Smart packaging")
    form = await stage.press(MARTA, "Feedback questions")
    assert form.labels == ("Write my own", BACK)
    assert "1. How useful was it for your company? (1 to 5)" in form.text
    await stage.press(MARTA, "Write my own")
    refused = await stage.hear(MARTA, "Which? USA /")
    assert refused.text.startswith("⚠️ I can't read this: Which? USA /")
    taken = await stage.hear(MARTA, "Clear? 1-5\nWhich? USA / China")
    assert taken.text.splitlines()[2:] == ["1. Clear? (1 to 5)", "2. Which? (USA / China)"]
    assert taken.labels == ("✅ Smart packaging", "The usual questions", "Write my own", BACK)

    usual = await stage.press(MARTA, "The usual questions")
    assert usual.labels == ("Smart packaging", "Write my own", BACK)
    assert await stage.database.read(rows, FeedbackForm, "webinar_id") == []
    await stage.press(MARTA, "Smart packaging")
    assert len(await stage.database.read(rows, FeedbackForm, "webinar_id")) == 1
    await stage.hear(MARTA, "/new")
    draft = await stage.hear(MARTA, "Cold chain")
    of_draft = await stage.press(MARTA, "Feedback questions", draft)
    assert of_draft.labels == ("Smart packaging", "Done")
    chosen = await stage.press(MARTA, "Smart packaging")
    assert chosen.labels == ("✅ Smart packaging", "The usual questions", "Done")
    assert "✅ Feedback questions" in (await stage.press(MARTA, "Done")).labels
    assert await stage.refusals() == ()


async def test_in_french_the_usual_questions_are_french(stage: Stage) -> None:
    await stage.telegram.people(BEN, first_name="Ben", language_code="fr")
    told = await held(stage, BEN)
    [message] = told[BEN]

    shown = await stage.press(BEN, "5", message)

    assert "Le webinaire a-t-il été utile à votre entreprise" in shown.text
    assert len(await stage.database.read(rows, Attendance, "person_id")) == 1
