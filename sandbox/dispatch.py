"""One call of the Bot API: read, weathered, carried out, written down."""

import asyncio
from dataclasses import dataclass
from inspect import isawaitable

from sandbox.bots import Bot
from sandbox.errors import Broken, Refusal
from sandbox.jsons import Json, JsonObject
from sandbox.methods import METHODS
from sandbox.methods.call import Call, Method
from sandbox.params import Arguments, Raw, Upload, read
from sandbox.weather import Fault
from sandbox.world import World

NOBODY = 0
_NO_FAULT, _AWAY = Fault(), Fault(drop=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot; nothing at all if the connection is to be dropped."""

    status: int
    body: JsonObject
    dropped: bool = False

    @property
    def retry_after(self) -> int | None:
        parameters = self.body.get("parameters")
        seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
        return seconds if isinstance(seconds, int) else None


def refused(refusal: Refusal) -> Answer:
    body: JsonObject = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return Answer(refusal.code, body | {"parameters": dict(refusal.parameters)} if refusal.parameters else body)


async def answer(world: World, token: str, name: str, raw: Raw) -> Answer:
    chat_id = _chat_id(world, raw)
    try:
        bot = world.bot_of(token)
    except Refusal as refusal:
        _write(world, NOBODY, name, chat_id, _plain(raw), {}, refusal)
        return refused(refusal)
    fault = _AWAY if world.away else world.faults.strike(name, chat_id) or _NO_FAULT
    if fault.when == "before" and fault is not _NO_FAULT:
        return await _fail_before(world, bot, name, chat_id, raw, fault)
    outcome = await _carry_out(world, bot, name, chat_id, raw, fault)
    if fault.delay:
        await asyncio.sleep(fault.delay)
    return Answer(outcome.status, outcome.body, fault.drop)


async def _fail_before(world: World, bot: Bot, name: str, chat_id: int | None, raw: Raw, fault: Fault) -> Answer:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    refusal = fault.refusal()
    if refusal is None and not fault.drop:
        return await _carry_out(world, bot, name, chat_id, raw, _NO_FAULT)
    shown = refusal or Broken()
    _write(world, bot.id, name, chat_id, _plain(raw), {"fault": True}, shown)
    outcome = refused(shown)
    return Answer(outcome.status, outcome.body, fault.drop)


async def _carry_out(world: World, bot: Bot, name: str, chat_id: int | None, raw: Raw, fault: Fault) -> Answer:
    params: JsonObject = {}
    call = Call(world, bot, Arguments({}, {}))
    try:
        method = _method(bot, name)
        call.arguments = read(raw, method.spec)
        params = _shown(call.arguments)
        result = await _run(method, call)
    except Broken as broken:
        _write(world, bot.id, name, chat_id, params, {"fault": True}, broken)
        return Answer(broken.code, {}, dropped=True)
    except Refusal as refusal:
        _write(world, bot.id, name, chat_id, params or _plain(raw), call.seen, refusal)
        return refused(refusal)
    late = fault.refusal()
    struck = {"fault": True, "accepted": True} if late is not None or fault.drop else {}
    _write(world, bot.id, method.name, chat_id, params, call.seen | struck, late)
    return refused(late) if late is not None else Answer(200, {"ok": True, "result": result})


def _method(bot: Bot, name: str) -> Method:
    if bot.logged_out:
        raise Refusal(400, "Logged out")
    if name.lower() not in METHODS:
        raise Refusal(404, "Not Found: method not found")
    return METHODS[name.lower()]


async def _run(method: Method, call: Call) -> Json:
    # Nothing else runs between here and the writing down of a call that does not wait: the number is sure.
    call.sequence = call.world.transcript.last + 1
    result = method.handler(call)
    return await result if isawaitable(result) else result


def _write(
    world: World,
    bot_id: int,
    name: str,
    chat_id: int | None,
    params: JsonObject,
    seen: JsonObject,
    refusal: Refusal | None,
) -> None:
    record: JsonObject = {
        "at": round(world.clock.now(), 3),
        "bot_id": bot_id,
        "method": name,
        "chat_id": chat_id,
        "params": params,
        "ok": refusal is None,
    }
    if refusal is not None:
        record |= {"error_code": refusal.code, "description": refusal.description}
        record |= {"parameters": dict(refusal.parameters)} if refusal.parameters else {}
    if chat_id is None and "user" in seen:
        # An answer to a press or an inline query has no chat; it is found by who asked.
        record["chat_id"] = chat_id = int(str(seen["user"]))
    entry = world.transcript.add(bot_id, name, chat_id, record | seen)
    if world.events.watched and name != "getUpdates":
        world.events.tell("call", call={"seq": entry.seq} | record | seen)


def _chat_id(world: World, raw: Raw) -> int | None:
    value = raw.get("chat_id")
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    return None


def _shown(arguments: Arguments) -> JsonObject:
    return arguments.values | {name: _described(upload) for name, upload in arguments.uploads.items()}


def _plain(raw: Raw) -> JsonObject:
    return {name: _described(value) if isinstance(value, Upload) else value for name, value in raw.items()}


def _described(upload: Upload) -> JsonObject:
    return {"file_name": upload.file_name, "mime_type": upload.mime_type, "size": len(upload.content)}
