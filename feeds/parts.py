"""A calendar in parts: when one webinar changes, only the part that it stands in is put together and compressed."""

import hashlib
import zlib
from collections.abc import Sequence

from domain.entries import Entry

_LONG = 256
"""Entries in a part, about: shorter ones compress less well, longer ones take longer to compress."""


class Part:
    """Some events that follow each other, or the lines around all of them, as bytes.

    `length` is how much of the organisers' own texts there was room for.
    """

    def __init__(self, plain: bytes, entries: Sequence[Entry] = (), length: int | None = None) -> None:
        self.plain: bytes | memoryview = plain
        self.entries = entries
        self.length = length
        self._digest = self._deflated = b""

    def is_at(self, entries: Sequence[Entry], begin: int) -> bool:
        """Whether it still is what `run` would find there."""
        end = begin + len(self.entries)
        ends_there = end == len(entries) or _is_last(self.entries[-1])
        return ends_there and entries[begin:end] == self.entries

    def digest(self) -> bytes:
        if not self._digest:
            self._digest = hashlib.sha256(self.plain).digest()
        return self._digest

    def deflated(self, level: int) -> bytes:
        """By itself, and to a whole byte: so parts in any order are a stream of deflate (RFC 1951), but for its end."""
        if not self._deflated:
            compressor = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
            self._deflated = compressor.compress(self.plain) + compressor.flush(zlib.Z_SYNC_FLUSH)
        return self._deflated


def run(entries: Sequence[Entry], begin: int) -> Sequence[Entry]:
    """Those from `begin` on that are one part.

    Where it ends is a matter of the entry there alone: so another that comes or goes changes no other part.
    """
    for end in range(begin, len(entries)):
        if _is_last(entries[end]):
            return entries[begin : end + 1]
    return entries[begin:]


def _is_last(entry: Entry) -> bool:
    return zlib.crc32(entry.uid.encode()) % _LONG == 0


def joined(parts: Sequence[Part]) -> bytes:
    """The parts' own bytes are then those of the whole: no byte is kept twice."""
    whole, end = b"".join(part.plain for part in parts), 0
    for part in parts:
        begin, end = end, end + len(part.plain)
        part.plain = memoryview(whole)[begin:end]
    return whole
