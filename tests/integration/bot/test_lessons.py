"""Organisers tell what they learnt, and take over agendas and lessons of others."""

from datetime import timedelta

from domain import lessons
from storage import LibraryEntry
from tests.factories import NOW, rows
from tests.integration.bot.organising import NO_ORGANISER, NOT_THEIRS, appoint, refused
from tests.integration.bot.stage import ANA, CHIARA, MARTA, Stage
from tests.outbox import send_all

CODE = "pack1234"


async def test_a_lesson_is_asked_told_shared_and_offered_to_another_s_draft(stage: Stage) -> None:
    await stage.post(code=CODE, topics=["china"], starts_at=NOW - timedelta(days=1, hours=1))
    await appoint(stage, CHIARA, "beta")
    await appoint(stage, MARTA, "alpha")
    message = await stage.start(MARTA)

    asked = await stage.forge(MARTA, f"j:{CODE}:lesson", message)
    assert asked.text.startswith("Smart packaging\nWhat would you do better?")
    await stage.restart()
    draft = await stage.hear(MARTA, "Two speakers are enough.")
    assert "Title: Two speakers are enough." in draft.text
    assert "Topics: China" in draft.text
    assert (await stage.press(MARTA, "Share")).text.startswith("✅ Shared.")

    for text in ("/new", "Cold chain"):
        await stage.hear(CHIARA, text)
    await stage.press(CHIARA, "Topics")
    await stage.press(CHIARA, "China")
    card = await stage.press(CHIARA, "Done")
    assert "💡 What others learnt" in card.labels
    offered = await stage.press(CHIARA, "💡 What others learnt")
    assert offered.text.endswith("Two speakers are enough. · Lesson from a mistake · Alpha\nTwo speakers are enough.")
    assert await stage.refusals() == ()


async def test_organisers_are_asked_by_a_message_of_ours(stage: Stage) -> None:
    await stage.post(code=CODE, starts_at=NOW - timedelta(days=1, hours=1))
    await appoint(stage, MARTA, "alpha")

    await stage.database.write(lessons.ask, now=NOW)

    (sent,) = await send_all(stage.database, now=NOW)
    assert isinstance(sent.content, lessons.LessonAsked)


async def test_others_tell_nothing_and_take_nothing(stage: Stage) -> None:
    await stage.post(code=CODE, starts_at=NOW - timedelta(days=1, hours=1))
    await appoint(stage, MARTA, "alpha")
    await appoint(stage, CHIARA, "beta")

    await refused(stage, ANA, (f"j:{CODE}:lesson", f"ja:{CODE}", "ju:none"), NO_ORGANISER)
    await refused(stage, CHIARA, (f"j:{CODE}:practice",), NOT_THEIRS)
    assert await stage.database.read(rows, LibraryEntry) == []
    assert await stage.refusals() == ()
