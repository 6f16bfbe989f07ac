"""Where a person comes from: optional, asked once, used for lists and reports only."""

from dataclasses import dataclass
from datetime import datetime

from domain import asking, countries
from domain.asking import Asking
from domain.choices import Choice
from domain.reading import draft_values
from storage import Session, consortium, people

_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Company:
    """`countries` are those that have clusters (ISO 3166, two letters), and the chosen one if it has none.

    `clusters` are those of the chosen country.
    """

    name: str
    country: str
    cluster: str | None
    countries: tuple[str, ...]
    clusters: tuple[Choice, ...]


def show(session: Session, person_id: int) -> Company:
    person = people.get(session, person_id)
    clusters = consortium.active_clusters(session)
    here = [cluster for cluster in clusters if cluster.country == person.country]
    return Company(
        name=person.company,
        country=person.country,
        cluster=next((cluster.name for cluster in clusters if cluster.id == person.cluster_id), None),
        countries=tuple(sorted({cluster.country for cluster in clusters} | {person.country} - {""})),
        clusters=tuple(Choice(cluster.id, cluster.name, cluster.id == person.cluster_id) for cluster in here),
    )


def ask_once(session: Session, person_id: int, *, now: datetime) -> bool:
    """Whether to ask now: somebody who has never been asked.

    They did not ask for the question, so what they type next still means what it says: to answer, they press first.
    """
    person = people.lock(session, person_id)
    if person.company or person.company_asked_at is not None:
        return False
    person.company_asked_at = now
    people.save(session, person)
    return True


def ask(session: Session, person_id: int, *, now: datetime) -> Company:
    """The person wants to say it, or say it again: their next message is the name."""
    person = people.lock(session, person_id)
    person.company_asked_at = now
    asking.ask(person, Asking.COMPANY, now=now)
    people.save(session, person)
    return show(session, person_id)


def name(session: Session, person_id: int, text: str) -> Company:
    """Raises FieldError if it is empty or too long."""
    person = people.lock(session, person_id)
    person.company = draft_values.within(" ".join(draft_values.clean(text).split()), _LENGTH)
    asking.close(person)
    people.save(session, person)
    return show(session, person_id)


def ask_country(session: Session, person_id: int, *, now: datetime) -> Company:
    """The person is from a country that is not shown: their next message names it."""
    person = people.lock(session, person_id)
    asking.ask(person, Asking.COUNTRY, now=now)
    people.save(session, person)
    return show(session, person_id)


def name_country(session: Session, person_id: int, text: str) -> Company:
    """Raises CountryError."""
    code = countries.country(text)
    person = people.lock(session, person_id)
    if person.country != code:
        person.country, person.cluster_id = code, None
    asking.close(person)
    people.save(session, person)
    return show(session, person_id)


def choose_country(session: Session, person_id: int, country: str) -> Company:
    """Choose it, or give it up if it was chosen. A cluster of another country is given up with it."""
    person = people.lock(session, person_id)
    if country in show(session, person_id).countries:
        person.country = "" if person.country == country else country
        person.cluster_id = None
        people.save(session, person)
    return show(session, person_id)


def choose_cluster(session: Session, person_id: int, cluster_id: str) -> Company:
    person = people.lock(session, person_id)
    if cluster_id in {choice.id for choice in show(session, person_id).clusters}:
        person.cluster_id = None if person.cluster_id == cluster_id else cluster_id
        people.save(session, person)
    return show(session, person_id)


def forget(session: Session, person_id: int) -> Company:
    person = people.lock(session, person_id)
    person.company, person.country, person.cluster_id = "", "", None
    asking.close(person)
    people.save(session, person)
    return show(session, person_id)


def skip(session: Session, person_id: int) -> None:
    """Not now, and not again: their next message means what it says."""
    person = people.lock(session, person_id)
    asking.close(person)
    people.save(session, person)
