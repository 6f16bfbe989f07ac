"""The parameters of a call, read by their declared type.

A form holds nothing but strings: JSON is decoded only where the parameter is JSON, so the text "42" stays text.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from sandbox.errors import bad_request
from sandbox.jsons import Json, JsonObject

_ATTACHED = "attach://"
_INTEGER = re.compile(r"[+-]?\d{1,19}")
_TRUE, _FALSE = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no"})


class Kind(Enum):
    STRING = auto()
    INTEGER = auto()
    BOOLEAN = auto()
    JSON = auto()
    FILE = auto()


@dataclass(frozen=True, slots=True)
class Upload:
    file_name: str
    mime_type: str
    content: bytes


Value: TypeAlias = Json | Upload
Raw: TypeAlias = Mapping[str, Value]
Spec: TypeAlias = Mapping[str, Kind]


class Arguments:
    """What a call brought. An empty string counts as not given, as with Telegram."""

    def __init__(self, values: JsonObject, uploads: Mapping[str, Upload]) -> None:
        self.values = values
        self.uploads = uploads

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None or name in self.uploads

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) else default

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        return value if isinstance(value, int) else default

    def flag(self, name: str) -> bool:
        return self.values.get(name) is True

    def json(self, name: str) -> Json:
        return self.values.get(name)


def read(raw: Raw, spec: Spec) -> Arguments:
    """Read what was sent; a parameter that is not declared, or of the wrong type, is refused by name."""
    sent: dict[str, Json | Upload] = {name: value for name, value in raw.items() if value is not None and value != ""}
    attached = {_ATTACHED + name for name, value in sent.items() if isinstance(value, Upload)} & _referred(sent)
    unknown = sorted(name for name in sent if name not in spec and _ATTACHED + name not in attached)
    if unknown:
        raise bad_request(f'Parameter "{unknown[0]}" is not modelled by the sandbox')
    values: JsonObject = {}
    uploads: dict[str, Upload] = {}
    for name, kind in spec.items():
        if name not in sent:
            continue
        value = _resolved(sent, sent[name], kind)
        if isinstance(value, Upload):
            uploads[name] = _file(name, value, kind)
        else:
            values[name] = _READERS[kind](name, value)
    return Arguments(values, uploads)


def _referred(sent: Raw) -> set[str]:
    return {value for value in sent.values() if isinstance(value, str) and value.startswith(_ATTACHED)}


def _resolved(sent: Raw, value: Value, kind: Kind) -> Value:
    """A file parameter may name the part that holds the file."""
    attached = kind is Kind.FILE and isinstance(value, str) and value.startswith(_ATTACHED)
    return _attached(sent, str(value)) if attached else value


def _attached(sent: Raw, reference: str) -> Upload:
    upload = sent.get(reference.removeprefix(_ATTACHED))
    if not isinstance(upload, Upload):
        raise bad_request(f"File part {reference.removeprefix(_ATTACHED)!r} is missing")
    return upload


def _file(name: str, value: Upload, kind: Kind) -> Upload:
    if kind is not Kind.FILE:
        raise bad_request(f'Parameter "{name}" must not be a file')
    return value


def _string(name: str, value: Json) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    raise bad_request(f'Parameter "{name}" must be a String')


def _integer(name: str, value: Json) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    raise bad_request(f'Parameter "{name}" must be an Integer')


def _boolean(name: str, value: Json) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    raise bad_request(f'Parameter "{name}" must be a Boolean')


def _json(name: str, value: Json) -> Json:
    if not isinstance(value, str):
        return value
    try:
        decoded: Json = json.loads(value)
    except ValueError:
        raise bad_request(f"Can't parse {name} JSON object") from None
    return decoded


_READERS: dict[Kind, Callable[[str, Json], Json]] = {
    Kind.STRING: _string,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.JSON: _json,
    Kind.FILE: _string,
}
