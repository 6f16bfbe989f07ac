"""The person's own calendar, and one webinar as a file."""

from datetime import datetime, timedelta

from icalendar import Calendar

from domain import fetches, links, registration
from domain.fetches import Fetch
from sandbox.client import Shown
from storage import people
from tests.factories import START
from tests.integration.bot.stage import ANA, BEN, JOIN, MARTA, PUBLIC_URL, SECRET, Stage


def copied(shown: Shown) -> str:
    button = shown.button("Copy link")
    assert isinstance(button.value, dict)
    return str(button.value["text"])


async def fetch(stage: Stage, user: int, message: Shown) -> tuple[Shown, bytes]:
    """Press Add to calendar and open the file that comes."""
    await stage.telegram.mark()
    assert (await stage.telegram.press(user, message.message_id, "Add to calendar")).answered
    (sent,) = await stage.telegram.wait_for("sendDocument", chat=user)
    shown = await stage.message(user, sent.message_id)
    assert shown.document
    return shown, await stage.telegram.file(shown.document["file_id"])


async def test_calendar_link_is_the_persons_own_and_stays_the_same(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/calendar")
    link = copied(shown)
    token = link.removeprefix(f"{PUBLIC_URL}/feeds/personal/").removesuffix(".ics")

    assert links.read_token(SECRET, token) == (await stage.person_id(ANA), 1)
    assert link in shown.text
    assert shown.button("How to subscribe").url == link.removesuffix(".ics")
    assert copied(await stage.hear(ANA, "/calendar")) == link
    assert copied(await stage.hear(BEN, "/calendar")) != link
    assert (await stage.press(ANA, "My webinars", shown)).text == "You are not registered for a webinar yet."
    assert await stage.refusals() == ()


async def test_own_calendar_shows_what_one_follows_if_one_wishes(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/calendar")
    link, said = copied(shown), "It also shows what you follow (/follow), without a link to join."
    states = [said in shown.text]
    for button in ("Show what I follow too", "Don't show what I follow"):
        shown = await stage.press(ANA, button, shown)
        states.append(said in shown.text)

    assert states == [False, True, False]
    assert copied(shown) == link
    assert (await stage.database.read(people.get, await stage.person_id(ANA))).feed_follows is False
    assert await stage.refusals() == ()


async def test_feed_check_says_who_fetched_last(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/calendar")
    checked = await stage.press(ANA, "Check my feed", shown)
    assert checked.text.splitlines()[1].startswith("No app has fetched it yet.")

    at = stage.clock() - timedelta(hours=3)
    await stage.database.write(fetches.record, [Fetch(await stage.person_id(ANA), 1, "apple", at, at)])
    checked = await stage.press(ANA, "Check my feed", checked)
    assert checked.text.splitlines()[2].startswith("Apple Calendar looked ")
    assert copied(await stage.press(ANA, "cal", checked)) == copied(shown)
    assert await stage.refusals() == ()


async def test_organisers_see_how_many_calendars_have_followed_a_change(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await stage.start(ANA, "w_pack1234")
    await stage.press(ANA, "Register")
    await stage.start(MARTA)
    await stage.hear(MARTA, "/manage")
    before = await stage.press(MARTA, "Smart packaging")
    ana = await stage.person_id(ANA)
    await stage.database.write(fetches.record, [Fetch(ana, 1, "google", stage.clock(), stage.clock())])
    stage.clock.moment += timedelta(minutes=1)
    await stage.cancel("pack1234")
    await stage.hear(MARTA, "/manage")
    after = await stage.press(MARTA, "Smart packaging")

    assert "calendar" not in before.text
    assert after.text.splitlines()[-1] == "📆 0 of 1 calendar is up to date."
    assert await stage.refusals() == ()


async def test_file_for_the_registered_holds_the_way_in_and_for_others_not(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1, description="Come and see.")
    cards = {user: await stage.start(user, "w_pack1234") for user in (ANA, BEN)}
    found = {}
    for user in (ANA, BEN):
        await stage.press(user, "r:pack1234")
        shown, found[user] = await fetch(stage, user, cards[user])
        assert shown.document is not None
        assert shown.document["file_name"] == "pack1234.ics"
        assert shown.text.startswith("Open this file to add the webinar to your calendar.")

    (seated,) = Calendar.from_ical(found[ANA]).events
    (waiting,) = Calendar.from_ical(found[BEN]).events
    assert [(str(event["summary"]), event.start, event.end) for event in (seated, waiting)] == [
        ("Smart packaging", START, START + timedelta(hours=1))
    ] * 2
    assert (seated["location"], JOIN in str(seated["description"]), seated["status"]) == (JOIN, True, "CONFIRMED")
    assert (JOIN.encode() in found[BEN].replace(b"\r\n ", b""), waiting["status"]) == (False, "TENTATIVE")
    assert await stage.refusals() == ()


async def test_file_for_a_stranger_is_what_everybody_may_see(stage: Stage) -> None:
    await stage.post(code="pack1234")
    card = await stage.start(ANA, "w_pack1234")

    _, content = await fetch(stage, ANA, card)

    (event,) = Calendar.from_ical(content).events
    assert (event.start, event["status"]) == (START, "CONFIRMED")
    assert JOIN.encode() not in content.replace(b"\r\n ", b"")
    assert (await stage.message(ANA, card.message_id)).text == card.text
    assert await stage.refusals() == ()


async def test_old_button_gives_the_file_as_it_is_now(stage: Stage) -> None:
    await stage.post(code="pack1234")
    card = await stage.start(ANA, "w_pack1234")
    await stage.press(ANA, "Register")
    await stage.cancel("pack1234")

    _, content = await fetch(stage, ANA, card)

    (event,) = Calendar.from_ical(content).events
    assert (event["status"], str(event["summary"])) == ("CANCELLED", "CANCELLED: Smart packaging")
    assert JOIN.encode() not in content.replace(b"\r\n ", b"")
    assert await stage.refusals() == ()


async def test_who_left_gets_no_way_in(stage: Stage) -> None:
    await stage.post(code="pack1234")
    card = await stage.start(ANA, "w_pack1234")
    await stage.press(ANA, "Register")
    await stage.database.write(registration.leave, "pack1234", await stage.person_id(ANA), now=stage.clock())

    _, content = await fetch(stage, ANA, card)

    assert JOIN.encode() not in content.replace(b"\r\n ", b"")
    assert isinstance(Calendar.from_ical(content).events[0].start, datetime)
    assert await stage.refusals() == ()
