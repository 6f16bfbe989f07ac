"""The library: looked through, looked for with words, opened."""

from telegram import InputFile, Update
from telegram.error import BadRequest

from bot.callbacks import (
    EntryFile,
    EntryRestore,
    EntryRetire,
    EntryShow,
    EntryVersion,
    EntryVersions,
    LibraryShow,
    LibraryToggle,
    LibraryTurn,
    RetiredShow,
)
from bot.context import Context, names_of, pressed
from bot.patience import patiently
from bot.replies import answer, say, show
from bot.screens import library as screens
from domain.library import files, finding, upkeep

LINK = "e_"
"""What a deep link to an entry begins with."""

_A_WHILE_S = 60


async def library(update: Update, context: Context) -> None:
    """/library shows what is new and much used, /library feedback what has these words."""
    words = " ".join(context.args or [])
    found = await context.database.write(finding.look_for, context.person_id, words, names_of)
    await show(update, context, screens.listing(found, context.texts))


async def fitting(update: Update, context: Context) -> None:
    number = pressed(update, LibraryShow).page
    found = await context.database.write(finding.fitting, context.person_id, number, names_of)
    await show(update, context, screens.listing(found, context.texts))


async def turn(update: Update, context: Context) -> None:
    press = pressed(update, LibraryTurn)
    found = await context.database.read(finding.turned, context.person_id, press.search, press.page, names_of)
    alert = None
    if found is None:
        found = await context.database.write(finding.look_for, context.person_id, "", names_of)
        alert = context.texts.library_old_list()
    await show(update, context, screens.listing(found, context.texts), alert)


async def find(update: Update, context: Context) -> None:
    found = await context.database.read(finding.switches, context.person_id, names_of)
    await show(update, context, screens.switches(found, context.texts))


async def toggle(update: Update, context: Context) -> None:
    press = pressed(update, LibraryToggle)
    found = await context.database.write(finding.toggle, context.person_id, press.kind, press.value, names_of)
    await show(update, context, screens.switches(found, context.texts))


async def clear(update: Update, context: Context) -> None:
    found = await context.database.write(finding.clear, context.person_id)
    await show(update, context, screens.switches(found, context.texts))


async def entry(update: Update, context: Context) -> None:
    await show_code(update, context, pressed(update, EntryShow).code)


async def show_code(update: Update, context: Context, code: str) -> None:
    found = await context.database.write(upkeep.opened, code, context.person_id)
    await show(update, context, screens.entry(found, context.texts))


async def file(update: Update, context: Context) -> None:
    """Send a file: as what this bot calls it at Telegram, else brought by us, once."""
    query, chat = update.callback_query, update.effective_chat
    assert query
    assert chat
    press, bot_id = pressed(update, EntryFile), str(context.bot.id)
    handout = await context.database.read(files.hand_out, press.code, context.person_id, press.number, bot_id=bot_id)
    if handout is None:
        await answer(query, context.texts.no_file_any_more())
        return
    await answer(query)
    if handout.file_id and await _is_sent(chat.id, handout.file_id, context):
        return
    content = await context.database.read(files.content, handout.digest)
    if content is None:
        await say(update, context, context.texts.warn(context.texts.file_gone(handout.name)))
        return
    message = await patiently(
        lambda: context.bot.send_document(
            chat.id, InputFile(content, handout.name), disable_content_type_detection=True, write_timeout=_A_WHILE_S
        )
    )
    if message.document:
        await context.database.write(files.remember, handout, bot_id, message.document.file_id)


async def _is_sent(chat_id: int, file_id: str, context: Context) -> bool:
    """False: Telegram does not know it by this name any more."""
    try:
        await patiently(lambda: context.bot.send_document(chat_id, file_id))
    except BadRequest:
        return False
    return True


async def history(update: Update, context: Context) -> None:
    code = pressed(update, EntryVersions).code
    found = await context.database.read(upkeep.history, code, context.person_id)
    await show(update, context, screens.history(found, context.texts))


async def edition(update: Update, context: Context) -> None:
    press = pressed(update, EntryVersion)
    found = await context.database.read(upkeep.edition, press.code, context.person_id, press.number)
    await show(update, context, screens.edition(found, context.texts))


async def retire(update: Update, context: Context) -> None:
    press = pressed(update, EntryRetire)
    if not press.sure:
        found = await context.database.read(upkeep.look, press.code, context.person_id)
        await show(update, context, screens.retire_sure(found, context.texts))
        return
    found = await context.database.write(upkeep.retire, press.code, context.person_id, now=context.now())
    await show(update, context, screens.entry(found, context.texts))


async def restore(update: Update, context: Context) -> None:
    code = pressed(update, EntryRestore).code
    found = await context.database.write(upkeep.restore, code, context.person_id, now=context.now())
    await show(update, context, screens.entry(found, context.texts))


async def retired(update: Update, context: Context) -> None:
    pile = await context.database.read(upkeep.retired, context.person_id, pressed(update, RetiredShow).page)
    await show(update, context, screens.retired(pile, context.texts))
