"""How calendar apps treat a subscription, honestly: how often they look, and what they make of a cancelled webinar.

Thunderbird and GNOME were seen doing so; of Google, Outlook and Apple it is what their users report.
"""

from texts.pages import PagePhrases


class AppPhrases(PagePhrases):
    def google(self) -> str:
        return self._("Looks for changes every 8 to 24 hours, whatever we ask for.")

    def outlook(self) -> str:
        return self._("Looks about every three hours.")

    def apple(self) -> str:
        return self._("Apple Calendar looks as often as you set it, every hour at best.")

    def thunderbird(self) -> str:
        return self._("Thunderbird looks every half hour.")

    def gnome(self) -> str:
        return self._("GNOME Calendar looks as often as you set it.")

    def any_app(self) -> str:
        return self._("The app decides how often it looks; we ask for every hour.")

    def cancelled_vanishes(self) -> str:
        return self._("A cancelled webinar disappears from view.")

    def cancelled_stays(self) -> str:
        return self._("A cancelled webinar stays, with CANCELLED before its title.")

    def cancelled_is_struck(self) -> str:
        return self._("A cancelled webinar is struck out.")

    def cancelled_is_marked(self) -> str:
        return self._("A cancelled webinar is marked for a week.")
