"""What the bot says about a person's data, their calendar's link, and cards in chats that are not ours."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from texts.times import Times


class PrivacyTexts(Times):
    # Privacy

    def button_export(self) -> str:
        return self._("Give me my data")

    def button_erase(self) -> str:
        return self._("Delete my data")

    def button_erase_sure(self) -> str:
        return self._("Yes, delete everything")

    def export_caption(self) -> str:
        return self._("Everything that we store about you.")

    def erase_sure(self) -> Markup:
        return self.html(
            self._(
                "<b>Delete your data?</b>\n"
                "Your seats go to others, your calendar link stops working, your name and your settings are deleted. "
                "You can't get them back."
            )
        )

    def erased(self) -> Markup:
        return self.html(self._("Your data is deleted. If you come back one day, send /start: we begin anew."))

    def stay(self, until: date) -> Markup:
        return self.html(
            self._(
                "You have not been here for a long time. Shall I keep your data? "
                "Without an answer it is deleted on {date}."
            ),
            date=self.date(until, self._("d MMMM y")),
        )

    def stays(self) -> Markup:
        return self.html(self._("✅ Good to have you. Nothing changes."))

    def button_stay(self) -> str:
        return self._("Yes, keep it")

    # The link to one's own calendar

    def replace_sure(self) -> Markup:
        return self.html(
            self._("Make a new link? The old link stops working at once. Then add the new link to your calendar app.")
        )

    def replaced(self) -> Markup:
        return self.html(self._("✅ This is your new link. The old one no longer works."))

    def button_replace_link(self) -> str:
        return self._("Replace my link")

    def button_replace_sure(self) -> str:
        return self._("Yes, make a new one")

    # Shared cards

    def shared_registered(self) -> str:
        return self._("✅ You are registered. I remind you before it starts.")

    def shared_waiting(self, position: int) -> str:
        return self._("You are number {n} in line. If a seat becomes free, it is yours and I tell you.").format(
            n=position
        )

    def inline_nothing(self, words: str) -> str:
        return self._("Nothing found for “{words}”").format(words=words)

    def inline_instead(self) -> str:
        return self._("Below is everything that is planned.")

    def inline_none_planned(self) -> str:
        return self._("No webinar is planned at the moment")

    def invitation(self) -> Markup:
        return self.html(self._("Webinars for small and medium companies: see what is coming."))

    def button_share(self) -> str:
        return self._("Share")

    def hosted(self, title: str, hosts: Sequence[str]) -> Markup:
        return self.html(
            self._n("<b>{title}</b> has a new host: {hosts}.", "<b>{title}</b> has new hosts: {hosts}.", len(hosts)),
            title=title,
            hosts=self.listed(hosts),
        )

    def hosted_too(self, hosts: Sequence[str]) -> Markup:
        """Stands below another change of the same webinar."""
        return self.html(self._n("New host: {hosts}.", "New hosts: {hosts}.", len(hosts)), hosts=self.listed(hosts))

    def hosted_before(self, hosts: Sequence[str]) -> Markup:
        return self.html(self._("Until now: {hosts}."), hosts=self.listed(hosts))
