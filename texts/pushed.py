"""What the bot says without having been asked: reminders, seats, changes."""

from datetime import timedelta

from markupsafe import Markup

from texts.times import Times


class PushedTexts(Times):
    def starts_in(self, title: str, span: Markup) -> Markup:
        return self.html(self._("Starts {span}: <b>{title}</b>"), title=title, span=span)

    def in_span(self, span: timedelta) -> str:
        return self._("in {span}").format(span=self.span(span) if span.days else self.exactly(span))

    def seat_won(self, title: str) -> Markup:
        return self.html(self._("🎟 A seat came free: you are registered for <b>{title}</b>."), title=title)

    def moved(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b> has a new time:"), title=title)

    def old_to_new(self, old: Markup, new: Markup) -> Markup:
        return self.html(self._("{old} → {new}"), old=old, new=new)

    def seat_kept(self) -> Markup:
        return self.html(self._("Your seat is kept."))

    def place_kept(self) -> Markup:
        return self.html(self._("Your place in line is kept."))

    def cancelled(self, title: str, when: Markup) -> Markup:
        return self.html(self._("❌ <b>{title}</b> is cancelled. It was planned for {when}."), title=title, when=when)

    def restored(self, title: str, when: Markup) -> Markup:
        return self.html(
            self._("✅ <b>{title}</b> is no longer cancelled. It takes place on {when}."), title=title, when=when
        )
