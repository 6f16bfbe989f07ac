"""People outside who may be asked: for organisers only, once they agreed, and forgotten when they wish."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from domain import outbox, privacy
from domain.library import contact_deeds, contacts, filing, finding, news, rights, upkeep, writing
from domain.library.filing import Heading
from domain.library.parts import Part
from domain.library.rights import EntryNotFoundError
from domain.library.writing import Given, IncompleteError
from domain.reading.draft_values import FieldError
from domain.reading.vcards import BusinessCard
from storage import (
    Audit,
    Contact,
    Database,
    Delivery,
    DeliveryState,
    EntryKind,
    EntryReaders,
    LibraryEntry,
    Role,
    Session,
)
from tests.factories import NOW, rows
from tests.library import ADMIN, COMPANY, MATE, OTHER, OWN, prepare
from tests.outbox import USUAL, send_all
from tests.whole_person import dump

CARD = BusinessCard(
    name="Xiu Qingzhao",
    organisation="Guangdong Cold Chain",
    role="Head of sourcing",
    email="xiu@example.org",
    phone="+86 20 1234 5678",
    country="China",
)
MARKS = ("qingzhao", "guangdong", "xiu@example.org", "1234 5678", "sourc")
YEAR = timedelta(days=365)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def begin(session: Session, card: BusinessCard = CARD, who: int = OWN) -> str:
    return writing.start(session, who, EntryKind.CONTACT, Given(card=card), language="en", now=NOW).entry.code


def answer(session: Session, code: str, part: Part, said: str, who: int = OWN) -> writing.Writing:
    writing.ask(session, code, who, part, now=NOW)
    return writing.fill(session, who, said, now=NOW)


def put_out(session: Session, card: BusinessCard = CARD, who: int = OWN) -> str:
    code = begin(session, card, who)
    answer(session, code, Part.AGREED, "by e-mail, 12 Jan 2027", who)
    writing.share(session, code, who, now=NOW)
    return code


async def test_a_business_card_fills_what_it_can(house: Database) -> None:
    code = await house.write(begin)

    view = await house.read(writing.show, code, OWN)

    assert (view.entry.title, view.missing) == ("Xiu Qingzhao", (Part.AGREED,))
    assert view.entry.contact == contacts.ContactFacts(
        organisation="Guangdong Cold Chain",
        role="Head of sourcing",
        country="CN",
        email="xiu@example.org",
        phone="+86 20 1234 5678",
        agreed_how="",
        agreed_on=None,
        confirmed_at=NOW,
    )


async def test_what_a_card_says_and_cannot_be_used_is_left_out(house: Database) -> None:
    odd = BusinessCard(name="x" * 500, organisation="y" * 500, email="no address", phone="call me", country="Atlantis")

    code = await house.write(begin, odd)

    view = await house.read(writing.show, code, OWN)
    assert view.entry.contact is not None
    found = view.entry.contact
    assert (len(view.entry.title), len(found.organisation)) == (120, 120)
    assert (found.email, found.phone, found.country) == ("", "", "")
    assert view.missing == (Part.EMAIL, Part.AGREED)


async def test_nobody_is_shared_who_has_not_agreed(house: Database) -> None:
    code = await house.write(begin)
    with pytest.raises(IncompleteError):
        await house.write(writing.share, code, OWN, now=NOW)
    with pytest.raises(FieldError):
        await house.write(answer, code, Part.AGREED, "she said yes")

    view = await house.write(answer, code, Part.AGREED, "by e-mail, 12 Jan 2027")
    found = await house.write(writing.share, code, OWN, now=NOW)

    assert view.missing == ()
    assert found.contact is not None
    assert (found.contact.agreed_how, found.contact.agreed_on) == ("by e-mail, 12 Jan 2027", date(2027, 1, 12))


async def test_it_is_found_by_name_and_work_and_never_by_address_or_number(house: Database) -> None:
    await house.write(put_out)

    found = {
        words: len((await house.write(finding.look_for, OTHER, words)).entries)
        for words in ("qingzhao", "guangdong sourcing", "xiu@example.org", "1234", "example")
    }

    assert found == {"qingzhao": 1, "guangdong sourcing": 1, "xiu@example.org": 0, "1234": 0, "example": 0}


async def test_only_organisers_see_it_whatever_is_pressed(house: Database) -> None:
    code = await house.write(put_out)

    await house.write(filing.choose, code, OWN, Heading.READERS, EntryReaders.EVERYBODY, now=NOW)
    await house.write(filing.choose, code, OWN, Heading.KIND, EntryKind.PRACTICE, now=NOW)

    entry = await house.read(upkeep.look, code, OWN)
    assert (entry.kind, entry.readers) == (EntryKind.CONTACT, EntryReaders.ORGANISERS)
    assert (await house.write(finding.look_for, COMPANY, "qingzhao")).entries == ()
    for refused in (upkeep.opened, contact_deeds.card):
        with pytest.raises(rights.EntryNotFoundError):
            await house.write(refused, code, COMPANY)
    assert len((await house.write(finding.look_for, OTHER, "qingzhao")).entries) == 1


async def test_nothing_becomes_a_contact_and_no_inline_query_finds_one(house: Database) -> None:
    code = await house.write(put_out)
    plain = await house.write(
        lambda s: writing.start(s, OWN, EntryKind.LESSON, Given(title="x"), language="en", now=NOW).entry.code
    )

    await house.write(filing.choose, plain, OWN, Heading.KIND, EntryKind.CONTACT, now=NOW)

    assert (await house.read(writing.show, plain, OWN)).entry.kind is EntryKind.LESSON
    for words in ("qingzhao", code, ""):
        assert await house.read(finding.offered, OWN, words, limit=20) == []
    with pytest.raises(rights.EntryNotFoundError):
        await house.write(contact_deeds.erase, plain, OWN, now=NOW)


async def test_a_change_holds_at_once_and_no_old_state_is_kept(house: Database) -> None:
    code = await house.write(put_out)
    await house.write(writing.revise, code, OWN, now=NOW)

    await house.write(answer, code, Part.ORGANISATION, "Shenzhen Ports")
    view = await house.write(writing.clear, code, OWN, Part.EMAIL, now=NOW)
    assert view.entry.contact is not None
    assert (view.live, view.entry.newest, view.entry.contact.email) == (True, 1, "")
    await house.write(writing.clear, code, OWN, Part.PHONE, now=NOW)  # then nobody could reach them
    await house.write(writing.clear, code, OWN, Part.AGREED, now=NOW)

    entry = await house.write(upkeep.opened, code, OTHER)
    assert entry.contact is not None
    assert (entry.contact.phone, entry.contact.agreed_on) == ("+86 20 1234 5678", date(2027, 1, 12))
    assert "guangdong" not in str(await house.read(dump)).lower()
    assert len((await house.write(finding.look_for, OTHER, "shenzhen")).entries) == 1
    assert (await house.write(finding.look_for, OTHER, "guangdong")).entries == ()


async def test_whoever_shared_it_is_asked_once_after_a_year(house: Database) -> None:
    code = await house.write(put_out)
    assert await house.write(news.ask_about_contacts, now=NOW + YEAR) == 0
    later = NOW + YEAR + timedelta(hours=1)
    assert await house.write(news.ask_about_contacts, now=later) == 1
    assert await house.write(news.ask_about_contacts, now=later + YEAR) == 0

    (sent,) = await send_all(house, later)
    assert (sent.chat_id, sent.content) == (
        OWN,
        news.ContactAsked(code, "Xiu Qingzhao", "Guangdong Cold Chain", NOW),
    )
    await house.write(contact_deeds.confirm, code, OWN, now=later)
    assert await house.write(news.ask_about_contacts, now=later + YEAR) == 0
    assert await house.write(news.ask_about_contacts, now=later + YEAR + timedelta(hours=1)) == 1


@pytest.mark.parametrize(("gone", "asked"), [((OWN,), {MATE}), ((OWN, MATE), {ADMIN})])
async def test_if_they_have_left_their_team_is_asked(house: Database, gone: tuple[int, ...], asked: set[int]) -> None:
    await house.write(put_out)
    for person_id in gone:
        await house.write(leave, person_id)

    later = NOW + YEAR + timedelta(hours=1)
    await house.write(news.ask_about_contacts, now=later)

    assert {sent.chat_id for sent in await send_all(house, later)} == asked


def leave(session: Session, person_id: int) -> None:
    for role in rows(session, Role):
        if role.person_id == person_id:
            session.delete(role)


async def test_what_was_answered_or_retired_or_forgotten_meanwhile_is_not_asked(house: Database) -> None:
    later = NOW + YEAR + timedelta(hours=1)
    codes = [await house.write(put_out, replace(CARD, name=name)) for name in ("Xiu", "Li Wei", "Wang Fang")]
    assert await house.write(news.ask_about_contacts, now=later) == 3
    await house.write(contact_deeds.confirm, codes[0], MATE, now=later)
    await house.write(upkeep.retire, codes[1], MATE, now=later)
    await house.write(contact_deeds.erase, codes[2], MATE, now=later)

    assert await send_all(house, later) == []
    assert {each.state for each in await house.read(rows, Delivery)} == {DeliveryState.EXPIRED}


async def test_the_question_waits_for_the_morning(house: Database) -> None:
    await house.write(put_out)
    night = NOW.replace(hour=23) + YEAR
    await house.write(news.ask_about_contacts, now=night)

    (delivery_id,) = await house.write(outbox.claim, "w", limit=10, now=night)
    assert await house.write(outbox.begin, delivery_id, "w", USUAL, now=night) is None

    (row,) = await house.read(rows, Delivery)
    assert (row.state, row.due_at > night) == (DeliveryState.PENDING, True)


async def test_whoever_wishes_it_is_forgotten_everywhere(house: Database) -> None:
    code = await house.write(put_out)
    await house.write(writing.revise, code, OWN, now=NOW)
    await house.write(answer, code, Part.ROLE, "Sourcing for Asia")
    await house.write(upkeep.retire, code, OWN, now=NOW)
    await house.write(upkeep.restore, code, OWN, now=NOW)
    later = NOW + YEAR + timedelta(hours=1)
    await house.write(news.ask_about_contacts, now=later)
    await send_all(house, later)
    await house.write(finding.look_for, OTHER, "qingzhao")
    before = str(await house.read(dump)).lower()
    assert [mark for mark in MARKS if mark not in before] == []

    await house.write(contact_deeds.erase, code, MATE, now=later)

    after = str(await house.read(dump)).lower()
    assert [mark for mark in MARKS if mark in after] == []
    assert [mark for mark in MARKS if mark in await house.read(index)] == []
    lines = await house.read(rows, Audit)
    assert [(line.action, line.subject, line.person_id) for line in lines][-1] == ("contact_erased", "", MATE)
    assert code not in str(lines)


async def test_the_same_person_is_forgotten_also_where_others_shared_them(house: Database) -> None:
    """Who has only the address in common, as of an office, is somebody else."""
    code = await house.write(put_out)
    twice = await house.write(put_out, replace(CARD, name="Qingzhao XIU", email="Xiu@Example.ORG"), OTHER)
    await house.write(begin, replace(CARD, name="Xiu, Qingzhao"), OTHER)
    office = await house.write(put_out, replace(CARD, name="Li Wei"), OTHER)
    nobody = await house.write(put_out, replace(CARD, email=""), OTHER)

    await house.write(contact_deeds.erase, code, MATE, now=NOW)

    left = await house.read(rows, LibraryEntry)
    assert [entry.code for entry in left] == [office, nobody]
    erased = [line.partnership_id for line in await house.read(rows, Audit) if line.action == "contact_erased"]
    assert sorted(filter(None, erased)) == ["alpha", "beta", "beta"]
    with pytest.raises(EntryNotFoundError):
        await house.write(upkeep.opened, twice, OTHER)


def index(session: Session) -> str:
    """What the index of SQLite holds, to the byte. That of PostgreSQL holds no words of its own."""
    if session.get_bind().dialect.name != "sqlite":
        return ""
    blocks = session.connection().execute(text("SELECT block FROM library_search_data")).scalars()
    return " ".join(block.decode("latin-1") for block in blocks).lower()


async def test_the_log_never_names_a_contact(house: Database) -> None:
    code = await house.write(put_out)
    for use_case in (upkeep.retire, upkeep.restore):
        await house.write(use_case, code, OWN, now=NOW)
    await house.write(filing.choose, code, OWN, Heading.TOPICS, "china", now=NOW)
    draft = await house.write(begin)
    await house.write(writing.drop, draft, OWN, now=NOW)

    lines = await house.read(rows, Audit)

    assert [line.action for line in lines] == [
        *("contact_shared", "contact_retired", "contact_restored", "contact_edited", "contact_discarded")
    ]
    assert [mark for mark in MARKS if mark in str(lines).lower()] == []


async def test_who_shared_it_can_be_forgotten_and_the_contact_stays(house: Database) -> None:
    code = await house.write(put_out)
    await house.write(begin)

    stored = await house.read(privacy.export, OWN, now=NOW)
    await house.write(privacy.erase, OWN, now=NOW)

    assert [mark for mark in MARKS if mark in str(stored["library"]).lower()] == []
    assert len(await house.read(rows, Contact, "entry_id")) == 1
    assert (await house.write(upkeep.opened, code, OTHER)).title == "Xiu Qingzhao"


async def test_a_card_for_the_phone_counts_as_use(house: Database) -> None:
    code = await house.write(put_out)

    name, content = await house.write(contact_deeds.card, code, OTHER)

    assert name == "Xiu Qingzhao.vcf"
    assert content.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert b"xiu@example.org" in content
