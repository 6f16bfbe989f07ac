"""Sharing with the partnerships: what was sent is offered to be shared, what is shared is written part by part."""

from telegram import Message, ReplyParameters, Update

from bot.callbacks import (
    EntryRevise,
    FilingSet,
    FilingShow,
    ShareDrafts,
    ShareKind,
    ShareThis,
    WritingAsk,
    WritingClear,
    WritingDrop,
    WritingShare,
    WritingShow,
)
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import send, show
from bot.screen import Screen
from bot.screens import library as library_screens
from bot.screens import writing as screens
from domain import access, answers
from domain.errors import NotAllowedError
from domain.library import filing, upkeep, writing
from domain.library.filing import Heading
from domain.library.rights import EntryNotFoundError
from domain.library.writing import Given, IncompleteError, NothingOpenError, Part, Writing
from domain.reading.draft_values import FieldError
from storage import EntryKind


async def share(update: Update, context: Context) -> None:
    """Ask what it is."""
    await context.database.read(access.require_poster, context.person_id)
    drafts = await context.database.read(upkeep.count_drafts, context.person_id)
    await show(update, context, screens.kinds(context.texts, drafts=drafts))


async def offer(message: Message, context: Context) -> None:
    """Offer to share what was sent. The answer to the message finds it there when its button is pressed."""
    screen = screens.kinds(context.texts, this=True)
    answered = ReplyParameters(message.message_id, allow_sending_without_reply=True, quote_parse_mode=None)
    await patiently(
        lambda: context.bot.send_message(
            message.chat_id, screen.text, reply_markup=screen.markup(), reply_parameters=answered
        )
    )


async def start(update: Update, context: Context) -> None:
    """Begin with nothing."""
    await _start(update, context, pressed(update, ShareKind).kind, None)


async def start_with_this(update: Update, context: Context) -> None:
    """Begin with what the pressed message answers."""
    message = update.callback_query.message if update.callback_query else None
    answered = message.reply_to_message if isinstance(message, Message) else None
    given = _given(answered) if answered else None
    if given is None:
        await show(update, context, screens.gone(context.texts))
        return
    await _start(update, context, pressed(update, ShareThis).kind, given)


async def _start(update: Update, context: Context, kind: str, given: Given | None) -> None:
    if kind not in set(EntryKind):
        await share(update, context)
        return
    language = context.arrival.person.language
    try:
        view = await context.database.write(
            writing.start, context.person_id, EntryKind(kind), given, language=language, now=context.now()
        )
    except FieldError as error:
        fault = context.texts.field_fault(error.fault, error.limit)
        await show(update, context, Screen(context.texts.warn(fault), screens.gone(context.texts).rows))
        return
    await show(update, context, screens.card(view, context.texts))


def _given(message: Message) -> Given | None:
    text = (message.text or "").strip()
    if not text:
        return None
    return Given(url=text) if is_link(text) else Given(text=text)


def is_link(text: str) -> bool:
    return text.startswith("https://") and len(text.split()) == 1


async def drafts(update: Update, context: Context) -> None:
    pile = await context.database.read(upkeep.drafts, context.person_id, pressed(update, ShareDrafts).page)
    await show(update, context, screens.drafts(pile, context.texts))


async def revise(update: Update, context: Context) -> None:
    code = pressed(update, EntryRevise).code
    await _show(
        update, context, await context.database.write(writing.revise, code, context.person_id, now=context.now())
    )


async def back(update: Update, context: Context) -> None:
    await _back(update, context, pressed(update, WritingShow).code)


async def ask(update: Update, context: Context) -> None:
    press = pressed(update, WritingAsk)
    if press.part not in set(Part):
        await _back(update, context, press.code)
        return
    view = await context.database.write(writing.ask, press.code, context.person_id, Part(press.part), now=context.now())
    await _show(update, context, view)


async def clear(update: Update, context: Context) -> None:
    press = pressed(update, WritingClear)
    if press.part not in set(Part):
        await _back(update, context, press.code)
        return
    view = await context.database.write(
        writing.clear, press.code, context.person_id, Part(press.part), now=context.now()
    )
    await _show(update, context, view)


async def typed(update: Update, context: Context, text: str) -> None:
    """The part that was asked for. One that can't be used leaves the question open."""
    texts = context.texts
    try:
        view = await context.database.write(writing.fill, context.person_id, text, now=context.now())
    except FieldError as error:
        view = await context.database.read(writing.asked, context.person_id)
        await send(update, context, screens.card(view, texts, texts.field_fault(error.fault, error.limit)))
    except (EntryNotFoundError, NothingOpenError, NotAllowedError):  # nothing that is typed would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    else:
        await send(update, context, screens.card(view, texts))


async def put_out(update: Update, context: Context) -> None:
    """Share what was written."""
    code, texts = pressed(update, WritingShare).code, context.texts
    try:
        found = await context.database.write(writing.share, code, context.person_id, now=context.now())
    except IncompleteError as error:
        view = await context.database.read(writing.show, code, context.person_id)
        missing = texts.writing_missing([texts.writing_label(part) for part in error.missing])
        await show(update, context, screens.card(view, texts), alert=missing)
        return
    await show(update, context, library_screens.entry(found, texts, said=texts.entry_shared()))


async def drop(update: Update, context: Context) -> None:
    press = pressed(update, WritingDrop)
    if not press.sure:
        view = await context.database.read(writing.show, press.code, context.person_id)
        await show(update, context, screens.drop_sure(view.entry, context.texts))
        return
    left = await context.database.write(writing.drop, press.code, context.person_id, now=context.now())
    rest = Screen(context.texts.dropped()) if left is None else library_screens.entry(left, context.texts)
    await show(update, context, rest)


async def file_under(update: Update, context: Context) -> None:
    """All headings under which something that is shared is found, or the choices under one of them."""
    press = pressed(update, FilingShow)
    if press.what not in set(Heading):
        found = await context.database.read(filing.look, press.code, context.person_id)
        await show(update, context, screens.filing(found, context.texts))
        return
    offered = await context.database.read(filing.offer, press.code, context.person_id, Heading(press.what))
    await show(update, context, screens.choices(offered, context.texts))


async def choose(update: Update, context: Context) -> None:
    press = pressed(update, FilingSet)
    if press.what not in set(Heading):
        found = await context.database.read(filing.look, press.code, context.person_id)
        await show(update, context, screens.filing(found, context.texts))
        return
    offered = await context.database.write(
        filing.choose, press.code, context.person_id, Heading(press.what), press.value, now=context.now()
    )
    await show(update, context, screens.choices(offered, context.texts))


async def _back(update: Update, context: Context, code: str) -> None:
    await _show(update, context, await context.database.read(writing.show, code, context.person_id))


async def _show(update: Update, context: Context, view: Writing) -> None:
    await show(update, context, screens.card(view, context.texts))
