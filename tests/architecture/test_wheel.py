import subprocess
import sys
import zipfile

import pytest

from tests.architecture.tree import ROOT, packages, pyproject, tracked_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names of all files in the wheel."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = target.iterdir()
    return zipfile.ZipFile(built).namelist()


def test_wheel_holds_our_packages_and_nothing_else(wheel: list[str]) -> None:
    version = pyproject()["project"]["version"]

    assert {name.split("/")[0] for name in wheel} == {
        "bot",
        "convoke",
        "domain",
        "feeds",
        "jobs",
        "sandbox",
        "storage",
        "texts",
        f"convoke-{version}.dist-info",
    }


def test_wheel_holds_every_file_of_the_packages(wheel: list[str]) -> None:
    """Migrations, templates, catalogues and static files too: an installed Convoke has only these."""
    ours = {path.as_posix() for path in tracked_files() if path.parts[0] in packages()}

    assert ours - set(wheel) == set()
