"""The signed link to a person's own calendar."""

import base64
import hashlib
import hmac
import re
import struct

_PAYLOAD = struct.Struct(">QI")
_SIGNATURE_BYTES = 18  # 144 bits; with the payload a multiple of three, so base64 needs no padding
_TOKEN = re.compile(r"[A-Za-z0-9_-]{40}")
_PURPOSE = b"personal calendar\0"


def personal_token(secret: bytes, person_id: int, generation: int) -> str:
    """40 URL-safe characters that only this installation can make."""
    payload = _PAYLOAD.pack(person_id, generation)
    return base64.urlsafe_b64encode(payload + _sign(secret, payload)).decode("ascii")


def read_token(secret: bytes, token: str) -> tuple[int, int] | None:
    """The person's id and the generation, or nothing if we did not make this token. Takes any text."""
    if not _TOKEN.fullmatch(token):
        return None
    decoded = base64.urlsafe_b64decode(token)
    payload, signature = decoded[: _PAYLOAD.size], decoded[_PAYLOAD.size :]
    if not hmac.compare_digest(signature, _sign(secret, payload)):
        return None
    person_id, generation = _PAYLOAD.unpack(payload)
    return person_id, generation


def _sign(secret: bytes, payload: bytes) -> bytes:
    return hmac.digest(secret, _PURPOSE + payload, hashlib.sha256)[:_SIGNATURE_BYTES]
