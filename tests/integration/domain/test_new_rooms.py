"""A new room: whose button leads there by itself is not told, who may have the old link is."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import editing, installation, planning
from domain.attendance import copies, doors
from domain.change_news import Changed
from domain.details import Detail
from domain.editing import Prospect
from storage import Database, Delivery, FeedFetch, Registration, RegistrationStatus, Session
from tests.factories import (
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    rows,
)
from tests.outbox import USUAL, send_all

MARTA, ANA, BEN, CEM, DORA = 1, 2, 3, 4, 5
LINK, NEW_LINK = "https://meet.example.org/secret", "https://meet.example.org/new"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def prepare(session: Session) -> None:
    """Ana, Ben and Cem have a seat, Dora waits. The bot hands out redirects."""
    add_consortium(session)
    add_people(session, 5)
    add_role(session, MARTA, "alpha")
    webinar_id = add_webinar(session, hosts=["alpha"], capacity=3)
    for person_id in (ANA, BEN, CEM):
        add_registration(session, webinar_id, person_id, changed_at=NOW - DAY)
    add_registration(session, webinar_id, DORA, RegistrationStatus.WAITLISTED, changed_at=NOW - DAY)
    installation.keep_redirects(session, on=True)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def change(house: Database, now: datetime = NOW, **others: Any) -> Prospect:
    values = {Detail.JOIN_URL: NEW_LINK} | others
    prospect = await house.write(editing.propose, "w", MARTA, values, USUAL, now=now)
    await house.write(editing.save, "w", MARTA, prospect.id, USUAL, tell=True, settle=SETTLE, now=now)
    return prospect


async def told(house: Database, now: datetime) -> dict[int, tuple[set[Detail], str | None]]:
    """Who is told, of which fields, and the link they get."""
    while await house.write(planning.expand_notice, now=now):
        continue
    sent = [(outgoing.chat_id, outgoing.content) for outgoing in await send_all(house, now)]
    return {who: ({*news.old}, news.join_url) for who, news in sent if isinstance(news, Changed)}


async def test_nobody_is_told_whose_button_leads_there(house: Database) -> None:
    prospect = await change(house)

    assert (prospect.impact.registered, prospect.impact.redirected) == (0, True)
    assert await told(house, NOW + SETTLE) == {}
    assert await house.read(rows, Delivery) == []
    assert (await house.write(doors.enter, ANA, 1, now=START)).join_url == NEW_LINK


async def test_who_took_a_calendar_file_is_told(house: Database) -> None:
    for who in (ANA, DORA, MARTA):
        await house.write(copies.take_away, "w", who, now=NOW - HOUR)
    given = {each.person_id: each.link_given_at for each in await house.read(rows, Registration)}
    assert given == {ANA: NOW - HOUR, BEN: None, CEM: None, DORA: None}

    assert (await change(house)).impact.registered == 1
    assert await told(house, NOW + SETTLE) == {ANA: ({Detail.JOIN_URL}, NEW_LINK)}


async def test_who_is_in_the_old_room_is_told_at_once(house: Database) -> None:
    await house.write(doors.enter, BEN, 1, now=START - 10 * MINUTE)

    assert (await change(house, START - 5 * MINUTE)).impact.registered == 1
    assert await told(house, START - 5 * MINUTE) == {BEN: ({Detail.JOIN_URL}, NEW_LINK)}


def fetched(session: Session, person_id: int, at: datetime) -> None:
    session.add(FeedFetch(person_id=person_id, family="google", fetched_at=at))


async def test_whose_calendar_may_not_look_again_before_the_start_is_told(house: Database) -> None:
    await house.write(fetched, CEM, START - 2 * DAY - 6 * DAY)
    await house.write(fetched, BEN, START - 2 * DAY - 8 * DAY)

    assert (await change(house, START - 2 * DAY)).impact.registered == 1
    assert await told(house, START - 2 * DAY + SETTLE) == {CEM: ({Detail.JOIN_URL}, NEW_LINK)}


async def test_whose_calendar_has_time_to_follow_is_not_told(house: Database) -> None:
    await house.write(fetched, CEM, START - 3 * DAY)

    assert (await change(house, START - 3 * DAY)).impact.registered == 0
    assert await told(house, START - 3 * DAY + SETTLE) == {}


async def test_other_changes_are_told_to_all_and_the_link_to_those_who_have_the_old_one(house: Database) -> None:
    await house.write(copies.take_away, "w", ANA, now=NOW - HOUR)
    await change(house, title="Smarter packaging")

    found = await told(house, NOW + SETTLE)

    assert found == {
        ANA: ({Detail.TITLE, Detail.JOIN_URL}, NEW_LINK),
        **dict.fromkeys((BEN, CEM, DORA), ({Detail.TITLE}, None)),
    }


async def test_without_redirects_everybody_with_a_seat_is_told(house: Database) -> None:
    await house.write(installation.keep_redirects, on=False)

    prospect = await change(house)

    assert (prospect.impact.registered, prospect.impact.redirected) == (3, False)
    assert await told(house, NOW + SETTLE) == dict.fromkeys((ANA, BEN, CEM), ({Detail.JOIN_URL}, NEW_LINK))
