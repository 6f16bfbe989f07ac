import asyncio

import pytest

from sandbox.transcript import Filter, Transcript


def add(transcript: Transcript, method: str = "sendMessage", chat_id: int | None = 1, *, ok: bool = True) -> int:
    return transcript.add(9, method, chat_id, {"method": method, "ok": ok}).seq


def found(transcript: Transcript, wanted: Filter, limit: int = 100) -> list[int]:
    return [entry.seq for entry in transcript.find(wanted, limit)]


@pytest.mark.parametrize(
    ("wanted", "sequence"),
    [
        (Filter(), [1, 2, 3]),
        (Filter(since=1), [2, 3]),
        (Filter(method="SendMessage"), [1, 3]),
        (Filter(chat_id=1), [1, 2]),
        (Filter(bot_id=8), []),
        (Filter(refused=True), [3]),
    ],
)
def test_filter(wanted: Filter, sequence: list[int]) -> None:
    transcript = Transcript()
    add(transcript)
    add(transcript, "getMe")
    add(transcript, chat_id=2, ok=False)
    assert found(transcript, wanted) == sequence


def test_the_ring_forgets_the_oldest_and_keeps_the_numbers() -> None:
    transcript = Transcript(kept=3)
    for _ in range(8):
        add(transcript)
    assert found(transcript, Filter()) == [6, 7, 8]
    assert [entry.json()["seq"] for entry in transcript.find(Filter(), 9)] == [6, 7, 8]


def test_get_finds_a_call_by_its_number() -> None:
    transcript = Transcript(kept=3)
    numbers = [add(transcript) for _ in range(5)]
    assert [entry.seq if (entry := transcript.get(number)) else None for number in [*numbers, 6]] == [
        None,
        None,
        3,
        4,
        5,
        None,
    ]


def test_a_long_call_is_kept_whole() -> None:
    transcript = Transcript()
    record = {"method": "sendMessage", "ok": True, "text": "é" * 4096}
    entry = transcript.add(9, "sendMessage", 1, record)
    assert (entry.json(), len(entry.body) < 1000) == ({"seq": 1} | record, True)


def test_numbers_go_on_after_clearing() -> None:
    transcript = Transcript(kept=3)
    for _ in range(5):
        add(transcript)
    transcript.clear()
    assert (found(transcript, Filter()), add(transcript), found(transcript, Filter())) == ([], 6, [6])


async def test_wait_returns_when_enough_calls_match() -> None:
    transcript = Transcript()
    add(transcript)
    waiting = asyncio.create_task(transcript.wait(Filter(method="sendMessage"), 2, 30))
    await asyncio.sleep(0)
    add(transcript, "getMe")
    await asyncio.sleep(0)
    assert not waiting.done()
    add(transcript)
    await waiting
    assert found(transcript, Filter(method="sendMessage")) == [1, 3]


async def test_wait_gives_up() -> None:
    transcript = Transcript()
    await transcript.wait(Filter(), 1, 0.01)
    assert found(transcript, Filter()) == []
