"""What a draft holds: the values of a webinar that is not complete yet."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from domain import wall_time
from domain.cards import AgendaLine
from domain.errors import ConvokeError
from domain.reading import agenda

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "cs", "da", "sv", "zh")
"""What a webinar may be held in: the members' languages, English, and Chinese."""


class Field(StrEnum):
    """What can be asked for. INVITATION is a whole text, in which other fields are found."""

    TITLE = "title"
    WHEN = "when"
    LINK = "link"
    HOSTS = "hosts"
    TOPICS = "topics"
    DESCRIPTION = "description"
    DURATION = "duration"
    LANGUAGE = "language"
    SEATS = "seats"
    AGENDA = "agenda"
    INVITATION = "invitation"
    FOR_WHOM = "for_whom"


REQUIRED = (Field.TITLE, Field.HOSTS, Field.WHEN, Field.LINK)
ASKED_IN_TURN = (Field.TITLE, Field.WHEN, Field.LINK)
TYPED = frozenset({*ASKED_IN_TURN, Field.DESCRIPTION, Field.DURATION, Field.SEATS, Field.AGENDA, Field.INVITATION})

CLEARABLE: dict[Field, Any] = {Field.DESCRIPTION: "", Field.AGENDA: ()}
"""What may also be left out, and what it is then."""


class ForWhom(StrEnum):
    """Who may come: companies, or organisers alone, of whom all are called or those of the hosts."""

    COMPANIES = "companies"
    ORGANISERS = "organisers"
    HOSTS = "hosts"


class NoDraftError(ConvokeError):
    """The person has no draft: it was published or discarded, here or in another window."""


class DraftIncompleteError(ConvokeError):
    """A field that must be there is missing."""

    def __init__(self, missing: tuple[Field, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class Fields(BaseModel):
    """What the draft's row holds as JSON. `local_start` is a wall time (naive) in `timezone` (IANA).

    `length_given`: somebody said how long it lasts. `offered` is what a pasted text has for fields that were filled
    before: by field, the values that would take their place. `form` is the code of the template in the library whose
    questions are asked afterwards, unless it is the usual ones.
    """

    model_config = ConfigDict(frozen=True)

    title: str | None = None
    description: str = ""
    hosts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    local_start: datetime | None = None
    timezone: str
    duration_minutes: int = 60
    length_given: bool = False
    language: str = "en"
    capacity: int | None = None
    join_url: str | None = None
    agenda: tuple[AgendaLine, ...] = ()
    for_whom: ForWhom = ForWhom.COMPANIES
    form: str | None = None
    offered: Mapping[Field, Mapping[str, Any]] = {}

    @property
    def missing(self) -> tuple[Field, ...]:
        there = {
            Field.TITLE: self.title,
            Field.HOSTS: self.hosts,
            Field.WHEN: self.local_start,
            Field.LINK: self.join_url,
        }
        return tuple(field for field in REQUIRED if not there[field])

    @property
    def is_meeting(self) -> bool:
        return self.for_whom is not ForWhom.COMPANIES

    @property
    def blank(self) -> bool:
        """Nothing was said yet that would be lost with it."""
        nothing = type(self)(timezone=self.timezone, hosts=self.hosts)
        return self == nothing

    @property
    def starts_at(self) -> datetime | None:
        return wall_time.instant(self.local_start, self.timezone) if self.local_start else None

    @property
    def comes_twice(self) -> bool:
        """The clocks go back over its time, and it is the first of two that read the same."""
        return self.local_start is not None and wall_time.comes_twice(self.local_start, self.timezone)

    @property
    def agenda_minutes(self) -> int:
        return agenda.minutes(self.agenda)

    def changed(self, values: Mapping[str, Any]) -> Self:
        """With these values, which may be as JSON has them."""
        return type(self).model_validate(self.model_dump() | dict(values))
