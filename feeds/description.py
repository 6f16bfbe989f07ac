"""The plain text of an event: first what to press, then what it is, then when it is for whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.entries import Entry, Participation
from feeds.addresses import webinar_path
from feeds.options import FeedOptions
from storage import WebinarStatus
from texts.feeds import FeedPhrases


@dataclass(frozen=True, slots=True)
class Description:
    """Its paragraphs. `text` and `agenda` are the organisers' own, and as long as they like."""

    ways_in: str
    text: str
    facts: str
    when: str
    agenda: str

    def within(self, length: int | None) -> str:
        """With a `length` there is no agenda, and only so many characters of the text."""
        text, agenda = (self.text, self.agenda) if length is None else (_cut(self.text, length), "")
        return "\n\n".join(filter(None, (self.ways_in, text, self.facts, self.when, agenda)))


def describe(entry: Entry, options: FeedOptions, words: FeedPhrases) -> Description:
    page = None if entry.meeting else options.url(webinar_path(entry.code))
    return Description(
        ways_in="\n".join(_ways_in(entry, page, words)),
        text=entry.description,
        facts="\n".join(_facts(entry, words)),
        when="\n".join([words.when(), *(words.full(entry.dtstart, zone) for zone in _zones(entry, options))]),
        agenda="\n".join(_agenda(entry, words)),
    )


def _ways_in(entry: Entry, page: str | None, words: FeedPhrases) -> list[str]:
    """A meeting has no page."""
    details = [words.details(page)] if page else []
    if entry.status is WebinarStatus.CANCELLED:
        reason = [words.reason(entry.cancel_reason)] if entry.cancel_reason else []
        return [words.meeting_cancelled() if entry.meeting else words.cancelled(), *reason, *details]
    if entry.join_url:
        return [words.join(entry.join_url), *details]
    if entry.participation is Participation.WAITLISTED:
        return [words.waiting(), *details]
    return [words.register(page)] if page else []


def _cut(text: str, length: int) -> str:
    """The page has all of it."""
    if len(text) <= length:
        return text
    return f"{text[:length].rstrip()}…" if length else ""


def _facts(entry: Entry, words: FeedPhrases) -> list[str]:
    hosts = [words.hosts(entry.hosts)] if entry.hosts else []
    return [*hosts, words.spoken(entry.language)]


def _zones(entry: Entry, options: FeedOptions) -> Iterable[str]:
    """The hosts' own zone first, none twice."""
    return dict.fromkeys([entry.timezone, *options.display_zones])


def _agenda(entry: Entry, words: FeedPhrases) -> list[str]:
    lines = [f"- {words.agenda_line(line.title, line.speaker, line.minutes)}" for line in entry.agenda]
    return [words.agenda(), *lines] if lines else []
