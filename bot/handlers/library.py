"""The library: looked through, looked for with words, opened."""

from telegram import Update

from bot.callbacks import (
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
from bot.replies import show
from bot.screens import library as screens
from domain.library import finding, upkeep

LINK = "e_"
"""What a deep link to an entry begins with."""


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
