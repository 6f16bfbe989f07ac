import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Representation:
    """Bytes as they are sent, and the strong entity tag that names exactly these bytes."""

    body: bytes
    etag: str


def represent(body: bytes) -> Representation:
    return Representation(body, f'"{digest(body)}"')


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]
