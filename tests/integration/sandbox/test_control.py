import asyncio
import json
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from sandbox.client import Telegram
from sandbox.errors import UnexpectedAnswerError
from sandbox.people import Person
from sandbox.server import Sandbox, serving

ANA, TOKEN = 7, "4200:secret"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("say", b"{", "The body is no JSON"),
        ("say", b"[]", "The body must be a JSON object"),
        ("say", b'{"user": 7}', '"text" is missing'),
        ("say", b'{"user": "seven", "text": "x"}', '"user" must be an integer'),
        ("say", b'{"user": 7, "text": 5}', '"text" must be a string'),
        ("say", b'{"user": 7, "text": "x", "bot": []}', '"bot" must be an id or a name'),
        ("block", b'{"user": 7, "on": "yes"}', '"on" must be true or false'),
        ("say", b'{"user": 7, "text": "x", "colour": 1}', '"colour" is not known here'),
        ("say", b'{"user": 7, "text": " "}', "There is nothing in the message"),
        ("say", b'{"user": 7, "text": "x", "chat": -5}', "There is no chat -5"),
        ("say", b'{"user": 7, "text": "x", "bot": "nobody_bot"}', "There is no bot nobody_bot"),
        ("say", b'{"user": 7, "text": "x", "reply_to": 5}', "There is no message 5 to reply to"),
        ("say", b'{"user": 4200, "text": "x"}', "4200 is a bot"),
        ("start", b'{"user": 7, "payload": "a b"}', "A start payload is 1 to 64 of A-Z a-z 0-9 _ -"),
        ("document", b'{"user": 7, "file_name": "x", "content_base64": "%"}', '"content_base64" is no base64'),
        ("people", b'{"id": 1, "count": 200001}', '"id" must be positive and "count" at most 200000'),
        ("people", b'{"id": 1, "count": 2, "username": "x"}', "Many people cannot share a username"),
        ("chat", b'{"id": 5}', '"id" must be negative and "type" group, supergroup or channel'),
        ("chat", b'{"id": -5, "members": {"7": "king"}}', "There is no status 'king'"),
        ("choose", b'{"user": 7, "inline_query_id": "1", "result_id": "1"}', "There is no such inline query"),
        ("inline", b'{"user": 7, "query": "' + b"x" * 257 + b'"}', "An inline query has at most 256 characters"),
        ("clock", b'{"advance": -1}', "Time does not go back"),
        ("migrate", b'{"chat": -5, "to": -6}', "There is no chat -5"),
    ],
)
async def test_a_body_that_makes_no_sense(
    sandbox: Sandbox, people: Telegram, path: str, body: bytes, error: str
) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = await http.post(f"/_/{path}", content=body)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


async def test_deactivated_people_do_nothing(people: Telegram) -> None:
    await people.deactivate(ANA)
    with pytest.raises(UnexpectedAnswerError, match="7 is deactivated"):
        await people.say(ANA, "x")


async def test_nobody_speaks_before_there_is_a_bot() -> None:
    async with serving() as sandbox, Telegram(sandbox.url) as client:
        with pytest.raises(UnexpectedAnswerError, match="Say which bot: there are 0"):
            await client.say(ANA, "x")


async def test_find_people(sandbox: Sandbox, people: Telegram, bot: Bot) -> None:
    await people.people(1000, 3, first_name="Guest", started=True)
    sent = await bot.send_message(1001, "x")
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        found = [(await http.get("/_/people", params={"q": start})).json() for start in ("gue", "1001", "zz")]
    assert [[person["id"] for person in answer["people"]] for answer in found] == [[1000, 1001, 1002], [1001], []]
    assert [person["last"] for person in found[0]["people"]] == [{}, {"4200": sent.message_id}, {}]


async def test_what_is_new_is_what_the_bot_said_last(sandbox: Sandbox, people: Telegram, bot: Bot) -> None:
    """Whatever the person has said since, for they may not have read it."""
    sent = await bot.send_message(ANA, "x")
    await people.say(ANA, "y")
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = (await http.get("/_/people", params={"q": "ana"})).json()
    assert [person["last"] for person in answer["people"]] == [{"4200": sent.message_id}]


async def test_many_people(people: Telegram, bot: Bot) -> None:
    await people.people(1000, 250, first_name="Guest", language_code="de", started=True)
    assert (await bot.send_message(1249, "x")).chat.first_name == "Guest 250"
    assert (await people.state())["people"] == 252


async def test_the_transcript_waits_for_a_call(people: Telegram, bot: Bot) -> None:
    waiting = asyncio.create_task(people.wait_for("sendMessage", chat=ANA, count=2))
    await bot.send_message(ANA, "one")
    await bot.send_message(8, "elsewhere")
    await bot.send_message(ANA, "two")
    assert [call.text for call in await waiting] == ["one", "two"]


async def test_a_call_is_written_down_whole(people: Telegram, bot: Bot) -> None:
    """What was asked for, what became of it, and when, by the sandbox's clock."""
    await people.advance(3600)
    before = time.time()
    sent = await bot.send_document(
        ANA, b"BEGIN", filename="a.ics", caption="<b>Yours</b>", parse_mode="HTML", reply_markup=KEYBOARD
    )
    after = time.time()
    with pytest.raises(BadRequest):
        await bot.edit_message_reply_markup(ANA, sent.message_id, reply_markup=KEYBOARD)
    accepted, refused = await people.calls(chat=ANA)
    assert before + 3599 < accepted.at < after + 3601
    assert {name: accepted.raw[name] for name in accepted.raw.keys() - {"seq", "at", "params"}} == {
        "bot_id": 4200,
        "method": "sendDocument",
        "chat_id": ANA,
        "ok": True,
        "text": "Yours",
        "entities": [{"type": "bold", "offset": 0, "length": 5}],
        "markup": KEYBOARD.to_dict(),
        "files": [{"file_name": "a.ics", "size": 5}],
        "message_id": sent.message_id,
    }
    assert accepted.params["caption"] == "<b>Yours</b>"
    assert (refused.method, refused.ok, refused.error_code) == ("editMessageReplyMarkup", False, 400)
    assert (refused.description or "").startswith("Bad Request: message is not modified")


async def test_the_mark(people: Telegram, bot: Bot) -> None:
    await bot.send_message(ANA, "before")
    await people.mark()
    await bot.send_message(ANA, "after")
    assert [call.text for call in await people.calls("sendMessage")] == ["after"]


async def test_waiting_in_vain_says_what_happened_instead(people: Telegram, bot: Bot) -> None:
    await people.mark()
    await bot.send_message(ANA, "x")
    with pytest.raises(UnexpectedAnswerError) as caught:
        await people.wait_for("editMessageText", wait=0.05)
    assert str(caught.value) == "0 of 1 calls of editMessageText in 0.05 s; the bot called ['sendMessage(7)']"


async def test_calls_and_updates_behind_a_message(sandbox: Sandbox, people: Telegram, bot: Bot) -> None:
    said = await people.say(ANA, "x")
    await people.edit(ANA, said.message_id, "x, edited")
    sent = await bot.send_message(ANA, "y", reply_markup=KEYBOARD)
    await people.press(ANA, sent.message_id, "Yes", wait=0)
    await bot.edit_message_text("z", ANA, sent.message_id)
    said, shown = await people.chat(ANA)
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        updates = [
            (await http.get("/_/update", params={"id": update_id})).json()
            for update_id in (*said.raw["updates"], *shown.raw["updates"])
        ]
        calls = [(await http.get("/_/call", params={"seq": seq})).json() for seq in shown.raw["calls"]]
        lost = [(await http.get(path)).json() for path in ("/_/update?id=1", "/_/call?seq=999")]
    assert [kind for update in updates for kind in update if kind != "update_id"] == [
        "message",
        "edited_message",
        "callback_query",
    ]
    assert [(call["method"], call["text"], call["message_id"]) for call in calls] == [
        ("sendMessage", "y", sent.message_id),
        ("editMessageText", "z", sent.message_id),
    ]
    assert lost == [{"error": "There is no such update"}, {"error": "There is no such call"}]


async def test_events_tell_what_happens(sandbox: Sandbox, people: Telegram, bot: Bot) -> None:
    async with (
        httpx.AsyncClient(base_url=sandbox.url, timeout=20) as http,
        http.stream("GET", "/_/events") as stream,
    ):
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 1000"
        await bot.send_message(ANA, "x")
        told = [json.loads(line.removeprefix("data: ")) async for line in _data(lines, 2)]
    assert [(event["event"], event.get("chat")) for event in told] == [("message", ANA), ("call", None)]


async def _data(lines: AsyncIterator[str], count: int) -> AsyncIterator[str]:
    found = 0
    async for line in lines:
        if line.startswith("data: "):
            yield line
            found += 1
        if found == count:
            return


async def test_people_given_at_the_start() -> None:
    ana = Person(id=ANA, first_name="Ana", language_code="es", about="Organiser")
    async with serving(people=[ana]) as sandbox, httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = (await http.get("/_/people")).json()
    assert answer["people"] == [
        {
            "id": ANA,
            "is_bot": False,
            "first_name": "Ana",
            "language_code": "es",
            "about": "Organiser",
            "deactivated": False,
            "last": {},
        }
    ]


async def test_chats_of_a_person(sandbox: Sandbox, people: Telegram) -> None:
    await people.group(-100, title="Team", members={ANA: "creator"})
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = (await http.get("/_/chats", params={"user": ANA})).json()
    assert answer["chats"] == [
        {"chat": ANA, "bot": 4200, "title": "convoke_demo_bot"},
        {"chat": -100, "bot": None, "title": "Team"},
    ]
