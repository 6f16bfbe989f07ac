"""Who may do what in the library: every use case, for everybody who may stand in some relation to it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable

import pytest

from domain import library
from domain.errors import NotAllowedError
from domain.library import contact_deeds, entries, files, filing, finding, upkeep, writing
from domain.library.filing import Heading
from domain.library.parts import Part
from domain.library.rights import EntryNotFoundError
from domain.reading.vcards import BusinessCard
from storage import Database, EntryKind, LibraryEntry, Session
from tests.factories import NOW, rows
from tests.library import ADMIN, COMPANY, MATE, NAMES, OTHER, OWN, begin, prepare, put_out
from tests.whole_person import dump

UseCase = Callable[[Session, str, int], object]

TEAM = frozenset({ADMIN, OWN, MATE})
ORGANISERS = TEAM | {OTHER}
ALL = ORGANISERS | {COMPANY}


def fill(session: Session) -> None:
    """One of each: shared with all, with organisers, being revised, a draft, a retired one, a contact."""
    prepare(session)
    put_out(session, "everybody", readers="everybody")
    put_out(session, "organisers")
    revised = put_out(session, "revised")
    writing.revise(session, revised, OWN, now=NOW)
    begin(session, "draft")
    retired = put_out(session, "retired", readers="everybody")
    upkeep.retire(session, retired, OWN, now=NOW)
    card = BusinessCard(name="contact", email="contact@example.org")
    contact = begin(session, "contact", kind=EntryKind.CONTACT, card=card, text="")
    writing.ask(session, contact, OWN, Part.AGREED, now=NOW)
    writing.fill(session, OWN, "today", now=NOW)
    writing.share(session, contact, OWN, now=NOW)


READ: dict[str, UseCase] = {
    "entries.look": entries.look,
    "upkeep.opened": upkeep.opened,
    "files.hand_out": lambda s, code, who: files.hand_out(s, code, who, 1, bot_id="7"),
}
READERS = {
    "everybody": ALL,
    "organisers": ORGANISERS,
    "revised": ORGANISERS,
    "draft": TEAM,
    "retired": ORGANISERS,
    "contact": ORGANISERS,
}
OF_ORGANISERS: dict[str, UseCase] = {
    "upkeep.history": upkeep.history,
    "upkeep.edition": lambda s, code, who: upkeep.edition(s, code, who, 1),
}
OF_TEAM: dict[str, tuple[str, UseCase]] = {
    "upkeep.look": ("organisers", upkeep.look),
    "upkeep.retire": ("everybody", lambda s, code, who: upkeep.retire(s, code, who, now=NOW)),
    "upkeep.restore": ("retired", lambda s, code, who: upkeep.restore(s, code, who, now=NOW)),
    "filing.look": ("everybody", filing.look),
    "filing.offer": ("everybody", lambda s, code, who: filing.offer(s, code, who, Heading.TOPICS)),
    "filing.choose": (
        "organisers",
        lambda s, code, who: filing.choose(s, code, who, Heading.READERS, "everybody", now=NOW),
    ),
    "writing.revise": ("everybody", lambda s, code, who: writing.revise(s, code, who, now=NOW)),
    "writing.show": ("draft", writing.show),
    "writing.show of a version": ("revised", writing.show),
    "writing.ask": ("draft", lambda s, code, who: writing.ask(s, code, who, Part.TITLE, now=NOW)),
    "writing.clear": ("draft", lambda s, code, who: writing.clear(s, code, who, Part.TEXT, now=NOW)),
    "writing.share": ("draft", lambda s, code, who: writing.share(s, code, who, now=NOW)),
    "writing.share a version": ("revised", lambda s, code, who: writing.share(s, code, who, now=NOW)),
    "writing.drop": ("draft", lambda s, code, who: writing.drop(s, code, who, now=NOW)),
    "writing.revise a contact": ("contact", lambda s, code, who: writing.revise(s, code, who, now=NOW)),
    "contact_deeds.look": ("contact", contact_deeds.look),
    "contact_deeds.confirm": ("contact", lambda s, code, who: contact_deeds.confirm(s, code, who, now=NOW)),
    "contact_deeds.erase": ("contact", lambda s, code, who: contact_deeds.erase(s, code, who, now=NOW)),
}
EVERY: dict[str, tuple[str, UseCase, frozenset[int]]] = {
    **{f"{name} {title}": (title, use, who) for name, use in READ.items() for title, who in READERS.items()},
    **{
        f"{name} {title}": (title, use, who - {COMPANY})
        for name, use in OF_ORGANISERS.items()
        for title, who in READERS.items()
    },
    **{name: (title, use, TEAM) for name, (title, use) in OF_TEAM.items()},
    "contact_deeds.card": ("contact", contact_deeds.card, ORGANISERS),
    "upkeep.drafts": ("draft", lambda s, code, who: upkeep.drafts(s, who, 1), ORGANISERS),
    "upkeep.retired": ("draft", lambda s, code, who: upkeep.retired(s, who, 1), ORGANISERS),
    "writing.start": (
        "draft",
        lambda s, code, who: writing.start(s, who, EntryKind.LESSON, language="en", now=NOW),
        ORGANISERS,
    ),
}


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(fill)
    return database


async def test_who_may_and_who_may_not(house: Database) -> None:
    """Each in turn tries everything and it is taken back; a refusal leaves everything as it was."""
    before = await house.read(dump)
    codes = {title: row.code for title, row in zip(READERS, await house.read(rows, LibraryEntry), strict=True)}

    found = {
        name: {NAMES[who - 1] for who in ALL if await is_allowed(house, use_case, codes[title], who)}
        for name, (title, use_case, _) in EVERY.items()
    }

    assert found == {name: {NAMES[who - 1] for who in allowed} for name, (_, _, allowed) in EVERY.items()}
    assert await house.read(dump) == before


async def test_codes_that_were_made_up_tell_nothing(house: Database) -> None:
    """Whoever may not see an entry gets the same answer as for a code that is none."""
    (draft,) = [row.code for row in await house.read(rows, LibraryEntry) if row.state == "draft"]

    for code in (draft, "zzzzzzzz"):
        for _, use_case in OF_TEAM.values():
            with pytest.raises(EntryNotFoundError):
                await house.write(use_case, code, OTHER)


async def test_lists_of_drafts_are_each_partnership_s(house: Database) -> None:
    seen = {who: [entry.title for entry in (await house.read(upkeep.drafts, who, 1)).entries] for who in ORGANISERS}

    assert seen == {ADMIN: ["draft"], OWN: ["draft"], MATE: ["draft"], OTHER: []}


async def test_inline_queries_of_others_find_nothing(house: Database) -> None:
    """By Telegram's id, since nobody is met before: an organiser, a company, somebody whom we never met."""
    seen = {
        who: sorted(entry.title for entry in await house.read(finding.offered, who, "", limit=20))
        for who in (OTHER, COMPANY, 99)
    }

    assert seen == {OTHER: ["everybody", "organisers", "revised"], COMPANY: [], 99: []}


def test_no_use_case_is_forgotten() -> None:
    """Whoever adds something that a person does with an entry says here who may."""
    found = {
        f"{module.name}.{name}"
        for module in pkgutil.iter_modules(library.__path__)
        for name, each in inspect.getmembers(
            importlib.import_module(f"domain.library.{module.name}"), inspect.isfunction
        )
        if each.__module__ == f"domain.library.{module.name}"
        and not name.startswith("_")
        and [*inspect.signature(each).parameters][:3] == ["session", "code", "person_id"]
    }

    assert found <= {name.split()[0] for name in EVERY} | {"rights.readable", "rights.changeable"}


class TakenBackError(Exception):
    """The use case did what it does."""


async def is_allowed(house: Database, use_case: UseCase, code: str, who: int) -> bool:
    def attempt(session: Session) -> None:
        try:
            use_case(session, code, who)
        except (NotAllowedError, EntryNotFoundError):
            assert not session.new | session.dirty | session.deleted
            session.commit()  # whatever a refusal would leave behind
            return
        raise TakenBackError

    try:
        await house.write(attempt)
    except TakenBackError:
        return True
    return False
