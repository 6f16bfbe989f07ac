"""Slides and a recording: asked for, taken as a link or a file, and given to whoever presses for them."""

from telegram import Message, Update

from bot.callbacks import MaterialAsk, MaterialGet, MaterialRemove, MaterialsShow
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, send, show
from bot.screen import Screen
from bot.screens import materials as screens
from domain import answers, materials
from domain.errors import NotAllowedError
from domain.materials import NotBegunError, SentFile
from domain.reading.draft_values import FieldError
from storage import MaterialKind


async def look(update: Update, context: Context) -> None:
    await _look(update, context, pressed(update, MaterialsShow).code)


async def ask(update: Update, context: Context) -> None:
    press = pressed(update, MaterialAsk)
    if press.material not in set(MaterialKind):
        await _look(update, context, press.code)
        return
    kind = MaterialKind(press.material)
    card = await context.database.write(materials.ask, press.code, context.person_id, kind, now=context.now())
    await show(update, context, screens.ask(card, kind, context.texts))


async def remove(update: Update, context: Context) -> None:
    press = pressed(update, MaterialRemove)
    if press.material in set(MaterialKind):
        kind = MaterialKind(press.material)
        await context.database.write(materials.remove, press.code, context.person_id, kind, now=context.now())
    await _look(update, context, press.code)


async def given(update: Update, context: Context, what: str | SentFile) -> None:
    """The link or the file that was asked for. What can't be used leaves the question open."""
    texts = context.texts
    try:
        added = await context.database.write(
            materials.take, context.person_id, what, settle=context.kit.settle, now=context.now()
        )
    except FieldError as error:
        rows = screens.back(context.arrival.person.asking_about, texts)
        await send(update, context, Screen(texts.warn(texts.field_fault(error.fault, error.limit)), rows))
    except (NotAllowedError, NotBegunError):  # nothing that is given would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    else:
        said = texts.material_replaced() if added.told is None else texts.material_added(added.told)
        await send(update, context, screens.materials(added.card, texts, said))


def file_in(message: Message) -> SentFile | None:
    """A document or a video; Telegram keeps either, and we only its name for it."""
    found = message.document or message.video
    return SentFile(found.file_id, found.file_name or "") if found else None


async def hand_out(update: Update, context: Context) -> None:
    """Send a file from a card to whoever presses."""
    query, chat = update.callback_query, update.effective_chat
    assert query
    assert chat
    press = pressed(update, MaterialGet)
    handout = None
    if press.material in set(MaterialKind):
        kind = MaterialKind(press.material)
        handout = await context.database.read(materials.fetch, press.code, context.person_id, kind, now=context.now())
    file_id = handout.file_id if handout else None
    if file_id is None:
        await answer(query, context.texts.no_material_any_more())
        return
    await answer(query)
    await patiently(lambda: context.bot.send_document(chat.id, file_id))


async def _look(update: Update, context: Context, code: str) -> None:
    card = await context.database.write(materials.show, code, context.person_id, now=context.now())
    await show(update, context, screens.materials(card, context.texts))
