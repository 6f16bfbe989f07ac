"""The library in the chat: shared by organisers, found by everybody it is for."""

from storage import LibraryEntry, Role, Session
from tests.factories import rows
from tests.integration.bot.organising import BACK, NO_ORGANISER, appoint
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage

TITLE = "Feedback in five minutes"
TEXT = f"{TITLE}\n\nAsk three questions while people are still there: they answer at once."
KINDS = ("Feedback template", "Agenda", "Good practice", "Lesson from a mistake")
NOT_FOUND = "I can't find this in the library, or it is not for you. /library"


async def share(stage: Stage, text: str = TEXT, kind: str = "Feedback template") -> str:
    """Marta shares a text. Returns the entry's code."""
    await stage.hear(MARTA, "/share")
    await stage.press(MARTA, kind)
    for part in text.split("\n\n", 1):
        await stage.hear(MARTA, part)
    await stage.press(MARTA, "Share")
    return (await stage.database.read(rows, LibraryEntry))[-1].code


async def test_a_text_is_shared_and_found(stage: Stage) -> None:
    await appoint(stage, CHIARA, "beta")
    asked = await stage.hear(MARTA, "/share")
    assert asked.text == "Share with the partnerships\nWhat is it? You can change everything before others see it."
    assert asked.labels == (
        "Contact",
        "Feedback template",
        "Agenda",
        "Good practice",
        "Lesson from a mistake",
        "Library",
    )
    started = await stage.press(MARTA, "Feedback template")
    assert started.text.startswith("New in the library (draft, saved)\n\nTitle: missing\nText: missing\n")
    assert started.text.endswith("\n\nSend the title.")
    asked = await stage.hear(MARTA, TITLE)
    assert asked.text.endswith("\n\nSend the text, up to 2,000 characters.")
    await stage.restart()
    ready = await stage.hear(MARTA, "Ask three questions.")
    assert ready.text == (
        f"New in the library (draft, saved)\n\nTitle: {TITLE}\nText: Ask three questions.\nLink or file: none yet\n"
        "Search words: none yet\nKind: Feedback template\nTopics: none\nLanguage: English\nFrom: Alpha\n"
        "For: organisers only\n\nReady. Press Share, or change something first."
    )

    shared = await stage.press(MARTA, "Share")

    assert shared.text == (
        f"✅ Shared.\n\n{TITLE}\nFeedback template · Alpha · in English · organisers only\n\nAsk three questions."
    )
    found = await stage.hear(CHIARA, "/library questions")
    assert found.text == (
        f"In the library for “questions”\n\n{TITLE}\nFeedback template · Alpha · in English · organisers only"
    )
    opened = await stage.press(CHIARA, TITLE)
    assert opened.text == shared.text.removeprefix("✅ Shared.\n\n")
    assert opened.labels == ("Put into a chat", "Library")
    assert await stage.refusals() == ()


async def test_everything_about_it_can_be_chosen_before_and_after(stage: Stage) -> None:
    await stage.hear(MARTA, "/share")
    await stage.press(MARTA, "Feedback template")
    await stage.hear(MARTA, TITLE)
    await stage.hear(MARTA, "Ask three questions.")
    await stage.press(MARTA, "Topics")
    await stage.press(MARTA, "China")
    await stage.press(MARTA, "Food")
    switched = await stage.press(MARTA, "✅ China")
    assert switched.labels == ("China", "✅ Food", "Done")
    await stage.press(MARTA, "Done")
    for heading, choice in (("Language", "French"), ("From", "Beta"), ("For", "companies too"), ("Kind", "Agenda")):
        await stage.press(MARTA, heading)
        chosen = await stage.press(MARTA, choice)
        assert f"✅ {choice}" in chosen.labels
        card = await stage.press(MARTA, "Done")
        assert f"{heading}: {choice}\n" in card.text
    await stage.press(MARTA, "Search words")
    await stage.hear(MARTA, "quiz survey")
    await stage.press(MARTA, "Share")

    opened = await stage.hear(ANA, "/library quiz")
    assert (await stage.press(ANA, TITLE, opened)).text == (
        f"{TITLE}\nAgenda · Beta · in French\n\nAsk three questions.\n\nTopics: Food"
    )
    await stage.press(MARTA, "Topics and readers")
    await stage.press(MARTA, "For")
    await stage.press(MARTA, "organisers only")
    await stage.press(MARTA, "Done")
    assert (await stage.hear(ANA, "/library quiz")).text == (
        "The partnerships have not shared anything with companies yet."
    )
    assert await stage.refusals() == ()


async def test_a_new_version_stands_beside_the_old_one(stage: Stage) -> None:
    await appoint(stage, CHIARA, "beta")
    code = await share(stage)
    await stage.start(MARTA, f"e_{code}")
    await stage.press(MARTA, "New version")
    await stage.press(MARTA, "Text")
    written = await stage.hear(MARTA, "Ask two.")
    assert written.text.startswith("New version (saved; readers still see the old one)\n\n")
    assert "they answer at once" in (await stage.start(CHIARA, f"e_{code}")).text
    await stage.press(MARTA, "Share")

    seen = await stage.start(CHIARA, f"e_{code}")
    assert (seen.text.splitlines()[-1], seen.labels) == ("Ask two.", ("Put into a chat", "Versions (2)", "Library"))
    versions = await stage.press(CHIARA, "Versions (2)")
    assert versions.labels == ("2, Mon 18 Jan", "1, Mon 18 Jan", BACK)
    old = await stage.press(CHIARA, "1, Mon 18 Jan")
    assert old.text.startswith(f"Version 1 of 2\n\n{TITLE}\n")
    assert "they answer at once" in old.text
    assert await stage.refusals() == ()


async def test_given_up_it_is_gone_and_retired_it_can_come_back(stage: Stage) -> None:
    code = await share(stage)
    await stage.start(MARTA, f"e_{code}")
    await stage.press(MARTA, "New version")
    await stage.press(MARTA, "Delete")
    left = await stage.press(MARTA, "Delete")
    assert left.text.startswith(TITLE)
    sure = await stage.press(MARTA, "Retire")
    assert sure.text == f"Retire {TITLE}? Nobody finds it any more. Organisers can bring it back."
    retired = await stage.press(MARTA, "Retire")
    assert retired.text.startswith("Retired: only organisers still see it.\n\n")
    assert (await stage.start(ANA, f"e_{code}")).text == NOT_FOUND
    await stage.hear(MARTA, "/library")
    listed = await stage.press(MARTA, "Retired")
    assert listed.labels == (TITLE, "Library")
    await stage.press(MARTA, TITLE)
    back = await stage.press(MARTA, "Bring back")
    assert back.text.startswith(TITLE)

    await stage.hear(MARTA, "/share")
    await stage.press(MARTA, "Agenda")
    await stage.hear(MARTA, "A day in Lyon")
    await stage.hear(MARTA, "/share")
    await stage.press(MARTA, "Not shared yet (1)")
    await stage.press(MARTA, "A day in Lyon")
    await stage.press(MARTA, "Delete")
    assert (await stage.press(MARTA, "Delete")).text == "Deleted. /share starts another."
    assert await stage.refusals() == ()


async def test_what_cannot_be_used_is_said_beside_the_card(stage: Stage) -> None:
    await stage.hear(MARTA, "/share")
    await stage.press(MARTA, "Good practice")
    assert "⚠️ That is too long" in (await stage.hear(MARTA, "x" * 121)).text
    await stage.hear(MARTA, TITLE)
    for text in ("x" * 2001, "😀" * 1001):
        refused = await stage.hear(MARTA, text)
        assert "⚠️ That is too long" in refused.text
        assert refused.text.endswith("Send the text, up to 2,000 characters.")
    assert "⚠️" not in (await stage.hear(MARTA, "😀" * 1000)).text
    await stage.press(MARTA, "Link or file")
    assert "⚠️ That is not a link I can use." in (await stage.hear(MARTA, "http://example.org")).text
    await stage.hear(MARTA, "https://example.org/template")
    shared = await stage.press(MARTA, "Share")
    assert shared.button("Open the link").value == "https://example.org/template"
    assert await stage.refusals() == ()


async def test_what_was_typed_may_be_taken_away(stage: Stage) -> None:
    await stage.hear(MARTA, "/share")
    await stage.press(MARTA, "Good practice")
    await stage.hear(MARTA, TITLE)
    await stage.hear(MARTA, "Ask.")
    await stage.press(MARTA, "Text")
    removed = await stage.press(MARTA, "Remove: Text")
    assert "\nText: missing\n" in removed.text
    assert "Share" not in removed.labels
    assert await stage.refusals() == ()


VERBS = (
    *("vr:{code}", "vz:{code}:0", "vz:{code}:1", "vy:{code}", "vw:{code}", "va:{code}:title", "va:{code}:poem"),
    *("vx:{code}:text", "vs:{code}", "vq:{code}:0", "vq:{code}:1", "ve:{code}:all", "ve:{code}:readers"),
    *("vi:{code}:readers:everybody", "vi:{code}:poem:x"),
)
LOOKS = ("vo:{code}", "vv:{code}", "vg:{code}:1", *VERBS)


async def test_strangers_forge_in_vain(stage: Stage) -> None:
    """A company, and an organiser of another partnership, try every button there is, and the link."""
    code = await share(stage)
    await appoint(stage, CHIARA, "beta")
    before = await stage.database.read(rows, LibraryEntry)
    message = await stage.start(ANA)

    for data in LOOKS:
        assert await said(stage, ANA, data.format(code=code), message.message_id) == NOT_FOUND, data
    for data in ("vb", "vn:template", "vd:1", "vm:1"):
        assert await said(stage, ANA, data, message.message_id) == NO_ORGANISER, data
    for link in (f"e_{code}", "e_zzzzzzzz", "e_", "e_%", "e_' OR 1=1", "e_" + "x" * 600):
        assert (await stage.hear(ANA, f"/start {link}")).text == NOT_FOUND, link
    message = await stage.start(CHIARA)
    for data in VERBS:
        answer = await said(stage, CHIARA, data.format(code=code), message.message_id)
        assert answer == "This is from Alpha. Only their organisers can change it. /library", data
    assert await stage.database.read(rows, LibraryEntry) == before
    assert await stage.refusals() == ()


async def said(stage: Stage, user: int, data: str, message_id: int) -> str:
    await stage.telegram.mark()
    assert (await stage.telegram.forge(user, message_id, data)).answered
    return (await stage.answer(user)).text


async def test_drafts_are_their_partnership_s_alone(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    await appoint(stage, CHIARA, "beta")
    await stage.hear(BEN, "/share")
    await stage.press(BEN, "Agenda")
    await stage.hear(BEN, "A day in Lyon")
    code = (await stage.database.read(rows, LibraryEntry))[-1].code

    message = await stage.start(CHIARA)
    for data in ("vo:{code}", "vw:{code}", "vs:{code}", "vq:{code}:1", "vi:{code}:partnership:beta"):
        assert await said(stage, CHIARA, data.format(code=code), message.message_id) == NOT_FOUND, data
    await stage.hear(CHIARA, "/share")
    assert "Not shared yet (1)" not in (await stage.telegram.last(CHIARA)).labels
    assert (await stage.start(MARTA, f"e_{code}")).text.startswith("A day in Lyon")
    assert await stage.refusals() == ()


def drop_roles(session: Session, person_id: int) -> None:
    for role in rows(session, Role):
        if role.person_id == person_id:
            session.delete(role)


async def test_an_organiser_who_is_none_any_more_is_refused(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    await stage.hear(BEN, "/share")
    await stage.press(BEN, "Agenda")
    await stage.database.write(drop_roles, await stage.person_id(BEN))

    assert (await stage.hear(BEN, "A day in Lyon")).text == NOT_FOUND
    assert (await stage.hear(BEN, "A day in Lyon")).text.startswith("No webinar is planned")
    assert await stage.refusals() == ()
