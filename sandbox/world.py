"""Everything the sandbox knows, and how a message gets into a chat."""

import re
from collections import OrderedDict, deque
from collections.abc import Callable

from sandbox.bots import Bot
from sandbox.callbacks import Queries
from sandbox.chats import GROUP, SUPERGROUP, Chat, Dialog, Group
from sandbox.clock import Clock, Sequence
from sandbox.errors import ControlError, Refusal
from sandbox.events import Bell, Events
from sandbox.files import FileStore
from sandbox.jsons import JsonObject
from sandbox.messages import History, Message
from sandbox.people import Person
from sandbox.transcript import Transcript
from sandbox.updates import Update, UpdateQueue
from sandbox.weather import Faults, RateLimits, Rates

DEFAULT_USERNAME = "convoke_demo_bot"
INLINE_KEPT = 10_000
UPDATES_KEPT = 5_000
MESSAGES_KEPT = 300_000
_TOKEN = re.compile(r"([1-9]\d{0,15}):[\w-]{3,}", re.ASCII)
_UNAUTHORIZED = "Unauthorized: invalid token specified"


class World:
    def __init__(self, messages_kept: int = MESSAGES_KEPT) -> None:
        self._messages_kept = messages_kept
        self.clock = Clock()
        self.people: dict[int, Person] = {}
        self.bots: dict[int, Bot] = {}
        self.groups: dict[int, Group] = {}
        self.files = FileStore()
        self.queries = Queries(self.clock)
        self.transcript = Transcript()
        self.faults = Faults()
        self.away = False
        self.rates = RateLimits(self.clock)
        self.events = Events()
        self.fetched = Bell()
        self.update_ids = Sequence()
        self.updates_seen: OrderedDict[int, JsonObject] = OrderedDict()
        self.inline_messages: OrderedDict[str, tuple[Chat, Message]] = OrderedDict()
        self._posted: deque[tuple[History, int]] = deque()
        self.changes: list[Callable[[], None]] = []

    def changed(self) -> None:
        for listener in self.changes:
            listener()

    def push_clock(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.events.tell("clock", offset=self.clock.offset)
        self.changed()

    def bot_of(self, token: str) -> Bot:
        """The bot of a token. A new token makes a bot; another token for a known number is a wrong one."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise Refusal(401, _UNAUTHORIZED)
        bot = self.bots.get(int(match[1])) or self.add_bot(int(match[1]), token)
        if bot.token != token:
            raise Refusal(401, "Unauthorized")
        return bot

    def add_bot(self, bot_id: int, token: str) -> Bot:
        username = f"bot_{bot_id}" if self.bots else DEFAULT_USERNAME
        bot = Bot(bot_id, token, username, username, UpdateQueue(self.clock, self.update_ids, self.fetched))
        self.bots[bot_id] = bot
        # Somebody may have put the id into a group before the bot made its first call.
        self.people.pop(bot_id, None)
        self.events.tell("bot", bot=bot.user)
        self.changed()
        return bot

    def bot_named(self, name: int | str | None) -> Bot:
        """By id or username; without a name the only bot there is."""
        if name is None:
            if len(self.bots) != 1:
                raise ControlError(f"Say which bot: there are {len(self.bots)}")
            return next(iter(self.bots.values()))
        wanted = str(name).removeprefix("@").lower()
        for bot in self.bots.values():
            if wanted in {str(bot.id), bot.username.lower()}:
                return bot
        raise ControlError(f"There is no bot {name}")

    def user(self, user_id: int) -> JsonObject | None:
        """A person or bot as the Bot API shows it."""
        if (person := self.people.get(user_id)) is not None:
            return person.user
        bot = self.bots.get(user_id)
        return None if bot is None else bot.user

    def put_person(self, person: Person) -> Person:
        if person.id in self.bots:
            raise ControlError(f"{person.id} is a bot")
        self.people[person.id] = person
        self.events.tell("person", person=person.id)
        self.changed()
        return person

    def person(self, user_id: int) -> Person:
        """The person of an id; somebody new gets a name from the number."""
        return self.people.get(user_id) or self.put_person(Person(id=user_id, first_name=f"Person {user_id}"))

    def dialog(self, bot: Bot, user_id: int) -> Dialog:
        dialog = bot.dialogs.get(user_id)
        if dialog is None:
            dialog = bot.dialogs[user_id] = Dialog(user_id, bot.id, bot.message_ids)
        return dialog

    def group(self, chat_id: int) -> Group:
        group = self.groups.get(chat_id)
        if group is None:
            raise ControlError(f"There is no chat {chat_id}")
        return group

    def chat_json(self, chat: Chat) -> JsonObject:
        return chat.chat if isinstance(chat, Group) else self.people[chat.id].chat

    def bots_in(self, chat: Chat) -> list[Bot]:
        if isinstance(chat, Dialog):
            return [self.bots[chat.bot_id]]
        return [bot for bot in self.bots.values() if chat.has(bot.id)]

    def send(self, bot: Bot, kind: str, payload: JsonObject, lane: int) -> Update | None:
        """Tell a bot something; None if it does not want to hear of this kind."""
        update = bot.updates.put(kind, payload, lane)
        if update is not None:
            self.updates_seen[update.id] = update.json()
            while len(self.updates_seen) > UPDATES_KEPT:
                self.updates_seen.popitem(last=False)
            if self.events.watched:
                self.events.tell("update", bot=bot.id, update=update.json())
            self.changed()
        return update

    def post(self, chat: Chat, message: Message) -> Message:
        """Put a message into a chat, for people to see. Bots are told separately."""
        chat.history.add(message)
        self._posted.append((chat.history, message.id))
        if len(self._posted) > self._messages_kept:
            history, message_id = self._posted.popleft()
            history.remove(message_id)
        if message.inline_message_id is not None:
            self.inline_messages[message.inline_message_id] = (chat, message)
            while len(self.inline_messages) > INLINE_KEPT:
                self.inline_messages.popitem(last=False)
        self.show("message", chat, message)
        return message

    def show(self, event: str, chat: Chat, message: Message) -> None:
        """Tell the windows about a message, and the state file that something changed."""
        if self.events.watched:
            self.events.tell(event, chat=chat.id, bot=_bot_id(chat), message=message.shown())
        self.changed()

    def remove(self, chat: Chat, message: Message) -> None:
        chat.history.remove(message.id)
        self.events.tell("deleted", chat=chat.id, bot=_bot_id(chat), message_id=message.id)
        self.changed()

    def with_reply(self, chat: Chat, message: Message) -> JsonObject:
        """A message as the Bot API shows it, with the one it replies to."""
        shown = message.json()
        replied = chat.history.get(message.reply_to) if message.reply_to is not None else None
        return shown if replied is None else shown | {"reply_to_message": replied.json()}

    def reset(self) -> None:
        """Forget people, chats, calls and weather. Bots stay, with their webhooks; the clock and all numbers go on."""
        self.people.clear()
        self.groups.clear()
        self.files.clear()
        self.queries.clear()
        self.transcript.clear()
        self.faults.clear()
        self.rates.set(Rates())
        self.inline_messages.clear()
        self._posted.clear()
        for bot in self.bots.values():
            bot.dialogs.clear()
            bot.updates.clear()
        self.events.tell("reload")
        self.changed()

    def migrate(self, group: Group, new_id: int) -> Group:
        """A group becomes a supergroup with another id; the old id answers with the new one from now on."""
        if group.type != GROUP or group.migrated_to is not None:
            raise ControlError("Only a basic group can become a supergroup, once")
        if new_id in self.groups:
            raise ControlError(f"There is a chat {new_id} already")
        upgraded = Group(new_id, SUPERGROUP, group.title, group.username, dict(group.members))
        self.groups[new_id] = upgraded
        group.migrated_to = new_id
        return upgraded


def _bot_id(chat: Chat) -> int | None:
    return chat.bot_id if isinstance(chat, Dialog) else None
