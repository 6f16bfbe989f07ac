"""First contact, again, and by links."""

from datetime import timedelta

from storage import Person
from tests.factories import START, rows
from tests.integration.bot.stage import ANA, CHIARA, MARTA, Stage

FOR_ALL = ["webinars", "mine", "follow", "calendar", "library", "settings", "privacy", "help"]
FOR_ORGANISERS = ["new", "manage", "meet", "share", "stats"]


async def test_first_contact_says_what_this_is_and_asks_nothing(stage: Stage) -> None:
    await stage.post(code="pack1234")

    welcome = await stage.start(ANA)

    assert welcome.text == (
        "Webinars for small and medium companies, from Alpha and Beta.\n"
        "Markets: China.\n\n"
        "Next: Smart packaging\n📅 Wed 20 Jan, 10:00 CET\n\n"
        "What we store: /privacy"
    )
    assert [entity["unix_time"] for entity in welcome.entities if entity["type"] == "date_time"] == [
        int(START.timestamp())
    ]
    assert welcome.labels == ("See it", "All webinars", "My webinars", "Follow topics")
    met = await stage.database.read(rows, Person)
    assert [(person.telegram_id, person.name, person.language, person.reachable) for person in met] == [
        (MARTA, "", "en", False),
        (ANA, "Ana", "en", True),
    ]
    assert await stage.refusals() == ()


async def test_who_starts_again_is_greeted_again_and_stays_who_they_are(stage: Stage) -> None:
    first = await stage.start(ANA)
    stage.clock.moment += timedelta(days=3)
    await stage.telegram.people(ANA, first_name="Ana", last_name="Sousa")
    again = await stage.start(ANA)

    assert again.text == first.text
    met = await stage.database.read(rows, Person)
    assert [(person.telegram_id, person.name) for person in met][1:] == [(ANA, "Ana Sousa")]
    assert met[1].seen_at == stage.clock()
    assert await stage.refusals() == ()


async def test_welcome_leads_to_the_next_webinar_and_to_the_lists(stage: Stage) -> None:
    await stage.post(code="pack1234")
    welcome = await stage.start(ANA)

    assert (await stage.press(ANA, "See it", welcome)).text.startswith("Smart packaging\nAlpha · in English · 60 min\n")
    assert (await stage.press(ANA, "All webinars", welcome)).text.startswith("Coming webinars\n\nSmart packaging\n")
    assert (await stage.press(ANA, "My webinars", welcome)).text == "You are not registered for a webinar yet."
    assert len(await stage.telegram.chat(ANA)) == 2
    assert await stage.refusals() == ()


async def test_deep_link_opens_the_webinar_for_somebody_new(stage: Stage) -> None:
    await stage.post(code="pack1234")

    card = await stage.start(CHIARA, "w_pack1234")

    assert card.text.startswith("Smart packaging\n")
    assert card.labels == ("Register", "Add to calendar", "Share", "All webinars")
    assert await stage.refusals() == ()


async def test_deep_link_to_no_webinar_says_so_and_where_to_look(stage: Stage) -> None:
    await stage.post(code="pack1234")
    payloads = ("w_", "w_zzzzzzzz", "w_PACK1234", "w_pack1234-x", "w_%s", "w_'", "w_" + "a" * 62, "w_" + "a" * 3000)

    answers = [await stage.hear(ANA, f"/start {payload}") for payload in payloads]

    assert {answer.text for answer in answers} == {
        "I can't find this webinar. Perhaps the link is not complete. Here is what is coming: /webinars"
    }
    assert await stage.refusals() == ()


async def test_payload_that_is_no_link_of_ours_is_a_plain_start(stage: Stage) -> None:
    await stage.post(code="pack1234")
    plain = await stage.start(ANA)
    payloads = ("x", "pack1234", "W_pack1234", "<b>", "🎉", "a b w_pack1234", "-" * 2000)

    answers = [await stage.hear(ANA, f"/start {payload}") for payload in payloads]

    assert {answer.text for answer in answers} == {plain.text}
    assert await stage.refusals() == ()


async def test_help_and_privacy(stage: Stage) -> None:
    assert "/new" not in (await stage.hear(ANA, "/help")).text
    assert (await stage.hear(MARTA, "/help")).text.startswith("/new")
    assert (await stage.hear(ANA, "/privacy")).text.startswith(
        "What we store, and why\n• your Telegram ID (not your phone"
    )
    assert await stage.refusals() == ()


async def test_menu_of_commands_is_there_and_organisers_have_more(published: Stage) -> None:
    await published.start(MARTA)
    (own,) = await published.telegram.wait_for("setMyCommands", chat=None)
    general = await published.telegram.calls("setMyCommands", since=0)

    commands = [command["command"] for command in own.params["commands"]]
    assert commands == [*FOR_ORGANISERS, *FOR_ALL]
    assert own.params["scope"] == {"type": "chat", "chat_id": MARTA}
    assert [command["command"] for command in general[0].params["commands"]] == FOR_ALL
    assert await published.refusals() == ()


async def test_menu_is_not_written_again_where_it_is_right(published: Stage) -> None:
    await published.telegram.mark()
    await published.restart()

    assert await published.telegram.calls("setMyCommands") == ()
    assert await published.refusals() == ()


async def test_organiser_is_greeted_though_the_menu_cannot_be_set(stage: Stage) -> None:
    await stage.telegram.fault(method="setMyCommands", code=429, description="Too Many Requests", n=1)

    welcome = await stage.start(MARTA)

    assert "You are an organiser: /new posts a webinar." in welcome.text
    await stage.hear(MARTA, "/help")
    assert await stage.refusals() == (("setMyCommands", "Too Many Requests"),)
