"""Which questions are to be asked after a webinar that is a draft still."""

from datetime import datetime

from domain import drafts
from domain.feedback import forms
from domain.feedback.forms import Choice
from domain.library.rights import EntryNotFoundError
from storage import Session


def offer(session: Session, person_id: int, number: int) -> Choice:
    """What could be asked, for whoever has a draft open. Raises NoDraftError."""
    fields = drafts.current(session, drafts.opened(session, person_id))
    return forms.offered(session, forms.of_entry(session, fields.form, person_id), number)


def choose(session: Session, person_id: int, entry: str | None, *, now: datetime) -> Choice:
    """Ask the questions of this template; None: the usual ones. Raises EntryNotFoundError and NoDraftError."""
    draft = drafts.opened(session, person_id)
    if entry is not None and forms.usable(session, entry, person_id) is None:
        raise EntryNotFoundError(entry)
    drafts.save(session, draft, now, drafts.current(session, draft).model_copy(update={"form": entry}))
    return offer(session, person_id, 1)
