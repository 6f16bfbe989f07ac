"""An organiser looks before publishing, and finds a better time."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.context import texts_for
from sandbox.client import Shown
from storage import Draft, Follow, Session
from storage import people as person_rows
from tests.factories import NOW, add_role, rows, wall
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage
from tests.integration.bot.steps import sent
from tests.integration.bot.test_drafting import write, write_ready

WEDNESDAY = datetime(2027, 2, 3, 8, 30, tzinfo=UTC)  # when the draft of `write_ready` begins
EN = texts_for("en")
BACK, EARLIER, LATER = EN.button_back(), EN.button_earlier(), EN.button_later()


async def follow(stage: Stage, user: int, *partnerships: str) -> None:
    await stage.hear(user, "/start")
    await stage.database.write(_follow, user, partnerships)


def _follow(session: Session, telegram_id: int, partnerships: tuple[str, ...]) -> None:
    person = person_rows.by_telegram_id(session, telegram_id)
    assert person
    for partnership in partnerships:
        session.add(Follow(person_id=person.id, partnership_id=partnership, created_at=NOW))
    session.flush()


def warned(shown: Shown) -> list[str]:
    """What stands below the card in a preview."""
    return shown.text.rsplit("\n\n", 1)[1].splitlines()


async def test_preview_says_what_time_it_is_where_people_sit(stage: Stage) -> None:
    await write_ready(stage)

    preview = await stage.press(MARTA, "Preview")

    assert warned(preview) == [
        "09:30 Brussels ✓ · 16:30 Shanghai ✓ · 03:30 New York, night · 00:30 San Francisco, night"
    ]
    assert preview.labels == ("Publish", "Find a better slot", BACK)
    assert await stage.refusals() == ()


async def test_preview_warns_and_never_forbids(stage: Stage) -> None:
    await stage.post(code="theirs", title="EV <batteries>", hosts=("beta",), starts_at=WEDNESDAY + timedelta(hours=1))
    await stage.post(code="others", title="Elsewhere", hosts=("alpha",), starts_at=WEDNESDAY)
    for user in (ANA, BEN):
        await follow(stage, user, "beta")
    await write_ready(stage)

    preview = await stage.press(MARTA, "Preview")

    assert warned(preview)[1:] == ["⚠️ Wed 3 Feb, 10:30 CET: EV <batteries> (Beta): 2 people follow both"]
    assert (await stage.press(MARTA, "Publish")).text.startswith("✅ Published.")
    assert await stage.refusals() == ()


async def test_more_clashes_than_fit_have_a_screen_of_their_own(stage: Stage) -> None:
    for number in range(13):
        start = WEDNESDAY + timedelta(minutes=number)
        await stage.post(code=f"w{number:02}", title=f"Number {number}", hosts=("beta",), starts_at=start)
    await write_ready(stage)

    preview = await stage.press(MARTA, "Preview")
    assert [line for line in warned(preview)[1:4] if "Number" not in line] == []
    assert warned(preview)[4:] == ["… and 10 more near that time"]
    first = await stage.press(MARTA, "Everything near that time")
    assert first.text.startswith("Webinars near that time (1 of 2)\n\nWed 3 Feb, 09:30 CET: Number 0 (Beta)\n\nWed")
    assert first.labels == (LATER, BACK)
    second = await stage.press(MARTA, LATER)
    assert second.text.count("Number") == 3
    assert (await stage.press(MARTA, EARLIER)).text == first.text
    assert (await stage.press(MARTA, BACK)).text == preview.text
    assert await stage.refusals() == ()


async def test_a_better_time_is_one_tap_away(stage: Stage) -> None:
    await write_ready(stage)
    await stage.press(MARTA, "Preview")

    found = await stage.press(MARTA, "Find a better slot")
    assert found.text.startswith(
        "The best times in the 4 weeks around Wed 3 Feb, 09:30 CET\n\n"
        "1. Mon 25 Jan, 13:00 CET\n"
        "13:00 Brussels ✓ · 20:00 Shanghai, evening · 07:00 New York, early · 04:00 San Francisco, night\n"
        "nothing near it\n\n"
        "2. Tue 26 Jan, 13:00 CET\n"
    )
    assert found.labels == (
        *("Mon 25 Jan, 13:00", "Tue 26 Jan, 13:00", "Wed 27 Jan, 13:00", "Thu 28 Jan, 13:00", "Fri 29 Jan, 13:00"),
        *("2 weeks", "✅ 4 weeks", "8 weeks", "Weekends too", BACK),
    )
    assert "✅ 8 weeks" in (await stage.press(MARTA, "8 weeks")).labels
    assert {"✅ 8 weeks", "✅ Weekends too"} <= set((await stage.press(MARTA, "Weekends too")).labels)
    draft = await stage.press(MARTA, "Tue 26 Jan, 13:00")

    assert "When: Tue 26 January 2027, 13:00 CET (Brussels)" in draft.text
    (row,) = await stage.database.read(rows, Draft)
    assert datetime.fromisoformat(row.fields["local_start"]) == wall(2027, 1, 26, 13)
    assert "13:00 Brussels ✓" in (await stage.press(MARTA, "Preview")).text
    assert await stage.refusals() == ()


async def test_a_time_can_be_found_before_anything_is_written(stage: Stage) -> None:
    await write(stage, "/new")

    await stage.press(MARTA, "Find a time")
    draft = await stage.press(MARTA, "Mon 25 Jan, 13:00")

    assert "When: Mon 25 January 2027, 13:00 CET (Brussels)" in draft.text
    assert draft.text.endswith("\n\nSend the title.")
    assert "Find a better slot" in draft.labels


async def test_a_time_that_has_passed_meanwhile_is_not_taken(stage: Stage) -> None:
    await write_ready(stage)
    await stage.press(MARTA, "Find a better slot")
    stage.clock.moment = datetime(2027, 1, 25, 12, tzinfo=UTC)

    await stage.press(MARTA, "Mon 25 Jan, 13:00")

    alerts = [call.text for call in await stage.telegram.calls("answerCallbackQuery") if call.text]
    assert alerts == ["That time is past. Choose another one."]
    (row,) = await stage.database.read(rows, Draft)
    assert datetime.fromisoformat(row.fields["local_start"]) == wall(2027, 2, 3, 9, 30)


@pytest.mark.parametrize("data", ["os:4:0", "os:0:0", "os:3:7", "ot:30030060", "oc:1", "om:theirs:30030060:1"])
@pytest.mark.parametrize("user", [ANA, CHIARA])
async def test_buttons_that_were_made_up_tell_outsiders_nothing(stage: Stage, user: int, data: str) -> None:
    """Ana is nobody; Chiara posts for Alpha, has no draft, and Beta's webinar is not hers."""
    await stage.post(code="theirs", title="EV batteries", hosts=("beta",))
    await stage.post(code="near", title="Near it", hosts=("beta",))
    await write_ready(stage)
    hello = await stage.hear(user, "/start")
    if user == CHIARA:
        await stage.database.write(_appoint, user)
    before = await stage.database.read(rows, Draft)
    known = await sent(stage, user)

    await stage.telegram.mark()
    await stage.telegram.forge(user, hello.message_id, data)
    await stage.telegram.wait_for("answerCallbackQuery", chat=None)

    told = [shown.text for shown in await sent(stage, user) if shown not in known]
    assert [text for text in told if "Near" in text or "Guangdong" in text or "✓" in text] == []
    assert await stage.database.read(rows, Draft) == before


def _appoint(session: Session, telegram_id: int) -> None:
    person = person_rows.by_telegram_id(session, telegram_id)
    assert person
    add_role(session, person.id, "alpha")


@pytest.mark.parametrize("data", ["oc:0", "oc:999999999", "os:999999999:999999999", "os:0:0"])
async def test_numbers_that_were_made_up_do_no_harm(stage: Stage, data: str) -> None:
    await write_ready(stage)
    await stage.press(MARTA, "Preview")

    shown = await stage.forge(MARTA, data)

    assert BACK in shown.labels
    assert await stage.refusals() == ()


async def test_move_is_looked_at_before_it_is_made(stage: Stage) -> None:
    await stage.post(code="mine", title="Smart packaging")
    await stage.post(
        code="theirs", title="EV batteries", starts_at=datetime(2027, 5, 6, 8, tzinfo=UTC), topics=("china",)
    )
    await stage.hear(MARTA, "/manage")
    await stage.forge(MARTA, "gm:mine")

    proposal = await stage.hear(MARTA, "2027-03-16 15:00")
    assert "That week it is 1 hour later than usual in New York and San Francisco" in proposal.text
    await stage.forge(MARTA, "gm:mine")
    proposal = await stage.hear(MARTA, "2027-05-06 10:00")
    assert "10:00 Brussels ✓ · 16:00 Shanghai ✓ · 04:00 New York, night" in proposal.text
    assert "⚠️ Thu 6 May, 10:00 CEST: EV batteries (Alpha)" in proposal.text
    assert await stage.refusals() == ()


async def test_everything_near_a_move_leads_back_to_it(stage: Stage) -> None:
    start = datetime(2027, 3, 2, 9, tzinfo=UTC)
    await stage.post(code="mine", title="Smart packaging")
    for number in range(7):
        await stage.post(code=f"w{number}", title=f"Number {number}", starts_at=start)
    await stage.hear(MARTA, "/manage")
    await stage.forge(MARTA, "gm:mine")

    proposal = await stage.hear(MARTA, "2027-03-02 10:00")
    assert "… and 4 more near that time" in proposal.text
    assert (await stage.press(MARTA, "Everything near that time")).text.count("Number") == 7
    assert (await stage.press(MARTA, BACK)).text == proposal.text
    assert await stage.refusals() == ()
