"""What organisers type about a contact."""

from datetime import date

import pytest

from domain.library.parts import agreed_on, email, phone
from domain.reading.draft_values import FieldError, FieldFault

TODAY = date(2027, 1, 18)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by e-mail, 12 Jan 2027", date(2027, 1, 12)),
        ("par courriel le 12 janvier 2027", date(2027, 1, 12)),
        ("today, by phone", TODAY),
        ("3 Feb, at the fair in Lyon", date(2026, 2, 3)),
        ("12 Jan by phone", date(2027, 1, 12)),
        ("2026-11-30", date(2026, 11, 30)),
        ("first on 1 Dec 2026, again on 5 Jan 2027", date(2027, 1, 5)),
        ("29 Feb 2024, in Ghent", date(2024, 2, 29)),
    ],
)
def test_the_day_of_an_agreement_is_found(text: str, day: date) -> None:
    assert agreed_on(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["by e-mail", "", "tomorrow", "on 30 Feb 2026", "on 19 Jan 2027", "on Monday", "01/02/2026"]
)
def test_without_a_day_that_was_there_is_no_agreement(text: str) -> None:
    with pytest.raises(FieldError) as refused:
        agreed_on(text, TODAY)

    assert refused.value.fault is FieldFault.NO_DAY


@pytest.mark.parametrize("text", ["ana@example.org", "a.b+c@sub.example.eu", " zoë@exämple.de ", "x" * 64 + "@e.org"])
def test_addresses(text: str) -> None:
    assert email(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "ana", "ana@", "@example.org", "a b@example.org", "a@b", "<a@example.org>", "a@-x.org", "x" * 65 + "@e.org"],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(FieldError):
        email(text)


@pytest.mark.parametrize("text", ["+32 4 366 21 11", "0043/1/58858", "(020) 1234-5678"[1:]])
def test_numbers(text: str) -> None:
    assert phone(text) == text


@pytest.mark.parametrize(
    "text", ["", "call me", "+32", "12345678901234567890123456789", "+32 4 366 21 11 ext", "٣٤٥٦٧٨"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(FieldError):
        phone(text)
