"""What the bot says about somebody's own calendar: the apps that fetch it, and what they show too late."""

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from texts.times import Times, capitalised


class CalendarTexts(Times):
    def my_calendar(self, url: str) -> Markup:
        return self.html(
            self._(
                "📅 <b>Your own calendar</b>\n"
                "It shows the webinars you are registered for, with the link to join. "
                "Add it once: your calendar app keeps it up to date.\n\n"
                "<code>{url}</code>\n\n"
                "Copy this link. In your calendar app choose “Add calendar from URL” or “Subscribe”, and paste it. "
                "The link is only for you."
            ),
            url=url,
        )

    def calendar_file(self) -> str:
        return self._(
            "Open this file to add the webinar to your calendar. If the time changes later, this entry does not. "
            "/calendar gives you a calendar that follows every change."
        )

    def app(self, family: str) -> str:
        """`family` is what the web server made of how the app names itself."""
        return {
            "google": self._("Google Calendar"),
            "outlook": self._("Outlook"),
            "apple": self._("Apple Calendar"),
            "thunderbird": self._("Thunderbird"),
            "android": self._("an Android app"),
        }.get(family, self._("another app"))

    def still_shows(self, families: Sequence[str], old: Markup) -> Markup:
        return self.html(
            self._("⚠️ Your calendar ({apps}) still shows {old}: it has not looked since."),
            apps=self.listed([self.app(family) for family in families]),
            old=old,
        )

    def calendars_current(self, current: int, calendars: int) -> Markup:
        return self.html(
            self._n(
                "📆 {current} of 1 calendar is up to date.", "📆 {current} of {n} calendars are up to date.", calendars
            ),
            current=current,
            n=calendars,
        )

    # Check my feed

    def feed_title(self) -> Markup:
        return self.html(self._("<b>Who fetches my calendar</b>"))

    def never_fetched(self) -> Markup:
        return self.html(
            self._(
                "No app has fetched it yet. Add your link to a calendar app: most look at once, "
                "and it stands here a minute later."
            )
        )

    def fetched(self, app: str, when: Markup, waited: timedelta | None) -> Markup:
        if waited is None:
            return self.html(self._("<b>{app}</b> looked {when}."), app=capitalised(app), when=when)
        sentence = self._("<b>{app}</b> looked {when}, and {span} before that.")
        return self.html(sentence, app=capitalised(app), when=when, span=self.exactly(waited))

    def long_ago(self) -> Markup:
        return self.html(
            self._("⚠️ That is long ago. If you still use it, take the calendar out of the app and add the link again.")
        )

    def habits(self, family: str) -> Markup:
        return self.html(
            {
                "google": self._("It looks every 8 to 24 hours. What is cancelled disappears."),
                "outlook": self._("It looks about every three hours."),
                "apple": self._("It looks as you set “Auto-refresh”. What is cancelled is struck through."),
                "thunderbird": self._("It looks every half hour while it is open."),
                "android": self._("It looks as often as you set it in the app."),
            }.get(family, self._("The app decides how often it looks; we ask for every hour."))
        )

    def until_then(self) -> Markup:
        return self.html(
            self._(
                "Until an app looks again it shows the old time. What is cancelled stays for a week, with CANCELLED "
                "before its title, if nothing else is said above."
            )
        )

    def hide_cancelled(self) -> Markup:
        return self.html(
            self._("To see no cancelled webinars, add <code>?cancelled=hide</code> at the end of the link in your app.")
        )

    def button_check_feed(self) -> str:
        return self._("Check my feed")

    # What I follow, in it

    def follows_shown(self) -> Markup:
        return self.html(self._("It also shows what you follow (/follow), without a link to join."))

    # The organisers' meetings

    def meetings_link(self, url: str) -> Markup:
        return self.html(
            self._(
                "👥 <b>Meetings of the organisers</b>, with their links to join:\n<code>{url}</code>\n"
                "This link is only for you too."
            ),
            url=url,
        )

    def button_copy_meetings_link(self) -> str:
        return self._("Copy link to meetings")

    def button_show_follows(self) -> str:
        return self._("Show what I follow too")

    def button_hide_follows(self) -> str:
        return self._("Don't show what I follow")
