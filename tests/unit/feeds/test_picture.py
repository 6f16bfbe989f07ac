"""The picture of a link: deterministic, of one size, and never with the box that stands for a missing sign."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from feeds.picture import HEIGHT, WIDTH, Picture, draw

PICTURE = Picture("Tue 19 January 2027", "Smart packaging", "AdPack² and NF4", "ESCP-4i", ("#8a3ffc", "#b8510d"))


def opened(picture: Picture) -> Image.Image:
    draw.cache_clear()
    return Image.open(BytesIO(draw(picture)))


def test_the_same_is_drawn_twice() -> None:
    assert opened(PICTURE).tobytes() == opened(PICTURE).tobytes()


def test_hosts_colours_are_side_by_side() -> None:
    image = opened(PICTURE).convert("RGB")

    assert (image.getpixel((10, 5)), image.getpixel((WIDTH - 10, 5))) == ((0x8A, 0x3F, 0xFC), (0xB8, 0x51, 0x0D))


@pytest.mark.parametrize(
    "title",
    [
        "",
        "x",
        "Ω" * 200,
        "word " * 80,
        "欧洲清洁技术走进中国",
        "Łódź \N{EN DASH} “quoted” €5 😀",
        "a\x00b\n\tc\u202e",
        "é" * 1_000,
    ],
)
def test_any_title_fits(title: str) -> None:
    image = opened(replace(PICTURE, title=title, below=title, colors=("",)))

    assert image.size == (WIDTH, HEIGHT)
    assert _blank(image, (WIDTH - 60, 60, WIDTH, HEIGHT))
    assert _blank(image, (0, HEIGHT - 30, WIDTH, HEIGHT))


def test_signs_that_the_lettering_lacks_are_left_out() -> None:
    assert opened(replace(PICTURE, title="Tea 茶 😀")).tobytes() == opened(replace(PICTURE, title="Tea")).tobytes()


def test_a_title_in_other_signs_leaves_its_place_to_the_date() -> None:
    dated = replace(PICTURE, title=PICTURE.above, above="")

    assert opened(replace(PICTURE, title="欧洲清洁技术")).tobytes() == opened(dated).tobytes()


def test_what_is_cancelled_is_struck_out() -> None:
    assert opened(replace(PICTURE, struck=True)).tobytes() != opened(PICTURE).tobytes()


def _blank(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return len(image.crop(box).getcolors(1 << 24) or []) == 1
