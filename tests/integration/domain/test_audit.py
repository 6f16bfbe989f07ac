"""The log of what organisers did: read by administrators, and it outlives whoever is in it."""

from datetime import timedelta

import pytest

from domain import audit, changes, privacy
from domain.audit import Action
from domain.errors import NotAllowedError
from storage import Database, Session, Webinar
from tests.factories import NOW, SETTLE, START, add_consortium, add_people, add_role, add_webinar, row

ADMIN, BEN, CHIARA, STRANGER = range(1, 5)
MINUTE = timedelta(minutes=1)


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, STRANGER)
    add_role(session, ADMIN)
    add_role(session, BEN, "alpha")
    add_webinar(session, hosts=["alpha"])


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def read(house: Database, number: int = 1) -> audit.Log:
    return await house.read(audit.page, ADMIN, number)


async def test_a_line_says_who_did_what_to_what_from_what_to_what(house: Database) -> None:
    await house.write(changes.move_to, "w", BEN, START + MINUTE, settle=SETTLE, now=NOW)

    [line] = (await read(house)).lines

    assert (line.at, line.who, line.action, line.subject, line.about) == (
        NOW,
        "Person 2",
        Action.MOVED,
        "Smart packaging",
        None,
    )
    assert (line.before, line.after) == (
        {"starts_at": int(START.timestamp())},
        {"starts_at": int((START + MINUTE).timestamp())},
    )


async def test_the_subject_is_called_as_it_was_called_then(house: Database) -> None:
    await house.write(changes.cancel, "w", BEN, settle=SETTLE, now=NOW)

    def rename(session: Session) -> None:
        session.get_one(Webinar, 1).title = "Another"

    await house.write(rename)

    assert [line.subject for line in (await read(house)).lines] == ["Smart packaging"]


async def test_names_are_gone_with_the_people_and_the_deeds_stay(house: Database) -> None:
    webinar = await house.read(row, Webinar, 1)
    await house.write(audit.record, BEN, Action.POSTED, webinar=webinar, now=NOW)
    await house.write(audit.record, ADMIN, Action.REMOVED, partnership_id="alpha", about=BEN, now=NOW)
    await house.write(audit.record, None, Action.IMPORTED, subject="file.ics", now=NOW)

    await house.write(privacy.erase, BEN, now=NOW)

    assert [(line.who, line.action, line.about, line.partnership) for line in (await read(house)).lines] == [
        ("", Action.LEFT, None, "Alpha"),
        (None, Action.IMPORTED, None, ""),
        ("Person 1", Action.REMOVED, "", "Alpha"),
        ("", Action.POSTED, None, ""),
    ]


async def test_pages_are_newest_first_and_a_number_beyond_the_last_is_the_last(house: Database) -> None:
    for number in range(7):
        await house.write(audit.record, BEN, Action.DISCARDED, subject=str(number), now=NOW)

    pages = [await read(house, number) for number in (0, 1, 2, 99)]

    assert [([line.subject for line in page.lines], page.number, page.pages) for page in pages] == [
        (["6", "5", "4", "3", "2"], 1, 2),
        (["6", "5", "4", "3", "2"], 1, 2),
        (["1", "0"], 2, 2),
        (["1", "0"], 2, 2),
    ]


async def test_it_is_empty_at_first(house: Database) -> None:
    assert await read(house) == audit.Log((), 1, 1)


@pytest.mark.parametrize("who", [BEN, CHIARA, STRANGER])
async def test_only_administrators_read_it(house: Database, who: int) -> None:
    with pytest.raises(NotAllowedError):
        await house.read(audit.page, who, 1)
