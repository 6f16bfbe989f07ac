"""Which links Telegram takes, and how it writes them back."""

import ipaddress
import re

from sandbox.errors import SandboxError

_PROTOCOL = re.compile(r"([^:/?#@\[\]]*)://")
_PART = re.compile(r"(?:[\w.\-!$,~*'();&+=]|%[0-9A-Fa-f]{2}|[^\x00-\x7f])*", re.ASCII)
_TG_HOST = re.compile(r"[A-Za-z0-9_-]+")
_USER = re.compile(r"tg:(?://)?user/?\?(?:[^#]*&)?id=(\d+)(?:[&#].*)?", re.IGNORECASE)
_PORT_LIMIT = 65535
_BLANK = 0x20


class LinkError(SandboxError):
    """A link Telegram would not take; the message is the reason it gives."""


def mentioned_user(link: str) -> int | None:
    match = _USER.fullmatch(link)
    return int(match[1]) if match else None


def checked(link: str) -> str:
    """The link as Telegram writes it back, or LinkError."""
    for scheme in ("tg", "ton", "tonsite"):
        if link[: len(scheme) + 1].lower() == f"{scheme}:":
            return _own(scheme, link[len(scheme) + 1 :].removeprefix("//"))
    protocol, rest = _protocol(link)
    authority, query = _cut(rest)
    host, port = _port(authority)
    user, at, name = host.rpartition("@")
    _check_host(name)
    return f"{protocol}://{user}{at}{name.lower()}{port}{_written(query)}"


def accepts(link: str) -> bool:
    try:
        checked(link)
    except LinkError:
        return False
    return True


def _own(scheme: str, rest: str) -> str:
    host, query = _cut(rest)
    if not _TG_HOST.fullmatch(host.replace(".", "") if scheme == "tonsite" else host):
        raise LinkError("Unallowed characters in URL host" if host else "URL host is empty")
    written = _written(query)
    return f"{scheme}://{host}{written[1:] if written.startswith('/?') else written}"


def _protocol(link: str) -> tuple[str, str]:
    match = _PROTOCOL.match(link)
    if match is None:
        return "http", link
    if match[1].lower() not in {"http", "https"}:
        raise LinkError("Unsupported URL protocol")
    return match[1].lower(), link[match.end() :]


def _cut(rest: str) -> tuple[str, str]:
    end = min((rest.index(mark) for mark in "/?#" if mark in rest), default=len(rest))
    return rest[:end], rest[end:]


def _port(authority: str) -> tuple[str, str]:
    host, colon, port = authority.rpartition(":")
    if not colon or "]" in port or "@" in port:
        return authority, ""
    if not port.isascii() or not port.isdecimal() or not 0 < int(port) <= _PORT_LIMIT:
        raise LinkError("Wrong port number specified in the URL")
    return host, f":{int(port)}"


def _check_host(host: str) -> None:
    if host.startswith("[") and host.endswith("]"):
        _check_ipv6(host[1:-1])
        return
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if not _PART.fullmatch(host):
        raise LinkError("Disallowed character in URL host")
    if "." not in host:
        raise LinkError("Wrong HTTP URL")


def _check_ipv6(address: str) -> None:
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        raise LinkError("Wrong IPv6 address specified in the URL") from None


def _written(query: str) -> str:
    query = query.rstrip(" \t\r\n\0\v") or "/"
    return ("" if query[0] == "/" else "/") + "".join(c if ord(c) > _BLANK else f"%{ord(c):02X}" for c in query)
