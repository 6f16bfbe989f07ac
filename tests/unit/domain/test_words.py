"""Words as people look for them: what finds what, and that nothing they type does harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.words import asked, match


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        pytest.param("china", "Packaging for China", id="the word itself"),
        pytest.param("CHINA", "packaging for china", id="case"),
        pytest.param("pack", "Packaging", id="its beginning"),
        pytest.param("c", "China", id="one letter"),
        pytest.param("china packaging", "Packaging for China", id="in any order"),
        pytest.param("china, packaging!", "Packaging (China)", id="punctuation"),
        pytest.param("cafe", "Café", id="accents in the text"),
        pytest.param("Málaga", "MALAGA", id="accents in the question"),
        pytest.param("cafe", "Cafe\u0301", id="accents written apart"),
        pytest.param("grosse", "GROSSE Größe Große", id="sharp s"),
        pytest.param("istanbul", "İSTANBUL", id="dotted capital i"),
        pytest.param("adpack2", "AdPack²", id="raised figures"),
        pytest.param("5g", "5G networks", id="figures"),
        pytest.param("\uff23\uff28\uff29\uff2e\uff21", "China", id="full-width letters"),
        pytest.param("ﬁnance", "finance", id="ligatures"),
        pytest.param("webinars", "Our webinar", id="a plural finds the singular"),
        pytest.param("launches exported", "Launch and export", id="two letters more"),
        pytest.param("marchés", "marché chinois", id="a French plural"),
        pytest.param("中国", "中国市场", id="Chinese: the beginning"),
        pytest.param("市场", "中国市场", id="Chinese: amid the sentence, as nobody parts words"),
        pytest.param("中国 市场", "进入中国的市场", id="Chinese: two words"),
        pytest.param("china 市场", "AI in China, 中国市场AI", id="Chinese and Latin"),
        pytest.param("ビジネス", "中国ビジネス入門", id="Japanese"),
        pytest.param("مرحبا", "مَرْحَبًا بكم", id="Arabic without vowel marks"),
        pytest.param("שלום", "שָׁלוֹם", id="Hebrew without points"),
        pytest.param("Китай", "КИТАЙ и Европа", id="Cyrillic"),
        pytest.param("🎉 china", "China 🎉", id="emoji don't matter"),
    ],
)
def test_finds(wanted: str, text: str) -> None:
    assert match(asked(wanted), [text])


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        pytest.param("china", "Chinese", id="another word"),
        pytest.param("aging", "Packaging", id="the end of a word"),
        pytest.param("china food", "China", id="only one of two"),
        pytest.param("forum", "for you", id="too short to have an ending"),
        pytest.param("packagingxyz", "Packaging", id="more than an ending"),
        pytest.param("china", "", id="no text"),
        pytest.param("日本", "中国市场", id="other Chinese characters"),
        pytest.param("china", "🎉🎉🎉", id="only emoji"),
    ],
)
def test_does_not_find(wanted: str, text: str) -> None:
    assert not match(asked(wanted), [text])


@given(st.text("ab ", max_size=12), st.text("ab", min_size=1, max_size=7))
def test_a_word_is_found_by_its_beginning_or_with_an_ending(text: str, want: str) -> None:
    fits = (
        word.startswith(want) or (len(word) >= 4 and want.startswith(word) and len(want) <= len(word) + 2)
        for word in text.split()
    )

    assert match((want,), [text]) == any(fits)


def test_words_may_stand_in_different_texts() -> None:
    assert match(asked("china ana"), ["Packaging for China", "Ana Costa"])


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "🎉", "!?…", "—", "\u202e\u2066", "\u0301\u0302", "\ud800"],
    ids=["nothing", "a space", "blanks", "emoji", "punctuation", "a dash", "direction marks", "accents", "half"],
)
def test_some_texts_have_no_words(text: str) -> None:
    assert asked(text) == ()


def test_at_most_eight_words_are_looked_for() -> None:
    assert asked("a b c d e f g h i j") == ("a", "b", "c", "d", "e", "f", "g", "h")


HOSTILE = {
    "one long word": "a" * 10_000,
    "many words": "ab " * 3_333,
    "letters that unfold": "\ufdfa" * 10_000,
    "a pile of accents": "e" + "\u0301" * 9_999,
    "right to left": "\u202e\u05e9\u05dc\u05d5\u05dd " * 1_600,
    "emoji families": "👨‍👩‍👧‍👦" * 1_400,
    "nothing but nul": "\0" * 10_000,
    "half characters": "\ud83d" * 10_000,
    "Chinese": "中" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_ten_thousand_hostile_characters_are_only_words(text: str) -> None:
    """Were any of it more than a pass over the text, this would not end in a test's time."""
    wanted = asked(text)

    assert match(wanted, [text] * 5)
    assert len(wanted) <= 8


@given(st.text(max_size=100))
def test_every_text_finds_itself_however_it_is_written(text: str) -> None:
    for written in (text, text.upper().lower(), f"({text})", f"x {text} y"):
        assert match(asked(text), [text, written])


@given(st.lists(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=8), max_size=10))
def test_order_and_spaces_make_no_difference(words: list[str]) -> None:
    assert match(asked(" ".join(reversed(words))), ["   ".join(words)])


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_longer_question_finds_a_shorter_one_finds_too(one: str, other: str) -> None:
    both = (*asked(one), *asked(other))

    assert not match(both, [one]) or match(asked(other), [one])
