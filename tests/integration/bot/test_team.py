"""Teams in chat: a link made, opened, used once; members who go; and the log of it all."""

import re

from sandbox.client import Shown
from storage import Invitation, Role
from tests.factories import add_role, rows
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage
from tests.integration.bot.steps import tap

BACK = "‹ Back"  # noqa: RUF001 -- as on the button
NOT_ALLOWED = "Only organisers can do this."
JOIN_ALPHA = (
    "Marta invites you to be an organiser of Alpha.\n"
    "You can post and change its webinars and see who registered.\n"
    "What you change is kept in a log. The invitation is good until Mon 25 Jan, 10:00 CET."
)
USED = "This invitation has been used. It works only once. Ask Marta for a new one."
GONE = "This invitation does not work any more, or the link is not complete. Ask Marta for a new one."


async def invite(stage: Stage, user: int, team: str) -> str:
    """Press through to an invitation. Returns what the link carries."""
    await stage.hear(user, "/manage")
    await stage.press(user, "Team")
    await stage.press(user, team)
    shown = await stage.press(user, "Invite")
    found = re.search(r"https://t\.me/\w+\?start=(t_[A-Za-z0-9_-]{32})$", shown.text)
    assert found
    return found[1]


async def roles(stage: Stage, user: int) -> list[str | None]:
    person_id = await stage.person_id(user)
    return [role.partnership_id for role in await stage.database.read(rows, Role) if role.person_id == person_id]


async def test_a_link_is_shown_once_and_makes_one_organiser(stage: Stage) -> None:
    payload = await invite(stage, MARTA, "Alpha (0)")
    back = await stage.press(MARTA, BACK)
    assert payload not in back.text
    assert "• Invitation by Marta, until Mon 25 Jan, 10:00 CET" in back.text

    offer = await stage.start(BEN, payload)
    assert (offer.text, offer.labels) == (JOIN_ALPHA, ("Join the team", "All webinars"))
    assert (await stage.start(BEN, payload)).text == JOIN_ALPHA
    assert await roles(stage, BEN) == []
    joined = await stage.press(BEN, "Join the team")
    assert joined.text == "✅ You are an organiser of Alpha.\n/new posts a webinar, /manage changes one."
    assert await roles(stage, BEN) == ["alpha"]

    late = await stage.start(CHIARA, payload)
    assert (late.text, late.labels) == (USED, ("All webinars",))
    team = await stage.press(BEN, "Team")
    assert team.labels == ("Alpha (1)", BACK)
    assert "Team" in (await stage.hear(BEN, "/manage")).labels
    assert await stage.refusals() == ()


async def test_the_menu_has_the_commands_that_one_can_use(stage: Stage) -> None:
    payload = await invite(stage, MARTA, "Alpha (0)")
    await stage.start(BEN, payload)
    since = await stage.telegram.mark()
    await stage.press(BEN, "Join the team")
    await stage.telegram.wait_for("setMyCommands", since=since)
    for label in ("Team", "Alpha (1)", "Leave this team", "Yes, leave"):
        await stage.press(BEN, label)

    called = await stage.telegram.wait_for("setMyCommands", since=since, count=2)

    assert [call.params["commands"][0]["command"] for call in called] == ["new", "webinars"]
    assert [call.params["scope"]["chat_id"] for call in called] == [BEN, BEN]
    assert await stage.refusals() == ()


async def test_a_revoked_link_says_so_kindly(stage: Stage) -> None:
    payload = await invite(stage, MARTA, "Alpha (0)")
    await stage.press(MARTA, BACK)
    await stage.press(MARTA, "End invitation (Mon 25 Jan)")

    assert (await stage.start(BEN, payload)).text == GONE
    assert (await stage.start(BEN, "t_made-up")).text.endswith("Ask whoever sent it for a new one.")
    assert (await stage.start(BEN, "t_")).labels == ("All webinars",)
    assert await roles(stage, BEN) == []
    assert await stage.refusals() == ()


async def test_members_are_removed_after_a_second_thought(stage: Stage) -> None:
    await stage.start(BEN)
    await stage.database.write(add_role, await stage.person_id(BEN), "alpha")
    await stage.hear(MARTA, "/manage")
    await stage.press(MARTA, "Team")
    await stage.press(MARTA, "Alpha (1)")

    sure = await stage.press(MARTA, "Remove Ben")
    assert sure.text == (
        "Should Ben no longer be an organiser of Alpha?\n"
        "Nobody is left in this team then. An administrator can invite the next."
    )
    assert "Remove Ben" in (await stage.press(MARTA, BACK)).labels
    await stage.press(MARTA, "Remove Ben")
    since = await stage.telegram.mark()
    gone = await stage.press(MARTA, "Yes, remove")
    (menu,) = await stage.telegram.wait_for("setMyCommands", since=since)

    assert gone.text.endswith("Nobody yet.")
    assert menu.params["scope"] == {"type": "chat", "chat_id": BEN}
    assert {"new", "manage"} & {command["command"] for command in menu.params["commands"]} == set()
    assert (await stage.hear(BEN, "/manage")).text == NOT_ALLOWED
    assert await stage.refusals() == ()


async def test_an_organiser_leaves_and_the_last_administrator_stays(stage: Stage) -> None:
    await stage.start(BEN)
    await stage.database.write(add_role, await stage.person_id(BEN), "alpha")
    await stage.hear(BEN, "/manage")
    await stage.press(BEN, "Team")
    await stage.press(BEN, "Alpha (1)")
    await stage.press(BEN, "Leave this team")
    left = await stage.press(BEN, "Yes, leave")
    assert (left.text, left.labels) == ("Done. You are no longer in this team.", ("All webinars",))

    await stage.hear(MARTA, "/manage")
    await stage.press(MARTA, "Team")
    await stage.press(MARTA, "Administrators (1)")
    sure = await stage.press(MARTA, "Leave this team")
    assert sure.text.endswith("so the next start of Convoke brings them back.")
    pressed = await stage.telegram.press(MARTA, sure.message_id, "Yes, leave")
    assert (pressed.text, pressed.alert) == (
        "The last administrator has to stay. Invite another one first.",
        True,
    )
    assert await roles(stage, MARTA) == [None]
    assert await stage.refusals() == ()


FORGED = ("t", "to:alpha:1", "to:admin_:1", "ti:alpha", "ti:admin_", "tv:1", "tx:1:0", "tx:1:1", "tl:alpha", "lg:1")


async def refused(stage: Stage, user: int, message: Shown, *verbs: str) -> None:
    for data in verbs:
        await stage.telegram.mark()
        assert (await stage.telegram.forge(user, message.message_id, data)).answered
        assert (await stage.answer(user)).text == NOT_ALLOWED, data


async def test_forged_buttons_are_refused_to_companies_and_to_organisers_of_others(stage: Stage) -> None:
    await invite(stage, MARTA, "Alpha (0)")
    await refused(stage, ANA, await stage.start(ANA), *FORGED)
    await stage.start(BEN)
    await stage.database.write(add_role, await stage.person_id(BEN), "beta")
    await refused(stage, BEN, await stage.start(BEN), *FORGED[1:])

    assert len(await stage.database.read(rows, Invitation)) == 1
    assert len(await stage.database.read(rows, Role)) == 2
    assert await stage.refusals() == ()


async def test_a_forged_secret_joins_nothing(stage: Stage) -> None:
    await invite(stage, MARTA, "Alpha (0)")
    message = await stage.start(BEN)

    shown = await tap(stage, BEN, "tj:" + "x" * 32, message)

    assert shown.text.endswith("Ask whoever sent it for a new one.")
    assert await roles(stage, BEN) == []
    assert await stage.refusals() == ()


async def test_administrators_read_the_log_newest_first(stage: Stage) -> None:
    payload = await invite(stage, MARTA, "Alpha (0)")
    await stage.start(BEN, payload)
    await stage.press(BEN, "Join the team")
    for _ in range(5):
        await invite(stage, MARTA, "Beta (0)")
    await stage.hear(MARTA, "/manage")

    first = await stage.press(MARTA, "Log")
    second = await stage.press(MARTA, "Older ›")  # noqa: RUF001 -- as on the button

    assert first.text.splitlines()[:4] == [
        "What organisers did (1 of 2)",
        "",
        "Marta made an invitation to the organisers of Beta",
        "Mon 18 Jan, 10:00 CET",
    ]
    assert [line for line in second.text.splitlines() if "organisers of" in line] == [
        "Ben joined the organisers of Alpha, invited by Marta",
        "Marta made an invitation to the organisers of Alpha",
    ]
    assert (await stage.press(MARTA, "‹ Newer")).text == first.text  # noqa: RUF001 -- as on the button
    assert await stage.refusals() == ()


async def test_the_log_outlives_the_name(stage: Stage) -> None:
    payload = await invite(stage, MARTA, "Alpha (0)")
    await stage.start(BEN, payload)
    await stage.press(BEN, "Join the team")
    await stage.hear(BEN, "/privacy")
    await stage.press(BEN, "Delete my data")
    await stage.press(BEN, "Yes, delete everything")
    await stage.hear(MARTA, "/manage")

    log = await stage.press(MARTA, "Log")

    assert [line for line in log.text.splitlines() if "organisers of" in line] == [
        "Someone who left left the organisers of Alpha",
        "Someone who left joined the organisers of Alpha, invited by Marta",
        "Marta made an invitation to the organisers of Alpha",
    ]
    assert "Ben" not in log.text
    assert await stage.refusals() == ()
