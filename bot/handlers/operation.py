"""Why a message came, for everybody; how the outbox does, for administrators."""

from telegram import Update

from bot.callbacks import Dismiss, DismissAll, SendAgain
from bot.context import Context, pressed
from bot.replies import show
from bot.screens import operation as screens
from domain import operation, reasons


async def why(update: Update, context: Context) -> None:
    """Of the message under whose button was pressed, or to which the command is a reply; else of the last one."""
    query, message = update.callback_query, update.effective_message
    meant = message if query else message and message.reply_to_message
    reason = await context.database.read(reasons.why, context.person_id, meant.message_id if meant else None)
    await show(update, context, screens.why(reason, context.texts, context.timezone))


async def status(update: Update, context: Context) -> None:
    found = await context.database.read(operation.status, context.person_id, now=context.now())
    await show(update, context, screens.status(found, context.texts, context.timezone))


async def send_again(update: Update, context: Context) -> None:
    delivery_id = pressed(update, SendAgain).delivery
    await context.database.write(operation.send_again, context.person_id, delivery_id, now=context.now())
    await status(update, context)


async def dismiss(update: Update, context: Context) -> None:
    delivery_id = pressed(update, Dismiss).delivery
    await context.database.write(operation.dismiss, context.person_id, delivery_id, now=context.now())
    await status(update, context)


async def dismiss_all(update: Update, context: Context) -> None:
    number = pressed(update, DismissAll).number
    await context.database.write(operation.dismiss_all, context.person_id, number, now=context.now())
    await status(update, context)
