"""Before anything else: who speaks, and have we heard this before."""

from telegram import ChatMember, Update, User
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.context import Context
from domain import people
from domain.people import Visitor
from texts import closest

_LEFT = (ChatMember.BANNED, ChatMember.LEFT)


async def meet(update: Update, context: Context) -> None:
    """Let only private chats through, each update once. In groups we are silent and note nobody."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or user.is_bot or (chat is not None and chat.type != ChatType.PRIVATE):
        raise ApplicationHandlerStop
    if update.my_chat_member and update.my_chat_member.new_chat_member.status in _LEFT:
        await context.database.write(people.depart, user.id, now=context.now())
        raise ApplicationHandlerStop
    arrival = await context.database.write(
        people.arrive,
        _visitor(user),
        language=closest(user.language_code, context.kit.language),
        bot_id=context.bot.id,
        update_id=update.update_id,
        now=context.now(),
    )
    if arrival is None:
        raise ApplicationHandlerStop
    context.arrival = arrival


def _visitor(user: User) -> Visitor:
    return Visitor(user.id, user.full_name)
