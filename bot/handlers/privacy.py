"""What is stored of a person: told, handed over, forgotten."""

import json

from telegram import InputFile, Update

from bot.callbacks import Erase
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, show
from bot.screen import Screen
from bot.screens import privacy as screens
from domain import privacy


async def told(update: Update, context: Context) -> None:
    await show(update, context, screens.privacy(context.texts, organiser=context.arrival.organiser))


async def export(update: Update, context: Context) -> None:
    query, chat = update.callback_query, update.effective_chat
    assert query
    assert chat
    stored = await context.database.read(privacy.export, context.person_id, now=context.now())
    await answer(query)
    content = json.dumps(stored, ensure_ascii=False, indent=2).encode()
    document = InputFile(content, filename="convoke.json")
    await patiently(lambda: context.bot.send_document(chat.id, document, caption=context.texts.export_caption()))


async def erase(update: Update, context: Context) -> None:
    if not pressed(update, Erase).sure:
        await show(update, context, screens.erase_sure(context.texts))
        return
    await context.database.write(privacy.erase, context.person_id, now=context.now())
    await show(update, context, Screen(context.texts.erased()))


async def stay(update: Update, context: Context) -> None:
    """That they pressed it was enough: whoever is seen stays."""
    await show(update, context, screens.stays(context.texts))
