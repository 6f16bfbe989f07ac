"""Where records go, and what never gets there."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Literal

_SECRETS = (
    (re.compile(r"\d{1,20}(?::|%3A)[\w-]{30,}", re.IGNORECASE), "[bot token]"),
    (re.compile(r"(feeds(?:/|%2F)(?:personal|organisers)(?:/|%2F))[^\s\"'<>?#&]+", re.IGNORECASE), r"\1[link]"),
    (re.compile(r"(join(?:/|%2F))[\w-]{40}(?![\w-])", re.IGNORECASE), r"\1[link]"),
)
_CHATTY = ("alembic", "apscheduler", "httpcore", "httpx", "telegram")


def configure(level: Literal["debug", "info", "warning", "error"], layout: Literal["text", "json"]) -> None:
    """Send every record to standard error. Chatty libraries are heard from warnings on: httpx tells each address."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if layout == "json" else TextFormatter())
    threshold = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=threshold, handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(threshold, logging.WARNING))


def redact(text: str) -> str:
    """Take out bot tokens and the secret part of personal links, plain or as part of another link."""
    for secret, substitute in _SECRETS:
        text = secret.sub(substitute, text)
    return text


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class TextFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-8s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 -- logging's name
        return _time(record)

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """One object a line. `exception` holds the traceback, if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if record.exc_info:
            entry["exception"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)
