"""What is stored of a person: told, handed over, forgotten. And the link that only they know."""

import json
from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar

from domain import privacy
from feeds.app import FeedOptions, build
from sandbox.client import Shown
from storage import Draft, Follow, Person, Registration, RegistrationStatus, Session
from tests.factories import NOW, START, add_role, rows
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, PUBLIC_URL, SECRET, Stage
from tests.integration.bot.steps import at, register, tap

BUTTONS = ("Give me my data", "Delete my data", "Settings")
SURE = (
    "Delete your data?\n"
    "Your seats go to others, your calendar link stops working, your name and your settings are deleted. "
    "You can't get them back."
)
ERASED = "Your data is deleted. If you come back one day, send /start: we begin anew."
BACK = "‹ Back"  # noqa: RUF001 -- as on the button
MONTH = timedelta(days=31)


async def fetch(stage: Stage, link: str) -> httpx.Response:
    """What a calendar app gets under this link."""
    options = FeedOptions(public_url=PUBLIC_URL, secret=SECRET, consortium_name="Going International")
    transport = httpx.ASGITransport(build(stage.database, options, now=stage.clock))
    async with httpx.AsyncClient(transport=transport) as client:
        return await client.get(link)


def copied(shown: Shown) -> str:
    button = shown.button("Copy link")
    assert isinstance(button.value, dict)
    return str(button.value["text"])


async def forget_me(stage: Stage, user: int) -> Shown:
    await stage.hear(user, "/privacy")
    await stage.press(user, "Delete my data")
    return await stage.press(user, "Yes, delete everything")


async def known(stage: Stage, user: int) -> list[Person]:
    return [person for person in await stage.database.read(rows, Person) if person.telegram_id == user]


# The link


async def test_link_is_copied_and_shows_what_the_person_registered_for(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    shown = await stage.hear(ANA, "/calendar")

    answer = await fetch(stage, copied(shown))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    (event,) = Calendar.from_ical(answer.content).events
    assert (str(event["summary"]), event.start) == ("Smart packaging", START)
    assert shown.labels == (
        "Copy link",
        "How to subscribe",
        "Show what I follow too",
        "Check my feed",
        "Replace my link",
        "My webinars",
    )
    assert await stage.refusals() == ()


async def test_link_is_replaced_after_a_second_thought(stage: Stage) -> None:
    first = await stage.hear(ANA, "/calendar")
    sure = await stage.press(ANA, "Replace my link")
    assert sure.labels == ("Yes, make a new one", BACK)
    assert "stops working at once" in sure.text
    back = await stage.press(ANA, BACK)
    assert (back.text, back.keyboard) == (first.text, first.keyboard)
    assert (await fetch(stage, copied(first))).status_code == 200

    await stage.press(ANA, "Replace my link")
    new = await stage.press(ANA, "Yes, make a new one")

    assert new.text.startswith("✅ This is your new link. The old one no longer works.\n\n📅 Your own calendar\n")
    assert copied(new) != copied(first)
    assert copied(new) in new.text
    assert [(await fetch(stage, copied(shown))).status_code for shown in (first, new)] == [410, 200]
    assert copied(await stage.hear(ANA, "/calendar")) == copied(new)
    assert await stage.refusals() == ()


async def test_links_of_others_stay_as_they_are(stage: Stage) -> None:
    bens = copied(await stage.hear(BEN, "/calendar"))
    await stage.hear(ANA, "/calendar")
    await stage.press(ANA, "Replace my link")
    await stage.press(ANA, "Yes, make a new one")

    assert copied(await stage.hear(BEN, "/calendar")) == bens
    assert (await fetch(stage, bens)).status_code == 200
    assert await stage.refusals() == ()


# The data


async def test_what_is_stored_is_told_in_a_few_lines(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/privacy")

    assert shown.text.startswith("What we store, and why\n")
    assert len(shown.text.splitlines()) <= 10
    assert shown.labels == BUTTONS
    await stage.press(ANA, "Settings")
    assert (await stage.press(ANA, "Privacy")).text == shown.text
    assert await stage.refusals() == ()


async def test_organisers_are_told_what_they_leave_too(stage: Stage) -> None:
    shown = await stage.hear(MARTA, "/privacy")

    assert shown.text.splitlines()[-1].startswith(
        "As an organiser you also leave: what you write and share in the library"
    )
    assert "As an organiser" not in (await stage.hear(ANA, "/privacy")).text
    assert await stage.refusals() == ()


async def test_everything_is_handed_over_as_one_file(stage: Stage) -> None:
    await stage.post(code="pack1234", title='Labels "<&>" 标签')
    offer = await register(stage, ANA, "pack1234")
    await stage.press(ANA, "Add my company", await stage.press_for_answer(ANA, "Yes, tell me", offer))
    await stage.hear(ANA, "شركة & Filhos 🏭")
    await at(stage, START - timedelta(hours=1))
    shown = await stage.hear(ANA, "/privacy")
    await stage.telegram.mark()

    assert (await stage.telegram.press(ANA, shown.message_id, "Give me my data")).answered
    (sent,) = await stage.telegram.wait_for("sendDocument", chat=ANA)

    message = await stage.message(ANA, sent.message_id)
    assert message.document
    assert (message.document["file_name"], message.text) == ("convoke.json", "Everything that we store about you.")
    stored = json.loads(await stage.telegram.file(message.document["file_id"]))
    assert stored["person"] | {"telegram_id": ANA, "name": "Ana", "company": "شركة & Filhos 🏭"} == stored["person"]
    assert stored["follows"] == {"partnerships": ["alpha"], "topics": ["china"]}
    assert [(row["webinar"], row["starts_at"], row["status"]) for row in stored["registrations"]] == [
        ('Labels "<&>" 标签', "2027-01-20T09:00:00Z", "registered")
    ]
    assert [(row["kind"], row["state"]) for row in stored["messages"]] == [("reminder", "sent")]
    assert (await stage.message(ANA, shown.message_id)).text == shown.text
    assert await stage.refusals() == ()


async def test_person_is_forgotten_only_after_a_second_thought(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    shown = await stage.hear(ANA, "/privacy")

    sure = await stage.press(ANA, "Delete my data")
    assert (sure.text, sure.labels) == (SURE, ("Yes, delete everything", BACK))
    back = await stage.press(ANA, BACK)

    assert (back.text, back.labels) == (shown.text, BUTTONS)
    assert (await stage.hear(ANA, "/mine")).text.endswith("✅ registered")
    assert await stage.refusals() == ()


async def test_who_is_forgotten_leaves_nothing_and_starts_anew(stage: Stage) -> None:
    await stage.post(code="pack1234")
    offer = await register(stage, ANA, "pack1234")
    await stage.press_for_answer(ANA, "Yes, tell me", offer)
    await stage.hear(ANA, "Sousa")
    link = copied(await stage.hear(ANA, "/calendar"))

    gone = await forget_me(stage, ANA)
    assert (gone.text, gone.labels) == (ERASED, ())
    assert await known(stage, ANA) == []
    assert "Ana" not in str(await stage.database.read(rows, Person))
    assert await stage.database.read(rows, Follow) == []
    (seat,) = await stage.database.read(rows, Registration)
    assert seat.status is RegistrationStatus.CANCELLED
    assert (await fetch(stage, link)).status_code in {404, 410}
    assert await at(stage, START - timedelta(hours=1)) == {}

    welcome = await stage.start(ANA)
    assert welcome.text.startswith("Webinars for small and medium companies")
    assert (await stage.hear(ANA, "/mine")).text == "You are not registered for a webinar yet."
    assert (await stage.hear(ANA, "/settings")).text.endswith("Company: not given")
    assert copied(await stage.hear(ANA, "/calendar")) != link
    again = await stage.start(ANA, "w_pack1234")
    assert (await stage.press_for_answer(ANA, "Register", again)).labels == ("Yes, tell me", "No, thanks")
    assert await stage.refusals() == ()


async def test_seat_of_who_is_forgotten_goes_to_the_next_in_line(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await register(stage, ANA, "pack1234")
    await register(stage, BEN, "pack1234")

    await forget_me(stage, ANA)

    told = await at(stage, stage.clock())
    assert {user: [shown.text.splitlines()[0] for shown in each] for user, each in told.items()} == {
        BEN: ["🎟 A seat came free: you are registered for Smart packaging."]
    }
    assert await stage.refusals() == ()


async def test_old_buttons_of_who_was_forgotten_meet_somebody_new(stage: Stage) -> None:
    await stage.post(code="pack1234")
    card = await stage.start(ANA, "w_pack1234")
    await tap(stage, ANA, "px:1", card)

    gone = await tap(stage, ANA, "px:0", card)
    assert gone.text == SURE
    assert (await tap(stage, ANA, "w:pack1234", card)).labels[0] == "Register"
    assert [person.name for person in await known(stage, ANA)] == ["Ana"]
    assert await stage.refusals() == ()


async def test_organiser_who_is_forgotten_loses_draft_and_rights_but_not_what_was_published(stage: Stage) -> None:
    await stage.start(BEN)
    await stage.database.write(add_role, await stage.person_id(BEN), "alpha")
    await stage.post(code="pack1234", created_by=await stage.person_id(BEN))
    await stage.hear(BEN, "/new")

    await forget_me(stage, BEN)

    assert await stage.database.read(rows, Draft, "person_id") == []
    assert (await stage.hear(BEN, "/new")).text == "Only organisers can do this."
    assert (await stage.start(BEN, "w_pack1234")).labels[0] == "Register"
    assert await stage.refusals() == ()


# People who were not here for long


@pytest.fixture
async def absent(stage: Stage) -> Stage:
    """Ana and Ben are asked after two years; Chiara is new, and the administrator, who never was here, stays."""
    for user in (ANA, BEN):
        await stage.start(user)
    stage.clock.moment = NOW + 24 * MONTH
    await stage.start(CHIARA)
    assert await stage.database.write(privacy.ask_absent, 24, now=stage.clock()) == 2
    return stage


async def test_who_was_away_for_long_is_asked_and_stays_with_one_tap(absent: Stage) -> None:
    told = await at(absent, absent.clock())

    assert sorted(told) == [ANA, BEN]
    (asked,) = told[ANA]
    assert asked.text == (
        "You have not been here for a long time. Shall I keep your data? "
        "Without an answer it is deleted on 2 March 2029."
    )
    assert asked.labels == ("Yes, keep it", "Why?", "Privacy")
    assert (await absent.press(ANA, "Yes, keep it", asked)).text == "✅ Good to have you. Nothing changes."
    absent.clock.moment += timedelta(days=31)
    assert await absent.database.write(erase_absent, absent) == 1
    assert [len(await known(absent, user)) for user in (ANA, BEN, CHIARA)] == [1, 0, 1]
    assert await absent.refusals() == ()


async def test_whatever_they_do_means_that_they_stay(absent: Stage) -> None:
    told = await at(absent, absent.clock())
    await absent.press_for_answer(ANA, "Privacy", told[ANA][0])
    await absent.hear(BEN, "food")

    absent.clock.moment += timedelta(days=31)

    assert await absent.database.write(erase_absent, absent) == 0
    assert await absent.refusals() == ()


def erase_absent(session: Session, stage: Stage) -> int:
    return privacy.erase_absent(session, now=stage.clock())
