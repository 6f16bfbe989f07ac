"""What the bot says of changes: to organisers before they make them, and to those who have a place."""

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from texts.drafting import DraftTexts
from texts.managing import ManagingTexts


class ChangingTexts(DraftTexts, ManagingTexts):
    # What can be changed

    def edit_title(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b>\nPress what you want to change."), title=title)

    def part(self, part: str) -> str:
        """`part` is a value of domain.edit_questions.Part."""
        return self._("Time zone") if part == "zone" else self.label(part)

    def ask_part(self, part: str, zone: str) -> Markup:
        if part == "zone":
            return self.html(
                self._(
                    "Send the city on whose clock the time is shown, for example <code>Lisbon</code>. Nothing moves."
                )
            )
        return self.ask(part, zone)

    def ask_edited_topics(self, title: str) -> Markup:
        return self.html(self._("Choose the markets and sectors that <b>{title}</b> is for."), title=title)

    def ask_edited_language(self, title: str) -> Markup:
        return self.html(self._("Choose the language that <b>{title}</b> is held in."), title=title)

    # What a change would mean

    def change_sure(self, title: str) -> Markup:
        return self.html(self._("Change <b>{title}</b>?"), title=title)

    def restore_sure(self, title: str, when: Markup) -> Markup:
        return self.html(self._("Restore <b>{title}</b>? It takes place on {when}."), title=title, when=when)

    def ask_reason(self, title: str) -> Markup:
        return self.html(
            self._("Why is <b>{title}</b> cancelled? Send one line: everybody who has a place reads it."), title=title
        )

    def reason(self, reason: str) -> Markup:
        return self.html(self._("Reason: {reason}"), reason=reason)

    def was_and_is(self, label: str, old: str, new: str) -> Markup:
        return self.html(self._("{label}: {old} → <b>{new}</b>"), label=label, old=old, new=new)

    def is_new(self, label: str) -> Markup:
        """Stands above what it is now."""
        return self.html(self._("{label}, new:"), label=label)

    def agenda_items(self, number: int) -> str:
        return self._n("1 item", "{n} items", number).format(n=number) if number else self._p("agenda", "none")

    def told(self, registered: int, waiting: int) -> Markup:
        number = registered + waiting
        sentence = self._n("1 person is told once ({who}).", "{n} people are told once ({who}).", number)
        return self.html(sentence, n=number, who=self.attendance(registered, waiting))

    def can_be_told(self, registered: int, waiting: int) -> Markup:
        number = registered + waiting
        sentence = self._n("1 person can be told ({who}).", "{n} people can be told ({who}).", number)
        return self.html(sentence, n=number, who=self.attendance(registered, waiting))

    def called_told(self, number: int) -> Markup:
        sentence = self._n(
            "1 organiser who was called and has not answered is told, too.",
            "{n} organisers who were called and have not answered are told, too.",
            number,
        )
        return self.html(sentence, n=number)

    def redirected(self) -> Markup:
        return self.html(self._("<b>Join now</b> leads everybody else to the new link by itself."))

    def nobody_told(self) -> Markup:
        return self.html(self._("Nobody needs to be told."))

    def at_night(self, number: int, cities: Sequence[str]) -> Markup:
        sentence = self._n(
            "For 1 of them it is before 7:00 or after 22:00 then ({cities}).",
            "For {n} of them it is before 7:00 or after 22:00 then ({cities}).",
            number,
        )
        return self.html(sentence, n=number, cities=self.listed(cities))

    def city_count(self, zone: str, number: int) -> str:
        return self._("{city} {n}").format(city=self.city(zone), n=number)

    def busy_then(self, number: int) -> Markup:
        sentence = self._n(
            "1 of them has another webinar at that time.", "{n} of them have another webinar at that time.", number
        )
        return self.html(sentence, n=number)

    def reminders_again(self, leads: Sequence[timedelta]) -> Markup:
        return self.html(
            self._n("This reminder is sent again: {leads}.", "These reminders are sent again: {leads}.", len(leads)),
            leads=self.listed([self.before(lead) for lead in leads]),
        )

    def reminders_skipped(self, leads: Sequence[timedelta]) -> Markup:
        sentence = self._n(
            "This reminder is left out, since its time would be past: {leads}.",
            "These reminders are left out, since their time would be past: {leads}.",
            len(leads),
        )
        return self.html(sentence, leads=self.listed([self.before(lead) for lead in leads]))

    def promoted(self, number: int) -> Markup:
        sentence = self._n(
            "1 of those in line gets a seat at once and is told.",
            "{n} of those in line get a seat at once and are told.",
            number,
        )
        return self.html(sentence, n=number)

    def overbooked(self, number: int) -> Markup:
        sentence = self._n(
            "1 more is registered than there are seats. Nobody loses theirs; who comes now waits in line.",
            "{n} more are registered than there are seats. Nobody loses theirs; who comes now waits in line.",
            number,
        )
        return self.html(sentence, n=number)

    # Plain text: said in a small window

    def changed_meanwhile(self) -> str:
        return self._("Not saved: the webinar has changed meanwhile. Look at it again.")

    def proposal_gone(self) -> str:
        return self._("That change is no longer open: it was made, or is too old. This is how the webinar is now.")

    def unchanged(self) -> str:
        return self._("It is so already. Nothing was changed.")

    # To those who have a place

    def changed(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b> has changed:"), title=title)

    def changed_too(self) -> Markup:
        """Stands below another change of the same webinar."""
        return self.html(self._("This has changed too:"))

    def new_description(self) -> Markup:
        return self.html(self._("The description is new."))

    def new_agenda(self) -> Markup:
        return self.html(self._("The agenda is new."))

    def new_link(self) -> Markup:
        return self.html(self._("The link to join is new. Please use this one."))

    def button_edit(self) -> str:
        return self._("Edit")

    def button_no_reason(self) -> str:
        return self._("No reason")

    def button_restore_sure(self) -> str:
        return self._("Restore and tell")

    def button_save_and_tell(self) -> str:
        return self._("Save and tell")

    def button_save_silently(self) -> str:
        return self._("Save silently")

    def button_save(self) -> str:
        return self._("Save")

    def button_new_link(self) -> str:
        return self._("New link")
