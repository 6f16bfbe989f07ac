from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain import facets
from domain.facets import KINDS, Kind
from storage.outlines import Outline

IDS: dict[Kind, list[str]] = {
    "partnership": ["ec2i", "nf4"],
    "market": ["china", "usa"],
    "sector": ["food"],
    "language": ["en", "fr"],
    "month": ["2027-01", "2027-02"],
}
HAVE = facets.values("Europe/Brussels")

outlines = st.lists(
    st.builds(
        Outline,
        id=st.integers(),
        sequence=st.just(0),
        ends_at=st.just(datetime(2027, 3, 1, tzinfo=UTC)),
        starts_at=st.datetimes(
            datetime(2027, 1, 1),  # noqa: DTZ001 -- given one
            datetime(2027, 2, 27),  # noqa: DTZ001 -- given one
            timezones=st.just(UTC),
        ),
        language=st.sampled_from(IDS["language"]),
        partnership_ids=st.frozensets(st.sampled_from(IDS["partnership"])),
        topic_ids=st.frozensets(st.sampled_from([*IDS["market"], *IDS["sector"]])),
    ),
    max_size=12,
)
choices = st.fixed_dictionaries({}, optional={kind: st.sampled_from(IDS[kind]) for kind in KINDS})


@given(there=outlines, chosen=choices, kind=st.sampled_from(KINDS))
def test_each_option_counts_what_choosing_it_leaves(there: list[Outline], chosen: dict[Kind, str], kind: Kind) -> None:
    for option in facets.options(there, IDS[kind], kind, chosen, HAVE):
        assert option.count == len(facets.fitting(there, {**chosen, kind: option.id}, HAVE))
        assert option.chosen == (chosen.get(kind) == option.id)


def test_a_month_begins_when_it_does_in_the_zone() -> None:
    start = datetime(2027, 1, 31, 23, 30, tzinfo=UTC)
    outline = Outline(1, 0, start, start, "en", frozenset(), frozenset())

    assert [*HAVE["month"](outline)] == ["2027-02"]
