"""Looking for webinars: with words, with switches, a page at a time."""

from datetime import timedelta

from sandbox.client import Shown
from tests.factories import START
from tests.integration.bot.stage import ANA, BEN, Stage
from tests.integration.bot.steps import tap

LAST = ("Find", "All webinars")
SWITCHES = ("Alpha", "Beta", "China", "Food")  # markets and sectors have one switch each here, so they are not shown


def titles(shown: Shown) -> list[str]:
    return [button.text for button in shown.buttons if (button.data or "").startswith("w:")]


async def post_four(stage: Stage) -> None:
    for code, title, given in (
        ("pack", "Smart packaging", {"description": "Labels that buyers in Shanghai expect."}),
        ("cold", "Cold chain to Guangdong", {"hosts": ("beta",), "topics": ("food", "china")}),
        ("fromage", "Fromages & marchés", {"topics": ("food",), "language": "fr"}),
        ("robots", "Robots", {"topics": (), "hosts": ("alpha", "beta"), "starts_at": START + timedelta(days=20)}),
    ):
        await stage.post(code=code, title=title, **given)


async def test_words_after_the_command_and_plain_words_find_the_same(stage: Stage) -> None:
    await post_four(stage)

    by_command = await stage.hear(ANA, "/webinars food china")
    plain = await stage.hear(ANA, "food china")

    assert (plain.text, plain.keyboard) == (by_command.text, by_command.keyboard)
    assert plain.text == ("Webinars for “food china”\n\nCold chain to Guangdong\nWed 20 Jan, 10:00 CET · Beta")
    assert plain.labels == ("Cold chain to Guangdong", *LAST)
    assert (await stage.press(ANA, "Cold chain to Guangdong")).labels[0] == "Register"
    assert await stage.refusals() == ()


async def test_title_text_hosts_and_topics_are_searched_however_they_are_written(stage: Stage) -> None:
    await post_four(stage)

    for words, found in (
        ("PACKAG", ["Smart packaging"]),
        ("shanghai", ["Smart packaging"]),
        ("the beta partnership", ["Cold chain to Guangdong", "Robots"]),
        ("marche fromage", ["Fromages & marchés"]),
        ("FOOD!!!", ["Cold chain to Guangdong", "Fromages & marchés"]),
        ("\u202efood\n\n\nchina", ["Cold chain to Guangdong"]),
    ):
        assert titles(await stage.hear(ANA, words)) == found, words
    assert await stage.refusals() == ()


async def test_topics_are_found_in_every_language(stage: Stage) -> None:
    await stage.post(code="pack", title="One", topics=("china",))
    await stage.post(code="food", title="Two", topics=("food",))
    await stage.post(code="none", title="Three", topics=())

    for words, found in (
        ("chine", ["One"]),
        ("CHINA", ["One"]),
        ("alimentation", ["Two"]),
        ("chine alimentation", []),
    ):
        assert titles(await stage.hear(ANA, words)) == found, words
    assert titles(await stage.hear(ANA, "/webinars chine")) == ["One"]
    assert await stage.refusals() == ()


async def test_nothing_found_says_what_there_is_and_leads_on(stage: Stage) -> None:
    await post_four(stage)

    for words, shown in (
        ("blockchain", "blockchain"),
        ("<b>x</b> & {0} %s", "<b>x</b> & {0} %s"),
        ("!?", "!?"),
        ("🤷 سؤال", "🤷 سؤال"),
        ("x" * 4000, "x" * 60),
    ):
        nothing = await stage.hear(ANA, words)
        assert nothing.text == (f"I found nothing for “{shown}”. 4 webinars are planned in all.\nTopics: China · Food")
        assert nothing.labels == LAST
    assert len(titles(await stage.press(ANA, "All webinars"))) == 4
    assert await stage.refusals() == ()


async def test_nothing_found_where_nothing_is_planned(stage: Stage) -> None:
    nothing = await stage.hear(ANA, "food")

    assert nothing.text == "No webinar is planned at the moment. Please come back in a few days."
    assert nothing.labels == LAST
    assert await stage.refusals() == ()


async def test_what_is_over_or_cancelled_is_not_found(stage: Stage) -> None:
    await post_four(stage)
    await stage.cancel("pack")
    assert "3 webinars are planned in all." in (await stage.hear(ANA, "packaging")).text

    stage.clock.moment = START + timedelta(hours=1)
    assert (await stage.hear(ANA, "cold")).text.endswith("1 webinar is planned in all.")  # of no topic
    assert await stage.refusals() == ()


async def test_switches_narrow_it_down_and_are_remembered(stage: Stage) -> None:
    await post_four(stage)
    await stage.hear(ANA, "/webinars")

    found = await stage.press(ANA, "Find")
    assert found.text == "Find webinars\nTap what you look for. 4 webinars fit."
    assert found.labels == ("Alpha", "Beta", "English", "French", "Jan 2027", "Feb 2027", "Show 4 webinars", "Clear")
    beta = await stage.press(ANA, "Beta")
    assert beta.text.endswith("2 webinars fit.")
    both = await stage.press(ANA, "Feb 2027")
    assert both.text.endswith("1 webinar fits.")
    assert both.labels == (
        *("Alpha", "✅ Beta", "English", "French", "Jan 2027", "✅ Feb 2027"),
        *("Show 1 webinar", "Clear"),
    )
    shown = await stage.press(ANA, "Show 1 webinar")
    assert (shown.text.partition("\n")[0], titles(shown)) == ("Webinars that fit", ["Robots"])

    again = await stage.press(ANA, "Find")
    assert again.labels == both.labels
    assert (await stage.press(ANA, "✅ Feb 2027")).text.endswith("2 webinars fit.")
    instead = await stage.press(ANA, "Alpha")
    assert (instead.labels[:2], instead.text[-15:]) == (("✅ Alpha", "Beta"), "3 webinars fit.")
    cleared = await stage.press(ANA, "Clear")

    assert (cleared.text, cleared.labels) == (found.text, found.labels)
    await stage.hear(BEN, "/webinars")
    assert (await stage.press(BEN, "Find")).labels == found.labels
    assert await stage.refusals() == ()


async def test_markets_and_sectors_are_switches_where_there_are_several(stage: Stage) -> None:
    await post_four(stage)
    shown = await stage.hear(ANA, "/webinars")

    sector = await tap(stage, ANA, "qt:sector:food", shown)
    assert sector.text.endswith("2 webinars fit.")
    market = await tap(stage, ANA, "qt:market:china", shown)

    assert market.text.endswith("1 webinar fits.")
    assert titles(await stage.press(ANA, "qf:1", market)) == ["Cold chain to Guangdong"]
    assert await stage.refusals() == ()


async def test_nothing_fits(stage: Stage) -> None:
    await post_four(stage)
    await stage.hear(ANA, "/webinars")
    for button in ("Find", "French", "Feb 2027"):
        await stage.press(ANA, button)

    choice = await stage.press(ANA, "Feb 2027", await stage.press(ANA, "✅ Feb 2027"))
    assert choice.text == ("Find webinars\nNo webinar fits all of this. Tap a choice to take it out, or press Clear.")
    assert choice.labels[-2:] == ("Clear", "All webinars")
    nothing = await tap(stage, ANA, "qf:1", choice)

    assert (nothing.text, nothing.labels) == (
        "No webinar fits. 4 are planned in all.\nTopics: China · Food",
        LAST,
    )
    await stage.press(ANA, "Find")
    assert (await stage.press(ANA, "Clear")).text.endswith("4 webinars fit.")
    assert await stage.refusals() == ()


async def test_what_was_found_is_paged_and_the_words_stay(stage: Stage) -> None:
    for number in range(1, 13):
        await stage.post(code=f"code{number}", title=f"Webinar {number:02}", starts_at=START + timedelta(days=number))
    await stage.post(code="other", title="Something else")

    first = await stage.hear(ANA, "webinar")
    assert (first.text.partition("\n")[0], first.labels[5:]) == (
        "Webinars for “webinar” (1 of 3)",
        ("Later ›", *LAST),  # noqa: RUF001 -- as on the button
    )
    second = await tap(stage, ANA, first.labels[5], first)
    assert titles(second) == [f"Webinar {number:02}" for number in range(6, 11)]
    third = await tap(stage, ANA, second.labels[6], second)

    assert (third.text.partition("\n")[0], titles(third)) == (
        "Webinars for “webinar” (3 of 3)",
        ["Webinar 11", "Webinar 12"],
    )
    await stage.restart()
    assert titles(await tap(stage, ANA, third.labels[2], third)) == titles(second)
    assert await stage.refusals() == ()


async def test_each_list_is_turned_by_its_own_buttons(stage: Stage) -> None:
    """However often somebody looked for something else since, and after a restart too."""
    await post_four(stage)
    for number in range(1, 8):
        await stage.post(code=f"code{number}", title=f"Webinar {number:02}", starts_at=START + timedelta(days=number))
    by_words = await stage.hear(ANA, "webinar")
    await stage.hear(ANA, "cold")
    for button in ("Find", "English"):
        await stage.press(ANA, button)
    by_switches = await stage.press(ANA, "Show 10 webinars")
    await stage.hear(ANA, "/webinars")
    for button in ("Find", "✅ English", "Alpha"):
        await stage.press(ANA, button)
    await stage.restart()

    assert titles(await tap(stage, ANA, by_words.labels[5], by_words)) == ["Webinar 06", "Webinar 07"]
    turned = await tap(stage, ANA, by_switches.labels[5], by_switches)
    assert turned.text.partition("\n")[0] == "Webinars that fit (2 of 2)"
    assert titles(turned)[-1] == "Robots"
    assert await stage.refusals() == ()


async def test_list_that_is_very_old_leads_on(stage: Stage) -> None:
    for number in range(1, 8):
        await stage.post(code=f"code{number}", title=f"Webinar {number:02}", starts_at=START + timedelta(days=number))
    old = await stage.hear(ANA, "webinar")
    for words in ("one", "two", "three", "four", "five"):
        await stage.hear(ANA, words)

    await stage.telegram.mark()
    pressed = await stage.telegram.press(ANA, old.message_id, old.labels[5])
    await stage.telegram.wait_for("editMessageText", chat=ANA)

    assert (pressed.text, pressed.alert) == ("This list is too old to turn. Here is what is coming.", True)
    assert (await stage.message(ANA, old.message_id)).text.startswith("Coming webinars (1 of 2)")
    assert await stage.refusals() == ()


async def test_button_of_a_former_version_shows_what_was_looked_for_last(stage: Stage) -> None:
    for number in range(1, 8):
        await stage.post(code=f"code{number}", title=f"Webinar {number:02}", starts_at=START + timedelta(days=number))
    await stage.post(code="other", title="Something else")
    old = await stage.hear(ANA, "webinar")
    await stage.hear(ANA, "else")

    shown = await tap(stage, ANA, "qf:2", old)

    assert (shown.text.partition("\n")[0], titles(shown)) == ("Webinars for “else”", ["Something else"])
    assert await stage.refusals() == ()


async def test_forged_choices_fit_nothing_or_change_nothing(stage: Stage) -> None:
    await post_four(stage)
    await stage.hear(ANA, "/webinars")
    found = await stage.press(ANA, "Find")

    for data in ("qt:words:food", "qt:nothing:at-all", "qt:model_config:x", "qt:month:2027-13"):
        assert (await stage.telegram.forge(ANA, found.message_id, data)).answered, data
    for data in ("qt:partnership:nobody", "qt:sector:nothing", "qt:language:xx"):
        assert (await tap(stage, ANA, data, found)).text.startswith("Find webinars\nNo webinar fits"), data
        await tap(stage, ANA, "Clear", found)

    assert (await stage.message(ANA, found.message_id)).labels == found.labels
    assert {method for method, _ in await stage.refusals()} == {"editMessageText"}  # which reads so already
