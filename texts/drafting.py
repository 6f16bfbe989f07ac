"""What the bot says to organisers while they write a webinar."""

from markupsafe import Markup

from texts.times import Times


class DraftTexts(Times):
    def draft_title(self) -> Markup:
        return self.html(self._("<b>New webinar</b> (draft, saved)"))

    def draft_line(self, label: str, value: Markup | str) -> Markup:
        return self.html(self._("{label}: {value}"), label=label, value=value)

    def missing(self) -> Markup:
        return self.html(self._("<i>missing</i>"))

    def unlimited(self) -> str:
        return self._("unlimited")

    def no_topics(self) -> str:
        return self._p("topics", "none")

    def no_description(self) -> str:
        return self._p("description", "none")

    def label(self, field: str) -> str:
        """`field` is a value of domain.drafts.Field."""
        return {
            "title": self._("Title"),
            "hosts": self._("Hosts"),
            "when": self._("When"),
            "link": self._("Link"),
            "topics": self._("Topics"),
            "description": self._("Description"),
            "duration": self._("Length"),
            "language": self._("Language"),
            "seats": self._("Seats"),
            "agenda": self._("Agenda"),
            "invitation": self._("Paste an invitation"),
            "for_whom": self._("For whom"),
        }[field]

    def ask(self, field: str, zone: str) -> Markup:
        return self.html(
            {
                "title": self._("Send the title."),
                "when": self._(
                    "Send the date and time, for example <code>3 Feb 9:30</code> or "
                    "<code>3 Feb 9:30 Shanghai</code>. Without a city I read it as {zone} time."
                ),
                "link": self._("Send the link to join, for example https://zoom.us/j/123456."),
                "description": self._("Send a few sentences about the webinar."),
                "duration": self._("Send the length, for example <code>60</code> or <code>1h30</code>."),
                "seats": self._("Send the number of seats, or <code>unlimited</code>."),
                "agenda": self._(
                    "Send the agenda, a line for each part, for example\n"
                    "<code>10:00 Welcome - Ana Ruiz</code>\n"
                    "<code>15 min Buyers in Shanghai, Li Wei</code>\n"
                    "A dash alone takes it away."
                ),
                "invitation": self._(
                    "Send or forward any text about the webinar: an invitation of Zoom or Teams, an e-mail, an earlier "
                    "announcement. I fill in what I find, and ask for the rest."
                ),
            }[field],
            zone=self.city(zone),
        )

    def agenda_summary(self, parts: int, minutes: int) -> str:
        counted = self._n("1 part", "{n} parts", parts).format(n=parts)
        return f"{counted}, {self.minutes(minutes)}" if minutes else counted

    def agenda_too_long(self, minutes: int, duration: int) -> Markup:
        return self.html(
            self._("The agenda takes {agenda}, the webinar {length}. Change one of them."),
            agenda=self.minutes(minutes),
            length=self.minutes(duration),
        )

    def comes_twice(self, clock: str) -> Markup:
        return self.html(
            self._("The clocks go back that night, so {clock} comes twice. I take the first."), clock=clock
        )

    # What a pasted text led to

    def found_in_it(self, labels: list[str]) -> Markup:
        return self.html(self._("✅ Found in it: {fields}."), fields=self.listed(labels))

    def nothing_new_in_it(self) -> Markup:
        return self.html(self._("There was nothing new in it."))

    def several_times(self, times: list[Markup]) -> Markup:
        """`times` are marked up already."""
        return self.html(
            self._("There are several times in it: {times}. I took none; send the right one."),
            times=Markup(", ").join(times),
        )

    def time_not_taken(self, fault: Markup) -> Markup:
        return self.html(self._("I did not take the time in it. {fault}"), fault=fault)

    def zone_assumed(self, zone: str) -> Markup:
        return self.html(self._("No time zone is named in it, so I read it as {zone} time."), zone=self.city(zone))

    def unsure_links(self, number: int) -> Markup:
        return self.html(
            self._n(
                "I am not sure that the link in it is the one to join.",
                "There are several links in it. I took none; send the one to join.",
                number,
            )
        )

    def offered(self, label: str, value: Markup | str) -> Markup:
        return self.html(self._("{label} in the text you sent: {value}. I kept yours."), label=label, value=value)

    def button_use(self, label: str) -> str:
        return self._("Use: {label}").format(label=label)

    def button_remove_part(self, label: str) -> str:
        return self._("Remove: {label}").format(label=label)

    def button_keep(self) -> str:
        return self._("Keep mine")

    # Several drafts

    def drafts_title(self) -> Markup:
        return self.html(self._("<b>Drafts</b>"))

    def no_drafts(self) -> Markup:
        return self.html(self._("There is no draft. /new starts one."))

    def untitled(self) -> str:
        return self._("Without a title")

    def draft_open(self) -> str:
        return self._p("draft", "open now")

    def complete(self) -> str:
        return self._p("draft", "complete")

    def lacking(self, labels: list[str]) -> str:
        return self._("missing: {fields}").format(fields=self.listed(labels))

    def button_new(self) -> str:
        return self._("New webinar")

    def button_drafts(self, number: int) -> str:
        return self._("Drafts ({n})").format(n=number)

    def button_another(self) -> str:
        return self._("Start another")

    def button_duplicate(self) -> str:
        return self._("Duplicate")

    def choose_hosts(self) -> Markup:
        return self.html(self._("Choose who hosts it."))

    def choose_topics(self) -> Markup:
        return self.html(self._("Choose the markets and sectors it is for."))

    def choose_language(self) -> Markup:
        return self.html(self._("Choose the language it is held in."))

    def ready(self) -> Markup:
        return self.html(self._("Nothing is missing. Look at the preview, or publish."))

    def still_missing(self, labels: list[str]) -> Markup:
        return self.html(self._("Still missing: {fields}. Press a button to add it."), fields=self.listed(labels))

    def preview_title(self) -> Markup:
        return self.html(self._("<i>Preview: companies will see this.</i>"))

    def published(self) -> Markup:
        return self.html(self._("✅ <b>Published.</b> It is in the list and in the calendars now."))

    def share_link(self, url: str) -> Markup:
        return self.html(self._("Link to share: {url}"), url=url)

    def discard_sure(self) -> Markup:
        return self.html(self._("Delete this draft? You cannot get it back."))

    def discarded(self) -> Markup:
        return self.html(self._("The draft is deleted. /new starts another."))

    def no_draft(self) -> Markup:
        return self.html(self._("There is no draft any more. /new starts one."))

    def draft_incomplete(self, labels: list[str]) -> str:
        return self._("Not published yet. Missing: {fields}.").format(fields=self.listed(labels))

    def start_passed(self) -> str:
        return self._("Not published: that time is past. Press When and send a new one.")

    # Errors beside the field. What was typed before is kept, and each says what to do.

    def field_fault(self, fault: str, limit: int) -> Markup:
        """`fault` is a value of domain.reading.draft_values.FieldFault."""
        return self.html(
            {
                "empty": self._("That was empty."),
                "too_long": self._("That is too long: {limit} characters at most."),
                "not_https": self._("That is not a link I can use. It must begin with https://."),
                "no_duration": self._("I can't read that length. Send minutes such as 60, at most {limit} hours."),
                "no_seats": self._("I can't read that. Send a number from 1 to {limit}, or unlimited."),
                "nothing_found": self._("I found no title, time or link in that."),
                "no_day": self._("I find no day in that. Send for example <code>by e-mail, 12 Jan 2027</code>."),
                "no_email": self._("That is not an e-mail address I can use. Send for example ana@example.org."),
                "no_phone": self._("That is not a phone number I can use. Send for example +32 4 366 21 11."),
                "too_many_lines": self._("Those are too many lines: {limit} at most."),
            }[fault],
            limit=limit,
        )

    def when_fault(self, fault: str, part: str) -> Markup:
        """`fault` is a value of domain.reading.when.WhenFault, `part` what was typed."""
        return self.html(
            {
                "unreadable": self._("I can't read “{part}” as a date and time."),
                "no_such_date": self._("{part} does not exist."),
                "no_time": self._("At what time on {part}? Send both together."),
                "no_such_time": self._("{part} is not a time."),
                "wrong_weekday": self._("In “{part}” the weekday and the date don't fit together."),
                "two_dates": self._("“{part}” can be two days. Write the month as a word, such as 1 Feb 2027."),
                "skipped": self._("The clocks go forward that night: {part} does not exist on that day."),
                "second_of_two": self._(
                    "The clocks go back there that night: {part} comes twice, and the webinar is at the second. "
                    "Choose another city, or move it first."
                ),
                "past": self._("That time is past."),
                "two_zones": self._("“{part}” can be two time zones. Name a city, such as Brussels or Shanghai."),
                "unknown_zone": self._("I don't know the city “{part}”. Try a city such as Brussels or Shanghai."),
            }[fault],
            part=part,
        )

    def warn(self, fault: Markup) -> Markup:
        return Markup("⚠️ {fault}").format(fault=fault)

    def language_choices(self, languages: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(language, self.language_name(language)) for language in languages]

    def button_chosen(self, name: str) -> str:
        return f"✅ {name}"

    def button_preview(self) -> str:
        return self._("Preview")

    def button_publish(self) -> str:
        return self._("Publish")

    def button_discard(self) -> str:
        return self._("Discard")

    def button_discard_sure(self) -> str:
        return self._("Yes, delete it")

    def button_done(self) -> str:
        return self._("Done")

    def button_back(self) -> str:
        return self._("‹ Back")
