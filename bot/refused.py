"""What Telegram says of an edit that changes nothing, and of one whose message is gone."""

from telegram.error import BadRequest

_SAME = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited")


def reads_so_already(error: BadRequest) -> bool:
    return _SAME in error.message.lower()


def is_gone(error: BadRequest) -> bool:
    return any(gone in error.message.lower() for gone in _GONE)
