"""What organisers type wrong, what they press too early, and those who are none."""

from datetime import timedelta

from domain import people
from domain.drafts import Field
from sandbox.client import Shown
from storage import Draft, Webinar
from tests.factories import add_role, rows
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage

LINK = "https://meet.example.org/j/123"
WRONG = {
    Field.TITLE: [("T" * 121, "That is too long: 120 characters at most.")],
    Field.WHEN: [
        ("30 Feb 9:30", "30 Feb does not exist."),
        ("3 Feb 25:00", "25:00 is not a time."),
        ("3 Feb 2026 9:30", "That time is past."),
        ("Mon 3 Feb 2027 9:30", "In “Mon 3 Feb 2027 9:30” the weekday and the date don't fit together."),
        ("28 Mar 2027 02:30", "The clocks go forward that night: 02:30 does not exist on that day."),
        ("3 Feb 9:30 Atlantis", "I don't know the city “Atlantis”. Try a city such as Brussels or Shanghai."),
        ("next week", "I can't read “next week” as a date and time."),
        ("<b>&", "I can't read “<b>&” as a date and time."),
        ("x " * 2000, "I can't read “" + "x " * 30 + "…” as a date and time."),
    ],
    Field.LINK: [
        ("http://zoom.us/j/1", "That is not a link I can use. It must begin with https://."),
        ("zoom", "That is not a link I can use. It must begin with https://."),
        ("javascript:alert(1)", "That is not a link I can use. It must begin with https://."),
        ("https://user@zoom.us", "That is not a link I can use. It must begin with https://."),
        ("https://localhost/x", "That is not a link I can use. It must begin with https://."),
        ("https://zoom.us/" + "x" * 500, "That is too long: 500 characters at most."),
    ],
    Field.DURATION: [
        ("long", "I can't read that length. Send minutes such as 60, at most 24 hours."),
        ("0", "I can't read that length. Send minutes such as 60, at most 24 hours."),
        ("25h", "I can't read that length. Send minutes such as 60, at most 24 hours."),
    ],
    Field.SEATS: [
        ("many", "I can't read that. Send a number from 1 to 100000, or unlimited."),
        ("0", "I can't read that. Send a number from 1 to 100000, or unlimited."),
        ("-5", "I can't read that. Send a number from 1 to 100000, or unlimited."),
        ("100001", "I can't read that. Send a number from 1 to 100000, or unlimited."),
    ],
    Field.DESCRIPTION: [("d" * 2001, "That is too long: 2000 characters at most.")],
}


async def fields(stage: Stage) -> dict[str, object]:
    (draft,) = await stage.database.read(rows, Draft, "person_id")
    return draft.fields


def said(shown: Shown) -> tuple[str, str]:
    """The fault, and what to do about it."""
    fault, _, todo = shown.text.rpartition("⚠️ ")[2].partition("\n")
    return fault, todo


async def test_what_is_wrong_is_said_beside_the_question_and_the_draft_is_kept(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    for text in ("Cold chain", "3 Feb 9:30", LINK):
        await stage.hear(MARTA, text)
    before = await fields(stage)

    for field, attempts in WRONG.items():
        asked = await stage.press(MARTA, f"da:{field}")
        question = asked.text.rpartition("\n\n")[2]
        for text, fault in attempts:
            answer = await stage.hear(MARTA, text)
            assert said(answer) == (fault, question), text
            assert "Title: Cold chain\n" in answer.text

    assert await fields(stage) == before
    assert await stage.refusals() == ()


async def test_right_answer_after_a_wrong_one_is_taken(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    await stage.hear(MARTA, "T" * 121)

    right = await stage.hear(MARTA, "T" * 120)

    assert f"Title: {'T' * 120}\n" in right.text
    assert "⚠️" not in right.text
    assert await stage.refusals() == ()


async def test_publishing_too_early_says_what_is_missing(stage: Stage) -> None:
    draft = await stage.hear(MARTA, "/new")
    draft = await stage.hear(MARTA, "Cold chain")
    missing = "Not published yet. Missing: Hosts, When and Link."

    for data in ("dp", "dv"):
        pressed = await stage.telegram.forge(MARTA, draft.message_id, data)
        assert (pressed.text, pressed.alert) == (missing, True)

    await stage.close()
    assert await stage.database.read(rows, Webinar) == []
    assert {method for method, _ in await stage.refusals()} == {"editMessageText"}


async def test_publishing_too_late_says_so_and_keeps_the_draft(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    for text in ("Cold chain", "3 Feb 9:30", LINK):
        await stage.hear(MARTA, text)
    await stage.press(MARTA, "Hosts")
    await stage.press(MARTA, "Alpha")
    ready = await stage.press(MARTA, "Done")
    preview = await stage.press(MARTA, "Preview")
    stage.clock.moment += timedelta(days=60)

    pressed = await stage.telegram.press(MARTA, preview.message_id, "Publish")
    await stage.telegram.wait_for("editMessageText", chat=MARTA, count=2)

    assert (pressed.text, pressed.alert) == ("Not published: that time is past. Press When and send a new one.", True)
    shown = await stage.message(MARTA, ready.message_id)
    assert shown.text == ready.text
    assert await stage.database.read(rows, Webinar) == []
    await stage.press(MARTA, "When", shown)
    assert "When: Mon 3 May 2027, 09:30 CEST (Brussels)\n" in (await stage.hear(MARTA, "3 May 9:30")).text
    assert (await stage.press(MARTA, "Publish")).text.startswith("✅ Published.")
    assert await stage.refusals() == ()


async def test_stranger_cannot_post_and_is_told_so(stage: Stage) -> None:
    answer = await stage.hear(ANA, "/new")

    assert (answer.text, answer.labels) == ("Only organisers can do this.", ())
    assert await stage.database.read(rows, Draft, "person_id") == []
    assert await stage.refusals() == ()


async def test_who_is_no_organiser_any_more_cannot_go_on(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    draft = await stage.hear(MARTA, "Cold chain")
    await stage.database.write(people.appoint_admins, [], now=stage.clock())

    assert (await stage.hear(MARTA, "3 Feb 9:30")).text.startswith("No webinar is planned")
    for data in ("da:when", "dh:alpha", "dp", "dx:1"):
        await stage.telegram.mark()
        await stage.telegram.forge(MARTA, draft.message_id, data)
        assert (await stage.answer(MARTA)).text == "Only organisers can do this."
    assert (await fields(stage))["title"] == "Cold chain"
    assert await stage.refusals() == ()


async def test_organiser_of_one_partnership_posts_in_its_name_and_no_other_alone(stage: Stage) -> None:
    await stage.start(BEN)
    ben = await stage.person_id(BEN)
    await stage.database.write(add_role, ben, "beta")

    draft = await stage.hear(BEN, "/new")
    assert "Hosts: Beta\n" in draft.text
    hosts = await stage.press(BEN, "Hosts")
    assert hosts.labels == ("Alpha", "✅ Beta", "Done")
    assert (await stage.press(BEN, "✅ Beta")).labels == ("Beta", "Done")
    await stage.telegram.forge(BEN, hosts.message_id, "dh:alpha")
    assert "Hosts: missing\n" in (await stage.press(BEN, "Done")).text
    assert {method for method, _ in await stage.refusals()} == {"editMessageText"}


async def test_two_organisers_write_side_by_side(stage: Stage) -> None:
    await stage.start(BEN)
    ben = await stage.person_id(BEN)
    await stage.database.write(add_role, ben)
    for user, title in ((MARTA, "Marta's"), (BEN, "Ben's")):
        await stage.hear(user, "/new")
        await stage.hear(user, title)

    assert "Title: Marta's\n" in (await stage.hear(MARTA, "/new")).text
    assert "Title: Ben's\n" in (await stage.hear(BEN, "/new")).text
    assert await stage.refusals() == ()
