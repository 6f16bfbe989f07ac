"""Refusals that a well-behaved client library never provokes, so they are asked for on the wire."""

import httpx
import pytest

from sandbox.client import Telegram
from sandbox.server import Sandbox

ANA, GROUP, TOKEN = 7, -100, "4200:secret"
MESSAGE = {"chat_id": ANA, "text": "x"}
ARTICLE = {"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "x"}}
UNKNOWN = "is not modelled by the sandbox"
BUTTON = "can't parse inline query results button: "
RESULT = "can't parse inline query result: "


def button(**fields: object) -> dict[str, object]:
    return MESSAGE | {"reply_markup": {"inline_keyboard": [[{"text": "x", **fields}]]}}


def entity(**fields: object) -> dict[str, object]:
    return MESSAGE | {"entities": [{"offset": 0, "length": 1, **fields}]}


def results(*given: object) -> dict[str, object]:
    return {"inline_query_id": "1", "results": list(given)}


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", MESSAGE | {"chat_id": ""}, "chat_id is empty"),
        ("sendMessage", MESSAGE | {"link_preview_options": []}, "object expected as link preview options"),
        ("sendMessage", MESSAGE | {"link_preview_options": {"x": 1}}, f'field "x" of link_preview_options {UNKNOWN}'),
        ("sendMessage", MESSAGE | {"reply_parameters": []}, "object expected as reply parameters"),
        ("sendMessage", MESSAGE | {"reply_parameters": {"quote": "x"}}, f'field "quote" of reply_parameters {UNKNOWN}'),
        (
            "sendMessage",
            MESSAGE | {"reply_parameters": {"message_id": "x"}},
            'can\'t parse reply parameters: Field "message_id" must be of type Number',
        ),
        (
            "sendMessage",
            MESSAGE | {"reply_parameters": {"message_id": 1, "chat_id": 8}},
            f"a reply to a message of another chat {UNKNOWN}",
        ),
        ("sendMessage", entity(type="blink"), "can't parse MessageEntity: Unsupported type specified"),
        ("sendMessage", entity(type="text_mention"), 'can\'t parse MessageEntity: Field "user" must be of type Object'),
        ("sendMessage", entity(type="bold", length=-1), "receive an entity with incorrect length -1"),
        ("sendMessage", entity(type="date_time", unix_time=0), "invalid date specified"),
        (
            "sendMessage",
            entity(type="date_time", unix_time=1, date_time_format="x"),
            "can't parse MessageEntity: Invalid date-time format specified",
        ),
        ("sendMessage", MESSAGE | {"text": "x" * 32769}, "text is too long"),
        (
            "sendMessage",
            MESSAGE | {"reply_markup": {"keyboard": [[5]]}},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        (
            "sendMessage",
            MESSAGE | {"reply_markup": {"inline_keyboard": [[5]]}},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            "sendMessage",
            button(switch_inline_query="x" * 257),
            "the inline query of a button must be a String of at most 256 characters",
        ),
        (
            "sendMessage",
            button(switch_inline_query_chosen_chat="x"),
            'field "switch_inline_query_chosen_chat" must be of type Object',
        ),
        (
            "sendMessage",
            button(switch_inline_query_chosen_chat={"query": "x"}),
            "at least one chat type must be allowed",
        ),
        ("sendMessage", button(copy_text="x"), 'field "copy_text" must be of type Object'),
        ("sendDocument", {"chat_id": ANA}, "there is no document in the request"),
        ("copyMessage", {"chat_id": ANA, "from_chat_id": "", "message_id": 1}, "from_chat_id is empty"),
        ("deleteMessage", {"message_id": 1}, "chat identifier is not specified"),
        ("deleteMessage", {"chat_id": ANA}, "message identifier is not specified"),
        ("deleteMessages", {"chat_id": ANA, "message_ids": []}, "message identifiers are not specified"),
        ("deleteMessages", {"chat_id": ANA, "message_ids": ["x"]}, "invalid message identifier specified"),
        ("deleteMessages", {"chat_id": ANA, "message_ids": [1] * 101}, "too many message identifiers specified"),
        ("setMessageReaction", {"chat_id": ANA, "message_id": 1, "reaction": {}}, "expected an Array of ReactionType"),
        (
            "setMessageReaction",
            {"chat_id": ANA, "message_id": 1, "reaction": [{"type": "paid"}]},
            "can't parse ReactionType: invalid reaction type specified",
        ),
        ("answerInlineQuery", {"inline_query_id": "1", "results": {}}, "expected an Array of inline query results"),
        ("answerInlineQuery", results() | {"next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
        ("answerInlineQuery", results(5), RESULT + "Inline query result must be an object"),
        ("answerInlineQuery", results({"type": "photo"}), RESULT + f'type "photo" {UNKNOWN}'),
        ("answerInlineQuery", results(ARTICLE | {"x": 1}), f'field "x" of InlineQueryResultArticle {UNKNOWN}'),
        ("answerInlineQuery", results(ARTICLE | {"title": ""}), RESULT + 'Field "title" must be of type String'),
        (
            "answerInlineQuery",
            results(ARTICLE | {"input_message_content": {}}),
            RESULT + "Input message content is not specified",
        ),
        (
            "answerInlineQuery",
            results(ARTICLE | {"input_message_content": {"message_text": 5}}),
            RESULT + "Input message content is not specified",
        ),
        (
            "answerInlineQuery",
            results(ARTICLE | {"input_message_content": {"message_text": "x", "y": 1}}),
            f'field "y" of InputTextMessageContent {UNKNOWN}',
        ),
        ("answerInlineQuery", results() | {"button": 5}, BUTTON + "InlineQueryResultsButton must be an Object"),
        (
            "answerInlineQuery",
            results() | {"button": {"text": "x"}},
            BUTTON + "InlineQueryResultsButton must have exactly one optional field",
        ),
        (
            "answerInlineQuery",
            results() | {"button": {"text": "x", "start_parameter": "a b"}},
            "START_PARAM_INVALID",
        ),
        ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
        ("setMyCommands", {"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
        ("setMyCommands", {"commands": [{"command": "/", "description": "x"}]}, "command must be non-empty"),
        ("getMyCommands", {"scope": "5"}, "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ("getMyCommands", {"scope": {"type": "x"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ("getMyCommands", {"scope": {"type": "chat"}}, "can't parse BotCommandScope: Empty chat_id specified"),
        (
            "getMyCommands",
            {"scope": {"type": "chat_member", "chat_id": ANA}},
            "can't parse BotCommandScope: Invalid user_id specified",
        ),
        ("getFile", {}, "file_id not specified"),
        ("getChatMember", {"chat_id": ANA}, "invalid user_id specified"),
        ("getChatAdministrators", {"chat_id": ANA}, "there are no administrators in the private chat"),
        ("leaveChat", {"chat_id": ANA}, "chat member status can't be changed in private chats"),
        ("leaveChat", {"chat_id": -10}, "bot is not a member of the group chat"),
        ("getUpdates", {"allowed_updates": {}}, "can't parse allowed_updates JSON object"),
    ],
)
async def test_a_call_is_refused(
    sandbox: Sandbox, people: Telegram, method: str, params: dict[str, object], description: str
) -> None:
    await people.group(-10, kind="group", members={ANA: "creator"})
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = await http.post(f"/bot{TOKEN}/{method}", json=params)
    assert (answer.status_code, answer.json()["description"]) == (400, f"Bad Request: {description}")


async def test_a_document_without_content(sandbox: Sandbox, people: Telegram) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = await http.post(f"/bot{TOKEN}/sendDocument", data={"chat_id": "7"}, files={"document": ("a.txt", b"")})
    assert answer.json()["description"] == "Bad Request: file must be non-empty"


async def test_a_photo_that_is_too_big(sandbox: Sandbox, people: Telegram) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(10 * 1024 * 1024)
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = await http.post(f"/bot{TOKEN}/sendPhoto", data={"chat_id": "7"}, files={"photo": ("a.png", picture)})
    assert answer.json()["description"] == (
        "Bad Request: file is too big for a photo; the maximum size is 10485760 bytes"
    )


async def test_a_file_that_is_too_big_to_send(sandbox: Sandbox, people: Telegram) -> None:
    file = {"document": ("a.bin", bytes(50 * 1024 * 1024 + 1))}
    async with httpx.AsyncClient(base_url=sandbox.url, timeout=60) as http:
        answer = await http.post(f"/bot{TOKEN}/sendDocument", data={"chat_id": "7"}, files=file)
    assert (answer.status_code, answer.json()["description"]) == (413, "Request Entity Too Large")


async def test_a_file_that_is_too_big_to_fetch(sandbox: Sandbox, people: Telegram) -> None:
    file = {"document": ("a.bin", bytes(20 * 1024 * 1024 + 1))}
    async with httpx.AsyncClient(base_url=sandbox.url, timeout=60) as http:
        sent = await http.post(f"/bot{TOKEN}/sendDocument", data={"chat_id": "7"}, files=file)
        file_id = sent.json()["result"]["document"]["file_id"]
        answer = await http.get(f"/bot{TOKEN}/getFile", params={"file_id": file_id})
    assert answer.json()["description"] == "Bad Request: file is too big"
