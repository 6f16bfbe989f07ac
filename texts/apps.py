"""How calendar apps treat a subscription, in one honest line each.

Thunderbird was seen doing so; of Google, Outlook and Apple it is what their users report.
"""

from texts.pages import PagePhrases


class AppPhrases(PagePhrases):
    def google(self) -> str:
        return self._(
            "Looks for changes every 8 to 24 hours, whatever we ask for. A cancelled webinar disappears from view."
        )

    def outlook(self) -> str:
        return self._("Looks about every three hours. A cancelled webinar stays, with CANCELLED before its title.")

    def apple(self) -> str:
        return self._(
            "Apple Calendar looks as often as you set it, every hour at best; a cancelled webinar is struck out."
        )

    def thunderbird(self) -> str:
        return self._("Thunderbird looks every half hour; a cancelled webinar stays, with CANCELLED before its title.")

    def any_app(self) -> str:
        return self._(
            "The app decides how often it looks; we ask for every hour. A cancelled webinar is marked for a week."
        )
