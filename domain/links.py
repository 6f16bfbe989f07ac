"""Signed links: to a person's own calendar, to the organisers', and to the room of a webinar they have a seat in."""

import base64
import hashlib
import hmac
import re
import struct

_PAYLOAD = struct.Struct(">QI")
_SIGNATURE_BYTES = 18  # 144 bits; with the payload a multiple of three, so base64 needs no padding
_TOKEN = re.compile(r"[A-Za-z0-9_-]{40}")
_CALENDAR = b"personal calendar\0"
_MEETINGS = b"meetings of the organisers\0"
_ROOM = b"join now\0"


def personal_token(secret: bytes, person_id: int, generation: int) -> str:
    """40 URL-safe characters that only this installation can make."""
    return _write(secret, _CALENDAR, person_id, generation)


def read_token(secret: bytes, token: str) -> tuple[int, int] | None:
    """The person's id and the generation, or nothing if we did not make this token. Takes any text."""
    return _read(secret, _CALENDAR, token)


def meetings_token(secret: bytes, person_id: int, generation: int) -> str:
    """The same for the calendar of all meetings."""
    return _write(secret, _MEETINGS, person_id, generation)


def read_meetings_token(secret: bytes, token: str) -> tuple[int, int] | None:
    return _read(secret, _MEETINGS, token)


def join_token(secret: bytes, person_id: int, webinar_id: int) -> str:
    """As long and as hard to make; it ends with the seat, not with time."""
    return _write(secret, _ROOM, person_id, webinar_id)


def read_join_token(secret: bytes, token: str) -> tuple[int, int] | None:
    """The ids of the person and the webinar, or nothing if we did not make this token for that. Takes any text."""
    return _read(secret, _ROOM, token)


def _write(secret: bytes, purpose: bytes, whose: int, which: int) -> str:
    payload = _PAYLOAD.pack(whose, which)
    return base64.urlsafe_b64encode(payload + _sign(secret, purpose, payload)).decode("ascii")


def _read(secret: bytes, purpose: bytes, token: str) -> tuple[int, int] | None:
    if not _TOKEN.fullmatch(token):
        return None
    decoded = base64.urlsafe_b64decode(token)
    payload, signature = decoded[: _PAYLOAD.size], decoded[_PAYLOAD.size :]
    if not hmac.compare_digest(signature, _sign(secret, purpose, payload)):
        return None
    whose, which = _PAYLOAD.unpack(payload)
    return whose, which


def _sign(secret: bytes, purpose: bytes, payload: bytes) -> bytes:
    return hmac.digest(secret, purpose + payload, hashlib.sha256)[:_SIGNATURE_BYTES]
