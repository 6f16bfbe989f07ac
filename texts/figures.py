"""What the bot says to organisers about what came of webinars. Measures have the words of storage's Measure."""

from collections.abc import Sequence
from datetime import date

from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from texts.times import Times


class FigureTexts(Times):
    def number(self, number: float) -> str:
        """At most one decimal."""
        return str(format_decimal(number, "#,##0.#", locale=self.locale))

    def percent(self, part: float) -> str:
        return str(format_percent(part, locale=self.locale))

    def figures_title(self, subject: str, period: str) -> Markup:
        return self.html(self._("<b>{subject}</b> · {period}"), subject=subject, period=period)

    def all_partnerships(self) -> str:
        return self._("All partnerships")

    def period(self, first: date | None, last: date | None) -> str:
        """Whole months, from the first day of one to some day of another."""
        if first is None or last is None:
            return self._("since the beginning")
        if (first.month, last.month, first.year) == (1, 12, last.year):
            return str(first.year)
        months = [self.date(day, "MMM y") for day in (first, last)]
        return " - ".join(dict.fromkeys(months))

    def no_figures(self) -> Markup:
        return self.html(self._("No webinar took place in this time."))

    def figures_held(self, number: int) -> Markup:
        return self.html(self._n("1 webinar took place.", "{n} webinars took place.", number), n=self.number(number))

    def figures_item(self, title: str, when: str, registered: int, attended: int | None) -> Markup:
        """`attended` is None where that was not noticed."""
        values = {"title": title, "when": when, "registered": self.number(registered)}
        if attended is None:
            return self.html(self._("<b>{title}</b>\n{when} · registered {registered}"), **values)
        said = self._("<b>{title}</b>\n{when} · registered {registered} · attended {attended}")
        return self.html(said, **values, attended=self.number(attended))

    def figures_reached(self, reached: int, registered: int, waited: int) -> Markup:
        return self.html(
            self._("📣 Reached {reached} · 🎟 registered {registered} · waited {waited}"),
            reached=self.number(reached),
            registered=self.number(registered),
            waited=self.number(waited),
        )

    def figures_attended(self, attended: int, rate: float | None, measured: int | None) -> Markup:
        """`measured` is in how many webinars it was noticed, if not in all."""
        if rate is None:
            return self.html(self._("Who came was not noticed: nobody used the join button."))
        said = self.html(
            self._("✅ Attended {attended}: {rate} of those registered"),
            attended=self.number(attended),
            rate=self.percent(rate),
        )
        if measured is None:
            return said
        where = self._n(
            "in the 1 webinar where that was noticed", "in the {n} webinars where that was noticed", measured
        )
        return said + ", " + self.html(where, n=self.number(measured))

    def figures_new(self, number: int) -> Markup:
        return self.html(self._("🌱 New companies: {number}"), number=self.number(number))

    def figures_others(self, share: float) -> Markup:
        return self.html(self._("🤝 From other partnerships than the hosts': {share}"), share=self.percent(share))

    def figures_rating(self, rating: float, answers: int, rate: float | None) -> Markup:
        said = self.html(
            self._n("⭐ {rating} of 5, from 1 answer", "⭐ {rating} of 5, from {n} answers", answers),
            rating=self.number(rating),
            n=self.number(answers),
        )
        return said if rate is None else said + f" ({self.percent(rate)})"

    def not_counted(self) -> Markup:
        return self.html(self._("There are numbers once the webinar has taken place. /manage"))

    def ask_period(self) -> Markup:
        return self.html(
            self._(
                "Send the months you want, for example:\n"
                "<code>/stats 2027</code>\n<code>/stats 03/2027</code>\n<code>/stats 09/2026 - 08/2028</code>"
            )
        )

    def bad_period(self) -> Markup:
        return self.html(
            self._(
                "I could not read these months. For example: <code>/stats 2027</code> or {months}. This year: /stats"
            ),
            months=Markup("<code>/stats 09/2026 - 08/2028</code>"),
        )

    def button_picture(self) -> str:
        return self._("Picture")

    def button_each(self) -> str:
        return self._("Each webinar")

    def button_report(self) -> str:
        return self._("Report (Excel)")

    def button_ever(self) -> str:
        return self._("Since the beginning")

    def button_other_months(self) -> str:
        return self._("Other months")

    def measure(self, measure: str) -> str:
        return {
            "reached": self._("Reached"),
            "registered": self._("Registered"),
            "waited": self._("Waited"),
            "attended": self._("Attended"),
            "newcomers": self._("New companies"),
        }[measure]

    def figures_headings(self) -> tuple[str, str, str, str, str]:
        return (
            self._("How many"),
            self._("Registered, by partnership"),
            self._("Registered, by country"),
            self._("Registered, by topic"),
            self._("How it was, 1 to 5"),
        )

    def not_given(self) -> str:
        return self._p("in a count", "not given")

    def all_others(self) -> str:
        return self._("all others")

    # The report

    def report_caption(self, subject: str, period: str) -> Markup:
        return self.html(
            self._("The report: {subject}, {period}. Names are only of your own partnerships' webinars."),
            subject=subject,
            period=period,
        )

    def report_sheets(self) -> Sequence[str]:
        """At most 31 characters each: what it answers, in the order of the sheets."""
        return (
            self._("How many"),
            self._("Which webinars"),
            self._("From which partnerships"),
            self._("From which clusters"),
            self._("From which countries"),
            self._("About what"),
            self._("How was it"),
            self._("Who"),
            self._("What is counted"),
        )

    def report_words(self) -> dict[str, str]:
        return {
            "webinars": self._("Webinars"),
            "show_up": self._("Show-up rate"),
            "from_hosts": self._("Registered, from the hosts' partnerships"),
            "from_others": self._("Registered, from other partnerships"),
            "share_of_others": self._("Share from other partnerships"),
            "answers": self._("Answers"),
            "rating": self._("Mean, 1 to 5"),
            "response_rate": self._("Response rate"),
            "title": self._("Webinar"),
            "start": self._("Start"),
            "hosts": self._("Hosts"),
            "topics": self._("Topics"),
            "name": self._("Name"),
            "company": self._("Company"),
            "country": self._("Country"),
            "cluster": self._("Cluster"),
            "partnership": self._("Partnership"),
            "came": self._("Attended"),
            "yes": self._p("in a list", "yes"),
            "count": self._("Count"),
            "meaning": self._("What it means"),
        }

    def definitions(self) -> dict[str, str]:
        """What each count of the report means, by its key in `measure` or `report_words`."""
        return {
            "webinars": self._(
                "Webinars that began in the period and took place. "
                "Cancelled ones and meetings of organisers don't count."
            ),
            "reached": self._(
                "People who were sent the news of the webinar or asked for a place in it. Once for each webinar."
            ),
            "registered": self._("People with a seat at the end. Once for each webinar."),
            "waited": self._("People who were in line for a seat, whether they got one or not."),
            "attended": self._(
                "People with a seat who pressed the join button while the room was open, "
                "or said afterwards that they were there."
            ),
            "show_up": self._(
                "Attended, of those registered, in webinars where anybody pressed the join button. "
                "Where people only say that they came, nobody knows who did not."
            ),
            "newcomers": self._(
                "Companies that had a seat for the first time, in any partnership's webinar. "
                "Somebody who gave no company counts as one."
            ),
            "topics": self._("A webinar of several topics is counted under each of them."),
            "from_others": self._(
                "Registered people whose cluster belongs to a partnership that did not host. "
                "Who named no cluster is in neither."
            ),
            "answers": self._("People who gave 1 to 5."),
            "response_rate": self._(
                "Answers, of those who were asked: who attended, or where nobody pressed the join button, "
                "who was registered."
            ),
            "name": self._(
                "Only of webinars that your partnerships host. "
                "Whoever had their data deleted is counted, without a name."
            ),
        }
