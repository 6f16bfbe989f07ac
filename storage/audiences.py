"""Who is to be told: selections of people that can be reached, to be planned for in one statement."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Exists
from sqlmodel import Session, and_, col, exists, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import (
    Attendance,
    Delivery,
    DeliveryKind,
    DeliveryState,
    FeedFetch,
    Follow,
    Person,
    PersonLead,
    Registration,
    RegistrationStatus,
    Role,
    RoleKind,
)

Audience = SelectOfScalar[int]

_ACTIVE = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED)


def registrants(webinar_id: int, *, before: int) -> Audience:
    """Those registered or waiting since before this change of the webinar: who came later saw what was true then."""
    return _with_place(webinar_id, col(Registration.status).in_(_ACTIVE), col(Registration.seen_sequence) < before)


def readers(webinar_id: int, statuses: Collection[RegistrationStatus], *, extra: bool) -> Audience:
    """Those whose place in the webinar is one of these now. With `extra` only those who want what is no need."""
    found = (
        _reachable()
        .join(Registration, col(Registration.person_id) == col(Person.id))
        .where(col(Registration.webinar_id) == webinar_id, col(Registration.status).in_(statuses))
    )
    return found.where(col(Person.extras).is_(True)) if extra else found


def seen_there(webinar_id: int) -> Audience:
    """Those who were seen to come and want what is no need."""
    seen = _attended(webinar_id).where(col(Attendance.said).is_(False))
    return _reachable().where(seen, col(Person.extras).is_(True))


def came(webinar_id: int, *, not_told_since: datetime) -> Audience:
    """Those with a seat who came, said or seen, and want what is no need.

    Whoever was told after `not_told_since` that they were missed had all that was there.
    """
    told = exists().where(
        col(Delivery.person_id) == col(Person.id),
        col(Delivery.webinar_id) == webinar_id,
        col(Delivery.kind) == DeliveryKind.MISSED,
        col(Delivery.state) == DeliveryState.SENT,
        col(Delivery.settled_at) >= not_told_since,
    )
    return readers(webinar_id, (RegistrationStatus.REGISTERED,), extra=True).where(_attended(webinar_id), ~told)


def stayed_away(webinar_id: int) -> Audience:
    """Those with a seat who did not come, and want what is no need."""
    return readers(webinar_id, (RegistrationStatus.REGISTERED,), extra=True).where(~_attended(webinar_id))


def holding_link(webinar_id: int, *, before: int, apps_since: datetime | None) -> Audience:
    """Those with a seat since before this change who may have the join link itself.

    That is in a calendar file, from having gone in, or in an app. Apps count that have fetched their own calendar
    since `apps_since`; None: no app counts.
    """
    went_in = exists().where(col(Attendance.person_id) == col(Person.id), col(Attendance.webinar_id) == webinar_id)
    ways = [col(Registration.link_given_at).is_not(None), went_in]
    if apps_since is not None:
        ways.append(exists().where(col(FeedFetch.person_id) == col(Person.id), col(FeedFetch.fetched_at) >= apps_since))
    seated = col(Registration.status) == RegistrationStatus.REGISTERED
    return _with_place(webinar_id, seated, or_(*ways), col(Registration.seen_sequence) < before)


def seated_on_usual_leads(webinar_id: int, *, settled_by: datetime) -> Audience:
    """Those with a seat who are reminded as the configuration says."""
    return _registered(
        webinar_id,
        settled_by,
        and_(col(Registration.status) == RegistrationStatus.REGISTERED, col(Person.own_leads).is_(False)),
    )


def seated_on_own_lead(webinar_id: int, lead: timedelta, *, settled_by: datetime) -> Audience:
    """Those with a seat who chose to be reminded this long before."""
    chosen = exists().where(
        col(PersonLead.person_id) == col(Person.id), col(PersonLead.seconds) == int(lead.total_seconds())
    )
    return _registered(
        webinar_id,
        settled_by,
        and_(
            col(Registration.status) == RegistrationStatus.REGISTERED,
            col(Person.own_leads).is_(True),
            chosen,
        ),
    )


def followers(webinar_id: int, partnership_ids: Collection[str], topic_ids: Collection[str]) -> Audience:
    """Those who follow one of these, want announcements and have no place in the webinar yet."""
    follows = exists().where(
        col(Follow.person_id) == col(Person.id),
        or_(col(Follow.partnership_id).in_(partnership_ids), col(Follow.topic_id).in_(topic_ids)),
    )
    return _reachable().where(col(Person.announcements).is_(True), follows, ~_takes_part(webinar_id))


def announced_to(webinar_id: int) -> Audience:
    """Those who have an announcement of it in their chat and no place in it: nobody tells them of changes."""
    announced = exists().where(
        col(Delivery.person_id) == col(Person.id),
        col(Delivery.webinar_id) == webinar_id,
        col(Delivery.kind) == DeliveryKind.ANNOUNCEMENT,
        col(Delivery.state) == DeliveryState.SENT,
    )
    return _reachable().where(announced, ~_takes_part(webinar_id))


def called(webinar_id: int, *, before: datetime) -> Audience:
    """Those who were called to a meeting before then and have never said whether they come."""
    told = exists().where(
        col(Delivery.person_id) == col(Person.id),
        col(Delivery.webinar_id) == webinar_id,
        col(Delivery.kind) == DeliveryKind.MEETING_CALLED,
        col(Delivery.state) == DeliveryState.SENT,
        col(Delivery.settled_at) < before,
    )
    answered = exists().where(col(Registration.person_id) == col(Person.id), col(Registration.webinar_id) == webinar_id)
    return _reachable().where(told, ~answered)


def told_since(audience: Audience, webinar_id: int, moment: datetime) -> Audience:
    """Those of the audience to whom something about the webinar has left since, or may have."""
    left = exists().where(
        col(Delivery.person_id) == col(Person.id),
        col(Delivery.webinar_id) == webinar_id,
        or_(col(Delivery.settled_at) >= moment, and_(col(Delivery.settled_at).is_(None), col(Delivery.attempts) > 0)),
    )
    return audience.where(left)


def team(partnership_ids: Collection[str], *, also: Collection[int] = (), but: Collection[int] = ()) -> Audience:
    """The organisers of these partnerships and the people `also`, without those in `but`."""
    organises = exists().where(col(Role.person_id) == col(Person.id), col(Role.partnership_id).in_(partnership_ids))
    return _reachable().where(or_(organises, col(Person.id).in_(also)), col(Person.id).not_in(but))


def administrators() -> Audience:
    return _reachable().where(exists().where(col(Role.person_id) == col(Person.id), col(Role.kind) == RoleKind.ADMIN))


def includes(session: Session, audience: Audience, person_id: int) -> bool:
    return session.exec(audience.where(col(Person.id) == person_id)).first() is not None


def size(session: Session, audience: Audience) -> int:
    return session.exec(select(func.count()).select_from(audience.subquery())).one()


def _attended(webinar_id: int) -> Exists:
    return exists().where(col(Attendance.person_id) == col(Person.id), col(Attendance.webinar_id) == webinar_id)


def _takes_part(webinar_id: int) -> Exists:
    return exists().where(
        col(Registration.person_id) == col(Person.id),
        col(Registration.webinar_id) == webinar_id,
        col(Registration.status).in_(_ACTIVE),
    )


def _registered(webinar_id: int, settled_by: datetime, condition: ColumnElement[bool]) -> Audience:
    return _with_place(webinar_id, condition, col(Registration.changed_at) <= settled_by)


def _with_place(webinar_id: int, *conditions: ColumnElement[bool]) -> Audience:
    return (
        _reachable()
        .join(Registration, col(Registration.person_id) == col(Person.id))
        .where(col(Registration.webinar_id) == webinar_id, *conditions)
    )


def _reachable() -> Audience:
    return select(Person.id).where(col(Person.reachable).is_(True))
