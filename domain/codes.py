"""Codes that stand in public addresses."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no letter or figure that can be taken for another
_LENGTH = 8


def new_code() -> str:
    """Not to be guessed in order. RFC 7986 asks for a random UUID as the uid of a webinar beside it."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
