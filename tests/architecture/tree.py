"""What is in the tree."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def packages() -> list[str]:
    return list(pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def tracked_files() -> list[Path]:
    """Paths from the root of the tree; files deleted but not yet committed are left out."""
    trusted = "safe.directory=*"  # root may test a tree that belongs to somebody else
    listing = subprocess.run(
        ["git", "-c", trusted, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    return [Path(name) for name in listing.split("\0") if name and (ROOT / name).is_file()]


def modules() -> list[Path]:
    """Modules of the packages, also those not tracked yet; migrations are as long as the schema is."""
    found = (path.relative_to(ROOT) for package in packages() for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in found if not path.is_relative_to("storage/migrations"))
