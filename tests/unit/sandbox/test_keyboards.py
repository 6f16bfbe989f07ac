import pytest

from sandbox.errors import Refusal
from sandbox.jsons import Json
from sandbox.keyboards import buttons, checked, inline, is_inline


def one(**button: Json) -> dict[str, Json]:
    return {"inline_keyboard": [[button]]}


def refusal_of(markup: Json, *, in_channel: bool = False) -> str:
    with pytest.raises(Refusal) as caught:
        checked(markup, in_channel=in_channel)
    return caught.value.description.removeprefix("Bad Request: ")


@pytest.mark.parametrize(
    "markup",
    [
        one(text="x", callback_data="1"),
        one(text="x", callback_data="é" * 32),
        one(text="x", url="https://example.org/"),
        one(text="x", url="tg://user?id=5"),
        one(text="x", switch_inline_query=""),
        one(text="x", switch_inline_query_current_chat="w"),
        one(text="x", switch_inline_query_chosen_chat={"query": "w", "allow_user_chats": True}),
        one(text="x", copy_text={"text": "c" * 256}),
        one(text="x", callback_data="1", style="danger", icon_custom_emoji_id="5"),
        {"inline_keyboard": [[{"text": "x", "callback_data": "1"}] * 8] * 12},
        {"keyboard": [[{"text": "x"}]], "resize_keyboard": True, "one_time_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "p"},
    ],
)
def test_checked_keeps(markup: dict[str, Json]) -> None:
    assert checked(markup) == markup


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, None),
        ({}, None),
        ({"inline_keyboard": []}, None),
        ({"inline_keyboard": [[]]}, None),
        (one(text="x", url="example.org"), one(text="x", url="http://example.org/")),
        ({"keyboard": [["x"]]}, {"keyboard": [[{"text": "x"}]]}),
    ],
)
def test_checked_rewrites(given: Json, kept: Json) -> None:
    assert checked(given) == kept


UNREADABLE = "can't parse inline keyboard button: "
UNKNOWN = "is not modelled by the sandbox"
KEY = {"text": "x", "callback_data": "1"}


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" of the reply_markup must be an Array of Arrays'),
        (one(text="x"), UNREADABLE + "Text buttons are unallowed in the inline keyboard"),
        (one(callback_data="1"), UNREADABLE + 'Field "text" must be of type String'),
        (one(text="", callback_data="1"), "inline keyboard button text must be non-empty"),
        (
            one(text="x", callback_data="1", url="https://example.org/"),
            "an inline keyboard button does exactly one thing, not callback_data and url",
        ),
        (one(text="x", callback_data="1" * 65), "BUTTON_DATA_INVALID"),
        (one(text="x", callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (
            one(text="x", callback_data=""),
            UNREADABLE + 'Field "callback_data" must be a non-empty String',
        ),
        (
            one(text="x", url="http://localhost/"),
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (
            one(text="x", url="webcal://example.org/"),
            "inline keyboard button URL 'webcal://example.org/' is invalid: Unsupported URL protocol",
        ),
        (one(text="x", copy_text={"text": "c" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (
            one(text="x", callback_data="1", style="loud"),
            UNREADABLE + "invalid button style specified",
        ),
        (
            one(text="x", web_app={"url": "https://example.org"}),
            f'field "web_app" of InlineKeyboardButton {UNKNOWN}',
        ),
        (one(text="x", pay=True), f'field "pay" of InlineKeyboardButton {UNKNOWN}'),
        (
            {"inline_keyboard": [[KEY] * 9]},
            "a row of the keyboard holds more than 8 buttons",
        ),
        ({"inline_keyboard": [[KEY] * 8] * 13}, "reply markup is too long"),
        ({"keyboard": []}, 'field "keyboard" must not be empty'),
        (
            {"keyboard": [[{"text": "x", "request_contact": True}]]},
            f'field "request_contact" of KeyboardButton {UNKNOWN}',
        ),
        (
            {"inline_keyboard": [], "force_reply": True},
            "reply_markup must be exactly one of inline_keyboard, keyboard, remove_keyboard, force_reply",
        ),
        ({"force_reply": False}, 'field "force_reply" must be True'),
        (
            {"force_reply": True, "input_field_placeholder": "p" * 65},
            "input_field_placeholder must be a String of at most 64 characters",
        ),
    ],
)
def test_checked_refuses(markup: Json, refusal: str) -> None:
    assert refusal_of(markup) == refusal


def test_inline_switches_are_refused_in_channels() -> None:
    assert refusal_of(one(text="x", switch_inline_query=""), in_channel=True) == (
        "can't use switch_inline_query button in a channel chat, because users will not be able to use the button "
        "without knowing bot's username"
    )


def test_an_edit_takes_inline_keyboards_only() -> None:
    with pytest.raises(Refusal, match="inline keyboard expected"):
        inline({"force_reply": True})


def test_buttons_lists_row_by_row() -> None:
    rows: list[Json] = [[{"text": "a"}, {"text": "b"}], [{"text": "c"}]]
    assert [button["text"] for button in buttons({"inline_keyboard": rows})] == ["a", "b", "c"]
    assert (buttons(None), is_inline(None)) == ([], False)
