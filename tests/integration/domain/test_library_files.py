"""Files that were shared: kept once, handed to who may read, deleted when nothing says them any more."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.library import files, upkeep, writing
from domain.library.files import KEPT_AFTER_RETIRING, Handout, Received
from domain.library.parts import Part
from domain.library.rights import EntryNotFoundError
from domain.library.writing import Given
from storage import Database, EntryKind, Session, StoredFile, TelegramFile, back_up
from tests.factories import NOW, rows
from tests.library import COMPANY, MATE, OTHER, OWN, begin, prepare, put_out

BOT, ANOTHER = "7001", "7002"


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def pdf(text: str = "one", *, bot_id: str = BOT, name: str = "form.pdf") -> Received:
    return files.examine(name, b"%PDF-1.7 " + text.encode(), bot_id=bot_id, file_id=f"id of {text}")


def give(session: Session, code: str, received: Received | str) -> None:
    writing.ask(session, code, OWN, Part.SOURCE, now=NOW)
    writing.fill(session, OWN, received, now=NOW)


def new_version(session: Session, code: str, received: Received | str) -> None:
    writing.revise(session, code, OWN, now=NOW)
    give(session, code, received)
    writing.share(session, code, OWN, now=NOW)


async def kept(house: Database) -> list[tuple[str, int, str]]:
    found = await house.read(rows, StoredFile, "stored_at")
    return [(each.media_type, each.size, each.content.decode()) for each in found]


async def test_a_file_is_kept_once_whoever_sent_it(house: Database) -> None:
    first = await house.write(put_out, "One", file=pdf())
    second = await house.write(put_out, "Two", file=pdf(name="other.pdf"))

    assert await kept(house) == [("application/pdf", 12, "%PDF-1.7 one")]
    for code, name in ((first, "form.pdf"), (second, "other.pdf")):
        handout = await house.read(files.hand_out, code, MATE, 1, bot_id=BOT)
        assert handout == Handout(name, pdf().digest, "id of one")


async def test_another_bot_brings_the_bytes_and_remembers_what_it_calls_them(house: Database) -> None:
    code = await house.write(put_out, file=pdf())

    handout = await house.read(files.hand_out, code, MATE, 1, bot_id=ANOTHER)
    assert handout == Handout("form.pdf", pdf().digest, None)
    assert await house.read(files.content, pdf().digest) == b"%PDF-1.7 one"
    await house.write(files.remember, handout, ANOTHER, "its own id")
    await house.write(files.remember, handout, ANOTHER, "a newer id")

    handout = await house.read(files.hand_out, code, MATE, 1, bot_id=ANOTHER)
    assert handout is not None
    assert handout.file_id == "a newer id"
    found = await house.read(rows, TelegramFile)
    assert [(each.bot_id, each.file_id) for each in found] == [(BOT, "id of one"), (ANOTHER, "a newer id")]


async def test_the_entry_is_called_as_the_file_and_found_by_its_name(house: Database) -> None:
    given = Given(file=pdf(name="Cold_chain survey.pdf"))

    view = await house.write(writing.start, OWN, EntryKind.TEMPLATE, given, language="en", now=NOW)

    assert (view.entry.title, view.missing) == ("Cold chain survey", ())
    assert (view.entry.file.name, view.entry.file.size) == ("Cold_chain survey.pdf", 12)


async def test_who_may_not_read_an_entry_gets_no_file(house: Database) -> None:
    code = await house.write(put_out, file=pdf("one"))
    draft = await house.write(begin, file=pdf("draft"))
    await house.write(new_version, code, pdf("two"))
    await house.write(writing.revise, code, OWN, now=NOW)
    await house.write(give, code, pdf("three"))

    allowed = {
        (name, person_id)
        for name, entry, number in (("old", code, 1), ("new", code, 2), ("next", code, 3), ("draft", draft, 1))
        for person_id in (OWN, MATE, OTHER, COMPANY)
        if await hands_out(house, entry, number, person_id)
    }

    assert allowed == {
        *((name, person_id) for name in ("old", "new") for person_id in (OWN, MATE, OTHER)),
        *((name, person_id) for name in ("next", "draft") for person_id in (OWN, MATE)),
    }


async def hands_out(house: Database, code: str, number: int, person_id: int) -> bool:
    try:
        return await house.read(files.hand_out, code, person_id, number, bot_id=BOT) is not None
    except EntryNotFoundError:
        return False


async def test_companies_get_the_present_file_of_what_is_for_them(house: Database) -> None:
    code = await house.write(put_out, file=pdf("one"), readers="everybody")
    await house.write(new_version, code, pdf("two"))

    assert [await hands_out(house, code, number, COMPANY) for number in (1, 2, 3)] == [False, True, False]


async def test_what_nothing_says_any_more_is_deleted(house: Database) -> None:
    """A draft that is deleted, a file replaced in it, a version that is given up; but never what another says."""
    code = await house.write(put_out, file=pdf("kept"))
    draft = await house.write(begin, file=pdf("first"))
    await house.write(give, draft, pdf("kept"))
    assert [content for *_, content in await kept(house)] == ["%PDF-1.7 kept"]
    await house.write(writing.drop, draft, OWN, now=NOW)
    await house.write(writing.revise, code, OWN, now=NOW)
    await house.write(give, code, pdf("given up"))
    await house.write(writing.drop, code, OWN, now=NOW)

    assert [content for *_, content in await kept(house)] == ["%PDF-1.7 kept"]
    await house.write(new_version, code, "https://files.example.org/form")
    assert [content for *_, content in await kept(house)] == ["%PDF-1.7 kept"]
    assert (await house.read(upkeep.edition, code, MATE, 1)).file.size == 13
    seen = await house.read(upkeep.edition, code, MATE, 2)
    assert (seen.file, seen.url) == (None, "https://files.example.org/form")


async def test_what_was_retired_keeps_its_files_for_a_while(house: Database) -> None:
    code = await house.write(put_out, file=pdf("one"))
    other = await house.write(put_out, "Other", file=pdf("shared"))
    await house.write(new_version, code, pdf("shared"))
    await house.write(upkeep.retire, code, OWN, now=NOW)

    assert await house.write(files.drop_retired, now=NOW + KEPT_AFTER_RETIRING) == 0
    later = NOW + KEPT_AFTER_RETIRING + timedelta(seconds=1)
    assert await house.write(files.drop_retired, now=later) == 2
    assert await house.write(files.drop_retired, now=later) == 0

    assert [content for *_, content in await kept(house)] == ["%PDF-1.7 shared"]
    seen = await house.read(upkeep.edition, code, MATE, 1)
    assert (seen.file.name, seen.file.size) == ("form.pdf", None)
    assert await house.read(files.hand_out, code, MATE, 1, bot_id=BOT) is None
    assert await house.read(files.hand_out, other, MATE, 1, bot_id=BOT) is not None


async def test_a_backup_has_the_files(sqlite_url: str, tmp_path: Path) -> None:
    source = Database(sqlite_url)
    await source.write(prepare)
    await source.write(put_out, file=pdf("in the backup"))

    back_up(sqlite_url, tmp_path / "copy.db")

    copy = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    assert [content for *_, content in await kept(copy)] == ["%PDF-1.7 in the backup"]
    await source.close()
    await copy.close()
