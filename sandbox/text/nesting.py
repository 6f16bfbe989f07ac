"""How Telegram sorts out entities that overlap: what it keeps, cuts and splits."""

from itertools import pairwise

from sandbox.text.entity import BLOCKQUOTES, CONTINUOUS, PRE, SPLITTABLE, Entity, in_order


def settle(entities: list[Entity]) -> list[Entity]:
    """Entities as Telegram stores them.

    Code, pre and dates hold nothing and stand in nothing but a quotation; links and mentions do not nest; bold and its
    kin are cut at every border, and joined where they touch.
    """
    entities = in_order(entities)
    return entities if _is_settled(entities) else _resolve(entities, [])


def add_found(entities: list[Entity], found: list[Entity]) -> list[Entity]:
    """Put what was found in the text (links, commands, mentions) between the entities given."""
    return _resolve(in_order(entities), found) if found else entities


def _resolve(entities: list[Entity], found: list[Entity]) -> list[Entity]:
    styles = [entity for entity in entities if entity.type in SPLITTABLE]
    quotes = _disjoint([entity for entity in entities if entity.type in BLOCKQUOTES])
    blocks = _disjoint(
        [entity for entity in entities if entity.type not in SPLITTABLE and entity.type not in BLOCKQUOTES]
    )
    blocks = _merge(_within_quotes(blocks, quotes), _within_quotes(found, quotes))
    borders = in_order(blocks + quotes)
    return in_order(borders + _split(styles, borders))


def _is_settled(entities: list[Entity]) -> bool:
    ends = dict.fromkeys(SPLITTABLE, -1)
    stack: list[Entity] = []
    for entity in entities:
        while stack and entity.offset >= stack[-1].end:
            stack.pop()
        if stack and not _fits(entity, stack):
            return False
        if entity.type in SPLITTABLE:
            if ends[entity.type] >= entity.offset:
                return False
            ends[entity.type] = entity.end
        stack.append(entity)
    return True


def _fits(entity: Entity, stack: list[Entity]) -> bool:
    around = {parent.type for parent in stack}
    quoted_only = around <= BLOCKQUOTES
    return not (
        entity.end > stack[-1].end
        or entity.type in around
        or stack[-1].type in PRE
        or (entity.type in PRE and not quoted_only)
        or ((entity.type in CONTINUOUS or entity.type in BLOCKQUOTES) and around & CONTINUOUS)
        or (entity.type in BLOCKQUOTES and around & BLOCKQUOTES)
        or around & set(SPLITTABLE)
    )


def _disjoint(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _within_quotes(entities: list[Entity], quotes: list[Entity]) -> list[Entity]:
    return [entity for entity in entities if all(_apart_or_inside(entity, quote) for quote in quotes)]


def _apart_or_inside(entity: Entity, quote: Entity) -> bool:
    apart = entity.end <= quote.offset or entity.offset >= quote.end
    return apart or (entity.offset >= quote.offset and entity.end <= quote.end)


def _merge(given: list[Entity], found: list[Entity]) -> list[Entity]:
    free = [new for new in found if all(new.end <= old.offset or new.offset >= old.end for old in given)]
    return in_order(given + free)


def _split(styles: list[Entity], borders: list[Entity]) -> list[Entity]:
    """Cut bold and its kin at the borders of the other entities and of each other; drop them inside code and dates."""
    result: list[Entity] = []
    joined = {style: _joined([entity for entity in styles if entity.type == style]) for style in SPLITTABLE}
    cuts = {place for border in borders for place in (border.offset, border.end)}
    cuts |= {entity.offset for spans in joined.values() for entity in spans}
    blocked = [border for border in borders if border.type in PRE]
    for spans in joined.values():
        for span in spans:
            inside = sorted(cut for cut in cuts if span.offset < cut < span.end)
            edges = [span.offset, *inside, span.end]
            pieces = [span.placed(start, end) for start, end in pairwise(edges)]
            result += [piece for piece in pieces if not any(pre.offset <= piece.offset < pre.end for pre in blocked)]
    return result


def _joined(spans: list[Entity]) -> list[Entity]:
    joined: list[Entity] = []
    for span in spans:
        if joined and span.offset <= joined[-1].end:
            joined[-1] = joined[-1].placed(joined[-1].offset, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
