"""Whether somebody reads what is asked for, or a program only looks what is there."""

import re

from starlette.requests import Request

_PROGRAM = re.compile(
    r"bot\b|bot/|crawl|spider|preview|externalhit|whatsapp|slackbot|embed|scanner|unfurl|link.?check|^(?:curl|wget)/",
    re.IGNORECASE,
)
"""What chats (Telegram's is TelegramBot), mail filters and search engines call themselves that look at an address."""

_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")


def is_program(request: Request) -> bool:
    """Whether nobody has pressed: asked for the headers alone, or by what calls itself a program."""
    return request.method != "GET" or _PROGRAM.search(request.headers.get("user-agent", "")) is not None


def is_ahead(request: Request) -> bool:
    """Whether a browser fetches it in case somebody presses; then it asks again."""
    said = " ".join(request.headers.get(name, "") for name in _AHEAD).lower()
    return "prefetch" in said or "preview" in said or "prerender" in said
