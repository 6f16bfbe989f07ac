"""What one installation knows of itself."""

from storage import Session, installation

_SECRET = "link_secret"  # noqa: S105 -- the name it is kept under
_USERNAME = "bot_username"
_REDIRECTS = "join_redirects"


def secret(session: Session, fresh: str) -> str:
    """The secret that signs links: `fresh` becomes it where there is none yet, and then stays for ever."""
    return installation.note_once(session, _SECRET, fresh)


def bot_username(session: Session) -> str | None:
    """As the bot last learnt it from Telegram; processes that don't talk to Telegram link to it."""
    return installation.note(session, _USERNAME)


def keep_bot_username(session: Session, username: str) -> None:
    installation.set_note(session, _USERNAME, username)


def redirects(session: Session) -> bool:
    """Whether the bot hands out personal links to a room, which follow when the room changes, or the room's own."""
    return installation.note(session, _REDIRECTS) == "yes"


def keep_redirects(session: Session, *, on: bool) -> None:
    installation.set_note(session, _REDIRECTS, "yes" if on else "no")
