import pytest

from sandbox.text.dates import check_format


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("", ""),
        ("r", "r"),
        ("R", "r"),
        ("wDt", "wDt"),
        ("tDW", "wDt"),
        ("dDtT", "dt"),
        ("T", "T"),
        ("rt", None),
        ("x", None),
        ("w t", None),
    ],
)
def test_check_format(given: str, written: str | None) -> None:
    assert check_format(given) == written
