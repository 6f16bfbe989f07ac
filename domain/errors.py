"""What use cases refuse. Each error says in fields what a screen needs to explain it; words are chosen there."""

from collections.abc import Iterable

from storage import ConvokeError

__all__ = ["ConvokeError", "NotAllowedError", "RegistrationClosedError", "WebinarNotFoundError"]


class WebinarNotFoundError(ConvokeError):
    """No webinar has this code: a mistyped link, or one that was made up."""


class RegistrationClosedError(ConvokeError):
    """The webinar has begun or was cancelled: nobody can be seated any more."""


class NotAllowedError(ConvokeError):
    """The person has no right to do this. Said to them without telling what they would have seen.

    `hosts` are those whose organisers may, where it is about a webinar: everybody can see them on its card.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self.hosts = tuple(hosts)
        super().__init__(*self.hosts)
