"""Bad weather on request: faults, and the limits on how fast a bot may talk."""

import math
import random
from collections import deque
from dataclasses import dataclass, replace

from sandbox.clock import Clock
from sandbox.errors import Refusal, too_many

_MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with matching calls.

    `when` says whether Telegram had accepted the call: "before" means nothing happened, "after" means it did and only
    the answer is bad. `drop` ends the connection without an answer. `left` is how often it still strikes; None: always.
    """

    method: str | None = None
    chat_id: int | None = None
    share: float = 1.0
    left: int | None = None
    code: int | None = None
    description: str = ""
    parameters: dict[str, int] | None = None
    delay: float = 0.0
    when: str = "before"
    drop: bool = False

    def refusal(self) -> Refusal | None:
        return None if self.code is None else Refusal(self.code, self.description, self.parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How many messages pass; None is no limit. A group counts by the minute, everything else by the second."""

    per_second: int | None = None
    per_chat_second: int | None = None
    per_group_minute: int | None = None


@dataclass(slots=True, eq=False)
class _Striking:
    """A fault with dice of its own: what else goes wrong does not change whom it hits."""

    fault: Fault
    dice: random.Random

    def hits(self, method: str, chat_id: int | None) -> bool:
        fault = self.fault
        return (
            (fault.method is None or fault.method.lower() == method.lower())
            and (fault.chat_id is None or fault.chat_id == chat_id)
            and (fault.share >= 1 or self.dice.random() < fault.share)
        )


class Faults:
    def __init__(self) -> None:
        self._striking: list[_Striking] = []

    def add(self, fault: Fault, seed: int = 0) -> None:
        dice = random.Random(seed)  # noqa: S311 -- repeatable weather, no secret
        self._striking.append(_Striking(fault, dice))

    def clear(self) -> None:
        self._striking.clear()

    def __len__(self) -> int:
        return len(self._striking)

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that hits this call, if one does; it counts as used."""
        for striking in self._striking:
            if striking.hits(method, chat_id):
                self._use(striking)
                return striking.fault
        return None

    def _use(self, striking: _Striking) -> None:
        left = striking.fault.left
        if left is None:
            return
        if left <= 1:
            self._striking.remove(striking)
        else:
            striking.fault = replace(striking.fault, left=left - 1)


class Limiter:
    """A sliding window. Whoever was refused and does not wait is refused until the time told is over."""

    def __init__(self, limit: int, window: float) -> None:
        self._limit = limit
        self._window = window
        self._passed: deque[float] = deque()
        self._closed_until = 0.0

    def wait(self, now: float) -> int:
        """Seconds to wait, 0 if the call may pass."""
        while self._passed and self._passed[0] <= now - self._window:
            self._passed.popleft()
        if now >= self._closed_until and len(self._passed) < self._limit:
            return 0
        if now >= self._closed_until:
            self._closed_until = now + max(1, math.ceil(self._passed[0] + self._window - now))
        return math.ceil(self._closed_until - now)

    def passes(self, now: float) -> None:
        self._passed.append(now)

    def is_idle(self, now: float) -> bool:
        return now >= self._closed_until and (not self._passed or self._passed[-1] <= now - self._window)


class RateLimits:
    _SWEEP_AT = 20_000

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.rates = Rates()
        self._limiters: dict[tuple[str, int, int], Limiter] = {}

    def set(self, rates: Rates) -> None:
        self.rates = rates
        self._limiters.clear()

    def check(self, bot_id: int, chat_id: int) -> None:
        """Count a message of a bot to a chat, or refuse it with the seconds to wait."""
        now = self._clock.now()
        limiters = self._for(bot_id, chat_id)
        longest = max((limiter.wait(now) for limiter in limiters), default=0)
        if longest:
            raise too_many(longest)
        for limiter in limiters:
            limiter.passes(now)
        if len(self._limiters) > self._SWEEP_AT:
            self._limiters = {key: limiter for key, limiter in self._limiters.items() if not limiter.is_idle(now)}

    def _for(self, bot_id: int, chat_id: int) -> list[Limiter]:
        rates = self.rates
        wanted = [
            ("all", 0, rates.per_second, 1.0),
            ("chat", chat_id, rates.per_chat_second, 1.0),
            ("group", chat_id, rates.per_group_minute if chat_id < 0 else None, _MINUTE),
        ]
        return [
            self._limiters.setdefault((scope, bot_id, key), Limiter(limit, window))
            for scope, key, limit, window in wanted
            if limit is not None
        ]
