"""Several drafts: one is open, the others wait. And a webinar taken as the pattern of a new one."""

from dataclasses import dataclass
from datetime import datetime

from domain import access, drafts
from domain.cards import AgendaLine
from domain.drafts import DraftView, Field, Fields, ForWhom, NoDraftError
from domain.feedback import forms
from storage import Circle, Draft, Session, Webinar, webinars
from storage import drafts as draft_rows

PAGE_SIZE = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A draft in the list. `open`: the person's next message goes into it."""

    id: int
    title: str | None
    starts_at: datetime | None
    timezone: str
    missing: tuple[Field, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the drafts that a person may open. `number` counts from 1; `total` counts all there are."""

    items: tuple[Item, ...]
    number: int
    pages: int
    total: int


def show(session: Session, person_id: int, number: int) -> Shelf:
    """A page of the person's drafts and of those that came with a file for their partnerships."""
    access.require_poster(session, person_id)
    found = _within_reach(session, person_id)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    page = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Shelf(tuple(_item(draft, person_id) for draft in page), number, pages, len(found))


def count(session: Session, person_id: int) -> int:
    access.require_poster(session, person_id)
    return len(_within_reach(session, person_id))


def take_up(session: Session, person_id: int, draft_id: int, *, now: datetime) -> DraftView:
    """Open a draft, and put away the one that was open. Raises NoDraftError for one the person can't reach."""
    access.require_poster(session, person_id)
    found = next((draft for draft in _within_reach(session, person_id) if draft.id == draft_id), None)
    draft = found and draft_rows.lock(session, found)
    if draft is None or draft.person_id not in {None, person_id}:  # somebody else was quicker
        raise NoDraftError
    if draft.person_id != person_id:
        put_away(session, person_id)
        draft.person_id, draft.asking, draft.message_id = person_id, None, None
    fields = drafts.current(session, draft)
    draft.asking = next((field for field in drafts.ASKED_IN_TURN if field in fields.missing), None)
    return drafts.save(session, draft, now)


def start_another(session: Session, person_id: int, *, timezone: str, now: datetime) -> DraftView:
    """A new draft beside the one that is open, which waits."""
    access.require_poster(session, person_id)
    put_away(session, person_id)
    return drafts.view(session, drafts.new(session, person_id, timezone=timezone, now=now))


def put_away(session: Session, person_id: int) -> None:
    """Close the draft that is open. One with nothing in it is not kept."""
    draft = draft_rows.of_person(session, person_id)
    if draft is None:
        return
    if Fields.model_validate(draft.fields).blank:
        draft_rows.delete(session, draft)
        return
    draft.person_id = draft.asking = draft.message_id = None
    draft_rows.save(session, draft)


def hand_back(session: Session, person_id: int) -> None:
    """Close the draft that is open, if it came with a file for those in whose name the person may not act any more."""
    draft = draft_rows.of_person(session, person_id)
    event = draft_rows.imported(session, draft.id) if draft else None
    if event and event.partnership_id not in access.partnerships(session, person_id):
        put_away(session, person_id)


def duplicate(session: Session, code: str, person_id: int, *, now: datetime) -> DraftView:
    """A draft with all that a webinar says but its date, which is asked for. Only for those who may change it."""
    webinar = access.editable(session, code, person_id)
    put_away(session, person_id)
    draft = drafts.new(session, person_id, timezone=webinar.timezone, now=now)
    draft.asking = Field.WHEN
    return drafts.save(session, draft, now, _fields(session, webinar))


def _within_reach(session: Session, person_id: int) -> list[Draft]:
    return draft_rows.within_reach(session, person_id, access.partnerships(session, person_id))


def _item(draft: Draft, person_id: int) -> Item:
    fields = Fields.model_validate(draft.fields)
    opened = draft.person_id == person_id
    return Item(draft.id, fields.title, fields.starts_at, fields.timezone, fields.missing, opened)


def _fields(session: Session, webinar: Webinar) -> Fields:
    programme = webinars.programme(session, [webinar.id])
    items = programme.agenda.get(webinar.id, ())
    return Fields(
        title=webinar.title,
        description=webinar.description,
        hosts=tuple(host.id for host in programme.hosts.get(webinar.id, ())),
        topics=tuple(topic.id for topic in programme.topics.get(webinar.id, ())),
        timezone=webinar.timezone,
        duration_minutes=webinar.duration_minutes,
        length_given=True,
        language=webinar.language,
        capacity=webinar.capacity,
        join_url=webinar.join_url,
        agenda=tuple(AgendaLine(item.title, item.speaker, item.minutes) for item in items),
        for_whom=ForWhom.ORGANISERS if webinar.circle is Circle.ORGANISERS else ForWhom.COMPANIES,
        form=forms.code_of(session, webinar.id),
    )
