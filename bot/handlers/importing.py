"""A file of webinars: read, shown what it would lead to, then taken.

Nothing of it is kept between two presses: each answers the message with the file, and it is fetched from there again.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from telegram import Document, InputFile, Message, ReplyParameters, Update
from telegram.error import BadRequest

from bot.callbacks import ImportFor, ImportTake
from bot.context import Context, pressed
from bot.handlers import drafting
from bot.patience import patiently
from bot.replies import show
from bot.screen import Screen
from bot.screens import draft as draft_screens
from bot.screens import importing as screens
from bot.screens.importing import Foreseen
from domain import access, importing, importing_desk
from domain.choices import Choice
from domain.errors import NotAllowedError
from domain.importing_identity import Identified
from domain.importing_values import CHAT, Contents, Event, FileRefusedError, Outcome, Refusal, Report
from feeds import importing as files


async def explain(update: Update, context: Context) -> None:
    await context.database.read(access.require_poster, context.person_id)
    await show(update, context, screens.explained(context.texts))


def file_in(message: Message) -> Document | None:
    """The file, if it may be one of webinars."""
    document = message.document
    name = (document.file_name or "").lower() if document else ""
    return document if name.endswith(files.SUFFIXES) else None


async def received(document: Document, update: Update, context: Context) -> None:
    """Say what a file would lead to; somebody who organises for several says first for whom."""
    choices = await context.database.read(importing_desk.partnerships, context.person_id)
    screen, report = await _first_screen(document, choices, context)
    await _reply(update, context, screen)
    await _send_rest(update, context, report)


async def _first_screen(
    document: Document, choices: Sequence[Choice], context: Context
) -> tuple[Screen, Report | None]:
    try:
        contents = await _read(document, context)
    except FileRefusedError as error:
        return screens.refused(error, context.texts), None
    except BadRequest:
        return Screen(context.texts.import_file_gone()), None
    if len(choices) != 1:
        return screens.for_whom(document.file_name or "", choices, context.texts), None
    found = await _foresee(document, contents, choices[0], context)
    return screens.foreseen(found, context.texts), found.report


async def choose(update: Update, context: Context) -> None:
    partnership = await _chosen(pressed(update, ImportFor).partnership, context)
    if opened := await _opened(update, context):
        found = await _foresee(*opened, partnership, context)
        await show(update, context, screens.foreseen(found, context.texts))
        await _send_rest(update, context, found.report)


async def take(update: Update, context: Context) -> None:
    press = pressed(update, ImportTake)
    partnership = await _chosen(press.partnership, context)
    if opened := await _opened(update, context):
        document, contents = opened
        found = await _take(document, contents, partnership, publish=bool(press.publish), context=context)
        await show(update, context, screens.done(found, context.texts))
        await _send_rest(update, context, found.report)


async def fill(update: Update, context: Context) -> None:
    """Put the file's one event into the open draft."""
    await context.database.read(access.require_poster, context.person_id)
    opened = await _opened(update, context)
    if opened is None:
        return
    _, contents = opened
    if len(contents.events) != 1:
        await show(update, context, Screen(context.texts.import_file_gone()))
        return
    view = await context.database.write(
        importing_desk.fill_draft, contents.events[0], context.person_id, now=context.now()
    )
    await drafting.show_here(update, context, draft_screens.draft_card(view, context.texts))


async def _read(document: Document, context: Context) -> Contents:
    """Fetch the file and read it, in a thread: others go on meanwhile. Raises FileRefusedError."""
    if (document.file_size or 0) > CHAT.size:
        raise FileRefusedError(Refusal.TOO_LARGE, limit=CHAT.size)
    file = await patiently(lambda: context.bot.get_file(document.file_id))
    content = bytes(await file.download_as_bytearray())
    timezone, now = context.kit.usual.timezone, context.now()
    return await asyncio.to_thread(files.read, content, document.file_name or "", CHAT, timezone=timezone, now=now)


async def _opened(update: Update, context: Context) -> tuple[Document, Contents] | None:
    """The file that the pressed message answers, read again; if that can't be, it is said."""
    query = update.callback_query
    message = query.message if query else None
    answered = message.reply_to_message if isinstance(message, Message) else None
    document = file_in(answered) if answered else None
    screen = Screen(context.texts.import_file_gone())
    with contextlib.suppress(BadRequest):  # Telegram does not keep it any more
        try:
            if document is not None:
                return document, await _read(document, context)
        except FileRefusedError as error:
            screen = screens.refused(error, context.texts)
    await show(update, context, screen)
    return None


async def _chosen(partnership_id: str, context: Context) -> Choice:
    choices = await context.database.read(importing_desk.partnerships, context.person_id)
    found = next((choice for choice in choices if choice.id == partnership_id), None)
    if found is None:
        raise NotAllowedError
    return found


async def _foresee(document: Document, contents: Contents, partnership: Choice, context: Context) -> Foreseen:
    """What would become of the file: as drafts, and how many if all were published."""
    events, remarks = await _identified(contents, partnership, context)
    name = document.file_name or ""
    report = await _do(importing.rehearse, events, name, partnership, publish=False, context=context)
    published = await _do(importing.rehearse, events, name, partnership, publish=True, context=context)
    fills = len(contents.events) == 1 and await context.database.read(importing_desk.has_open_draft, context.person_id)
    return Foreseen(
        name=name,
        partnership=partnership,
        contents=contents,
        report=Report((), contents.remarks + remarks) + report,
        publishable=published.counts[Outcome.PUBLISHED],
        fills=fills,
    )


async def _take(
    document: Document, contents: Contents, partnership: Choice, *, publish: bool, context: Context
) -> Foreseen:
    events, remarks = await _identified(contents, partnership, context)
    name = document.file_name or ""
    report = await _do(importing.take, events, name, partnership, publish=publish, context=context)
    left = await _do(importing.rehearse, events, name, partnership, publish=True, context=context)
    return Foreseen(
        name=name,
        partnership=partnership,
        contents=contents,
        report=Report((), contents.remarks + remarks) + report,
        publishable=left.counts[Outcome.PUBLISHED],
    )


async def _identified(contents: Contents, partnership: Choice, context: Context) -> Identified:
    return await context.database.read(importing.identify, contents.events, partnership.id, now=context.now())


async def _do(
    use_case: Callable[..., Report],
    events: Sequence[Event],
    name: str,
    partnership: Choice,
    *,
    publish: bool,
    context: Context,
) -> Report:
    """In parts, each a transaction of its own, so that nobody else waits for long."""
    report = Report()
    for some in importing.batches(events):
        report += await context.database.write(
            use_case,
            some,
            person_id=context.person_id,
            partnership_id=partnership.id,
            publish=publish,
            name=name,
            settle=context.kit.settle,
            now=context.now(),
        )
    return report


async def _reply(update: Update, context: Context, screen: Screen) -> None:
    """In answer to the message with the file: its buttons find it there."""
    message = update.effective_message
    assert message
    answered = ReplyParameters(message.message_id, allow_sending_without_reply=True, quote_parse_mode=None)
    await patiently(
        lambda: context.bot.send_message(
            message.chat_id, screen.text, reply_markup=screen.markup(), reply_parameters=answered
        )
    )


async def _send_rest(update: Update, context: Context, report: Report | None) -> None:
    """Every line that there was no room for."""
    chat = update.effective_chat
    rest = screens.rest(report, context.texts) if report else None
    if chat is None or rest is None:
        return
    file = InputFile(rest.encode(), "import.txt")
    caption = context.texts.import_list_caption()
    await patiently(lambda: context.bot.send_document(chat.id, file, caption=caption))
