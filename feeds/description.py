"""The plain text of an event: first what to press, then what it is, then when it is for whom."""

from domain.calendar import Entry, Participation
from feeds.addresses import webinar_path
from feeds.options import FeedOptions
from storage import WebinarStatus
from texts.feeds import FeedPhrases


def describe(entry: Entry, options: FeedOptions, words: FeedPhrases) -> str:
    blocks = [
        _ways_in(entry, options.url(webinar_path(entry.code)), words),
        [entry.description],
        _facts(entry, words),
        [words.when(), *(words.full(entry.dtstart, zone) for zone in _zones(entry, options))],
        _agenda(entry, words),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if any(block))


def _ways_in(entry: Entry, page: str, words: FeedPhrases) -> list[str]:
    if entry.status is WebinarStatus.CANCELLED:
        return [words.cancelled(), words.details(page)]
    if entry.join_url:
        return [words.join(entry.join_url), words.details(page)]
    if entry.participation is Participation.WAITLISTED:
        return [words.waiting(), words.details(page)]
    return [words.register(page)]


def _facts(entry: Entry, words: FeedPhrases) -> list[str]:
    hosts = [words.hosts(entry.hosts)] if entry.hosts else []
    return [*hosts, words.spoken(entry.language)]


def _zones(entry: Entry, options: FeedOptions) -> list[str]:
    """The hosts' own zone first, none twice."""
    return list(dict.fromkeys([entry.timezone, *options.display_zones]))


def _agenda(entry: Entry, words: FeedPhrases) -> list[str]:
    lines = [f"- {words.agenda_line(line.title, line.speaker, line.minutes)}" for line in entry.agenda]
    return [words.agenda(), *lines] if lines else []
