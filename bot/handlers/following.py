"""What a person follows."""

from telegram import Update

from bot.callbacks import FollowLike, FollowPartnership, FollowTopic
from bot.context import Context, pressed
from bot.handlers.company import ask_once
from bot.replies import show
from bot.screen import Screen
from bot.screens import following as screens
from domain import following


async def follow(update: Update, context: Context) -> None:
    found = await context.database.read(following.show, context.person_id)
    await show(update, context, screens.follows(found, context.texts))


async def toggle_partnership(update: Update, context: Context) -> None:
    partnership = pressed(update, FollowPartnership).partnership
    found = await context.database.write(
        following.toggle_partnership, context.person_id, partnership, now=context.now()
    )
    await show(update, context, screens.follows(found, context.texts))


async def toggle_topic(update: Update, context: Context) -> None:
    topic = pressed(update, FollowTopic).topic
    found = await context.database.write(following.toggle_topic, context.person_id, topic, now=context.now())
    await show(update, context, screens.follows(found, context.texts))


async def toggle_news(update: Update, context: Context) -> None:
    found = await context.database.write(following.toggle_announcements, context.person_id)
    await show(update, context, screens.follows(found, context.texts))


async def follow_like(update: Update, context: Context) -> None:
    """Yes to the offer after the first registration; then the one other question there is."""
    code = pressed(update, FollowLike).code
    await context.database.write(following.follow_like, context.person_id, code, now=context.now())
    await show(update, context, Screen(context.texts.follow_done()))
    await ask_once(update, context)


async def follow_not(update: Update, context: Context) -> None:
    await show(update, context, Screen(context.texts.follow_declined()))
    await ask_once(update, context)
