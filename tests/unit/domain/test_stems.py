"""Words as search compares them."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.library import stems


def finds(typed: str, text: str, language: str) -> bool:
    """Whether each word that is typed has a stem that is kept of the text."""
    kept = set(stems.of_texts([text], language).split())
    return all(kept & set(any_of) for _, any_of in stems.wanted(typed))


@pytest.mark.parametrize(
    ("typed", "text", "language"),
    [
        ("packaging", "Packaged goods for Shanghai", "en"),
        ("exports", "How we export", "en"),
        ("Verpackungen", "Die Verpackung für China", "de"),
        ("verpackung", "Neue Verpackungen", "de"),
        ("grosse", "Große Messen", "de"),
        ("evenements", "Nos événements à Canton", "fr"),
        ("ÉVÉNEMENT", "Nos événements à Canton", "fr"),
        ("entreprise", "Les entreprises", "fr"),
        ("exportación", "Las exportaciones", "es"),
        ("exportacion", "Las exportaciones", "es"),
        ("aziende", "Per ogni azienda", "it"),
        ("empresas", "A empresa", "pt"),
        ("verpakkingen", "De verpakking", "nl"),
        ("obaly", "Nový obal", "cs"),
        ("virksomheder", "En virksomhed", "da"),
        ("företagen", "Ett företag", "sv"),
        ("kobenhavn", "Møde i København", "da"),
        ("København", "Event in Kobenhavn", "en"),
        ("smorrebrod", "Smørrebrødet", "da"),
        ("lodz", "Fair in Łódź", "en"),
        ("oeuvre", "Mise en œuvre", "fr"),
        ("istanbul", "Fair in İstanbul", "en"),
        ("feedback", "Unser Feedback", "de"),
        ("surveys", "Une survey de Google", "fr"),
        ("市场", "中国市场的包装", "zh"),
        ("中国市场", "中国市场的包装", "zh"),
        ("\uff21\uff22\uff23", "abc", "en"),
        ("don't", "I don't know", "en"),
    ],
)
def test_words_are_found_without_their_accents_and_endings(typed: str, text: str, language: str) -> None:
    assert finds(typed, text, language)


@pytest.mark.parametrize(
    ("typed", "text", "language"),
    [
        ("export", "import rules", "en"),
        ("市国", "中国市场", "zh"),
        ("packaging china", "Packaged goods", "en"),
    ],
)
def test_other_words_are_not(typed: str, text: str, language: str) -> None:
    assert not finds(typed, text, language)


def test_a_word_may_be_typed_by_half() -> None:
    kept = stems.of_texts(["Packaging"], "en").split()

    for length in range(3, len("packaging") + 1):
        ((bare, _),) = stems.wanted("Packaging"[:length])
        assert any(stem.startswith(bare) for stem in kept), length


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "de", "zh", "xx"]))
def test_whatever_is_written_becomes_words_without_anything_else(text: str, language: str) -> None:
    """Nothing is left that a query could take for its own language; and what was written is found."""
    kept = stems.of_texts([text], language)

    assert all(stem.isalnum() for stem in kept.split())
    assert kept.split() == list(dict.fromkeys(kept.split()))
    assert all(set(any_of) & set(kept.split()) for _, any_of in stems.wanted(text))


def test_several_at_once_do_not_mix_their_words() -> None:
    words = [f"packaging{number}s entreprises{number}" for number in range(40)]
    alone = [stems.of_texts([word], "fr") for word in words]
    stems.of_word.cache_clear()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda word: stems.of_texts([word], "fr"), words)) == alone


def test_the_longest_text_is_read_within_a_second() -> None:
    text = " ".join(f"internationalisierungsmaßnahmen{number}" for number in range(60))
    stems.of_word.cache_clear()
    began = time.process_time()

    stems.of_texts([text, "x" * 100_000], "de")

    assert time.process_time() - began < 1
