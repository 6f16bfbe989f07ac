"""What is said to organisers while they share something."""

from collections.abc import Sequence

from markupsafe import Markup

from texts.times import Times


class WritingTexts(Times):
    def share_what(self) -> Markup:
        return self.html(
            self._("<b>Share with the partnerships</b>\nWhat is it? You can change everything before others see it.")
        )

    def share_this(self) -> Markup:
        return self.html(self._("Shall I share this with the partnerships? Tell me what it is:"))

    def share_gone(self) -> Markup:
        return self.html(self._("I don't find that message any more. Please send it again."))

    def writing_title(self, *, new: bool) -> Markup:
        if new:
            return self.html(self._("<b>New in the library</b> (draft, saved)"))
        return self.html(self._("<b>New version</b> (saved; readers still see the old one)"))

    def writing_label(self, part: str) -> str:
        """`part` is a value of domain.library.writing.Part, or what an entry is filed under."""
        return {
            "kind": self._("Kind"),
            "title": self._("Title"),
            "text": self._("Text"),
            "source": self._("Link or file"),
            "words": self._("Search words"),
            "name": self._("Name"),
            "organisation": self._("Organisation"),
            "role": self._("Role"),
            "country": self._("Country"),
            "email": self._("E-mail"),
            "phone": self._("Phone"),
            "agreed": self._("Agreed"),
            "topics": self._("Topics"),
            "language": self._("Language"),
            "partnership": self._("From"),
            "readers": self._("For"),
        }[part]

    def writing_ask(self, part: str) -> Markup:
        return self.html(
            {
                "title": self._("Send the title."),
                "text": self._("Send the text, up to 2,000 characters."),
                "source": self._("Send a file of up to 20 MB, or a link that begins with https://."),
                "words": self._("Send words by which others would look for it, for example <code>survey quiz</code>."),
                "name": self._("Send the name of the person."),
                "organisation": self._("Send the organisation where the person works."),
                "role": self._("Send what the person does there, for example <code>head of sourcing</code>."),
                "country": self._("Send the country, for example <code>China</code>."),
                "email": self._("Send the e-mail address."),
                "phone": self._("Send the phone number, for example <code>+32 4 366 21 11</code>."),
                "agreed": self._(
                    "How and when did the person agree to be here? Send for example "
                    "<code>by e-mail, 12 Jan 2027</code>. Without that a contact is not shared."
                ),
            }[part]
        )

    def writing_live(self) -> Markup:
        return self.html(self._("What you change here holds at once."))

    def writing_ready(self) -> Markup:
        return self.html(self._("Ready. Press Share, or change something first."))

    def writing_missing(self, labels: Sequence[str]) -> str:
        return self._("Missing: {labels}").format(labels=self.listed(labels))

    def writing_choose(self, what: str) -> Markup:
        return self.html(
            {
                "kind": self._("What is it?"),
                "topics": self._("What is it about? Tap to switch."),
                "language": self._("In which language is it?"),
                "partnership": self._("Which partnership shares it?"),
                "readers": self._("Who may read it?"),
            }[what]
        )

    def filing_title(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b>\nWhat you change here holds at once."), title=title)

    def nothing_yet(self) -> str:
        return self._p("a value", "none yet")

    def entry_shared(self) -> Markup:
        return self.html(self._("✅ <b>Shared.</b>"))

    def drop_sure(self, *, new: bool) -> Markup:
        if new:
            return self.html(self._("Delete this draft?"))
        return self.html(self._("Drop the new version? Readers keep the one they have."))

    def dropped(self) -> Markup:
        return self.html(self._("Deleted. /share starts another."))

    def nothing_open(self) -> Markup:
        return self.html(self._("This was shared or deleted meanwhile. /library"))

    def share_drafts_title(self) -> Markup:
        return self.html(self._("<b>Not shared yet</b>"))

    def no_share_drafts(self) -> Markup:
        return self.html(self._("Everything is shared."))

    def button_share_something(self) -> str:
        return self._("Share something")

    def button_share_now(self) -> str:
        return self._("Share")

    def button_share_drafts(self, number: int) -> str:
        return self._("Not shared yet ({n})").format(n=number)

    def button_drop(self) -> str:
        return self._("Delete")
