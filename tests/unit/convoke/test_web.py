from starlette.applications import Starlette

from convoke.settings import WebSettings
from convoke.web import WebServer

_CADDY_KEEPS_IDLE_S = 120


def test_idle_connections_are_ended_by_the_proxy_not_by_us() -> None:
    """Ended by us an update may be on its way, and a proxy does not send a POST twice."""
    assert WebServer(Starlette(), WebSettings()).config.timeout_keep_alive > _CADDY_KEEPS_IDLE_S
