"""What a person's next message answers, and for how long."""

from datetime import datetime, timedelta

import pytest

from domain.asking import Asking, ask, asked, close
from storage import Person
from tests.factories import NOW, person

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize("question", Asking)
@pytest.mark.parametrize(
    ("later", "is_open"),
    [
        pytest.param(0 * MINUTE, True, id="at once"),
        pytest.param(30 * MINUTE, True, id="after half an hour"),
        pytest.param(30 * MINUTE + SECOND, False, id="a second later"),
        pytest.param(timedelta(days=400), False, id="after a year"),
        pytest.param(-MINUTE, True, id="by a clock that went back"),
    ],
)
def test_a_question_is_open_for_half_an_hour(question: Asking, later: timedelta, *, is_open: bool) -> None:
    somebody = person(1)

    ask(somebody, question, now=NOW)

    assert asked(somebody, now=NOW + later) is (question if is_open else None)


def test_whoever_was_asked_nothing_answers_nothing() -> None:
    assert asked(person(1), now=NOW) is None


def test_a_new_question_takes_the_place_of_the_last() -> None:
    somebody = person(1)

    ask(somebody, Asking.MOVE, about="w", now=NOW)
    ask(somebody, Asking.LEAD, now=NOW + 20 * MINUTE)

    assert asked(somebody, now=NOW + 50 * MINUTE) is Asking.LEAD
    assert somebody.asking_about == ""


def test_a_closed_question_leaves_nothing_behind() -> None:
    somebody = person(1)
    before = state(somebody)

    ask(somebody, Asking.MOVE, about="w", now=NOW)
    assert state(somebody) == ("move", "w", NOW)
    close(somebody)

    assert state(somebody) == before == (None, "", None)
    assert asked(somebody, now=NOW) is None


def state(somebody: Person) -> tuple[str | None, str, datetime | None]:
    return somebody.asking, somebody.asking_about, somebody.asked_at
