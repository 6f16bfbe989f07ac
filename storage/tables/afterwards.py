"""What remains of a webinar: who came, what people thought of it, and the counts of those who were erased."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.choices import Measure, choice


class Attendance(Table, table=True):
    """Somebody with a seat came. `said` is set if we know it from their word, not from their click."""

    webinar_id: int = Field(foreign_key="webinar.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    first_at: datetime
    last_at: datetime
    said: bool = False


class FeedbackForm(Table, table=True):
    """The questions of a webinar: a version of a template in the library."""

    __tablename__ = "feedback_form"

    webinar_id: int = Field(foreign_key="webinar.id", primary_key=True)
    entry_id: int = Field(foreign_key="library_entry.id", index=True)
    version: int
    chosen_by: int | None = Field(default=None, foreign_key="person.id")
    chosen_at: datetime


class Feedback(Table, table=True):
    """What one person answered. `named`: the hosts may see who it was. `rating` is 1 to 5."""

    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        UniqueConstraint("webinar_id", "person_id"),
    )

    id: int = Field(default=None, primary_key=True)
    webinar_id: int = Field(foreign_key="webinar.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    rating: int | None = None
    named: bool = False
    answered_at: datetime


class FeedbackAnswer(Table, table=True):
    """The answer to one question of the form: a number (of a scale, or of a choice, from 1) or a line of text."""

    __tablename__ = "feedback_answer"
    __table_args__ = (CheckConstraint("(number IS NULL) <> (text IS NULL)", name="one_answer"),)

    feedback_id: int = Field(foreign_key="feedback.id", primary_key=True)
    position: int = Field(primary_key=True)
    number: int | None = None
    text: str | None = None


class Tally(Table, table=True):
    """What the erased had added to a count of a webinar. Where they came from is empty if they had not said."""

    webinar_id: int = Field(foreign_key="webinar.id", primary_key=True)
    measure: Measure = Field(primary_key=True, sa_type=choice(Measure, "measure"))
    cluster_id: str = Field(default="", primary_key=True, max_length=64)
    country: str = Field(default="", primary_key=True, max_length=2)
    number: int
