"""What is said of contacts and of files that are shared."""

from babel.numbers import format_decimal
from markupsafe import Markup

from texts.times import Times


class ContactTexts(Times):
    def contact_title(self) -> Markup:
        return self.html(self._("<b>Contact</b>"))

    def contact_agreed(self, how: str, day: str) -> Markup:
        return self.html(self._("Agreed: {how} ({day})"), how=how, day=day)

    def contact_confirmed(self, day: str) -> Markup:
        return self.html(self._("Right on {day}"), day=day)

    def contact_line(self, value: str) -> Markup:
        return Markup("{value}").format(value=value)

    def contact_asked(self, name: str, organisation: str, day: str) -> Markup:
        named = self._("{name}, {organisation}").format(name=name, organisation=organisation) if organisation else name
        return self.html(
            self._("Is this contact still right? <b>{contact}</b>, last looked at on {day}."), contact=named, day=day
        )

    def contact_still_right(self) -> Markup:
        return self.html(self._("✅ <b>Thank you.</b> I ask again in a year."))

    def contact_erase_sure(self, name: str) -> Markup:
        return self.html(
            self._(
                "Erase <b>{name}</b> everywhere, because the person wishes it? This cannot be taken back. "
                "What stands in chats already, you delete there."
            ),
            name=name,
        )

    def contact_erased(self) -> Markup:
        return self.html(self._("✅ Erased. The log says that it was done, not who it was. /library"))

    def button_contact_card(self) -> str:
        return self._("Add to my phone")

    def button_still_right(self) -> str:
        return self._("Still right")

    def button_change_contact(self) -> str:
        return self._("Change it")

    def button_erase_contact(self) -> str:
        return self._("Erase")

    # Files

    def file_facts(self, word: str, size: int) -> str:
        """`word` is what domain.library.media_types calls it, `size` in bytes."""
        return self._("{kind}, {size}").format(kind=self._file_kind(word), size=self.file_size(size))

    def file_size(self, size: int) -> str:
        for limit, unit in ((1_000_000, self._("{n} MB")), (1_000, self._("{n} kB"))):
            if size >= limit:
                number = size / limit
                return unit.format(n=format_decimal(round(number, 1 if number < 10 else 0), locale=self.locale))  # noqa: PLR2004 -- 1.2 MB, 12 MB
        return self._n("{n} byte", "{n} bytes", size).format(n=size)

    def _file_kind(self, word: str) -> str:
        return {
            "pdf": self._("PDF"),
            "document": self._("text document"),
            "table": self._("spreadsheet"),
            "slides": self._("slides"),
            "picture": self._("picture"),
            "video": self._("video"),
            "sound": self._("sound"),
            "text": self._("plain text"),
            "archive": self._("archive"),
            "file": self._("file"),
        }[word]

    def file_gone(self, name: str) -> Markup:
        return self.html(self._("{name} (no longer kept)"), name=name)

    def file_named(self, name: str, facts: str) -> Markup:
        return self.html(self._("{name} ({facts})"), name=name, facts=facts)

    def file_fault(self, fault: str) -> Markup:
        """`fault` is a value of domain.library.files.FileFault."""
        return self.html(
            {
                "too_large": self._(
                    "This file is too big for me: Telegram gives me files of up to 20 MB. Send a link."
                ),
                "empty": self._("There is nothing in this file."),
                "runs": self._("I don't take programs, web pages and files with macros: they can do harm."),
            }[fault]
        )

    def no_card(self) -> Markup:
        return self.html(self._("I can't read a business card in that."))

    def no_file_any_more(self) -> str:
        return self._("This file is not kept any more.")

    def button_get_file(self) -> str:
        return self._("Get the file")
