"""What the pages show of a webinar, in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from domain.attendance.doors import Door
from domain.calendar import Single
from domain.cards import JOINABLE_BEFORE, Card
from domain.programme import Page, Programme
from feeds.addresses import calendar_path, webinar_path
from feeds.daylines import Dayline, daylines
from feeds.qr import qr
from feeds.structured import speakers
from feeds.subscriptions import google_copy
from feeds.visit import Visit
from storage import Partnership, Topic
from texts.pages import PagePhrases

Colors = Mapping[str, str]
"""Of partnerships by their id: `#rrggbb`, or empty."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`utc` is for machines, `words` for people; `zone` (IANA) is the one the words are in."""

    utc: str
    words: str
    zone: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A webinar in the list, on its day of the calendar. `there` is the hour at the hosts', where it is another.

    Below the day stands the weekday; of one that is over, the month.
    """

    card: Card
    path: str
    moved: bool
    colors: tuple[str, ...]
    below: str
    day: str
    spoken: str
    when: Moment
    there: str
    hosts: str
    facts: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    webinars: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Host:
    """`path` leads to what it hosts, if it still belongs to the consortium."""

    name: str
    short_name: str
    color: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic; `path` leads to what is coming about it, if it is still one of the consortium's."""

    name: str
    path: str | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One webinar's page. `day` and `hours` are the hosts'; `clocks` begin with theirs.

    `before` is when it was to be until it was moved.
    """

    card: Card
    hosts: tuple[Host, ...]
    topics: tuple[Subject, ...]
    colors: tuple[str, ...]
    before: str
    day: str
    hours: str
    when: Moment
    ends: str
    clocks: tuple[Dayline, ...]
    length: str
    language: str
    speakers: tuple[str, ...]
    calendar_path: str
    google_url: str
    bot_url: str | None
    qr: Markup | None


@dataclass(frozen=True, slots=True)
class Doorstep:
    """What stands before a room that is not open. `when` is in the reader's zone as far as we know it.

    `page` and `calendar_path` are empty for what only organisers may know of.
    """

    card: Card
    when: Moment
    before: str
    opens_before: str
    page: str
    calendar_path: str
    bot_url: str | None


def colors_of(partnerships: Iterable[Partnership]) -> dict[str, str]:
    return {partnership.id: partnership.color for partnership in partnerships}


def months(found: Programme, visit: Visit) -> list[Month]:
    """The cards, which come soonest first, month by month in the consortium's zone."""
    words, zone, colors = visit.words, visit.options.timezone, colors_of(found.sources.partnerships)
    named = groupby(found.cards, lambda card: words.month(card.starts_at, zone))
    return [
        Month(name, tuple(listed(card, colors, visit, moved=card.code in found.moved) for card in group))
        for name, group in named
    ]


def listed(card: Card, colors: Colors, visit: Visit, *, moved: bool = False) -> Listed:
    words, zone = visit.words, visit.options.timezone
    local = card.starts_at.astimezone(ZoneInfo(zone))
    return Listed(
        card=card,
        path=visit.to(webinar_path(card.code)),
        moved=moved,
        colors=tuple(colors.get(id_, "") for id_ in card.host_ids) or ("",),
        below=words.month_alone(local) if card.ended else words.weekday(local),
        day=str(local.day),
        spoken=words.day(local),
        when=Moment(_utc(card.starts_at), words.from_to(card.starts_at, card.ends_at, zone), zone),
        there=words.hours_there(card.starts_at, card.timezone) if _differs(card, zone) else "",
        hosts=words.listed(card.hosts),
        facts=(words.language_name(card.language), *words.names(card.topics)),
        state=_state(card, words),
    )


def detail(page: Page, visit: Visit) -> Detail:
    card, words, zone = page.card, visit.words, page.card.timezone
    bot_url = visit.options.bot_url(card.code)
    return Detail(
        card=card,
        hosts=_hosts(page, visit),
        topics=_topics(page, visit),
        colors=tuple(host.color for host in page.hosts) or ("",),
        before=words.full(page.earlier_starts[0], zone) if page.earlier_starts else "",
        day=words.day_of(card.starts_at, zone),
        hours=words.from_to(card.starts_at, card.ends_at, zone),
        when=Moment(_utc(card.starts_at), words.full(card.starts_at, zone), zone),
        ends=_utc(card.ends_at),
        clocks=tuple(daylines(card.starts_at, card.ends_at, [zone, *visit.options.display_zones], words)),
        length=words.minutes(card.duration_minutes),
        language=words.language_name(card.language),
        speakers=tuple(speakers(page)),
        calendar_path=visit.options.local(calendar_path(Single(card.code))),
        google_url=google_copy(card, visit.full(webinar_path(card.code))),
        bot_url=bot_url,
        qr=qr(bot_url) if bot_url else None,
    )


def doorstep(door: Door, visit: Visit) -> Doorstep:
    card, words, zone = door.card, visit.words, door.timezone or visit.options.timezone
    return Doorstep(
        card=card,
        when=Moment(_utc(card.starts_at), words.full(card.starts_at, zone), zone),
        before=words.full(door.old_start, zone) if door.old_start else "",
        opens_before=words.exactly(JOINABLE_BEFORE),
        page=visit.to(webinar_path(card.code)) if door.public else "",
        calendar_path=visit.options.local(calendar_path(Single(card.code))) if door.public else "",
        bot_url=visit.options.bot_url(card.code),
    )


def _hosts(page: Page, visit: Visit) -> tuple[Host, ...]:
    members = {partnership.id for partnership in page.sources.partnerships}
    return tuple(
        Host(
            host.name,
            host.short_name,
            host.color,
            path=visit.to("/", {"partnership": host.id}) if host.id in members else None,
        )
        for host in page.hosts
    )


def _topics(page: Page, visit: Visit) -> tuple[Subject, ...]:
    known: dict[str, Topic] = {topic.id: topic for topic in page.sources.topics}
    return tuple(
        Subject(
            visit.words.name(name),
            path=visit.to("/", {known[id_].kind.value: id_}) if id_ in known else None,
        )
        for id_, name in zip(page.card.topic_ids, page.card.topics, strict=True)
    )


def _state(card: Card, words: PagePhrases) -> str:
    """What matters most before one presses: whether there is a seat."""
    if not card.open:
        return "" if card.ended else words.on_now()
    return words.seats(card.seats_left, card.capacity) if card.seats_left is not None and card.capacity else ""


def _differs(card: Card, zone: str) -> bool:
    return _wall(card.starts_at, card.timezone) != _wall(card.starts_at, zone)


def _wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
