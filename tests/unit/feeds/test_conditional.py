from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from feeds.conditional import not_modified

ETAG = '"abc"'
CHANGED = datetime(2027, 1, 10, 9, 0, 0, 500_000, tzinfo=UTC)
SAME = "Sun, 10 Jan 2027 09:00:00 GMT"
LATER = "Sun, 10 Jan 2027 09:00:01 GMT"
EARLIER = "Sun, 10 Jan 2027 08:59:59 GMT"


def asked(*headers: tuple[str, str]) -> Headers:
    return Headers(raw=[(name.encode(), value.encode("latin-1")) for name, value in headers])


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], False),
        ([("if-none-match", '"abc"')], True),
        ([("if-none-match", 'W/"abc"')], True),
        ([("if-none-match", '"x", W/"y","abc"')], True),
        ([("if-none-match", '"x"'), ("if-none-match", '"abc"')], True),
        ([("if-none-match", "*")], True),
        ([("if-none-match", " * ")], True),
        ([("if-none-match", '"x"')], False),
        ([("if-none-match", '"ABC"')], False),
        ([("if-none-match", "abc")], False),
        ([("if-none-match", "nonsense")], False),
        ([("if-modified-since", SAME)], True),
        ([("if-modified-since", LATER)], True),
        ([("if-modified-since", EARLIER)], False),
        ([("if-modified-since", "Sun, 10 Jan 2027 10:00:00 +0100")], True),
        ([("if-modified-since", "Sunday, 10-Jan-27 09:00:00 GMT")], True),
        ([("if-modified-since", "Sun Jan 10 09:00:00 2027")], True),
        ([("if-modified-since", "2027-01-10T09:00:00Z")], False),
        ([("if-modified-since", "nonsense")], False),
        ([("if-modified-since", "Mon, 01 Jan 0001 00:00:00 +2359")], False),
        ([("if-modified-since", "Fri, 31 Dec 9999 23:59:59 -2359")], True),
        ([("if-modified-since", "Sun, 10 Jan 99999 09:00:00 GMT")], False),
        ([("if-modified-since", "Sun, 10 Jan 2027 09:00:00 +99999999999")], False),
        ([("if-none-match", '"x"'), ("if-modified-since", LATER)], False),
        ([("if-none-match", '"abc"'), ("if-modified-since", EARLIER)], True),
    ],
)
def test_not_modified(headers: list[tuple[str, str]], *, expected: bool) -> None:
    assert not_modified(asked(*headers), ETAG, CHANGED) is expected


@pytest.mark.parametrize("header", ["if-none-match", "if-modified-since"])
@given(value=st.text(st.characters(max_codepoint=255)))
def test_any_header_can_be_read(header: str, value: str) -> None:
    assert not_modified(asked((header, value)), ETAG, CHANGED) in (True, False)


def test_a_page_without_a_date_is_always_new_to_who_knows_no_tags() -> None:
    assert not_modified(asked(("if-modified-since", LATER)), ETAG, None) is False
