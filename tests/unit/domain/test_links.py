import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.links import join_token, personal_token, read_join_token, read_token

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


@given(ids, generations)
def test_way_in_is_read_back_and_is_no_calendar(person_id: int, webinar_id: int) -> None:
    token = join_token(SECRET, person_id, webinar_id)

    assert read_join_token(SECRET, token) == (person_id, webinar_id)
    assert read_token(SECRET, token) is None
    assert read_join_token(SECRET, personal_token(SECRET, person_id, webinar_id)) is None
    assert read_join_token(b"another secret", token) is None
    assert len(token) == 40


@pytest.mark.parametrize(
    "token",
    ["", "A" * 39, "A" * 40, "A" * 41, "A" * 100_000, "\0" * 40, "é" * 40, "\ud800" * 40, "=" * 40, "A" * 39 + "\n"],
)
def test_hostile_text_is_refused(token: str) -> None:
    assert (read_token(SECRET, token), read_join_token(SECRET, token)) == (None, None)
