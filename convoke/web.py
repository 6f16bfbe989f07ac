"""The HTTP server, which leaves signals to us."""

import contextlib
import os
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from convoke.settings import WebSettings
from storage import ConvokeError

_IDLE_SECONDS = 130
"""Longer than a reverse proxy keeps an idle connection (Caddy two minutes, nginx one): who ends it must be the proxy,
or an update of Telegram may be on its way in that moment, and the proxy may not send it twice."""


class PortTakenError(ConvokeError):
    """Another program listens at this address, or it is not ours to listen at."""


class WebServer(uvicorn.Server):
    """uvicorn's own signal handling raises SIGTERM again when it has stopped, which would skip our clean-up."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                access_log=False,  # it would write the secret of a personal calendar into every line
                log_config=None,
                lifespan="off",
                server_header=False,
                forwarded_allow_ips=list(settings.trusted_proxies),
                proxy_headers=bool(settings.trusted_proxies),
                timeout_keep_alive=_IDLE_SECONDS,
                timeout_graceful_shutdown=2,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A listening socket: opened before anything else starts, so that a port in use is known at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise PortTakenError(f"{host}:{port}: {reason}") from None
