"""What the bot says to organisers about polls: when they could meet."""

from markupsafe import Markup

from texts.times import Times


class PollTexts(Times):
    # Being written

    def poll_draft_title(self) -> Markup:
        return self.html(self._("<b>When can we meet?</b> (poll, saved, nobody is asked yet)"))

    def poll_label(self, part: str) -> str:
        """`part` is a value of domain.meetings.polls.Part, or `asked`."""
        return {
            "title": self._("Title"),
            "times": self._("Times"),
            "link": self._("Link"),
            "length": self._("Length"),
            "text": self._("Description"),
            "asked": self._("Who is asked"),
        }[part]

    def ask_for_poll(self, part: str, zone: str, most: int) -> Markup:
        return self.html(
            {
                "title": self._("Send the title of the meeting."),
                "times": self._(
                    "Send up to {most} times, each in a line of its own, for example\n"
                    "<code>3 Feb 9:30</code>\n<code>4 Feb 14:00 Shanghai</code>\n"
                    "Without a city I read them as {zone} time."
                ),
                "link": self._("Send the link to join, for example https://zoom.us/j/123456."),
                "length": self._("Send the length, for example <code>60</code> or <code>1h30</code>."),
                "text": self._("Send a few sentences about the meeting."),
            }[part],
            zone=self.city(zone),
            most=most,
        )

    def poll_ready(self) -> Markup:
        return self.html(self._("Nothing is missing. Press Ask them."))

    def poll_missing(self, labels: list[str]) -> str:
        if not labels:
            return self._("Nobody is asked yet. Press Who is asked.")
        return self._("Not yet. Missing: {fields}.").format(fields=self.listed(labels))

    def choose_asked(self) -> Markup:
        return self.html(self._("Whose organisers are asked?"))

    def nobody_asked(self) -> str:
        return self._("nobody")

    def button_new_poll(self) -> str:
        return self._("Poll: when can we meet?")

    def button_poll_go_on(self) -> str:
        return self._("Go on with the poll")

    def button_ask_them(self) -> str:
        return self._("Ask them")

    def button_take_out(self, when: str) -> str:
        return f"✖ {when}"

    def discard_poll_sure(self) -> Markup:
        return self.html(self._("Delete this poll? Nobody was asked yet."))

    def poll_discarded(self) -> Markup:
        return self.html(self._("The poll is deleted."))

    def poll_opened(self) -> Markup:
        return self.html(self._("✅ <b>They are asked.</b> /meet shows who can when."))

    # For those who are asked

    def poll_asks(self, maker: str) -> Markup:
        if not maker:
            return self.html(self._("When can you meet?"))
        return self.html(self._("{name} asks when you can meet."), name=maker)

    def poll_line(self, number: int, when: Markup, can: int) -> Markup:
        return self.html(
            self._n("{number}. {when} · {n} can come", "{number}. {when} · {n} can come", can),
            number=number,
            when=when,
            n=can,
        )

    def poll_line_past(self, number: int, when: Markup) -> Markup:
        return self.html(self._("{number}. {when} · past"), number=number, when=when)

    def button_vote(self, number: int, vote: str) -> str:
        """`vote` is a value of storage.Vote."""
        label = {
            "yes": self._("{number}: yes"),
            "if_need_be": self._("if need be"),
            "no": self._p("a vote", "no"),
        }[vote]
        return label.format(number=number)

    def poll_closed(self) -> Markup:
        return self.html(self._("This poll is closed."))

    def poll_became(self, when: Markup) -> Markup:
        return self.html(self._("The meeting is on {when}."), when=when)

    def poll_is_closed(self) -> str:
        return self._("This poll is closed: your answer was not taken.")

    def time_is_past(self) -> str:
        return self._("That time is past.")

    def no_such_poll(self) -> Markup:
        return self.html(self._("I can't find this poll. /meet shows what there is."))

    def no_poll(self) -> Markup:
        return self.html(self._("You are writing no poll. /meet starts one."))

    def not_your_poll(self) -> Markup:
        return self.html(self._("Only whoever made the poll can do this. /meet shows what else there is."))

    # For whoever made it

    def outcome_title(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b>: who can when, the best time first"), title=title)

    def outcome_line(self, when: Markup, can: int) -> Markup:
        return self.html(self._n("<b>{when}</b>: {n} can come", "<b>{when}</b>: {n} can come", can), when=when, n=can)

    def outcome_names(self, vote: str, names: str) -> Markup:
        if vote == "yes":
            return Markup("✅ {names}").format(names=names)
        template = {"if_need_be": self._("If need be: {names}"), "no": self._("Can't: {names}")}[vote]
        return self.html(template, names=names)

    def silent(self, number: int) -> Markup:
        return self.html(self._n("{n} has not answered yet.", "{n} have not answered yet.", number), n=number)

    def button_take_time(self, when: str) -> str:
        return f"✅ {when}"

    def button_my_answers(self) -> str:
        return self._("My answers")

    def button_outcome(self) -> str:
        return self._("Who can when")

    def button_close_poll(self) -> str:
        return self._("Close without a meeting")

    def close_poll_sure(self, title: str) -> Markup:
        return self.html(self._("Close the poll <b>{title}</b> without a meeting?"), title=title)

    def button_close_poll_sure(self) -> str:
        return self._("Yes, close it")

    # In the list of meetings

    def polls_open(self) -> Markup:
        return self.html(self._("<b>Polls</b>"))

    def poll_item(self, title: str, *, mine: bool, answered: bool) -> Markup:
        if mine:
            return self.html(self._("{title} · yours"), title=title)
        if answered:
            return self.html(self._("{title} · ✅ answered"), title=title)
        return self.html(self._("{title} · waits for your answer"), title=title)

    # Told to organisers

    def on_the_list(self) -> Markup:
        return self.html(self._("You said that you can: you are on the list."))
