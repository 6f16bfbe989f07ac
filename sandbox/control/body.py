"""Bodies of the control interface, read strictly: what is not understood is refused by name."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import ControlError, Refusal
from sandbox.jsons import Json, JsonObject

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]
_DECIMAL = re.compile(r"-?\d{1,19}(?:\.\d{1,19})?")
_NUMBER = re.compile(r"-?\d{1,19}")


class Fields:
    """The fields of a JSON object, or of a query, each taken once; what is left over was a mistake."""

    def __init__(self, values: JsonObject) -> None:
        self._values = dict(values)

    def take(self, name: str) -> Json:
        return self._values.pop(name, None)

    def integer(self, name: str) -> int:
        value = self.optional_integer(name)
        if value is None:
            raise ControlError(f'"{name}" is missing')
        return value

    def optional_integer(self, name: str) -> int | None:
        value = self.take(name)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return int(value)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise ControlError(f'"{name}" must be an integer')

    def number(self, name: str, default: float = 0.0) -> float:
        value = self.take(name)
        if value is None:
            return default
        if isinstance(value, str) and _DECIMAL.fullmatch(value):
            return float(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        raise ControlError(f'"{name}" must be a number')

    def string(self, name: str) -> str:
        value = self.optional_string(name)
        if value is None:
            raise ControlError(f'"{name}" is missing')
        return value

    def optional_string(self, name: str) -> str | None:
        value = self.take(name)
        if value is None or isinstance(value, str):
            return value
        raise ControlError(f'"{name}" must be a string')

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.take(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        raise ControlError(f'"{name}" must be true or false')

    def name(self, name: str) -> int | str | None:
        """An id or a username."""
        value = self.take(name)
        if value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise ControlError(f'"{name}" must be an id or a name')

    def end(self) -> None:
        if self._values:
            raise ControlError(f'"{min(self._values)}" is not known here')


async def body_of(request: Request) -> Fields:
    try:
        values = json.loads(await request.body() or b"{}")
    except ValueError:
        raise ControlError("The body is no JSON") from None
    if not isinstance(values, dict):
        raise ControlError("The body must be a JSON object")
    return Fields(values)


def query_of(request: Request) -> Fields:
    return Fields(dict(request.query_params))


def answering(endpoint: Callable[[Request], Awaitable[Json]]) -> Endpoint:
    """An endpoint that answers JSON, and 400 with the reason where it cannot do what is asked."""

    async def serve(request: Request) -> Response:
        try:
            return JSONResponse(await endpoint(request))
        except ControlError as error:
            return JSONResponse({"error": str(error)}, 400)
        except Refusal as refusal:
            return JSONResponse({"error": refusal.description}, 400)

    return serve
