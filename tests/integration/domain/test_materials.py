"""Slides and a recording: told once to those who came, put right in silence, open on the card.

Here nobody was seen to come, as before there were links that tell: everybody with a seat is taken to have been there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import handing_out, listing, materials, preferences, privacy
from domain.cards import Card, Handout
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.mailing import HandedOut
from domain.materials import Added, NotBegunError, SentFile
from domain.outbox import Outgoing
from domain.outcomes import Doubtful
from domain.reading.draft_values import FieldError
from storage import (
    Audit,
    Database,
    Delivery,
    DeliveryState,
    Material,
    MaterialKind,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
)
from tests import outbox
from tests.factories import (
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    row,
    rows,
    set_reachable,
)
from tests.outbox import USUAL, begin, claim, settle

MARTA, OTHER, ANA, BEN, CHIARA, DORA = 1, 2, 3, 4, 5, 6
CODE, LINK = "pack", "https://files.example.org/slides"
SLIDES, RECORDING = MaterialKind.SLIDES, MaterialKind.RECORDING
FILE = SentFile("BQACAgIAAx", "Slides  of\u202e the day.pdf")
AFTER = START + timedelta(hours=2)
MINUTE = timedelta(minutes=1)


def prepare(session: Session) -> None:
    """Marta speaks for Alpha, which hosts, another for Beta. Ana and Ben were there, Chiara waited, Dora had left."""
    add_consortium(session)
    add_people(session, 6)
    add_role(session, MARTA, "alpha")
    add_role(session, OTHER, "beta")
    webinar_id = add_webinar(session, code=CODE, hosts=["alpha"])
    for person_id, status in (
        (ANA, RegistrationStatus.REGISTERED),
        (BEN, RegistrationStatus.REGISTERED),
        (CHIARA, RegistrationStatus.WAITLISTED),
        (DORA, RegistrationStatus.CANCELLED),
    ):
        add_registration(session, webinar_id, person_id, status)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def give(house: Database, what: str | SentFile = LINK, kind: MaterialKind = SLIDES, *, now: Any = AFTER) -> Added:
    await house.write(materials.ask, CODE, MARTA, kind, now=now)
    return await house.write(materials.take, MARTA, what, settle=SETTLE, now=now)


async def send_all(house: Database, now: datetime) -> list[Outgoing]:
    """What leaves when the clock has looked who is to have it."""
    await house.write(handing_out.plan, settle=SETTLE, now=now)
    return await outbox.send_all(house, now)


async def look(house: Database, *, now: Any = AFTER) -> Card:
    return await house.read(listing.look, CODE, DORA, now=now)


def read(sent: list[Outgoing]) -> dict[int, list[Handout]]:
    return {each.chat_id: [*each.content.new] for each in sent if isinstance(each.content, HandedOut)}


def link(url: str = LINK, kind: MaterialKind = SLIDES) -> Handout:
    return Handout(kind, url, None, "")


async def test_who_was_registered_is_told_once_and_the_card_has_it_for_everybody(house: Database) -> None:
    assert (await give(house)).told == 2

    assert await send_all(house, AFTER + SETTLE - timedelta(seconds=1)) == []
    assert read(await send_all(house, AFTER + SETTLE)) == {ANA: [link()], BEN: [link()]}
    assert await send_all(house, AFTER + timedelta(days=1)) == []
    assert (await look(house)).materials == (link(),)


async def test_both_within_the_settle_time_are_one_message(house: Database) -> None:
    await give(house)
    await give(house, FILE, RECORDING, now=AFTER + MINUTE)

    video = Handout(RECORDING, None, "BQACAgIAAx", "Slides of the day.pdf")
    assert read(await send_all(house, AFTER + SETTLE)) == {ANA: [link(), video], BEN: [link(), video]}
    assert await send_all(house, AFTER + MINUTE + SETTLE) == []
    assert {each.state for each in await house.read(rows, Delivery)} == {DeliveryState.SENT}


async def test_what_comes_later_is_a_message_of_its_own_and_names_only_what_is_new(house: Database) -> None:
    await give(house)
    await send_all(house, AFTER + SETTLE)
    later = AFTER + timedelta(hours=1)
    await give(house, "https://files.example.org/video", RECORDING, now=later)

    video = link("https://files.example.org/video", RECORDING)
    assert read(await send_all(house, later + SETTLE)) == {ANA: [video], BEN: [video]}
    assert (await look(house)).materials == (link(), video)


async def test_in_the_night_they_wait_for_the_morning_together(house: Database) -> None:
    night = START.replace(hour=22)
    await give(house, now=night)
    assert await send_all(house, night + SETTLE) == []
    await give(house, LINK + "2", RECORDING, now=night + timedelta(hours=2))

    morning = START.replace(day=21, hour=6)
    assert read(await send_all(house, morning)) == {who: [link(), link(LINK + "2", RECORDING)] for who in (ANA, BEN)}


async def test_another_link_before_it_is_told_is_what_is_told(house: Database) -> None:
    await give(house, LINK + "-wrong")

    assert (await give(house)).told is None

    assert read(await send_all(house, AFTER + SETTLE)) == {ANA: [link()], BEN: [link()]}


async def test_another_link_afterwards_puts_the_card_right_in_silence(house: Database) -> None:
    await give(house, LINK + "-wrong")
    await send_all(house, AFTER + SETTLE)

    later = AFTER + timedelta(hours=1)
    assert (await give(house, FILE, now=later)).told is None

    assert await send_all(house, later + timedelta(days=1)) == []
    assert (await look(house)).materials == (Handout(SLIDES, None, "BQACAgIAAx", "Slides of the day.pdf"),)
    assert len(await house.read(rows, Material)) == 1


async def test_removed_before_it_is_told_nobody_is_and_what_replaces_it_is(house: Database) -> None:
    await give(house, LINK + "-wrong")
    removed = await house.write(materials.remove, CODE, MARTA, SLIDES, now=AFTER + MINUTE)
    assert removed.materials == ()
    assert await send_all(house, AFTER + SETTLE) == []

    later = AFTER + timedelta(hours=1)
    assert (await give(house, now=later)).told == 2
    assert read(await send_all(house, later + SETTLE)) == {ANA: [link()], BEN: [link()]}


async def test_removed_after_it_was_told_nobody_is_told_again(house: Database) -> None:
    await give(house)
    await send_all(house, AFTER + SETTLE)
    await house.write(materials.remove, CODE, MARTA, SLIDES, now=AFTER + SETTLE)

    assert (await give(house, now=AFTER + SETTLE)).told == 0


async def test_what_nobody_knows_arrived_is_not_sent_twice(house: Database) -> None:
    await give(house)
    due = AFTER + SETTLE
    await house.write(handing_out.plan, settle=SETTLE, now=due)
    (first,) = await claim(house, limit=1, now=due)
    assert await begin(house, first, due) is not None
    await settle(house, first, Doubtful("silence"), now=due)

    assert len(await send_all(house, due + timedelta(hours=1))) == 1
    states = sorted(each.state for each in await house.read(rows, Delivery))
    assert states == [DeliveryState.SENT, DeliveryState.UNKNOWN]


async def test_who_cannot_be_reached_finds_it_on_the_card_only(house: Database) -> None:
    await house.write(set_reachable, ANA, reachable=False)

    assert (await give(house)).told == 1


def change(session: Session, **values: Any) -> None:
    webinar = row(session, Webinar, 1)
    for name, value in values.items():
        setattr(webinar, name, value)


@pytest.mark.parametrize(
    "changes", [{"starts_at": AFTER + timedelta(days=1)}, {"status": WebinarStatus.CANCELLED}], ids=["moved", "off"]
)
async def test_nothing_is_handed_out_of_what_has_not_taken_place(house: Database, changes: dict[str, Any]) -> None:
    await give(house)
    await house.write(change, **changes)

    assert await send_all(house, AFTER + SETTLE) == []
    assert (await look(house)).materials == ()
    for use in USES.values():
        with pytest.raises(NotBegunError):
            await use(house, CODE, MARTA)


USES: dict[str, Callable[..., Any]] = {
    "show": lambda house, code, who: house.write(materials.show, code, who, now=AFTER),
    "ask": lambda house, code, who: house.write(materials.ask, code, who, SLIDES, now=AFTER),
    "remove": lambda house, code, who: house.write(materials.remove, code, who, SLIDES, now=AFTER),
}


@pytest.mark.parametrize("use", USES)
async def test_only_those_of_its_hosts_may(house: Database, use: str) -> None:
    await give(house)

    for stranger in (OTHER, ANA):
        with pytest.raises(NotAllowedError):
            await USES[use](house, CODE, stranger)
    with pytest.raises(WebinarNotFoundError):
        await USES[use](house, "nothere", MARTA)
    assert len(await house.read(rows, Material)) == 1


async def test_before_the_start_there_is_nothing_to_give(house: Database) -> None:
    with pytest.raises(NotBegunError):
        await give(house, now=START - timedelta(seconds=1))

    assert (await give(house, now=START)).told == 2
    assert set(read(await send_all(house, START + SETTLE))) == {ANA, BEN}


@pytest.mark.parametrize("text", ["", "http://files.example.org", "javascript:alert(1)", "https://a b", "slides.pdf"])
async def test_what_is_no_link_leaves_the_question_open(house: Database, text: str) -> None:
    with pytest.raises(FieldError):
        await give(house, text)

    assert await house.read(rows, Material) == []
    assert (await house.write(materials.take, MARTA, LINK, settle=SETTLE, now=AFTER)).told == 2


@pytest.mark.parametrize(("what", "kind", "found"), [(LINK, SLIDES, LINK), (LINK, RECORDING, None)])
async def test_what_stands_on_the_card_can_be_fetched(
    house: Database, what: str, kind: MaterialKind, found: str | None
) -> None:
    await give(house, what)

    handout = await house.read(materials.fetch, CODE, ANA, kind, now=AFTER)

    assert (handout and handout.url) == found
    with pytest.raises(WebinarNotFoundError):
        await house.read(materials.fetch, "nothere", ANA, kind, now=AFTER)


async def test_all_of_it_is_written_down(house: Database) -> None:
    await give(house)
    await give(house, FILE)
    await house.write(materials.remove, CODE, MARTA, SLIDES, now=AFTER)
    await house.write(materials.remove, CODE, MARTA, SLIDES, now=AFTER)

    assert [(line.person_id, line.action, line.before, line.after) for line in await house.read(rows, Audit)] == [
        (MARTA, "material_added", {"slides": None}, {"slides": LINK}),
        (MARTA, "material_added", {"slides": LINK}, {"slides": "Slides of the day.pdf"}),
        (MARTA, "material_removed", {"slides": "Slides of the day.pdf"}, {"slides": None}),
    ]


async def test_who_was_erased_gets_nothing_and_the_others_all(house: Database) -> None:
    await give(house)
    await house.write(privacy.erase, ANA, now=AFTER)

    assert read(await send_all(house, AFTER + SETTLE)) == {BEN: [link()]}


async def test_who_wants_less_is_not_told_and_not_counted(house: Database) -> None:
    await house.write(preferences.set_extras, BEN, USUAL, on=False)
    assert (await give(house)).told == 1
    await house.write(handing_out.plan, settle=SETTLE, now=AFTER)
    await house.write(preferences.set_extras, ANA, USUAL, on=False)

    assert await send_all(house, AFTER + SETTLE) == []
    assert (await look(house)).materials == (link(),)
