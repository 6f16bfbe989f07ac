import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.clock import Clock
from sandbox.errors import Refusal
from sandbox.weather import Fault, Faults, Limiter, RateLimits, Rates


def strikes(faults: Faults, times: int, method: str = "sendMessage", chat_id: int | None = 1) -> list[bool]:
    return [faults.strike(method, chat_id) is not None for _ in range(times)]


@pytest.mark.parametrize(
    ("fault", "struck"),
    [
        (Fault(), [True, True, True]),
        (Fault(left=2), [True, True, False]),
        (Fault(method="SENDMESSAGE"), [True, True, True]),
        (Fault(method="getMe"), [False, False, False]),
        (Fault(chat_id=1, left=1), [True, False, False]),
        (Fault(chat_id=2), [False, False, False]),
        (Fault(share=0.0), [False, False, False]),
    ],
)
def test_a_fault_strikes_what_it_matches(fault: Fault, struck: list[bool]) -> None:
    faults = Faults()
    faults.add(fault)
    assert strikes(faults, 3) == struck


def test_the_same_seed_is_the_same_weather() -> None:
    runs = []
    for _ in range(2):
        faults = Faults()
        faults.add(Fault(share=0.5), seed=7)
        runs.append(strikes(faults, 50))
    assert runs[0] == runs[1]
    assert 0 < sum(runs[0]) < 50


def test_limiter_lets_its_number_pass_and_says_how_long_to_wait() -> None:
    limiter = Limiter(2, 60.0)
    for now in (0.0, 10.0):
        assert limiter.wait(now) == 0
        limiter.passes(now)
    assert [limiter.wait(now) for now in (20.0, 59.5, 60.0)] == [40, 1, 0]


@given(st.integers(1, 5), st.lists(st.floats(0, 3), max_size=60))
def test_no_window_ever_holds_more_than_the_limit(limit: int, gaps: list[float]) -> None:
    limiter, now, passed = Limiter(limit, 1.0), 0.0, []
    for gap in gaps:
        now += gap
        if limiter.wait(now) == 0:
            limiter.passes(now)
            passed.append(now)
    assert all(sum(start <= at < start + 1.0 for at in passed) <= limit for start in passed)


def test_waiting_as_told_is_enough() -> None:
    limiter = Limiter(1, 1.0)
    limiter.passes(0.0)
    told = limiter.wait(0.5)
    assert limiter.wait(0.5 + told) == 0


@pytest.mark.parametrize(
    ("rates", "chat_id", "passing"),
    [
        (Rates(), 1, 5),
        (Rates(per_second=3), 1, 3),
        (Rates(per_chat_second=1), 1, 1),
        (Rates(per_group_minute=2), -1, 2),
        (Rates(per_group_minute=2), 1, 5),
        (Rates(per_second=4, per_chat_second=2), 1, 2),
    ],
)
def test_rates_by_scope(rates: Rates, chat_id: int, passing: int) -> None:
    limits = RateLimits(Clock())
    limits.set(rates)
    assert sum(passes(limits, chat_id) for _ in range(5)) == passing


def passes(limits: RateLimits, chat_id: int) -> bool:
    try:
        limits.check(9, chat_id)
    except Refusal:
        return False
    return True


def test_a_refusal_says_how_long_to_wait() -> None:
    limits = RateLimits(Clock())
    limits.set(Rates(per_group_minute=1))
    limits.check(9, -1)
    with pytest.raises(Refusal) as caught:
        limits.check(9, -1)
    seconds = caught.value.parameters["retry_after"]
    assert (caught.value.code, caught.value.description) == (429, f"Too Many Requests: retry after {seconds}")
    assert 59 <= seconds <= 60


def test_a_chat_that_is_full_leaves_the_others_open() -> None:
    limits = RateLimits(Clock())
    limits.set(Rates(per_chat_second=1))
    assert [passes(limits, chat_id) for chat_id in (1, 1, 2)] == [True, False, True]


def test_moving_the_clock_opens_the_limit_again() -> None:
    clock = Clock()
    limits = RateLimits(clock)
    limits.set(Rates(per_group_minute=1))
    before = [passes(limits, -1), passes(limits, -1)]
    clock.advance(61)
    assert [*before, passes(limits, -1)] == [True, False, True]
