"""Secret addresses: the signed link to a person's own calendar, and the join link that no stranger may read."""

import base64
import hashlib
import hmac
import re
import struct

from domain.cards import AgendaLine

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


def withhold(text: str, join_url: str) -> str:
    """The text without the join link, for strangers: organisers sometimes write it into the description too."""
    address = join_url.strip().rstrip("/")
    bare = address.partition("://")[2]
    forms = [address, bare] if "/" in bare else [address]  # a host alone may well be named in a text
    pattern = "|".join(re.escape(form) for form in forms if form)
    return re.sub(pattern, "…", text, flags=re.IGNORECASE) if pattern else text


def withhold_agenda(agenda: tuple[AgendaLine, ...], join_url: str) -> tuple[AgendaLine, ...]:
    return tuple(
        AgendaLine(withhold(line.title, join_url), withhold(line.speaker, join_url), line.minutes) for line in agenda
    )


def _sign(secret: bytes, payload: bytes) -> bytes:
    return hmac.digest(secret, _PURPOSE + payload, hashlib.sha256)[:_SIGNATURE_BYTES]
