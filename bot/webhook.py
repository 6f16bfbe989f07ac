"""Where Telegram brings updates in webhook mode."""

import hmac
import json
import logging

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update

from bot.context import App

_HEADER = "X-Telegram-Bot-Api-Secret-Token"

_log = logging.getLogger(__name__)


def route(application: App, secret: str) -> Route:
    """POST /telegram. Whoever does not know the secret is refused; everybody else gets 2xx.

    An update that can't be read is logged and taken, else Telegram would bring it again and again. Work is only
    queued here: a slow handler must not make Telegram think that we did not get it.
    """

    async def receive(request: Request) -> Response:
        given = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        update = _read(await request.body(), application)
        if update is not None:
            await application.update_queue.put(update)
        return Response(status_code=204)

    return Route("/telegram", receive, methods=["POST"])


def _read(body: bytes, application: App) -> Update | None:
    try:
        return Update.de_json(json.loads(body), application.bot)
    except Exception as error:  # noqa: BLE001 -- whatever is in it, asking for it again would not help
        _log.warning("an update could not be read: %s", type(error).__name__)
        return None
