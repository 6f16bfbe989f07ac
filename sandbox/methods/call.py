"""A call of the Bot API on its way through the sandbox."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sandbox.bots import Bot
from sandbox.jsons import Json, JsonObject
from sandbox.params import Arguments, Spec
from sandbox.world import World


@dataclass(slots=True)
class Call:
    """`seen` is what the transcript adds to the parameters: the text as parsed, the message id, files."""

    world: World
    bot: Bot
    arguments: Arguments
    seen: JsonObject = field(default_factory=dict)
    sequence: int = 0


Handler: TypeAlias = Callable[[Call], Json | Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    handler: Handler
    spec: Spec
