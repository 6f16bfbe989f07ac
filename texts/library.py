"""What is said of what the partnerships share."""

from collections.abc import Sequence

from markupsafe import Markup

from texts.times import Times


class LibraryTexts(Times):
    # Looking

    def library_title(self, words: str) -> Markup:
        if words:
            return self.html(self._("<b>In the library for “{words}”</b>"), words=words)
        return self.html(self._("<b>Library</b>"))

    def library_empty(self, *, organiser: bool) -> Markup:
        if organiser:
            return self.html(self._("Nothing is shared yet. Be the first: /share"))
        return self.html(self._("The partnerships have not shared anything with companies yet."))

    def library_fits_nothing(self, words: str) -> Markup:
        if words:
            return self.html(self._("I found nothing for “{words}” in the library."), words=words)
        return self.html(self._("Nothing in the library fits."))

    def library_find_title(self, fitting: int, words: str) -> Markup:
        title = self.html(
            self._n(
                "<b>Find in the library</b>\nTap what you look for. 1 entry fits.",
                "<b>Find in the library</b>\nTap what you look for. {n} entries fit.",
                fitting,
            ),
            n=fitting,
        )
        with_words = self.html(self._("It has the words “{words}”."), words=words)
        return title + "\n" + with_words if words else title

    def library_hint(self) -> Markup:
        return self.html(self._("Look for something with words: <code>/library feedback</code>"))

    def entry_kind(self, kind: str) -> str:
        """`kind` is a value of EntryKind."""
        return {
            "contact": self._("Contact"),
            "template": self._("Feedback template"),
            "agenda": self._("Agenda"),
            "practice": self._("Good practice"),
            "lesson": self._("Lesson from a mistake"),
        }[kind]

    def entry_readers(self, readers: str) -> str:
        """`readers` is a value of EntryReaders."""
        return {"organisers": self._("organisers only"), "everybody": self._("companies too")}[readers]

    def entry_facts(self, facts: Sequence[str]) -> str:
        return " · ".join(facts)

    def entry_of_webinar(self, title: str) -> Markup:
        return self.html(self._("From the webinar <b>{title}</b>"), title=title)

    def entry_retired(self) -> Markup:
        return self.html(self._("<i>Retired: only organisers still see it.</i>"))

    def entry_old_version(self, number: int, newest: int) -> Markup:
        return self.html(self._("<i>Version {number} of {newest}</i>"), number=number, newest=newest)

    def no_such_entry(self) -> Markup:
        return self.html(self._("I can't find this in the library, or it is not for you. /library"))

    def others_entry(self, owners: Sequence[str]) -> Markup:
        return self.html(
            self._("This is from {owners}. Only their organisers can change it. /library"), owners=self.listed(owners)
        )

    def library_old_list(self) -> str:
        return self._("This list is too old to turn. Here is what is new.")

    def button_show_entries(self, number: int) -> str:
        return self._n("Show 1 entry", "Show {n} entries", number).format(n=number)

    def button_library(self) -> str:
        return self._("Library")

    def button_open_link(self) -> str:
        return self._("Open the link")

    def button_open_entry(self) -> str:
        return self._("Open it")

    def button_put_into_chat(self) -> str:
        return self._("Put into a chat")

    def button_new_version(self) -> str:
        return self._("New version")

    def button_file_under(self) -> str:
        return self._("Topics and readers")

    def button_versions(self, number: int) -> str:
        return self._("Versions ({n})").format(n=number)

    def button_version(self, number: int, day: str) -> str:
        return self._("{number}, {day}").format(number=number, day=day)

    def button_go_on(self) -> str:
        return self._("Go on writing")

    def button_retire(self) -> str:
        return self._("Retire")

    def button_retired(self) -> str:
        return self._("Retired")

    def button_restore_entry(self) -> str:
        return self._("Bring back")

    def retire_sure(self, title: str) -> Markup:
        return self.html(
            self._("Retire <b>{title}</b>? Nobody finds it any more. Organisers can bring it back."), title=title
        )

    def retired_title(self) -> Markup:
        return self.html(self._("<b>Retired</b>"))

    def nothing_retired(self) -> Markup:
        return self.html(self._("Nothing was retired."))

    def versions_title(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b>\nOld versions stay readable for organisers."), title=title)
