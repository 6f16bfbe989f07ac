"""What a person follows: switches, and the offer after the first registration."""

from storage import Follow
from tests.factories import rows
from tests.integration.bot.stage import ANA, BEN, CHIARA, Stage
from tests.integration.bot.steps import register, sent, tap

TITLE = "What I follow\nTap to switch. I tell you once about each new webinar that fits."
OFF = "\nNews of new webinars is switched off."
REST = ("Stop all news", "All webinars", "Settings")
NO_SUCH = "I can't find this webinar. Perhaps the link is not complete. Here is what is coming: /webinars"


async def followed(stage: Stage, user: int) -> list[str]:
    """What is switched on, as the screen shows it."""
    shown = await stage.hear(user, "/follow")
    return [label.removeprefix("✅ ") for label in shown.labels if label.startswith("✅ ")]


async def test_partnerships_markets_and_sectors_are_switches(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/follow")
    assert (shown.text, shown.labels) == (TITLE, ("Alpha", "Beta", "China", "Food", *REST))

    await stage.press(ANA, "Beta")
    on = await stage.press(ANA, "China")
    assert (on.text, on.labels) == (TITLE, ("Alpha", "✅ Beta", "✅ China", "Food", *REST))
    assert on.message_id == shown.message_id
    off = await stage.press(ANA, "✅ Beta")
    assert off.labels == ("Alpha", "Beta", "✅ China", "Food", *REST)

    assert await followed(stage, ANA) == ["China"]
    assert await followed(stage, BEN) == []
    assert await stage.refusals() == ()


async def test_first_contact_leads_there_and_on(stage: Stage) -> None:
    welcome = await stage.start(ANA)

    shown = await stage.press(ANA, "Follow topics", welcome)

    assert shown.labels == ("Alpha", "Beta", "China", "Food", *REST)
    assert (await stage.press(ANA, "Settings")).text.startswith("My settings\n")
    await stage.press(ANA, "f")
    assert (await stage.press(ANA, "All webinars")).text.startswith("No webinar is planned")
    assert await stage.refusals() == ()


async def test_all_news_are_switched_off_and_on_without_losing_the_choice(stage: Stage) -> None:
    await stage.hear(ANA, "/follow")
    await stage.press(ANA, "Food")

    off = await stage.press(ANA, "Stop all news")
    assert (off.text, off.labels) == (
        TITLE + OFF,
        ("Alpha", "Beta", "China", "✅ Food", "Switch news on", "All webinars", "Settings"),
    )
    on = await stage.press(ANA, "Switch news on")
    assert (on.text, on.labels) == (TITLE, ("Alpha", "Beta", "China", "✅ Food", *REST))
    assert await stage.refusals() == ()


async def test_who_follows_something_new_wants_news_again(stage: Stage) -> None:
    await stage.hear(ANA, "/follow")
    await stage.press(ANA, "Food")
    await stage.press(ANA, "Stop all news")

    left = await stage.press(ANA, "✅ Food")
    assert left.text == TITLE + OFF
    assert (await stage.press(ANA, "Alpha")).text == TITLE
    assert await stage.refusals() == ()


async def test_what_is_not_there_cannot_be_followed(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/follow")

    for data in ("fp:gone", "fp:nobody", "fp:china", "ft:nothing", "ft:alpha"):
        assert (await stage.telegram.forge(ANA, shown.message_id, data)).answered, data

    assert await stage.database.read(rows, Follow) == []
    assert {method for method, _ in await stage.refusals()} == {"editMessageText"}  # which reads so already


async def test_after_the_first_registration_more_of_the_kind_is_offered(stage: Stage) -> None:
    await stage.post(code="pack1234", hosts=("alpha", "beta"), topics=("china", "food"))

    offer = await register(stage, ANA, "pack1234")
    assert (offer.text, offer.labels) == (
        "Shall I tell you about new webinars like this one? (Alpha, Beta, China and Food)",
        ("Yes, tell me", "No, thanks"),
    )
    assert (await sent(stage, ANA))[-2].text.startswith("✅ You are registered.")
    await stage.press_for_answer(ANA, "Yes, tell me", offer)

    yes = await stage.message(ANA, offer.message_id)
    assert (yes.text, yes.labels) == ("✅ I will tell you. Change it with /follow.", ())
    assert await followed(stage, ANA) == ["Alpha", "Beta", "China", "Food"]
    assert await stage.refusals() == ()


async def test_offer_is_declined(stage: Stage) -> None:
    await stage.post(code="pack1234")
    offer = await register(stage, ANA, "pack1234")

    await stage.press_for_answer(ANA, "No, thanks", offer)

    no = await stage.message(ANA, offer.message_id)
    assert (no.text, no.labels) == ("All right. /follow is there if you change your mind.", ())
    assert await followed(stage, ANA) == []
    assert await stage.refusals() == ()


async def test_offer_is_made_once_whatever_became_of_it(stage: Stage) -> None:
    for code in ("one", "two"):
        await stage.post(code=code)
    await register(stage, ANA, "one")  # and never answered
    offer = await register(stage, BEN, "one")
    await stage.press_for_answer(BEN, "No, thanks", offer)

    for user in (ANA, BEN):
        before = len(await sent(stage, user))
        card = await stage.start(user, "w_two")
        assert (await tap(stage, user, "Register", card)).text.startswith("✅ You are registered.")
        await stage.hear(user, "/mine")  # one person's updates are handled in order: nothing comes after this
        new = (await sent(stage, user))[before:]
        assert [message.text.splitlines()[0].partition(" ")[0] for message in new] == ["✅", "My"]
    assert await stage.refusals() == ()


async def test_a_place_in_line_is_a_registration_too(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await stage.fill("pack1234", range(100, 101))
    await stage.start(CHIARA, "w_pack1234")

    offer = await stage.press_for_answer(CHIARA, "Join waitlist")

    assert offer.labels == ("Yes, tell me", "No, thanks")
    assert await stage.refusals() == ()


async def test_offer_forged_for_a_webinar_that_is_not_there(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/follow")
    await stage.telegram.mark()

    assert (await stage.telegram.forge(ANA, shown.message_id, "fl:zzzzzzzz")).answered

    assert (await stage.answer(ANA)).text == NO_SUCH
    assert await stage.database.read(rows, Follow) == []
    assert await stage.refusals() == ()
