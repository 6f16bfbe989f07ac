"""The application, and all that people can say; what they can press is in bot/buttons.py."""

from collections.abc import Callable
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.buttons import BUTTONS
from bot.callbacks import Callback
from bot.context import KIT, App, Context
from bot.giving_way import GivingWay
from bot.handlers import (
    arrival,
    browsing,
    calendars,
    desk,
    drafting,
    figures,
    finding,
    following,
    library,
    meetings,
    operation,
    privacy,
    settings,
    sharing,
    typing,
    writing,
)
from bot.kit import Kit
from bot.processor import PerPerson
from bot.refusals import Handler, guarded, leading, without_update

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.MY_CHAT_MEMBER,
)
"""Said to Telegram in polling and in webhook mode alike: without my_chat_member we never learn who blocked us."""


def build(token: str, api_url: str, kit: Kit, *, messages_per_second: int, replied: Callable[[float], None]) -> App:
    """The application; it talks to nobody until it is initialised.

    `messages_per_second` is the pace of the bulk lane. `replied` is told how long each update took.
    """
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(PerPerson(replied))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(GivingWay(messages_per_second))
        .job_queue(None)
        .updater(None)  # bot/polling.py asks for updates
        .get_updates_connection_pool_size(2)  # one more than used: a poll that is cut short may keep its connection
        .build()
    )
    application.bot_data[KIT] = kit
    application.add_handler(TypeHandler(Update, leading(arrival.meet)), group=-1)
    application.add_handlers(_handlers())
    application.add_error_handler(without_update)
    return application


def _handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        _command("start", browsing.start),
        _command("webinars", finding.webinars),
        _command("mine", browsing.mine),
        _command("follow", following.follow),
        _command("calendar", calendars.my_link),
        _command("settings", settings.settings),
        _command("privacy", privacy.told),
        _command("stop", settings.settings),
        _command("help", browsing.help_),
        _command("new", drafting.new),
        _command("manage", desk.manage),
        _command("meet", meetings.meet),
        _command("stats", figures.stats),
        _command("library", library.library),
        _command("share", writing.share),
        _command("why", operation.why),
        _command("status", operation.status),
        *(_button(form, handler) for form, handler in BUTTONS.items()),
        CallbackQueryHandler(guarded(browsing.old_button)),
        InlineQueryHandler(guarded(sharing.offer)),
        ChosenInlineResultHandler(guarded(sharing.chosen)),
        MessageHandler(filters.TEXT & ~filters.COMMAND & ~filters.VIA_BOT, guarded(typing.typed)),
        MessageHandler(filters.Document.ALL | filters.VIDEO | filters.PHOTO | filters.AUDIO, guarded(typing.file)),
        MessageHandler(filters.ALL & ~filters.StatusUpdate.ALL & ~filters.VIA_BOT, guarded(typing.other)),
    ]


def _command(name: str, handler: Handler) -> BaseHandler[Update, Context, Any]:
    return CommandHandler(name, guarded(handler))


def _button(form: type[Callback], handler: Handler) -> BaseHandler[Update, Context, Any]:
    return CallbackQueryHandler(guarded(handler), pattern=lambda data: form.unpack(data) is not None)
