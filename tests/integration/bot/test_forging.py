"""What no button of ours ever said: data made up, or made for somebody else."""

from datetime import timedelta

from sandbox.client import Shown
from storage import Draft, Registration
from tests.factories import START, rows
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage

NO_SUCH = "I can't find this webinar. Perhaps the link is not complete. Here is what is coming: /webinars"
NOT_ALLOWED = "Only organisers can do this."
TOO_OLD = "This button is too old. Send /webinars to see what is coming."

DRAFT_VERBS = (
    "d",
    "da:title",
    "da:hosts",
    "da:nonsense",
    "dh:alpha",
    "dt:china",
    "dl:fr",
    "dv",
    "dp",
    "dx:0",
    "dx:1",
    "dx:999999",
)


async def forge_for_answer(stage: Stage, user: int, message: Shown, data: str) -> Shown:
    await stage.telegram.mark()
    assert (await stage.telegram.forge(user, message.message_id, data)).answered
    return await stage.answer(user)


async def test_made_up_data_is_answered_and_does_nothing(stage: Stage) -> None:
    await stage.post(code="pack1234")
    card = await stage.start(ANA, "w_pack1234")

    for data in (
        "x",
        "r",
        "r:",
        "r:pack1234:21",
        "r:PACK1234",
        "r:pack1234\n",
        "r:' OR 1=1 --",
        "u:-1",
        "u:99999999999",
        "u:٣",
        "reg:1",
        "🎉",
        '{"a": 1}',
        "a" * 64,
    ):
        pressed = await stage.telegram.forge(ANA, card.message_id, data)
        assert (pressed.text, pressed.alert) == (TOO_OLD, True), data

    assert (await stage.telegram.last(ANA)).text == card.text
    assert await stage.database.read(rows, Registration) == []
    assert await stage.refusals() == ()


async def test_unknown_codes_are_answered_by_where_to_look(stage: Stage) -> None:
    card = await stage.start(ANA)

    for verb in "wrli":
        answer = await forge_for_answer(stage, ANA, card, f"{verb}:zzzzzzzz")
        assert (answer.text, answer.document) == (NO_SUCH, None)

    assert await stage.database.read(rows, Registration) == []
    assert await stage.refusals() == ()


async def test_verbs_of_the_draft_are_refused_to_a_stranger(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    message = await stage.start(ANA)
    before = await stage.database.read(rows, Draft, "person_id")

    for data in DRAFT_VERBS:
        answer = await forge_for_answer(stage, ANA, message, data)
        assert (answer.text, answer.labels) == (NOT_ALLOWED, ()), data

    assert (await stage.message(ANA, message.message_id)).text == message.text
    assert await stage.database.read(rows, Draft, "person_id") == before
    assert await stage.refusals() == ()


async def test_verbs_of_the_draft_without_a_draft(stage: Stage) -> None:
    message = await stage.start(MARTA)

    for data in DRAFT_VERBS:
        answer = await forge_for_answer(stage, MARTA, message, data)
        assert answer.text == "There is no draft any more. /new starts one.", data

    assert await stage.refusals() == ()


async def test_made_up_values_change_nothing_in_the_organisers_own_draft(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    draft = await stage.hear(MARTA, "Cold chain")
    before = (await stage.database.read(rows, Draft, "person_id"))[0].fields

    for data in ("dh:gone", "dh:nobody", "dt:nothing", "dl:xx", "dl:en-US", "da:password"):
        assert (await stage.telegram.forge(MARTA, draft.message_id, data)).answered
    await stage.telegram.wait_for("editMessageText", chat=MARTA)

    assert (await stage.hear(MARTA, "/new")).text.startswith("New webinar (draft, saved)\n\nTitle: Cold chain\n")
    assert (await stage.database.read(rows, Draft, "person_id"))[0].fields == before
    assert {method for method, _ in await stage.refusals()} <= {"editMessageText"}


async def test_card_shared_in_a_group_cannot_be_turned_into_somebodys_own(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await stage.start(ANA, "w_pack1234")
    await stage.press(ANA, "Register")
    await stage.telegram.group(-100, title="Exporters", members={ANA: "member", BEN: "member"})
    asked = await stage.telegram.inline(BEN, "pack1234")
    shared = await stage.telegram.choose(BEN, asked, "pack1234", chat=-100)
    stage.clock.moment = START - timedelta(minutes=5)

    for data in ("w:pack1234", "l:pack1234", "i:pack1234", "u:1", "m:1", "cal", "s", "p", "px:1", "d", "x"):
        pressed = await stage.telegram.forge(ANA, shared.message_id, data, chat=-100)
        assert (pressed.text, pressed.alert) == (TOO_OLD, True), data

    shown = await stage.message(-100, shared.message_id)
    assert (shown.text, shown.keyboard) == (shared.text, shared.keyboard)
    (registration,) = await stage.database.read(rows, Registration)
    assert registration.status == "registered"
    assert await stage.refusals() == ()


async def test_nobody_can_press_in_another_persons_name(stage: Stage) -> None:
    """Callback data holds no person: who presses is who Telegram says."""
    await stage.post(code="pack1234", capacity=5)
    await stage.start(ANA, "w_pack1234")
    await stage.press(ANA, "Register")
    message = await stage.start(BEN)

    await stage.telegram.mark()
    await stage.telegram.forge(BEN, message.message_id, "l:pack1234")
    await stage.telegram.wait_for("editMessageText", chat=BEN)

    (only,) = await stage.database.read(rows, Registration)
    assert (only.person_id, only.status) == (await stage.person_id(ANA), "registered")
    assert await stage.refusals() == ()
