"""An agenda becomes a template, a template fills a draft, and its times move with the start."""

from datetime import timedelta

import pytest

from domain import agendas, drafts
from domain.agendas import NoAgendaError
from domain.cards import AgendaLine
from domain.draft_fields import Field
from domain.errors import NotAllowedError
from domain.library import writing
from domain.library.rights import EntryNotFoundError
from domain.reading.draft_values import FieldError
from storage import AgendaItem, Circle, Database, EntryKind, LibraryEntry, Session, webinars
from tests.factories import NOW, add_consortium, add_people, add_role, add_webinar, row

ALPHA, BETA, COMPANY = 1, 2, 3
ZONE = "Europe/Brussels"


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, 3)
    add_role(session, ALPHA, "alpha")
    add_role(session, BETA, "beta")
    webinar_id = add_webinar(session, hosts=["alpha"], topics=["china"])
    for position, (minutes, title, speaker) in enumerate(
        [(10, "Welcome", "Ana Ruiz"), (35, "Buyers in Shanghai", "Li Wei"), (None, "Questions", "")]
    ):
        session.add(AgendaItem(webinar_id=webinar_id, position=position, minutes=minutes, title=title, speaker=speaker))
    add_webinar(session, code="bare", hosts=["alpha"])
    session.flush()


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def shared(house: Database, text: str, kind: EntryKind = EntryKind.AGENDA) -> str:
    given = writing.Given(title="An agenda", text=text)
    view = await house.write(writing.start, ALPHA, kind, given, language="en", now=NOW)
    await house.write(writing.share, view.entry.code, ALPHA, now=NOW)
    return view.entry.code


async def test_an_agenda_becomes_a_template_without_hours_and_names(house: Database) -> None:
    view = await house.write(agendas.share, "w", BETA, language="en", now=NOW)

    entry = view.entry
    assert (entry.kind, entry.title, entry.partnership, entry.topic_ids) == (
        EntryKind.AGENDA,
        "Smart packaging",
        "Beta",
        ("china",),
    )
    assert entry.text == "10 min Welcome\n35 min Buyers in Shanghai\nQuestions"


async def test_a_meeting_s_agenda_is_one_too_and_leads_back_to_no_meeting(house: Database) -> None:
    """Companies may be let read the template; they learn of no meeting by it."""
    await house.write(lambda session: setattr(webinars.get(session, 1), "circle", Circle.ORGANISERS))

    view = await house.write(agendas.share, "w", BETA, language="en", now=NOW)

    assert view.entry.text == "10 min Welcome\n35 min Buyers in Shanghai\nQuestions"
    assert (view.entry.webinar, (await house.read(row, LibraryEntry, 1)).webinar_id) == (None, None)
    with pytest.raises(NotAllowedError):
        await house.write(agendas.share, "w", COMPANY, language="en", now=NOW)


async def test_what_has_no_agenda_and_who_is_no_organiser_shares_none(house: Database) -> None:
    with pytest.raises(NoAgendaError):
        await house.write(agendas.share, "bare", ALPHA, language="en", now=NOW)
    with pytest.raises(NotAllowedError):
        await house.write(agendas.share, "w", COMPANY, language="en", now=NOW)


async def test_a_template_fills_a_draft_and_counts_as_used(house: Database) -> None:
    code = await shared(house, "10 min Welcome\n35 min Buyers in Shanghai\n15 min Questions")

    view = await house.write(agendas.fill, code, BETA, timezone=ZONE, now=NOW)

    assert view.fields.agenda == (
        AgendaLine("Welcome", "", 10),
        AgendaLine("Buyers in Shanghai", "", 35),
        AgendaLine("Questions", "", 15),
    )
    assert view.fields.duration_minutes == 60
    assert (await house.read(row, LibraryEntry, 1)).uses == 1


@pytest.mark.parametrize(
    "text", ["10:00 Welcome\n10:20 Buyers\n11:15 Questions\n11:30 End", "20 min Welcome\n55 min Buyers"]
)
async def test_hours_become_lengths_so_that_they_move_with_the_start(house: Database, text: str) -> None:
    code = await shared(house, text)

    view = await house.write(agendas.fill, code, BETA, timezone=ZONE, now=NOW)

    assert [line.minutes for line in view.fields.agenda][:2] == [20, 55]


async def test_a_template_of_half_a_day_makes_the_draft_as_long(house: Database) -> None:
    code = await shared(house, "9:00 Welcome\n10:30 Visits\n12:00 Lunch\n13:00 End")

    view = await house.write(agendas.fill, code, BETA, timezone=ZONE, now=NOW)

    assert [line.minutes for line in view.fields.agenda] == [90, 90, 60, None]
    assert view.fields.duration_minutes == 240


async def test_an_agenda_that_is_there_is_kept_and_the_template_offered(house: Database) -> None:
    code = await shared(house, "10 min Welcome\n20 min Buyers")
    await house.write(drafts.start, BETA, timezone=ZONE, now=NOW)
    await house.write(drafts.ask, BETA, Field.AGENDA, now=NOW)
    await house.write(drafts.fill, BETA, "5 min Mine", picked=None, now=NOW)

    view = await house.write(agendas.fill, code, BETA, timezone=ZONE, now=NOW + timedelta(minutes=1))

    assert view.fields.agenda == (AgendaLine("Mine", "", 5),)
    assert list(view.fields.offered) == [Field.AGENDA]


async def test_only_a_readable_agenda_fills_a_draft_and_only_an_organiser_s(house: Database) -> None:
    lesson = await shared(house, "10 min Welcome", EntryKind.LESSON)
    agenda = await shared(house, "10 min Welcome")

    for code in (lesson, "none"):
        with pytest.raises(EntryNotFoundError):
            await house.write(agendas.fill, code, BETA, timezone=ZONE, now=NOW)
    with pytest.raises(NotAllowedError):
        await house.write(agendas.fill, agenda, COMPANY, timezone=ZONE, now=NOW)
    long = await shared(house, "\n".join("1 min Line" for _ in range(31)))
    with pytest.raises(FieldError):
        await house.write(agendas.fill, long, BETA, timezone=ZONE, now=NOW)
