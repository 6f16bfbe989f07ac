import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.draft_values import (
    DESCRIPTION_LENGTH,
    LINK_LENGTH,
    MOST_SEATS,
    TITLE_LENGTH,
    FieldError,
    FieldFault,
    capacity,
    clean,
    description,
    duration,
    join_url,
    title,
)

RIGHT_TO_LEFT_OVERRIDE, ZERO_WIDTH_SPACE, LEFT_TO_RIGHT_MARK = "\u202e", "\u200b", "\u200e"


def fault(read: object, text: str) -> tuple[FieldFault, int]:
    assert callable(read)
    with pytest.raises(FieldError) as caught:
        read(text)
    return caught.value.fault, caught.value.limit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Smart packaging", "Smart packaging"),
        ("  Smart \n\t packaging  ", "Smart packaging"),
        ("智能包装 📦", "智能包装 📦"),
        ("👩‍🔬 & <b>bold</b> \"quotes\" 'n' %s {0}", "👩‍🔬 & <b>bold</b> \"quotes\" 'n' %s {0}"),
        ("x" * TITLE_LENGTH, "x" * TITLE_LENGTH),
        ("a\0b\x07c\x1bd\x7fe\x85f", "abcdef"),
        (f"{RIGHT_TO_LEFT_OVERRIDE}gnp.exe{LEFT_TO_RIGHT_MARK}", "gnp.exe"),
        ("half \ud83d a pair", "half a pair"),
    ],
)
def test_title_is_one_clean_line(text: str, value: str) -> None:
    assert title(text) == value


@pytest.mark.parametrize("read", [title, description, join_url])
@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "\0\x07", RIGHT_TO_LEFT_OVERRIDE, ZERO_WIDTH_SPACE, f" {LEFT_TO_RIGHT_MARK}\u2060 \ufeff\u00ad"],
)
def test_what_nobody_can_see_is_empty(read: object, text: str) -> None:
    assert fault(read, text) == (FieldFault.EMPTY, 0)


@pytest.mark.parametrize(
    ("read", "limit"), [(title, TITLE_LENGTH), (description, DESCRIPTION_LENGTH), (join_url, LINK_LENGTH)]
)
@pytest.mark.parametrize("over", [1, 100_000])
def test_too_long_says_how_long_it_may_be(read: object, limit: int, over: int) -> None:
    assert fault(read, "x" * (limit + over)) == (FieldFault.TOO_LONG, limit)


def test_description_keeps_its_lines() -> None:
    assert description("\n First line\r\n\n  second\x0b line \n") == "First line\n\n  second line"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://zoom.us/j/123?pwd=abc", "https://zoom.us/j/123?pwd=abc"),
        ("  https://zoom.us/j/123\n", "https://zoom.us/j/123"),
        ("HTTPS://Zoom.us", "HTTPS://Zoom.us"),
        ("https://meet.example.org:8443/room#chat", "https://meet.example.org:8443/room#chat"),
        ("https://bücher.example/", "https://bücher.example/"),
        ("https://会议.中国/房间", "https://会议.中国/房间"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://my_room.example.org", "https://my_room.example.org"),
        ("https://192.0.2.7/room", "https://192.0.2.7/room"),
        ("https://example.org./room", "https://example.org./room"),
        (f"https://zoom.us/{RIGHT_TO_LEFT_OVERRIDE}j", "https://zoom.us/j"),
    ],
)
def test_join_link_is_an_https_address(text: str, value: str) -> None:
    assert join_url(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "zoom.us/j/123",
        "http://zoom.us/j/123",
        "javascript:alert(1)//https://zoom.us",
        "tg://resolve?domain=x",
        "https:/zoom.us",
        "https:zoom.us",
        "https://",
        "https://localhost/room",
        "https://zoom",
        "https://.",
        "https://..",
        "https://zoom..us",
        "https://.zoom.us",
        "https://-zoom.us",
        "https://zoom.us:port/",
        "https://zoom.us:99999/",
        "https://zoom.us:/j/1",
        "https://zoom.us:0/j/1",
        "https://zoom.us\\@evil.example/",
        "https://zoom.us\\.evil.example/",
        "https://zoom.us@evil.example/",
        "https://zoom.us:secret@evil.example/",
        "https://:secret@evil.example/",
        "https://@evil.example/",
        "https://<b>.example/",
        'https://"onclick=".example/',
        "https://[::1]/",
        "https://[::ffff:192.0.2.7]/",
        "https://[zoom.us/",
        "https://zoom.us/a room",
        "https://zoom.us/a\nhttps://evil.example",
        "https://zoom.us/\u2003x",
        "Join: https://zoom.us/j/123",
        "https://zoom.us\u2100.example/",
    ],
)
def test_anything_else_is_no_join_link(text: str) -> None:
    assert fault(join_url, text) == (FieldFault.NOT_HTTPS, 0)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        (" 90 ", 90),
        ("90m", 90),
        ("90 min", 90),
        ("90 min.", 90),
        ("90 minutes", 90),
        ("90 MINS", 90),
        ("1h", 60),
        ("1 hour", 60),
        ("2 hours", 120),
        ("1h30", 90),
        ("1 h 30", 90),
        ("1h 30m", 90),
        ("1 hour 30 minutes", 90),
        ("0h 45", 45),
        ("24h", 1440),
        ("1440", 1440),
        ("1", 1),
        ("\uff19\uff10", 90),
    ],
)
def test_durations(text: str, minutes: int) -> None:
    assert duration(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "0h",
        "0 h 0",
        "-30",
        "1441",
        "24h 1",
        "25h",
        "9999",
        "99999",
        "1.5h",
        "1,5 h",
        "an hour",
        "h",
        "min",
        "60 seconds",
        "1d",
        "1h30m extra",
        "²",
        "9" * 10_000,
        "1 h " * 2_500,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_what_is_no_duration(text: str) -> None:
    assert fault(duration, text) == (FieldFault.NO_DURATION, 24)


@pytest.mark.parametrize(
    ("text", "seats"),
    [
        ("1", 1),
        (" 50 ", 50),
        ("007", 7),
        ("100000", MOST_SEATS),
        ("Unlimited", None),
        ("no limit", None),
        ("none", None),
        ("No", None),
        ("-", None),
        ("∞", None),
    ],
)
def test_seats(text: str, seats: int | None) -> None:
    assert capacity(text) == seats


@pytest.mark.parametrize(
    "text",
    ["", "0", "-1", "+5", "100001", "1e3", "1 000", "50 seats", "5.0", "0x10", "\u0665", "²", "null", "9" * 10_000],
    ids=lambda text: ascii(text[:12]),
)
def test_what_is_no_number_of_seats(text: str) -> None:
    assert fault(capacity, text) == (FieldFault.NO_SEATS, MOST_SEATS)


@pytest.mark.parametrize("read", [title, description, join_url, duration, capacity])
@given(text=st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
def test_any_text_is_a_value_or_a_fault_and_a_value_is_read_as_itself(read: object, text: str) -> None:
    assert callable(read)
    try:
        value = read(text)
    except FieldError as error:
        assert error.fault in FieldFault  # noqa: PT017 -- either outcome is right
    else:
        assert read("unlimited" if value is None else str(value)) == value


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_what_is_clean_can_be_stored_and_sent(text: str) -> None:
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert "\0" not in cleaned
    assert cleaned.encode().decode() == cleaned
