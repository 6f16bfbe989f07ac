"""What the bot says to companies. Markup is Telegram's HTML; every value is escaped where it is put in."""

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from texts.calendars import CalendarTexts
from texts.changing import ChangingTexts
from texts.contacts import ContactTexts
from texts.desk import DeskTexts
from texts.drafting import DraftTexts
from texts.feedback import FeedbackTexts
from texts.figures import FigureTexts
from texts.hosting import HostingTexts
from texts.importing import ImportTexts
from texts.lessons import LessonTexts
from texts.library import LibraryTexts
from texts.log import LogTexts
from texts.managing import ManagingTexts
from texts.meetings import MeetingTexts
from texts.operation import OperationTexts
from texts.outlook import OutlookTexts
from texts.people import PeopleTexts
from texts.personal import PersonalTexts
from texts.polls import PollTexts
from texts.privacy import PrivacyTexts
from texts.profile import ProfileTexts
from texts.pushed import PushedTexts
from texts.team import TeamTexts
from texts.writing import WritingTexts


class ChatTexts(
    CalendarTexts,
    ChangingTexts,
    ContactTexts,
    DeskTexts,
    DraftTexts,
    FigureTexts,
    FeedbackTexts,
    HostingTexts,
    ImportTexts,
    LessonTexts,
    LibraryTexts,
    LogTexts,
    ManagingTexts,
    MeetingTexts,
    OperationTexts,
    OutlookTexts,
    PeopleTexts,
    PersonalTexts,
    PollTexts,
    PrivacyTexts,
    ProfileTexts,
    PushedTexts,
    TeamTexts,
    WritingTexts,
):
    # First contact

    def welcome(self, partnerships: Sequence[str], markets: Sequence[str]) -> Markup:
        hello = self.html(
            self._("Webinars for small and medium companies, from {partnerships}."),
            partnerships=self.listed(partnerships),
        )
        if not markets:
            return hello
        return hello + "\n" + self.html(self._("Markets: {markets}."), markets=self.listed(self.names(markets)))

    def next_webinar(self, title: str, when: Markup) -> Markup:
        return self.html(self._("Next: <b>{title}</b>\n📅 {when}"), title=title, when=when)

    def organiser_hint(self) -> Markup:
        return self.html(self._("You are an organiser: /new posts a webinar."))

    def privacy_hint(self) -> Markup:
        return self.html(self._("What we store: /privacy"))

    def help(self, *, organiser: bool, administrator: bool = False) -> Markup:
        parts = [
            self._("/webinars – see what is coming and register"),
            self._("/mine – my webinars\n/calendar – see them in my calendar"),
            self._("/follow – hear of new webinars\n/settings – reminders, language, company"),
            self._("/library – what the partnerships share\n/privacy – what we store"),
            self._("Or just send me a word, and I look for it."),
        ]
        if administrator:
            parts.append(self._("/status – how messages are going out"))
        if organiser:
            parts.insert(0, self._("/share – share with the partnerships\n/stats – what came of webinars"))
            parts.insert(
                0, self._("/new – post a webinar\n/manage – move or cancel one\n/meet – meetings of organisers")
            )
        return self.html("\n".join(parts))

    def privacy(self, *, organiser: bool) -> Markup:
        told = self.html(
            self._(
                "<b>What we store, and why</b>\n"
                "• your Telegram ID (not your phone number) and the name you show there, to write to you\n"
                "• your language, reminders, quiet hours and city, to write as you like it\n"
                "• what you follow and looked for last, to show you what fits\n"
                "• the webinars you registered for, to keep your seat and remind you\n"
                "• which of them you came to, and what you thought of them, so that the next are better\n"
                "• company, country and cluster, only if you say them, for lists and reports\n"
                "• which messages we sent you, so that no message comes twice\n"
                "• which calendar apps fetched your calendar and when, to tell you if they show an old time\n"
                "The organisers of a webinar see the name, company, country and cluster of those who register. "
                "Your feedback they see without your name, unless you let them see it. Only you see your calendar "
                "link. In their library organisers keep contacts of people who agreed to it: tell one of them, and "
                "yours is erased everywhere."
            )
        )
        return told + "\n" + self._privacy_of_organisers() if organiser else told

    def _privacy_of_organisers(self) -> Markup:
        return self.html(
            self._(
                "As an organiser you also leave: what you write and share in the library, what you say in polls, and "
                "a log of what you did. What others rely on stays when you delete your data, without your name."
            )
        )

    # A webinar's card

    def hosts(self, names: Sequence[str]) -> str:
        if len(names) < 2:  # noqa: PLR2004 -- one host, or none
            return "".join(names)
        return self._("{first} with {others}").format(first=names[0], others=self.listed(names[1:]))

    def in_language(self, language: str) -> str:
        return self._("in {language}").format(language=self.language_within(language))

    def seats(self, left: int, capacity: int) -> str:
        if left:
            return self._n("1 of {capacity} seats left", "{left} of {capacity} seats left", left).format(
                left=left, capacity=capacity
            )
        return self._n("The one seat is taken", "All {capacity} seats are taken", capacity).format(capacity=capacity)

    def waiting(self, number: int) -> str:
        return self._n("1 person waits", "{n} people wait", number).format(n=number)

    def registered(self, leads: Sequence[timedelta], joinable: timedelta, done: Markup | None = None) -> Markup:
        """`leads` are the reminders still to come, longest first; from `joinable` before the start the card has it.

        `done` stands before that, where it is not that they are registered.
        """
        done = done or self.html(self._("✅ <b>You are registered.</b>"))
        if not leads:
            span = self.span(joinable)
            link = self.html(self._("You find the link to join under /mine from {span} before the start."), span=span)
        else:
            times = self.listed([self.before(lead) for lead in leads])
            link = self.html(self._("The link to join comes with each reminder: {times}."), times=times)
        return done + " " + link

    def registered_join_now(self) -> Markup:
        return self.html(self._("✅ <b>You are registered.</b> Press Join now to enter."))

    def in_line(self, position: int) -> Markup:
        return self.html(
            self._("⏳ <b>You are number {n} in line.</b> If a seat becomes free, it is yours and I tell you at once."),
            n=position,
        )

    def webinar_cancelled(self) -> Markup:
        return self.html(self._("❌ <b>This webinar is cancelled.</b>"))

    def webinar_ended(self) -> Markup:
        return self.html(self._("This webinar is over."))

    def webinar_begun(self) -> Markup:
        return self.html(self._("This webinar has begun. Registration is closed."))

    def topics(self, names: str) -> Markup:
        return self.html(self._("Topics: {topics}"), topics=names)

    def agenda_line(self, title: str, speaker: str, minutes: int | None) -> Markup:
        line = Markup("• {title}").format(title=title)
        if speaker:
            line += Markup(" ({speaker})").format(speaker=speaker)
        if minutes:
            line += Markup(", {length}").format(length=self.minutes(minutes))
        return line

    # Lists

    def upcoming_title(self, number: int, pages: int) -> Markup:
        return self.with_page(self.html(self._("<b>Coming webinars</b>")), number, pages)

    def mine_title(self, number: int, pages: int) -> Markup:
        return self.with_page(self.html(self._("<b>My webinars</b>")), number, pages)

    def with_page(self, title: Markup, number: int, pages: int) -> Markup:
        return title if pages == 1 else title + " " + self.page(number, pages)

    def page(self, number: int, pages: int) -> str:
        return self._("({number} of {pages})").format(number=number, pages=pages)

    def nothing_upcoming(self) -> Markup:
        return self.html(self._("No webinar is planned at the moment. Please come back in a few days."))

    def nothing_mine(self) -> Markup:
        return self.html(self._("You are not registered for a webinar yet."))

    def state_registered(self) -> str:
        return self._("✅ registered")

    def state_waiting(self, position: int) -> str:
        return self._("⏳ number {n} in line").format(n=position)

    def state_cancelled(self) -> str:
        return self._("❌ cancelled")

    def state_full(self) -> str:
        return self._("🎟 full")

    # What is said in a small window or instead of a screen: plain text, no markup

    def registration_closed(self) -> str:
        return self._("Registration is closed: the webinar has begun or is cancelled.")

    def no_such_webinar(self) -> Markup:
        return self.html(
            self._("I can't find this webinar. Perhaps the link is not complete. Here is what is coming: /webinars")
        )

    def old_button(self) -> str:
        return self._("This button is too old. Send /webinars to see what is coming.")

    def old_list(self) -> str:
        return self._("This list is too old to turn. Here is what is coming.")

    def did_not_understand(self) -> Markup:
        return self.html(self._("I did not understand that. /webinars shows what is coming, /help what I can do."))

    def not_allowed(self) -> Markup:
        return self.html(self._("Only organisers can do this."))

    def not_yours(self, hosts: Sequence[str]) -> Markup:
        return self.html(
            self._("This webinar is hosted by {hosts}. Only their organisers can change it."), hosts=self.listed(hosts)
        )

    def failed(self) -> Markup:
        return self.html(self._("Something went wrong on our side. Please try again in a moment."))

    # Buttons say what they do

    def button_register(self) -> str:
        return self._("Register")

    def button_leave(self) -> str:
        return self._("Cancel registration")

    def button_join_waitlist(self) -> str:
        return self._("Join waitlist")

    def button_leave_waitlist(self) -> str:
        return self._("Leave waitlist")

    def button_join_now(self) -> str:
        return self._("Join now")

    def button_add_to_calendar(self) -> str:
        return self._("Add to calendar")

    def button_see_it(self) -> str:
        return self._("See it")

    def button_details(self) -> str:
        return self._("Details")

    def button_off_my_list(self) -> str:
        return self._("Remove from my list")

    def button_cannot_come(self) -> str:
        return self._("I can't come")

    def button_all(self) -> str:
        return self._("All webinars")

    def button_mine(self) -> str:
        return self._("My webinars")

    def button_earlier(self) -> str:
        return self._("‹ Earlier")

    def button_later(self) -> str:
        return self._("Later ›")

    def button_copy_link(self) -> str:
        return self._("Copy link")

    def button_how_to_subscribe(self) -> str:
        return self._("How to subscribe")
