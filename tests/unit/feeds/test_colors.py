import pytest

from feeds.colors import nearest


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ("#000000", "black"),
        ("#FFFFFF", "white"),
        ("#010203", "black"),
        ("#1f7a4d", "seagreen"),
        ("#1d5fa8", "steelblue"),
        ("#8a3ffc", "blueviolet"),
        ("#b8510d", "chocolate"),
        ("#663399", "darkslateblue"),
    ],
)
def test_nearest(color: str, name: str) -> None:
    assert nearest(color) == name
