"""Everything a screen says about one webinar, as one value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.withholding import withhold
from storage import (
    Circle,
    MaterialKind,
    Registration,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
    materials,
    people,
    preferences,
    registrations,
    webinars,
)

JOINABLE_BEFORE = timedelta(minutes=15)
"""From this long before the start until the end, a registered person's card has the way in."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    title: str
    speaker: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Handout:
    """Slides or a recording: a link, or a file that Telegram keeps."""

    kind: MaterialKind
    url: str | None
    file_id: str | None
    file_name: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose seat in which webinar: from it the link that is theirs alone is made."""

    person_id: int
    webinar_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What most messages say: the webinar's own row and the person's place in it, which costs no further query.

    `timezone` is the hosts' zone (IANA). `join_url` is set only for a person who is registered, in the time when they
    can use it, and nobody else reads it anywhere. Their `ticket` they have at all times. A `meeting` is for organisers
    alone.
    """

    code: str
    title: str
    status: WebinarStatus
    starts_at: datetime
    timezone: str
    my_status: RegistrationStatus | None = None
    join_url: str | None = None
    ticket: Ticket | None = None
    cancel_reason: str = ""
    meeting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Place):
    """`my_position` counts from 1 and is set only while waiting.

    `my_leads` are the person's own reminders, longest first; None: the usual ones. `invited` are partnerships that
    have not said yet whether they host it too; only those who may change it see them.
    """

    uid: str
    description: str
    ends_at: datetime
    duration_minutes: int
    language: str
    hosts: tuple[str, ...]
    host_ids: tuple[str, ...]
    topics: tuple[str, ...]
    topic_ids: tuple[str, ...]
    agenda: tuple[AgendaLine, ...]
    capacity: int | None
    registered: int
    waiting: int
    open: bool
    ended: bool
    my_position: int | None = None
    my_leads: tuple[timedelta, ...] | None = None
    materials: tuple[Handout, ...] = ()
    invited: tuple[str, ...] = ()

    @property
    def seats_left(self) -> int | None:
        """None where seats are unlimited. A seat that somebody in line will get is not left."""
        if self.capacity is None:
            return None
        return 0 if self.waiting else max(0, self.capacity - self.registered)


@dataclass(frozen=True, slots=True)
class Enclosing:
    """A message about a webinar with slides, a recording, or both."""

    card: Card
    new: tuple[Handout, ...]

    @property
    def attached(self) -> Handout | None:
        """What is sent as the message itself: a file, where there is no second."""
        files = [handout for handout in self.new if handout.file_id]
        return files[0] if len(files) == 1 else None


def card(session: Session, webinar: Webinar, person_id: int | None, *, now: datetime) -> Card:
    """The card as this person sees it; None is a stranger."""
    return cards(session, [webinar], person_id, now=now)[0]


def cards(session: Session, found: Sequence[Webinar], person_id: int | None, *, now: datetime) -> list[Card]:
    ids = [webinar.id for webinar in found]
    programme = webinars.programme(session, ids)
    counts = registrations.count_places(session, ids)
    mine = registrations.of_webinars(session, person_id, ids) if person_id is not None else {}
    leads = preferences.leads_of(session, people.get(session, person_id)) if person_id is not None else None
    handouts = _handouts(session, found, now)
    return [
        replace(
            compose(webinar, programme, counts.get(webinar.id, registrations.Counts()), mine.get(webinar.id), now=now),
            my_position=_position(session, mine.get(webinar.id)),
            my_leads=leads,
            materials=handouts.get(webinar.id, ()),
        )
        for webinar in found
    ]


def place(webinar: Webinar, mine: Registration | None, *, now: datetime) -> Place:
    """As somebody with this registration sees it; None is a stranger."""
    return Place(
        code=webinar.code,
        title=webinar.title if _is_seated(mine) else withhold(webinar.title, webinar.join_url),
        status=webinar.status,
        starts_at=webinar.starts_at,
        timezone=webinar.timezone,
        my_status=mine.status if mine else None,
        join_url=webinar.join_url if _may_join(webinar, mine, now) else None,
        ticket=Ticket(mine.person_id, webinar.id) if mine and _is_seated(mine) else None,
        cancel_reason=withhold(webinar.cancel_reason, webinar.join_url),
        meeting=webinar.circle is Circle.ORGANISERS,
    )


def compose(
    webinar: Webinar,
    programme: webinars.Programme,
    count: registrations.Counts,
    mine: Registration | None,
    *,
    now: datetime,
) -> Card:
    seated = _is_seated(mine)
    seen = place(webinar, mine, now=now)
    hosts = programme.hosts.get(webinar.id, ())
    topics = programme.topics.get(webinar.id, ())
    agenda = tuple(AgendaLine(item.title, item.speaker, item.minutes) for item in programme.agenda.get(webinar.id, ()))
    return Card(
        code=seen.code,
        uid=webinar.uid,
        title=seen.title,
        description=webinar.description if seated else withhold(webinar.description, webinar.join_url),
        status=seen.status,
        starts_at=seen.starts_at,
        ends_at=webinar.ends_at,
        timezone=seen.timezone,
        duration_minutes=webinar.duration_minutes,
        language=webinar.language,
        hosts=tuple(host.short_name for host in hosts),
        host_ids=tuple(host.id for host in hosts),
        topics=tuple(topic.name for topic in topics),
        topic_ids=tuple(topic.id for topic in topics),
        agenda=agenda if seated else withheld_agenda(agenda, webinar.join_url),
        capacity=webinar.capacity,
        registered=count.registered,
        waiting=count.waitlisted,
        open=webinar.status is WebinarStatus.PUBLISHED and now < webinar.starts_at,
        ended=now >= webinar.ends_at,
        my_status=seen.my_status,
        join_url=seen.join_url,
        ticket=seen.ticket,
        cancel_reason=seen.cancel_reason,
        meeting=webinar.circle is Circle.ORGANISERS,
    )


def withheld_agenda(agenda: tuple[AgendaLine, ...], join_url: str) -> tuple[AgendaLine, ...]:
    return tuple(
        AgendaLine(withhold(line.title, join_url), withhold(line.speaker, join_url), line.minutes) for line in agenda
    )


def _handouts(session: Session, found: Sequence[Webinar], now: datetime) -> dict[int, tuple[Handout, ...]]:
    """Of those that have begun: one that is moved ahead again has nothing to hand out yet."""
    begun = [each.id for each in found if each.status is WebinarStatus.PUBLISHED and each.starts_at <= now]
    return {
        webinar_id: tuple(Handout(row.kind, row.url, row.file_id, row.file_name) for row in rows)
        for webinar_id, rows in materials.of_webinars(session, begun).items()
    }


def _position(session: Session, mine: Registration | None) -> int | None:
    waiting = mine is not None and mine.status is RegistrationStatus.WAITLISTED
    return registrations.position(session, mine) if mine and waiting else None


def _is_seated(mine: Registration | None) -> bool:
    return mine is not None and mine.status is RegistrationStatus.REGISTERED


def _may_join(webinar: Webinar, mine: Registration | None, now: datetime) -> bool:
    return (
        _is_seated(mine)
        and webinar.status is WebinarStatus.PUBLISHED
        and webinar.starts_at - JOINABLE_BEFORE <= now < webinar.ends_at
    )
