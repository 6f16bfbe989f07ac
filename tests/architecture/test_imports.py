"""The contracts hold for our packages by `make contracts`; here they are broken on purpose."""

import re
import shutil
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, packages

MAY_IMPORT = {
    "bot": {"domain", "feeds", "jobs", "storage", "texts"},
    "convoke": {"bot", "domain", "feeds", "jobs", "sandbox", "storage", "texts"},
    "domain": {"storage"},
    "feeds": {"domain", "storage", "texts"},
    "jobs": {"domain", "storage"},
    "sandbox": set(),
    "storage": set(),
    "texts": set(),
}
MAY_USE = {
    "alembic": {"storage.module"},
    "apscheduler": {"jobs.module"},
    "holidays": {"domain.module"},
    "icalendar": {"feeds.module"},
    "recurring_ical_events": {"feeds.module"},
    "snowballstemmer": {"domain.module"},
    "sqlalchemy": {"storage.module"},
    "sqlmodel": {"storage.module"},
    "starlette": {"bot.webhook", "convoke.module", "feeds.module", "sandbox.module"},
    "telegram": {"bot.module", "bot.webhook"},
}
PLACES = {
    "module": "import {}\n",
    "function": "def work():\n    import {}\n",
    "types": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {}\n",
}


class House:
    """Our packages with nothing in them, under our contracts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copy(ROOT / "pyproject.toml", root)
        for package in [*packages(), "storage/tables"]:
            self.add(f"{package}/__init__.py", "")

    def add(self, path: str, source: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(source, encoding="utf-8")

    def check(self) -> str:
        """What is reported, nothing if every contract is kept."""
        command = [str(Path(sys.prefix, "bin", "lint-imports")), "--no-cache", "--no-logo"]
        done = subprocess.run(command, cwd=self.root, check=False, capture_output=True, encoding="utf-8")
        assert "Contracts: " in done.stdout, done.stdout + done.stderr
        return done.stdout.partition("Broken contracts")[2]

    def broken_imports(self) -> set[tuple[str, str]]:
        return set(re.findall(r"(\S+) -> (\S+) \(l\.", self.check()))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_imports_point_down(house: House, place: str) -> None:
    pairs = list(permutations(packages(), 2))
    for importer in packages():
        house.add(f"{importer}/module.py", "".join(place.format(other) for other in packages() if other != importer))

    assert house.broken_imports() == {
        (f"{importer}.module", imported) for importer, imported in pairs if imported not in MAY_IMPORT[importer]
    }


def test_libraries_stay_in_their_rooms(house: House) -> None:
    everything = "".join(f"import {library}.anything\n" for library in MAY_USE)
    modules = [*(f"{package}.module" for package in packages()), "bot.webhook"]
    for module in modules:
        house.add(f"{module.replace('.', '/')}.py", everything)

    assert house.broken_imports() == {
        (module, library) for library, allowed in MAY_USE.items() for module in modules if module not in allowed
    }


def test_libraries_may_be_reached_through_the_room_that_owns_them(house: House) -> None:
    house.add("bot/module.py", "import telegram\nimport storage.module\n")
    house.add("storage/module.py", "import sqlmodel\n")
    house.add("convoke/module.py", "import bot.module\n")

    assert house.check() == ""


def test_tables_are_reached_through_storage(house: House) -> None:
    house.add("storage/module.py", "import storage.tables.webinars\n")
    house.add("storage/tables/webinars.py", "import storage.tables.people\n")
    house.add("storage/tables/people.py", "")
    for package in ["bot", "convoke", "domain", "feeds", "jobs"]:
        house.add(f"{package}/module.py", "import storage.module\nfrom storage.tables.people import Person\n")

    assert house.broken_imports() == {
        (f"{package}.module", "storage.tables.people") for package in ["bot", "convoke", "domain", "feeds", "jobs"]
    }


def test_modules_of_a_package_make_no_circle(house: House) -> None:
    for package in packages():
        house.add(f"{package}/chicken.py", f"import {package}.egg\n")
        house.add(f"{package}/egg.py", f"import {package}.chicken\n")

    assert sorted(re.findall(r"No cycles are allowed in (\w+)\.", house.check())) == sorted(packages())
