"""What is under deploy/ keeps what docs/operations.md says of it. Nothing here starts systemd, Caddy or Docker."""

import re

import pytest

from tests.architecture.tree import ROOT, packages, pyproject

DEPLOY = ROOT / "deploy"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted(path.name for path in (DEPLOY / "systemd").glob("*.service"))


def compose(name: str) -> str:
    return (DEPLOY / "compose" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", UNITS)
def test_units_know_nothing_that_a_command_by_hand_does_not(name: str) -> None:
    """The environment counts more than config.toml: who moves to another database would go on with the old one."""
    unit = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")

    assert "--config /etc/convoke/config.toml" in unit
    assert re.findall(r"^Environment=.*CONVOKE_.*|^LoadCredential=.*", unit, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["convoke.service", "convoke@.service"])
def test_a_wrong_configuration_ends_a_unit_for_good(name: str) -> None:
    """RestartPreventExitStatus does not look at ExecStartPre, so a check there would be made again without end."""
    lines = (DEPLOY / "systemd" / name).read_text(encoding="utf-8").splitlines()

    assert "RestartPreventExitStatus=2" in lines
    assert [line for line in lines if line.startswith("ExecStartPre")] == []


def test_caddy_looks_first_at_what_stays_inside() -> None:
    """Caddy sorts directives by their kind: `respond` beside a `handle` that takes everything is never reached."""
    directives = re.findall(r"^\t([a-z]\w+) ?(.*) \{$|^\t([a-z]\w+) [^{]*$", compose("Caddyfile"), re.MULTILINE)

    assert "@inside path /metrics /healthz /readyz\n\thandle @inside {\n\t\trespond 404\n\t}" in compose("Caddyfile")
    assert [kind or alone for kind, _, alone in directives] == ["handle"] * 3
    assert directives[0][1] == "@inside"


def test_every_secret_of_compose_is_named_where_people_look_for_it() -> None:
    secrets = re.findall(r"file: \./(\S+)", compose("compose.yaml"))
    owner = re.findall(r"--uid (\d+)", compose("Dockerfile"))
    head = compose("compose.yaml").partition("name: ")[0]
    places = {"compose.yaml": head, "env.example": compose("env.example"), "operations.md": OPERATIONS}
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert secrets == ["token", "webhook-secret", "link-secret"]
    assert {(place, word) for place, text in places.items() for word in secrets + owner if word not in text} == set()
    assert [name for name in [*secrets, ".env"] if f"deploy/compose/{name}" not in ignored] == []


def test_the_image_is_built_from_what_the_wheel_needs_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    project = pyproject()["project"]
    needed = {*packages(), "consortium.toml", "pyproject.toml", "requirements", project["readme"]}

    assert next(line for line in lines if not line.startswith("#")) == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == needed | set(project["license-files"])
