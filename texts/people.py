"""What the bot says to organisers about those who come, and to those who come what organisers send them."""

from collections.abc import Sequence

from markupsafe import Markup

from texts.times import Times


class PeopleTexts(Times):
    # Letters

    def letter(self, title: str, hosts: str) -> Markup:
        return self.html(self._("✉️ {hosts} about <b>{title}</b>:"), hosts=hosts, title=title)

    def letter_whom(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b>\nWhom do you write to?"), title=title)

    def letter_nobody(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b>\nThere is nobody to write to yet."), title=title)

    def letter_unsent(self, text: str) -> Markup:
        return self.html(self._("Written and not sent: <i>{text}</i>"), text=text)

    def letter_later(self, when: Markup) -> Markup:
        return self.html(self._("Two went out within a day, which is the most. The next can go {when}."), when=when)

    def letter_ask(self, title: str, limit: int) -> Markup:
        return self.html(
            self._(
                "Send what they should read about <b>{title}</b>: plain text with links, up to {limit} characters. "
                "You see it before it goes. At night it waits for the morning, unless the webinar is within a day."
            ),
            title=title,
            limit=limit,
        )

    def letter_too_long(self, length: int, limit: int) -> Markup:
        return self.html(
            self._(
                "That has {length} characters, and {limit} fit. Copy it from above, make it shorter, send it again."
            ),
            length=length,
            limit=limit,
        )

    def letter_proof(self, readers: str, number: int, hosts: str) -> Markup:
        return self.html(
            self._n(
                "1 person ({readers}) gets this from {hosts}:",
                "{n} people ({readers}) get this from {hosts}:",
                number,
            ),
            n=number,
            readers=readers,
            hosts=hosts,
        )

    def readers(self, readers: str) -> str:
        return {
            "registered": self._("registered"),
            "waitlisted": self._("waiting"),
            "both": self._("registered or waiting"),
        }[readers]

    def letter_withheld(self) -> Markup:
        return self.html(self._("Those who wait don't see the link to join that is in it."))

    def letter_sent(self, number: int) -> Markup:
        return self.html(
            self._n("✅ Your letter goes to 1 person.", "✅ Your letter goes to {n} people.", number), n=number
        )

    def letters_closed(self) -> Markup:
        return self.html(self._("That webinar was too long ago: its people are not written to any more. /manage"))

    def button_write(self) -> str:
        return self._("Write to them")

    def button_to_registered(self, number: int) -> str:
        return self._("Registered ({n})").format(n=number)

    def button_to_waiting(self, number: int) -> str:
        return self._("Waiting ({n})").format(n=number)

    def button_to_both(self, number: int) -> str:
        return self._("Both ({n})").format(n=number)

    def button_send(self) -> str:
        return self._("Send")

    def button_write_again(self) -> str:
        return self._("Write it again")

    # Slides and recording

    def materials(self, title: str) -> Markup:
        return self.html(
            self._(
                "<b>{title}</b>\nA link or a file of each. Those who came get it once, those who did not the "
                "recording. It stays on the webinar's card, for everybody who opens it."
            ),
            title=title,
        )

    def material_line(self, label: str, value: str) -> Markup:
        return self.html(self._("{label}: {value}"), label=label, value=value)

    def no_material(self) -> str:
        return self._("nothing yet")

    def nameless_file(self) -> str:
        return self._("a file")

    def material_ask(self, material: str, title: str) -> Markup:
        asks = {
            "slides": self._("Send the slides of <b>{title}</b>: a link that begins with https://, or the file."),
            "recording": self._("Send the recording of <b>{title}</b>: a link that begins with https://, or the file."),
        }
        return self.html(asks[material], title=title)

    def material_added(self, number: int) -> Markup:
        if not number:
            return self.html(self._("✅ Added. Nobody was registered, so nobody is told."))
        return self.html(
            self._n("✅ Added. 1 person gets it in a moment.", "✅ Added. {n} people get it in a moment.", number),
            n=number,
        )

    def material_replaced(self) -> Markup:
        return self.html(self._("✅ Replaced. Nobody is told again."))

    def not_begun(self) -> Markup:
        return self.html(self._("Slides and recording can be added once the webinar has begun. /manage"))

    def handed_out(self, title: str, materials: Sequence[str]) -> Markup:
        if len(materials) > 1:
            return self.html(self._("The slides and the recording of <b>{title}</b> are here."), title=title)
        if "recording" in materials:
            return self.html(self._("The recording of <b>{title}</b> is here."), title=title)
        return self.html(self._("The slides of <b>{title}</b> are here."), title=title)

    def button_materials(self) -> str:
        return self._("Slides and recording")

    def button_slides(self) -> str:
        return self._("Slides")

    def button_recording(self) -> str:
        return self._("Recording")

    def button_remove_slides(self) -> str:
        return self._("Remove slides")

    def button_remove_recording(self) -> str:
        return self._("Remove recording")

    # Lists

    def person_line(self, name: str, state: str, facts: str) -> Markup:
        line = self.html(self._("<b>{name}</b> · {state}"), name=name, state=state)
        return line + Markup("\n{facts}").format(facts=facts) if facts else line

    def in_place(self, place: int) -> str:
        return self._("waiting, number {n}").format(n=place)

    def forgotten(self, number: int) -> Markup:
        return self.html(
            self._n(
                "1 person had their data deleted and is only counted.",
                "{n} people had their data deleted and are only counted.",
                number,
            ),
            n=number,
        )

    def nobody(self) -> Markup:
        return self.html(self._("Nobody is registered yet."))

    def people_columns(self) -> list[str]:
        return [
            self._("State"),
            self._("Place in line"),
            self._("Name"),
            self._("Company"),
            self._("Country"),
            self._("Cluster"),
            self._("Partnership"),
        ]

    def came(self, number: int) -> str:
        return self._n("{n} came", "{n} came", number).format(n=number)

    def state_came(self) -> str:
        return self._("✅ came")

    def column_came(self) -> str:
        return self._("Attended")

    def came_yes(self) -> str:
        return self._p("in a list", "yes")

    def people_caption(self, form: str) -> str:
        kept = self._("Everybody who is registered or waits. Delete the file when you no longer need it.")
        if form != "csv":
            return kept
        return f"{kept} " + self._(
            "In UTF-8, with semicolons; what a spreadsheet could take for a formula has an apostrophe before it."
        )

    def button_people(self) -> str:
        return self._("People")

    def button_counts(self) -> str:
        return self._("Numbers")

    def button_csv(self) -> str:
        return self._("CSV file")

    def button_xlsx(self) -> str:
        return self._("Excel file")

    # Numbers

    def counted_by(self) -> list[str]:
        return [self._("By partnership"), self._("By cluster"), self._("By country"), self._("By market")]

    def count_columns(self) -> list[str]:
        return [self._("Registered"), self._("Waiting")]

    def tally(self, name: str, registered: int, waiting: int) -> Markup:
        line = self.html(self._("{label}: {value}"), label=name, value=registered)
        return line + self.html(self._(", {n} waiting"), n=waiting) if waiting else line

    def not_said(self) -> str:
        """In place of the partnership, cluster or country of those who gave none."""
        return self._p("in a count", "not given")

    def button_numbers(self) -> str:
        return self._("Numbers")

    # Past webinars

    def past_title(self) -> Markup:
        return self.html(self._("<b>Past webinars</b>"))

    def nothing_past(self) -> Markup:
        return self.html(self._("None of your webinars ended in the last year."))

    def button_past(self) -> str:
        return self._("Past webinars")

    # What is said in a small window: plain text, no markup

    def letter_limit(self, when: str) -> str:
        return self._("Not sent: two a day are the most. The next can go {when}. Your text is kept.").format(when=when)

    def letter_no_readers(self) -> str:
        return self._("Not sent: nobody is there to read it any more. Your text is kept.")

    def no_letter(self) -> str:
        return self._("Nothing was sent: this letter is not there any more.")

    def no_material_any_more(self) -> str:
        return self._("It is not there any more.")
