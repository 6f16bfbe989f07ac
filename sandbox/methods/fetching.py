"""How a bot gets its updates: getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from sandbox.bots import Bot
from sandbox.errors import Refusal, bad_request
from sandbox.jsons import Json, JsonObject
from sandbox.methods.call import Call, Method
from sandbox.methods.spec import BOOLEAN, INTEGER, JSON, STRING
from sandbox.updates import ALL_KINDS, FOREIGN
from sandbox.webhook import Settings, Webhook

LONGEST_POLL = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"


async def get_updates(call: Call) -> Json:
    arguments, updates = call.arguments, call.bot.updates
    if call.bot.webhook is not None:
        raise Refusal(409, _WEBHOOK_ACTIVE)
    _allow(call)
    if arguments.has("offset") and (offset := arguments.integer("offset")) != 0:
        updates.confirm(offset)
        call.world.changed()
    limit = max(1, min(100, arguments.integer("limit", 100)))
    timeout = max(0, min(LONGEST_POLL, arguments.integer("timeout")))
    found = await updates.fetch(limit, timeout)
    call.seen["count"] = len(found)
    return found


def _allow(call: Call) -> None:
    """Left out, the earlier choice stays; an empty list means the kinds sent without asking."""
    kinds = call.arguments.json("allowed_updates")
    if kinds is None:
        return
    if not isinstance(kinds, list):
        raise bad_request("Can't parse allowed_updates JSON object")
    unknown = [kind for kind in kinds if kind not in ALL_KINDS and kind not in FOREIGN]
    if unknown:
        # Telegram ignores a name it does not know; a typing mistake would stay unnoticed for long.
        raise bad_request(f'There are no updates of the type "{unknown[0]}"')
    call.bot.updates.allowed = frozenset(str(kind) for kind in kinds) or None
    call.world.changed()


async def set_webhook(call: Call) -> Json:
    arguments = call.arguments
    url = arguments.text("url")
    if not url:
        return await delete_webhook(call)
    _check_url(url)
    if len(arguments.text("secret_token")) > 256:  # noqa: PLR2004 -- said in the sentence below
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(arguments.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    _allow(call)
    settings = Settings(
        url=url,
        secret_token=arguments.text("secret_token"),
        max_connections=max(1, min(100, arguments.integer("max_connections", 40))),
    )
    _drop_pending(call)
    await stop_webhook(call.bot)
    call.bot.updates.interrupt(Refusal(409, _WEBHOOK_SET))
    attach(call.bot, Webhook(settings, call.bot.updates, call.world.clock))
    call.world.changed()
    return True


def attach(bot: Bot, webhook: Webhook) -> None:
    bot.webhook = webhook
    bot.updates.deliver_to(webhook.add)
    webhook.start()


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _drop_pending(call: Call) -> None:
    if call.arguments.flag("drop_pending_updates"):
        call.bot.updates.clear()
        call.world.changed()


async def delete_webhook(call: Call) -> Json:
    _drop_pending(call)
    await stop_webhook(call.bot)
    call.world.changed()
    return True


async def stop_webhook(bot: Bot) -> None:
    if bot.webhook is not None:
        webhook, bot.webhook = bot.webhook, None
        bot.updates.deliver_to(None)
        await webhook.close()


def get_webhook_info(call: Call) -> Json:
    bot = call.bot
    shown: JsonObject = {"url": "", "has_custom_certificate": False, "pending_update_count": len(bot.updates)}
    if bot.webhook is not None:
        shown |= bot.webhook.info()
    if bot.updates.allowed is not None:
        shown["allowed_updates"] = sorted(bot.updates.allowed)
    return shown


_DROP = {"drop_pending_updates": BOOLEAN}
METHODS = (
    Method(
        "getUpdates",
        get_updates,
        {"offset": INTEGER, "limit": INTEGER, "timeout": INTEGER, "allowed_updates": JSON},
    ),
    Method(
        "setWebhook",
        set_webhook,
        {
            "url": STRING,
            "ip_address": STRING,
            "max_connections": INTEGER,
            "allowed_updates": JSON,
            "secret_token": STRING,
        }
        | _DROP,
    ),
    Method("deleteWebhook", delete_webhook, _DROP),
    Method("getWebhookInfo", get_webhook_info, {}),
)
