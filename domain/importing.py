"""Webinars that come with a file: new ones become drafts or are published, known ones follow the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain import access, audit, changes, importing_merge, publishing
from domain.audit import Action
from domain.details import Detail
from domain.draft_fields import Fields
from domain.errors import NotAllowedError
from domain.importing_fields import as_draft, topic_ids_of, topics_by_word
from domain.importing_identity import identify
from domain.importing_merge import CANCELLED, WHEN, Said
from domain.importing_values import Event, Outcome, Remark, Report, Taken, Trouble, once_each, remark
from domain.reading.when import WhenError
from storage import Draft, Imported, Session, Webinar, WebinarStatus, imports
from storage import drafts as draft_rows

_AT_ONCE = 50
"""How many events go into one transaction: others who write wait no longer than that takes."""

__all__ = ["batches", "identify", "rehearse", "take"]


def take(
    session: Session,
    events: Sequence[Event],
    *,
    person_id: int | None,
    partnership_id: str,
    publish: bool,
    name: str,
    settle: timedelta,
    now: datetime,
) -> Report:
    """Take these events, each of which has a uid, in the name of a partnership. The same again changes nothing.

    `name` is the file's, for the log. Without `person_id` it is the command line that takes them.
    """
    if partnership_id not in access.partnerships(session, person_id):
        raise NotAllowedError
    taking = _Taking(session, person_id, partnership_id, publish, settle, now, _Known.of(session, events))
    for event in events:
        taking.take(event)
    report = Report(tuple(taking.taken), once_each(taking.remarks))
    counts = {outcome.value: number for outcome, number in report.counts.items() if outcome is not Outcome.UNCHANGED}
    if counts:
        audit.record(
            session, person_id, Action.IMPORTED, partnership_id=partnership_id, subject=name, after=counts, now=now
        )
    return report


def rehearse(
    session: Session,
    events: Sequence[Event],
    *,
    person_id: int | None,
    partnership_id: str,
    publish: bool,
    name: str,
    settle: timedelta,
    now: datetime,
) -> Report:
    """What `take` would do: it is done, and undone."""
    with session.begin_nested() as point:
        report = take(
            session,
            events,
            person_id=person_id,
            partnership_id=partnership_id,
            publish=publish,
            name=name,
            settle=settle,
            now=now,
        )
        point.rollback()
    return report


def batches(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """So many as one transaction takes, at least once."""
    for first in range(0, max(len(events), 1), _AT_ONCE):
        yield events[first : first + _AT_ONCE]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database has of the events of one transaction, read at once."""

    rows: dict[str, Imported]
    webinars: dict[int, Webinar]
    drafts: dict[int, Draft]
    uids: set[str]
    topics: dict[str, str]

    @classmethod
    def of(cls, session: Session, events: Sequence[Event]) -> "_Known":
        uids = [event.uid for event in events if event.uid]
        rows = imports.lock(session, uids)
        return cls(
            rows,
            imports.lock_webinars(session, [row.webinar_id for row in rows.values() if row.webinar_id]),
            imports.lock_drafts(session, [row.draft_id for row in rows.values() if row.draft_id]),
            imports.webinars_called(session, uids),
            topics_by_word(session),
        )


@dataclass(slots=True)
class _Taking:
    session: Session
    person_id: int | None
    partnership_id: str
    publish: bool
    settle: timedelta
    now: datetime
    known: _Known
    taken: list[Taken] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def take(self, event: Event) -> None:
        assert event.uid
        topic_ids, unknown = topic_ids_of(self.known.topics, event)
        said = importing_merge.said(event, topic_ids)
        row = self.known.rows.get(event.uid)
        try:
            outcome = self._new(event, said) if row is None else self._again(event, row, said)
        except _LeftError as error:
            if error.trouble is not None:
                self._note(event, error.trouble)
            return
        for word in unknown:
            self._note(event, Trouble.UNKNOWN_TOPIC, word)
        self.taken.append(Taken(event.line, event.title, outcome))

    def _note(self, event: Event, trouble: Trouble, part: str = "") -> None:
        self.remarks.append(remark(event.line, event.title, trouble, part))

    def _new(self, event: Event, said: Said) -> Outcome:
        assert event.uid
        if event.cancelled:
            raise _LeftError(None if event.excluded else Trouble.ALREADY_CANCELLED)
        if event.uid in self.known.uids:
            raise _LeftError(Trouble.NOT_IMPORTED)
        row = Imported(
            uid=event.uid,
            partnership_id=self.partnership_id,
            fields=dict(said),
            imported_by=self.person_id,
            imported_at=self.now,
        )
        return self._begin(event, row, said)

    def _begin(self, event: Event, row: Imported, said: Said) -> Outcome:
        """A webinar, if it is to be published and can be, else a draft that nobody has open."""
        fields = Fields(hosts=(self.partnership_id,), timezone=event.timezone).changed(as_draft(said))
        if self.publish and self._is_complete(event, fields):
            row.webinar_id = self._post(fields, row.uid).id
            imports.save(self.session, row)
            return Outcome.PUBLISHED
        draft = Draft(
            created_by=self.person_id,
            fields=fields.model_dump(mode="json"),
            created_at=self.now,
            changed_at=self.now,
        )
        draft_rows.save(self.session, draft)
        row.draft_id = draft.id
        imports.save(self.session, row)
        return Outcome.DRAFTED

    def _is_complete(self, event: Event, fields: Fields) -> bool:
        if fields.join_url is None:
            self._note(event, Trouble.NO_LINK)
        return not fields.missing

    def _post(self, fields: Fields, uid: str) -> Webinar:
        webinar = publishing.create(self.session, self.person_id, fields, uid=uid, now=self.now)
        audit.record(self.session, self.person_id, Action.POSTED, webinar=webinar, now=self.now)
        return webinar

    def _again(self, event: Event, row: Imported, said: Said) -> Outcome:
        """An event that was taken before: only what the file says otherwise than it did is news."""
        if row.partnership_id != self.partnership_id:
            raise _LeftError(Trouble.NOT_YOURS)
        news = importing_merge.news(row.fields, said)
        webinar = self.known.webinars.get(row.webinar_id or 0)
        draft = self.known.drafts.get(row.draft_id or 0)
        if webinar is not None:
            outcome = self._follow(webinar, news) if news else Outcome.UNCHANGED
        elif draft is not None:
            outcome = self._rewrite(event, draft, news)
        elif news.get(CANCELLED) is False:
            outcome = self._begin(event, row, {**row.fields, **said})
        else:
            outcome = Outcome.UNCHANGED
        if news:
            row.fields = importing_merge.remembered(row.fields, said)
            imports.save(self.session, row)
        return outcome

    def _follow(self, webinar: Webinar, news: Said) -> Outcome:
        """Change a published webinar as an organiser would, so that those who come are told."""
        if webinar.starts_at <= self.now:
            raise _LeftError(Trouble.OVER)
        if not access.may_edit(self.session, self.person_id, webinar):
            raise _LeftError(Trouble.NOT_YOURS)
        sequence = webinar.sequence
        outcome = Outcome.CHANGED
        if news.get(CANCELLED) is False and webinar.status is WebinarStatus.CANCELLED:
            changes.restore(self.session, webinar.code, self.person_id, settle=self.settle, now=self.now)
            outcome = Outcome.RESTORED
        if WHEN in news and self._move(webinar, *news[WHEN]):
            outcome = Outcome.MOVED
        values = {Detail(name): value for name, value in news.items() if name in set(Detail)}
        if values:
            changes.edit(
                self.session, webinar.code, self.person_id, values, tell=True, settle=self.settle, now=self.now
            )
        if news.get(CANCELLED):
            changes.cancel(self.session, webinar.code, self.person_id, settle=self.settle, now=self.now)
            outcome = Outcome.CANCELLED
        return Outcome.UNCHANGED if webinar.sequence == sequence else outcome

    def _move(self, webinar: Webinar, local: str, timezone: str) -> bool:
        before = webinar.starts_at
        local_start = datetime.fromisoformat(local)
        changes.move(
            self.session, webinar.code, self.person_id, local_start, timezone, settle=self.settle, now=self.now
        )
        return webinar.starts_at != before

    def _rewrite(self, event: Event, draft: Draft, news: Said) -> Outcome:
        """A draft follows the file; it is published if everything is to be, and it can be."""
        if news.get(CANCELLED):
            draft_rows.delete(self.session, draft)
            return Outcome.DISCARDED
        before = Fields.model_validate(draft.fields)
        fields = before.changed(as_draft(news))
        if self.publish and self._is_complete(event, fields):
            return self._publish(event, draft, fields)
        if fields == before:
            return Outcome.UNCHANGED
        draft.fields, draft.changed_at = fields.model_dump(mode="json"), self.now
        draft_rows.save(self.session, draft)
        return Outcome.REDRAFTED

    def _publish(self, event: Event, draft: Draft, fields: Fields) -> Outcome:
        active = {*self.known.topics.values()}
        try:
            webinar = self._post(
                fields.changed({"topics": [topic for topic in fields.topics if topic in active]}), event.uid or ""
            )
        except WhenError:
            raise _LeftError(Trouble.PAST) from None
        except NotAllowedError:
            raise _LeftError(Trouble.NOT_YOURS) from None
        draft_rows.delete(self.session, draft, webinar_id=webinar.id)
        return Outcome.PUBLISHED


class _LeftError(Exception):
    """An event is not taken. Without a trouble nothing needs to be said."""

    def __init__(self, trouble: Trouble | None) -> None:
        super().__init__(trouble)
        self.trouble = trouble
