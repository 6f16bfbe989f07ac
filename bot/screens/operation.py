"""Why a message came; how the outbox does, and what an administrator can do about it."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.callbacks import (
    Dismiss,
    DismissAll,
    FollowShow,
    RemindersShow,
    SendAgain,
    SettingsShow,
    ShowUpcoming,
    StatusShow,
)
from bot.screen import Button, Press, Screen, cut, lines
from domain.alarms import Alert
from domain.operation import Figures, Status
from domain.reasons import Reason
from storage import DeliveryKind, DeliveryState
from texts.chat import ChatTexts

_LONGEST_REASON = 60
_WORTH_SAYING_S = 5


def why(reason: Reason | None, texts: ChatTexts, zone: str) -> Screen:
    if reason is None:
        return Screen(texts.no_reason(), ((Press(texts.button_all(), ShowUpcoming(1)),),))
    sent = None if reason.sent_at is None else texts.moment(reason.sent_at, zone)
    return Screen(
        lines(
            texts.why_told(reason.kind.value, reason.webinar, reason.lead),
            texts.due_and_sent(texts.moment(reason.due_at, zone), sent),
            texts.tried(reason.attempts) if reason.attempts > 1 else None,
        ),
        ((_choose(reason.kind, texts),),),
    )


def _choose(kind: DeliveryKind, texts: ChatTexts) -> Press:
    """Where one says how much of it one wants."""
    match kind:
        case DeliveryKind.REMINDER:
            return Press(texts.button_reminder_settings(), RemindersShow())
        case DeliveryKind.ANNOUNCEMENT | DeliveryKind.ANNOUNCEMENT_EDIT:
            return Press(texts.button_follow_less(), FollowShow())
        case DeliveryKind.ALERT:
            return Press(texts.button_status(), StatusShow())
        case _:
            return Press(texts.button_settings(), SettingsShow())


def status(found: Status, texts: ChatTexts, zone: str) -> Screen:
    figures = found.figures
    lag = figures.lag(found.read_at)
    troubles = [
        texts.message_in_trouble(
            number,
            trouble.kind.value,
            trouble.webinar,
            cut(trouble.reason, _LONGEST_REASON),
            texts.moment(trouble.at, zone),
        )
        for number, trouble in enumerate(found.troubles, 1)
    ]
    buttons: list[tuple[Button, ...]] = [
        (
            Press(texts.button_send_again(number), SendAgain(trouble.delivery_id)),
            Press(texts.button_dismiss(number), Dismiss(trouble.delivery_id)),
        )
        for number, trouble in enumerate(found.troubles, 1)
    ]
    troubled = sum(figures.troubled.values())
    if troubled > len(found.troubles):
        buttons.append((Press(texts.button_dismiss_all(troubled), DismissAll(troubled)),))
    return Screen(
        lines(
            texts.status_title(),
            texts.messages_late(lag) if lag.total_seconds() > _WORTH_SAYING_S else texts.all_sent(),
            *_figures(figures, texts, zone),
            *troubles,
        ),
        (*buttons, (Press(texts.button_look_again(), StatusShow()),)),
    )


def alert(found: Alert, texts: ChatTexts, zone: str) -> Screen:
    return Screen(
        lines(
            texts.alert_title(),
            texts.messages_late(found.lag),
            texts.tried_often(found.tried_often) if found.tried_often else None,
            *_figures(found.figures, texts, zone),
        ),
        ((Press(texts.button_status(), StatusShow(), below=True),),),
    )


def _figures(figures: Figures, texts: ChatTexts, zone: str) -> Iterator[Markup]:
    if figures.halted_until:
        yield texts.asked_to_wait(texts.moment(figures.halted_until, zone))
    yield texts.messages_wait(sum(figures.waiting.values()))
    yield texts.sent_lately(figures.sent_lately)
    failed, unknown = (figures.troubled.get(state, 0) for state in (DeliveryState.FAILED, DeliveryState.UNKNOWN))
    if failed or unknown:
        yield texts.troubled(failed, unknown)
