from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import Refusal
from sandbox.text.formatted import Formatted, caption_of, text_of
from sandbox.text.utf16 import Ruler, units


def nobody(user_id: int) -> None:
    return None


def plain(text: str, entities: Any = None) -> Formatted:
    return text_of(text, None, entities, nobody)


def refusal_of(text: str, entities: Any = None, mode: str | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        text_of(text, mode, entities, nobody)
    return caught.value.description


BOLD = {"type": "bold", "offset": 0, "length": 1}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  x  ", "x"),
        ("\n\nx\n", "x"),
        ("a\r\nb", "a\nb"),
        ("a\tb\x00c", "a b c"),
        ("a\u202eb", "ab"),
        ("a\u200fb", "a\u200fb"),
        ("a\u200f\u200e\u200fb", "a\u200c\u200c\u200fb"),
        ("\u00a0x", "\u00a0x"),
        ("42", "42"),
    ],
)
def test_text_is_cleaned_and_trimmed(given: str, kept: str) -> None:
    assert plain(given).text == kept


@pytest.mark.parametrize("text", [" ", "\n", "\u200b", "\u2800 \u3000", "\u00a0"])
def test_text_without_anything_to_see_is_refused(text: str) -> None:
    assert refusal_of(text) == "Bad Request: text must be non-empty"


def test_half_a_symbol_is_refused() -> None:
    assert refusal_of("\ud83d") == "Bad Request: strings must be encoded in UTF-8"


def test_no_text_is_refused() -> None:
    assert refusal_of("") == "Bad Request: message text is empty"


@pytest.mark.parametrize("text", ["x" * 4096, "👍" * 2048, " " + "x" * 4096 + " "])
def test_text_may_have_4096_units(text: str) -> None:
    assert units(plain(text).text) == 4096


@pytest.mark.parametrize("text", ["x" * 4097, "👍" * 2048 + "x"])
def test_longer_text_is_refused(text: str) -> None:
    assert refusal_of(text) == "Bad Request: message is too long"


def test_markup_does_not_count_towards_the_length() -> None:
    assert units(text_of("<b>" + "x" * 4096 + "</b>", "HTML", None, nobody).text) == 4096


def test_caption_may_have_1024_units() -> None:
    assert caption_of("x" * 1024, None, None, nobody).text == "x" * 1024
    with pytest.raises(Refusal, match="message caption is too long"):
        caption_of("x" * 1025, None, None, nobody)


@pytest.mark.parametrize("text", ["", "  "])
def test_caption_may_be_empty(text: str) -> None:
    assert caption_of(text, None, None, nobody) == Formatted("")


def test_more_than_100_entities_are_refused() -> None:
    assert len(text_of("<b>x</b> " * 100, "HTML", None, nobody).entities) == 100
    refusal = refusal_of("<b>x</b> " * 101, mode="HTML")
    assert refusal == "Bad Request: the message has 101 entities, Telegram shows the first 100 only"


@pytest.mark.parametrize(
    ("mode", "refusal"),
    [
        ("xml", "Bad Request: unsupported parse_mode"),
        ("Markdown", 'Bad Request: parse_mode "Markdown" is not modelled by the sandbox, use HTML or entities'),
        ("MarkdownV2", 'Bad Request: parse_mode "MarkdownV2" is not modelled by the sandbox, use HTML or entities'),
    ],
)
def test_other_markup_is_refused(mode: str, refusal: str) -> None:
    assert refusal_of("x", mode=mode) == refusal


def test_a_link_must_be_one_that_telegram_takes() -> None:
    link = {"type": "text_link", "offset": 0, "length": 1, "url": "http://localhost/"}
    assert refusal_of("x", [link]) == "Bad Request: entity URL 'http://localhost/' is invalid: Wrong HTTP URL"


def test_html_is_plain_text_without_the_mode() -> None:
    assert plain("<b>x") == Formatted("<b>x")


@pytest.mark.parametrize(
    ("text", "entities", "kept"),
    [
        ("xy", [BOLD], [BOLD]),
        ("👍x", [BOLD | {"offset": 2}], [BOLD | {"offset": 2}]),
        ("  x", [BOLD | {"offset": 2}], [BOLD]),
        ("  x", [BOLD | {"length": 3}], [BOLD | {"length": 3}]),
        ("x  ", [BOLD | {"length": 3}], [BOLD]),
        ("a\rb", [BOLD | {"length": 3}], [BOLD | {"length": 2}]),
        ("x", [BOLD | {"length": 0}], []),
        ("x", [BOLD | {"offset": 5}], []),
        ("x", [{"type": "url", "offset": 0, "length": 1}], []),
        ("x", [{"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 5}}], []),
        (
            "x",
            [{"type": "date_time", "offset": 0, "length": 1, "unix_time": 9, "date_time_format": "tw"}],
            [{"type": "date_time", "offset": 0, "length": 1, "unix_time": 9, "date_time_format": "wt"}],
        ),
    ],
)
def test_explicit_entities_move_with_the_text(text: str, entities: list[object], kept: list[object]) -> None:
    assert list(plain(text, entities).entities) == kept


@pytest.mark.parametrize(
    ("entities", "refusal"),
    [
        ({}, "Bad Request: can't parse entities: expected an Array of MessageEntity"),
        (["x"], "Bad Request: can't parse MessageEntity: expected an Object"),
        ([{"type": "bold"}], 'Bad Request: can\'t parse MessageEntity: Field "offset" must be of type Number'),
        ([BOLD | {"offset": -1}], "Bad Request: receive an entity with incorrect offset -1"),
        ([BOLD | {"type": "blink"}], "Bad Request: can't parse MessageEntity: Unsupported type specified"),
        ([BOLD | {"offset": 1}], "Bad Request: entity begins in a middle of a UTF-16 symbol"),
        ([BOLD], "Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol"),
        ([BOLD | {"type": "text_link"}], 'Bad Request: can\'t parse MessageEntity: Field "url" must be of type String'),
    ],
)
def test_wrong_entities_are_refused(entities: Any, refusal: str) -> None:
    assert refusal_of("👍x", entities) == refusal


@given(st.text())
def test_units_count_utf16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text())
def test_ruler_goes_there_and_back(text: str) -> None:
    ruler = Ruler(text)
    assert [ruler.to_points(ruler.to_units(place)) for place in range(len(text) + 1)] == list(range(len(text) + 1))
