"""Time zones as people call them."""

from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.places import PlaceError, timezone

NAMED = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Brussels", "Europe/Brussels"),
        ("europe/brussels", "Europe/Brussels"),
        ("Brussels", "Europe/Brussels"),
        ("  brussels  ", "Europe/Brussels"),
        ("(Brussels)", "Europe/Brussels"),
        ("Brussels time", "Europe/Brussels"),
        ("BRUSSELS TIME", "Europe/Brussels"),
        ("(Brussels time)", "Europe/Brussels"),
        ("CET", "Europe/Brussels"),
        ("cest", "Europe/Brussels"),
        ("Lisbon", "Europe/Lisbon"),
        ("Paris", "Europe/Paris"),
        ("Shanghai", "Asia/Shanghai"),
        ("Beijing", "Asia/Shanghai"),
        ("Pékin", "Asia/Shanghai"),
        ("Bruxelles", "Europe/Brussels"),
        ("Londres", "Europe/London"),
        ("lisbonne", "Europe/Lisbon"),
        ("Geneve", "Europe/Zurich"),
        ("China", "Asia/Shanghai"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("New York time", "America/New_York"),
        ("EST", "America/New_York"),
        ("Boston", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("Z", "UTC"),
        ("GMT", "Europe/London"),
    ],
)
def test_a_zone_by_what_people_call_it(text: str, zone: str) -> None:
    assert timezone(text) == zone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("   ", "", id="spaces"),
        pytest.param("Atlantis", "Atlantis", id="no such city"),
        pytest.param(" Atlantis time ", "Atlantis", id="named as it was meant"),
        pytest.param("time", "time", id="only the word"),
        pytest.param("CST", "CST", id="could be China or Chicago"),
        pytest.param("Etc/GMT+5", "Etc/GMT+5", id="no place"),
        pytest.param("../../etc/passwd", "../../etc/passwd", id="a path"),
        pytest.param("/etc/localtime", "/etc/localtime", id="another"),
        pytest.param("Europe", "Europe", id="a continent"),
        pytest.param("10:00", "10:00", id="a time"),
        pytest.param("\0", "\0", id="nul"),
        pytest.param("🏙️", "🏙️", id="emoji"),
        pytest.param("x" * 10_000, "x" * 100, id="ten thousand letters"),
    ],
)
def test_no_zone(text: str, name: str) -> None:
    with pytest.raises(PlaceError) as refused:
        timezone(text)

    assert refused.value.name == name


@pytest.mark.parametrize("form", [str, str.lower, str.upper, "({})".format, "{} time".format])
@given(zone=st.sampled_from(NAMED))
def test_every_zone_is_known_by_its_own_name(form: object, zone: str) -> None:
    assert callable(form)
    assert timezone(form(zone)) == zone


@given(st.sampled_from(NAMED))
def test_every_city_has_a_zone(zone: str) -> None:
    city = zone.rsplit("/", 1)[1].replace("_", " ")

    assert timezone(city) in available_timezones()


@given(st.text(max_size=40))
def test_any_text_is_a_zone_that_exists_or_is_refused(text: str) -> None:
    try:
        found = timezone(text)
    except PlaceError as error:
        assert error.name in text  # noqa: PT017 -- either outcome is right
    else:
        assert ZoneInfo(found).key == found
