"""Which entries fit what somebody looks for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, column, func, literal, literal_column, or_, table, type_coerce
from sqlmodel import Session, and_, col, exists, select
from sqlmodel.sql.sqltypes import AutoString

from storage.tables import EntryKind, EntryReaders, EntryState, LibraryEntry, LibraryTopic


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is looked for: it is there if one of the stems is, or a stem that begins with `prefix`.

    `topic_ids` and `partnership_ids` are those that are called so: being filed there will do as well.
    """

    stems: tuple[str, ...]
    prefix: str = ""
    topic_ids: tuple[str, ...] = ()
    partnership_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is empty does not matter; all topics and terms must fit. `everything`: also what only organisers see."""

    everything: bool = False
    kind: str | None = None
    but: tuple[EntryKind, ...] = ()
    partnership_id: str | None = None
    topic_ids: tuple[str, ...] = ()
    language: str | None = None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    id: int
    changed_at: datetime
    uses: int


def shared(session: Session, wanted: Wanted) -> list[Found]:
    """The shared entries that fit, in no order."""
    conditions = [*_conditions(wanted), *(_has(session, term) for term in wanted.terms)]
    query = select(LibraryEntry.id, LibraryEntry.changed_at, LibraryEntry.uses).where(*conditions)
    return [Found(*row) for row in session.exec(query)]


def languages(session: Session, wanted: Wanted) -> list[str]:
    """The languages in which there is something."""
    query = select(LibraryEntry.language).where(*_conditions(wanted)).distinct()
    return sorted(session.exec(query))


def about(session: Session, kinds: Collection[EntryKind], topic_ids: Collection[str]) -> list[tuple[Found, int]]:
    """Shared entries of these kinds that have one of the topics, each with how many it has. In no order."""
    filed = (
        select(LibraryEntry.id, LibraryEntry.changed_at, LibraryEntry.uses, func.count())
        .join(LibraryTopic, col(LibraryTopic.entry_id) == col(LibraryEntry.id))
        .where(
            LibraryEntry.state == EntryState.SHARED,
            col(LibraryEntry.kind).in_(kinds),
            col(LibraryTopic.topic_id).in_(topic_ids),
        )
        .group_by(col(LibraryEntry.id), col(LibraryEntry.changed_at), col(LibraryEntry.uses))
    )
    return [(Found(entry_id, at, uses), number) for entry_id, at, uses, number in session.exec(filed)]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(LibraryEntry.state) == EntryState.SHARED]
    if not wanted.everything:
        found.append(col(LibraryEntry.readers) == EntryReaders.EVERYBODY)
    if wanted.kind:
        found.append(cast(col(LibraryEntry.kind), String) == wanted.kind)  # a word that is no kind fits nothing
    if wanted.but:
        found.append(col(LibraryEntry.kind).not_in(wanted.but))
    if wanted.partnership_id:
        found.append(col(LibraryEntry.partnership_id) == wanted.partnership_id)
    if wanted.language:
        found.append(col(LibraryEntry.language) == wanted.language)
    found.extend(_filed([topic]) for topic in wanted.topic_ids)
    return found


def _filed(topic_ids: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(
        and_(col(LibraryTopic.entry_id) == col(LibraryEntry.id), col(LibraryTopic.topic_id).in_(topic_ids))
    )


def _has(session: Session, term: Term) -> ColumnElement[bool]:
    said = _on_sqlite(term) if session.get_bind().dialect.name == "sqlite" else _on_postgresql(term)
    filed = [_filed(term.topic_ids)] if term.topic_ids else []
    owned = [col(LibraryEntry.partnership_id).in_(term.partnership_ids)] if term.partnership_ids else []
    return or_(said, *filed, *owned)


def _on_sqlite(term: Term) -> ColumnElement[bool]:
    """FTS5's own language: a string in double quotes is a word, whatever stands in it."""

    def quoted(word: str) -> str:
        return '"{}"'.format(word.replace('"', '""'))

    words = [quoted(stem) for stem in term.stems] + ([quoted(term.prefix) + "*"] if term.prefix else [])
    index = table("library_search", column("rowid"))
    matching = column("library_search").op("MATCH")(literal(" OR ".join(words), AutoString()))
    return col(LibraryEntry.id).in_(select(index.c.rowid).select_from(index).where(matching))


def _on_postgresql(term: Term) -> ColumnElement[bool]:
    """A tsquery of quoted words. The expression on the left is to the letter that of the index."""

    def quoted(word: str) -> str:
        return "'{}'".format(word.replace("\\", "\\\\").replace("'", "''"))

    words = [quoted(stem) for stem in term.stems] + ([quoted(term.prefix) + ":*"] if term.prefix else [])
    configuration: ColumnElement[str] = literal_column("'simple'")
    query = func.to_tsquery(configuration, literal(" | ".join(words), AutoString()))
    said = func.to_tsvector(configuration, col(LibraryEntry.stems)).op("@@")(query)
    return type_coerce(said, literal(value=True).type)
