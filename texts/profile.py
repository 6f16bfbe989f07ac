"""What Telegram shows of the bot itself: what it is, and its menu."""

from texts.catalogue import Phrases


class ProfileTexts(Phrases):
    # What Telegram shows of the bot itself: at most 512 and 120 characters

    def description(self) -> str:
        return self._(
            "Webinars for small and medium companies.\n\n"
            "See what is coming, register with one tap, and get the link before it starts. "
            "You are told of every change. Press Start."
        )

    def short_description(self) -> str:
        return self._("Webinars for small and medium companies: find, register, be reminded.")

    # Commands, as the menu shows them

    def commands(self, *, organiser: bool) -> list[tuple[str, str]]:
        found = [
            ("webinars", self._("What is coming")),
            ("mine", self._("My webinars")),
            ("follow", self._("Hear of new webinars")),
            ("calendar", self._("See them in my calendar")),
            ("library", self._("What the partnerships share")),
            ("settings", self._("Reminders, language, company")),
            ("privacy", self._("What we store")),
            ("help", self._("What I can do")),
        ]
        if organiser:
            own = [
                ("new", self._("Post a webinar")),
                ("manage", self._("Change a webinar")),
                ("meet", self._("Meetings of organisers")),
            ]
            more = [("share", self._("Share with the partnerships")), ("stats", self._("What came of our webinars"))]
            return [*own, *more, *found]
        return found
