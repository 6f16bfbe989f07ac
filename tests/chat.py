"""The chat in tests: whole cards and drafts of which a test names only what matters, and screens as people see them."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.screen import Button, Copy, Link, Press, Screen, Share
from domain.cards import AgendaLine, Card
from domain.choices import Choice
from domain.drafts import DraftView, Field, Fields
from sandbox.text.formatted import Formatted, text_of
from storage import WebinarStatus

GOLDEN = Path(__file__).parent / "unit" / "bot" / "golden"
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
START = datetime(2027, 1, 19, 9, tzinfo=UTC)
LEADS = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=10))
JOIN = "https://meet.example.org/j/123?pwd=x&y=1"
READY: dict[str, Any] = {
    "title": "Cold chain to Guangdong",
    "local_start": datetime(2027, 2, 3, 9, 30),  # noqa: DTZ001 -- a wall time
    "join_url": JOIN,
}
"""A draft's fields from which only the hosts are missing."""
NASTY = "AI & <b>SMEs</b> \"'{title}%s"
"""Text that breaks whatever puts it in without care."""
HARMLESS = re.sub(r"[^\w ]", "x", NASTY)
"""As long, and parted at the same places."""


@dataclass
class Clock:
    """The bot's clock, which stands still until a test moves it."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment


def card(**changes: Any) -> Card:
    whole: dict[str, Any] = {
        "code": "pack1234",
        "uid": "pack1234@webinars.example.org",
        "title": "Smart packaging for the Chinese market",
        "description": "What buyers in Shanghai expect, labelling rules, two company stories.",
        "status": WebinarStatus.PUBLISHED,
        "starts_at": START,
        "ends_at": START + timedelta(hours=1),
        "timezone": "Europe/Brussels",
        "duration_minutes": 60,
        "language": "en",
        "hosts": ("AdPack²", "NF4"),
        "host_ids": ("adpack2", "nf4"),
        "topics": ("China", "Smart packaging"),
        "topic_ids": ("china", "smart-packaging"),
        "agenda": (),
        "capacity": 50,
        "registered": 38,
        "waiting": 0,
        "open": True,
        "ended": False,
    }
    return Card(**whole | changes)


def card_of(text: str, **changes: Any) -> Card:
    """The same text wherever somebody may type one."""
    return card(
        title=text,
        description=text,
        hosts=(text, text),
        topics=(text, text),
        agenda=(AgendaLine(text, text, 10),),
        **changes,
    )


def longest_card(**changes: Any) -> Card:
    """As long as the longest that can be typed, and longer where nothing limits what is imported."""
    return card(
        title="😀" * 120,
        description="😀😀😀😀😀😀😀 " * 250,
        hosts=("Pärtnership 😀 with a long name",) * 40,
        topics=("Töpic 😀 with a long name",) * 100,
        agenda=(AgendaLine("😀" * 90, "😀" * 90, 1439),) * 60,
        capacity=100_000,
        registered=100_000,
        waiting=100_000,
        **changes,
    )


def draft(*, asking: Field | None = None, chosen: tuple[str, ...] = (), **changes: Any) -> DraftView:
    """An empty draft, unless the test fills it; `chosen` are the names of hosts and topics that are switched on."""
    hosts = {"ec2i": "EC2i", "mobigoin": "MobiGoIn-Action", "adpack2": "AdPack²", "nf4": "NF4"}
    topics = {"china": "China", "usa": "USA", "food": "Food"}
    fields = {"timezone": "Europe/Brussels", "hosts": [id_ for id_, name in hosts.items() if name in chosen]}
    return DraftView(
        fields=Fields.model_validate(fields | changes),
        hosts=tuple(Choice(id_, name, name in chosen) for id_, name in hosts.items()),
        topics=tuple(Choice(id_, name, name in chosen) for id_, name in topics.items()),
        asking=asking,
        message_id=None,
    )


def draft_of(text: str) -> DraftView:
    """The same text wherever somebody may type one."""
    view = draft(title=text, description=text, hosts=("nf4",))
    return replace(
        view,
        hosts=tuple(replace(host, name=text, chosen=True) for host in view.hosts),
        topics=tuple(replace(topic, name=text, chosen=True) for topic in view.topics),
    )


def longest_draft() -> DraftView:
    """All that can be typed, in characters that Telegram counts twice."""
    typed = {"title": "😀" * 120, "description": "😀😀😀😀😀😀😀 " * 250, "join_url": f"https://{'x' * 489}.eu"}
    hosts = tuple(Choice(f"host{number}", "Pärtnership 😀 with a long name", chosen=True) for number in range(40))
    topics = tuple(Choice(f"topic{number}", "Töpic 😀 with a long name", chosen=True) for number in range(90))
    return replace(draft(**READY | typed | {"hosts": ("host0",)}), hosts=hosts, topics=topics)


def read(screen: Screen) -> Formatted:
    """The screen's text as Telegram stores it; raises where Telegram would refuse it."""
    return text_of(str(screen.text), "HTML", None, lambda _: None)


def drawn(screen: Screen) -> str:
    """The screen as it stands in a golden file: its text with the markup, then its rows of buttons."""
    rows = ["  ".join(f"[{_label(button)}]" for button in row) for row in screen.rows if row]
    return "\n".join([str(screen.text), "-----", *rows]) + "\n"


def _label(button: Button) -> str:
    match button:
        case Press(label):
            return label
        case Link(label, url):
            return f"{label} -> {url}"
        case Copy(label, text):
            return f"{label} = {text}"
        case Share(label, query):
            return f"{label} @ {query}"
