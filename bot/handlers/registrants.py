"""Who comes: read in the chat, counted, and taken away as a file."""

import asyncio

from telegram import InputFile, Update

from bot import exports
from bot.callbacks import PastShow, PeopleCount, PeopleExport, PeopleShow
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, show
from bot.screens import registrants as screens
from domain import registrants
from domain.registrants import Form


async def people(update: Update, context: Context) -> None:
    press = pressed(update, PeopleShow)
    await _people(update, context, press.code, press.page)


async def counts(update: Update, context: Context) -> None:
    code = pressed(update, PeopleCount).code
    roster = await context.database.write(registrants.page, code, context.person_id, 1, now=context.now())
    await show(update, context, screens.counts(roster, context.texts))


async def export(update: Update, context: Context) -> None:
    query, chat, texts = update.callback_query, update.effective_chat, context.texts
    press = pressed(update, PeopleExport)
    assert query
    assert chat
    if press.form not in set(Form):
        await _people(update, context, press.code, 1)
        return
    form = Form(press.form)
    roster = await context.database.write(registrants.export, press.code, context.person_id, form, now=context.now())
    await answer(query)
    content = await asyncio.to_thread(exports.file, roster, form, texts)
    document = InputFile(content, filename=f"{press.code}.{form}")
    await patiently(lambda: context.bot.send_document(chat.id, document, caption=texts.people_caption(form)))


async def past(update: Update, context: Context) -> None:
    number = pressed(update, PastShow).page
    page = await context.database.read(registrants.past, context.person_id, number, now=context.now())
    await show(update, context, screens.past(page, context.texts))


async def _people(update: Update, context: Context, code: str, number: int) -> None:
    roster = await context.database.write(registrants.page, code, context.person_id, number, now=context.now())
    await show(update, context, screens.people(roster, context.texts))
