"""What an organiser who sends a file can do with it."""

from datetime import datetime

from domain import access, drafts, importing_merge, intake
from domain.choices import Choice
from domain.drafts import DraftView
from domain.importing_fields import by_draft_field, topic_ids_of, topics_by_word
from domain.importing_values import Event
from storage import Session, consortium
from storage import drafts as draft_rows


def partnerships(session: Session, person_id: int) -> tuple[Choice, ...]:
    """Those in whose name the person may import, in the consortium's order."""
    access.require_poster(session, person_id)
    mine = access.partnerships(session, person_id)
    return tuple(
        Choice(partnership.id, partnership.short_name, chosen=False)
        for partnership in consortium.active_partnerships(session)
        if partnership.id in mine
    )


def has_open_draft(session: Session, person_id: int) -> bool:
    return draft_rows.of_person(session, person_id) is not None


def fill_draft(session: Session, event: Event, person_id: int, *, now: datetime) -> DraftView:
    """Put what a file says of a webinar into the draft that the person has open. Raises NoDraftError.

    What was typed before stays: of that the file's words are offered.
    """
    draft = drafts.opened(session, person_id)
    said = by_draft_field(importing_merge.said(event, topic_ids_of(topics_by_word(session), event)[0]))
    view, _ = intake.merge(session, draft, said, offering=frozenset(said), now=now)
    return view
