"""What is said to those who ask for a calendar: worked out once, when it has changed, and not for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

from starlette.types import Message, Scope

from domain.selections import About, Custom, Everything, HostedBy, Meetings, Personal, Secret, Selection, Single
from feeds.conditional import is_known
from feeds.feed import Feed
from feeds.negotiation import Coding, coding
from feeds.responses import ALWAYS

_PUBLIC = {"Cache-Control": "public, max-age=300, must-revalidate"}
_PRIVATE = {"Cache-Control": "private, max-age=300, must-revalidate", "X-Robots-Tag": "noindex"}
_READ = (b"accept-encoding", b"if-none-match", b"if-modified-since")
_NOTHING: Message = {"type": "http.response.body", "body": b""}


Answer = tuple[Message, Message]


@dataclass(slots=True)
class Ready:
    """What is answered in one coding; `whole` is missing until its bytes are made."""

    coding: Coding
    etag: str
    tag: bytes
    unchanged: Answer
    whole: Answer | None = None


class Answers:
    """All that can be answered about one calendar as it is now.

    `seen_until` is the latest change that whoever gets it has seen. `at` is when it was so.
    """

    def __init__(self, selection: Selection, feed: Feed, seen_until: datetime | None, *, at: datetime) -> None:
        self.feed = feed
        self.seen_until = seen_until
        self._selection = selection
        always = {**ALWAYS, **(_PRIVATE if isinstance(selection, Secret) else _PUBLIC), "Vary": "Accept-Encoding"}
        self._changed_by = _full_second(feed.last_modified)
        if at >= self._changed_by:  # until then another change may come, and would have the same date
            always |= {"Last-Modified": format_datetime(self._changed_by, usegmt=True)}
        self._validators = always
        self._ready = {each: self._prepare(each) for each in Coding}

    def to(self, scope: Scope) -> Answer | None:
        """The answer to a GET or HEAD; nothing if its bytes have to be made before."""
        headers = dict(scope["headers"])
        if len(headers) < len(scope["headers"]):
            headers = _joined(scope["headers"])
        ready, tags = self._ready[coding(headers.get(b"accept-encoding", b""))], headers.get(b"if-none-match")
        if tags == ready.tag or self._is_known(ready, tags, headers.get(b"if-modified-since")):  # nearly all say one
            return ready.unchanged
        whole = ready.whole
        return (whole[0], _NOTHING) if whole and scope["method"] == "HEAD" else whole

    def made(self, scope: Scope) -> Answer:
        """As `to`, once the bytes are made that this request asks for. Takes some milliseconds."""
        ready = self._ready[coding(_joined(scope["headers"]).get(b"accept-encoding", b""))]
        ready.whole = self._whole(ready, self.feed.bytes.make(ready.coding))
        found = self.to(scope)
        assert found
        return found

    def _is_known(self, ready: Ready, tags: bytes | None, since: bytes | None) -> bool:
        if tags is None and since is None:
            return False
        said, date = ((value or b"").decode("latin-1") for value in (tags, since))
        return is_known(said, date, ready.etag, self._changed_by)

    def _prepare(self, coding: Coding) -> Ready:
        etag = self.feed.bytes.etag(coding)
        ready = Ready(coding, etag, etag.encode(), (_start(304, self._validators | {"ETag": etag}), _NOTHING))
        if body := self.feed.bytes.made(coding):
            ready.whole = self._whole(ready, body)
        return ready

    def _whole(self, ready: Ready, body: bytes) -> Answer:
        about_the_body = {
            "ETag": ready.etag,
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": f'inline; filename="{_file_name(self._selection)}.ics"',
            "Content-Length": str(len(body)),
        }
        encoded = {} if ready.coding is Coding.IDENTITY else {"Content-Encoding": ready.coding.value}
        start = _start(200, self._validators | about_the_body | encoded)
        return start, {"type": "http.response.body", "body": body}


def _joined(raw: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """What is read of them. One that is said twice is a list: RFC 9110, section 5.3."""
    said = {name: [value for other, value in raw if other == name] for name in _READ}
    return {name: b",".join(values) for name, values in said.items() if values}


def _full_second(moment: datetime) -> datetime:
    """The first at which all that could change in the moment's own second has changed: dates of HTTP have no parts."""
    second = moment.replace(microsecond=0)
    return second if second == moment else second + timedelta(seconds=1)


def _start(status: int, headers: dict[str, str]) -> Message:
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": raw}


def _file_name(selection: Selection) -> str:
    match selection:
        case Everything():
            return "all"
        case HostedBy(id_) | About(id_) | Single(id_):
            return id_
        case Custom():
            return "custom"
        case Personal():
            return "webinars"
        case Meetings():
            return "meetings"
