"""What a test looks at: calls, refusals, chats, files, the state of everything."""

import asyncio
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.chats import Chat, Dialog
from sandbox.control.body import Fields, answering, query_of
from sandbox.errors import ControlError
from sandbox.jsons import Json, JsonObject
from sandbox.panel import Panel, nothing
from sandbox.people import Person
from sandbox.transcript import Filter
from sandbox.world import World

_LIMIT = 1000
_LONGEST_WAIT = 60.0
_PEOPLE_SHOWN = 500


class Looking:
    def __init__(self, world: World, panel: Panel = nothing) -> None:
        self._world = world
        self._panel = panel

    def routes(self) -> list[Route]:
        names = {
            "transcript": self.transcript,
            "refusals": self.refusals,
            "chat": self.chat,
            "state": self.state,
            "ready": self.ready,
            "people": self.people,
            "chats": self.chats,
            "call": self.call,
            "update": self.update,
            "panel": self.panel,
        }
        found = [Route(f"/_/{name}", answering(look), methods=["GET"]) for name, look in names.items()]
        return [*found, Route("/_/files/{file_id}", self.file, methods=["GET"])]

    async def transcript(self, request: Request) -> Json:
        """Calls after `since`; waits up to `wait` seconds until `count` of them match."""
        return await self._calls(query_of(request), refused=False)

    async def refusals(self, request: Request) -> Json:
        return await self._calls(query_of(request), refused=True)

    async def _calls(self, fields: Fields, *, refused: bool) -> Json:
        wanted = Filter(
            since=fields.optional_integer("since") or 0,
            method=fields.optional_string("method"),
            chat_id=fields.optional_integer("chat"),
            bot_id=self._bot_id(fields),
            refused=refused,
        )
        count, wait = fields.optional_integer("count") or 1, min(fields.number("wait"), _LONGEST_WAIT)
        limit = fields.optional_integer("limit") or _LIMIT
        fields.end()
        await self._world.transcript.wait(wanted, count, wait)
        found = self._world.transcript.find(wanted, limit)
        return {"last": self._world.transcript.last, "calls": [entry.json() for entry in found]}

    def _bot_id(self, fields: Fields) -> int | None:
        name = fields.name("bot")
        return None if name is None else self._world.bot_named(name).id

    def _chat(self, fields: Fields) -> Chat:
        chat_id, bot = fields.integer("chat"), fields.name("bot")
        if chat_id < 0:
            return self._world.group(chat_id)
        self._world.person(chat_id)
        return self._world.dialog(self._world.bot_named(bot), chat_id)

    async def chat(self, request: Request) -> Json:
        fields = query_of(request)
        chat = self._chat(fields)
        fields.end()
        shown: JsonObject = {"chat": self._world.chat_json(chat), "messages": [item.shown() for item in chat.history]}
        if isinstance(chat, Dialog):
            return shown | {"started": chat.started, "blocked": chat.blocked}
        members: JsonObject = {str(user_id): status for user_id, status in chat.members.items()}
        return shown | {"members": members, "migrated_to": chat.migrated_to}

    async def people(self, request: Request) -> Json:
        """The first people there are, or those whose name or id begins with `q`."""
        fields = query_of(request)
        start, limit = (fields.optional_string("q") or "").lower(), fields.optional_integer("limit") or _PEOPLE_SHOWN
        fields.end()
        matching = (
            person
            for person in self._world.people.values()
            if person.first_name.lower().startswith(start) or str(person.id).startswith(start)
        )
        return {
            "people": [self._person(person) for person in islice(matching, limit)],
            "total": len(self._world.people),
        }

    def _person(self, person: Person) -> JsonObject:
        """With the newest message of each bot, so that a window can mark what is unread."""
        last: JsonObject = {}
        for bot in self._world.bots.values():
            dialog = bot.dialogs.get(person.id)
            newest = None if dialog is None else dialog.history.last_of(bot.id)
            if newest is not None:
                last[str(bot.id)] = newest.id
        return person.user | {"about": person.about, "deactivated": person.deactivated, "last": last}

    async def chats(self, request: Request) -> Json:
        """The chats of a person: one with each bot, and the groups they are in."""
        fields = query_of(request)
        user_id = fields.integer("user")
        fields.end()
        world = self._world
        found: list[Json] = [{"chat": user_id, "bot": bot.id, "title": bot.first_name} for bot in world.bots.values()]
        found += [
            {"chat": group.id, "bot": None, "title": group.title}
            for group in world.groups.values()
            if group.has(user_id) and group.migrated_to is None
        ]
        return {"chats": found}

    async def call(self, request: Request) -> Json:
        """One call by its sequence number."""
        fields = query_of(request)
        entry = self._world.transcript.get(fields.integer("seq"))
        fields.end()
        if entry is None:
            raise ControlError("There is no such call")
        return entry.json()

    async def update(self, request: Request) -> Json:
        """One update as it was told to a bot, by its id."""
        fields = query_of(request)
        update = self._world.updates_seen.get(fields.integer("id"))
        fields.end()
        if update is None:
            raise ControlError("There is no such update")
        return update

    async def panel(self, request: Request) -> Json:
        """What whoever runs the bot shows of it."""
        query_of(request).end()
        now = datetime.fromtimestamp(self._world.clock.now(), UTC)
        return {"tables": [table.json() for table in await self._panel(now)]}

    async def state(self, request: Request) -> Json:
        query_of(request).end()
        world = self._world
        return {
            "now": world.clock.now(),
            "offset": world.clock.offset,
            "people": len(world.people),
            "last_call": world.transcript.last,
            "bots": [self._bot(bot_id) for bot_id in world.bots],
            "groups": [group.chat for group in world.groups.values()],
        }

    def _bot(self, bot_id: int) -> JsonObject:
        bot = self._world.bots[bot_id]
        commands: list[Json] = [
            {"scope": scope, "language_code": code, "commands": list(listed)}
            for (scope, code), listed in bot.profile.commands.items()
        ]
        return bot.full_user | {
            "polling": bot.updates.polled,
            "webhook": None if bot.webhook is None else bot.webhook.settings.url,
            "pending": len(bot.updates),
            "commands": commands,
            "description": dict(bot.profile.descriptions),
            "menus": {str(chat): dict(menu) for chat, menu in bot.profile.menus.items()},
        }

    async def ready(self, request: Request) -> Json:
        """Wait until the bot polls or has set a webhook."""
        fields = query_of(request)
        name, wait = fields.name("bot"), min(fields.number("wait"), _LONGEST_WAIT)
        fields.end()
        loop = asyncio.get_running_loop()
        end = loop.time() + wait
        while not (ready := self._is_ready(name)) and loop.time() < end:
            await self._world.fetched.wait(end - loop.time())
        return {"ready": ready}

    def _is_ready(self, name: int | str | None) -> bool:
        try:
            bots = [self._world.bot_named(name)] if name is not None else list(self._world.bots.values())
        except ControlError:
            return False
        return any(bot.updates.polled or bot.webhook is not None for bot in bots)

    async def file(self, request: Request) -> Response:
        file = self._world.files.get(request.path_params["file_id"])
        if file is None:
            return JSONResponse({"error": "There is no such file"}, 404)
        # Never shown as a page of this origin, whatever it is.
        headers = {
            "content-disposition": f"attachment; filename*=utf-8''{quote(file.name)}",
            "x-content-type-options": "nosniff",
        }
        return Response(file.content, headers=headers, media_type=file.mime_type)
