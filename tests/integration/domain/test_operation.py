"""How the outbox does: what administrators see, are told, and can do about it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from domain import alarms, audit, operation, reasons
from domain.alarms import Alert
from domain.audit import Action
from domain.errors import NotAllowedError
from domain.operation import Figures
from domain.outbox import Outgoing
from domain.reasons import Reason
from storage import Database, Delivery, DeliveryKind, DeliveryState, Role, Session, pace
from tests.factories import NOW, START, add_consortium, add_delivery, add_role, row, rows, set_reachable
from tests.outbox import send_all, six_registered

ADMIN, SME = 1, 2
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
RESTORED, STATE = DeliveryKind.RESTORED, DeliveryState


@pytest.fixture
async def house(database: Database) -> Database:
    """Six people registered for a webinar; the first is an administrator."""
    await database.write(six_registered)
    await database.write(add_role, ADMIN)
    return database


async def add(house: Database, person_id: int = SME, key: str = "one", **changes: object) -> int:
    return await house.write(add_delivery, person_id, 1, dedup_key=key, **changes)


async def test_figures_count_what_waits_what_is_late_and_what_went_wrong(house: Database) -> None:
    await add(house, key="late", due_at=NOW - 2 * MINUTE)
    await add(house, key="later", due_at=NOW + MINUTE)
    await add(house, key="leaving", state=STATE.SENDING)
    await add(house, key="sent", state=STATE.SENT, settled_at=NOW - 30 * SECOND)
    await add(house, key="long sent", state=STATE.SENT, settled_at=NOW - HOUR)
    await add(house, key="failed", state=STATE.FAILED, settled_at=NOW)
    await add(house, key="doubtful", state=STATE.UNKNOWN, settled_at=NOW)
    await add(house, key="dismissed", state=STATE.UNKNOWN, settled_at=NOW, dismissed_at=NOW)
    await house.write(pace.halt, NOW + MINUTE, NOW)

    figures = await house.read(operation.figures, now=NOW)

    assert figures == Figures(
        waiting={(RESTORED, STATE.PENDING): 2, (RESTORED, STATE.SENDING): 1},
        oldest_due=NOW - 2 * MINUTE,
        sent_lately=1,
        halted_until=NOW + MINUTE,
        troubled={STATE.FAILED: 1, STATE.UNKNOWN: 1},
    )
    assert figures.lag(NOW) == 2 * MINUTE


async def test_an_outbox_without_worries_has_no_lag(house: Database) -> None:
    figures = await house.read(operation.figures, now=NOW)

    assert figures == Figures({}, None, 0, None, {})
    assert figures.lag(NOW) == timedelta()


async def alarm(house: Database, now: datetime) -> bool:
    """As the clock does."""
    called_for = await house.read(alarms.is_called_for, MINUTE, now=now)
    return called_for and await house.write(alarms.raise_alarm, now=now)


@pytest.mark.parametrize("state", [STATE.FAILED, STATE.UNKNOWN])
async def test_what_went_wrong_is_sent_again_once(house: Database, state: DeliveryState) -> None:
    troubled = await add(house, state=state, settled_at=NOW, attempts=3, error="it was so")

    await house.write(operation.send_again, ADMIN, troubled, now=NOW + MINUTE)

    assert (await house.read(operation.status, ADMIN, now=NOW + MINUTE)).troubles == []
    assert [sent.chat_id for sent in await send_all(house, NOW + MINUTE)] == [SME]
    assert (await house.read(row, Delivery, troubled)).state is STATE.SENT
    (line,) = (await house.read(audit.page, ADMIN, 1)).lines
    assert (line.action, line.who, line.about) == (audit.Action.SENT_AGAIN, "Person 1", "Person 2")


async def test_what_is_dismissed_stays_as_it_is_and_is_shown_no_more(house: Database) -> None:
    troubled = await add(house, state=STATE.UNKNOWN, settled_at=NOW, error="it was so")

    (trouble,) = (await house.read(operation.status, ADMIN, now=NOW)).troubles
    await house.write(operation.dismiss, ADMIN, troubled, now=NOW)

    assert (trouble.delivery_id, trouble.reason, trouble.webinar) == (troubled, "it was so", "Smart packaging")
    assert (await house.read(operation.status, ADMIN, now=NOW)).troubles == []
    assert (await house.read(row, Delivery, troubled)).state is STATE.UNKNOWN


async def test_all_are_dismissed_unless_there_are_others_since(house: Database) -> None:
    for person_id in range(1, 7):
        await add(house, person_id, f"for {person_id}", state=STATE.UNKNOWN, settled_at=NOW)

    await house.write(operation.dismiss_all, ADMIN, 5, now=NOW)
    before = await house.read(operation.status, ADMIN, now=NOW)
    await house.write(operation.dismiss_all, ADMIN, 6, now=NOW)
    after = await house.read(operation.status, ADMIN, now=NOW)

    assert (before.figures.troubled, after.figures.troubled) == ({STATE.UNKNOWN: 6}, {})
    assert {row.state for row in await house.read(rows, Delivery)} == {STATE.UNKNOWN}
    [line] = (await house.read(audit.page, ADMIN, 1)).lines
    assert (line.action, line.after) == (Action.ALL_DISMISSED, {"messages": 6})


@pytest.mark.parametrize(
    ("deed", "expected"), [(operation.send_again, (STATE.PENDING, False)), (operation.dismiss, (STATE.FAILED, True))]
)
async def test_what_left_in_one_message_is_one_trouble(
    house: Database, deed: Callable[..., None], expected: tuple[DeliveryState, bool]
) -> None:
    first = await add(house, SME, "first", state=STATE.FAILED, settled_at=NOW)
    await add(house, SME, "with it", state=STATE.FAILED, settled_at=NOW, merged_into=first)

    before = await house.read(operation.status, ADMIN, now=NOW)
    await house.write(deed, ADMIN, first, now=NOW)
    after = await house.read(operation.status, ADMIN, now=NOW)

    assert (before.figures.troubled, after.figures.troubled) == ({STATE.FAILED: 1}, {})
    assert [trouble.delivery_id for trouble in before.troubles] == [first]
    assert {(each.state, each.dismissed_at is not None) for each in await house.read(rows, Delivery)} == {expected}


@pytest.mark.parametrize("deed", [operation.send_again, operation.dismiss])
@pytest.mark.parametrize("state", [STATE.SENT, STATE.PENDING, STATE.SENDING, STATE.EXPIRED])
async def test_an_old_button_changes_nothing(house: Database, state: DeliveryState, deed: Callable[..., None]) -> None:
    delivery_id = await add(house, state=state)
    before = await house.read(row, Delivery, delivery_id)

    await house.write(deed, ADMIN, delivery_id, now=NOW + MINUTE)
    await house.write(deed, ADMIN, 4711, now=NOW + MINUTE)

    assert await house.read(row, Delivery, delivery_id) == before


async def test_only_administrators_look_and_act(house: Database) -> None:
    troubled = await add(house, state=STATE.FAILED, settled_at=NOW)
    await house.write(add_organiser)
    before = await house.read(row, Delivery, troubled)

    for person_id in (SME, 3):
        with pytest.raises(NotAllowedError):
            await house.read(operation.status, person_id, now=NOW)
        for deed in (operation.send_again, operation.dismiss, operation.dismiss_all):
            with pytest.raises(NotAllowedError):
                await house.write(deed, person_id, troubled, now=NOW)

    assert await house.read(row, Delivery, troubled) == before


def add_organiser(session: Session) -> None:
    add_consortium(session)
    add_role(session, 3, "alpha")


@pytest.mark.parametrize(
    ("late_for", "alarmed"), [(timedelta(), False), (MINUTE, False), (MINUTE + SECOND, True), (HOUR, True)]
)
async def test_administrators_are_told_when_messages_are_late(
    house: Database, *, late_for: timedelta, alarmed: bool
) -> None:
    await add(house, due_at=NOW - late_for)

    assert await alarm(house, NOW) is alarmed

    told = {each.person_id for each in await house.read(rows, Delivery) if each.kind is DeliveryKind.ALERT}
    assert told == ({ADMIN} if alarmed else set())


async def test_what_fails_again_and_again_is_told(house: Database) -> None:
    await add(house, due_at=NOW + MINUTE, attempts=3)

    assert await alarm(house, NOW)
    (alert,) = [sent for sent in await send_all(house, NOW) if isinstance(sent.content, Alert)]

    assert alert.chat_id == ADMIN
    assert isinstance(alert.content, Alert)
    assert (alert.content.tried_often, alert.content.lag) == (1, timedelta())


@pytest.mark.parametrize(
    ("changes", "alarmed"),
    [
        ({"attempts": 3}, True),
        ({"attempts": 2}, False),
        ({"attempts": 3, "dismissed_at": NOW}, False),
        ({"attempts": 3, "settled_at": NOW - HOUR}, False),
    ],
)
async def test_what_was_given_up_after_three_tries_is_told(
    house: Database, changes: dict[str, object], *, alarmed: bool
) -> None:
    await add(house, **{"state": STATE.UNKNOWN, "settled_at": NOW} | changes)

    assert await alarm(house, NOW) is alarmed


async def test_nobody_is_told_twice_in_an_hour_nor_while_telegram_asks_to_wait(house: Database) -> None:
    await add(house, due_at=NOW - HOUR)
    await house.write(pace.halt, NOW + MINUTE, NOW)

    assert not await alarm(house, NOW)
    assert await alarm(house, NOW + MINUTE)
    assert not await alarm(house, NOW + 2 * MINUTE)
    assert not await alarm(house, NOW + HOUR)  # the clock strikes another hour
    assert await alarm(house, NOW + HOUR + MINUTE)


async def test_an_administrator_who_has_left_is_not_told(house: Database) -> None:
    await add(house, due_at=NOW - HOUR)
    await house.write(set_reachable, ADMIN, reachable=False)

    assert not await alarm(house, NOW)


async def test_an_alarm_about_nobody_s_business_any_more_is_dropped(house: Database) -> None:
    await add(house, due_at=NOW - HOUR, expires_at=START)
    await alarm(house, NOW)
    await house.write(forget_roles)

    sent: list[Outgoing] = await send_all(house, NOW)

    assert [each for each in sent if isinstance(each.content, Alert)] == []


def forget_roles(session: Session) -> None:
    for role in rows(session, Role):
        session.delete(role)


async def test_why_a_message_came(house: Database) -> None:
    await add(
        house,
        key="reminder",
        kind=DeliveryKind.REMINDER,
        about={"lead": 3600, "starts_at": 0},
        state=STATE.SENT,
        message_id=77,
        settled_at=NOW + SECOND,
        attempts=2,
    )
    await add(house, key="restored", state=STATE.SENT, message_id=78, settled_at=NOW + MINUTE, attempts=1)
    reminder = Reason(DeliveryKind.REMINDER, "Smart packaging", HOUR, NOW, NOW + SECOND, 2)
    restored = Reason(RESTORED, "Smart packaging", None, NOW, NOW + MINUTE, 1)

    assert await house.read(reasons.why, SME, 77) == reminder
    assert await house.read(reasons.why, SME, 78) == restored
    assert await house.read(reasons.why, SME, None) == restored
    assert await house.read(reasons.why, SME, 79) is None
    assert await house.read(reasons.why, 3, 77) is None  # somebody else's message
