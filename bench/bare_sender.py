"""The least that sends many such messages with the same library: eight workers and a list.

A process of its own; when all is sent it stays until it is ended, so that it can be looked at.
"""

import asyncio
import sys
from collections.abc import Iterator

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import Application

_WORKERS = 8
_TEXT = (
    'Starts <tg-time unix="1800000000" format="r">in 1 hour</tg-time>: <b>Going to new markets</b>\n'
    '📅 <tg-time unix="1800000000" format="wDt">Fri 15 Jan, 09:00 CET</tg-time>'
)


def _buttons(person: int) -> InlineKeyboardMarkup:
    """As under Convoke's reminder: the link is each person's own."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("Join now", url=f"https://meet.example.org/secret/{person}")],
            [
                InlineKeyboardButton("Details", callback_data="w:x"),
                InlineKeyboardButton("Cancel registration", callback_data="l:x"),
            ],
            [
                InlineKeyboardButton("Why?", callback_data="y"),
                InlineKeyboardButton("Reminder settings", callback_data="r"),
            ],
        ]
    )


async def _work(bot: Bot, people: Iterator[int]) -> None:
    for person in people:
        await bot.send_message(person, _TEXT, "HTML", reply_markup=_buttons(person))


async def _send_all(api_url: str, token: str, first: int, count: int) -> None:
    application = Application.builder().token(token).base_url(f"{api_url}/bot").build()
    people = iter(range(first, first + count))
    async with application.bot as bot:
        await asyncio.gather(*(_work(bot, people) for _ in range(_WORKERS)))


def main() -> None:
    api_url, token, first, count = sys.argv[1:]
    asyncio.run(_send_all(api_url, token, int(first), int(count)))
    sys.stdin.read()


if __name__ == "__main__":
    main()
