"""The ways in which calendar apps take a subscription."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from domain.calendar import About, Everything, HostedBy, Public
from domain.programme import Sources
from feeds.addresses import calendar_path
from feeds.options import FeedOptions
from texts.feeds import FeedPhrases


@dataclass(frozen=True, slots=True)
class Subscription:
    """One public calendar. `path` is its address on this host, `https` the full one to copy."""

    name: str
    path: str
    https: str
    webcal: str
    google: str
    outlook: str


def subscriptions(options: FeedOptions, sources: Sources, words: FeedPhrases) -> dict[str, list[Subscription]]:
    """All of them, under `everything`, `partnerships` and `topics`."""
    return {
        "everything": [_subscription(options, Everything(), words.everything(options.consortium_name))],
        "partnerships": [
            _subscription(options, HostedBy(partnership.id), words.hosted_by(partnership.short_name))
            for partnership in sources.partnerships
        ],
        "topics": [_subscription(options, About(topic.id), words.about(topic.name)) for topic in sources.topics],
    }


def _subscription(options: FeedOptions, selection: Public, name: str) -> Subscription:
    path = calendar_path(selection)
    https = options.url(path)
    webcal = "webcal" + https[https.index("://") :]
    return Subscription(
        name=name,
        path=options.local(path),
        https=https,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.office.com/calendar/0/addfromweb?{urlencode({'url': https, 'name': name})}",
    )
