"""How a webinar stands for somebody at its door."""

from datetime import datetime, timedelta

import pytest

from domain.attendance.doors import State, state_of
from storage import RegistrationStatus, WebinarStatus
from tests.factories import START, webinar

SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED
OPENS, END, MOMENT = START - timedelta(minutes=15), START + timedelta(hours=1), timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("status", "now", "state"),
    [
        (SEATED, OPENS - MOMENT, State.EARLY),
        (SEATED, OPENS, State.OPEN),
        (SEATED, END - MOMENT, State.OPEN),
        (SEATED, END, State.OVER),
        (WAITING, OPENS - MOMENT, State.IN_LINE),
        (WAITING, START, State.IN_LINE),
        (WAITING, END, State.OVER),
        (LEFT, START, State.NO_SEAT),
        (LEFT, END, State.OVER),
        (None, START, State.NO_SEAT),
    ],
)
def test_door_is_open_to_those_with_a_seat_from_a_quarter_of_an_hour_before_until_the_end(
    status: RegistrationStatus | None, now: datetime, state: State
) -> None:
    assert state_of(webinar(), status, now=now) is state


@pytest.mark.parametrize("now", [OPENS - MOMENT, START, END])
def test_what_is_cancelled_is_open_to_nobody(now: datetime) -> None:
    assert state_of(webinar(status=WebinarStatus.CANCELLED), SEATED, now=now) is State.CANCELLED
