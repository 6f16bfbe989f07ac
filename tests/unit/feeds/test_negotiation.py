import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.negotiation import Coding, coding, language

PLAIN, GZIP, BROTLI = Coding.IDENTITY, Coding.GZIP, Coding.BROTLI


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", PLAIN),
        ("gzip", GZIP),
        ("GZIP", GZIP),
        ("x-gzip", GZIP),
        ("gzip, deflate", GZIP),
        ("gzip, deflate, br, zstd", BROTLI),
        ("br;q=1.0, gzip;q=0.8", BROTLI),
        ("br;q=0.5, gzip;q=0.8", GZIP),
        ("br", BROTLI),
        ("br;q=0, gzip;q=0.1", GZIP),
        ("gzip;q=0", PLAIN),
        ("gzip;q=0.000", PLAIN),
        ("gzip ; q=0.001", GZIP),
        ("*", GZIP),
        ("*;q=0", PLAIN),
        ("*;q=0, gzip", GZIP),
        ("*;q=0.5, br;q=0.4", GZIP),
        ("gzip;q=0, *", PLAIN),
        ("identity", PLAIN),
        ("identity, gzip;q=0.5", PLAIN),
        ("identity;q=0.5, gzip", GZIP),
        ("identity;q=0", PLAIN),
        ("identity;q=0, *", GZIP),
        ("gzip;q=0.5, identity;q=0.5", GZIP),
        ("gzip;q=nonsense", PLAIN),
        ("gzip;q=1e3", PLAIN),
        ("gzip;q=-1", PLAIN),
        ("gzip;level=9;q=0.2", GZIP),
        (",,;q=1,=", PLAIN),
    ],
)
def test_coding(header: str, expected: Coding) -> None:
    assert coding(header.encode()) is expected


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
    assert coding(header.encode()) in Coding
    assert language(header, "en") == "en"
