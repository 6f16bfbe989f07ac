"""What whoever runs the bot wants shown beside the chat: tables of their own, about which the sandbox knows nothing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sandbox.jsons import Json, JsonObject

Cell: TypeAlias = str | int | datetime


@dataclass(frozen=True, slots=True)
class Table:
    """A time in a cell is one of the sandbox's clock; the page says how far away it is. `empty` stands for no rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str

    def json(self) -> JsonObject:
        columns: list[Json] = list(self.columns)
        rows: list[Json] = [[_shown(cell) for cell in row] for row in self.rows]
        return {"title": self.title, "columns": columns, "rows": rows, "empty": self.empty}


Panel: TypeAlias = Callable[[datetime], Awaitable[Sequence[Table]]]
"""Asked with the time of the sandbox's clock, whenever somebody looks."""


async def nothing(now: datetime) -> Sequence[Table]:
    return ()


def _shown(cell: Cell) -> Json:
    return {"unix": cell.timestamp()} if isinstance(cell, datetime) else cell
