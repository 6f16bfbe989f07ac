"""People outside who may be asked: taken to one's phone, said to be right, erased."""

from telegram import InputFile, Update

from bot.callbacks import ContactCard, ContactConfirm, ContactErase
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, show
from bot.screen import Screen
from bot.screens import contacts as screens
from domain.library import contact_deeds


async def card(update: Update, context: Context) -> None:
    """The contact as a file that a phone takes up."""
    query, chat = update.callback_query, update.effective_chat
    assert query
    assert chat
    name, content = await context.database.write(
        contact_deeds.card, pressed(update, ContactCard).code, context.person_id
    )
    await answer(query)
    await patiently(lambda: context.bot.send_document(chat.id, InputFile(content, name)))


async def confirm(update: Update, context: Context) -> None:
    code = pressed(update, ContactConfirm).code
    found = await context.database.write(contact_deeds.confirm, code, context.person_id, now=context.now())
    await show(update, context, screens.confirmed(found, context.texts))


async def erase(update: Update, context: Context) -> None:
    press = pressed(update, ContactErase)
    if not press.sure:
        found = await context.database.read(contact_deeds.look, press.code, context.person_id)
        await show(update, context, screens.erase_sure(found, context.texts))
        return
    await context.database.write(contact_deeds.erase, press.code, context.person_id, now=context.now())
    await show(update, context, Screen(context.texts.contact_erased()))
