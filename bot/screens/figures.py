"""What came of webinars: a few words, and what stands in the picture."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    Callback,
    ManageList,
    ManageShow,
    StatsAnyOf,
    StatsAsk,
    StatsDraw,
    StatsDrawOf,
    StatsEach,
    StatsReport,
    StatsShow,
)
from bot.callbacks.figures import EVERYBODY
from bot.charts import Bar, Chart
from bot.screen import Press, Rows, Screen, cut, grid, lines
from domain.choices import Choice
from domain.figures.numbers import Figures, Group, Held
from domain.figures.pages import HeldPage
from domain.figures.periods import Period
from storage import Measure
from texts.chat import ChatTexts

_MOST_BARS = 5
_LABEL_LENGTH = 40


def stats(
    found: Figures, scopes: Sequence[Choice], scope: str, period: Period, texts: ChatTexts, *, now: datetime
) -> Screen:
    each = Press(texts.button_each(), StatsEach(scope, period.code, 1))
    anything = ((_draw(scope, period, texts), _report(scope, period, texts)), (each,)) if found.held else ()
    return Screen(
        lines(
            texts.figures_title(subject(found, texts), texts.period(period.first, period.last)), *_said(found, texts)
        ),
        (
            *anything,
            *grid([_scope(choice, period, texts) for choice in scopes]),
            *_periods(scope, period, texts, now.year),
            (Press(texts.button_back(), ManageList(1)),),
        ),
    )


def each(found: HeldPage, scope: str, period: Period, texts: ChatTexts) -> Screen:
    """The webinars that were counted, each with a button: its numbers come below the list."""
    of = found.subject or texts.all_partnerships()
    title = texts.figures_title(of, texts.period(period.first, period.last))
    items = [item for held in found.held for item in ("", _item(held, texts))] or [texts.no_figures()]
    newer = (Press(texts.button_newer(), StatsEach(scope, period.code, found.number - 1)),) if found.number > 1 else ()
    older = found.number < found.pages
    turns = (
        *newer,
        *((Press(texts.button_older(), StatsEach(scope, period.code, found.number + 1)),) if older else ()),
    )
    return Screen(
        lines(texts.with_page(title, found.number, found.pages), *items),
        (
            *((Press(cut(held.title, _LABEL_LENGTH), StatsAnyOf(held.code), below=True),) for held in found.held),
            turns,
            (Press(texts.button_back(), StatsShow(scope, period.code)),),
        ),
    )


def of_webinar(found: Figures, code: str, texts: ChatTexts) -> Screen:
    return _of_webinar(found, code, ManageShow(code), texts)


def of_any_webinar(found: Figures, code: str, texts: ChatTexts) -> Screen:
    return _of_webinar(found, code, StatsEach(EVERYBODY, Period().code, 1), texts)


def _of_webinar(found: Figures, code: str, back: Callback, texts: ChatTexts) -> Screen:
    (held,) = found.held
    when = texts.short(held.starts_at, held.timezone)
    return Screen(
        lines(texts.figures_title(found.subject, when), *_said(found, texts)),
        ((Press(texts.button_picture(), StatsDrawOf(code)),), (Press(texts.button_back(), back),)),
    )


def _item(held: Held, texts: ChatTexts) -> Markup:
    when, counts = texts.short(held.starts_at, held.timezone), held.counts
    attended = counts[Measure.ATTENDED] if held.measured else None
    return texts.figures_item(held.title, when, counts[Measure.REGISTERED], attended)


def ask_period(scope: str, texts: ChatTexts) -> Screen:
    return Screen(texts.ask_period(), ((Press(texts.button_back(), StatsShow(scope, Period().code)),),))


def subject(found: Figures, texts: ChatTexts) -> str:
    return found.subject or texts.all_partnerships()


def charts(found: Figures, texts: ChatTexts) -> list[Chart]:
    """What a webinar is about is told by its title; of several it is counted."""
    counted, by_partnership, by_country, by_topic, stars = texts.figures_headings()
    topics = found.by_topic if len(found.held) > 1 else ()
    return [
        Chart(counted, tuple(_bar(found, measure, texts) for measure in Measure)),
        Chart(by_partnership, _bars([(group.name, group) for group in found.by_partnership], texts)),
        Chart(by_country, _bars([(_country(group.name, texts), group) for group in found.by_country], texts)),
        Chart(by_topic, _bars([(texts.name(group.name) if group.name else "", group) for group in topics], texts)),
        Chart(stars, tuple(Bar("★" * star, found.stars[star]) for star in (5, 4, 3, 2, 1)) if found.answers else ()),
    ]


def _said(found: Figures, texts: ChatTexts) -> Iterator[Markup | str]:
    if not found.held:
        yield texts.no_figures()
        return
    counts = found.counts
    if len(found.held) > 1:
        yield texts.figures_held(len(found.held))
    yield texts.figures_reached(counts[Measure.REACHED], counts[Measure.REGISTERED], counts[Measure.WAITED])
    measured = len(found.measured) if found.is_partly_known else None
    yield texts.figures_attended(counts[Measure.ATTENDED], found.show_up_rate, measured)
    yield texts.figures_new(counts[Measure.NEWCOMERS])
    if found.share_of_others is not None:
        yield texts.figures_others(found.share_of_others)
    if found.rating is not None:
        yield texts.figures_rating(found.rating, found.answers, found.response_rate)


def _bar(found: Figures, measure: Measure, texts: ChatTexts) -> Bar:
    number = found.counts[measure]
    rate = found.show_up_rate if measure is Measure.ATTENDED else None
    said = texts.number(number)
    return Bar(texts.measure(measure), number, said if rate is None else f"{said} · {texts.percent(rate)}")


def _bars(groups: Sequence[tuple[str, Group]], texts: ChatTexts) -> tuple[Bar, ...]:
    """By seats; the smallest together as the last."""
    rows = [(name or texts.not_given(), group.counts[Measure.REGISTERED]) for name, group in groups]
    seated = [(name, number) for name, number in rows if number]
    shown, rest = seated[:_MOST_BARS], seated[_MOST_BARS:]
    others = [(texts.all_others(), sum(number for _, number in rest))] if rest else []
    return tuple(Bar(name, number, texts.number(number)) for name, number in [*shown, *others])


def _country(code: str, texts: ChatTexts) -> str:
    return texts.country(code) if code else ""


def _scope(choice: Choice, period: Period, texts: ChatTexts) -> Press:
    name = choice.name or texts.all_partnerships()
    return Press(texts.button_chosen(name) if choice.chosen else name, StatsShow(choice.id or EVERYBODY, period.code))


def _periods(scope: str, period: Period, texts: ChatTexts, year: int) -> Rows:
    choices = [(str(year), Period.year(year)), (str(year - 1), Period.year(year - 1)), (texts.button_ever(), Period())]
    turns = tuple(
        Press(texts.button_chosen(label) if each == period else label, StatsShow(scope, each.code))
        for label, each in choices
    )
    return (turns, (Press(texts.button_other_months(), StatsAsk(scope)),))


def _draw(scope: str, period: Period, texts: ChatTexts) -> Press:
    return Press(texts.button_picture(), StatsDraw(scope, period.code))


def _report(scope: str, period: Period, texts: ChatTexts) -> Press:
    return Press(texts.button_report(), StatsReport(scope, period.code))
