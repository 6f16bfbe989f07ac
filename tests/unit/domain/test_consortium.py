from pathlib import Path

import pytest

from domain.consortium import ClusterEntry, Consortium, ConsortiumError, PartnershipEntry, TopicEntry, parse
from storage import TopicKind

GOOD = """\
name = "Us"

[[partnership]]
id = "alpha"
name = "The Alpha Partnership"
short_name = "Alpha²"

[[cluster]]
id = "tweed"
name = "TWEED"
country = "BE"
partnership = "alpha"

[[topic]]
id = "china"
name = "China"
kind = "market"
"""


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(ConsortiumError) as caught:
        parse(text, "us.toml")
    return caught.value.lines


def test_parse_returns_what_the_file_says() -> None:
    assert parse(GOOD, "us.toml") == Consortium(
        name="Us",
        partnerships=(PartnershipEntry("alpha", "The Alpha Partnership", "Alpha²"),),
        clusters=(ClusterEntry("tweed", "TWEED", "BE", "alpha"),),
        topics=(TopicEntry("china", "China", TopicKind.MARKET),),
    )


def test_clusters_and_topics_may_be_absent() -> None:
    assert parse(GOOD.partition("[[cluster]]")[0], "us.toml") == Consortium(
        name="Us", partnerships=(PartnershipEntry("alpha", "The Alpha Partnership", "Alpha²"),), clusters=(), topics=()
    )


def test_everything_is_in_the_order_of_the_file() -> None:
    topics = "".join(f'[[topic]]\nid = "{id_}"\nname = "{id_}"\nkind = "sector"\n' for id_ in "cab")

    assert [topic.id for topic in parse(GOOD + topics, "us.toml").topics] == ["china", "c", "a", "b"]


NO_ID = "must be 1 to 31 characters out of a-z, 0-9 and -, and may not begin with -."
NO_COUNTRY = 'must be the two capital letters of a country, such as "BE".'
NO_TEXT = "must be text on one line."


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "Us"', 'name = ""', f"us.toml, line 1, name: {NO_TEXT}"),
        ('name = "Us"', "", "us.toml, name: missing."),
        ('name = "Us"', 'name = "Us"\ntitle = "Us"', "us.toml, line 2, title: there is no such key."),
        (
            "[[topic]]",
            "[[topics]]",
            'us.toml, line 14, topics: there is no such key. Did you mean "topic"?',
        ),
        ("[[topic]]", "[topic]", "us.toml, line 14, topic: write each one below a line of its own, [[topic]]."),
        ('"alpha"', '"Alpha"', f'us.toml, line 4, [[partnership]] "Alpha", id: {NO_ID}'),
        ('id = "china"', 'id = "-china"', f'us.toml, line 15, [[topic]] "-china", id: {NO_ID}'),
        ('id = "china"', 'id = ""', f'us.toml, line 15, [[topic]] "", id: {NO_ID}'),
        ('id = "china"', f'id = "{32 * "x"}"', f'us.toml, line 15, [[topic]] "{32 * "x"}", id: {NO_ID}'),
        ('id = "china"', "id = 7", f'us.toml, line 15, [[topic]] "7", id: {NO_ID}'),
        ('id = "china"\n', "", "us.toml, line 14, [[topic]] number 1, id: missing."),
        (
            'id = "china"',
            'id = "all"',
            'us.toml, line 15, [[topic]] "all", id: "all" is a part of addresses and cannot be an id.',
        ),
        ('name = "TWEED"', 'name = "TW\\nEED"', f'us.toml, line 10, [[cluster]] "tweed", name: {NO_TEXT}'),
        ('name = "TWEED"', 'name = " "', f'us.toml, line 10, [[cluster]] "tweed", name: {NO_TEXT}'),
        ('short_name = "Alpha²"\n', "", 'us.toml, line 3, [[partnership]] "alpha", short_name: missing.'),
        (
            'country = "BE"',
            'country = "Belgium"',
            f'us.toml, line 11, [[cluster]] "tweed", country: {NO_COUNTRY}',
        ),
        (
            'partnership = "alpha"',
            '# it is\n  "partnership" = "alfa"',
            'us.toml, line 13, [[cluster]] "tweed", partnership: there is no partnership "alfa"; known: alpha.',
        ),
        ('"market"', '"place"', 'us.toml, line 17, [[topic]] "china", kind: must be "market" or "sector".'),
        ('"market"', "[]", 'us.toml, line 17, [[topic]] "china", kind: must be "market" or "sector".'),
    ],
)
def test_fault_names_line_and_key(old: str, new: str, fault: str) -> None:
    assert faults(GOOD.replace(old, new)) == (fault,)


def test_mistyped_key_is_unknown_and_missing() -> None:
    assert faults(GOOD.replace("short_name", "short-name")) == (
        'us.toml, line 3, [[partnership]] "alpha", short_name: missing.',
        'us.toml, line 6, [[partnership]] "alpha", short-name: there is no such key. Did you mean "short_name"?',
    )


@pytest.mark.parametrize("id_", ["all", "custom", "personal", "topics"])
def test_part_of_an_address_is_no_id(id_: str) -> None:
    assert faults(GOOD.replace('"alpha"', f'"{id_}"')) == (
        f'us.toml, line 4, [[partnership]] "{id_}", id: "{id_}" is a part of addresses and cannot be an id.',
    )


def test_id_may_be_used_once_of_a_kind() -> None:
    twice = (
        GOOD
        + '[[topic]]\nid = "tweed"\nname = "T"\nkind = "sector"\n[[topic]]\nid = "china"\nname = "C"\nkind = "sector"'
    )

    assert faults(twice) == ('us.toml, line 23, [[topic]] "china", id: another one has this id.',)


def test_at_least_one_partnership_is_needed() -> None:
    assert faults('name = "Us"\npartnership = []') == ("us.toml, line 2, partnership: write at least one.",)
    assert faults('name = "Us"') == ("us.toml, partnership: missing.",)


def test_all_faults_are_told_in_the_order_of_the_lines() -> None:
    text = GOOD.replace('"market"', '"place"').replace('"BE"', '"be"').replace('"alpha"', '"Alpha"', 1)

    assert [line.partition(", [[")[0] for line in faults(text)] == [
        "us.toml, line 4",
        "us.toml, line 11",
        "us.toml, line 12",
        "us.toml, line 17",
    ]


def test_table_in_another_form_is_named_without_a_line() -> None:
    text = 'name = "Us"\npartnership = [{id = "alpha", name = "Alpha"}]'

    assert faults(text) == ('us.toml, [[partnership]] "alpha", short_name: missing.',)


def test_file_must_be_toml() -> None:
    assert faults("name = ") == ("us.toml: Invalid value (at end of document).",)


def test_our_own_file_describes_our_partnerships() -> None:
    file = Path(__file__).parents[3] / "consortium.toml"

    consortium = parse(file.read_text(encoding="utf-8"), file.name)

    assert [partnership.short_name for partnership in consortium.partnerships] == [
        "EC2i",
        "MobiGoIn-Action",
        "AdPack²",
        "NF4",
    ]
    members = [cluster.partnership_id for cluster in consortium.clusters]
    assert {id_: members.count(id_) for id_ in members} == {"ec2i": 5, "mobigoin": 4, "adpack2": 6, "nf4": 5}
    assert [(topic.id, topic.kind.value) for topic in consortium.topics] == [
        ("china", "market"),
        ("usa", "market"),
        ("canada", "market"),
        ("singapore", "market"),
        ("cleantech", "sector"),
        ("mobility", "sector"),
        ("smart-packaging", "sector"),
        ("food", "sector"),
    ]
