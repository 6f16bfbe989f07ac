"""What people send that nobody asked for: a useful answer or silence, and never a refusal."""

from datetime import timedelta

import pytest

from storage import Database, Draft
from tests.factories import NOW, rows
from tests.integration.bot.stage import ANA, MARTA, Stage, staged

PUZZLED = "I did not understand that. /webinars shows what is coming, /help what I can do."
UNKNOWN_COMMANDS = ("/unknown", "/neww", "/register pack1234", "/" + "x" * 60)
ODD_WORDS = (
    "hello",
    "42",
    "a" * 4096,
    "😀" * 2048,
    "#a1 " * 90,
    "@abc " * 90,
    "%",
    "_",
    "\\",
    "שלום עולם",
    "\u202eevil\u202c \u2066x\u2069",
    "a\x00b\x07c\x1bd",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "<b>bold</b> & <script>",
    "'; DROP TABLE person; --",
    "{title} %s {0}",
    "https://example.org/?a=1&b=2",
    "@somebody #tag /unknown",
)


async def test_commands_that_nobody_knows_are_answered_by_what_can_be_done(stage: Stage) -> None:
    answers = {text: (await stage.hear(ANA, text)).text for text in UNKNOWN_COMMANDS}

    assert answers == dict.fromkeys(UNKNOWN_COMMANDS, PUZZLED)
    assert await stage.refusals() == ()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("help", "/webinars"),
        ("Help!", "/webinars"),
        ("start", "Webinars for small and medium companies"),
        ("MINE", "You are not registered for a webinar yet."),
        ("My webinars", "You are not registered for a webinar yet."),
        ("what is coming?", "Coming webinars"),
        ("calendar", "📅 Your own calendar"),
        ("settings", "My settings"),
        ("stop", "My settings"),
        ("/stop", "My settings"),
        ("privacy", "What we store, and why"),
        ("follow", "What I follow"),
        ("helpful", "I found nothing for “helpful”."),
        ("Mes webinaires", "I found nothing for “Mes webinaires”."),
    ],
)
async def test_commands_written_as_words_are_understood(stage: Stage, said: str, answer: str) -> None:
    await stage.post(code="pack1234")

    assert (await stage.hear(ANA, said)).text.startswith(answer)
    assert await stage.refusals() == ()


async def test_words_that_nobody_asked_for_are_looked_for(stage: Stage) -> None:
    await stage.post(code="pack1234")

    for text in ODD_WORDS:
        answer = (await stage.hear(ANA, text)).text
        assert answer.startswith("I found nothing for “"), text
        assert answer.endswith("”. 1 webinar is planned in all.\nTopics: China"), text
        assert len(answer) < 500, text
    assert await stage.refusals() == ()


async def test_organiser_without_a_question_is_answered_the_same(stage: Stage) -> None:
    nothing = "No webinar is planned at the moment. Please come back in a few days."
    assert (await stage.hear(MARTA, "Alpha")).text == nothing
    await stage.hear(MARTA, "/new")
    await stage.press(MARTA, "Hosts")
    assert (await stage.hear(MARTA, "Alpha")).text == nothing
    assert await stage.refusals() == ()


async def test_files_are_puzzling_or_worth_sharing(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    offer = "Shall I share this with the partnerships? Tell me what it is:"
    for user, answer in ((ANA, PUZZLED), (MARTA, offer)):
        await stage.telegram.mark()
        await stage.telegram.document(user, "invitation.pdf", b"%PDF-1.7", caption="Cold chain to Guangdong")
        assert (await stage.answer(user)).text == answer

    (draft,) = await stage.database.read(rows, Draft, "person_id")
    assert draft.fields["title"] is None
    assert await stage.refusals() == ()


async def test_forwarded_commands_and_answers_work_like_typed_ones(stage: Stage) -> None:
    assert (await stage.hear(ANA, "/webinars", forward=True)).text.startswith("No webinar is planned")
    first = await stage.hear(ANA, "/mine")
    assert (await stage.hear(ANA, "/mine", reply_to=first.message_id)).text == first.text
    assert await stage.refusals() == ()


async def test_edited_messages_are_passed_over(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    mark = await stage.telegram.mark()
    typed = await stage.telegram.say(MARTA, "Cold chain")
    await stage.answer(MARTA)

    await stage.telegram.edit(MARTA, typed.message_id, "Warm chain")
    await stage.telegram.edit(MARTA, typed.message_id, "/start")

    assert "Title: Cold chain\n" in (await stage.hear(MARTA, "/new")).text
    await stage.close()
    assert len(await stage.telegram.calls("sendMessage", chat=MARTA, since=mark)) == 2
    assert await stage.refusals() == ()


async def test_what_is_typed_into_a_draft_is_cleaned_and_kept(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    await stage.hear(MARTA, "\u202eCold\x07 chain\n to   <Guangdong> & שלום\u202c")

    shown = await stage.hear(MARTA, "/new")

    assert "Title: Cold chain to <Guangdong> & שלום\n" in shown.text
    assert await stage.refusals() == ()


async def test_walls_of_text_are_too_much_for_each_field_and_change_nothing(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    wall = "a 😀 " * 800

    for field in ("When", "Link", "Length", "Seats", "Description", "Title"):
        await stage.press(MARTA, field)
        answer = await stage.hear(MARTA, wall)
        assert "⚠️ " in answer.text, field
        assert len(answer.text) < 1000

    (draft,) = await stage.database.read(rows, Draft, "person_id")
    assert {key: draft.fields[key] for key in ("title", "local_start", "join_url", "description", "capacity")} == {
        "title": None,
        "local_start": None,
        "join_url": None,
        "description": "",
        "capacity": None,
    }
    assert await stage.refusals() == ()


async def test_walls_of_text_are_no_answer_to_what_settings_ask(stage: Stage) -> None:
    wall = "a 😀 " * 800
    await stage.hear(ANA, "/settings")

    for data in ("sp", "sa", "ca"):
        await stage.forge(ANA, data)
        assert len((await stage.hear(ANA, wall)).text) < 500, data
    assert await stage.refusals() == ()


async def test_flood_of_one_person_is_answered_in_order(stage: Stage) -> None:
    await stage.telegram.mark()
    for number in range(10):
        await stage.telegram.say(ANA, "/help" if number % 2 else "/mine")
    await stage.telegram.wait_for("sendMessage", chat=ANA, count=10)

    kinds = [shown.text[:4] for shown in await stage.telegram.chat(ANA) if shown.sender != ANA]
    assert kinds == ["You ", "/web"] * 5
    assert await stage.refusals() == ()


async def test_person_is_answered_when_the_database_is_out_of_reach(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with staged(database) as stage:
        await stage.open()
        await stage.post(code="pack1234")
        card = await stage.start(ANA, "w_pack1234")
        failed = "Something went wrong on our side. Please try again in a moment."
        await database.close()

        assert (await stage.hear(ANA, "/webinars")).text == failed
        assert (await stage.press_for_answer(ANA, "Register", card)).text == failed
        assert (await stage.message(ANA, card.message_id)).text == card.text
        assert await stage.refusals() == ()


async def test_answer_waits_when_telegram_asks_for_a_pause(stage: Stage) -> None:
    await stage.telegram.fault(
        method="sendMessage",
        code=429,
        description="Too Many Requests: retry after 1",
        parameters={"retry_after": 1},
        n=1,
    )

    await stage.telegram.say(ANA, "/mine")
    (refused, sent) = await stage.telegram.wait_for("sendMessage", chat=ANA, count=2)

    assert (refused.ok, sent.ok, refused.params["text"]) == (False, True, sent.params["text"])
    assert stage.clock() - NOW == timedelta(0)
    assert await stage.refusals() == (("sendMessage", "Too Many Requests: retry after 1"),)


async def test_press_that_is_answered_too_late_still_shows_its_screen(stage: Stage) -> None:
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await stage.post(code="pack1234")
    card = await stage.start(ANA, "w_pack1234")
    await stage.telegram.fault(method="answerCallbackQuery", code=400, description=too_old, n=1)
    await stage.telegram.mark()

    await stage.telegram.press(ANA, card.message_id, "Register", wait=0)
    await stage.telegram.wait_for("editMessageText", chat=ANA)
    await stage.telegram.wait_for("sendMessage", chat=ANA)  # what comes after a registration comes too

    assert (await stage.message(ANA, card.message_id)).text.startswith("✅ You are registered.")
    assert await stage.refusals() == (("answerCallbackQuery", too_old),)
