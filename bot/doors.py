"""Where `Join now` leads: to a redirect of the person's own, or to the room itself."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain import links
from domain.cards import Ticket
from feeds.addresses import join_path

Door = Callable[[Ticket | None, str], str]
"""The address for somebody with this ticket to the room at this one."""


def plain(ticket: Ticket | None, join_url: str) -> str:
    """The room itself: nobody could follow a redirect from where they are."""
    return join_url


@dataclass(frozen=True, slots=True)
class Redirect:
    """It always leads to the room as it is then, tells who comes when there is nothing to join, and counts who does."""

    public_url: str
    secret: bytes = field(repr=False)

    def __call__(self, ticket: Ticket | None, join_url: str) -> str:
        if ticket is None:
            return join_url
        token = links.join_token(self.secret, ticket.person_id, ticket.webinar_id)
        return self.public_url + join_path(token)
