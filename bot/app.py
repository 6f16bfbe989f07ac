"""The application, and the one table of all that people can say and press."""

from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.callbacks import (
    AddToCalendar,
    Callback,
    DraftAsk,
    DraftDiscard,
    DraftHost,
    DraftLanguage,
    DraftPreview,
    DraftPublish,
    DraftShow,
    DraftTopic,
    Leave,
    Register,
    ShowCalendar,
    ShowCard,
    ShowMine,
    ShowUpcoming,
)
from bot.context import KIT, App, Context
from bot.handlers import arrival, browsing, calendars, drafting, registering
from bot.kit import Kit
from bot.processor import PerPerson
from bot.refusals import Handler, guarded, without_update

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""Said to Telegram in polling and in webhook mode alike: without my_chat_member we never learn who blocked us."""


def build(token: str, api_url: str, kit: Kit) -> App:
    """The application; it talks to nobody until it is initialised."""
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(PerPerson())
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .job_queue(None)
        .build()
    )
    application.bot_data[KIT] = kit
    application.add_handler(TypeHandler(Update, arrival.meet), group=-1)
    application.add_handlers(_handlers())
    application.add_error_handler(without_update)
    return application


def _handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        _command("start", browsing.start),
        _command("webinars", browsing.upcoming),
        _command("mine", browsing.mine),
        _command("calendar", calendars.my_link),
        _command("new", drafting.new),
        _command("privacy", browsing.privacy),
        _command("help", browsing.help_),
        _button(ShowUpcoming, browsing.upcoming),
        _button(ShowMine, browsing.mine),
        _button(ShowCard, browsing.card),
        _button(Register, registering.register),
        _button(Leave, registering.leave),
        _button(AddToCalendar, calendars.file),
        _button(ShowCalendar, calendars.my_link),
        _button(DraftShow, drafting.back),
        _button(DraftAsk, drafting.ask),
        _button(DraftHost, drafting.toggle_host),
        _button(DraftTopic, drafting.toggle_topic),
        _button(DraftLanguage, drafting.choose_language),
        _button(DraftPreview, drafting.preview),
        _button(DraftPublish, drafting.publish),
        _button(DraftDiscard, drafting.discard),
        CallbackQueryHandler(guarded(browsing.old_button)),
        MessageHandler(filters.TEXT & ~filters.COMMAND, guarded(drafting.typed)),
        MessageHandler(filters.ALL, guarded(browsing.lost)),
    ]


def _command(name: str, handler: Handler) -> BaseHandler[Update, Context, Any]:
    return CommandHandler(name, guarded(handler))


def _button(form: type[Callback], handler: Handler) -> BaseHandler[Update, Context, Any]:
    return CallbackQueryHandler(guarded(handler), pattern=lambda data: form.unpack(data) is not None)
