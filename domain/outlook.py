"""Looking before a time is settled: what else is on, who is at work then, and where it is a holiday. Only warnings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import access, clocks, days_off, drafts, offices, wall_time
from domain.clashes import NEAR, Span, near
from domain.clocks import Shift
from domain.days_off import DayOff
from domain.drafts import DraftIncompleteError, Field, Fields, NoDraftError
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.offices import LocalTime
from domain.withholding import withhold
from storage import Session, Webinar, clashes, consortium, webinars
from storage import drafts as draft_rows
from storage.clashes import Subjects

MOST_CLASHES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Another webinar. How many people follow both, and are registered or waiting for both: None before there can be.

    Both are numbers for organisers of either, never names.
    """

    code: str
    title: str
    hosts: tuple[str, ...]
    starts_at: datetime
    timezone: str
    following: int
    registered: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """`places` begin with the consortium's own.

    Of the clashes those that matter to most people come first; there are `further` ones that are not listed.
    """

    places: tuple[LocalTime, ...]
    clashes: tuple[Clash, ...] = ()
    further: int = 0
    days_off: tuple[DayOff, ...] = ()
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A time for a webinar, and the webinar if there is one already."""

    starts_at: datetime
    minutes: int
    subjects: Subjects
    webinar_id: int | None = None

    @property
    def span(self) -> Span:
        return Span(self.starts_at, wall_time.end(self.starts_at, self.minutes))


def of_draft(session: Session, person_id: int, *, zones: Sequence[str], language: str) -> Outlook:
    """What to know before the person's draft is published. Raises DraftIncompleteError without a time."""
    fields = own_fields(session, person_id)
    if fields.starts_at is None:
        raise DraftIncompleteError((Field.WHEN,))
    plan = Plan(starts_at=fields.starts_at, minutes=fields.duration_minutes, subjects=subjects(fields))
    return outlook(session, plan, zones=zones, language=language)


def of_move(
    session: Session, code: str, person_id: int, starts_at: datetime, *, zones: Sequence[str], language: str
) -> Outlook:
    """What to know before a webinar is moved there, for somebody who may move it."""
    webinar = webinars.by_code(session, code, person_id)
    if webinar is None:
        raise WebinarNotFoundError(code)
    if not access.may_edit(session, person_id, webinar):
        raise NotAllowedError
    programme = webinars.programme(session, [webinar.id])
    plan = Plan(
        starts_at=starts_at,
        minutes=webinar.duration_minutes,
        subjects=_subjects(programme, webinar.id),
        webinar_id=webinar.id,
    )
    return outlook(session, plan, zones=zones, language=language)


def outlook(session: Session, plan: Plan, *, zones: Sequence[str], language: str) -> Outlook:
    """`zones` (IANA) are where people sit, the consortium's own first; holidays are named in `language`."""
    places = offices.local_times(zones, plan.starts_at, plan.minutes)
    countries = days_off.countries(host_countries(session, plan.subjects.hosts))
    found = days_off.between(countries, zones, plan.starts_at, plan.starts_at, language)
    clashing, further = _clashes(session, plan)
    return Outlook(
        places=places,
        clashes=clashing,
        further=further,
        days_off=days_off.on(found, places),
        shifts=clocks.shifts(places),
    )


def own_fields(session: Session, person_id: int) -> Fields:
    access.require_poster(session, person_id)
    draft = draft_rows.of_person(session, person_id)
    if draft is None:
        raise NoDraftError
    return drafts.current(session, draft)


def subjects(fields: Fields) -> Subjects:
    return Subjects(frozenset(fields.hosts), frozenset(fields.topics))


def host_countries(session: Session, hosts: frozenset[str]) -> list[str]:
    """Where the clusters of these partnerships are (ISO 3166), each country once."""
    return sorted(
        {cluster.country for cluster in consortium.active_clusters(session) if cluster.partnership_id in hosts}
    )


def _clashes(session: Session, plan: Plan) -> tuple[tuple[Clash, ...], int]:
    since, until = plan.starts_at - NEAR, max(plan.span.ends_at, plan.starts_at + NEAR)
    found = clashes.spans(session, plan.subjects, since, until, besides=plan.webinar_id)
    near_by = [id_ for id_, starts_at, ends_at in found if near(plan.span, Span(starts_at, ends_at))]
    shown = clashes.webinars(session, near_by[:MOST_CLASHES])
    programme = webinars.programme(session, [webinar.id for webinar in shown])
    listed = [_clash(session, plan, webinar, programme) for webinar in shown]
    listed.sort(key=lambda clash: (-(clash.registered or 0), -clash.following, clash.starts_at, clash.code))
    return tuple(listed), len(near_by) - len(shown)


def _clash(session: Session, plan: Plan, webinar: Webinar, programme: webinars.Programme) -> Clash:
    return Clash(
        code=webinar.code,
        title=withhold(webinar.title, webinar.join_url),
        hosts=tuple(host.short_name for host in programme.hosts.get(webinar.id, ())),
        starts_at=webinar.starts_at,
        timezone=webinar.timezone,
        following=clashes.count_following_both(session, plan.subjects, _subjects(programme, webinar.id)),
        registered=(
            clashes.count_registered_for_both(session, plan.webinar_id, webinar.id) if plan.webinar_id else None
        ),
    )


def _subjects(programme: webinars.Programme, webinar_id: int) -> Subjects:
    return Subjects(
        frozenset(host.id for host in programme.hosts.get(webinar_id, ())),
        frozenset(topic.id for topic in programme.topics.get(webinar_id, ())),
    )
