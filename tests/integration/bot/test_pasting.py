"""An organiser pastes or forwards what they have already: the draft fills up, and only the rest is asked."""

from pathlib import Path

from storage import AgendaItem, Draft, Webinar
from tests.factories import rows, wall
from tests.integration.bot.stage import ANA, MARTA, Stage

SAMPLES = Path(__file__).parents[2] / "unit" / "domain" / "invitations"
ZOOM = (SAMPLES / "zoom.txt").read_text(encoding="utf-8")
MAIL = (SAMPLES / "mail.txt").read_text(encoding="utf-8")
UNSURE = (SAMPLES / "unsure.txt").read_text(encoding="utf-8")
MOST_TYPED = 8


async def test_a_pasted_invitation_is_a_webinar_after_three_messages(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    filled = await stage.hear(MARTA, MAIL)
    assert filled.text == (
        "New webinar (draft, saved)\n\n"
        "Title: Smart packaging for the Chinese market\n"
        "Hosts: missing\n"
        "When: Tue 19 January 2027, 10:00 CET (Brussels)\n"
        "Link: https://packaging.webex.com/packaging/j.php?MTID=m1234567890abcdef\n"
        "Length: 1 h 30 min\n"
        "Language: English\n"
        "Seats: unlimited\n"
        "Topics: none\n"
        "Agenda: 4 parts, 1 h 30 min\n"
        "Description: Buyers in Shanghai expect more than a nice box: recycled material, a QR code that tells where a "
        "product comes from, and labels in Chinese. Two companies tell what they changed, what it cost, and what …\n\n"
        "✅ Found in it: Title, When, Link, Length, Description and Agenda.\n"
        "Still missing: Hosts. Press a button to add it."
    )
    await stage.press(MARTA, "Hosts")
    await stage.press(MARTA, "Alpha")
    await stage.press(MARTA, "Done")
    preview = await stage.press(MARTA, "Preview")
    assert "• What buyers expect (Li Wei), 40 min\n" in preview.text
    await stage.press(MARTA, "Publish")

    (webinar,) = await stage.database.read(rows, Webinar)
    assert (webinar.local_start, webinar.duration_minutes) == (wall(2027, 1, 19, 10), 90)
    assert [item.minutes for item in await stage.database.read(rows, AgendaItem, "position")] == [5, 40, 30, 15]
    shown = (await stage.start(ANA, f"w_{webinar.code}")).text
    assert "• Questions, 15 min" in shown
    assert "webex" not in shown
    typed = [said for said in await stage.telegram.chat(MARTA) if said.sender == MARTA]
    assert len(typed) <= MOST_TYPED
    assert await stage.refusals() == ()


async def test_a_plain_webinar_takes_few_typed_messages(stage: Stage) -> None:
    for text in ("/new", "Cold chain to Guangdong", "3 Feb 9:30-10:30", "https://zoom.us/j/1"):
        await stage.hear(MARTA, text)
    for button in ("Hosts", "Alpha", "Done", "Preview", "Publish"):
        await stage.press(MARTA, button)

    assert len(await stage.database.read(rows, Webinar)) == 1
    assert len([said for said in await stage.telegram.chat(MARTA) if said.sender == MARTA]) <= MOST_TYPED
    assert await stage.refusals() == ()


async def test_an_invitation_is_known_whatever_the_draft_asks(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    await stage.hear(MARTA, "My own title")
    await stage.press(MARTA, "Link")

    answer = await stage.hear(MARTA, ZOOM)

    assert "Title: My own title\n" in answer.text
    assert "Link: https://us02web.zoom.us/j/81234567890?pwd=QWxhZGRpbjpvcGVuIHNlc2FtZQ.1\n" in answer.text
    assert "✅ Found in it: When and Link.\nTitle in the text you sent: Cold chain to Guangdong. I kept yours.\n" in (
        answer.text
    )
    used = await stage.press(MARTA, "Use: Title")
    assert "Title: Cold chain to Guangdong\n" in used.text
    assert "Keep mine" not in used.labels
    assert await stage.refusals() == ()


async def test_what_was_typed_before_can_be_kept(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    await stage.hear(MARTA, "My own title")
    await stage.hear(MARTA, ZOOM)

    kept = await stage.press(MARTA, "Keep mine")

    assert "Title: My own title\n" in kept.text
    assert "I kept yours" not in kept.text
    assert await stage.refusals() == ()


async def test_what_is_not_certain_is_said_and_asked(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")

    answer = await stage.hear(MARTA, UNSURE)

    assert answer.text.split("\n\n", 2)[2] == (
        "✅ Found in it: Title.\n"
        "⚠️ I did not take the time in it. “CST” can be two time zones. Name a city, such as Brussels or Shanghai.\n"
        "⚠️ There are several links in it. I took none; send the one to join.\n"
        "Send the date and time, for example 3 Feb 9:30 or 3 Feb 9:30 Shanghai. "
        "Without a city I read it as Brussels time."
    )
    assert "When: Thu 4 February 2027, 09:30 CET (Brussels)\n" in (await stage.hear(MARTA, "4 février 9h30")).text
    assert await stage.refusals() == ()


async def test_pressing_paste_takes_any_text_and_says_if_nothing_is_in_it(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    await stage.press(MARTA, "Paste an invitation")

    nothing = await stage.hear(MARTA, "Dear all,\nhow are you?")
    assert "⚠️ I found no title, time or link in that.\n" in nothing.text
    filled = await stage.hear(MARTA, "Cold chain to Guangdong, 3 Feb 2027 at 9:30")
    assert "Title: Cold chain to Guangdong\n" in filled.text
    assert "✅ Found in it: Title and When.\n⚠️ No time zone is named in it, so I read it as Brussels time.\n" in (
        filled.text
    )
    assert await stage.refusals() == ()


async def test_a_forwarded_message_or_a_picture_s_caption_opens_a_draft(stage: Stage) -> None:
    opened = await stage.hear(MARTA, ZOOM, forward=True)
    assert "Title: Cold chain to Guangdong\n" in opened.text

    await stage.telegram.mark()
    await stage.telegram.document(MARTA, "flyer.pdf", b"%PDF-1.7", caption=MAIL[:1000])
    again = await stage.answer(MARTA)

    assert "Title in the text you sent: Smart packaging for the Chinese market. I kept yours.\n" in again.text
    assert len(await stage.database.read(rows, Draft)) == 1
    assert await stage.refusals() == ()


async def test_links_behind_words_count(stage: Stage) -> None:
    text = "Topic: Cold chain to Guangdong\nTime: 3 Feb 2027 9:30 CET\nJoin the meeting now"
    entity = {"type": "text_link", "offset": text.index("Join"), "length": 20, "url": "https://zoom.us/j/123"}

    answer = await stage.hear(MARTA, text, entities=[entity])

    assert "Link: https://zoom.us/j/123\n" in answer.text
    assert await stage.refusals() == ()


async def test_companies_that_paste_are_searching(stage: Stage) -> None:
    assert (await stage.hear(ANA, ZOOM)).text.startswith("No webinar is planned")
    assert await stage.database.read(rows, Draft) == []
    assert await stage.refusals() == ()
