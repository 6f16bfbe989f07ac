"""Why a message came, and how the outbox does, as people and administrators see it."""

from collections.abc import Callable
from datetime import timedelta

from bot.screen import Screen
from bot.screens import operation
from bot.screens.pushed import pushed
from domain.alarms import Alert
from domain.operation import Figures, Status, Trouble
from domain.reasons import Reason
from storage import DeliveryKind, DeliveryState
from tests.chat import NASTY, NOW
from texts.chat import ChatTexts

ZONE = "Europe/Brussels"
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
CALM = Figures({}, None, 0, None, {})
BUSY = Figures(
    {(DeliveryKind.REMINDER, DeliveryState.PENDING): 1_200, (DeliveryKind.MOVED, DeliveryState.SENDING): 8},
    NOW - 7 * MINUTE,
    1_480,
    NOW + MINUTE,
    {DeliveryState.FAILED: 1, DeliveryState.UNKNOWN: 12},
)
TROUBLES = (
    Trouble(7, DeliveryKind.ANNOUNCEMENT, DeliveryState.UNKNOWN, NASTY, "Timed out", 1, NOW - HOUR),
    Trouble(8, DeliveryKind.STAY, DeliveryState.FAILED, None, "Bad Request: " + 30 * "can't parse ", 3, NOW - HOUR),
)


def why(kind: DeliveryKind, title: str = NASTY, *, attempts: int = 1) -> Callable[[ChatTexts], Screen]:
    lead = HOUR if kind is DeliveryKind.REMINDER else None
    return lambda texts: operation.why(Reason(kind, title, lead, NOW, NOW + SECOND, attempts), texts, ZONE)


SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    **{f"why_{kind.value}": why(kind) for kind in DeliveryKind},
    "why_tried_again": why(DeliveryKind.REMINDER, attempts=3),
    "why_none": lambda texts: operation.why(None, texts, ZONE),
    "status_calm": lambda texts: operation.status(Status(CALM, (), NOW), texts, ZONE),
    "status_busy": lambda texts: operation.status(Status(BUSY, TROUBLES, NOW), texts, ZONE),
    "pushed_alert": lambda texts: pushed(Alert(BUSY, 7 * MINUTE, 1), texts, now=NOW),
}
