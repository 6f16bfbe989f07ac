"""What single values of the configuration must be. A ValueError holds the end of a sentence for people."""

import json
import re
from datetime import timedelta
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import SecretStr

from domain.spelling import did_you_mean

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_SHORTEST_LEAD = timedelta(seconds=1)
_LONGEST_LEAD = timedelta(days=30)
_SHORTEST_LINK_SECRET = 16


def listed(value: object) -> object:
    """The environment has only text: there a list is JSON, or its items are separated by commas."""
    if not isinstance(value, str):
        return value
    if not value.lstrip().startswith("["):
        return [item for part in value.split(",") if (item := part.strip())]
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        raise ValueError("is not a list in JSON") from None


def nothing_if_blank(value: object) -> object:
    return None if value == "" else value


def bot_token(value: SecretStr) -> SecretStr:
    """The shape is that of every token, and what the log redacts."""
    if re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]{30,}", value.get_secret_value()) is None:
        raise ValueError('is not a bot token. @BotFather shows it: digits, ":" and at least 30 letters, digits, - or _')
    return value


def webhook_secret(value: SecretStr) -> SecretStr:
    """The Bot API's rule for `secret_token`."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()) is None:
        raise ValueError("must be 1 to 256 characters out of A-Z, a-z, 0-9, - and _")
    return value


def link_secret(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < _SHORTEST_LINK_SECRET:
        raise ValueError(f"must have at least {_SHORTEST_LINK_SECRET} characters")
    return value


def web_address(value: str) -> str:
    if _web_parts(value) is None:
        raise ValueError('must be an address such as "https://convoke.example.org"')
    return value


def guarded_address(value: str) -> str:
    """An address that secrets travel to: encrypted, or on this machine."""
    parts = _web_parts(web_address(value))
    if parts and parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise ValueError("must begin with https:// (http:// is only for an address of this machine)")
    return value


def is_here(address: str) -> bool:
    """Whether an address is one of this machine, which nobody else can reach."""
    return _is_loopback(urlsplit(address).hostname or "")


def without_last_slash(value: str) -> str:
    return value.rstrip("/")


def _web_parts(value: str) -> SplitResult | None:
    parts = _parts(value) if re.fullmatch(r"https?://[^\s@?#]+", value) else None
    return parts if parts and parts.hostname else None


def _parts(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises for one that is no port
    except ValueError:
        return None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def network(value: str) -> str:
    try:
        ip_network(value)
    except ValueError:
        raise ValueError(f'"{value}" is neither an IP address nor a network such as "10.0.0.0/8"') from None
    return value


def database(value: str) -> str:
    """The value may hold a password: no sentence repeats it."""
    file = value.removeprefix("sqlite:///")
    if file in {"", ":memory:"}:
        raise ValueError('must name a file: "sqlite:///var/convoke.db"')
    if file == value and (not value.startswith("postgresql+psycopg://") or _parts(value) is None):
        raise ValueError('must be "sqlite:///FILE" or "postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"')
    return value


def lead(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"([0-9]{1,9})([smhd])", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f'"{value}" is not a duration: write a whole number and s, m, h or d, such as "24h"')
    seconds = int(match[1]) * _SECONDS[match[2]]
    if not _SHORTEST_LEAD.total_seconds() <= seconds <= _LONGEST_LEAD.total_seconds():
        raise ValueError(f'"{value}" is not between "1s" and "30d"')
    return timedelta(seconds=seconds)


def longest_first(values: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    return tuple(sorted(set(values), reverse=True))


def timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError(
            f'"{value}" is not an IANA time zone such as "Europe/Brussels".'
            + did_you_mean(value, available_timezones())
        ) from None
    return value


def language(value: str) -> str:
    if re.fullmatch(r"[a-z]{2}", value) is None:
        raise ValueError(f'"{value}" is not a language: write its two letters, such as "en"')
    return value
