"""An organiser posts a webinar, step by step, with everything right."""

from datetime import UTC, datetime

from sandbox.client import Shown
from storage import Draft, Webinar
from tests.factories import rows, wall
from tests.integration.bot.stage import ANA, MARTA, PUBLIC_URL, Stage

LINK = "https://meet.example.org/j/123?pwd=x&y=1"


async def write(stage: Stage, *messages: str) -> Shown:
    """Type these one after the other. Returns the last answer."""
    answers = [await stage.hear(MARTA, message) for message in messages]
    return answers[-1]


async def write_ready(stage: Stage) -> Shown:
    """A draft from which nothing is missing."""
    await write(stage, "/new", "Cold chain to Guangdong", "3 Feb 9:30", LINK)
    await stage.press(MARTA, "Hosts")
    await stage.press(MARTA, "Beta")
    return await stage.press(MARTA, "Done")


async def test_webinar_is_posted_and_found(stage: Stage) -> None:
    assert (await write(stage, "/new")).text.endswith("\n\nSend the title.")
    assert (await write(stage, "Cold chain to Guangdong")).text.endswith("Without a city I read it as Brussels time.")
    assert (await write(stage, "3 Feb 9:30")).text.endswith(
        "Send the link to join, for example https://zoom.us/j/123456."
    )
    assert (await write(stage, LINK)).text.endswith("Still missing: Hosts. Press a button to add it.")
    assert (await stage.press(MARTA, "Hosts")).labels == ("Alpha", "Beta", "Done")
    await stage.press(MARTA, "Beta")
    assert (await stage.press(MARTA, "Alpha")).labels == ("✅ Alpha", "✅ Beta", "Done")
    ready = await stage.press(MARTA, "Done")
    assert ready.text == (
        "New webinar (draft, saved)\n\n"
        "Title: Cold chain to Guangdong\n"
        "Hosts: Alpha and Beta\n"
        "When: Wed 3 February 2027, 09:30 CET (Brussels)\n"
        f"Link: {LINK}\n"
        "Length: 60 min\n"
        "Language: English\n"
        "Seats: unlimited\n"
        "Topics: none\n"
        "Description: none\n\n"
        "Nothing is missing. Look at the preview, or publish."
    )

    await stage.press(MARTA, "Preview")
    published = await stage.press(MARTA, "Publish")

    (webinar,) = await stage.database.read(rows, Webinar)
    assert (webinar.title, webinar.starts_at) == ("Cold chain to Guangdong", datetime(2027, 2, 3, 8, 30, tzinfo=UTC))
    assert (webinar.local_start, webinar.timezone, webinar.join_url) == (
        wall(2027, 2, 3, 9, 30),
        "Europe/Brussels",
        LINK,
    )
    assert webinar.created_by == await stage.person_id(MARTA)
    assert published.text.startswith("✅ Published. It is in the list and in the calendars now.\n\nCold chain")
    assert published.text.endswith(f"\n\nLink to share: {PUBLIC_URL}/webinars/{webinar.code}")
    assert (await stage.press(MARTA, "See it", published)).labels[0] == "Register"
    assert "Cold chain to Guangdong" in (await stage.hear(ANA, "/webinars")).text
    assert (await stage.start(ANA, f"w_{webinar.code}")).text.startswith("Cold chain to Guangdong\n")
    assert await stage.refusals() == ()


async def test_every_field_can_be_filled_and_changed(stage: Stage) -> None:
    await write_ready(stage)
    for button, text in (
        ("Title", "Warm chain & more"),
        ("When", "2027-02-04 15:00 Shanghai"),
        ("Link", "https://zoom.us/j/1"),
        ("Length", "1h30"),
        ("Seats", "30"),
        ("Description", "Ports,\npaperwork & partners."),
    ):
        await stage.press(MARTA, button)
        await write(stage, text)
    await stage.press(MARTA, "Language")
    await stage.press(MARTA, "French")
    await stage.press(MARTA, "Done")
    await stage.press(MARTA, "Topics")
    for topic in ("China", "Food", "China"):
        await stage.press(MARTA, topic if topic == "Food" else "dt:china")
    full = await stage.press(MARTA, "Done")

    assert full.text.splitlines()[2:12] == [
        "Title: Warm chain & more",
        "Hosts: Beta",
        "When: Thu 4 February 2027, 15:00 Shanghai time",
        "Link: https://zoom.us/j/1",
        "Length: 1 h 30 min",
        "Language: French",
        "Seats: 30",
        "Topics: Food",
        "Description: Ports,",
        "paperwork & partners.",
    ]
    preview = await stage.press(MARTA, "Preview")
    shown, looked = preview.text.rsplit("\n\n", 1)
    assert shown == (
        "Preview: companies will see this.\n\n"
        "Warm chain & more\n"
        "Beta · in French · 1 h 30 min\n"
        "📅 Thu 4 February 2027, 15:00 Shanghai time\n"
        "🎟 30 of 30 seats left\n\n"
        "Ports,\npaperwork & partners.\n"
        "Topics: Food"
    )
    assert looked == (
        "08:00 Brussels, early · 15:00 Shanghai ✓ · 02:00 New York, night · Wed 23:00 San Francisco, night"
    )
    published = await stage.press(MARTA, "Publish")
    assert shown.split("\n\n", 1)[1] in published.text
    (webinar,) = await stage.database.read(rows, Webinar)
    assert (webinar.capacity, webinar.duration_minutes, webinar.language) == (30, 90, "fr")
    assert webinar.starts_at == datetime(2027, 2, 4, 7, tzinfo=UTC)
    assert await stage.refusals() == ()


async def test_switches_show_what_is_chosen(stage: Stage) -> None:
    await write(stage, "/new")
    topics = await stage.press(MARTA, "Topics")
    assert (topics.text, topics.labels) == ("Choose the markets and sectors it is for.", ("China", "Food", "Done"))
    assert (await stage.press(MARTA, "Food")).labels == ("China", "✅ Food", "Done")
    assert (await stage.press(MARTA, "✅ Food")).labels == ("China", "Food", "Done")
    await stage.press(MARTA, "Done")
    languages = await stage.press(MARTA, "Language")
    assert [label for label in languages.labels if "✅" in label] == ["✅ English"]
    german = await stage.press(MARTA, "German")
    assert [label for label in german.labels if "✅" in label] == ["✅ German"]
    assert "Language: German\n" in (await stage.press(MARTA, "Done")).text
    assert await stage.refusals() == ()


async def test_date_picked_in_the_app_is_taken_as_it_is(stage: Stage) -> None:
    await write(stage, "/new", "Cold chain")
    moment = datetime(2027, 2, 3, 14, tzinfo=UTC)
    entity = {"type": "date_time", "offset": 3, "length": 10, "unix_time": int(moment.timestamp())}

    answer = await stage.hear(MARTA, "on next Wed!", entities=[entity])

    assert "When: Wed 3 February 2027, 15:00 CET (Brussels)\n" in answer.text
    await stage.press(MARTA, "When")
    past = entity | {"unix_time": int(stage.clock().timestamp())}
    assert "⚠️ That time is past.\n" in (await stage.hear(MARTA, "on next Wed!", entities=[past])).text
    assert await stage.refusals() == ()


async def test_draft_outlives_the_process(stage: Stage) -> None:
    await write(stage, "/new", "Cold chain")
    shown = await stage.hear(MARTA, "3 Feb 9:30")

    await stage.restart()
    answer = await write(stage, LINK)

    assert answer.text.splitlines()[2:6] == [
        "Title: Cold chain",
        "Hosts: missing",
        "When: Wed 3 February 2027, 09:30 CET (Brussels)",
        f"Link: {LINK}",
    ]
    await stage.telegram.wait_for("deleteMessage", chat=MARTA)
    assert shown.message_id not in [message.message_id for message in await stage.telegram.chat(MARTA)]
    await stage.restart()
    await stage.press(MARTA, "Hosts", answer)
    await stage.press(MARTA, "Alpha", answer)
    await stage.restart()
    assert (await stage.press(MARTA, "dp", await published_from(stage, answer))).text.startswith("✅ Published.")
    assert await stage.refusals() == ()


async def published_from(stage: Stage, message: Shown) -> Shown:
    return await stage.press(MARTA, "Done", message)


async def test_there_is_only_one_card_of_the_draft(stage: Stage) -> None:
    first = await write(stage, "/new")
    second = await write(stage, "Cold chain")
    third = await write(stage, "/new")
    await stage.close()

    own = [shown.message_id for shown in await stage.telegram.chat(MARTA) if shown.sender != MARTA]
    assert (own, {first.message_id, second.message_id} & {*own}) == ([third.message_id], set())
    assert "Title: Cold chain\n" in third.text
    assert await stage.refusals() == ()


async def test_card_that_the_organiser_deleted_is_no_trouble(stage: Stage) -> None:
    gone = "Bad Request: message to delete not found"
    await write(stage, "/new")
    await stage.telegram.fault(method="deleteMessage", code=400, description=gone, n=1)

    assert "Title: Cold chain\n" in (await write(stage, "Cold chain")).text
    assert await stage.refusals() == (("deleteMessage", gone),)


async def test_discarding_asks_first(stage: Stage) -> None:
    draft = await write_ready(stage)
    sure = await stage.press(MARTA, "Discard")
    assert (sure.text, sure.labels) == (
        "Delete this draft? You cannot get it back.",
        ("Yes, delete it", "‹ Back"),  # noqa: RUF001 -- as on the button
    )
    assert (await stage.press(MARTA, "d")).text == draft.text
    await stage.press(MARTA, "Discard")
    gone = await stage.press(MARTA, "Yes, delete it")

    assert (gone.text, gone.labels) == ("The draft is deleted. /new starts another.", ())
    assert await stage.database.read(rows, Draft, "person_id") == []
    assert (await write(stage, "/new")).text.startswith("New webinar (draft, saved)\n\nTitle: missing\n")
    assert await stage.refusals() == ()


async def test_publishing_twice_posts_once(stage: Stage) -> None:
    draft = await write_ready(stage)
    await stage.telegram.mark()

    for _ in range(2):
        await stage.telegram.press(MARTA, draft.message_id, "Publish", wait=0)
    await stage.telegram.wait_for("sendMessage", chat=MARTA)
    await stage.close()

    assert len(await stage.database.read(rows, Webinar)) == 1
    texts = [shown.text for shown in (await stage.telegram.chat(MARTA))[-2:]]
    assert texts[0].startswith("✅ Published.")
    assert texts[1] == "There is no draft any more. /new starts one."
    assert await stage.refusals() == ()


async def test_description_is_taken_away_with_a_button(stage: Stage) -> None:
    await write(stage, "/new", "Cold chain to Guangdong")
    asked = await stage.press(MARTA, "Description")
    assert "Remove: Description" not in asked.labels
    await write(stage, "All of it.")
    await stage.press(MARTA, "Description")

    shown = await stage.press(MARTA, "Remove: Description")

    assert "Description: none" in shown.text.splitlines()
    assert "Remove: Description" not in shown.labels
    assert await stage.refusals() == ()
