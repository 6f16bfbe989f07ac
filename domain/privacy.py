"""What we know of a person: shown, handed over, forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain import asking, audit, planning, registration
from domain.attendance import personal as where_they_were
from domain.audit import Action
from domain.feedback import personal as what_they_thought
from domain.figures import erased
from domain.library import personal
from domain.meetings import personal as polls
from storage import (
    Audit,
    Delivery,
    FeedFetch,
    Invitation,
    Letter,
    Material,
    Person,
    Proposal,
    Registration,
    Revision,
    Session,
    Webinar,
    circles,
    fetches,
    follows,
    letters,
    materials,
    people,
    preferences,
    privacy,
    proposals,
    webinars,
)

ANSWER_WITHIN = timedelta(days=30)
"""Somebody who was asked whether to stay has this long to say so."""

_MONTH = timedelta(days=30.4375)


def export(session: Session, person_id: int, *, now: datetime) -> dict[str, Any]:
    """Everything that is stored about a person, as JSON values. Times are ISO 8601 in UTC."""
    followed = follows.of_person(session, person_id)
    return {
        "exported_at": _time(now),
        "person": _person(session, people.get(session, person_id)),
        "roles": [
            {"role": role.kind, "partnership": role.partnership_id, "since": _time(role.granted_at)}
            for role in people.roles(session, person_id)
        ],
        "invitations": [_invitation(row, person_id) for row in privacy.invitations_of(session, person_id)],
        "calendar_apps": [_fetched(row) for row in fetches.of_person(session, person_id)],
        "follows": {"partnerships": sorted(followed.partnerships), "topics": sorted(followed.topics)},
        "registrations": [_registration(session, *found) for found in privacy.registrations_of(session, person_id)],
        "messages": [_message(session, *found) for found in privacy.deliveries_of(session, person_id)],
        "drafts": privacy.drafts_of(session, person_id),
        "events_imported": [
            {"uid": row.uid, "partnership": row.partnership_id, "imported_at": _time(row.imported_at)}
            for row in privacy.imported_by(session, person_id)
        ],
        "webinars_posted": [
            {"webinar": _title(session, webinar, person_id), "posted_at": _time(webinar.created_at)}
            for webinar in privacy.posted_by(session, person_id)
        ],
        "changes_made": [_change(session, *found) for found in privacy.changes_by(session, person_id)],
        "changes_in_mind": [_in_mind(session, row) for row in proposals.of_person(session, person_id)],
        "letters": [_letter(session, row) for row in letters.of_person(session, person_id)],
        "slides_and_recordings": [_material(session, row) for row in materials.of_person(session, person_id)],
        "library": personal.export(session, person_id),
        "webinars_you_came_to": where_they_were.export(session, person_id),
        **what_they_thought.export(session, person_id),
        **polls.export(session, person_id),
        "log": [_logged(row, person_id) for row in privacy.log_of(session, person_id)],
    }


def _person(session: Session, person: Person) -> dict[str, Any]:
    leads = preferences.leads_of(session, person)
    return {
        "telegram_id": person.telegram_id,
        "name": person.name,
        "language": person.language,
        "language_chosen": person.language_chosen,
        "timezone": person.timezone,
        "quiet_hours": [str(value) if value else None for value in (person.quiet_from, person.quiet_until)],
        "announcements": person.announcements,
        "slides_letters_and_small_news": person.extras,
        "reminders_seconds_before": None if leads is None else [int(lead.total_seconds()) for lead in leads],
        "company": person.company,
        "country": person.country,
        "cluster": people.cluster_name(session, person),
        "looked_for": person.browsing,
        "open_question": [person.asking, person.asking_about, _time_if(person.asked_at)] if person.asking else None,
        "calendar_link_number": person.feed_generation,
        "calendar_shows_follows": person.feed_follows,
        "calendar_changed_at": _time_if(person.feed_changed_at),
        "reachable": person.reachable,
        "unreachable_since": _time_if(person.unreachable_since),
        "first_seen": _time(person.created_at),
        "last_seen": _time(person.seen_at),
        "asked_for_company": _time_if(person.company_asked_at),
        "asked_to_follow": _time_if(person.follow_offered_at),
        "asked_to_stay": _time_if(person.stay_asked_at),
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Forget who a person is. Seats they held pass on; that somebody registered, and what became of it, stays.

    What they changed as an organiser stays too, without their name. Their calendar link ends.
    """
    person = people.lock(session, person_id)
    registration.leave_all(session, person_id, now=now)
    _leave_teams(session, person_id, now)
    with erased.kept(session, person_id):
        privacy.forget(session, person_id)
        what_they_thought.forget(session, person_id)
        fetches.forget(session, person_id)
        proposals.forget(session, person_id)
        letters.forget_unsent(session, person_id)
        personal.forget(session, person_id)
        polls.forget(session, person_id)
        preferences.forget_leads(session, person)
        _blank(person, now)
        people.save(session, person)


def _leave_teams(session: Session, person_id: int, now: datetime) -> None:
    """The log says that somebody left; the roles, and the invitations that nobody has used, go with the rest."""
    for role in people.roles(session, person_id):
        audit.record(session, person_id, Action.LEFT, partnership_id=role.partnership_id, now=now)


def _blank(person: Person, now: datetime) -> None:
    person.telegram_id, person.name, person.language, person.language_chosen = None, "", "", False
    person.timezone, person.quiet_from, person.quiet_until = None, None, None
    person.company, person.country, person.cluster_id = "", "", None
    asking.close(person)
    person.browsing = {}
    person.reachable, person.announcements, person.extras = False, False, False
    person.feed_generation += 1
    person.feed_follows, person.feed_changed_at = False, None
    person.stay_asked_at = None
    person.erased_at = now


def ask_absent(session: Session, months: int, *, now: datetime) -> int:
    """Ask those who have not been here for so many months whether they want to stay. Returns how many.

    Organisers and administrators stay as long as they are that: it is for others to end it.
    """
    absent = privacy.absent_since(session, now - months * _MONTH)
    for person in absent:
        person.stay_asked_at = now
        people.save(session, person)
        planning.stay(session, person, answer_by=now + ANSWER_WITHIN, now=now)
    return len(absent)


def erase_absent(session: Session, *, now: datetime) -> int:
    """Forget those who were asked and did not answer in time. Returns how many."""
    erased = 0
    for person_id in privacy.silent_since(session, now - ANSWER_WITHIN):
        if people.lock(session, person_id).stay_asked_at is not None:  # else they have come back at this moment
            erase(session, person_id, now=now)
            erased += 1
    return erased


def _title(session: Session, webinar: Webinar, person_id: int | None) -> str | None:
    """None: a meeting, of which they may know no more, as it may be called otherwise now."""
    return webinar.title if circles.may_know(session, webinar, person_id) else None


def _registration(session: Session, row: Registration, webinar: Webinar) -> dict[str, Any]:
    title = _title(session, webinar, row.person_id)
    return {
        "webinar": title,
        "starts_at": _time_if(None if title is None else webinar.starts_at),
        "status": row.status,
        "number_in_line": row.queue_number,
        "seats_won": row.promotions,
        "took_the_link_in_a_calendar_file_at": _time_if(row.link_given_at),
        "since": _time(row.created_at),
        "changed_at": _time(row.changed_at),
    }


def _fetched(row: FeedFetch) -> dict[str, Any]:
    return {
        "app": row.family,
        "fetched_at": _time(row.fetched_at),
        "seconds_since_the_time_before": row.interval_s,
        "saw_changes_until": _time_if(row.seen_until),
    }


def _message(session: Session, row: Delivery, webinar: Webinar | None) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "webinar": _title(session, webinar, row.person_id) if webinar else None,
        "state": row.state,
        "due_at": _time(row.due_at),
        "settled_at": _time_if(row.settled_at),
        "error": row.error,
    }


def _invitation(row: Invitation, person_id: int) -> dict[str, Any]:
    return {
        "role": row.kind,
        "partnership": row.partnership_id,
        "made_by_you": row.created_by == person_id,
        "made_at": _time(row.created_at),
        "expires_at": _time(row.expires_at),
        "used_at": _time_if(row.used_at),
        "revoked_at": _time_if(row.revoked_at),
    }


def _change(session: Session, row: Revision, webinar: Webinar) -> dict[str, Any]:
    return {
        "webinar": _title(session, webinar, row.changed_by),
        "changed_at": _time(row.changed_at),
        "changes": row.changes,
    }


def _in_mind(session: Session, row: Proposal) -> dict[str, Any]:
    return {
        "webinar": _title(session, webinars.get(session, row.webinar_id), row.person_id),
        "changes": row.values,
        "at": _time(row.proposed_at),
    }


def _letter(session: Session, row: Letter) -> dict[str, Any]:
    return {
        "webinar": _title(session, webinars.get(session, row.webinar_id), row.written_by),
        "readers": row.readers,
        "text": row.text,
        "written_at": _time(row.written_at),
    }


def _material(session: Session, row: Material) -> dict[str, Any]:
    return {
        "webinar": _title(session, webinars.get(session, row.webinar_id), row.added_by),
        "kind": row.kind,
        "link": row.url,
        "file": row.file_name,
        "added_at": _time(row.added_at),
    }


def _logged(row: Audit, person_id: int) -> dict[str, Any]:
    return {
        "action": row.action,
        "done_by_you": row.person_id == person_id,
        "about_you": row.about_person_id == person_id,
        "what": row.subject,
        "partnership": row.partnership_id,
        "before": row.before,
        "after": row.after,
        "at": _time(row.at),
    }


def _time_if(moment: datetime | None) -> str | None:
    return _time(moment) if moment else None


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
