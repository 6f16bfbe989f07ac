"""config.example.toml tells the truth: every key there exists, every key that exists is there."""

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import BaseModel

from convoke import configuration
from convoke.settings import SECRETS, Settings
from tests.architecture.tree import ROOT

EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")


class Entry(NamedTuple):
    section: str
    key: str
    commented: bool
    explanation: str


def entries() -> list[Entry]:
    """Keys as the example has them, each with the line above it."""
    found = []
    section = above = ""
    for line in EXAMPLE.splitlines():
        if header := re.fullmatch(r"\[(\w+)\]", line):
            section = header[1]
        elif key := re.match(r"(# )?(\w+) = ", line):
            found.append(Entry(section, key[2], key[1] is not None, above))
        above = line
    return found


def sections() -> dict[str, type[BaseModel]]:
    found = {name: field.annotation for name, field in Settings.model_fields.items()}
    return {name: model for name, model in found.items() if isinstance(model, type) and issubclass(model, BaseModel)}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("CONVOKE_") and "__" in name:
            monkeypatch.delenv(name)


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    existing = [
        (section, key)
        for section, model in sections().items()
        for name in model.model_fields
        for key in ([name, f"{name}_file"] if name in SECRETS.get(section, ()) else [name])
    ]

    assert [(entry.section, entry.key) for entry in entries()] == existing


def test_every_key_is_explained_in_a_sentence() -> None:
    unexplained = [entry.key for entry in entries() if not re.fullmatch(r"# .+\.", entry.explanation)]

    assert unexplained == ["port"]  # shares its sentence with the line above it, `host`


def test_every_secret_may_come_from_a_file() -> None:
    secrets = {
        section: {key for key, field in model.model_fields.items() if "SecretStr" in repr(field.annotation)}
        for section, model in sections().items()
    }

    assert {section: keys for section, keys in secrets.items() if keys} == SECRETS


def test_only_what_has_no_value_by_itself_is_commented_out() -> None:
    assert [entry.key for entry in entries() if entry.commented] == [
        "token",
        "token_file",
        "webhook_url",
        "webhook_secret",
        "webhook_secret_file",
        "secret",
        "secret_file",
        "metrics_token",
        "metrics_token_file",
    ]


def test_example_shows_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "example.toml").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "empty.toml").touch()
    monkeypatch.setenv("CONVOKE_TELEGRAM__TOKEN", "123456789:" + 35 * "x")

    assert configuration.load(tmp_path / "example.toml") == configuration.load(tmp_path / "empty.toml")


def test_example_loads_with_everything_commented_in(tmp_path: Path) -> None:
    everything = re.sub(r"^# (?=\w+ = )(?!\w+_file = )", "", EXAMPLE, flags=re.MULTILINE)
    (tmp_path / "config.toml").write_text(everything, encoding="utf-8")

    assert configuration.load(tmp_path / "config.toml").telegram.webhook_url == "https://convoke.example.org/telegram"


def test_consortium_data_beside_the_example_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOKE_TELEGRAM__TOKEN", "123456789:" + 35 * "x")
    settings = configuration.load(ROOT / "config.example.toml")

    consortium = configuration.load_consortium(settings)

    assert (len(consortium.partnerships), len(consortium.clusters), len(consortium.topics)) == (4, 20, 8)
