"""What the bot says about a person's own wishes: what they follow and look for, reminders, company, privacy."""

from datetime import datetime, time, timedelta

from babel.dates import format_date
from markupsafe import Markup

from texts.times import Times, capitalised


class PersonalTexts(Times):
    # Following

    def follow_title(self) -> Markup:
        return self.html(
            self._("<b>What I follow</b>\nTap to switch. I tell you once about each new webinar that fits.")
        )

    def announcements_off(self) -> Markup:
        return self.html(self._("News of new webinars is switched off."))

    def follow_offer(self, subjects: str) -> Markup:
        return self.html(self._("Shall I tell you about new webinars like this one? ({subjects})"), subjects=subjects)

    def follow_done(self) -> Markup:
        return self.html(self._("✅ I will tell you. Change it with /follow."))

    def follow_declined(self) -> Markup:
        return self.html(self._("All right. /follow is there if you change your mind."))

    def announcement(self, because: str) -> Markup:
        if not because:
            return self.html(self._("<b>New webinars</b>"))
        return self.html(self._("New for <i>{subjects}</i>:"), subjects=because)

    def more_announced(self, number: int) -> Markup:
        return self.html(self._n("and 1 more", "and {n} more", number), n=number)

    def button_follow(self) -> str:
        return self._("Follow topics")

    def button_follow_yes(self) -> str:
        return self._("Yes, tell me")

    def button_follow_no(self) -> str:
        return self._("No, thanks")

    def button_follow_less(self) -> str:
        return self._("Follow less")

    def button_announcements(self, *, on: bool) -> str:
        return self._("Stop all news") if on else self._("Switch news on")

    # Finding

    def filter_title(self, fitting: int) -> Markup:
        return self.html(
            self._n(
                "<b>Find webinars</b>\nTap what you look for. 1 webinar fits.",
                "<b>Find webinars</b>\nTap what you look for. {n} webinars fit.",
                fitting,
            ),
            n=fitting,
        )

    def filter_fits_nothing(self) -> Markup:
        return self.html(
            self._("<b>Find webinars</b>\nNo webinar fits all of this. Tap a choice to take it out, or press Clear.")
        )

    def nothing_fits(self, total: int) -> Markup:
        return self.html(
            self._n(
                "No webinar fits. 1 is planned in all.",
                "No webinar fits. {n} are planned in all.",
                total,
            ),
            n=total,
        )

    def nothing_found(self, words: str, total: int) -> Markup:
        return self.html(
            self._n(
                "I found nothing for “{words}”. 1 webinar is planned in all.",
                "I found nothing for “{words}”. {n} webinars are planned in all.",
                total,
            ),
            words=words,
            n=total,
        )

    def found_title(self, words: str) -> Markup:
        return self.html(self._("<b>Webinars for “{words}”</b>"), words=words)

    def fitting_title(self) -> Markup:
        return self.html(self._("<b>Webinars that fit</b>"))

    def month(self, first: datetime) -> str:
        return capitalised(format_date(first, self._("MMM y"), locale=self.locale))

    def button_filter(self) -> str:
        return self._("Find")

    def button_show_fitting(self, number: int) -> str:
        return self._n("Show 1 webinar", "Show {n} webinars", number).format(n=number)

    def button_clear(self) -> str:
        return self._("Clear")

    # Settings

    def settings_title(self) -> Markup:
        return self.html(self._("<b>My settings</b>"))

    def setting(self, label: str, value: str) -> Markup:
        return self.html(self._("{label}: {value}"), label=label, value=value)

    def label_reminders(self) -> str:
        return self._("Reminders")

    def label_quiet(self) -> str:
        return self._("Quiet hours")

    def label_language(self) -> str:
        return self._("Language")

    def label_news(self) -> str:
        return self._("News of new webinars")

    def label_extras(self) -> str:
        return self._("Slides and small news")

    def extras_title(self, *, on: bool) -> Markup:
        return self.html(
            self._(
                "<b>Slides and small news</b>: {on}\nAfter a webinar slides, recordings, letters and the question how "
                "it was; before it news of one more host. What hosts write before a webinar you have a place in comes "
                "all the same."
            ),
            on=self.on(on=on),
        )

    def button_extras(self, *, on: bool) -> str:
        return self._("Send me less") if on else self._("Send them to me")

    def label_company(self) -> str:
        return self._("Company")

    def on(self, *, on: bool) -> str:
        return self._("on") if on else self._("off")

    def no_reminders(self) -> str:
        return self._p("reminders", "none")

    def quiet(self, starts: time, ends: time, zone: str) -> str:
        if starts == ends:
            return self._p("quiet hours", "none")
        city = self.city(zone)
        return self._("{starts} to {ends}, {zone}").format(
            starts=f"{starts:%H:%M}",
            ends=f"{ends:%H:%M}",
            zone=city if city.startswith("UTC") else self._("{city} time").format(city=city),
        )

    def hours(self, start: int, end: int) -> str:
        return f"{start}:00 – {end}:00"

    def reminders_title(self) -> Markup:
        return self.html(self._("<b>Reminders</b>\nTap to switch them on or off. The link to join is in each of them."))

    def no_link_without_reminders(self, joinable: timedelta) -> Markup:
        return self.html(
            self._("Without reminders you find the link to join under /mine, from {span} before the start."),
            span=self.span(joinable),
        )

    def button_lead(self, lead: timedelta) -> str:
        return capitalised(self.before(lead))

    def ask_lead(self) -> Markup:
        return self.html(
            self._(
                "How long before a webinar shall I remind you? Send for example <code>30 min</code>, "
                "<code>2 hours</code> or <code>3 days</code> (5 minutes to 7 days)."
            )
        )

    def bad_lead(self) -> Markup:
        return self.html(
            self._("I can't use that. Send a time from 5 minutes to 7 days, for example <code>2 hours</code>.")
        )

    def quiet_title(self) -> Markup:
        return self.html(
            self._(
                "<b>Quiet hours</b>\nIn these hours I send no news of new webinars. "
                "Reminders and changes of your webinars still come."
            )
        )

    def ask_place(self) -> Markup:
        return self.html(self._("In which city are you? Send for example <code>Lisbon</code>."))

    def bad_place(self, name: str) -> Markup:
        return self.html(
            self._("I don't know “{name}”. Send the capital of your country, or a large city in your time zone."),
            name=name,
        )

    def language_title(self) -> Markup:
        return self.html(self._("<b>Language</b>"))

    def button_own_lead(self) -> str:
        return self._("Another time")

    def button_city(self) -> str:
        return self._("My city")

    def button_no_quiet(self) -> str:
        return self._p("quiet hours", "None")

    def button_settings(self) -> str:
        return self._("Settings")

    def button_reminder_settings(self) -> str:
        return self._("Reminder settings")

    def button_privacy(self) -> str:
        return self._("Privacy")

    # Company

    def offer_company(self) -> Markup:
        return self.html(self._("Which company are you from? It helps those who plan webinars."))

    def ask_company(self) -> Markup:
        return self.html(self._("Send me the name of your company."))

    def company_title(self, name: str) -> Markup:
        return self.html(self._("<b>Company:</b> {name}"), name=name)

    def ask_country(self) -> Markup:
        return self.html(self._("In which country? Leave it out if you like."))

    def ask_other_country(self) -> Markup:
        return self.html(self._("Which country is it? Send me its name, for example <code>Poland</code>."))

    def bad_country(self, name: str) -> Markup:
        return self.html(
            self._("I don't know a country “{name}”. Send me its name, for example <code>Poland</code>."),
            name=name,
        )

    def ask_cluster(self) -> Markup:
        return self.html(self._("Are you a member of one of these clusters?"))

    def company_skipped(self) -> Markup:
        return self.html(self._("All right. You can add it later in /settings."))

    def no_company(self) -> str:
        return self._("not given")

    def country(self, code: str) -> str:
        return str(self.locale.territories.get(code, code))

    def button_add_company(self) -> str:
        return self._("Add my company")

    def button_other_country(self) -> str:
        return self._("Another country")

    def button_skip(self) -> str:
        return self._("Skip")

    def button_change(self) -> str:
        return self._("Change")

    def button_remove(self) -> str:
        return self._("Remove")
