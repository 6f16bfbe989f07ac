"""Before anything else: who speaks, and have we heard this before."""

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.callbacks import Register
from bot.context import Context
from bot.handlers import browsing
from bot.handlers.materials import file_in
from bot.handlers.receiving import attachment_of
from domain import answers, people
from domain.asking import Asking
from domain.materials import QUESTIONS
from domain.people import Arrival, Visitor
from texts import closest

_LEFT = (ChatMember.BANNED, ChatMember.LEFT)


async def meet(update: Update, context: Context) -> None:
    """Let only private chats through, each update once. In groups we are silent and note nobody.

    Inline mode comes from anywhere; whoever only looks for something to share is not noted either.
    """
    if update.inline_query or update.chosen_inline_result:
        return
    user, chat = update.effective_user, update.effective_chat
    if user is None or user.is_bot or (chat is not None and chat.type != ChatType.PRIVATE):
        raise ApplicationHandlerStop
    if update.edited_message:  # not asked for, but what was before we said so may still come
        raise ApplicationHandlerStop
    if update.my_chat_member and update.my_chat_member.new_chat_member.status in _LEFT:
        await context.database.write(people.depart, user.id, now=context.now())
        raise ApplicationHandlerStop
    arrival = await context.database.write(
        people.arrive,
        Visitor(user.id, user.full_name, reachable=chat is not None),
        language=closest(user.language_code, context.kit.language),
        bot_id=context.bot.id,
        update_id=update.update_id,
        now=context.now(),
    )
    if arrival is None:
        raise ApplicationHandlerStop
    context.arrival = arrival
    if _is_forged(update):
        await browsing.old_button(update, context)
        raise ApplicationHandlerStop
    if arrival.person.asking is not None and not (_is_typed(update) or _is_awaited(update, arrival)):
        await context.database.write(answers.drop, context.person_id)


def _is_forged(update: Update) -> bool:
    """A card in somebody else's chat has one button of ours. Anything else would put a person's own screen there."""
    query = update.callback_query
    return query is not None and query.inline_message_id is not None and Register.unpack(query.data) is None


def _is_awaited(update: Update, arrival: Arrival) -> bool:
    """Whether it is a file where we asked for one."""
    message, asking = update.message, arrival.person.asking
    if message is None:
        return False
    if asking == Asking.ENTRY_SOURCE:
        return attachment_of(message) is not None
    return asking in QUESTIONS and file_in(message) is not None


def _is_typed(update: Update) -> bool:
    """Whether it can be the answer to a question: a text that is no command."""
    message = update.message
    return message is not None and message.text is not None and not message.text.startswith("/")
