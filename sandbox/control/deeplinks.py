import re

from sandbox.errors import ControlError

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def start_payload(payload: str) -> str:
    """What Telegram lets through in `?start=`; anything else never reaches a bot."""
    if not _PAYLOAD.fullmatch(payload):
        raise ControlError("A start payload is 1 to 64 of A-Z a-z 0-9 _ -")
    return payload
