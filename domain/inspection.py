"""Finds what is wrong with a TOML document, and on which line it stands."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.spelling import did_you_mean

Check = Callable[[object], None]
"""Raises ValueError with the end of a sentence for people."""


@dataclass(frozen=True, slots=True)
class Table:
    """One [[kind]] of the document. `line` is that of its header, nothing if it is written in another form."""

    title: str
    line: int | None
    values: Mapping[str, Any]


class Inspection:
    """Gathers every fault of a document. TOML's reader tells no lines: they are looked up in the text."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._lines = text.splitlines()
        self._faults: list[tuple[int, str]] = []

    def faults(self) -> list[str]:
        """Sentences for people, in the order of the lines."""
        return [sentence for _, sentence in sorted(self._faults, key=lambda fault: fault[0])]

    def tables(self, document: Mapping[str, Any], kind: str) -> list[Table]:
        found = document.get(kind, [])
        if not isinstance(found, list) or not all(isinstance(values, dict) for values in found):
            self._blame(self._top_line(kind), kind, f"write each one below a line of its own, [[{kind}]]")
            return []
        headers = self._headers(kind)
        return [
            Table(
                title=f'[[{kind}]] "{values["id"]}"' if "id" in values else f"[[{kind}]] number {number}",
                line=headers[number - 1] if len(headers) == len(found) else None,
                values=values,
            )
            for number, values in enumerate(found, 1)
        ]

    def check_top(
        self,
        document: Mapping[str, Any],
        checks: Mapping[str, Check],
        kinds: Iterable[str],
        *,
        optional: Collection[str],
    ) -> None:
        """`optional` are those of the checks whose key may be missing."""
        for key, fault in _faults(document, checks, {*checks, *kinds}, optional):
            self._blame(self._top_line(key), key, fault)

    def check_table(self, table: Table, checks: Mapping[str, Check], *, optional: Collection[str]) -> None:
        for key, fault in _faults(table.values, checks, checks, optional):
            line = None if table.line is None else self._assignment(key, table.line) or table.line
            self._blame(line, f"{table.title}, {key}", fault)

    def _blame(self, line: int | None, where: str, fault: str) -> None:
        place = f"{self._file}, line {line}" if line else self._file
        self._faults.append((line or 0, f"{place}, {where}: {fault}{'' if fault.endswith(('.', '?')) else '.'}"))

    def _top_line(self, key: str) -> int | None:
        return self._assignment(key, 0) or next(iter(self._headers(key)), None)

    def _headers(self, kind: str) -> list[int]:
        header = re.compile(rf"""\s*\[\[?\s*["']?{re.escape(kind)}["']?\s*\]""")
        return [number for number, line in enumerate(self._lines, 1) if header.match(line)]

    def _assignment(self, key: str, after: int) -> int | None:
        """Where the key gets its value: after that line and before the next header."""
        assignment = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        for number, line in enumerate(self._lines[after:], after + 1):
            if assignment.match(line):
                return number
            if line.lstrip().startswith("["):
                break
        return None


def _faults(
    values: Mapping[str, Any], checks: Mapping[str, Check], known: Collection[str], optional: Collection[str]
) -> Iterator[tuple[str, str]]:
    for key in values:
        if key not in known:
            yield key, "there is no such key." + did_you_mean(key, known)
    for key, check in checks.items():
        if key not in values:
            if key not in optional:
                yield key, "missing"
            continue
        try:
            check(values[key])
        except ValueError as error:
            yield key, str(error)
