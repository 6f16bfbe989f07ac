"""What those who were there thought of a webinar, for its hosts. Who it was is seen only where the person says so."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from domain import access, cards
from domain.attendance import presence
from domain.cards import Card
from domain.feedback import forms
from domain.feedback.questions import Form
from storage import Session, feedback
from storage.feedback import Comment

__all__ = ["Comment", "Comments", "Results", "comments", "show"]

PAGE_SIZE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """`stars` and, by the position of a question, `numbers` count answers. `known`: who was there was seen.

    Whoever was erased goes on counting.
    """

    card: Card
    form: Form
    there: int
    known: bool
    stars: Counter[int]
    numbers: dict[int, Counter[int]]
    comments: int

    @property
    def answered(self) -> int:
        return self.stars.total()

    @property
    def rate(self) -> float | None:
        """The part of those who were there that answered; None: nobody was."""
        return min(1.0, self.answered / self.there) if self.there else None

    @property
    def average(self) -> float | None:
        return sum(rating * number for rating, number in self.stars.items()) / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Comments:
    """One page. `number` counts from 1; `total` counts all there are."""

    card: Card
    form: Form
    comments: tuple[Comment, ...]
    number: int
    pages: int
    total: int


def show(session: Session, code: str, person_id: int, *, now: datetime) -> Results:
    webinar = access.editable(session, code, person_id)
    return Results(
        card=cards.card(session, webinar, None, now=now),
        form=forms.of_webinar(session, webinar.id),
        there=presence.count(session, webinar),
        known=presence.is_known(session, webinar),
        stars=feedback.stars(session, webinar.id),
        numbers=feedback.numbers(session, webinar.id),
        comments=len(feedback.comments(session, webinar.id)),
    )


def comments(session: Session, code: str, person_id: int, number: int, *, now: datetime) -> Comments:
    """A page of what was written. A number beyond the last page shows the last."""
    webinar = access.editable(session, code, person_id)
    found = feedback.comments(session, webinar.id)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    return Comments(
        cards.card(session, webinar, None, now=now),
        forms.of_webinar(session, webinar.id),
        tuple(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]),
        number,
        pages,
        len(found),
    )
