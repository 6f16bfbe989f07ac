"""Sharing with the partnerships: what was sent is offered to be shared, what is shared is written part by part."""

from markupsafe import Markup
from telegram import Message, ReplyParameters, Update
from telegram.error import BadRequest

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
from bot.handlers import receiving
from bot.handlers.receiving import Attachment
from bot.patience import patiently
from bot.replies import send, show
from bot.screen import Screen, cut
from bot.screens import library as library_screens
from bot.screens import writing as screens
from domain import access, answers
from domain.countries import CountryError
from domain.errors import NotAllowedError
from domain.library import filing, upkeep, writing
from domain.library.files import FileFaultError, Received
from domain.library.filing import Heading
from domain.library.parts import Part
from domain.library.rights import EntryNotFoundError
from domain.library.writing import Given, IncompleteError, NothingOpenError, Writing
from domain.reading.draft_values import FieldError
from storage import EntryKind

_QUOTED = 60


async def share(update: Update, context: Context) -> None:
    """Ask what it is."""
    await context.database.read(access.require_poster, context.person_id)
    drafts = await context.database.read(upkeep.count_drafts, context.person_id)
    await show(update, context, screens.kinds(context.texts, drafts=drafts))


async def offer(message: Message, context: Context) -> None:
    """Offer to share what was sent. The answer to the message finds it there when its button is pressed."""
    attachment = receiving.attachment_of(message)
    card = bool(message.contact or (attachment and attachment.is_card))
    screen = screens.kinds(context.texts, this=True, card=card)
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
    """Begin with what the pressed message answers, a file, a contact or a text. It is fetched only now."""
    await context.database.read(access.require_poster, context.person_id)
    message = update.callback_query.message if update.callback_query else None
    answered = message.reply_to_message if isinstance(message, Message) else None
    kind = pressed(update, ShareThis).kind
    try:
        given = await _given(answered, kind, context) if answered else None
    except FileFaultError as error:
        await _say(update, context, context.texts.warn(context.texts.file_fault(error.fault)))
        return
    except BadRequest:  # Telegram does not keep it any more
        given = None
    if given is None and answered and kind == EntryKind.CONTACT:
        await _say(update, context, context.texts.warn(context.texts.no_card()))
    elif given is None:
        await show(update, context, screens.gone(context.texts))
    else:
        await _start(update, context, kind, given)


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
        await _say(update, context, context.texts.warn(context.texts.field_fault(error.fault, error.limit)))
        return
    await show(update, context, screens.card(view, context.texts))


async def _say(update: Update, context: Context, fault: Markup) -> None:
    await show(update, context, Screen(fault, screens.gone(context.texts).rows))


async def _given(message: Message, kind: str, context: Context) -> Given | None:
    if kind == EntryKind.CONTACT:
        card = await receiving.card_in(message, context)
        return Given(card=card) if card else None
    attachment = receiving.attachment_of(message)
    if attachment is not None:
        return Given(file=await receiving.fetch(attachment, context))
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


async def sent(update: Update, context: Context, attachment: Attachment) -> None:
    """A file where a link or a file was asked for."""
    try:
        received = await receiving.fetch(attachment, context)
    except FileFaultError as error:
        await _refuse(update, context, context.texts.file_fault(error.fault))
        return
    await given(update, context, received)


async def given(update: Update, context: Context, what: str | Received) -> None:
    """The part that was asked for. One that can't be used leaves the question open."""
    texts = context.texts
    try:
        view = await context.database.write(writing.fill, context.person_id, what, now=context.now())
    except FieldError as error:
        await _refuse(update, context, texts.field_fault(error.fault, error.limit))
    except CountryError as error:
        await _refuse(update, context, texts.bad_country(cut(error.name, _QUOTED)))
    except (EntryNotFoundError, NothingOpenError, NotAllowedError):  # nothing that is given would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    else:
        await send(update, context, screens.card(view, texts))


async def _refuse(update: Update, context: Context, fault: Markup) -> None:
    view = await context.database.read(writing.asked, context.person_id)
    await send(update, context, screens.card(view, context.texts, fault))


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
