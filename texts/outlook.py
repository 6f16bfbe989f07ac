"""What the bot says to organisers about a time: who is at work then, what else is on, and what speaks for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from babel.dates import format_date
from markupsafe import Markup

from texts.times import Times

_SAN_FRANCISCO = "America/Los_Angeles"


class OutlookTexts(Times):
    def place(self, zone: str) -> str:
        """Zones are called after another city there than the one people think of."""
        return self._("San Francisco") if zone == _SAN_FRANCISCO else self.city(zone)

    def at_work(self, local: datetime, zone: str, part: str, *, weekend: bool, other_day: bool) -> str:
        """`part` is the name of a domain.offices.DayPart; `other_day`: not the date it is at home."""
        clock = self.clock(local)
        if other_day:
            clock = f"{format_date(local, 'EEE', locale=self.locale)} {clock}"
        if weekend and part != "NIGHT":
            said = self._("{clock} {place}, weekend")
        else:
            said = {
                "OFFICE": self._("{clock} {place} ✓"),
                "EARLY": self._("{clock} {place}, early"),
                "EVENING": self._("{clock} {place}, evening"),
                "NIGHT": self._("{clock} {place}, night"),
            }[part]
        return said.format(clock=clock, place=self.place(zone))

    def clash(self, title: str, hosts: str, when: Markup, numbers: str) -> Markup:
        clash = self.html(self._("{when}: <b>{title}</b> ({hosts})"), when=when, title=title, hosts=hosts)
        return self.html(self._("{clash}: {numbers}"), clash=clash, numbers=numbers) if numbers else clash

    def follow_both(self, number: int) -> str:
        return self._n("1 person follows both", "{n} people follow both", number).format(n=number)

    def registered_for_both(self, number: int) -> str:
        return self._n("1 is registered for both", "{n} are registered for both", number).format(n=number)

    def more_clashes(self, number: int) -> str:
        return self._n("… and 1 more near that time", "… and {n} more near that time", number).format(n=number)

    def holidays(self, holidays: Sequence[tuple[str, Sequence[str]]]) -> str:
        """Each holiday's name with the names of its countries."""
        said = [
            self._("{holiday} ({countries})").format(holiday=name, countries=self.listed(countries))
            for name, countries in holidays
        ]
        return self._n("Public holiday: {holidays}", "Public holidays: {holidays}", len(said)).format(
            holidays=self.listed(said)
        )

    def odd_clocks(self, by: timedelta, zones: Sequence[str]) -> str:
        sentence = (
            self._("That week it is {span} later than usual in {places}: clocks change on other days there")
            if by > timedelta()
            else self._("That week it is {span} earlier than usual in {places}: clocks change on other days there")
        )
        return sentence.format(span=self.exactly(abs(by)), places=self.listed([self.place(zone) for zone in zones]))

    def odd_clocks_short(self) -> str:
        return self._("clocks differ from usual")

    def clashes_title(self) -> Markup:
        return self.html(self._("<b>Webinars near that time</b>"))

    # Finding a time

    def slots_title(self, weeks: int) -> Markup:
        return self.html(
            self._n("<b>The best times within 1 week</b>", "<b>The best times within {n} weeks</b>", weeks), n=weeks
        )

    def slots_around_title(self, weeks: int, when: str) -> Markup:
        return self.html(
            self._n(
                "<b>The best times in the week around {when}</b>",
                "<b>The best times in the {n} weeks around {when}</b>",
                weeks,
            ),
            n=weeks,
            when=when,
        )

    def no_slot(self) -> Markup:
        return self.html(self._("I find no time in these weeks. Look further ahead."))

    def slot(self, number: int, when: str) -> Markup:
        return self.html(self._("{number}. <b>{when}</b>"), number=number, when=when)

    def no_clash(self) -> str:
        return self._("nothing near it")

    def clashes(self, number: int) -> str:
        return self._n("1 webinar near it", "{n} webinars near it", number).format(n=number)

    def liked(self) -> str:
        return self._("your followers often come then")

    def soon(self) -> str:
        return self._("in less than a week")

    def slot_passed(self) -> str:
        return self._("That time is past. Choose another one.")

    def slot_name(self, local: datetime) -> str:
        return f"{self.day(local)}, {self.clock(local)}"

    def label_weeks(self, number: int) -> str:
        return self._n("1 week", "{n} weeks", number).format(n=number)

    def button_weekends(self) -> str:
        return self._("Weekends too")

    def button_find_slot(self) -> str:
        return self._("Find a time")

    def button_better_slot(self) -> str:
        return self._("Find a better slot")

    def button_all_clashes(self) -> str:
        return self._("Everything near that time")
