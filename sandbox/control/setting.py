"""The world around the bot: people, groups, bots, weather, time."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.routing import Route

from sandbox import membership, outage
from sandbox.chats import CHANNEL, CREATOR, GROUP, KICKED, LEFT, MEMBER, PRESENT, SUPERGROUP, Group
from sandbox.control.body import Fields, answering, body_of
from sandbox.errors import ControlError
from sandbox.jsons import Json, JsonObject
from sandbox.methods import METHODS
from sandbox.people import Person
from sandbox.weather import Fault, Rates
from sandbox.world import World

MANY = 200_000
_ERRORS = {status.value: status.phrase for status in HTTPStatus if status >= HTTPStatus.BAD_REQUEST}
_STATUSES = PRESENT | {LEFT, KICKED}


class Setting:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        names = {
            "people": self.people,
            "deactivate": self.deactivate,
            "bot": self.bot,
            "chat": self.chat,
            "migrate": self.migrate,
            "fault": self.fault,
            "rate": self.rate,
            "outage": self.outage,
            "clock": self.clock,
            "reset": self.reset,
        }
        return [Route(f"/_/{name}", answering(act), methods=["POST"]) for name, act in names.items()]

    async def people(self, request: Request) -> Json:
        """One person, or `count` of them with ids one after the other; `started` skips their first message."""
        fields = await body_of(request)
        first, count = fields.integer("id"), fields.optional_integer("count") or 1
        name, last_name = fields.optional_string("first_name"), fields.optional_string("last_name")
        language, username = fields.optional_string("language_code"), fields.optional_string("username")
        about, started, bot = fields.optional_string("about") or "", fields.flag("started"), fields.name("bot")
        fields.end()
        if not (first > 0 and 1 <= count <= MANY):
            raise ControlError(f'"id" must be positive and "count" at most {MANY}')
        if count > 1 and username:
            raise ControlError("Many people cannot share a username")
        for place in range(count):
            shown = (name or "Person") + (f" {place + 1}" if count > 1 else "")
            self._world.put_person(
                Person(
                    id=first + place,
                    first_name=shown,
                    last_name=last_name,
                    username=username,
                    language_code=language,
                    about=about,
                )
            )
        if started:
            self._open(range(first, first + count), bot)
        return {"id": first, "count": count}

    def _open(self, ids: range, bot: int | str | None) -> None:
        named = self._world.bot_named(bot)
        for user_id in ids:
            self._world.dialog(named, user_id).started = True

    async def deactivate(self, request: Request) -> Json:
        """Close a person's account, or open it again with `on` false."""
        fields = await body_of(request)
        person, on = self._world.person(fields.integer("user")), fields.flag("on", default=True)
        fields.end()
        self._world.put_person(
            Person(
                id=person.id,
                first_name=person.first_name,
                last_name=person.last_name,
                username=person.username,
                language_code=person.language_code,
                about=person.about,
                deactivated=on,
            )
        )
        return {"deactivated": on}

    async def bot(self, request: Request) -> Json:
        """Make a bot before it calls, or change what only its owner can: username, name, inline mode, privacy."""
        fields = await body_of(request)
        token, name = fields.optional_string("token"), fields.name("bot")
        bot = self._world.bot_of(token) if token else self._world.bot_named(name)
        bot.username = fields.optional_string("username") or bot.username
        bot.first_name = fields.optional_string("first_name") or bot.first_name
        bot.supports_inline = fields.flag("inline", default=bot.supports_inline)
        bot.reads_groups = fields.flag("reads_groups", default=bot.reads_groups)
        fields.end()
        self._world.changed()
        return bot.full_user

    async def chat(self, request: Request) -> Json:
        """Make a group or channel, or change its members: {id: status}, or a list of ids."""
        fields = await body_of(request)
        chat_id, kind = fields.integer("id"), fields.optional_string("type") or SUPERGROUP
        title, username = fields.optional_string("title"), fields.optional_string("username")
        members = _members(fields)
        fields.end()
        if chat_id >= 0 or kind not in {GROUP, SUPERGROUP, CHANNEL}:
            raise ControlError('"id" must be negative and "type" group, supergroup or channel')
        group = self._world.groups.get(chat_id)
        if group is None:
            group = self._world.groups[chat_id] = Group(chat_id, kind, title or f"Chat {chat_id}", username)
        group.title, group.username = title or group.title, username or group.username
        for user_id, status in members.items():
            self._seat(group, user_id, status)
        self._world.events.tell("chat", chat=chat_id)
        self._world.changed()
        shown: JsonObject = {str(user_id): status for user_id, status in group.members.items()}
        return group.chat | {"members": shown}

    def _seat(self, group: Group, user_id: int, status: str) -> None:
        if user_id not in self._world.bots:
            self._world.person(user_id)
        actor = next(
            (self._world.people[member].user for member in group.members if member in self._world.people), None
        )
        user = self._world.user(user_id)
        assert user is not None
        membership.seat(self._world, group, user_id, status, actor or user)

    async def migrate(self, request: Request) -> Json:
        fields = await body_of(request)
        group, new_id = self._world.group(fields.integer("chat")), fields.integer("to")
        fields.end()
        return membership.migrate(self._world, group, new_id).chat

    async def fault(self, request: Request) -> Json:
        """Add a fault; an empty body takes all of them away."""
        fields = await body_of(request)
        seed = fields.optional_integer("seed") or 0
        fault = _fault(fields)
        fields.end()
        if fault == Fault():
            self._world.faults.clear()
        else:
            self._world.faults.add(fault, seed)
        return {"faults": len(self._world.faults)}

    async def rate(self, request: Request) -> Json:
        fields = await body_of(request)
        rates = Rates(
            per_second=fields.optional_integer("per_second"),
            per_chat_second=fields.optional_integer("per_chat_second"),
            per_group_minute=fields.optional_integer("per_group_minute"),
        )
        fields.end()
        self._world.rates.set(rates)
        return {"limited": rates != Rates()}

    async def outage(self, request: Request) -> Json:
        """Break all connections and answer no bot, as if killed; with `on` false be there again."""
        fields = await body_of(request)
        on = fields.flag("on", default=True)
        fields.end()
        if on:
            await outage.begin(self._world)
        else:
            outage.end(self._world)
        return {"away": on}

    async def clock(self, request: Request) -> Json:
        fields = await body_of(request)
        seconds = fields.number("advance")
        fields.end()
        if seconds < 0:
            raise ControlError("Time does not go back")
        self._world.push_clock(seconds)
        return {"now": self._world.clock.now(), "offset": self._world.clock.offset}

    async def reset(self, request: Request) -> Json:
        (await body_of(request)).end()
        outage.end(self._world)
        self._world.reset()
        return {"reset": True}


def _members(fields: Fields) -> dict[int, str]:
    given = fields.take("members")
    if given is None:
        return {}
    listed = (
        {str(item): CREATOR if place == 0 else MEMBER for place, item in enumerate(given)}
        if isinstance(given, list)
        else given
    )
    if not isinstance(listed, dict) or not all(str(key).lstrip("-").isdecimal() for key in listed):
        raise ControlError('"members" must be a list of ids or an object of id: status')
    if wrong := [status for status in listed.values() if status not in _STATUSES]:
        raise ControlError(f"There is no status {wrong[0]!r}")
    return {int(key): str(status) for key, status in listed.items()}


def _parameters(fields: Fields) -> dict[str, int] | None:
    given = fields.take("parameters")
    if given is None:
        return None
    if not isinstance(given, dict) or not all(isinstance(value, int) for value in given.values()):
        raise ControlError('"parameters" must be an object of integers')
    return {name: int(value) for name, value in given.items()}


def _description(code: int | None, parameters: dict[str, int] | None) -> str:
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return f"Too Many Requests: retry after {(parameters or {}).get('retry_after', 1)}"
    if code is None:
        return ""
    if code not in _ERRORS:
        raise ControlError('"code" must be an HTTP error, 400 to 599')
    return _ERRORS[code]


def _fault(fields: Fields) -> Fault:
    parameters = _parameters(fields)
    when = fields.optional_string("when") or "before"
    if when not in {"before", "after"}:
        raise ControlError('"when" must be before or after')
    code, method = fields.optional_integer("code"), fields.optional_string("method")
    if method is not None and method.lower() not in METHODS:
        raise ControlError(f"There is no method {method!r}")
    return Fault(
        method=method,
        chat_id=fields.optional_integer("chat_id"),
        share=fields.number("share", 1.0),
        left=fields.optional_integer("n"),
        code=code,
        description=fields.optional_string("description") or _description(code, parameters),
        parameters=parameters,
        delay=fields.number("delay"),
        when=when,
        drop=fields.flag("drop"),
    )
