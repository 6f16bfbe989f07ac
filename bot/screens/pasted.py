"""What a pasted text led to, said on the draft's card: what was found, and why the rest was not taken."""

from markupsafe import Markup

from bot.screen import own_time
from domain.intake import Taken
from domain.reading.pasting import Found
from domain.reading.when import Reading
from texts.chat import ChatTexts

_MOST_TIMES = 3


def said(taken: Taken, texts: ChatTexts) -> tuple[Markup, ...]:
    """Nothing, where it was an answer and no text to look through."""
    if taken.found is None:
        return ()
    doubts = tuple(texts.warn(doubt) for doubt in _doubts(taken.found, texts))
    if taken.filled:
        return (texts.found_in_it([texts.label(field) for field in taken.filled]), *doubts)
    return doubts or (() if taken.view.fields.offered else (texts.nothing_new_in_it(),))


def _doubts(found: Found, texts: ChatTexts) -> list[Markup]:
    doubts = []
    if found.when and not found.when.zoned:
        doubts.append(texts.zone_assumed(found.when.start.timezone))
    if found.moments:
        doubts.append(texts.several_times([_time(reading, texts) for reading in found.moments[:_MOST_TIMES]]))
    if found.when_fault:
        doubts.append(texts.time_not_taken(texts.when_fault(found.when_fault.fault, found.when_fault.part)))
    if found.links:
        doubts.append(texts.unsure_links(len(found.links)))
    return doubts


def _time(reading: Reading, texts: ChatTexts) -> Markup:
    starts_at = reading.starts_at
    return own_time(starts_at, texts.short(starts_at, reading.start.timezone))
