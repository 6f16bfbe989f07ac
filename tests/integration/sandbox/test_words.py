"""The refusals that bots are written for, word by word as Telegram answers them: status, sentence, parameters."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from sandbox.client import Telegram
from sandbox.server import Sandbox

TOKEN = "4200:secret"
ANA, BRAM, STRANGER, CLOSED, NOBODY = 7, 8, 70, 71, 700
TEAM, LEFT, KICKED, NEWS, MOVED, UPGRADED = -1, -2, -3, -4, -5, -6
GONE, OWN, HERS = "gone", "own", "hers"
DATA = {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}
TOO_MANY = {"inline_keyboard": [[{"text": "x", "callback_data": "1"}] * 8] * 13}
UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
Params = dict[str, Any]


def to(chat: int, text: str = "x") -> Params:
    return {"chat_id": chat, "text": text}


def of(message: str, **more: object) -> Params:
    return {"chat_id": ANA, "message_id": message, **more}


@pytest.mark.parametrize(
    ("method", "params", "answer"),
    [
        ("sendMessage", to(NOBODY), (400, "Bad Request: chat not found")),
        ("sendMessage", to(STRANGER), (403, "Forbidden: bot can't initiate conversation with a user")),
        ("sendMessage", to(BRAM), (403, "Forbidden: bot was blocked by the user")),
        ("sendMessage", to(CLOSED), (403, "Forbidden: user is deactivated")),
        ("sendMessage", to(LEFT), (403, "Forbidden: bot is not a member of the supergroup chat")),
        ("sendMessage", to(KICKED), (403, "Forbidden: bot was kicked from the group chat")),
        ("sendMessage", to(NEWS), (400, "Bad Request: need administrator rights in the channel chat")),
        (
            "sendMessage",
            to(MOVED),
            (
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": UPGRADED},
            ),
        ),
        ("sendMessage", to(ANA, ""), (400, "Bad Request: message text is empty")),
        ("sendMessage", to(ANA, "👍" * 2049), (400, "Bad Request: message is too long")),
        (
            "sendMessage",
            to(ANA, "<p>x</p>") | {"parse_mode": "HTML"},
            (400, 'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
        ),
        ("sendMessage", to(ANA) | {"reply_markup": DATA}, (400, "Bad Request: BUTTON_DATA_INVALID")),
        ("sendMessage", to(ANA) | {"reply_markup": TOO_MANY}, (400, "Bad Request: reply markup is too long")),
        (
            "sendMessage",
            to(ANA) | {"reply_parameters": {"message_id": GONE}},
            (400, "Bad Request: message to be replied not found"),
        ),
        ("editMessageText", of(OWN, text="own"), (400, UNCHANGED)),
        ("editMessageText", of(GONE, text="x"), (400, "Bad Request: message to edit not found")),
        ("editMessageText", of(HERS, text="x"), (400, "Bad Request: message can't be edited")),
        ("editMessageText", {"inline_message_id": "x", "text": "x"}, (400, "Bad Request: MESSAGE_ID_INVALID")),
        ("editMessageReplyMarkup", of(OWN), (400, UNCHANGED)),
        ("deleteMessage", of(GONE), (400, "Bad Request: message to delete not found")),
        ("deleteMessage", {"chat_id": TEAM, "message_id": "theirs"}, (400, "Bad Request: message can't be deleted")),
        ("pinChatMessage", of(GONE), (400, "Bad Request: message to pin not found")),
        ("unpinChatMessage", of(GONE), (400, "Bad Request: message to unpin not found")),
        ("unpinChatMessage", {"chat_id": ANA}, (400, "Bad Request: message to unpin not found")),
        ("copyMessage", of(GONE, from_chat_id=ANA), (400, "Bad Request: message to copy not found")),
        (
            "pinChatMessage",
            {"chat_id": TEAM, "message_id": "theirs"},
            (400, "Bad Request: not enough rights to manage pinned messages in the chat"),
        ),
        ("answerCallbackQuery", {"callback_query_id": "1"}, (400, TOO_OLD)),
        ("answerCallbackQuery", {"callback_query_id": "answered"}, (400, TOO_OLD)),
        ("answerCallbackQuery", {"callback_query_id": "old"}, (400, TOO_OLD)),
        ("answerInlineQuery", {"inline_query_id": "1", "results": []}, (400, TOO_OLD)),
        ("getFile", {"file_id": "x"}, (400, "Bad Request: wrong file_id or the file is temporarily unavailable")),
        ("sendDice", {"chat_id": ANA}, (404, "Not Found: method not found")),
    ],
)
async def test_what_bots_are_written_for(
    call: "Caller", method: str, params: Params, answer: tuple[int, str] | tuple[int, str, Params]
) -> None:
    code, description, *parameters = answer
    refusal: Params = {"ok": False, "error_code": code, "description": description}
    assert await call(method, params) == (code, refusal | ({"parameters": parameters[0]} if parameters else {}))


async def test_too_many_requests(call: "Caller", people: Telegram) -> None:
    await people.rate(per_chat_second=1)
    await call("sendMessage", to(ANA))
    assert await call("sendMessage", to(ANA)) == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
    )


Caller = Callable[[str, Params], Awaitable[tuple[int, Params]]]


@pytest.fixture
async def call(sandbox: Sandbox, people: Telegram) -> Caller:
    """A world with everything that goes wrong in it; words among the parameters stand for what it made."""
    await _strangers(people)
    await _chats(people)

    async def ask(method: str, params: Params) -> tuple[int, Params]:
        async with httpx.AsyncClient(base_url=f"{sandbox.bot_url}{TOKEN}/") as http:
            answer = await http.post(method, json=params)
            return answer.status_code, answer.json()

    made: Params = {HERS: (await people.say(ANA, "hers")).message_id}
    made["theirs"] = (await people.say(ANA, "/theirs", chat=TEAM)).message_id
    for name in (OWN, GONE):
        _, sent = await ask("sendMessage", to(ANA, name))
        made[name] = sent["result"]["message_id"]
    await ask("deleteMessage", {"chat_id": ANA, "message_id": made[GONE]})
    made |= await _presses(people, ask)

    def filled(value: object) -> object:
        if isinstance(value, dict):
            return {
                key: filled(inner) if key.endswith(("_id", "parameters")) else inner for key, inner in value.items()
            }
        return made.get(value, value) if isinstance(value, str) else value

    async def asked(method: str, params: Params) -> tuple[int, Params]:
        given = filled(params)
        assert isinstance(given, dict)
        return await ask(method, given)

    return asked


async def _strangers(people: Telegram) -> None:
    await people.people(STRANGER)
    await people.people(CLOSED, started=True)
    await people.deactivate(CLOSED)
    await people.block(BRAM)


async def _chats(people: Telegram) -> None:
    for chat, kind, status in (
        (TEAM, "supergroup", "member"),
        (LEFT, "supergroup", "left"),
        (KICKED, "group", "kicked"),
        (NEWS, "channel", "member"),
        (MOVED, "group", "member"),
    ):
        await people.group(chat, kind=kind, members={ANA: "creator", 4200: status})
    await people.migrate(MOVED, UPGRADED)


async def _presses(people: Telegram, ask: Caller) -> Params:
    """One press that was answered, one that is too old."""
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    _, sent = await ask("sendMessage", to(ANA) | {"reply_markup": keyboard})
    pressed = [await people.press(ANA, sent["result"]["message_id"], "Yes", wait=0) for _ in range(2)]
    answered, old = (str(press.query_id) for press in pressed)
    assert (await ask("answerCallbackQuery", {"callback_query_id": answered}))[0] == 200
    await people.advance(16)
    return {"answered": answered, "old": old}
