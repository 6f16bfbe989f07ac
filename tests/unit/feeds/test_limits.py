from datetime import UTC, datetime, timedelta

from feeds.limits import Limits

NOW = datetime(2027, 1, 10, 9, tzinfo=UTC)
NONE = timedelta()
STEP = timedelta(seconds=5)


def use(limits: Limits, times: int, at: datetime, key: str = "a") -> list[timedelta]:
    return [limits.wait(key, at) for _ in range(times)]


def test_many_at_once_and_then_one_after_the_other() -> None:
    limits = Limits()

    assert use(limits, 61, NOW) == [NONE] * 60 + [STEP]
    assert use(limits, 1, NOW + timedelta(seconds=2)) == [timedelta(seconds=3)]
    assert use(limits, 2, NOW + STEP) == [NONE, STEP]
    assert use(limits, 3, NOW + 3 * STEP) == [NONE, NONE, STEP]


def test_one_that_rests_may_be_used_as_before() -> None:
    limits = Limits()
    use(limits, 60, NOW)

    assert use(limits, 61, NOW + timedelta(hours=1)) == [NONE] * 60 + [STEP]


def test_each_has_its_own() -> None:
    limits = Limits()
    use(limits, 60, NOW)

    assert use(limits, 1, NOW, "b") == [NONE]


def test_clock_that_is_set_back_shuts_nobody_out() -> None:
    limits = Limits()
    use(limits, 30, NOW)
    yesterday = NOW - timedelta(days=1)

    assert use(limits, 1, yesterday) == [STEP]
    assert use(limits, 2, yesterday + STEP) == [NONE, STEP]


def test_those_who_rest_are_forgotten() -> None:
    limits = Limits()
    for number in range(10_000):
        limits.wait(number, NOW)
    limits.wait("late", NOW + STEP)

    assert len(limits) == 1
