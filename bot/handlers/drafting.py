"""Writing a webinar: typed messages fill the field that was asked for, buttons do the rest."""

import contextlib

from markupsafe import Markup
from telegram import Message, Update
from telegram.error import BadRequest

from bot.callbacks import DraftAsk, DraftClear, DraftDiscard, DraftFor, DraftHost, DraftLanguage, DraftTopic, DraftUse
from bot.context import Context, pressed
from bot.handlers import outlook
from bot.replies import send, show
from bot.screen import Screen
from bot.screens import draft as screens
from bot.screens import pasted
from domain import drafts, intake, publishing
from domain.drafts import DraftIncompleteError, DraftView, Field, ForWhom
from domain.intake import Taken
from domain.reading.draft_values import FieldError
from domain.reading.when import WhenError

_CHOSEN = {
    Field.HOSTS: screens.hosts,
    Field.TOPICS: screens.topics,
    Field.LANGUAGE: screens.languages,
    Field.FOR_WHOM: screens.for_whom,
}


async def new(update: Update, context: Context) -> None:
    """Show the draft that is open, or start one; from the one, another can be started."""
    view = await context.database.write(
        drafts.start, context.person_id, timezone=context.kit.usual.timezone, now=context.now()
    )
    screen = screens.draft_card(view, context.texts, another=not view.fields.blank)
    if update.callback_query:
        await show_here(update, context, screen)
    else:
        await _show_below(update, context, view, screen)


async def take(message: Message, update: Update, context: Context) -> bool:
    """Let a message fill what the person's draft asked for, or the whole draft. False: it was for neither."""
    if not context.arrival.organiser:
        return False
    try:
        taken = await _taken(message, context)
    except FieldError as error:
        await _refuse_below(update, context, context.texts.field_fault(error.fault, error.limit))
        return True
    except WhenError as error:
        await _refuse_below(update, context, context.texts.when_fault(error.fault, error.part))
        return True
    if taken is None:
        return False
    said = pasted.said(taken, context.texts)
    await _show_below(update, context, taken.view, screens.draft_card(taken.view, context.texts, said=said))
    return True


async def _taken(message: Message, context: Context) -> Taken | None:
    """What stands below a picture is no answer, but may be an invitation."""
    entities = message.entities or message.caption_entities
    sent = intake.Message(
        text=message.text or message.caption or "",
        answer=message.text is not None,
        hidden=tuple(entity.url for entity in entities if entity.url),
        picked=tuple(entity.unix_time for entity in entities if entity.unix_time),
        forwarded=message.forward_origin is not None,
    )
    timezone = context.kit.usual.timezone
    return await context.database.write(intake.take, context.person_id, sent, timezone=timezone, now=context.now())


async def use_offer(update: Update, context: Context) -> None:
    field = _field(pressed(update, DraftUse).field)
    if field is None:
        await back(update, context)
        return
    view = await context.database.write(intake.use_offer, context.person_id, field, now=context.now())
    await show(update, context, screens.draft_card(view, context.texts))


async def keep_mine(update: Update, context: Context) -> None:
    view = await context.database.write(intake.keep_mine, context.person_id, now=context.now())
    await show(update, context, screens.draft_card(view, context.texts))


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


async def clear(update: Update, context: Context) -> None:
    field = _field(pressed(update, DraftClear).field)
    if field is None:
        await back(update, context)
        return
    view = await context.database.write(drafts.clear, context.person_id, field, now=context.now())
    await show(update, context, screens.draft_card(view, context.texts))


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


async def choose_for_whom(update: Update, context: Context) -> None:
    whom = pressed(update, DraftFor).whom
    if whom not in set(ForWhom):
        await back(update, context)
        return
    view = await context.database.write(drafts.choose_for_whom, context.person_id, ForWhom(whom), now=context.now())
    await show(update, context, screens.draft_card(view, context.texts))


async def preview(update: Update, context: Context) -> None:
    try:
        card = await context.database.read(publishing.preview, context.person_id, now=context.now())
        looked = await outlook.of_draft(context)
    except DraftIncompleteError as error:
        await _refuse(update, context, _missing(context, error))
        return
    await show(update, context, screens.preview(card, looked, context.texts))


async def publish(update: Update, context: Context) -> None:
    try:
        card = await context.database.write(publishing.publish, context.person_id, now=context.now())
    except DraftIncompleteError as error:
        await _refuse(update, context, _missing(context, error))
    except WhenError:
        await _refuse(update, context, context.texts.start_passed())
    else:
        url = None if card.meeting else f"{context.kit.public_url}/webinars/{card.code}"
        await show(update, context, screens.published(card, url, context.texts))


async def discard(update: Update, context: Context) -> None:
    if not pressed(update, DraftDiscard).sure:
        await context.database.read(drafts.show, context.person_id)  # raises where there is nothing to discard
        await show(update, context, screens.discard(context.texts))
        return
    await context.database.write(drafts.discard, context.person_id, now=context.now())
    await show(update, context, Screen(context.texts.discarded()))


async def _refuse(update: Update, context: Context, reason: str) -> None:
    view = await context.database.read(drafts.show, context.person_id)
    await show(update, context, screens.draft_card(view, context.texts), alert=reason)


def _missing(context: Context, error: DraftIncompleteError) -> str:
    return context.texts.draft_incomplete([context.texts.label(field) for field in error.missing])


def _field(name: str) -> Field | None:
    return Field(name) if name in set(Field) else None


async def show_here(update: Update, context: Context, screen: Screen) -> None:
    """Turn the pressed message into the draft's card, which goes when the next thing is typed."""
    sent = await show(update, context, screen) or update.effective_message
    assert sent
    await context.database.write(drafts.shown, context.person_id, sent.message_id)


async def _refuse_below(update: Update, context: Context, fault: Markup) -> None:
    view = await context.database.read(drafts.show, context.person_id)
    await _show_below(update, context, view, screens.draft_card(view, context.texts, fault))


async def _show_below(update: Update, context: Context, view: DraftView, screen: Screen) -> None:
    """Show the draft under what was just typed, and take the card further up away: there is only one."""
    sent = await send(update, context, screen)
    await context.database.write(drafts.shown, context.person_id, sent.message_id)
    if view.message_id is not None:
        with contextlib.suppress(BadRequest):  # too old to be deleted, or the person did it
            await context.bot.delete_message(sent.chat_id, view.message_id)
