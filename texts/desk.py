"""What the bot says to organisers about where they start: their own webinars, and those of others."""

from collections.abc import Sequence

from markupsafe import Markup

from texts.times import Times


class DeskTexts(Times):
    def everything_title(self) -> Markup:
        return self.html(self._("<b>Webinars of all partnerships</b>"))

    def nothing_planned(self) -> Markup:
        return self.html(self._("No partnership has a coming webinar."))

    def seen_hosts(self, hosts: Sequence[str], invited: Sequence[str]) -> str:
        """`invited` are those that have not answered yet."""
        return self.listed([*hosts, *(self._("{name} (invited)").format(name=name) for name in invited)])

    def look_only(self) -> Markup:
        return self.html(self._("Only its hosts can change it and see who comes."))

    def button_everything(self) -> str:
        return self._("All partnerships")

    def button_own(self) -> str:
        return self._("My webinars to change")
