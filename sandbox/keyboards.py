"""Reply markup, checked as strictly as Telegram checks it."""

from collections.abc import Callable

from sandbox.errors import Refusal, bad_request
from sandbox.jsons import Json, JsonObject
from sandbox.text import links
from sandbox.text.cleaning import cleaned

ROW_LIMIT = 8
BUTTON_LIMIT = 100
DATA_LIMIT = 64
COPY_LIMIT = 256
QUERY_LIMIT = 256
PLACEHOLDER_LIMIT = 64

_STYLES = frozenset({"primary", "danger", "success"})
_INLINE_SWITCHES = frozenset({"switch_inline_query", "switch_inline_query_current_chat"})
_CHOSEN_FIELDS = frozenset({"query", "allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats"})
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
_KEYBOARD_FIELDS = frozenset(
    {"keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective"}
)
_FIELDS = {
    "inline_keyboard": frozenset({"inline_keyboard"}),
    "keyboard": _KEYBOARD_FIELDS,
    "remove_keyboard": frozenset({"remove_keyboard", "selective"}),
    "force_reply": frozenset({"force_reply", "input_field_placeholder", "selective"}),
}


def checked(markup: Json, *, in_channel: bool = False) -> JsonObject | None:
    """The markup as Telegram keeps it; None for none and for an empty keyboard."""
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    kinds = [kind for kind in _KINDS if kind in markup]
    if len(kinds) != 1:
        raise bad_request(f"reply_markup must be exactly one of {', '.join(_KINDS)}")
    kind = kinds[0]
    _known(markup, _FIELDS[kind], "reply_markup")
    if kind == "inline_keyboard":
        rows = _rows(markup[kind], lambda button: _inline_button(button, in_channel=in_channel), kind)
        return {"inline_keyboard": rows} if rows else None
    return _reply_markup(markup, kind)


def inline(markup: Json, *, in_channel: bool = False) -> JsonObject | None:
    """A markup where only an inline keyboard is allowed: edits and inline results."""
    found = checked(markup, in_channel=in_channel)
    if found is not None and "inline_keyboard" not in found:
        raise bad_request("Inline keyboard expected")
    return found


def is_inline(markup: JsonObject | None) -> bool:
    return markup is not None and "inline_keyboard" in markup


def buttons(markup: JsonObject | None) -> list[JsonObject]:
    """All buttons of a checked inline keyboard, row by row."""
    rows = markup.get("inline_keyboard") if markup is not None else None
    return [button for row in rows for button in row] if isinstance(rows, list) else []


def _reply_markup(markup: JsonObject, kind: str) -> JsonObject:
    placeholder = markup.get("input_field_placeholder", "")
    if not isinstance(placeholder, str) or len(placeholder) > PLACEHOLDER_LIMIT:
        raise bad_request(f"input_field_placeholder must be a String of at most {PLACEHOLDER_LIMIT} characters")
    if kind != "keyboard":
        if markup[kind] is not True:
            raise bad_request(f'Field "{kind}" must be True')
        return dict(markup)
    rows = _rows(markup["keyboard"], _reply_button, kind)
    if not rows:
        raise bad_request('Field "keyboard" must not be empty')
    return dict(markup) | {"keyboard": rows}


def _rows(rows: Json, button_of: Callable[[Json], JsonObject], kind: str) -> list[list[JsonObject]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'Field "{kind}" of the reply_markup must be an Array of Arrays')
    read = [[button_of(button) for button in row] for row in rows if row]
    if any(len(row) > ROW_LIMIT for row in read):
        raise bad_request(f"A row of the keyboard holds more than {ROW_LIMIT} buttons")
    if sum(len(row) for row in read) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return read


def _reply_button(button: Json) -> JsonObject:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise _unreadable("keyboard", "KeyboardButton must be a String or an Object")
    _known(button, frozenset({"text"}), "KeyboardButton")
    return {"text": _text(button, "Keyboard button")}


def _inline_button(button: Json, *, in_channel: bool) -> JsonObject:
    if not isinstance(button, dict):
        raise _unreadable("inline keyboard", "InlineKeyboardButton must be an Object")
    actions = [name for name in button if name in _ACTIONS]
    _known(button, frozenset({"text", "style", "icon_custom_emoji_id"}) | _ACTIONS.keys(), "InlineKeyboardButton")
    if not actions:
        raise _unreadable("inline keyboard", "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"An inline keyboard button does exactly one thing, not {' and '.join(sorted(actions))}")
    if in_channel and actions[0] in _INLINE_SWITCHES:
        raise bad_request(
            f"Can't use {actions[0]} button in a channel chat, because users will not be able to use the button "
            "without knowing bot's username"
        )
    kept: JsonObject = {"text": _text(button, "Inline keyboard button")} | _look(button)
    return kept | {actions[0]: _ACTIONS[actions[0]](button[actions[0]])}


def _look(button: JsonObject) -> JsonObject:
    style = button.get("style")
    if style is not None and style not in _STYLES:
        raise _unreadable("inline keyboard", "invalid button style specified")
    return {name: button[name] for name in ("style", "icon_custom_emoji_id") if button.get(name)}


def _text(button: JsonObject, what: str) -> str:
    text = button.get("text")
    if not isinstance(text, str):
        raise _unreadable("inline keyboard", 'Field "text" must be of type String')
    if not (text := cleaned(text)):
        raise bad_request(f"{what} text must be non-empty")
    return text


def _url(value: Json) -> str:
    link = _string(value, "url")
    if links.mentioned_user(link) is not None:
        return link
    try:
        return links.checked(link)
    except links.LinkError as error:
        raise bad_request(f"Inline keyboard button URL '{link}' is invalid: {error}") from None


def _data(value: Json) -> str:
    data = _string(value, "callback_data")
    if len(data.encode()) > DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _query(value: Json) -> str:
    if not isinstance(value, str) or len(value) > QUERY_LIMIT:
        raise bad_request(f"The inline query of a button must be a String of at most {QUERY_LIMIT} characters")
    return cleaned(value)


def _chosen_chat(value: Json) -> JsonObject:
    if not isinstance(value, dict):
        raise bad_request('Field "switch_inline_query_chosen_chat" must be of type Object')
    _known(value, _CHOSEN_FIELDS, "switch_inline_query_chosen_chat")
    if not any(value.get(name) is True for name in _CHOSEN_FIELDS - {"query"}):
        raise bad_request("At least one chat type must be allowed")
    return dict(value) | {"query": _query(value.get("query", ""))}


def _copy_text(value: Json) -> JsonObject:
    if not isinstance(value, dict):
        raise bad_request('Field "copy_text" must be of type Object')
    _known(value, frozenset({"text"}), "copy_text")
    text = _string(value.get("text"), "text")
    if len(text) > COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}


def _string(value: Json, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise _unreadable("inline keyboard", f'Field "{name}" must be a non-empty String')
    return value


def _known(item: JsonObject, fields: frozenset[str], what: str) -> None:
    unknown = sorted(item.keys() - fields)
    if unknown:
        raise bad_request(f'Field "{unknown[0]}" of {what} is not modelled by the sandbox')


def _unreadable(kind: str, message: str) -> Refusal:
    return bad_request(f"Can't parse {kind} button: {message}")


_ACTIONS: dict[str, Callable[[Json], Json]] = {
    "url": _url,
    "callback_data": _data,
    "switch_inline_query": _query,
    "switch_inline_query_current_chat": _query,
    "switch_inline_query_chosen_chat": _chosen_chat,
    "copy_text": _copy_text,
}
