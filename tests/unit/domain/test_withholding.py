import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards import AgendaLine, withheld_agenda
from domain.withholding import withhold


@pytest.mark.parametrize(
    ("text", "join_url", "shown"),
    [
        ("Come in: https://meet.example.org/a?b=1&c=2", "https://meet.example.org/a?b=1&c=2", "Come in: …"),
        ("HTTPS://Meet.Example.org/a, twice: https://meet.example.org/a", "https://meet.example.org/a", "…, twice: …"),
        ("meet.example.org/a is enough", "https://meet.example.org/a", "… is enough"),
        ("http://meet.example.org/a", "https://meet.example.org/a", "http://…"),
        ("https://meet.example.org/a", "https://meet.example.org/a/", "…"),
        ("https://meet.example.org/a/", " https://meet.example.org/a ", "…/"),
        ("We use meet.example.org", "https://meet.example.org", "We use meet.example.org"),
        ("At https://meet.example.org", "https://meet.example.org", "At …"),
        ("a+b? (c)", "a+b", "…? (c)"),
        ("Nothing to hide", "https://meet.example.org/a", "Nothing to hide"),
        ("Nothing to hide", "", "Nothing to hide"),
        ("HTTPS://MEET.EXAMPLE.ORG/STRAßE/\u017f", "https://meet.example.org/straße/s", "…"),
        ("https://meet.example.org/\u0130\u0131K", "https://meet.example.org/iik", "…"),
    ],
)
def test_withhold_hides_the_join_link(text: str, join_url: str, shown: str) -> None:
    assert withhold(text, join_url) == shown


@given(st.text(), st.text(), st.text(min_size=1, alphabet=st.characters(min_codepoint=33, max_codepoint=126)))
def test_withhold_leaves_no_join_link(before: str, after: str, path: str) -> None:
    join_url = f"https://meet.example.org/{path}"

    assert join_url not in withhold(before + join_url + after, join_url)


LETTERS = st.text("/iI\u0131\u0130sS\u017fß\u1e9ekK\u212a\u03c3\u03c2\u03a3\u00b5\u03bc", max_size=4)


@given(LETTERS, LETTERS, LETTERS)
def test_whatever_a_pattern_would_find_is_withheld(before: str, there: str, path: str) -> None:
    join_url, text = f"x://m/{path}", f"{before}X://M/{there}"
    address = join_url.rstrip("/")

    assert withhold(text, join_url) == re.sub(
        "|".join(map(re.escape, [address, address.removeprefix("x://")] if "/" in address[4:] else [address])),
        "…",
        text,
        flags=re.IGNORECASE,
    )


def test_withheld_agenda_looks_at_titles_and_speakers() -> None:
    line = AgendaLine("Come to https://x.org/a", "Li Wei, https://x.org/a", 5)

    assert withheld_agenda((line,), "https://x.org/a") == (AgendaLine("Come to …", "Li Wei, …", 5),)
