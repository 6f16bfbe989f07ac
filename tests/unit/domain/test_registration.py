from datetime import timedelta

import pytest

from domain.errors import RegistrationClosedError
from domain.registration import admit, free_seats
from storage import RegistrationStatus, WebinarStatus
from tests.factories import NOW, START, webinar

SEATED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("capacity", "registered", "waiting", "status"),
    [
        pytest.param(None, 0, 0, SEATED, id="unlimited"),
        pytest.param(None, 10_000, 0, SEATED, id="unlimited and crowded"),
        pytest.param(None, 0, 3, SEATED, id="unlimited though some still wait"),
        pytest.param(1, 0, 0, SEATED, id="the only seat"),
        pytest.param(50, 49, 0, SEATED, id="the last seat"),
        pytest.param(50, 50, 0, WAITING, id="full"),
        pytest.param(50, 51, 0, WAITING, id="more than full"),
        pytest.param(50, 49, 1, WAITING, id="a seat is free but somebody waits for it"),
        pytest.param(50, 0, 1, WAITING, id="all are free but somebody waits"),
    ],
)
def test_newcomer_is_seated_only_when_a_seat_is_free_and_nobody_waits(
    capacity: int | None, registered: int, waiting: int, status: RegistrationStatus
) -> None:
    assert admit(webinar(capacity=capacity), registered=registered, waiting=waiting, now=NOW) is status


@pytest.mark.parametrize(
    ("changes", "now", "is_open"),
    [
        pytest.param({}, START - MOMENT, True, id="a moment before it begins"),
        pytest.param({}, START, False, id="when it begins"),
        pytest.param({}, START + timedelta(days=1), False, id="the day after"),
        pytest.param({"status": WebinarStatus.CANCELLED}, NOW, False, id="cancelled"),
    ],
)
def test_registration_is_open_until_it_begins(changes: dict[str, object], now: object, *, is_open: bool) -> None:
    def newcomer() -> RegistrationStatus:
        return admit(webinar(**changes), registered=0, waiting=0, now=now)

    if is_open:
        assert newcomer() is SEATED
    else:
        with pytest.raises(RegistrationClosedError, match="w"):
            newcomer()


@pytest.mark.parametrize(
    ("capacity", "registered", "waiting", "free"),
    [
        pytest.param(None, 7, 3, 3, id="unlimited: everybody"),
        pytest.param(None, 7, 0, 0, id="unlimited: nobody waits"),
        pytest.param(50, 50, 3, 0, id="full"),
        pytest.param(50, 49, 3, 1, id="one seat for three"),
        pytest.param(50, 40, 3, 3, id="ten seats for three"),
        pytest.param(50, 49, 0, 0, id="a seat and nobody"),
        pytest.param(50, 60, 3, 0, id="more than full"),
    ],
)
def test_free_seats_for_those_waiting(capacity: int | None, registered: int, waiting: int, free: int) -> None:
    assert free_seats(webinar(capacity=capacity), registered=registered, waiting=waiting, now=NOW) == free


@pytest.mark.parametrize(
    ("changes", "now"),
    [
        pytest.param({}, START, id="it has begun"),
        pytest.param({"status": WebinarStatus.CANCELLED}, NOW, id="cancelled"),
    ],
)
def test_no_seat_is_free_when_registration_is_closed(changes: dict[str, object], now: object) -> None:
    assert free_seats(webinar(capacity=50, **changes), registered=0, waiting=3, now=now) == 0
