"""How a person wants to be spoken to: reminders, quiet hours, language, news."""

from datetime import timedelta

from bot.context import texts_for
from sandbox.client import Shown
from storage import Person, PersonLead
from tests.factories import rows
from tests.integration.bot.stage import ANA, BEN, CHIARA, Stage
from tests.integration.bot.steps import register, tap
from texts import LANGUAGES

SETTINGS = (
    "My settings\n\n"
    "Reminders: the day before, 1 hour before and 10 minutes before\n"
    "News of new webinars: on\n"
    "Slides and small news: on\n"
    "Quiet hours: 22:00 to 07:00, Brussels time\n"
    "Language: English\n"
    "Company: not given"
)
BUTTONS = (
    "Reminders",
    "News of new webinars",
    "Slides and small news",
    "Quiet hours",
    "Language",
    "Company",
    "Privacy",
)
BACK = "‹ Back"  # noqa: RUF001 -- as on the button
LEADS = ("✅ The day before", "✅ 1 hour before", "✅ 10 minutes before")
BAD_LEAD = "I can't use that. Send a time from 5 minutes to 7 days, for example 2 hours."


async def line(stage: Stage, user: int, label: str) -> str:
    """What the settings say of one thing."""
    shown = await stage.hear(user, "/settings")
    (found,) = (text for text in shown.text.splitlines() if text.startswith(f"{label}: "))
    return found.removeprefix(f"{label}: ")


async def open_(stage: Stage, user: int, *buttons: str) -> Shown:
    shown = await stage.hear(user, "/settings")
    for button in buttons:
        shown = await stage.press(user, button)
    return shown


async def test_settings_say_how_things_are_and_every_part_leads_back(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/settings")
    assert (shown.text, shown.labels) == (SETTINGS, BUTTONS)

    for button, back in (
        ("Reminders", BACK),
        ("News of new webinars", "Settings"),
        ("Slides and small news", BACK),
        ("Quiet hours", BACK),
        ("Language", BACK),
        ("Privacy", "Settings"),
    ):
        part = await stage.press(ANA, button)
        assert part.text != SETTINGS
        assert (await stage.press(ANA, back)).text == SETTINGS, button
    for path in (("Reminders", "Another time"), ("Quiet hours", "My city")):
        for button in (*path, BACK):
            await stage.press(ANA, button)
        assert (await stage.press(ANA, BACK)).text == SETTINGS, path
    assert len(await stage.telegram.chat(ANA)) == 2
    assert await stage.refusals() == ()


async def test_reminders_are_switched_one_by_one(stage: Stage) -> None:
    shown = await open_(stage, ANA, "Reminders")
    assert shown.text == "Reminders\nTap to switch them on or off. The link to join is in each of them."
    assert shown.labels == (*LEADS, "Another time", BACK)

    one = await stage.press(ANA, "✅ 1 hour before")
    assert one.labels == (LEADS[0], "1 hour before", LEADS[2], "Another time", BACK)
    await stage.press(ANA, "✅ The day before")
    await stage.press(ANA, "✅ 10 minutes before")
    assert await line(stage, ANA, "Reminders") == "none"
    for button in ("Reminders", "1 hour before", "The day before", "10 minutes before"):
        await stage.press(ANA, button)

    assert await line(stage, ANA, "Reminders") == SETTINGS.splitlines()[2].removeprefix("Reminders: ")
    assert await stage.database.read(rows, PersonLead, "seconds") == []  # the usual ones again, whatever they become
    assert await line(stage, BEN, "Reminders") != "none"
    assert await stage.refusals() == ()


async def test_a_reminder_of_ones_own_with_wrong_answers_first(stage: Stage) -> None:
    question = await open_(stage, ANA, "Reminders", "Another time")
    assert question.text == (
        "How long before a webinar shall I remind you? "
        "Send for example 30 min, 2 hours or 3 days (5 minutes to 7 days)."
    )
    assert question.labels == (BACK,)

    for wrong in ("soon", "4 min", "8 days", "0", "-5", "10 000 000 h", "99999d 99999d", "½ h", "🕐", "x" * 4000):
        answer = await stage.hear(ANA, wrong)
        assert (answer.text, answer.labels) == (BAD_LEAD, (BACK,)), wrong
    own = await stage.hear(ANA, "2 hours")

    assert own.labels == ("✅ The day before", "✅ 2 hours before", *LEADS[1:], "Another time", BACK)
    assert (await stage.hear(ANA, "3 days")).text.startswith("No webinar is planned")  # no answer any more
    assert await stage.refusals() == ()


async def test_an_own_reminder_takes_the_place_of_the_one_before(stage: Stage) -> None:
    for typed, shown in (("7 days", "7 days"), ("1h30", "1 h 30 min"), ("5", "5 minutes")):
        await open_(stage, ANA, "Reminders", "Another time")
        assert f"✅ {shown} before" in (await stage.hear(ANA, typed)).labels, typed

    assert await line(stage, ANA, "Reminders") == (
        "the day before, 1 hour before, 10 minutes before and 5 minutes before"
    )
    assert await stage.refusals() == ()


async def test_card_tells_of_the_persons_own_reminders(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await open_(stage, ANA, "Reminders", "✅ The day before", "✅ 10 minutes before")

    offer = await register(stage, ANA, "pack1234")

    card = await tap(stage, ANA, "w:pack1234", offer)
    assert card.text.splitlines()[0] == (
        "✅ You are registered. The link to join comes with each reminder: 1 hour before."
    )
    await open_(stage, ANA, "Reminders", "✅ 1 hour before")
    card = await tap(stage, ANA, "w:pack1234", await stage.start(ANA))
    assert card.text.splitlines()[0] == (
        "✅ You are registered. You find the link to join under /mine from 15 minutes before the start."
    )
    assert await stage.refusals() == ()


async def test_quiet_hours_are_chosen(stage: Stage) -> None:
    shown = await open_(stage, ANA, "Quiet hours")
    assert shown.text == (
        "Quiet hours\nIn these hours I send no news of new webinars. "
        "Reminders and changes of your webinars still come.\n\n22:00 to 07:00, Brussels time"
    )
    spans = ("✅ 22:00 – 7:00", "21:00 – 8:00", "20:00 – 9:00", "18:00 – 9:00", "None")  # noqa: RUF001 -- the same
    assert shown.labels == (*spans, "My city", BACK)

    other = await stage.press(ANA, spans[2])
    assert other.text.endswith("\n\n20:00 to 09:00, Brussels time")
    assert other.labels[:3] == (spans[0].removeprefix("✅ "), spans[1], f"✅ {spans[2]}")
    none = await stage.press(ANA, "None")
    assert (none.text.endswith("still come."), none.labels[4]) == (True, "✅ None")

    assert await line(stage, ANA, "Quiet hours") == "none"
    assert await line(stage, BEN, "Quiet hours") == "22:00 to 07:00, Brussels time"
    assert await stage.refusals() == ()


async def test_city_is_asked_until_it_is_known(stage: Stage) -> None:
    question = await open_(stage, ANA, "Quiet hours", "My city")
    assert (question.text, question.labels) == ("In which city are you? Send for example Lisbon.", (BACK,))

    for wrong, shown in (
        ("Nowhere <b>&", "Nowhere <b>&"),
        ("Milan", "Milan"),
        ("../etc/passwd", "../etc/passwd"),
        ("🏙", "🏙"),
    ):
        answer = await stage.hear(ANA, wrong)
        assert answer.text == (
            f"I don't know “{shown}”. Send the capital of your country, or a large city in your time zone."
        ), wrong
        assert answer.labels == (BACK,)
    known = await stage.hear(ANA, "  new york ")

    assert known.text.endswith("\n\n22:00 to 07:00, New York time")
    assert known.labels[0].startswith("✅ 22:00")
    assert await line(stage, ANA, "Quiet hours") == "22:00 to 07:00, New York time"
    assert await stage.refusals() == ()


async def test_every_language_is_offered_by_its_own_name(stage: Stage) -> None:
    names = {language: texts_for(language).language_name(language) for language in LANGUAGES}
    shown = await open_(stage, BEN, "Language")
    assert shown.labels == ("✅ English", *list(names.values())[1:], BACK)

    for language in reversed(LANGUAGES):
        words = texts_for(language)
        settings = await tap(stage, BEN, f"ss:{language}", shown)
        assert settings.text.splitlines()[0] == words.settings_title().striptags()
        assert (await stage.hear(BEN, "/mine")).text == words.nothing_mine().striptags()
        assert f"✅ {names[language]}" in (await tap(stage, BEN, "sg", shown)).labels
    assert await stage.refusals() == ()


async def test_language_that_was_chosen_stays_whatever_telegram_says(stage: Stage) -> None:
    await open_(stage, CHIARA, "Language")
    await tap(stage, CHIARA, "ss:en", await stage.start(CHIARA))
    await stage.telegram.people(CHIARA, language_code="fr")

    assert (await stage.hear(CHIARA, "/settings")).text == SETTINGS
    assert await stage.refusals() == ()


async def test_news_are_switched_in_the_settings(stage: Stage) -> None:
    await open_(stage, ANA, "News of new webinars", "Stop all news")

    assert (await stage.press(ANA, "Settings")).text == SETTINGS.replace("webinars: on", "webinars: off")
    assert await stage.refusals() == ()


async def test_forged_values_change_nothing_or_something_harmless(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/settings")

    for data in ("sl:0", "sl:7", "sl:604801", "sl:999999999", "ss:xx", "ss:en_gb", "sh:22:7"):
        assert (await stage.telegram.forge(ANA, shown.message_id, data)).answered, data
    assert (await tap(stage, ANA, "s", shown)).text == SETTINGS
    odd = await tap(stage, ANA, "sh:46:99", shown)

    assert odd.text.endswith("\n\n22:00 to 03:00, Brussels time")
    (ana,) = (person for person in await stage.database.read(rows, Person) if person.telegram_id == ANA)
    assert (ana.language, ana.own_leads) == ("en", False)
    assert {method for method, _ in await stage.refusals()} <= {"editMessageText"}  # which reads so already


async def test_everything_that_was_set_outlasts_a_restart(stage: Stage) -> None:
    await open_(stage, ANA, "Reminders", "✅ 1 hour before")
    await open_(stage, ANA, "Quiet hours", "My city")
    await stage.restart()
    stage.clock.moment += timedelta(minutes=1)
    await stage.hear(ANA, "Tokyo")

    assert (await stage.hear(ANA, "/settings")).text == SETTINGS.replace(", 1 hour before and", " and").replace(
        "Brussels", "Tokyo"
    )
    assert await stage.refusals() == ()


async def test_slides_and_small_news_are_switched_off_and_on(stage: Stage) -> None:
    await open_(stage, ANA, "Slides and small news")
    off = await stage.press(ANA, "Send me less")
    assert (off.text.partition("\n")[0], off.labels) == ("Slides and small news: off", ("Send them to me", BACK))
    assert await line(stage, ANA, "Slides and small news") == "off"

    await stage.restart()
    await open_(stage, ANA, "Slides and small news")
    await stage.press(ANA, "Send them to me")
    assert await line(stage, ANA, "Slides and small news") == "on"
    assert await stage.refusals() == ()
