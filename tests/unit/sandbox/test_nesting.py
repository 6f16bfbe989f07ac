from hypothesis import given
from hypothesis import strategies as st

from sandbox.text.entity import BLOCKQUOTES, PRE, SPLITTABLE, Entity
from sandbox.text.nesting import add_found, settle

KINDS = [*SPLITTABLE, "code", "pre", "date_time", "text_link", "blockquote", "expandable_blockquote"]
ENTITIES = st.lists(
    st.builds(Entity, st.sampled_from(KINDS), st.integers(0, 12), st.integers(1, 8)),
    max_size=6,
)


def covered(entities: list[Entity], kind: str) -> set[int]:
    return {place for entity in entities if entity.type == kind for place in range(entity.offset, entity.end)}


@given(ENTITIES)
def test_settled_entities_stay_as_they_are(entities: list[Entity]) -> None:
    settled = settle(entities)
    assert settle(settled) == settled


@given(ENTITIES)
def test_no_entity_crosses_the_border_of_another(entities: list[Entity]) -> None:
    settled = settle(entities)
    crossing = [(one, other) for one in settled for other in settled if one.offset < other.offset < one.end < other.end]
    assert crossing == []


@given(ENTITIES)
def test_code_and_dates_hold_nothing_and_stand_in_quotations_only(entities: list[Entity]) -> None:
    settled = settle(entities)
    blocks = [entity for entity in settled if entity.type in PRE]
    touching = [
        other
        for block in blocks
        for other in settled
        if other is not block and other.offset < block.end and block.offset < other.end
    ]
    assert {entity.type for entity in touching} <= BLOCKQUOTES


@given(ENTITIES)
def test_bold_covers_what_it_did_but_for_code_and_dates(entities: list[Entity]) -> None:
    settled = settle(entities)
    blocked = {place for kind in PRE for place in covered(settled, kind)}
    assert covered(settled, "bold") == covered(entities, "bold") - blocked


@given(ENTITIES, st.integers(0, 12), st.integers(1, 4))
def test_what_was_found_never_displaces_what_was_given(entities: list[Entity], offset: int, length: int) -> None:
    settled = settle(entities)
    found = add_found(settled, [Entity("url", offset, length)])
    assert covered(found, "text_link") == covered(settled, "text_link")
    assert covered(found, "bold") == covered(settled, "bold")
