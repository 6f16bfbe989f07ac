"""What a client library can ask for and the sandbox does not model is refused by name, never answered with success."""

import inspect
import re
from collections.abc import Awaitable, Callable

import httpx
import pytest
from telegram import Bot

from sandbox.client import Telegram
from sandbox.methods import METHODS
from sandbox.server import Sandbox

TOKEN = "4200:secret"
CAMEL = re.compile(r"[a-z]+(?:[A-Z][a-z0-9]*)+")
# Of the library itself: how long to wait for an answer, what it does not know, and where an upload's name goes.
OWN = {
    "self",
    "read_timeout",
    "write_timeout",
    "connect_timeout",
    "pool_timeout",
    "api_kwargs",
    "filename",
    "media_write_timeout",
}
# Short forms, which it sends as `link_preview_options` and `reply_parameters`, or as an offset of its own counting.
SHORT = {"disable_web_page_preview", "reply_to_message_id", "allow_sending_without_reply", "current_offset"}
KNOWN = {
    name: set(inspect.signature(method).parameters) - OWN - SHORT
    for name, method in inspect.getmembers(Bot, callable)
    if CAMEL.fullmatch(name)
}
UNMODELLED = sorted(
    (method.name, parameter)
    for method in METHODS.values()
    for parameter in KNOWN.get(method.name, set()) - set(method.spec)
)
Asking = Callable[[str, dict[str, str]], Awaitable[tuple[int, object]]]


@pytest.fixture
async def ask(sandbox: Sandbox, people: Telegram) -> Asking:
    async def asked(method: str, form: dict[str, str]) -> tuple[int, object]:
        async with httpx.AsyncClient(base_url=f"{sandbox.bot_url}{TOKEN}/") as http:
            answer = await http.post(method, data=form)
        return answer.status_code, answer.json()["description"]

    return asked


async def test_every_other_method_is_unknown(ask: Asking) -> None:
    others = sorted(name for name in KNOWN if name.lower() not in METHODS)
    assert {name: await ask(name, {}) for name in others} == dict.fromkeys(others, (404, "Not Found: method not found"))
    assert len(others) > 100


async def test_every_other_parameter_is_unknown(ask: Asking) -> None:
    answers = {(method, parameter): await ask(method, {parameter: "1"}) for method, parameter in UNMODELLED}
    assert answers == {
        (method, parameter): (400, f'Bad Request: parameter "{parameter}" is not modelled by the sandbox')
        for method, parameter in UNMODELLED
    }
    assert ("sendMessage", "message_thread_id") in answers


def test_every_parameter_that_is_modelled_is_one_of_telegrams() -> None:
    invented = {
        (method.name, name) for method in METHODS.values() for name in set(method.spec) - KNOWN.get(method.name, set())
    }
    assert invented == set()
