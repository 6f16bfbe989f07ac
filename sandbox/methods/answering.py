"""answerCallbackQuery and answerInlineQuery."""

import re

from sandbox import keyboards
from sandbox.bots import Bot
from sandbox.errors import bad_request
from sandbox.jsons import Json, JsonObject
from sandbox.methods.call import Call, Method
from sandbox.methods.spec import BOOLEAN, INTEGER, JSON, STRING
from sandbox.text.formatted import text_of

ANSWER_LIMIT = 200
RESULT_LIMIT = 50
RESULT_ID_LIMIT = 64
OFFSET_LIMIT = 64
_UNREADABLE = "Can't parse inline query results button: "
_START = re.compile(r"(?:https?://)?(?:t\.me|telegram\.me)/(\w+)\?start=[\w-]{1,64}", re.ASCII | re.IGNORECASE)
_ARTICLE_FIELDS = frozenset(
    {"type", "id", "title", "input_message_content", "reply_markup", "url", "description", "thumbnail_url"}
)
_CONTENT_FIELDS = frozenset({"message_text", "parse_mode", "entities", "link_preview_options"})


def answer_callback_query(call: Call) -> Json:
    arguments = call.arguments
    text, url = arguments.text("text"), arguments.text("url")
    if len(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not _opens_own_chat(url, call.bot):
        raise bad_request("URL_INVALID")
    answer: JsonObject = {"text": text, "show_alert": arguments.flag("show_alert"), "url": url or None}
    call.seen["text"] = text
    query = call.world.queries.answer(call.bot.id, arguments.text("callback_query_id"), answer)
    call.seen["user"] = query.user_id
    call.world.events.tell("answer", query=query.id, user=query.user_id, bot=call.bot.id, **answer)
    return True


def _opens_own_chat(url: str, bot: Bot) -> bool:
    match = _START.fullmatch(url)
    return match is not None and match[1].lower() == bot.username.lower()


def answer_inline_query(call: Call) -> Json:
    arguments = call.arguments
    results = arguments.json("results")
    if not isinstance(results, list):
        raise bad_request("Expected an Array of inline query results")
    if len(results) > RESULT_LIMIT:
        raise bad_request("Too many inline query results specified")
    if len(arguments.text("next_offset").encode()) > OFFSET_LIMIT:
        raise bad_request("NEXT_OFFSET_INVALID")
    read = [_result(call, result) for result in results]
    if len({result["id"] for result in read}) != len(read):
        raise bad_request("RESULT_ID_DUPLICATE")
    answer: JsonObject = {
        "results": read,
        "button": _button(arguments.json("button")),
        "next_offset": arguments.text("next_offset"),
        "cache_time": arguments.integer("cache_time", 300),
        "is_personal": arguments.flag("is_personal"),
    }
    query = call.world.queries.answer(call.bot.id, arguments.text("inline_query_id"), answer)
    call.seen["user"] = query.user_id
    call.world.events.tell("results", query=query.id, user=query.user_id, bot=call.bot.id, answer=answer)
    return True


def _result(call: Call, result: Json) -> JsonObject:
    if not isinstance(result, dict):
        raise bad_request("Can't parse inline query result: Inline query result must be an object")
    if result.get("type") != "article":
        raise bad_request(
            f'Can\'t parse inline query result: type "{result.get("type")}" is not modelled by the sandbox'
        )
    if unknown := sorted(result.keys() - _ARTICLE_FIELDS):
        raise bad_request(f'Field "{unknown[0]}" of InlineQueryResultArticle is not modelled by the sandbox')
    result_id, title = result.get("id"), result.get("title")
    if not isinstance(result_id, str) or not 0 < len(result_id.encode()) <= RESULT_ID_LIMIT:
        raise bad_request("RESULT_ID_INVALID")
    if not isinstance(title, str) or not title:
        raise bad_request('Can\'t parse inline query result: Field "title" must be of type String')
    shown: JsonObject = {"id": result_id, "title": title, "description": result.get("description", "")}
    return shown | {"content": _content(call, result), "markup": keyboards.inline(result.get("reply_markup"))}


def _content(call: Call, result: JsonObject) -> JsonObject:
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("Can't parse inline query result: Input message content is not specified")
    if unknown := sorted(content.keys() - _CONTENT_FIELDS):
        raise bad_request(f'Field "{unknown[0]}" of InputTextMessageContent is not modelled by the sandbox')
    text, parse_mode = content.get("message_text"), content.get("parse_mode")
    if not isinstance(text, str) or not isinstance(parse_mode, str | None):
        raise bad_request("Can't parse inline query result: Input message content is not specified")
    formatted = text_of(text, parse_mode, content.get("entities"), call.world.user)
    return {
        "text": formatted.text,
        "entities": list(formatted.entities),
        "preview": content.get("link_preview_options"),
    }


def _button(button: Json) -> JsonObject | None:
    if button is None:
        return None
    if not isinstance(button, dict):
        raise bad_request(f"{_UNREADABLE}InlineQueryResultsButton must be an Object")
    parameter = button.get("start_parameter")
    if button.keys() != {"text", "start_parameter"} or not isinstance(parameter, str):
        raise bad_request(f"{_UNREADABLE}InlineQueryResultsButton must have exactly one optional field")
    if not re.fullmatch(r"[\w-]{1,64}", parameter, re.ASCII):
        raise bad_request("START_PARAM_INVALID")
    return button


METHODS = (
    Method(
        "answerCallbackQuery",
        answer_callback_query,
        {"callback_query_id": STRING, "text": STRING, "show_alert": BOOLEAN, "url": STRING, "cache_time": INTEGER},
    ),
    Method(
        "answerInlineQuery",
        answer_inline_query,
        {
            "inline_query_id": STRING,
            "results": JSON,
            "cache_time": INTEGER,
            "is_personal": BOOLEAN,
            "next_offset": STRING,
            "button": JSON,
        },
    ),
)
