import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.countries import CountryError, country


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Poland", "PL"),
        ("polska", "PL"),
        ("Pologne", "PL"),
        ("PL", "PL"),
        ("pol", "PL"),
        ("China", "CN"),
        ("chine", "CN"),
        ("中国", "CN"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("Etats unis", "US"),
        ("États-Unis", "US"),
        ("  united   states ", "US"),
        ("America", "US"),
        ("UK", "GB"),
        ("England", "GB"),
        ("the Netherlands", "NL"),
        ("Holland", "NL"),
        ("Deutschland", "DE"),
        ("Österreich", "AT"),
        ("ESPANA", "ES"),
        ("Ελλάδα", "GR"),
        ("Česko", "CZ"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("Hong Kong", "HK"),
        ("NO", "NO"),
        ("Norge", "NO"),
        ("South Korea", "KR"),
        ("Thailand", "TH"),
    ],
)
def test_country_is_known_by_its_names(text: str, code: str) -> None:
    assert country(text) == code


@pytest.mark.parametrize(
    "text", ["", " ", "no", "No", "Europe", "EU", "ZZ", "xx", "Atlantis", "china please", "🇵🇱", "1"]
)
def test_what_is_no_country_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(CountryError) as refused:
        country(text)

    assert refused.value.name == text.strip()


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_country_or_refused(text: str) -> None:
    try:
        code = country(text)
    except CountryError:
        return
    assert len(code) == 2
    assert code.isupper()
