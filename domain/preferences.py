"""How a person wants to be spoken to: language, reminders, quiet hours, zone, announcements."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain import asking
from domain.asking import Asking
from domain.errors import ConvokeError
from domain.reading import places, spans
from domain.usual import QuietHours, Usual, quiet_hours
from storage import Person, Session, people, preferences

SHORTEST_LEAD, LONGEST_LEAD = timedelta(minutes=5), timedelta(days=7)


class LeadError(ConvokeError):
    """What was typed is no time before a webinar between `SHORTEST_LEAD` and `LONGEST_LEAD`."""


@dataclass(frozen=True, slots=True)
class LeadSwitch:
    lead: timedelta
    on: bool


@dataclass(frozen=True, slots=True)
class Preferences:
    """`leads` are the usual ones and the person's own, longest first."""

    language: str
    leads: tuple[LeadSwitch, ...]
    quiet: QuietHours
    announcements: bool
    extras: bool
    company: str
    country: str
    cluster: str | None


def show(session: Session, person_id: int, usual: Usual) -> Preferences:
    return _preferences(session, people.get(session, person_id), usual)


def choose_language(session: Session, person_id: int, language: str, usual: Usual) -> Preferences:
    """From now on this language, whatever the person's Telegram is set to."""
    person = people.lock(session, person_id)
    person.language, person.language_chosen = language, True
    return _saved(session, person, usual)


def toggle_lead(session: Session, person_id: int, lead: timedelta, usual: Usual) -> Preferences:
    """Switch one reminder on or off. Back at the usual ones, the person follows the configuration again."""
    person = people.lock(session, person_id)
    current = set(_leads(session, person, usual))
    if lead in current:
        _choose(session, person, current - {lead}, usual)
    elif lead in usual.leads or SHORTEST_LEAD <= lead <= LONGEST_LEAD:
        _choose(session, person, _with(lead, current, usual), usual)
    return _preferences(session, person, usual)


def ask(session: Session, person_id: int, question: Asking, usual: Usual, *, now: datetime) -> Preferences:
    """Let the person's next message answer this."""
    person = people.lock(session, person_id)
    asking.ask(person, question, now=now)
    return _saved(session, person, usual)


def add_lead(session: Session, person_id: int, text: str, usual: Usual) -> Preferences:
    """One reminder of the person's own, in place of the one they had. Raises LeadError."""
    lead = spans.parse(text)
    if lead is None or not SHORTEST_LEAD <= lead <= LONGEST_LEAD:
        raise LeadError(text)
    person = people.lock(session, person_id)
    asking.close(person)
    _choose(session, person, _with(lead, set(_leads(session, person, usual)), usual), usual)
    return _preferences(session, person, usual)


def set_extras(session: Session, person_id: int, usual: Usual, *, on: bool) -> Preferences:
    """Whether to get what nobody needs to take part: slides, letters after a webinar, news of one more host."""
    person = people.lock(session, person_id)
    person.extras = on
    return _saved(session, person, usual)


def set_quiet_hours(session: Session, person_id: int, starts: time, ends: time, usual: Usual) -> Preferences:
    """Wall times in the person's zone; equal ones mean none."""
    person = people.lock(session, person_id)
    person.quiet_from, person.quiet_until = starts, ends
    return _saved(session, person, usual)


def set_timezone(session: Session, person_id: int, place: str, usual: Usual) -> Preferences:
    """The zone of the quiet hours, by its own name or a city's. Raises PlaceError."""
    zone = places.timezone(place)
    person = people.lock(session, person_id)
    person.timezone = zone
    asking.close(person)
    return _saved(session, person, usual)


def _leads(session: Session, person: Person, usual: Usual) -> tuple[timedelta, ...]:
    own = preferences.leads_of(session, person)
    return usual.leads if own is None else own


def _with(lead: timedelta, current: set[timedelta], usual: Usual) -> set[timedelta]:
    """One more. Of their own a person has one at a time: each costs a look at all webinars at every tick."""
    kept = current if lead in usual.leads else current & set(usual.leads)
    return {*kept, lead}


def _choose(session: Session, person: Person, chosen: set[timedelta], usual: Usual) -> None:
    if chosen == set(usual.leads):
        preferences.forget_leads(session, person)
    else:
        preferences.set_leads(session, person, chosen)


def _saved(session: Session, person: Person, usual: Usual) -> Preferences:
    people.save(session, person)
    return _preferences(session, person, usual)


def _preferences(session: Session, person: Person, usual: Usual) -> Preferences:
    chosen = _leads(session, person, usual)
    return Preferences(
        language=person.language,
        leads=tuple(LeadSwitch(lead, lead in chosen) for lead in sorted({*usual.leads, *chosen}, reverse=True)),
        quiet=quiet_hours(person, usual),
        announcements=person.announcements,
        extras=person.extras,
        company=person.company,
        country=person.country,
        cluster=people.cluster_name(session, person),
    )
