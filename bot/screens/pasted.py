"""What a pasted text led to, said on the draft's card: what was found, and why the rest was not taken."""

from markupsafe import Markup

from bot.screen import own_time
from domain.intake import Taken
from domain.when import Reading
from texts.chat import ChatTexts

_MOST_TIMES = 3


def said(taken: Taken, texts: ChatTexts) -> tuple[Markup, ...]:
    """Nothing, where it was an answer and no text to look through."""
    found = taken.found
    if found is None:
        return ()
    if taken.filled:
        first = texts.found_in_it([texts.label(field) for field in taken.filled])
    else:
        first = texts.nothing_new_in_it()
    return (first, *(texts.warn(doubt) for doubt in _doubts(taken, texts)))


def _doubts(taken: Taken, texts: ChatTexts) -> list[Markup]:
    found = taken.found
    assert found
    doubts = []
    if found.when and not found.when.zoned:
        doubts.append(texts.zone_assumed(found.when.start.timezone))
    if found.moments:
        doubts.append(texts.several_times([_time(reading, texts) for reading in found.moments[:_MOST_TIMES]]))
    if found.when_fault:
        doubts.append(texts.time_not_taken(texts.when_fault(found.when_fault.fault, found.when_fault.part)))
    if len(found.links) > 1:
        doubts.append(texts.several_links())
    return doubts


def _time(reading: Reading, texts: ChatTexts) -> Markup:
    starts_at = reading.starts_at
    return own_time(starts_at, texts.short(starts_at, reading.start.timezone))
