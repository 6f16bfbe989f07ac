"""Writing a webinar: typed messages fill the field that was asked for, buttons do the rest."""

import contextlib

from markupsafe import Markup
from telegram import Message, MessageEntity, Update
from telegram.error import BadRequest

from bot.callbacks import DraftAsk, DraftDiscard, DraftHost, DraftLanguage, DraftTopic
from bot.context import Context, pressed
from bot.replies import send, show
from bot.screen import Screen
from bot.screens import draft as screens
from domain import drafts, publishing
from domain.draft_values import FieldError
from domain.drafts import DraftIncompleteError, DraftView, Field
from domain.when import WhenError

_CHOSEN = {Field.HOSTS: screens.hosts, Field.TOPICS: screens.topics, Field.LANGUAGE: screens.languages}


async def new(update: Update, context: Context) -> None:
    view = await context.database.write(
        drafts.start, context.person_id, timezone=context.kit.usual.timezone, now=context.now()
    )
    await _show_below(update, context, view)


async def take(message: Message, update: Update, context: Context) -> bool:
    """Let a typed message fill the field that the person's draft asked for. False: it asked for none."""
    fault = None
    try:
        view = await _fill(message, context)
    except FieldError as error:
        fault = context.texts.field_fault(error.fault, error.limit)
        view = await context.database.read(drafts.show, context.person_id)
    except WhenError as error:
        fault = context.texts.when_fault(error.fault, error.part)
        view = await context.database.read(drafts.show, context.person_id)
    if view is not None:
        await _show_below(update, context, view, fault)
    return view is not None


async def _fill(message: Message, context: Context) -> DraftView | None:
    if not context.arrival.organiser:
        return None
    picked = next((entity for entity in message.entities if entity.type == MessageEntity.DATE_TIME), None)
    return await context.database.write(
        drafts.fill,
        context.person_id,
        message.text or "",
        picked=picked.unix_time if picked else None,
        now=context.now(),
    )


async def back(update: Update, context: Context) -> None:
    view = await context.database.read(drafts.show, context.person_id)
    await show(update, context, screens.draft_card(view, context.texts))


async def ask(update: Update, context: Context) -> None:
    field = _field(pressed(update, DraftAsk).field)
    if field is None:
        await back(update, context)
        return
    view = await context.database.write(drafts.ask, context.person_id, field, now=context.now())
    screen = _CHOSEN.get(field, screens.draft_card)
    await show(update, context, screen(view, context.texts))


async def toggle_host(update: Update, context: Context) -> None:
    partnership = pressed(update, DraftHost).partnership
    view = await context.database.write(drafts.toggle_host, context.person_id, partnership, now=context.now())
    await show(update, context, screens.hosts(view, context.texts))


async def toggle_topic(update: Update, context: Context) -> None:
    topic = pressed(update, DraftTopic).topic
    view = await context.database.write(drafts.toggle_topic, context.person_id, topic, now=context.now())
    await show(update, context, screens.topics(view, context.texts))


async def choose_language(update: Update, context: Context) -> None:
    language = pressed(update, DraftLanguage).language
    view = await context.database.write(drafts.choose_language, context.person_id, language, now=context.now())
    await show(update, context, screens.languages(view, context.texts))


async def preview(update: Update, context: Context) -> None:
    try:
        card = await context.database.read(publishing.preview, context.person_id, now=context.now())
    except DraftIncompleteError as error:
        await _refuse(update, context, _missing(context, error))
        return
    await show(update, context, screens.preview(card, context.texts))


async def publish(update: Update, context: Context) -> None:
    try:
        card = await context.database.write(publishing.publish, context.person_id, now=context.now())
    except DraftIncompleteError as error:
        await _refuse(update, context, _missing(context, error))
    except WhenError:
        await _refuse(update, context, context.texts.start_passed())
    else:
        url = f"{context.kit.public_url}/webinars/{card.code}"
        await show(update, context, screens.published(card, url, context.texts))


async def discard(update: Update, context: Context) -> None:
    if not pressed(update, DraftDiscard).sure:
        await context.database.read(drafts.show, context.person_id)  # raises where there is nothing to discard
        await show(update, context, screens.discard(context.texts))
        return
    await context.database.write(drafts.discard, context.person_id)
    await show(update, context, Screen(context.texts.discarded()))


async def _refuse(update: Update, context: Context, reason: str) -> None:
    view = await context.database.read(drafts.show, context.person_id)
    await show(update, context, screens.draft_card(view, context.texts), alert=reason)


def _missing(context: Context, error: DraftIncompleteError) -> str:
    return context.texts.draft_incomplete([context.texts.label(field) for field in error.missing])


def _field(name: str) -> Field | None:
    return Field(name) if name in set(Field) else None


async def _show_below(update: Update, context: Context, view: DraftView, fault: Markup | None = None) -> None:
    """Show the draft under what was just typed, and take the card further up away: there is only one."""
    sent = await send(update, context, screens.draft_card(view, context.texts, fault))
    await context.database.write(drafts.shown, context.person_id, sent.message_id)
    if view.message_id is not None:
        with contextlib.suppress(BadRequest):  # too old to be deleted, or the person did it
            await context.bot.delete_message(sent.chat_id, view.message_id)
