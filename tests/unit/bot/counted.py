"""What came of webinars, as organisers see it."""

from collections import Counter
from collections.abc import Callable

from bot.screen import Screen
from bot.screens import figures
from domain.choices import Choice
from domain.figures.numbers import Figures, Group, Held
from domain.figures.pages import HeldPage
from domain.figures.periods import Period
from storage import Measure
from tests.chat import NOW, START
from texts.chat import ChatTexts

NASTY = "<b>A&B</b> $x^{2$"
STARS = {1: 0, 2: 1, 3: 4, 4: 30, 5: 85}
SCOPES = (Choice("", "", chosen=True), Choice("ec2i", "EC2i", chosen=False), Choice("nf4", "NF4", chosen=False))
ONLY_NF4 = (Choice("", "", chosen=False), Choice("ec2i", "EC2i", chosen=False), Choice("nf4", "NF4", chosen=True))


def counts(*numbers: int) -> dict[Measure, int]:
    return dict(zip(Measure, numbers, strict=True))


def held(title: str, *numbers: int, stars: dict[int, int] | None = None) -> Held:
    return Held(
        title=title,
        code="pack1234",
        starts_at=START,
        timezone="Europe/Brussels",
        hosts=("AdPack²", "NF4"),
        topics=("China", "Food"),
        counts=counts(*numbers),
        stars=stars or dict.fromkeys(STARS, 0),
        measured=numbers[3] > 0,
    )


WHOLE = Figures(
    subject="",
    held=(held("Smart packaging", 3_100, 400, 31, 263, 120, stars=STARS), held("Cold chain", 90, 12, 0, 0, 3)),
    counts=counts(3_190, 412, 31, 263, 123),
    by_partnership=(Group("NF4", counts(900, 200, 11, 120, 60)), Group("", counts(2_290, 212, 20, 143, 63))),
    by_cluster=(Group("Vitagora", counts(900, 200, 11, 120, 60)), Group("", counts(2_290, 212, 20, 143, 63))),
    by_country=tuple(
        Group(code, counts(0, number, 0, 0, 0))
        for code, number in Counter(
            {"FR": 150, "BE": 90, "DE": 60, "IT": 50, "ES": 20, "SE": 15, "PT": 12, "CZ": 9, "DK": 5, "": 1}
        ).items()
    ),
    by_topic=(Group("China", counts(3_190, 412, 31, 263, 123)),),
    from_hosts=130,
    from_others=70,
    stars=STARS,
)
BARE = Figures(
    subject=NASTY,
    held=(held(NASTY, 7, 1, 0, 0, 1),),
    counts=counts(7, 1, 0, 0, 1),
    by_partnership=(Group("", counts(7, 1, 0, 0, 1)),),
    by_cluster=(Group("", counts(7, 1, 0, 0, 1)),),
    by_country=(Group("", counts(7, 1, 0, 0, 1)),),
    by_topic=(Group("", counts(7, 1, 0, 0, 1)),),
    from_hosts=0,
    from_others=0,
    stars=dict.fromkeys(STARS, 0),
)
NOTHING = Figures("NF4", (), counts(0, 0, 0, 0, 0), (), (), (), (), 0, 0, dict.fromkeys(STARS, 0))

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "stats": lambda words: figures.stats(WHOLE, SCOPES, "all", Period.year(NOW.year), words, now=NOW),
    "stats_nothing": lambda words: figures.stats(
        NOTHING, ONLY_NF4, "nf4", Period.read("09/2018 - 08/2020"), words, now=NOW
    ),
    "stats_ever": lambda words: figures.stats(WHOLE, SCOPES, "all", Period(), words, now=NOW),
    "stats_each": lambda words: figures.each(HeldPage("NF4", WHOLE.held, 2, 3), "nf4", Period.year(NOW.year), words),
    "stats_each_none": lambda words: figures.each(HeldPage("", (), 1, 1), "all", Period(), words),
    "stats_any_webinar": lambda words: figures.of_any_webinar(BARE, "pack1234", words),
    "stats_webinar": lambda words: figures.of_webinar(BARE, "pack1234", words),
    "stats_months": lambda words: figures.ask_period("all", words),
    "stats_not_counted": lambda words: Screen(words.not_counted()),
    "stats_bad_period": lambda words: Screen(words.bad_period()),
}
