"""What was learnt of a webinar, and agendas handed on: told, offered, taken over."""

from telegram import Update

from bot.callbacks import AgendaShare, AgendaUse, LessonTell
from bot.context import Context, names_of, pressed
from bot.replies import send, show
from bot.screen import Screen
from bot.screens import draft as draft_screens
from bot.screens import lessons as screens
from bot.screens import library as library_screens
from bot.screens import writing as writing_screens
from domain import agendas, drafts, lessons
from domain.asking import Asking
from domain.library import finding
from domain.reading.draft_values import FieldError
from storage import EntryKind


async def tell(update: Update, context: Context) -> None:
    press = pressed(update, LessonTell)
    kind = EntryKind(press.kind) if press.kind in set(drafts.LEARNT) else EntryKind.LESSON
    card = await context.database.write(lessons.begin, press.code, context.person_id, kind, now=context.now())
    await show(update, context, screens.ask(card, kind, context.texts))


async def told(update: Update, context: Context, text: str) -> None:
    """What was typed becomes a draft for the library; what is too long leaves the question open."""
    texts = context.texts
    try:
        view = await context.database.write(
            lessons.take, context.person_id, text, language=texts.language, now=context.now()
        )
    except FieldError as error:
        person = context.arrival.person
        kind = lessons.QUESTIONS[Asking(person.asking or "")]
        asked = await context.database.write(
            lessons.begin, person.asking_about, context.person_id, kind, now=context.now()
        )
        fault = texts.warn(texts.field_fault(error.fault, error.limit))
        await send(update, context, Screen(fault, screens.ask(asked, kind, texts).rows))
    else:
        await send(update, context, writing_screens.card(view, texts))


async def offered(update: Update, context: Context) -> None:
    view = await context.database.read(drafts.show, context.person_id)
    found = await context.database.read(lessons.offered, context.person_id, view.fields.topics)
    await show(update, context, screens.offered(found, context.texts))


async def share_agenda(update: Update, context: Context) -> None:
    code = pressed(update, AgendaShare).code
    view = await context.database.write(
        agendas.share, code, context.person_id, language=context.texts.language, now=context.now()
    )
    await show(update, context, writing_screens.card(view, context.texts))


async def look_for_agendas(update: Update, context: Context) -> None:
    """The library, narrowed to agendas."""
    await context.database.write(finding.clear, context.person_id)
    await context.database.write(finding.toggle, context.person_id, "kind", EntryKind.AGENDA, names_of)
    found = await context.database.write(finding.fitting, context.person_id, 1, names_of)
    await show(update, context, library_screens.listing(found, context.texts))


async def use_agenda(update: Update, context: Context) -> None:
    code, texts = pressed(update, AgendaUse).code, context.texts
    try:
        view = await context.database.write(
            agendas.fill, code, context.person_id, timezone=context.kit.usual.timezone, now=context.now()
        )
    except FieldError as error:
        await show(update, context, Screen(texts.warn(texts.field_fault(error.fault, error.limit))))
    else:
        await show(update, context, draft_screens.draft_card(view, texts))
