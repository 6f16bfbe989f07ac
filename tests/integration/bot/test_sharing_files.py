"""Files, links, texts and contacts that organisers send: offered to be shared, kept, handed out again."""

from datetime import timedelta

from domain.library import news
from sandbox.client import Shown
from storage import Contact, Delivery, LibraryEntry, StoredFile, TelegramFile
from tests.factories import NOW, rows
from tests.integration.bot.organising import appoint
from tests.integration.bot.stage import ANA, CHIARA, MARTA, Stage
from tests.integration.bot.steps import at
from tests.integration.bot.test_library import NOT_FOUND, said, share

PUZZLED = "I did not understand that. /webinars shows what is coming, /help what I can do."
OFFER = "Shall I share this with the partnerships? Tell me what it is:"
PDF = b"%PDF-1.7 three questions"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Li Wei\nORG:Guangdong Cold Chain\nEMAIL:li.wei@example.org\nEND:VCARD\n"


async def send_file(stage: Stage, user: int, name: str, content: bytes = PDF, caption: str = "") -> Shown:
    await stage.telegram.mark()
    await stage.telegram.document(user, name, content, caption=caption)
    return await stage.answer(user)


async def get_file(stage: Stage, user: int, message: Shown, button: str = "Get the file") -> tuple[object, bytes]:
    """What the button brings: its name and its bytes."""
    await stage.telegram.mark()
    assert (await stage.telegram.press(user, message.message_id, button)).answered
    (call,) = await stage.telegram.wait_for("sendDocument", chat=user)
    shown = await stage.message(user, call.message_id)
    assert shown.document
    return shown.document["file_name"], await stage.telegram.file(str(shown.document["file_id"]))


async def test_a_file_is_offered_shared_kept_and_handed_out(stage: Stage) -> None:
    await appoint(stage, CHIARA, "beta")
    offered = await send_file(stage, MARTA, "Feedback_form.pdf")
    assert (offered.text, offered.labels) == (
        OFFER,
        ("Feedback template", "Agenda", "Good practice", "Lesson from a mistake", "Library"),
    )
    assert await stage.database.read(rows, StoredFile, "stored_at") == []  # not before it is wanted
    await stage.restart()
    card = await stage.press(MARTA, "Feedback template")
    assert "\nTitle: Feedback form\n" in card.text
    assert "\nLink or file: Feedback_form.pdf (PDF, 24 bytes)\n" in card.text
    await stage.press(MARTA, "Share")

    found = await stage.hear(CHIARA, "/library feedback")
    opened = await stage.press(CHIARA, "Feedback form", found)
    assert await get_file(stage, CHIARA, opened) == ("Feedback_form.pdf", PDF)
    (known,) = await stage.database.read(rows, TelegramFile)
    assert known.bot_id == "7001"
    assert await stage.refusals() == ()


async def test_with_another_bot_nothing_is_lost(stage: Stage) -> None:
    """What this bot calls the file is not known to Telegram any more: the bytes are brought again, once."""
    await send_file(stage, MARTA, "form.pdf")
    await stage.press(MARTA, "Agenda")
    shared = await stage.press(MARTA, "Share")
    (known,) = await stage.database.read(rows, TelegramFile)
    await stage.database.write(lambda s: setattr(s.get_one(TelegramFile, known.id), "file_id", "of-another-bot"))

    assert await get_again(stage, shared) == ["sendDocument", "sendDocument"]
    assert await get_again(stage, shared) == ["sendDocument"]
    assert [method for method, _ in await stage.refusals()] == ["sendDocument"]


async def get_again(stage: Stage, message: Shown) -> list[str]:
    """The calls that it takes to get the file, the last of which brings it."""
    mark = await stage.telegram.mark()
    known = [each.file_id for each in await stage.database.read(rows, TelegramFile)]
    assert (await stage.telegram.press(MARTA, message.message_id, "Get the file")).answered
    calls = await stage.telegram.wait_for("sendDocument", chat=MARTA)
    while not calls[-1].ok or known == ["of-another-bot"] == [
        each.file_id for each in await stage.database.read(rows, TelegramFile)
    ]:
        calls = await stage.telegram.calls("sendDocument", chat=MARTA, since=mark)
    return [call.method for call in calls]


async def test_a_file_may_be_the_answer_and_a_better_one_takes_its_place(stage: Stage) -> None:
    await stage.hear(MARTA, "/share")
    await stage.press(MARTA, "Good practice")
    await stage.hear(MARTA, "Three questions")
    await stage.press(MARTA, "Link or file")
    await stage.restart()
    card = await send_file(stage, MARTA, "<b>form</b>.pdf", b"%PDF-1.4")
    assert "\nLink or file: b_form__b.pdf (PDF, 8 bytes)\n" in card.text
    await stage.press(MARTA, "Link or file")
    asked = await send_file(stage, MARTA, "form.pdf", b"")
    assert "⚠️ There is nothing in this file." in asked.text
    assert asked.text.endswith("Send a file of up to 20 MB, or a link that begins with https://.")
    refused = await send_file(stage, MARTA, "form.pdf.exe", b"MZ")
    assert "⚠️ I don't take programs, web pages and files with macros: they can do harm." in refused.text
    await send_file(stage, MARTA, "form.pdf")
    shared = await stage.press(MARTA, "Share")

    assert await get_file(stage, MARTA, shared) == ("form.pdf", PDF)
    (kept,) = await stage.database.read(rows, StoredFile, "stored_at")
    assert kept.content == PDF
    assert await stage.refusals() == ()


async def test_what_is_too_big_is_said_kindly(stage: Stage) -> None:
    content = b"%PDF" + bytes(20 * 1024 * 1024)
    await send_file(stage, MARTA, "big.pdf", content)

    answer = await stage.press(MARTA, "Agenda")

    assert answer.text == ("⚠️ This file is too big for me: Telegram gives me files of up to 20 MB. Send a link.")
    assert answer.labels == ("Library",)
    assert await stage.database.read(rows, LibraryEntry) == []
    assert await stage.refusals() == ()


async def test_links_and_texts_are_offered_and_words_are_looked_for(stage: Stage) -> None:
    await stage.post(code="pack1234")
    link = await stage.hear(MARTA, "https://example.org/a?b=1&c=2")
    assert link.text == OFFER
    card = await stage.press(MARTA, "Good practice")
    assert "\nLink or file: https://example.org/a?b=1&c=2\n" in card.text
    assert card.text.endswith("\n\nSend the title.")
    await stage.hear(MARTA, "A good page")

    text = await stage.hear(MARTA, "What we learnt\nAsk earlier, and ask three times.")
    assert text.text == OFFER
    card = await stage.press(MARTA, "Lesson from a mistake")
    assert "\nTitle: What we learnt\nText: What we learnt\nAsk earlier" in card.text

    for words in ("packaging", "help", "What we learnt"):
        assert (await stage.hear(MARTA, words)).text != OFFER
    for text in ("https://example.org/a", "two\nlines", "x" * 200):
        assert (await stage.hear(ANA, text)).text.startswith("I found nothing for “")
    assert await stage.refusals() == ()


async def test_webinars_come_first(stage: Stage) -> None:
    """A calendar file is imported, an invitation fills a draft, and what the draft asks for is its own."""
    imported = await send_file(stage, MARTA, "webinars.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert imported.text != OFFER
    invitation = await stage.hear(
        MARTA, "Cold chain to Guangdong\nWed 3 Feb 2027, 9:30 CET\nhttps://zoom.us/j/123456789"
    )
    assert invitation.text.startswith("New webinar (draft, saved)")
    await stage.press(MARTA, "Link")
    linked = await stage.hear(MARTA, "https://example.org/room")
    assert "Link: https://example.org/room" in linked.text
    assert await stage.refusals() == ()


async def test_companies_are_offered_nothing(stage: Stage) -> None:
    assert (await send_file(stage, ANA, "form.pdf")).text == PUZZLED
    await stage.telegram.mark()
    await stage.telegram.contact(ANA, "+32 1", "Li")
    assert (await stage.answer(ANA)).text == PUZZLED
    message = await stage.start(ANA)
    for data in ("vu:agenda", "vu:contact", "vu:poem"):
        assert await said(stage, ANA, data, message.message_id) == "Only organisers can do this."
    assert await stage.database.read(rows, LibraryEntry) == []
    assert await stage.refusals() == ()


async def test_a_contact_is_shared_once_they_agreed(stage: Stage) -> None:
    await appoint(stage, CHIARA, "beta")
    await stage.telegram.mark()
    await stage.telegram.contact(MARTA, "+86 20 1234 5678", "Li", last_name="Wei", vcard=CARD)
    offered = await stage.answer(MARTA)
    assert (offered.text, offered.labels) == (OFFER, ("Contact", "Library"))
    card = await stage.press(MARTA, "Contact")
    assert card.text == (
        "New in the library (draft, saved)\n\nName: Li Wei\nOrganisation: Guangdong Cold Chain\nRole: none yet\n"
        "Country: none yet\nE-mail: li.wei@example.org\nPhone: +86 20 1234 5678\nAgreed: missing\n"
        "Search words: none yet\nTopics: none\nLanguage: English\nFrom: Alpha\n\n"
        "How and when did the person agree to be here? Send for example by e-mail, 12 Jan 2027. "
        "Without that a contact is not shared."
    )
    assert "Share" not in card.labels
    assert "⚠️ I find no day in that." in (await stage.hear(MARTA, "she said yes")).text
    await stage.hear(MARTA, "by e-mail, 12 Jan 2027")
    await stage.press(MARTA, "Country")
    assert "⚠️ I don't know a country “Atlantis”." in (await stage.hear(MARTA, "Atlantis")).text
    await stage.hear(MARTA, "China")
    await stage.press(MARTA, "Share")

    found = await stage.hear(CHIARA, "/library guangdong")
    opened = await stage.press(CHIARA, "Li Wei", found)
    assert opened.text == (
        "Li Wei\nContact · Alpha · in English · organisers only\n\nGuangdong Cold Chain · China\n"
        "li.wei@example.org · +86 20 1234 5678\nAgreed: by e-mail, 12 Jan 2027 (12 January 2027)\n"
        "Right on 18 January 2027"
    )
    assert opened.labels == ("Add to my phone", "Library")
    name, content = await get_file(stage, CHIARA, opened, "Add to my phone")
    assert (name, b"EMAIL;TYPE=INTERNET:li.wei@example.org\r\n" in content) == ("Li Wei.vcf", True)
    assert await stage.refusals() == ()


async def test_a_card_as_a_file_is_read_and_a_bad_one_is_not(stage: Stage) -> None:
    offered = await send_file(stage, MARTA, "li.vcf", CARD.encode())
    assert offered.labels == ("Contact", "Library")
    card = await stage.press(MARTA, "Contact")
    assert "Organisation: Guangdong Cold Chain\n" in card.text
    for bad in (b"BEGIN:VCARD\nEND:VCARD", b"\xff\xfe\x00", b"x" * 100_000):
        await send_file(stage, MARTA, "li.vcf", bad)
        answer = await stage.press(MARTA, "Contact")
        assert answer.text == "⚠️ I can't read a business card in that."
    assert len(await stage.database.read(rows, Contact, "entry_id")) == 1
    assert await stage.refusals() == ()


async def a_contact(stage: Stage) -> str:
    await send_file(stage, MARTA, "li.vcf", CARD.encode())
    await stage.press(MARTA, "Contact")
    await stage.hear(MARTA, "by e-mail, 12 Jan 2027")
    await stage.press(MARTA, "Share")
    return (await stage.database.read(rows, LibraryEntry))[-1].code


async def test_after_a_year_they_are_asked_below_what_was_pushed(stage: Stage) -> None:
    code = await a_contact(stage)
    later = NOW + timedelta(days=366)
    assert await stage.database.write(news.ask_about_contacts, now=later) == 1
    (pushed,) = (await at(stage, later))[MARTA]
    assert pushed.text == (
        "Is this contact still right? Li Wei, Guangdong Cold Chain, last looked at on 18 January 2027."
    )
    assert pushed.labels == ("Still right", "Why?", "Change it", "Erase")
    changed = await stage.press_for_answer(MARTA, "Change it", pushed)
    assert changed.text.startswith("Contact\n\nName: Li Wei\n")
    thanks = await stage.press(MARTA, "Still right", pushed)
    assert thanks.text == "✅ Thank you. I ask again in a year."
    assert "Right on 19 January 2028" in (await stage.start(MARTA, f"e_{code}")).text
    assert await stage.refusals() == ()


async def test_erased_they_are_gone_for_everybody(stage: Stage) -> None:
    await appoint(stage, CHIARA, "beta")
    code = await a_contact(stage)
    for data in ("vj:{code}:0", "vj:{code}:1", "vk:{code}"):
        message = await stage.start(CHIARA)
        answer = await said(stage, CHIARA, data.format(code=code), message.message_id)
        assert answer == "This is from Alpha. Only their organisers can change it. /library"
    for data in ("vj:{code}:1", "vk:{code}", "vl:{code}", "vo:{code}", "vh:{code}:1"):
        message = await stage.start(ANA)
        assert await said(stage, ANA, data.format(code=code), message.message_id) == NOT_FOUND
    await stage.start(MARTA, f"e_{code}")
    sure = await stage.press(MARTA, "Erase")
    assert sure.text.startswith("Erase Li Wei everywhere, because the person wishes it?")
    erased = await stage.press(MARTA, "Erase")
    assert erased.text == "✅ Erased. The log says that it was done, not who it was. /library"

    for user in (MARTA, CHIARA):
        assert (await stage.start(user, f"e_{code}")).text == NOT_FOUND
    assert await stage.database.read(rows, Delivery) == []
    await stage.hear(MARTA, "/manage")
    log = await stage.press(MARTA, "Log")
    assert "Marta erased a contact of Alpha, who asked for it" in log.text
    assert "Li Wei" not in log.text
    assert await stage.refusals() == ()


async def test_files_of_old_versions_are_there_for_organisers(stage: Stage) -> None:
    code = await share(stage)
    await stage.start(MARTA, f"e_{code}")
    await stage.press(MARTA, "New version")
    await stage.press(MARTA, "Link or file")
    await send_file(stage, MARTA, "second.pdf", b"%PDF-2")
    await stage.press(MARTA, "Share")
    await stage.press(MARTA, "New version")
    await stage.press(MARTA, "Link or file")
    await send_file(stage, MARTA, "third.pdf", b"%PDF-3")
    await stage.press(MARTA, "Share")

    await stage.press(MARTA, "Versions (3)")
    second = await stage.press(MARTA, "2, Mon 18 Jan")

    assert await get_file(stage, MARTA, second) == ("second.pdf", b"%PDF-2")
    assert await stage.refusals() == ()
