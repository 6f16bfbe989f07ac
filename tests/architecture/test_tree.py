import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, packages, pyproject, tracked_files

SOMEBODYS_FOLDER = re.compile(r"(?<![\w.-])/(?:Users|builds|home|root|work|workspace)/[\w.]")


def mentions(text: str) -> list[str]:
    """Lines that only make sense on the machine they were written on."""
    return [line for line in text.splitlines() if SOMEBODYS_FOLDER.search(line) or str(ROOT) in line]


@pytest.mark.parametrize("folder", ["home/ada", "root/.cache", "Users/ada", "work/ada", "builds/7"])
def test_mentions_reports_a_folder_of_somebody(folder: str) -> None:
    line = f'path = "/{folder}/convoke"'

    assert mentions(f"first\n{line}\nlast") == [line]


@pytest.mark.parametrize("line", ["/var/lib/convoke", "https://example.org/home/x", "../builds/x", "team/builds/x"])
def test_mentions_leaves_other_paths_alone(line: str) -> None:
    assert mentions(line) == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = {path: lines for path, text in _texts() if (lines := mentions(text))}

    assert found == {}


@pytest.mark.parametrize("name", ["locked.txt", "postgres.txt", "runtime.txt"])
def test_requirements_are_pins_and_hashes_that_name_no_index(name: str) -> None:
    pin = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^\\/]+)?( \\)?")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not pin.fullmatch(line) and not digest.fullmatch(line)] == []


def test_readers_in_javascript_are_pins_and_hashes_that_name_no_host() -> None:
    lock = json.loads((ROOT / "tests" / "readers" / "package-lock.json").read_text(encoding="utf-8"))
    top, *installed = lock["packages"].values()

    assert [version for version in top["dependencies"].values() if not re.fullmatch(r"[\d.]+", version)] == []
    assert [package for package in installed if not package["integrity"].startswith("sha512-")] == []
    assert "://" not in json.dumps(lock)


def test_tools_agree_on_the_packages() -> None:
    tool = pyproject()["tool"]

    assert {
        "import-linter": tool["importlinter"]["root_packages"],
        "isort": tool["ruff"]["lint"]["isort"]["known-first-party"],
        "mypy": tool["mypy"]["packages"],
        "coverage": tool["coverage"]["run"]["source"],
    } == dict.fromkeys(["import-linter", "isort", "mypy", "coverage"], packages())


def _texts() -> Iterator[tuple[Path, str]]:
    for path in tracked_files():
        yield path, (ROOT / path).read_text(encoding="utf-8", errors="replace")


def test_every_module_of_the_domain_is_on_the_map() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page[page.index("| About | Modules of `domain/` |") : page.index("## The path of a tap")]
    packages = {path.parent.name for path in (ROOT / "domain").glob("*/__init__.py")}
    modules = packages | {path.stem for path in (ROOT / "domain").glob("*.py")} - {"__init__"}

    named = set(re.findall(r"`(\w+)`", table))

    assert named <= modules | {"domain"}
    assert {module for module in modules if not module.startswith("importing")} <= named
