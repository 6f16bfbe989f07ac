"""Two teams and one webinar: asked in chat, answered in chat, told in chat."""

from datetime import timedelta

import pytest

from sandbox.client import Shown
from storage import HostState, WebinarHost
from tests.factories import NOW, SETTLE, START, add_role, rows
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage
from tests.integration.bot.steps import at, register, tap, texts

BACK = "‹ Back"  # noqa: RUF001 -- as on the button
NOT_ALLOWED = "Only organisers can do this."
NOT_HOSTED = "This webinar is hosted by Alpha. Only their organisers can change it."
ASKED = (
    "Alpha would like Beta to co-host Smart packaging, Wed 20 Jan, 10:00 CET.\n"
    "It would appear in Beta's calendar, and both teams could change it and see who comes."
)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def teams(stage: Stage) -> Stage:
    """Marta is an administrator; Ben organises for alpha, Chiara for beta. Ana is a company."""
    for user, partnership in ((BEN, "alpha"), (CHIARA, "beta")):
        await stage.start(user)
        await stage.database.write(add_role, await stage.person_id(user), partnership)
    await stage.post(code="pack1234")
    return stage


async def hosts(stage: Stage) -> dict[str, HostState]:
    return {host.partnership_id: host.state for host in await stage.database.read(rows, WebinarHost, "position")}


async def ask_beta(stage: Stage) -> Shown:
    """Ben asks; returns what Chiara is told."""
    await stage.hear(BEN, "/manage")
    await stage.press(BEN, "Smart packaging")
    await stage.press(BEN, "Hosts")
    shown = await stage.press(BEN, "Ask Beta")
    assert shown.text == ("Hosts of Smart packaging\n• Alpha\n• Beta (invited)")
    told = await at(stage, stage.clock.moment)
    assert list(told) == [CHIARA]
    [question] = told[CHIARA]
    return question


async def test_asked_accepted_and_told(teams: Stage) -> None:
    await register(teams, ANA, "pack1234")
    question = await ask_beta(teams)
    assert question.text == ASKED
    assert question.labels == ("Accept", "Decline", "Why?", "Ask for a change", "Details")
    assert "Beta" not in (await teams.start(ANA, "w_pack1234")).text

    accepted = await teams.press(CHIARA, "Accept", question)

    assert accepted.text == "✅ Beta hosts Smart packaging. Chiara accepted on Mon 18 Jan, 10:00 CET."
    assert (await teams.press(CHIARA, "See it")).text.startswith("Smart packaging")
    assert texts(await at(teams, NOW + MINUTE)) == {
        BEN: ["✅ Beta co-hosts Smart packaging. It is in Beta's calendar now."]
    }
    hosted = await at(teams, NOW + SETTLE)
    assert [shown.text.splitlines()[0] for shown in hosted[ANA]] == ["Smart packaging has a new host: Beta."]
    assert list(hosted) == [ANA]
    assert "Alpha with Beta" in (await teams.start(ANA, "w_pack1234")).text
    assert await hosts(teams) == {"alpha": HostState.ACCEPTED, "beta": HostState.ACCEPTED}
    assert await teams.refusals() == ()


async def test_a_change_is_asked_for_in_one_line(teams: Stage) -> None:
    question = await ask_beta(teams)

    wish = await teams.press(CHIARA, "Ask for a change", question)
    assert (wish.text, wish.labels) == ("What should change in Smart packaging first? Send one line.", (BACK,))
    assert (await teams.hear(CHIARA, "x" * 201)).text == "⚠️ That is too long: 200 characters at most."
    sent = await teams.hear(CHIARA, "An hour <later>,\nplease")

    assert sent.text == f"{ASKED}\nYou asked for a change: An hour <later>, please"
    assert sent.labels == ("Accept", "Decline", "Ask for a change", "Details", BACK)
    told = await at(teams, NOW + MINUTE)
    assert texts(told) == {
        BEN: ["Before Beta says yes to Smart packaging, it asks for a change:\n“An hour <later>, please”"]
    }
    await teams.hear(BEN, "/manage")
    await teams.press(BEN, "Smart packaging")
    assert "   asks for a change: An hour <later>, please" in (await teams.press(BEN, "Hosts")).text
    assert (await teams.press(CHIARA, "Accept", sent)).text.startswith("✅ Beta hosts")
    assert await teams.refusals() == ()


async def test_declined_and_pressed_again_by_a_colleague(teams: Stage) -> None:
    question = await ask_beta(teams)
    await teams.database.write(add_role, await teams.person_id(MARTA), "beta")

    declined = await teams.press(CHIARA, "Decline", question)
    assert declined.text == "Beta does not host Smart packaging. Chiara declined on Mon 18 Jan, 10:00 CET."
    late = await tap(teams, MARTA, "ha:pack1234:beta", await teams.start(MARTA))

    assert late.text == declined.text
    assert await hosts(teams) == {"alpha": HostState.ACCEPTED, "beta": HostState.DECLINED}
    assert texts(await at(teams, NOW + MINUTE))[BEN] == ["Beta does not co-host Smart packaging."]
    assert await teams.refusals() == ()


async def test_a_question_whose_message_is_lost_waits_under_manage(teams: Stage) -> None:
    await ask_beta(teams)

    desk = await teams.hear(CHIARA, "/manage")
    assert desk.text == "You have no coming webinar. /new posts one.\n\n❔ You are asked to co-host 1 webinar."
    asked = await teams.press(CHIARA, "❔ Smart packaging")
    assert asked.text == ASKED

    everything = await teams.hear(CHIARA, "/manage")
    everything = await teams.press(CHIARA, "All partnerships", everything)
    seen = await teams.press(CHIARA, "Smart packaging")
    assert seen.text == (
        "Smart packaging\n📅 Wed 20 Jan, 10:00 CET\nAlpha and Beta (invited)\n"
        "Only its hosts can change it and see who comes."
    )
    assert seen.labels == ("❔ Smart packaging", "Preview", BACK)
    assert await teams.refusals() == ()


async def test_whoever_speaks_for_both_need_not_ask(stage: Stage) -> None:
    await stage.start(CHIARA)
    for partnership in ("alpha", "beta"):
        await stage.database.write(add_role, await stage.person_id(CHIARA), partnership)
    await stage.post(code="pack1234")
    await stage.hear(CHIARA, "/manage")
    await stage.press(CHIARA, "Smart packaging")

    choice = await stage.press(CHIARA, "Hosts")
    assert choice.labels == ("Add Beta", BACK)
    both = await stage.press(CHIARA, "Add Beta")

    assert (both.text, both.labels) == (
        "Hosts of Smart packaging\n• Alpha\n• Beta",
        ("Leave as Alpha", "Leave as Beta", BACK),
    )
    assert "\nAlpha and Beta\n" in (await stage.press(CHIARA, BACK)).text
    assert await at(stage, NOW) == {}
    assert await hosts(stage) == {"alpha": HostState.ACCEPTED, "beta": HostState.ACCEPTED}
    assert await stage.refusals() == ()


async def test_another_partnership_named_in_a_draft_is_asked_when_it_is_published(teams: Stage) -> None:
    for typed in ("/new", "Labels", "21 Jan 10:00", "https://meet.example.org/labels"):
        await teams.hear(BEN, typed)
    hosts_ = await teams.press(BEN, "Hosts")
    assert hosts_.text == "Choose who hosts it.\nA partnership that is not yours is asked when you publish."
    await teams.press(BEN, "Beta")
    assert "Hosts: Alpha and Beta (will be asked)\n" in (await teams.press(BEN, "Done")).text
    assert "Beta" not in (await teams.press(BEN, "Preview")).text

    published = await teams.press(BEN, "Publish")

    assert "\nAlpha · in English" in published.text
    assert "\nBeta is asked to co-host it. I tell you what they answer.\n" in published.text
    [question] = (await at(teams, NOW))[CHIARA]
    assert question.text.startswith("Alpha would like Beta to co-host Labels, Thu 21 Jan, 10:00 CET.")
    assert await teams.refusals() == ()


async def test_partnerships_that_are_not_there_are_not_asked(teams: Stage) -> None:
    await teams.hear(BEN, "/manage")
    shown = await teams.press(BEN, "Smart packaging")
    for partnership in ("gone", "nobody"):
        await tap(teams, BEN, f"ga:pack1234:{partnership}", shown)
        await tap(teams, BEN, "gw:pack1234", shown)

    assert await hosts(teams) == {"alpha": HostState.ACCEPTED}
    assert await at(teams, NOW) == {}
    assert await teams.refusals() == ()


async def test_a_question_taken_back(teams: Stage) -> None:
    question = await ask_beta(teams)

    await teams.press(BEN, "Don't ask Beta")

    assert (await teams.press(CHIARA, "Accept", question)).text == (
        "This is no longer asked. Smart packaging is hosted by others."
    )
    assert await hosts(teams) == {"alpha": HostState.ACCEPTED}
    assert await teams.refusals() == ()


async def test_a_host_leaves_after_a_second_thought_and_the_last_stays(teams: Stage) -> None:
    question = await ask_beta(teams)
    await teams.press(CHIARA, "Accept", question)
    await at(teams, NOW + MINUTE)
    await teams.hear(CHIARA, "/manage")
    await teams.press(CHIARA, "Smart packaging")
    await teams.press(CHIARA, "Hosts")
    sure = await teams.press(CHIARA, "Leave as Beta")
    assert sure.text.startswith("Should Beta no longer host Smart packaging? ")

    left = await teams.press(CHIARA, "Yes, leave")

    assert left.text == "You have no coming webinar. /new posts one."
    assert texts(await at(teams, NOW + 2 * MINUTE))[BEN] == ["Beta no longer hosts Smart packaging."]
    pressed = await teams.telegram.forge(BEN, (await teams.start(BEN)).message_id, "hl:pack1234:alpha:1")
    assert (pressed.text, pressed.alert) == (
        "The last host can't leave. Add another host first, or cancel the webinar.",
        True,
    )
    assert await hosts(teams) == {"alpha": HostState.ACCEPTED}
    assert await teams.refusals() == ()


FORGED_BY_COMPANIES = (
    "gg:1",
    "gl:pack1234",
    "gh:pack1234",
    "ga:pack1234:beta",
    "hs:pack1234:beta",
    "ha:pack1234:beta",
    "hd:pack1234:beta",
    "hq:pack1234:beta",
    "hw:pack1234:beta",
    "hl:pack1234:alpha:0",
    "hl:pack1234:alpha:1",
)
FORGED_BY_THE_ASKED = ("gh:pack1234", "ga:pack1234:beta", "hw:pack1234:beta", "hl:pack1234:alpha:1", "gw:pack1234")
FORGED_BY_THOSE_WHO_ASK = ("hs:pack1234:beta", "ha:pack1234:beta", "hd:pack1234:beta", "hq:pack1234:beta")


async def test_forged_buttons_are_refused(teams: Stage) -> None:
    await ask_beta(teams)

    for user, verbs in (
        (ANA, FORGED_BY_COMPANIES),
        (CHIARA, FORGED_BY_THE_ASKED),
        (BEN, FORGED_BY_THOSE_WHO_ASK),
    ):
        message = await teams.start(user)
        for data in verbs:
            await teams.telegram.mark()
            assert (await teams.telegram.forge(user, message.message_id, data)).answered
            assert (await teams.answer(user)).text in (NOT_ALLOWED, NOT_HOSTED), data

    assert await hosts(teams) == {"alpha": HostState.ACCEPTED, "beta": HostState.INVITED}
    assert await teams.refusals() == ()


async def test_what_is_over_cannot_be_answered(teams: Stage) -> None:
    question = await ask_beta(teams)
    teams.clock.moment = START + timedelta(hours=2)

    shown = await teams.press(CHIARA, "Accept", question)

    assert shown.text == "Smart packaging is cancelled or over, so there is nothing to answer."
    assert await teams.refusals() == ()
