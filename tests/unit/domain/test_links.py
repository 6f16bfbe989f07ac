import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards import AgendaLine
from domain.links import personal_token, read_token, withhold, withhold_agenda

SECRET = b"a secret of this installation"
ids = st.integers(0, 2**63 - 1)
generations = st.integers(0, 2**32 - 1)


@given(ids, generations)
def test_token_is_read_back(person_id: int, generation: int) -> None:
    assert read_token(SECRET, personal_token(SECRET, person_id, generation)) == (person_id, generation)


def test_token_is_short_and_the_same_each_time() -> None:
    assert personal_token(SECRET, 7, 1) == "AAAAAAAAAAcAAAABIN4IuwvQbDhFUHrrH7KB9vLV"


@given(ids, generations)
def test_token_fits_into_an_address(person_id: int, generation: int) -> None:
    token = personal_token(SECRET, person_id, generation)

    assert len(token) == 40
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(st.integers(0, 39), st.sampled_from("Aa0-_"))
def test_token_with_one_other_character_is_not_ours(position: int, character: str) -> None:
    token = personal_token(SECRET, 7, 1)
    changed = token[:position] + character + token[position + 1 :]

    assert read_token(SECRET, changed) == ((7, 1) if changed == token else None)


def test_token_of_another_installation_is_not_ours() -> None:
    assert read_token(SECRET, personal_token(b"another secret", 7, 1)) is None


def test_token_of_another_person_cannot_be_put_together() -> None:
    mine, theirs = (base64.urlsafe_b64decode(personal_token(SECRET, person, 1)) for person in (7, 8))

    assert read_token(SECRET, base64.urlsafe_b64encode(theirs[:12] + mine[12:]).decode()) is None


@given(st.text())
def test_any_text_can_be_asked(token: str) -> None:
    assert read_token(SECRET, token) is None


@pytest.mark.parametrize(
    "token",
    ["", "A" * 39, "A" * 40, "A" * 41, "A" * 100_000, "\0" * 40, "é" * 40, "\ud800" * 40, "=" * 40, "A" * 39 + "\n"],
)
def test_hostile_text_is_refused(token: str) -> None:
    assert read_token(SECRET, token) is None


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
    ],
)
def test_withhold_hides_the_join_link(text: str, join_url: str, shown: str) -> None:
    assert withhold(text, join_url) == shown


@given(st.text(), st.text(), st.text(min_size=1, alphabet=st.characters(min_codepoint=33, max_codepoint=126)))
def test_withhold_leaves_no_join_link(before: str, after: str, path: str) -> None:
    join_url = f"https://meet.example.org/{path}"

    assert join_url not in withhold(before + join_url + after, join_url)


def test_withhold_agenda_looks_at_titles_and_speakers() -> None:
    line = AgendaLine("Come to https://x.org/a", "Li Wei, https://x.org/a", 5)

    assert withhold_agenda((line,), "https://x.org/a") == (AgendaLine("Come to …", "Li Wei, …", 5),)
