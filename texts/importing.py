"""What is said of a file of webinars, in the chat and on the command line."""

from collections.abc import Mapping

from markupsafe import Markup

from texts.times import Times


class ImportTexts(Times):
    def button_import(self) -> str:
        return self._("Import")

    def import_explained(self) -> Markup:
        return self.html(
            self._(
                "<b>Import webinars</b>\n"
                "Send me a calendar file (.ics) or a table (.csv): each event becomes a draft, or a webinar. "
                "I show you first what would happen.\n"
                "Send the same file again when it has changed: I change only what the file changed.\n"
                "A table needs a line of headings with <code>title</code> and <code>start</code>, and may have "
                "<code>timezone</code>, <code>duration</code>, <code>link</code>, <code>description</code>, "
                "<code>language</code>, <code>seats</code>, <code>topics</code> and <code>uid</code>."
            )
        )

    def import_for_whom(self, name: str) -> Markup:
        return self.html(self._("Whose webinars are in <b>{name}</b>?"), name=name)

    def import_title(self, name: str, partnership: str) -> Markup:
        return self.html(self._("<b>{name}</b> for {partnership}"), name=name, partnership=partnership)

    def import_foreseen(self) -> Markup:
        return self.html(self._("Nothing has been changed yet. This is what would happen:"))

    def import_done(self) -> Markup:
        return self.html(self._("✅ <b>Done.</b>"))

    def import_tells(self) -> Markup:
        return self.html(self._("Registered companies are told of changes, as always."))

    def import_file_gone(self) -> Markup:
        return self.html(self._("I don't find that file any more. Please send it again."))

    def import_outcomes(self, counts: Mapping[str, int]) -> list[str]:
        """`counts` is by the values of domain.importing_values.Outcome; one line for each that there is."""
        lines = {
            "drafted": self._n("1 new draft", "{n} new drafts", counts.get("drafted", 0)),
            "redrafted": self._n("1 draft changed", "{n} drafts changed", counts.get("redrafted", 0)),
            "discarded": self._n("1 draft deleted", "{n} drafts deleted", counts.get("discarded", 0)),
            "published": self._n("1 published", "{n} published", counts.get("published", 0)),
            "moved": self._n("1 moved", "{n} moved", counts.get("moved", 0)),
            "changed": self._n("1 changed", "{n} changed", counts.get("changed", 0)),
            "cancelled": self._n("1 cancelled", "{n} cancelled", counts.get("cancelled", 0)),
            "restored": self._n("1 restored", "{n} restored", counts.get("restored", 0)),
            "unchanged": self._n("1 unchanged", "{n} unchanged", counts.get("unchanged", 0)),
        }
        return [line.format(n=counts[outcome]) for outcome, line in lines.items() if counts.get(outcome)]

    def import_nothing(self) -> str:
        return self._("There is nothing in it that I can take.")

    def import_floating(self, number: int, zone: str) -> str:
        return self._n(
            "1 event names no time zone: I read it as {zone} time.",
            "{n} events name no time zone: I read them as {zone} time.",
            number,
        ).format(n=number, zone=self.city(zone))

    def import_not_taken(self, number: int) -> str:
        return self._n("1 thing can't be taken:", "{n} things can't be taken:", number).format(n=number)

    def import_noted(self, number: int) -> str:
        return self._n("1 thing to look at:", "{n} things to look at:", number).format(n=number)

    def import_more(self, number: int) -> str:
        return self._n("1 more is in the file below.", "{n} more are in the file below.", number).format(n=number)

    def import_list_caption(self) -> str:
        return self._("What changes, what can't be taken, and what to look at, line by line.")

    def import_line(self, line: int, about: str, trouble: str, part: str) -> str:
        """`trouble` is a value of domain.importing_values.Trouble."""
        fault = self.import_trouble(trouble, part)
        if not about:
            return self._("Line {line}: {fault}").format(line=line, fault=fault)
        return self._("Line {line}, {about}: {fault}").format(line=line, about=about, fault=fault)

    def import_change(self, line: int, title: str, outcome: str) -> str:
        """`outcome` is one of what was there before and is not as it was."""
        return {
            "redrafted": self._("Line {line}, {about}: draft changed"),
            "discarded": self._("Line {line}, {about}: draft deleted"),
            "moved": self._("Line {line}, {about}: moved"),
            "changed": self._("Line {line}, {about}: changed"),
            "cancelled": self._("Line {line}, {about}: cancelled"),
            "restored": self._("Line {line}, {about}: restored"),
        }[outcome].format(line=line, about=title)

    def import_trouble(self, trouble: str, part: str) -> str:
        return {
            "no_title": self._("it has no title."),
            "no_start": self._("it has no start."),
            "unreadable": self._("it is damaged."),
            "unreadable_start": self._("I can't read “{part}” as a date and time."),
            "unreadable_length": self._("I can't read “{part}” as a length or an end."),
            "no_year": self._("“{part}” names no year."),
            "two_dates": self._("“{part}” may be two dates: write it as 2027-02-03."),
            "unknown_zone": self._("I don't know the time zone “{part}”."),
            "skipped_time": self._("the clocks go forward over {part}: that time does not exist."),
            "all_day": self._("it lasts all day; a webinar needs a time."),
            "past": self._("it is past."),
            "too_far": self._("it is more than ten years ahead."),
            "too_long": self._("it lasts more than {part} hours."),
            "backwards": self._("it ends before it starts."),
            "bad_rule": self._("I can't follow the rule by which it repeats: {part}"),
            "duplicate": self._("it is twice in the file: {part}"),
            "long_uid": self._("its UID has more than 255 characters."),
            "not_an_event": self._("it is no event."),
            "already_cancelled": self._("it is cancelled and was never taken."),
            "not_yours": self._("it belongs to another partnership."),
            "not_imported": self._("a webinar with this UID is here already and did not come with a file."),
            "over": self._("it has taken place; another one needs another UID."),
            "no_link": self._("it has no link to join, so it stays a draft."),
            "no_length": self._("it names no end: I take {part} minutes."),
            "bad_link": self._("I can't use “{part}” as a link: it must begin with https://."),
            "bad_seats": self._("I can't read “{part}” as a number of seats."),
            "cut_title": self._("its title is cut to {part} characters."),
            "cut_description": self._("its description is cut to {part} characters."),
            "unknown_topic": self._("“{part}” is no topic here; I leave it out."),
            "unknown_language": self._("I don't know the language “{part}”; I leave it out."),
            "horizon": self._("it goes on after {part}: import the file again later for the rest."),
        }[trouble].format(part=part)

    def import_refused(self, refusal: str, limit: int, line: int) -> str:
        """`refusal` is a value of domain.importing_values.Refusal."""
        where = self._("Line {line}:").format(line=line) + " " if line else ""
        why = {
            "too_large": self._("The file is larger than {megabytes} MB."),
            "too_many_lines": self._("The file has more than {n} lines."),
            "too_many_events": self._("The file makes more than {n} webinars."),
            "too_many_dates": self._("The file names more than {n} single dates of series."),
            "too_much_repetition": self._("Its series repeat too often, or began too long ago."),
            "too_deep": self._("Its parts are nested too deep for a calendar."),
            "line_too_long": self._("The line is longer than any calendar needs."),
            "not_text": self._("This is not a text file."),
            "not_calendar": self._("This is not a calendar file: it must begin with BEGIN:VCALENDAR."),
            "not_known": self._("I can read calendar files (.ics) and tables (.csv)."),
            "no_header": self._("The first line must name the columns, at least title and start."),
            "broken_table": self._("The table is damaged: a quotation mark may not be closed."),
            "empty": self._("The file is empty."),
        }[refusal].format(n=limit, megabytes=limit // (1024 * 1024))
        return where + why

    def import_unchanged(self) -> str:
        return self._("Nothing was changed.")

    def button_import_drafts(self, number: int) -> str:
        return self._n("Make 1 draft", "Make {n} drafts", number).format(n=number)

    def button_import_changes(self) -> str:
        return self._("Take the changes")

    def button_publish_all(self, number: int) -> str:
        return self._n("Publish it", "Publish all {n}", number).format(n=number)

    def button_fill_draft(self) -> str:
        return self._("Fill my open draft")
