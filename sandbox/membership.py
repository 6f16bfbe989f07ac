"""Who is in a chat: blocking a bot, joining and leaving groups, groups that become supergroups."""

from sandbox.bots import Bot
from sandbox.chats import CHANNEL, KICKED, MEMBER, PRESENT, Group, member
from sandbox.errors import ControlError
from sandbox.jsons import JsonObject
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World


def block(world: World, bot: Bot, person: Person, *, on: bool) -> None:
    """Block or unblock a bot. Doing it twice tells the bot nothing new."""
    dialog = world.dialog(bot, person.id)
    if dialog.blocked == on:
        return
    dialog.blocked = on
    old, new = (MEMBER, KICKED) if on else (KICKED, MEMBER)
    told: JsonObject = {
        "chat": person.chat,
        "from": person.user,
        "date": world.clock.date(),
        "old_chat_member": member(bot.user, old),
        "new_chat_member": member(bot.user, new),
    }
    world.send(bot, "my_chat_member", told, person.id)
    world.events.tell("chat", chat=person.id)
    world.changed()


def seat(world: World, group: Group, user_id: int, status: str, actor: JsonObject) -> None:
    """Give somebody a status in a group, and tell the bots there."""
    old, user = group.status(user_id), world.user(user_id)
    if user is None:
        raise ControlError(f"There is nobody with the id {user_id}")
    if old == status:
        return
    group.members[user_id] = status
    told: JsonObject = {
        "chat": group.chat,
        "from": actor,
        "date": world.clock.date(),
        "old_chat_member": member(user, old),
        "new_chat_member": member(user, status),
    }
    if (bot := world.bots.get(user_id)) is not None:
        world.send(bot, "my_chat_member", told, group.id)
    for other in world.bots_in(group):
        if other.id != user_id and group.is_administrator(other.id):
            world.send(other, "chat_member", told, group.id)
    if (old in PRESENT) != (status in PRESENT) and group.type != CHANNEL:
        _announce(
            world, group, actor, {"new_chat_members": [user]} if status in PRESENT else {"left_chat_member": user}
        )
    world.events.tell("chat", chat=group.id)
    world.changed()


def _announce(world: World, group: Group, actor: JsonObject, service: JsonObject) -> None:
    """A line in the group that nobody wrote: every bot in it hears these."""
    message = Message(id=group.ids.take(), chat=group.chat, date=world.clock.date(), sender=actor, service=service)
    for bot in world.bots_in(group):
        world.send(bot, "message", message.json(), group.id)
    world.post(group, message)


def migrate(world: World, group: Group, new_id: int) -> Group:
    """Turn a basic group into a supergroup and tell its bots, in both chats."""
    actor = next((world.people[user_id].user for user_id in group.members if user_id in world.people), None)
    if actor is None:
        raise ControlError("There is nobody in the group to do it")
    upgraded = world.migrate(group, new_id)
    _announce(world, group, actor, {"migrate_to_chat_id": new_id})
    _announce(world, upgraded, actor, {"migrate_from_chat_id": group.id})
    return upgraded
