"""Why somebody was told something, and how the outbox does."""

from collections.abc import Callable
from datetime import datetime, timedelta

from markupsafe import Markup

from texts.times import Times


class OperationTexts(Times):
    # Why a message came

    def button_why(self) -> str:
        return self._("Why?")

    def no_reason(self) -> Markup:
        return self.html(self._("I can explain the messages that I send by myself, and this is none of them."))

    def why_told(self, kind: str, title: str, lead: timedelta | None) -> Markup:
        """`kind` is a value of DeliveryKind."""
        named = title or self._("a webinar")
        return self.html(self._reasons().get(kind, self._change)(), title=named, lead=self.before(lead) if lead else "")

    def _reasons(self) -> dict[str, Callable[[], str]]:
        return {
            "reminder": lambda: self._(
                "You have a seat in <b>{title}</b>, and one of your reminders comes {lead}. "
                "You choose them in /settings."
            ),
            "seat_won": lambda: self._("You waited for a seat in <b>{title}</b>, and one came free."),
            "announcement": self._followed,
            "edit": self._followed,
            "letter": lambda: self._("You take part in <b>{title}</b>, and its hosts wrote to everybody who does."),
            "material": lambda: self._("You had a seat in <b>{title}</b>: slides and recording come once."),
            "feedback_asked": lambda: self._("You were at <b>{title}</b>: who was there is asked once how it was."),
            "missed": lambda: self._(
                "You had a seat in <b>{title}</b> and we did not see you there: the recording comes once."
            ),
            "meeting_called": lambda: self._("You are an organiser, and were asked to the meeting <b>{title}</b>."),
            "poll_asked": lambda: self._("You are an organiser, and were asked when you can meet: <b>{title}</b>."),
            "host_asked": self._team,
            "host_answered": self._team,
            "alert": lambda: self._("You are an administrator: I tell you when messages are late or fail."),
            "contact_asked": lambda: self._(
                "You or your team shared a contact, and nobody has said for a year that it is right."
            ),
            "stay": lambda: self._("You have not been here for long, and I keep nobody's data for ever: /privacy."),
        }

    def _followed(self) -> str:
        return self._("You follow a host or a topic of <b>{title}</b>. You choose what in /follow.")

    def _team(self) -> str:
        return self._("You are in the team of a partnership that hosts <b>{title}</b> or was asked to.")

    def _change(self) -> str:
        return self._("You take part in <b>{title}</b>, and something about it changed.")

    def due_and_sent(self, due: str, sent: str | None) -> Markup:
        if sent is None:
            return self.html(self._("It was due on {due}. Telegram did not say whether it arrived."), due=due)
        return self.html(self._("It was due on {due} and left on {sent}."), due=due, sent=sent)

    def tried(self, times: int) -> Markup:
        return self.html(self._n("It was tried once.", "It was tried {n} times.", times), n=times)

    # For administrators

    def status_title(self) -> Markup:
        return self.html(self._("<b>How messages are going out</b>"))

    def all_sent(self) -> Markup:
        return self.html(self._("✅ Nothing is late."))

    def messages_late(self, lag: timedelta) -> Markup:
        return self.html(self._("⚠ The oldest message has been due for {span}."), span=self.span(lag))

    def asked_to_wait(self, until: str) -> Markup:
        return self.html(self._("Telegram asked us to wait until {until}."), until=until)

    def messages_wait(self, number: int) -> Markup:
        return self.html(self._n("{n} message waits.", "{n} messages wait.", number), n=number)

    def sent_lately(self, number: int) -> Markup:
        return self.html(
            self._n("{n} was sent in the last minute.", "{n} were sent in the last minute.", number), n=number
        )

    def troubled(self, failed: int, unknown: int) -> Markup:
        return self.html(self._("{failed} failed, {unknown} are doubtful:"), failed=failed, unknown=unknown)

    def message_in_trouble(self, number: int, kind: str, title: str | None, reason: str, when: str) -> Markup:
        """One line each; `number` is what its buttons say, `kind` a value of DeliveryKind."""
        named = self._kinds().get(kind, kind)
        about = f"{named}, {title}" if title else named
        return self.html(
            self._("{number}. {about} ({when}): {reason}"), number=number, about=about, when=when, reason=reason
        )

    def _kinds(self) -> dict[str, str]:
        return {
            "announcement": self._("announcement"),
            "edit": self._("announcement, edited"),
            "hosted": self._("news of a host"),
            "stay": self._("question whether to keep data"),
            "reminder": self._("reminder"),
            "seat_won": self._("news of a seat"),
            "moved": self._("news of a new time"),
            "cancelled": self._("news that it is cancelled"),
            "restored": self._("news that it takes place again"),
            "host_asked": self._("question to co-host"),
            "host_answered": self._("answer of a co-host"),
            "letter": self._("letter of the hosts"),
            "material": self._("slides or recording"),
            "alert": self._("alert to administrators"),
            "changed": self._("news of a change"),
            "contact_asked": self._("question whether a contact is still right"),
            "lesson_asked": self._("question what was learnt"),
            "feedback_asked": self._("question how it was"),
            "missed": self._("recording for those who did not come"),
            "poll_asked": self._("poll about a meeting"),
            "meeting_called": self._("news of a meeting"),
        }

    def tried_often(self, number: int) -> Markup:
        return self.html(
            self._n(
                "{n} message did not get through in three tries.",
                "{n} messages did not get through in three tries.",
                number,
            ),
            n=number,
        )

    def alert_title(self) -> Markup:
        return self.html(self._("<b>Messages are not getting through as they should.</b>"))

    def button_status(self) -> str:
        return self._("Status")

    def button_look_again(self) -> str:
        return self._("Look again")

    def button_send_again(self, number: int) -> str:
        return self._("{n}: send again").format(n=number)

    def button_dismiss(self, number: int) -> str:
        return self._("{n}: forget").format(n=number)

    def button_dismiss_all(self, number: int) -> str:
        return self._("Forget all {n}").format(n=number)

    def moment(self, moment: datetime, zone: str) -> str:
        return self.short(moment, zone)
