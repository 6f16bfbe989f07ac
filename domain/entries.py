"""A webinar as it stands in a calendar: for everybody, or for somebody with a place in it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.cards import AgendaLine, withheld_agenda
from domain.withholding import withhold
from storage import Circle, Registration, RegistrationStatus, Session, Webinar, WebinarStatus, calendar, webinars
from storage.calendar import Versions


class Participation(StrEnum):
    """As whom the reader of an entry sees the webinar."""

    PUBLIC = "public"
    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    ORGANISER = "organiser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One webinar in one calendar, in RFC 5545's words. `timezone` is the hosts' zone (IANA).

    `color` is the first host's that has one (`#rrggbb`), or empty. `join_url` is set only for a person who is
    registered, and for organisers where it is a `meeting`; for all others it is nowhere else in the entry either.
    """

    uid: str
    code: str
    sequence: int
    dtstart: datetime
    dtend: datetime
    timezone: str
    summary: str
    description: str
    status: WebinarStatus
    created: datetime
    last_modified: datetime
    hosts: tuple[str, ...]
    host_ids: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    agenda: tuple[AgendaLine, ...]
    participation: Participation
    join_url: str | None
    color: str = ""
    cancel_reason: str = ""
    meeting: bool = False


Known = dict[int, Entry]
"""Public entries by webinar id, kept from one reading to the next; several threads may fill it."""


def public(session: Session, versions: Versions, known: Known) -> tuple[Entry, ...]:
    """As everybody sees them. Only those that are not known yet are read.

    Looks at `known` once only: another thread that sees an older state may put its own entries there.
    """
    found = {id_: known.get(id_) for id_ in versions}
    missing = [id_ for id_, sequence in versions.items() if not ((entry := found[id_]) and entry.sequence == sequence)]
    read = _read(session, missing)
    known.update(read)
    return tuple(filter(None, (found | read).values()))


def own(session: Session, found: Collection[tuple[Webinar, Registration]]) -> tuple[Entry, ...]:
    """As those see them who have a place."""
    programme = webinars.programme(session, [webinar.id for webinar, _ in found])
    return tuple(_registrant(_entry(webinar, programme), webinar, registration) for webinar, registration in found)


def meetings(session: Session, found: Collection[Webinar]) -> tuple[Entry, ...]:
    """As all organisers see them, whether or not they said that they come: with the way in."""
    programme = webinars.programme(session, [webinar.id for webinar in found])
    return tuple(_organiser(_entry(webinar, programme), webinar) for webinar in found)


def _read(session: Session, webinar_ids: list[int]) -> Known:
    if not webinar_ids:
        return {}
    programme = webinars.programme(session, webinar_ids)
    found = calendar.by_ids(session, webinar_ids)
    return {webinar.id: _stranger(_entry(webinar, programme), webinar.join_url) for webinar in found}


def _entry(webinar: Webinar, programme: webinars.Programme) -> Entry:
    hosts = programme.hosts.get(webinar.id, ())
    return Entry(
        uid=webinar.uid,
        code=webinar.code,
        sequence=webinar.sequence,
        dtstart=webinar.starts_at,
        dtend=webinar.ends_at,
        timezone=webinar.timezone,
        summary=webinar.title,
        description=webinar.description,
        status=webinar.status,
        created=webinar.created_at,
        last_modified=webinar.last_modified,
        hosts=tuple(host.short_name for host in hosts),
        host_ids=tuple(host.id for host in hosts),
        topics=tuple(topic.name for topic in programme.topics.get(webinar.id, ())),
        language=webinar.language,
        agenda=tuple(
            AgendaLine(item.title, item.speaker, item.minutes) for item in programme.agenda.get(webinar.id, ())
        ),
        participation=Participation.PUBLIC,
        join_url=None,
        color=next((host.color for host in hosts if host.color), ""),
        cancel_reason=webinar.cancel_reason,
        meeting=webinar.circle is Circle.ORGANISERS,
    )


def _registrant(entry: Entry, webinar: Webinar, registration: Registration) -> Entry:
    """Their calendar changes with the webinar and with their registration, so its stamps are those of both."""
    entry = replace(
        entry,
        sequence=entry.sequence + registration.sequence,
        last_modified=max(entry.last_modified, registration.changed_at),
    )
    if registration.status is RegistrationStatus.WAITLISTED:
        return replace(_stranger(entry, webinar.join_url), participation=Participation.WAITLISTED)
    if webinar.status is WebinarStatus.CANCELLED:
        return replace(_stranger(entry, webinar.join_url), participation=Participation.REGISTERED)
    return replace(entry, participation=Participation.REGISTERED, join_url=webinar.join_url)


def _organiser(entry: Entry, webinar: Webinar) -> Entry:
    entry = replace(entry, participation=Participation.ORGANISER)
    if webinar.status is WebinarStatus.CANCELLED:
        return _stranger(entry, webinar.join_url)
    return replace(entry, join_url=webinar.join_url)


def _stranger(entry: Entry, join_url: str) -> Entry:
    return replace(
        entry,
        summary=withhold(entry.summary, join_url),
        description=withhold(entry.description, join_url),
        agenda=withheld_agenda(entry.agenda, join_url),
        cancel_reason=withhold(entry.cancel_reason, join_url),
    )
