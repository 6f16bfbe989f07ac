"""In CI nothing is left out: pytest runs once more, on a folder of small files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FILES = {
    "test_skip.py": "import pytest\n\ndef test_it():\n    pytest.skip('no reason')\n",
    "test_mark.py": "import pytest\n\n@pytest.mark.skip(reason='no reason')\ndef test_it():\n    assert True\n",
    "test_file.py": "import pytest\n\npytest.skip('no reason', allow_module_level=True)\n",
    "test_known.py": "import pytest\n\n@pytest.mark.xfail(reason='known')\ndef test_it():\n    assert False\n",
    "test_pass.py": "def test_it():\n    assert True\n",
}


@pytest.mark.parametrize(
    ("ci", "outcome"),
    [
        pytest.param("true", (1, "1 failed, 1 passed, 1 xfailed, 2 errors"), id="in CI"),
        pytest.param("", (0, "1 passed, 3 skipped, 1 xfailed"), id="elsewhere"),
    ],
)
def test_skips_fail_in_ci(tmp_path: Path, pytestconfig: pytest.Config, ci: str, outcome: tuple[int, str]) -> None:
    for name, source in FILES.items():
        (tmp_path / name).write_text(source, encoding="utf-8")

    assert run(tmp_path, plugins_from=pytestconfig.rootpath, ci=ci) == outcome


def run(folder: Path, *, plugins_from: Path, ci: str) -> tuple[int, str]:
    """Exit code and closing line, without the time it took."""
    options = ["-c", os.devnull, "--rootdir", str(folder), "-p", "tests.skips", "--continue-on-collection-errors", "-q"]
    environment = {"CI": ci, "PYTHONPATH": str(plugins_from), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder)],
        env=os.environ | environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout.splitlines()[-1].partition(" in ")[0]
