"""What is said to those who ask for a calendar: worked out once, when it has changed, and not for each of them."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from starlette.types import Message, Scope

from domain.selections import About, Custom, Everything, HostedBy, Personal, Selection, Single
from feeds.conditional import is_known
from feeds.feed import Feed
from feeds.negotiation import Coding, coding
from feeds.responses import ALWAYS

_PUBLIC = {"Cache-Control": "public, max-age=300, must-revalidate"}
_PRIVATE = {"Cache-Control": "private, max-age=300, must-revalidate", "X-Robots-Tag": "noindex"}
_NOTHING: Message = {"type": "http.response.body", "body": b""}


class Answers:
    """All that can be answered about one calendar as it is now.

    `seen_until` is the latest change that whoever gets it has seen.
    """

    def __init__(self, selection: Selection, feed: Feed, seen_until: datetime | None) -> None:
        self.feed = feed
        self.seen_until = seen_until
        self._selection = selection
        always = {**ALWAYS, **(_PRIVATE if isinstance(selection, Personal) else _PUBLIC), "Vary": "Accept-Encoding"}
        self._validators = always | {"Last-Modified": format_datetime(feed.last_modified, usegmt=True)}
        self._tags = {each: feed.bytes.etag(each).encode() for each in Coding}
        self._unchanged = {each: _start(304, self._validators | {"ETag": feed.bytes.etag(each)}) for each in Coding}
        self._whole = {each: self._prepare(each, body) for each in Coding if (body := feed.bytes.made(each))}

    def to(self, scope: Scope) -> tuple[Message, Message] | None:
        """The answer to a GET or HEAD; nothing if its bytes have to be compressed before."""
        accepted, tags, since = _headers(scope["headers"])
        wanted = coding(accepted)
        if (tags or since) and self._is_known(wanted, tags, since):
            return self._unchanged[wanted], _NOTHING
        whole = self._whole.get(wanted)
        return (whole[0], _NOTHING) if whole and scope["method"] == "HEAD" else whole

    def compressed(self, scope: Scope) -> tuple[Message, Message]:
        """As `to`, once the bytes are made that this request asks for. Takes some milliseconds."""
        wanted = coding(_headers(scope["headers"])[0])
        self._whole[wanted] = self._prepare(wanted, self.feed.bytes.make(wanted))
        found = self.to(scope)
        assert found
        return found

    def _is_known(self, wanted: Coding, tags: bytes, since: bytes) -> bool:
        if tags == self._tags[wanted]:  # as nearly every app says it
            return True
        etag = self._tags[wanted].decode()
        return is_known(tags.decode("latin-1"), since.decode("latin-1"), etag, self.feed.last_modified)

    def _prepare(self, coded: Coding, body: bytes) -> tuple[Message, Message]:
        about_the_body = {
            "ETag": self.feed.bytes.etag(coded),
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": f'inline; filename="{_file_name(self._selection)}.ics"',
            "Content-Length": str(len(body)),
        }
        encoded = {} if coded is Coding.IDENTITY else {"Content-Encoding": coded.value}
        start = _start(200, self._validators | about_the_body | encoded)
        return start, {"type": "http.response.body", "body": body}


def _headers(raw: Sequence[tuple[bytes, bytes]]) -> tuple[bytes, bytes, bytes]:
    """Accept-Encoding, If-None-Match and If-Modified-Since. One that is said twice is a list: RFC 9110, section 5.3."""
    accepted, tags, since = b"", b"", b""
    for name, value in raw:
        if name == b"if-none-match":
            tags = tags + b"," + value if tags else value
        elif name == b"accept-encoding":
            accepted = accepted + b"," + value if accepted else value
        elif name == b"if-modified-since":
            since = value
    return accepted, tags, since


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
