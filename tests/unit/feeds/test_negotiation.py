import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.negotiation import language, prefers_gzip


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("gzip ; q=0.001", True),
        ("*", True),
        ("*;q=0", False),
        ("*;q=0, gzip", True),
        ("gzip;q=0, *", False),
        ("identity", False),
        ("identity, gzip;q=0.5", False),
        ("identity;q=0.5, gzip", True),
        ("identity;q=0", False),
        ("identity;q=0, *", True),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("gzip;q=nonsense", False),
        ("gzip;q=1e3", False),
        ("gzip;q=-1", False),
        ("gzip;level=9;q=0.2", True),
        (",,;q=1,=", False),
    ],
)
def test_prefers_gzip(header: str | None, *, expected: bool) -> None:
    assert prefers_gzip(header) is expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "en"),
        ("en-GB,en;q=0.9", "en"),
        ("tlh, en;q=0.1", "en"),
        ("en;q=0", "en"),
        ("*", "en"),
        (";;q=,", "en"),
    ],
)
def test_language(header: str | None, expected: str) -> None:
    assert language(header, "en") == expected


@given(st.text())
def test_any_header_can_be_read(header: str) -> None:
    assert prefers_gzip(header) in (True, False)
    assert language(header, "en") == "en"
