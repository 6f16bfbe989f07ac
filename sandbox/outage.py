"""Telegram as if it had been killed, and started again: between the two nobody gets an answer."""

from sandbox.errors import Broken
from sandbox.methods.fetching import attach
from sandbox.webhook import Webhook
from sandbox.world import World


async def begin(world: World) -> None:
    """End all connections of bots. What they have not confirmed comes again afterwards."""
    if world.away:
        return
    world.away = True
    for bot in world.bots.values():
        bot.updates.interrupt(Broken())
        if bot.webhook is not None:
            await bot.webhook.close()


def end(world: World) -> None:
    if not world.away:
        return
    world.away = False
    for bot in world.bots.values():
        if bot.webhook is not None:
            attach(bot, Webhook(bot.webhook.settings, bot.updates, world.clock))
