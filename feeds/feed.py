"""One calendar as bytes, plain and compressed."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

import brotli

from feeds.negotiation import Coding
from feeds.representation import Representation, digest


@dataclass(slots=True)
class Bytes:
    """A calendar's bytes. Each coding is made when it is first asked for, and once; its tag is known before that.

    The tag is made from the plain bytes, so that processes whose libraries compress differently agree on it.
    """

    plain: bytes
    _made: dict[Coding, bytes] = field(default_factory=dict)
    _digest: str = ""
    _making: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._made[Coding.IDENTITY] = self.plain
        self._digest = digest(self.plain)

    def etag(self, coding: Coding) -> str:
        return f'"{self._digest}{_SUFFIX[coding]}"'

    def made(self, coding: Coding) -> bytes | None:
        """The bytes in this coding, or nothing if they must be made first."""
        return self._made.get(coding)

    def make(self, coding: Coding) -> bytes:
        """Takes some milliseconds, so it is for a thread. All who come at once wait for one."""
        with self._making:
            if coding not in self._made:
                self._made[coding] = _COMPRESS[coding](self.plain)
            return self._made[coding]


@dataclass(frozen=True, slots=True)
class Feed:
    bytes: Bytes
    last_modified: datetime

    @property
    def identity(self) -> Representation:
        return Representation(self.bytes.plain, self.bytes.etag(Coding.IDENTITY))


def _gzip(plain: bytes) -> bytes:
    return gzip.compress(plain, 6, mtime=0)


def _brotli(plain: bytes) -> bytes:
    compressed: bytes = brotli.compress(plain, quality=5)
    return compressed


_SUFFIX = {Coding.IDENTITY: "", Coding.GZIP: "-gzip", Coding.BROTLI: "-br"}
_COMPRESS: dict[Coding, Callable[[bytes], bytes]] = {Coding.GZIP: _gzip, Coding.BROTLI: _brotli}
