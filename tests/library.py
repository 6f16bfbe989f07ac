"""Something to share, in tests: whole entries of which a test names only what matters to it."""

from datetime import datetime
from typing import Any

from domain.library import filing, writing
from domain.library.filing import Heading
from domain.library.writing import Given
from storage import EntryKind, Session
from tests.factories import NOW, add_consortium, add_people, add_role

ADMIN, OWN, MATE, OTHER, COMPANY = range(1, 6)
"""An administrator, two organisers of the partnership that shares, one of another, and a company."""

NAMES = ("administrator", "own", "mate", "other", "company")


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, COMPANY)
    add_role(session, ADMIN)
    for person_id, partnership in ((OWN, "alpha"), (MATE, "alpha"), (OTHER, "beta")):
        add_role(session, person_id, partnership)


def begin(
    session: Session, title: str = "Feedback in five minutes", *, kind: EntryKind = EntryKind.TEMPLATE, **more: Any
) -> str:
    """A draft of OWN's. Returns its code."""
    who, now = more.pop("who", OWN), more.pop("now", NOW)
    language = more.pop("language", "en")
    given = Given(**{"title": title, "text": "Ask three questions."} | more)
    return writing.start(session, who, kind, given, language=language, now=now).entry.code


def put_out(
    session: Session, title: str = "Feedback in five minutes", *, readers: str = "organisers", **more: Any
) -> str:
    """Something that is shared. Returns its code."""
    now: datetime = more.get("now", NOW)
    who: int = more.get("who", OWN)
    code = begin(session, title, **more)
    filing.choose(session, code, who, Heading.READERS, readers, now=now)
    writing.share(session, code, who, now=now)
    return code
