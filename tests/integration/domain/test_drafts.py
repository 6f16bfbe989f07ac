from datetime import UTC, datetime, timedelta

import pytest

from domain import drafts
from domain.choices import Choice
from domain.drafts import DraftView, Field, NoDraftError
from domain.errors import NotAllowedError
from domain.reading.draft_values import FieldError, FieldFault
from domain.reading.when import WhenError, WhenFault
from storage import Audit, Database, Draft, Partnership, Session
from tests.factories import NOW, add_consortium, add_person, add_role, rows, wall

BRUSSELS = "Europe/Brussels"
LATER = NOW + timedelta(minutes=5)
ADMIN, ORGANISER, STRANGER = 1, 2, 3


def prepare(session: Session) -> None:
    """An administrator, an organiser of alpha, and a stranger."""
    add_consortium(session)
    for person_id in (ADMIN, ORGANISER, STRANGER):
        assert add_person(session, 100 + person_id) == person_id
    add_role(session, ADMIN)
    add_role(session, ORGANISER, "alpha")


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def start(house: Database, person_id: int = ORGANISER) -> DraftView:
    return await house.write(drafts.start, person_id, timezone=BRUSSELS, now=NOW)


async def fill(
    house: Database, text: str, person_id: int = ORGANISER, *, picked: datetime | None = None
) -> DraftView | None:
    return await house.write(drafts.fill, person_id, text, picked=picked, now=LATER)


async def ask(house: Database, field: Field) -> DraftView:
    return await house.write(drafts.ask, ORGANISER, field, now=LATER)


async def test_a_new_draft_asks_for_the_title_and_knows_the_only_partnership(house: Database) -> None:
    view = await start(house)

    assert view.fields == drafts.Fields(timezone=BRUSSELS, hosts=("alpha",))
    assert view.asking is Field.TITLE
    assert view.fields.missing == (Field.TITLE, Field.WHEN, Field.LINK)
    assert view.hosts == (
        Choice("alpha", "Alpha", chosen=True),
        Choice("beta", "Beta", chosen=False),
    )
    assert view.asked == {"beta"}
    assert [(topic.id, topic.chosen) for topic in view.topics] == [("china", False), ("food", False)]


async def test_an_administrator_chooses_among_all_partnerships_that_are_still_there(house: Database) -> None:
    view = await start(house, ADMIN)

    assert [(host.id, host.chosen) for host in view.hosts] == [("alpha", False), ("beta", False)]
    assert view.fields.missing == (Field.TITLE, Field.HOSTS, Field.WHEN, Field.LINK)


async def test_three_messages_complete_a_draft(house: Database) -> None:
    await start(house)

    asked = [await fill(house, text) for text in ("Packaging", "21 Jan 10:00", "https://meet.example.org/1")]

    assert [view.asking for view in asked if view] == [Field.WHEN, Field.LINK, None]
    assert (await house.read(drafts.show, ORGANISER)).fields == drafts.Fields(
        title="Packaging",
        hosts=("alpha",),
        local_start=wall(2027, 1, 21, 10),
        timezone=BRUSSELS,
        join_url="https://meet.example.org/1",
    )


async def test_starting_again_goes_on_where_it_was(house: Database) -> None:
    await start(house)
    filled = await fill(house, "Packaging")

    assert await start(house) == filled
    assert len(await house.read(rows, Draft)) == 1


async def test_each_has_a_draft_of_their_own(house: Database) -> None:
    await start(house)
    await start(house, ADMIN)

    await fill(house, "Mine")
    await fill(house, "Theirs", ADMIN)

    assert (await house.read(drafts.show, ORGANISER)).fields.title == "Mine"
    assert (await house.read(drafts.show, ADMIN)).fields.title == "Theirs"


@pytest.mark.parametrize(
    ("field", "text", "name", "value"),
    [
        (Field.TITLE, " New \n title ", "title", "New title"),
        (Field.WHEN, "21 Jan 17:00 Shanghai", "local_start", wall(2027, 1, 21, 17)),
        (Field.WHEN, "21 Jan 17:00 Shanghai", "timezone", "Asia/Shanghai"),
        (Field.LINK, "https://a.example", "join_url", "https://a.example"),
        (Field.DESCRIPTION, "One\n\nTwo", "description", "One\n\nTwo"),
        (Field.DURATION, "1h30", "duration_minutes", 90),
        (Field.SEATS, "50", "capacity", 50),
        (Field.SEATS, "unlimited", "capacity", None),
    ],
)
async def test_a_message_fills_the_field_that_was_asked_for(
    house: Database, field: Field, text: str, name: str, value: object
) -> None:
    await start(house)
    asked = await ask(house, field)

    view = await fill(house, text)

    assert asked.asking is field
    assert view is not None
    assert getattr(view.fields, name) == value


async def test_a_picked_date_is_taken_rather_than_read(house: Database) -> None:
    await start(house)
    await ask(house, Field.WHEN)

    view = await fill(house, "next Tuesday at ten", picked=datetime(2027, 1, 26, 9, tzinfo=UTC))

    assert view is not None
    assert (view.fields.local_start, view.fields.timezone) == (wall(2027, 1, 26, 10), BRUSSELS)


@pytest.mark.parametrize("field", [Field.HOSTS, Field.TOPICS, Field.LANGUAGE])
async def test_what_is_chosen_with_buttons_is_not_asked_for(house: Database, field: Field) -> None:
    await start(house)

    assert (await ask(house, field)).asking is None
    assert await fill(house, "Packaging") is None


async def test_a_message_nobody_asked_for_changes_nothing(house: Database) -> None:
    assert await fill(house, "Hello") is None

    await start(house)
    for text in ("Packaging", "21 Jan 10:00", "https://meet.example.org/1"):
        await fill(house, text)
    before = await house.read(rows, Draft)

    assert await fill(house, "Thank you") is None
    assert await house.read(rows, Draft) == before


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        (Field.TITLE, "x" * 121, FieldFault.TOO_LONG),
        (Field.LINK, "zoom.us", FieldFault.NOT_HTTPS),
        (Field.DESCRIPTION, " ", FieldFault.EMPTY),
        (Field.DURATION, "long", FieldFault.NO_DURATION),
        (Field.SEATS, "0", FieldFault.NO_SEATS),
        (Field.WHEN, "some day", WhenFault.UNREADABLE),
        (Field.WHEN, "1 Jan 2026 10:00", WhenFault.PAST),
    ],
)
async def test_an_error_changes_nothing_and_the_question_stays(
    house: Database, field: Field, text: str, fault: object
) -> None:
    await start(house)
    await fill(house, "Packaging")
    await ask(house, field)
    before = await house.read(rows, Draft)

    with pytest.raises((FieldError, WhenError)) as caught:
        await fill(house, text)

    assert caught.value.fault == fault  # type: ignore[union-attr]
    assert await house.read(rows, Draft) == before


async def test_hosts_are_added_and_removed_in_order(house: Database) -> None:
    await start(house, ADMIN)
    chosen = [
        (await house.write(drafts.toggle_host, ADMIN, partnership, now=LATER)).fields.hosts
        for partnership in ("beta", "alpha", "beta", "alpha")
    ]

    assert chosen == [("beta",), ("beta", "alpha"), ("alpha",), ()]


async def test_another_partnership_can_be_named_beside_one_s_own(house: Database) -> None:
    await start(house)

    both = await house.write(drafts.toggle_host, ORGANISER, "beta", now=LATER)
    neither = await house.write(drafts.toggle_host, ORGANISER, "alpha", now=LATER)
    forged = await house.write(drafts.toggle_host, ORGANISER, "beta", now=LATER)

    assert both.fields.hosts == ("alpha", "beta")
    assert (neither.fields.hosts, [host.id for host in neither.hosts]) == ((), ["alpha"])
    assert forged.fields.hosts == ()
    assert Field.HOSTS in forged.fields.missing


@pytest.mark.parametrize("partnership", ["gone", "made-up", ""])
async def test_nobody_can_name_what_is_not_there(house: Database, partnership: str) -> None:
    await start(house)

    view = await house.write(drafts.toggle_host, ORGANISER, partnership, now=LATER)

    assert view.fields.hosts == ("alpha",)


async def test_a_host_that_has_left_can_be_taken_off(house: Database) -> None:
    def retire(session: Session) -> None:
        session.get_one(Partnership, "alpha").active = False

    await start(house, ADMIN)
    for partnership in ("alpha", "beta"):
        await house.write(drafts.toggle_host, ADMIN, partnership, now=LATER)
    await house.write(retire)

    shown = await house.read(drafts.show, ADMIN)

    assert shown.fields.hosts == ("beta",)
    assert [(host.id, host.chosen) for host in shown.hosts] == [("beta", True)]


async def test_topics_are_added_and_removed(house: Database) -> None:
    await start(house)
    chosen = [
        (await house.write(drafts.toggle_topic, ORGANISER, topic, now=LATER)).fields.topics
        for topic in ("food", "made-up", "china", "food")
    ]

    assert chosen == [("food",), ("food",), ("food", "china"), ("china",)]


async def test_only_languages_that_are_offered_are_taken(house: Database) -> None:
    await start(house)
    chosen = [
        (await house.write(drafts.choose_language, ORGANISER, language, now=LATER)).fields.language
        for language in ("zh", "tlh", "")
    ]

    assert chosen == ["zh", "zh", "zh"]


@pytest.mark.parametrize(("titles", "written_down"), [(["Cold chain"], ["Cold chain"]), ([], [])])
async def test_a_draft_given_up_is_written_down_unless_it_was_blank(
    house: Database, titles: list[str], written_down: list[str]
) -> None:
    await start(house)
    for title in titles:
        await fill(house, title)

    await house.write(drafts.discard, ORGANISER, now=LATER)

    log = await house.read(rows, Audit)
    assert [line.subject for line in log if line.action == "discarded"] == written_down


async def test_a_discarded_draft_is_gone(house: Database) -> None:
    await start(house)
    await house.write(drafts.discard, ORGANISER, now=LATER)

    assert await house.read(rows, Draft) == []
    with pytest.raises(NoDraftError):
        await house.read(drafts.show, ORGANISER)


async def test_the_message_that_shows_it_is_remembered(house: Database) -> None:
    await house.write(drafts.shown, ORGANISER, 41)
    assert (await start(house)).message_id is None

    await house.write(drafts.shown, ORGANISER, 42)

    assert (await start(house)).message_id == 42


async def test_only_what_may_be_left_out_is_taken_away(house: Database) -> None:
    await start(house)
    for text in ("Cold chain", "3 Feb 9:30", "https://meet.example.org/j/1"):
        await fill(house, text)
    for field, text in ((Field.DESCRIPTION, "All of it."), (Field.AGENDA, "10 min Welcome")):
        await ask(house, field)
        await fill(house, text)
    whole = await house.read(drafts.show, ORGANISER)

    for field in set(Field) - {Field.DESCRIPTION, Field.AGENDA}:
        assert (await house.write(drafts.clear, ORGANISER, field, now=LATER)).fields == whole.fields
    without = await house.write(drafts.clear, ORGANISER, Field.DESCRIPTION, now=LATER)
    assert without.fields == whole.fields.model_copy(update={"description": ""})
    assert (await house.write(drafts.clear, ORGANISER, Field.AGENDA, now=LATER)).fields.agenda == ()
    with pytest.raises(NotAllowedError):
        await house.write(drafts.clear, STRANGER, Field.AGENDA, now=LATER)
