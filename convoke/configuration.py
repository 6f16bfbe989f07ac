"""Reads the configuration: a TOML file, over it the environment, and the files that hold secrets."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource

from convoke.settings import SECRETS, Settings
from domain import consortium
from domain.consortium import Consortium
from domain.spelling import did_you_mean
from storage import ConvokeError

DEFAULT_FILE = Path("config.toml")

_WORDS = {
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "path_type": "must be the path of a file, in quotes",
    "string_too_short": "must not be empty",
    "string_type": "must be text, in quotes",
    "tuple_type": "must be a list",
    "value_error": "{error}",
}


class ConfigurationError(ConvokeError):
    """Nothing can start. `lines` are all faults, each a sentence for those who run Convoke; none holds a secret."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def load(path: Path | None = None) -> Settings:
    """The settings, with every path in them absolute: relative ones begin at the file's folder.

    Without a path config.toml is read, if there is one.
    """
    file = path or DEFAULT_FILE
    absent = path is None and not file.exists()
    layers = _Layers(file.absolute().parent)
    layers.add(_Source({} if absent else _document(file), file.name))
    layers.add(_Source(_environment(), None))
    settings = layers.settings(file.name)
    if settings is None:
        hint = [f"{file}: there is no such file here. Copy config.example.toml to it and fill it in."] if absent else []
        raise ConfigurationError([*hint, *layers.faults.values()])
    return _anchored(settings, layers.folder)


def load_consortium(settings: Settings) -> Consortium:
    """Raises ConfigurationError if the file cannot be read, ConsortiumError if what it says cannot be."""
    file = settings.consortium.file
    return consortium.parse(_text(file, "Name yours under [consortium] file"), file.name)


def _document(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file, "Copy config.example.toml to it and fill it in"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([f"{file.name}: {error}."]) from None


def _text(file: Path, advice: str) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")  # some editors begin a file with a byte order mark
    except FileNotFoundError:
        raise ConfigurationError([f"{file}: there is no such file. {advice}."]) from None
    except OSError as error:
        raise ConfigurationError([f"{file}: cannot be read: {error.strerror}."]) from None
    except UnicodeDecodeError:
        raise ConfigurationError([f"{file}: is not text in UTF-8."]) from None


def _environment() -> dict[str, Any]:
    """Names without a double underscore are not ours: Kubernetes sets such for a service called convoke."""
    source = EnvSettingsSource(Settings)
    ours = (name.removeprefix("convoke_") for name in source.env_vars if name.startswith("convoke_") and "__" in name)
    return {name.partition("__")[0]: {} for name in ours} | source()


@dataclass(frozen=True, slots=True)
class _Source:
    """`file` is the name of the file, or nothing for the environment."""

    values: dict[str, Any]
    file: str | None

    def place(self, section: str, key: str) -> str:
        if self.file is None:
            return f"CONVOKE_{section}__{key}".removesuffix("__").upper()
        return f"{self.file}, [{section}] {key}".rstrip()


@dataclass(frozen=True, slots=True)
class _SecretFile:
    path: Any


@dataclass(slots=True)
class _Layers:
    """Sources laid over each other, where each value came from, and what is wrong."""

    folder: Path
    values: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in Settings.model_fields})
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    faults: dict[tuple[int | str, ...], str] = field(default_factory=dict)

    def add(self, source: _Source) -> None:
        for section, keys in source.values.items():
            if section not in self.values:
                known = did_you_mean(section, self.values)
                self.faults[section,] = f"{source.place(section, '')}: there is no such section.{known}"
            elif not isinstance(keys, dict):
                self.faults[section,] = f"{source.place(section, '')}: must be a section with keys."
            else:
                self._add_section(source, section, keys)

    def _add_section(self, source: _Source, section: str, keys: dict[str, Any]) -> None:
        for key, value in keys.items():
            secret = key.removesuffix("_file")
            from_file = secret != key and secret in SECRETS.get(section, ())
            if from_file and secret in keys:
                self.faults[section, secret] = f"{source.place(section, key)}: give {secret} or {key}, not both."
            name = secret if from_file else key
            self.values[section][name] = _SecretFile(value) if from_file else value
            self.places[section, name] = source.place(section, key)

    def settings(self, file: str) -> Settings | None:
        """Nothing if there are faults. `file` is where people are told to add what is missing."""
        self._read_secrets()
        try:
            settings = Settings.model_validate(self.values)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                self._blame(fault, file)
            return None
        return None if self.faults else settings

    def _read_secrets(self) -> None:
        for section, keys in SECRETS.items():
            for key in keys:
                value = self.values[section].get(key)
                if isinstance(value, _SecretFile):
                    self._read_secret(section, key, value)

    def _read_secret(self, section: str, key: str, file: _SecretFile) -> None:
        try:
            self.values[section][key] = (self.folder / file.path).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, TypeError, ValueError) as error:
            known = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else None
            reason = known or "must be the path of a file with text in UTF-8"
            del self.values[section][key]
            self.faults.setdefault((section, key), f"{self.places[section, key]}: {reason}.")

    def _blame(self, fault: ErrorDetails, file: str) -> None:
        section, key = str(fault["loc"][0]), str(fault["loc"][1])
        if (section, key) in self.faults:
            return
        place = self.places.get((section, key)) or _Source({}, file).place(section, key)
        item = "".join(f", item {index + 1}" for index in fault["loc"][2:] if isinstance(index, int))
        sentence = f"{place}{item}: {_words(fault, section, key)}"
        self.faults[fault["loc"]] = sentence if sentence.endswith(("?", ".")) else f"{sentence}."


def _words(fault: ErrorDetails, section: str, key: str) -> str:
    known = Settings.model_fields[section].annotation
    assert known is not None
    if fault["type"] == "missing":
        advice = known.model_fields[key].description
        return f"missing. {advice} and put it there, or set CONVOKE_{section.upper()}__{key.upper()}"
    if fault["type"] == "extra_forbidden":
        secrets = [f"{secret}_file" for secret in SECRETS.get(section, ())]
        return "there is no such key." + did_you_mean(key, [*known.model_fields, *secrets])
    template = _WORDS.get(fault["type"])
    return template.format(**fault.get("ctx", {})) if template else fault["msg"]


def _anchored(settings: Settings, folder: Path) -> Settings:
    consortium_file = folder / settings.consortium.file
    database_file = settings.storage.url.removeprefix("sqlite:///")
    url = settings.storage.url if database_file == settings.storage.url else f"sqlite:///{folder / database_file}"
    return settings.model_copy(
        update={
            "consortium": settings.consortium.model_copy(update={"file": consortium_file}),
            "storage": settings.storage.model_copy(update={"url": url}),
        }
    )
