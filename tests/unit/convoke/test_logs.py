import json
import logging
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convoke import logs
from convoke.logs import JsonFormatter, TextFormatter, redact

TOKEN = "123456789:AAbb-_" + 29 * "x"
LINK = "/feeds/personal/MTI.c2lnbmF0dXJl-_.ics"

WAY_IN = "AAAAAAAAAAcAAAABIN4IuwvQbDhFUHrrH7KB9vLV"

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
tokens = st.builds("{}:{}".format, st.integers(1, 10**12), st.text(ALPHABET, min_size=30, max_size=60))
surroundings = st.text(" \n\t.,;:/()\"'=&%bot\u00e9\u65e5")  # too few characters to make a secret by chance
secret_parts = st.text(ALPHABET + ".", min_size=20, max_size=80)


pytestmark = pytest.mark.usefixtures("restored_logging")


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (f"token {TOKEN}.", "token [bot token]."),
        (f"POST https://api.telegram.org/bot{TOKEN}/getMe", "POST https://api.telegram.org/bot[bot token]/getMe"),
        (f"url=bot{TOKEN.replace(':', '%3A')}%2FgetMe", "url=bot[bot token]%2FgetMe"),
        (f"{TOKEN} and {TOKEN}", "[bot token] and [bot token]"),
        (f'"GET {LINK} HTTP/1.1" 200', '"GET /feeds/personal/[link] HTTP/1.1" 200'),
        (f"{LINK}?x=1", "/feeds/personal/[link]?x=1"),
        (
            f"https://calendar.example.org/r?cid=webcal%3A%2F%2Fhost{LINK.replace('/', '%2f')}&x=1",
            "https://calendar.example.org/r?cid=webcal%3A%2F%2Fhost%2ffeeds%2fpersonal%2f[link]&x=1",
        ),
        (f"GET /join/{WAY_IN}?lang=fr", "GET /join/[link]?lang=fr"),
        (f"r=https%3A%2F%2Fhost%2Fjoin%2F{WAY_IN}&x=1", "r=https%3A%2F%2Fhost%2Fjoin%2F[link]&x=1"),
        ("/join/us or /join/", "/join/us or /join/"),
        ("/feeds/all.ics at 10:15:00, 1:1 in 12:00", "/feeds/all.ics at 10:15:00, 1:1 in 12:00"),
    ],
)
def test_redact(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@given(surroundings, tokens, surroundings)
def test_no_token_survives(before: str, token: str, after: str) -> None:
    assert token.partition(":")[2] not in redact(before + token + after)


@given(surroundings, secret_parts, st.sampled_from(["", ".ics", ".ics?a=b", " ", '"', "\n"]))
def test_no_link_survives(before: str, secret: str, after: str) -> None:
    assert secret not in redact(f"{before}/feeds/personal/{secret}{after}")


@given(st.text(st.characters(exclude_characters=":%"), max_size=200))
def test_everything_else_stays(text: str) -> None:
    assert redact(text) == text


def record(message: str, *arguments: object, exception: Exception | None = None) -> logging.LogRecord:
    failure = (type(exception), exception, exception.__traceback__) if exception else None
    made = logging.LogRecord("convoke.test", logging.WARNING, "test.py", 1, message, arguments, failure)
    made.created = datetime(2027, 1, 19, 9, 30, 0, 250_000, tzinfo=UTC).timestamp()
    return made


def raised() -> ValueError:
    with pytest.raises(ValueError, match="refused") as caught:
        raise ValueError(f"refused {TOKEN} at {LINK}")
    return caught.value


def test_text_is_one_line_in_utc() -> None:
    assert (
        TextFormatter().format(record("%s is %d", TOKEN, 7))
        == "2027-01-19T09:30:00.250Z WARNING  convoke.test: [bot token] is 7"
    )


def test_json_is_one_object_a_line() -> None:
    line = JsonFormatter().format(record("%s, „%s“\n", LINK, "é"))

    assert "\n" not in line
    assert json.loads(line) == {
        "time": "2027-01-19T09:30:00.250Z",
        "level": "warning",
        "logger": "convoke.test",
        "message": "/feeds/personal/[link] „é“\n",
    }


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()], ids=["text", "json"])
def test_exception_is_redacted(formatter: logging.Formatter) -> None:
    line = formatter.format(record("no", exception=raised()))

    assert "ValueError: refused [bot token] at /feeds/personal/[link]" in line
    assert [secret for secret in (TOKEN, LINK) if secret in line] == []


def test_json_tells_the_traceback() -> None:
    exception = json.loads(JsonFormatter().format(record("no", exception=raised())))["exception"]

    assert exception.startswith("Traceback (most recent call last):\n")


def test_configure_takes_every_record_through_the_redaction(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("info", "json")

    logging.getLogger("anything.at.all").info("hello %s", TOKEN)

    assert [json.loads(line)["message"] for line in capsys.readouterr().err.splitlines()] == ["hello [bot token]"]


def test_configure_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug", "text")
    logs.configure("info", "json")

    logging.getLogger("convoke").debug("unheard")
    logging.getLogger("convoke").info("heard")

    assert [json.loads(line)["message"] for line in capsys.readouterr().err.splitlines()] == ["heard"]


@pytest.mark.parametrize("level", ["debug", "info"])
def test_library_that_tells_addresses_is_not_heard(level: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level, "text")
    transport = httpx.MockTransport(lambda _: httpx.Response(200))

    with httpx.Client(transport=transport) as client:
        client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")

    assert capsys.readouterr().err == ""


def test_libraries_are_heard_from_warnings_on(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "text")

    for name in ("httpx", "httpcore.http11", "apscheduler.scheduler", "telegram.ext.Updater", "alembic.runtime"):
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).warning("trouble")

    assert [line.partition(": ")[2] for line in capsys.readouterr().err.splitlines()] == 5 * ["trouble"]


def test_libraries_are_no_louder_than_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("error", "text")

    logging.getLogger("httpx").warning("trouble")

    assert capsys.readouterr().err == ""
