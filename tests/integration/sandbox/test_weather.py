from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from sandbox.client import Telegram
from sandbox.errors import UnexpectedAnswerError
from sandbox.server import Sandbox

ANA, BRAM, TOKEN = 7, 8, "4200:secret"


async def shown(people: Telegram) -> list[str]:
    return [message.text for message in await people.chat(ANA)]


async def test_an_error_before_acceptance(bot: Bot, people: Telegram) -> None:
    await people.fault(method="sendMessage", n=1, code=502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(ANA, "one")
    await bot.send_message(ANA, "two")
    assert await shown(people) == ["two"]


async def test_an_error_after_acceptance(bot: Bot, people: Telegram) -> None:
    await people.fault(method="sendMessage", n=1, code=500, when="after")
    with pytest.raises(NetworkError):
        await bot.send_message(ANA, "one")
    assert await shown(people) == ["one"]
    [call] = await people.refusals()
    assert (call.ok, call.raw["accepted"], call.message_id is not None) == (False, True, True)


async def test_weather_is_no_mistake_of_the_bot(bot: Bot, people: Telegram) -> None:
    await people.fault(method="sendMessage", n=1, code=502)
    for chat_id in (ANA, 9):
        with pytest.raises((NetworkError, Forbidden)):
            await bot.send_message(chat_id, "x")
    assert [call.chat_id for call in await people.refusals()] == [ANA, 9]
    assert [call.chat_id for call in await people.mistakes()] == [9]
    assert await people.mistakes("Bad Request: chat not found") == ()


@pytest.mark.parametrize(("when", "texts"), [("before", []), ("after", ["one"])])
async def test_a_connection_that_breaks(bot: Bot, people: Telegram, when: str, texts: list[str]) -> None:
    await people.fault(method="sendMessage", n=1, drop=True, when=when)
    with pytest.raises(NetworkError):
        await bot.send_message(ANA, "one")
    assert await shown(people) == texts
    assert (await bot.send_message(ANA, "two")).text == "two"


async def test_an_answer_that_never_comes_to_a_call_that_never_arrived(bot: Bot, people: Telegram) -> None:
    await people.fault(method="sendMessage", n=1, delay=30, drop=True)
    with pytest.raises(TimedOut):
        await bot.send_message(ANA, "one", read_timeout=0.2)
    assert await shown(people) == []
    await bot.send_message(ANA, "two")
    assert await shown(people) == ["two"]


async def test_the_same_seed_hits_the_same_share_of_calls(bot: Bot, people: Telegram) -> None:
    """Of one method and one chat, whatever else goes wrong meanwhile."""
    runs = []
    for others in (0, 3):
        await people.fault(method="sendMessage", chat_id=ANA, share=0.4, seed=3, code=502)
        await people.fault(method="sendMessage", chat_id=BRAM, share=0.5, code=500)
        run = []
        for _ in range(20):
            run.append(await struck(bot, ANA))
            for _ in range(others):
                await struck(bot, BRAM)
        runs.append(run)
        assert await bot.send_chat_action(ANA, "typing")
        await people.fair()
    assert runs[0] == runs[1]
    assert 0 < sum(runs[0]) < 20
    assert await people.mistakes() == ()


async def struck(bot: Bot, chat_id: int) -> bool:
    try:
        await bot.send_message(chat_id, "x")
    except NetworkError:
        return True
    return False


async def test_a_slow_answer(bot: Bot, people: Telegram) -> None:
    await people.fault(method="sendMessage", n=1, delay=30, when="after")
    with pytest.raises(TimedOut):
        await bot.send_message(ANA, "one", read_timeout=0.2)
    assert await shown(people) == ["one"]


async def test_a_fault_for_one_chat(bot: Bot, people: Telegram) -> None:
    await people.fault(chat_id=ANA, code=403, description="Forbidden: user is deactivated")
    assert (await bot.send_message(BRAM, "x")).text == "x"
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ANA, "x")
    await people.fair()
    assert (await bot.send_message(ANA, "x")).text == "x"


async def test_too_many_requests(sandbox: Sandbox, bot: Bot, people: Telegram) -> None:
    await people.fault(method="sendMessage", n=2, code=429, parameters={"retry_after": 3})
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(ANA, "x")
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{sandbox.bot_url}{TOKEN}/sendMessage", json={"chat_id": ANA, "text": "x"})
    assert caught.value.retry_after == timedelta(seconds=3)
    assert (answer.status_code, answer.headers["retry-after"], answer.json()) == (
        429,
        "3",
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        },
    )


async def test_rates(bot: Bot, people: Telegram) -> None:
    await people.rate(per_chat_second=1)
    sent = await bot.send_message(ANA, "one")
    with pytest.raises(RetryAfter):
        await bot.send_message(ANA, "two")
    with pytest.raises(RetryAfter):
        await bot.edit_message_text("two", ANA, sent.message_id)
    assert (await bot.send_message(BRAM, "x")).text == "x"
    assert await bot.send_chat_action(ANA, "typing")
    await people.advance(2)
    assert (await bot.send_message(ANA, "two")).text == "two"


async def test_all_chats_share_the_second(bot: Bot, people: Telegram) -> None:
    await people.rate(per_second=30)
    for number in range(30):
        await bot.send_message((ANA, BRAM)[number % 2], str(number))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(ANA, "x")
    assert caught.value.retry_after == timedelta(seconds=1)
    await people.fair()
    assert (await bot.send_message(ANA, "x")).text == "x"


async def test_a_group_has_its_minute(bot: Bot, people: Telegram) -> None:
    await people.group(-100, members={ANA: "creator", 4200: "member"})
    await people.rate(per_group_minute=20)
    for number in range(20):
        await bot.send_message(-100, str(number))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(-100, "x")
    assert caught.value.retry_after in [timedelta(seconds=seconds) for seconds in range(55, 61)]


async def test_a_refused_message_costs_nothing(bot: Bot, people: Telegram) -> None:
    await people.rate(per_chat_second=1)
    with pytest.raises(BadRequest):
        await bot.send_message(ANA, "<br>", parse_mode="HTML")
    assert (await bot.send_message(ANA, "x")).text == "x"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"method": "sendMesage"}, "There is no method 'sendMesage'"),
        ({"when": "never"}, '"when" must be before or after'),
        ({"parameters": [1]}, '"parameters" must be an object of integers'),
        ({"code": 700}, '"code" must be an HTTP error, 400 to 599'),
        ({"colour": "grey"}, '"colour" is not known here'),
        ({"share": "half"}, '"share" must be a number'),
    ],
)
async def test_a_fault_that_makes_no_sense(people: Telegram, fault: dict[str, object], sentence: str) -> None:
    with pytest.raises(UnexpectedAnswerError) as caught:
        await people.fault(**fault)
    assert str(caught.value) == f"400: {sentence}"
