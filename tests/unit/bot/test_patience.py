from datetime import timedelta

import pytest
from telegram.error import RetryAfter, TimedOut

from bot.patience import patiently, pause_of

AT_ONCE = timedelta(0)


class Service:
    """Answers the calls with these in turn."""

    def __init__(self, *answers: str | Exception) -> None:
        self.answers = list(answers)

    async def __call__(self) -> str:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize("refusals", range(3))
async def test_call_is_made_again_when_telegram_asks_for_a_pause(refusals: int) -> None:
    service = Service(*[RetryAfter(AT_ONCE)] * refusals, "sent", "sent once more")

    assert await patiently(service) == "sent"
    assert service.answers == ["sent once more"]


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ([RetryAfter(AT_ONCE)] * 3, 1),
        ([RetryAfter(timedelta(seconds=61))], 1),
        ([TimedOut()], 1),
        ([RetryAfter(AT_ONCE), TimedOut()], 1),
    ],
)
async def test_call_is_given_up(answers: list[Exception], left: int) -> None:
    service = Service(*answers, "never")

    with pytest.raises(type(answers[-1])):
        await patiently(service)
    assert len(service.answers) == left


@pytest.mark.parametrize("asked", [7, timedelta(seconds=7)])
def test_pause_is_what_telegram_asked_for(asked: int | timedelta) -> None:
    assert pause_of(RetryAfter(asked)) == timedelta(seconds=7)
