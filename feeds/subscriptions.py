"""The ways in which calendar apps take a subscription."""

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import quote, urlencode

from markupsafe import Markup

from domain.cards import Card
from domain.programme import Sources
from domain.selections import About, Custom, Everything, HostedBy, Public
from feeds.addresses import calendar_path, meetings_page_path, meetings_path, own_calendar_path, personal_path
from feeds.narrowing import choice_pairs, simplest
from feeds.options import FeedOptions
from feeds.qr import qr
from feeds.visit import Visit

HIDE_CANCELLED = ("cancelled", "hide")


@dataclass(frozen=True, slots=True)
class Subscription:
    """One calendar, by the addresses that take it into an app. `qr` is this page's, for a phone.

    One that is `uncancelled` has nothing that is cancelled.
    """

    name: str
    https: str
    webcal: str
    google: str
    outlook: str
    outlook_private: str
    qr: Markup
    uncancelled: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A calendar that one may subscribe instead. `path` is that of the page about it."""

    name: str
    path: str
    chosen: bool
    color: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """One box of the form in which a calendar is put together."""

    id: str
    name: str
    ticked: bool


def subscription(address: str, name: str, page: str, *, uncancelled: bool = False) -> Subscription:
    """`address` is the calendar's own, https."""
    webcal = "webcal" + address[address.index("://") :]
    for_outlook = f"/calendar/0/addfromweb?{urlencode({'url': address, 'name': name})}"
    return Subscription(
        name=name,
        https=address,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.office.com{for_outlook}",
        outlook_private=f"https://outlook.live.com{for_outlook}",
        qr=qr(page),
        uncancelled=uncancelled,
    )


def personal(token: str, visit: Visit) -> Subscription:
    """A person's own, without what is cancelled if the page was asked for so."""
    wish = dict(pair for pair in visit.query if pair == HIDE_CANCELLED)
    address = visit.options.url(personal_path(token)) + (f"?{urlencode(wish)}" if wish else "")
    name = visit.words.own(short_name(visit.options))
    return subscription(address, name, visit.full(own_calendar_path(token), wish), uncancelled=bool(wish))


def meetings(token: str, visit: Visit) -> Subscription:
    """The organisers', for one of them."""
    name = visit.words.meetings(short_name(visit.options))
    return subscription(visit.options.url(meetings_path(token)), name, visit.full(meetings_page_path(token)))


def of(selection: Public, sources: Sources, visit: Visit) -> Subscription:
    page = visit.full("/calendar", choice_pairs(selection))
    address = visit.options.url(calendar_path(selection))
    return subscription(address, title(selection, sources, visit), page)


def title(selection: Public, sources: Sources, visit: Visit) -> str:
    """As the calendar calls itself, in the reader's words."""
    words, consortium = visit.words, short_name(visit.options)
    hosts = {each.id: each.short_name for each in sources.partnerships}
    topics = {each.id: each.name for each in sources.topics}
    match selection:
        case HostedBy(partnership_id):
            return words.hosted_by(hosts[partnership_id])
        case About(topic_id):
            return words.about(topics[topic_id])
        case Custom(partnership_ids, topic_ids, languages):
            chosen = [hosts[id_] for id_ in hosts if id_ in partnership_ids]
            chosen += words.names(topics[id_] for id_ in topics if id_ in topic_ids)
            chosen += [words.language_name(language) for language in sorted(languages)]
            return words.chosen(consortium, chosen)
    return words.everything(consortium)


def google_copy(card: Card, page: str) -> str:
    """The address that puts one webinar into Google Calendar, for phones that can do nothing with a file.

    Outlook has the like, but takes what we say for the hour of wherever its reader is.
    """
    times = "/".join(moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in (card.starts_at, card.ends_at))
    asked = {"action": "TEMPLATE", "text": card.title, "dates": times, "details": page, "location": page}
    return f"https://calendar.google.com/calendar/render?{urlencode(asked)}"


def short_name(options: FeedOptions) -> str:
    return options.consortium_short_name or options.consortium_name


def chosen(pairs: list[tuple[str, str]], sources: Sources, languages: tuple[str, ...]) -> Public:
    """What the form was filled in with, of what there is: a page may ignore what a calendar must refuse."""
    known = {
        "partnership": {each.id for each in sources.partnerships},
        "topic": {each.id for each in sources.topics},
        "language": set(languages),
    }
    found = {kind: frozenset(value for key, value in pairs if key == kind) & ids for kind, ids in known.items()}
    return simplest(Custom(found["partnership"], found["topic"], found["language"]))


def offered(selection: Public | None, sources: Sources, visit: Visit) -> list[Offered]:
    """Everything, each partnership, each topic."""
    there: list[tuple[Public, str]] = [
        (Everything(), ""),
        *((HostedBy(each.id), each.color) for each in sources.partnerships),
        *((About(each.id), "") for each in sources.topics),
    ]
    return [
        Offered(title(one, sources, visit), visit.to("/calendar", choice_pairs(one)), one == selection, color)
        for one, color in there
    ]


def ticks(selection: Public, sources: Sources, languages: tuple[str, ...], visit: Visit) -> dict[str, list[Tick]]:
    ticked = set(choice_pairs(selection))
    names = {
        "partnership": [(each.id, each.short_name) for each in sources.partnerships],
        "topic": [(each.id, visit.words.name(each.name)) for each in sources.topics],
        "language": [(each, visit.words.language_name(each)) for each in languages],
    }
    return {kind: [Tick(id_, name, (kind, id_) in ticked) for id_, name in there] for kind, there in names.items()}
