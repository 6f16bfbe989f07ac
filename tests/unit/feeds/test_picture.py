"""The picture of a link: deterministic, of one size, and never with the box that stands for a missing sign."""

# ruff: noqa: RUF001 -- titles in several scripts

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageFont

from feeds import lettering
from feeds.contrast import paint
from feeds.lettering import Face, Lettering, pieces
from feeds.picture import HEIGHT, WIDTH, Picture, draw

PICTURE = Picture("Tue 19 January 2027", "Smart packaging", "AdPack² and NF4", "ESCP-4i", ("#8a3ffc", "#b8510d"))


OWN = Lettering(lettering.of_this_machine().faces[:1])


@pytest.fixture(scope="module")
def latin_first(tmp_path_factory: pytest.TempPathFactory) -> Lettering:
    """Pillow's lettering, which has no Greek, and ours for that alone."""
    font = ImageFont.load_default(20)
    assert isinstance(font, ImageFont.FreeTypeFont)
    file = tmp_path_factory.mktemp("letters") / "latin.ttf"
    file.write_bytes(font.font_bytes)
    return Lettering((Face(str(file)), Face(OWN.faces[0].path, signs="[α-ω]")))


def opened(picture: Picture, letters: Lettering = OWN) -> Image.Image:
    draw.cache_clear()
    return Image.open(BytesIO(draw(picture, letters)))


def test_the_same_is_drawn_twice() -> None:
    assert opened(PICTURE).tobytes() == opened(PICTURE).tobytes()


def test_hosts_colours_are_side_by_side() -> None:
    image = opened(PICTURE).convert("RGB")

    shown = [f"#{bytes(image.getpixel((x, 5))).hex()}" for x in (10, WIDTH - 10)]
    assert shown == [paint("#8a3ffc").night, paint("#b8510d").night]


@pytest.mark.parametrize(
    "title",
    [
        "",
        "x",
        "冷链：法规与标准。" * 30,
        pytest.param("《" * 40, id="opening"),
        "Session " * 12,
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
    assert _blank(image, (0, 526, WIDTH - 150, 546))  # between what is below the title and the corner


def test_signs_that_the_lettering_lacks_are_left_out() -> None:
    assert opened(replace(PICTURE, title="Tea 茶 😀")).tobytes() == opened(replace(PICTURE, title="Tea")).tobytes()


def test_a_title_in_other_signs_leaves_its_place_to_the_date() -> None:
    dated = replace(PICTURE, title=PICTURE.above, above="")

    assert opened(replace(PICTURE, title="欧洲清洁技术")).tobytes() == opened(dated).tobytes()


def test_greek_and_cyrillic_are_drawn() -> None:
    assert OWN.drawable("Βιώσιμη συσκευασία για Умная упаковка №²") == "Βιώσιμη συσκευασία για Умная упаковка №²"


def test_signs_are_taken_from_the_first_lettering_that_has_them(latin_first: Lettering) -> None:
    assert latin_first.drawable("tea τσάι чай") == "tea τσι"
    assert opened(replace(PICTURE, title="τσι"), latin_first).size == (WIDTH, HEIGHT)
    both = latin_first.length("teaτσι", 54)
    assert both == latin_first.length("tea", 54) + OWN.length("τσι", 54)


def test_chinese_is_drawn_where_the_machine_has_a_lettering_for_it() -> None:
    """Whether this one has or not: the picture has the title or the date in its place, and never boxes."""
    letters = lettering.of_this_machine()
    title = "欧洲清洁技术走进中国"
    dated = opened(replace(PICTURE, title=PICTURE.above, above=""), letters)
    drawn = opened(replace(PICTURE, title=title), letters)

    assert letters.drawable(title) == (title if len(letters.faces) > 1 else "")
    assert (drawn.tobytes() == dated.tobytes()) is (len(letters.faces) == 1)
    assert letters.drawable("تغليف") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cold  chain", ["Cold", "  chain"]),
        ("冷链：法规", ["冷", "链：", "法", "规"]),
        ("《茶》 and tea", ["《茶》", " and", " tea"]),
        ("WTO规则", ["WTO", "规", "则"]),
        ("“茶”。", ["“", "茶", "”。"]),
        ("", []),
    ],
)
def test_lines_end_where_they_may(text: str, found: list[str]) -> None:
    assert pieces(text) == found


def test_what_is_cancelled_is_struck_out() -> None:
    assert opened(replace(PICTURE, struck=True)).tobytes() != opened(PICTURE).tobytes()


def _blank(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return image.crop(box).getcolors(1) is not None
