"""Colours of partnerships, whatever they chose, can be told from the page in either colour scheme."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import contrast
from feeds.contrast import Paint, paint

STYLE = Path(contrast.__file__).parent / "static" / "style.css"
COLORS = st.binary(min_size=3, max_size=3).map(lambda parts: f"#{parts.hex()}")


@given(COLORS)
def test_every_colour_can_be_seen(color: str) -> None:
    found = paint(color)

    assert found
    assert contrast.contrast(found.day, contrast.DAY) >= 3
    assert contrast.contrast(found.night, contrast.NIGHT) >= 4.2


@given(COLORS)
def test_one_that_can_be_seen_stays(color: str) -> None:
    found = paint(color)

    assert found
    assert (found.day == color) is (contrast.contrast(color, contrast.DAY) >= 3)
    assert (found.night == color) is (contrast.contrast(color, contrast.NIGHT) >= 4.2)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ff0000", "#0000ff", 2.15), ("#abcdef", "#abcdef", 1)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert round(contrast.contrast(one, other), 2) == round(contrast.contrast(other, one), 2) == ratio


def test_without_a_colour_there_is_none() -> None:
    assert paint("") is None
    assert paint("#000000") == Paint("#000000", "#8b8b8b")


def test_grounds_are_those_of_the_style() -> None:
    found = re.findall(r"--(?:paper|sheet|tint): (#\w+);", STYLE.read_text())
    light, dark = found[:3], found[3:]

    assert (len(light), len(dark)) == (3, 3)
    assert min(contrast.contrast("#000000", ground) for ground in light) == contrast.contrast("#000000", contrast.DAY)
    assert min(contrast.contrast("#ffffff", ground) for ground in dark) == contrast.contrast("#ffffff", contrast.NIGHT)
