"""How a list is narrowed by links alone: each leads to the list with one choice more, another, or one less."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from domain.draft_fields import LANGUAGES as SPOKEN
from domain.facets import KINDS, Kind, Option
from domain.programme import Asked, Programme, Sources, cleaned
from domain.selections import About, Custom, Everything, HostedBy, Public
from feeds.visit import Visit
from storage import TopicKind
from texts.pages import PagePhrases

_WORDS = "q"
_OF_A_CALENDAR: tuple[tuple[Kind, ...], ...] = (("partnership",), ("market", "sector"), ("language",))


@dataclass(frozen=True, slots=True)
class Turn:
    """One link: `count` is how many it leads to. Of one that is chosen, the link takes it away."""

    name: str
    path: str
    count: int
    chosen: bool
    color: str = ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`kept` are the choices that a search keeps; `chosen` the links that take each of them away.

    `instead` lead to something where nothing fits.
    """

    words: str
    kept: tuple[tuple[str, str], ...]
    partnerships: tuple[Turn, ...]
    markets: tuple[Turn, ...]
    sectors: tuple[Turn, ...]
    languages: tuple[Turn, ...]
    months: tuple[Turn, ...]
    chosen: tuple[Turn, ...]
    instead: tuple[Turn, ...]
    everything_path: str
    without_words_path: str
    goes_on_path: str | None
    subscribe_path: str
    narrowed_calendar: bool


def asked(request: Request) -> Asked:
    """What the address asks for: the first of each kind, unless it is empty."""
    query = request.query_params
    chosen: dict[Kind, str] = {kind: value for kind in KINDS if (value := query.get(kind, ""))}
    return Asked(chosen, cleaned(query.get(_WORDS, "")))


def narrowing(wanted: Asked, found: Programme, visit: Visit) -> Narrowing:
    turns = {kind: _turns(kind, wanted, found, visit) for kind in KINDS}
    selection = selected(wanted, found.sources)
    wider = _pairs(wanted.chosen, "")
    return Narrowing(
        words=wanted.words,
        kept=wider,
        partnerships=turns["partnership"],
        markets=turns["market"],
        sectors=turns["sector"],
        languages=turns["language"],
        months=turns["month"],
        chosen=tuple(turn for kind in KINDS for turn in turns[kind] if turn.chosen),
        instead=tuple(
            turn for kind, options in found.instead.items() for turn in _instead(kind, options, found, visit)
        ),
        everything_path=visit.to("/"),
        without_words_path=visit.to("/", wider),
        goes_on_path=_goes_on(wanted, found, visit),
        subscribe_path=visit.to("/calendar", choice_pairs(selection)),
        narrowed_calendar=selection != Everything(),
    )


def known(wanted: Asked, sources: Sources) -> tuple[tuple[Kind, str], ...]:
    """What was chosen of the consortium's partnerships and topics and of the languages that there can be."""
    there: dict[Kind, set[str]] = {
        "partnership": {partnership.id for partnership in sources.partnerships},
        "market": {topic.id for topic in sources.topics if topic.kind is TopicKind.MARKET},
        "sector": {topic.id for topic in sources.topics if topic.kind is TopicKind.SECTOR},
        "language": set(SPOKEN),
    }
    return tuple((kind, wanted.chosen[kind]) for kind in there if wanted.chosen.get(kind) in there[kind])


def names_of(wanted: Asked, sources: Sources, words: PagePhrases) -> list[str]:
    """What is known of the choice, as people call it."""
    return [_names(kind, sources, words).get(id_) or _name(kind, id_, words) for kind, id_ in known(wanted, sources)]


def selected(wanted: Asked, sources: Sources) -> Public:
    """The calendar of what was chosen. One has neither words nor months."""
    there = dict(known(wanted, sources))
    hosts, topics, languages = (frozenset(there[kind] for kind in kinds if kind in there) for kinds in _OF_A_CALENDAR)
    return simplest(Custom(hosts, topics, languages))


def simplest(custom: Custom) -> Public:
    """The same calendar by its best-known address."""
    match (sorted(custom.partnership_ids), sorted(custom.topic_ids), sorted(custom.languages)):
        case ([], [], []):
            return Everything()
        case ([host], [], []):
            return HostedBy(host)
        case ([], [topic], []):
            return About(topic)
    return custom


def choice_pairs(selection: Public) -> list[tuple[str, str]]:
    """How the page about subscribing is asked for a calendar."""
    match selection:
        case HostedBy(partnership_id):
            return [("partnership", partnership_id)]
        case About(topic_id):
            return [("topic", topic_id)]
        case Custom(partnership_ids, topic_ids, languages):
            return [
                *(("partnership", each) for each in sorted(partnership_ids)),
                *(("topic", each) for each in sorted(topic_ids)),
                *(("language", each) for each in sorted(languages)),
            ]
    return []


def _turns(kind: Kind, wanted: Asked, found: Programme, visit: Visit) -> tuple[Turn, ...]:
    names, colors = _names(kind, found.sources, visit.words), {p.id: p.color for p in found.sources.partnerships}
    return tuple(
        Turn(
            name=names.get(option.id) or _name(kind, option.id, visit.words),
            path=visit.to("/", _pairs(_after(wanted.chosen, kind, option.id), wanted.words)),
            count=option.count,
            chosen=option.chosen,
            color=colors.get(option.id, "") if kind == "partnership" else "",
        )
        for option in found.options[kind]
    )


def _instead(kind: Kind, options: tuple[Option, ...], found: Programme, visit: Visit) -> list[Turn]:
    names = _names(kind, found.sources, visit.words)
    there = [option for option in options if option.count]
    return [
        Turn(names[each.id], visit.to("/", _pairs({kind: each.id}, "")), each.count, chosen=False) for each in there
    ]


def _goes_on(wanted: Asked, found: Programme, visit: Visit) -> str | None:
    if found.goes_on is None:
        return None
    return visit.to("/", _pairs({**wanted.chosen, "month": found.goes_on}, wanted.words))


def _after(chosen: Mapping[Kind, str], kind: Kind, value: str) -> dict[Kind, str]:
    rest = {other: there for other, there in chosen.items() if other != kind}
    return rest if chosen.get(kind) == value else {**rest, kind: value}


def _names(kind: Kind, sources: Sources, words: PagePhrases) -> dict[str, str]:
    if kind == "partnership":
        return {partnership.id: partnership.short_name for partnership in sources.partnerships}
    return {topic.id: words.name(topic.name) for topic in sources.topics} if kind in {"market", "sector"} else {}


def _name(kind: Kind, id_: str, words: PagePhrases) -> str:
    return words.month_short(id_) if kind == "month" else words.language_name(id_)


def _pairs(chosen: Mapping[Kind, str], words: str) -> tuple[tuple[str, str], ...]:
    """In the order of the kinds: the same choice is the same address."""
    pairs = [(kind, chosen[kind]) for kind in KINDS if kind in chosen]
    return (*pairs, *([(_WORDS, words)] if words else []))
