"""One calendar as bytes, plain and compressed."""

import gzip
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

import brotli

from feeds.negotiation import Coding
from feeds.parts import Part, joined
from feeds.representation import Representation, digest

_IN_PARTS, _QUICKLY = 500_000, 1_000_000
"""Bytes. What has more is compressed so that a change is soon told, else as well as is reasonable."""
_LEVEL, _QUALITY, _QUICK_QUALITY = 6, 5, 1
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # RFC 1952: deflate, and no name, time or system
_LAST_BLOCK = b"\x03\0"  # RFC 1951: an empty one, which ends the stream


@dataclass(slots=True)
class Bytes:
    """A calendar's bytes. Each coding is made when it is first asked for, and once; its tag is known before that.

    The tag is made from the plain bytes, so that processes whose libraries compress differently agree on it.
    """

    parts: Sequence[Part]
    size: int = field(init=False)
    _digest: str = field(init=False)
    _made: dict[Coding, bytes] = field(default_factory=dict, init=False)
    _making: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self.size = sum(len(part.plain) for part in self.parts)
        self._digest = digest(b"".join(part.digest() for part in self.parts))

    def etag(self, coding: Coding) -> str:
        return f'"{self._digest}{_SUFFIX[coding]}"'

    def made(self, coding: Coding) -> bytes | None:
        """The bytes in this coding, or nothing if they must be made first."""
        return self._made.get(coding)

    def make(self, coding: Coding) -> bytes:
        """Takes some milliseconds, so it is for a thread. All who come at once wait for one."""
        with self._making:
            if coding not in self._made:
                self._made[coding] = _MAKE[coding](self)
            return self._made[coding]


@dataclass(frozen=True, slots=True)
class Feed:
    bytes: Bytes
    last_modified: datetime

    @property
    def identity(self) -> Representation:
        return Representation(self.bytes.make(Coding.IDENTITY), self.bytes.etag(Coding.IDENTITY))


def _plain(made: Bytes) -> bytes:
    return joined(made.parts)


def _gzip(made: Bytes) -> bytes:
    if made.size <= _IN_PARTS:
        return gzip.compress(b"".join(part.plain for part in made.parts), _LEVEL, mtime=0)
    checked = 0
    for part in made.parts:
        checked = zlib.crc32(part.plain, checked)
    end = checked.to_bytes(4, "little") + (made.size & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join([_GZIP_HEAD, *(part.deflated(_LEVEL) for part in made.parts), _LAST_BLOCK, end])


def _brotli(made: Bytes) -> bytes:
    quality = _QUALITY if made.size <= _QUICKLY else _QUICK_QUALITY
    compressed: bytes = brotli.compress(b"".join(part.plain for part in made.parts), quality=quality)
    return compressed


_SUFFIX = {Coding.IDENTITY: "", Coding.GZIP: "-gzip", Coding.BROTLI: "-br"}
_MAKE: dict[Coding, Callable[[Bytes], bytes]] = {
    Coding.IDENTITY: _plain,
    Coding.GZIP: _gzip,
    Coding.BROTLI: _brotli,
}
