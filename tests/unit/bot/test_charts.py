from io import BytesIO

import pytest
from PIL import Image

from bot.charts import Bar, Chart, draw

ONE, TITLE, BAR = (1080, 288), 126, 63


def size(png: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(png)) as image:
        assert image.format == "PNG"
        return image.size


def test_a_picture_is_as_wide_as_a_phone_and_as_high_as_its_bars() -> None:
    one = Chart("Seats", (Bar("France", 3),))
    two = Chart("Seats", (Bar("France", 3), Bar("Spain", 1, "1 of 3")))

    assert size(draw("NF4", [one])) == ONE
    assert size(draw("NF4", [two, one])) == (1080, 2 * ONE[1] - TITLE + BAR)


def test_a_chart_without_bars_is_left_out() -> None:
    bars = Chart("Seats", (Bar("France", 3),))

    assert draw("NF4", [bars, Chart("Nothing", ())]) == draw("NF4", [bars])


def test_the_numbers_are_in_the_picture() -> None:
    assert draw("NF4", [Chart("Seats", (Bar("France", 3),))]) != draw("NF4", [Chart("Seats", (Bar("France", 4),))])


@pytest.mark.parametrize("name", ["$x^{2", r"\frac", "a" * 500, "Ελλάδα", "", "_^{}$$", "中国 🎉"])
def test_names_are_no_mathematics_and_never_too_long(name: str) -> None:
    assert size(draw(name, [Chart(name, (Bar(name, 0, name[:20]),))])) == ONE


def test_behind_the_longest_bar_there_is_room_for_what_is_said() -> None:
    """The right edge of the picture is nothing but sheet."""
    png = draw(
        "NF4",
        [Chart("Seats", (Bar("Attended", 1_133, "1,133 · 100%"), Bar("Registered", 1_133, "1,133 of 1,133 people")))],
    )

    with Image.open(BytesIO(png)) as image:
        edge = image.crop((1_080 - 12, 0, 1_080, image.height)).convert("RGB")
    assert edge.getcolors() == [(edge.width * edge.height, (0xF7, 0xF8, 0xFB))]
