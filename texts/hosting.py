"""What the bot says to teams about hosting together."""

from collections.abc import Sequence

from markupsafe import Markup

from texts.times import Times


class HostingTexts(Times):
    # The hosts of a webinar, for those who may change it

    def hosts_title(self, title: str) -> Markup:
        return self.html(self._("Hosts of <b>{title}</b>"), title=title)

    def host_line(self, name: str, state: str) -> Markup:
        """`state` is a value of storage.HostState."""
        return self.html(
            {
                "accepted": self._("• {name}"),
                "invited": self._("• {name} (invited)"),
                "declined": self._("• {name} (declined)"),
            }[state],
            name=name,
        )

    def host_wish(self, line: str) -> Markup:
        return self.html(self._("   asks for a change: {line}"), line=line)

    def who_is_asked(self) -> Markup:
        return self.html(self._("To add a host, choose it. A partnership that is not yours is asked in chat first."))

    def button_hosts(self) -> str:
        return self._("Hosts")

    def button_add(self, name: str) -> str:
        return self._("Add {name}").format(name=name)

    def button_ask(self, name: str) -> str:
        return self._("Ask {name}").format(name=name)

    def button_withdraw(self, name: str) -> str:
        return self._("Don't ask {name}").format(name=name)

    def button_leave_hosting(self, name: str) -> str:
        return self._("Leave as {name}").format(name=name)

    def leave_hosting_sure(self, title: str, name: str) -> Markup:
        return self.html(
            self._(
                "Should {name} no longer host <b>{title}</b>? It disappears from {name}'s calendar, and {name}'s "
                "organisers no longer see who comes. Registrations stay."
            ),
            title=title,
            name=name,
        )

    def button_leave_sure(self) -> str:
        return self._("Yes, leave")

    def last_host(self) -> str:
        return self._("The last host can't leave. Add another host first, or cancel the webinar.")

    # In a draft, and when it is published

    def others_are_asked(self) -> Markup:
        return self.html(self._("A partnership that is not yours is asked when you publish."))

    def to_be_asked(self, name: str) -> str:
        return self._("{name} (will be asked)").format(name=name)

    def hosts_asked(self, names: Sequence[str]) -> Markup:
        return self.html(
            self._n(
                "{names} is asked to co-host it. I tell you what they answer.",
                "{names} are asked to co-host it. I tell you what they answer.",
                len(names),
            ),
            names=self.listed(names),
        )

    # The question, for those who are asked

    def host_asked(self, title: str, when: Markup, hosts: Sequence[str], name: str) -> Markup:
        return self.html(
            self._n(
                "{hosts} would like {name} to co-host <b>{title}</b>, {when}.",
                "{hosts} would like {name} to co-host <b>{title}</b>, {when}.",
                len(hosts),
            ),
            hosts=self.listed(hosts),
            name=name,
            title=title,
            when=when,
        )

    def host_means(self, name: str) -> Markup:
        return self.html(
            self._("It would appear in {name}'s calendar, and both teams could change it and see who comes."), name=name
        )

    def host_wished(self, line: str) -> Markup:
        return self.html(self._("You asked for a change: {line}"), line=line)

    def ask_host_wish(self, title: str) -> Markup:
        return self.html(self._("What should change in <b>{title}</b> first? Send one line."), title=title)

    def button_host_accept(self) -> str:
        return self._("Accept")

    def button_host_decline(self) -> str:
        return self._("Decline")

    def button_host_wish(self) -> str:
        return self._("Ask for a change")

    def host_decided(self, title: str, name: str, by: str, when: str, *, accepted: bool) -> Markup:
        """`by` is who decided; empty if they are no longer here."""
        template = (
            self._("✅ {name} hosts <b>{title}</b>. {by} accepted on {when}.")
            if accepted
            else self._("{name} does not host <b>{title}</b>. {by} declined on {when}.")
        )
        return self.html(template, name=name, title=title, by=by or self.somebody_left(), when=when)

    def host_question_gone(self, title: str) -> Markup:
        return self.html(self._("This is no longer asked. <b>{title}</b> is hosted by others."), title=title)

    def host_question_closed(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b> is cancelled or over, so there is nothing to answer."), title=title)

    def somebody_left(self) -> str:
        return self._("Someone who left")

    # The answer, for those who asked

    def host_answered(self, title: str, name: str, answer: str) -> Markup:
        """`answer` is a value of domain.hosting_news.Answer."""
        return self.html(
            {
                "accepted": self._("✅ {name} co-hosts <b>{title}</b>. It is in {name}'s calendar now."),
                "declined": self._("{name} does not co-host <b>{title}</b>."),
                "requested": self._("Before {name} says yes to <b>{title}</b>, it asks for a change:"),
                "left": self._("{name} no longer hosts <b>{title}</b>."),
            }[answer],
            title=title,
            name=name,
        )

    def quoted(self, line: str) -> Markup:
        return self.html(self._("“{line}”"), line=line)

    # In the list of webinars

    def button_host_question(self, title: str) -> str:
        return self._("❔ {title}").format(title=title)

    def host_questions(self, number: int) -> Markup:
        return self.html(
            self._n("❔ You are asked to co-host 1 webinar.", "❔ You are asked to co-host {n} webinars.", number),
            n=number,
        )
