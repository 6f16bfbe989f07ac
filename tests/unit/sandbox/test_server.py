import httpx
from starlette.applications import Starlette

from sandbox import server


def test_idle_connections_are_ended_by_the_client_not_by_the_server() -> None:
    """Ended by the server a message may be on its way, and a bot could not know whether it arrived."""
    kept = httpx.Limits().keepalive_expiry

    assert kept
    assert server.config(Starlette()).timeout_keep_alive > kept
