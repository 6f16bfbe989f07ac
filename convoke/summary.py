from datetime import timedelta
from urllib.parse import urlsplit

from convoke.settings import Settings
from domain.consortium import Consortium

_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}


def summary(settings: Settings, consortium: Consortium) -> str:
    """What is configured, in a few lines and without secrets."""
    telegram, web = settings.telegram, settings.web
    lines = {
        "telegram": f"{telegram.mode} {telegram.api_url}, administrators: {len(telegram.admins) or 'nobody yet'}",
        "storage": _database(settings.storage.url),
        "web": f"{web.host} port {web.port}, for people {web.public_url}",
        "reminders": ", ".join(map(_written, settings.reminders.leads)) or "none",
        "delivery": f"{settings.delivery.messages_per_second} messages a second",
        "consortium": f"{len(consortium.partnerships)} partnerships, {len(consortium.clusters)} clusters, "
        f"{len(consortium.topics)} topics, {settings.consortium.timezone}",
        "log": f"{settings.log.level}, {settings.log.format}",
    }
    return "\n".join(f"{section:<11} {line}" for section, line in lines.items())


def _database(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return f"SQLite, {url.removeprefix('sqlite:///')}"
    return f"PostgreSQL, {parts.path.removeprefix('/')} at {parts.hostname or 'this machine'}"


def _written(lead: timedelta) -> str:
    """The largest unit that needs no fraction."""
    return next(f"{lead // unit}{letter}" for letter, unit in _UNITS.items() if not lead % unit)
