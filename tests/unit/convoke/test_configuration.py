from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from convoke import configuration
from convoke.configuration import ConfigurationError

TOKEN = "123456789:" + 35 * "x"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a configuration that is good but for the lines given, and returns its path."""

    def write(*, token: str = f'token = "{TOKEN}"', **sections: str) -> Path:
        telegram = f"{token}\n{sections.pop('telegram', '')}"
        file = tmp_path / "config.toml"
        text = "\n".join(f"[{name}]\n{lines}" for name, lines in {"telegram": telegram, **sections}.items())
        file.write_text(text, encoding="utf-8")
        return file

    return write


def faults(file: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as caught:
        configuration.load(file)
    return caught.value.lines


@pytest.mark.parametrize(
    ("section", "line", "value"),
    [
        ("telegram", 'api_url = "http://127.0.0.1:8081/"', "http://127.0.0.1:8081"),
        ("telegram", 'api_url = "http://[::1]:8081"', "http://[::1]:8081"),
        ("telegram", 'api_url = "http://localhost"', "http://localhost"),
        ("telegram", 'webhook_url = "https://example.org/telegram/"', "https://example.org/telegram/"),
        ("telegram", 'webhook_url = ""', None),
        ("telegram", "admins = [7, 8]", (7, 8)),
        ("storage", 'url = "sqlite:////var/lib/convoke.db"', "sqlite:////var/lib/convoke.db"),
        ("storage", 'url = "postgresql+psycopg://me@/c?host=/tmp"', "postgresql+psycopg://me@/c?host=/tmp"),
        ("web", "port = 0", 0),
        ("web", 'public_url = "https://example.org/calendar/"', "https://example.org/calendar"),
        ("web", 'secret = ""', None),
        ("web", 'trusted_proxies = ["10.0.0.0/8", "::1"]', ("10.0.0.0/8", "::1")),
        ("reminders", "leads = []", ()),
        ("reminders", 'leads = ["60s", "2d", "1m"]', (timedelta(days=2), timedelta(minutes=1))),
        ("reminders", 'leads = ["1s", "30d"]', (timedelta(days=30), timedelta(seconds=1))),
        ("delivery", "messages_per_second = 1", 1),
        ("consortium", 'file = "/etc/consortium.toml"', Path("/etc/consortium.toml")),
        ("consortium", 'display_zones = ["UTC"]', ("UTC",)),
        ("consortium", 'language = "fr"', "fr"),
        ("log", 'level = "debug"', "debug"),
    ],
)
def test_good_value_is_taken(write: Write, section: str, line: str, value: object) -> None:
    settings = configuration.load(write(**{section: line}))

    assert getattr(getattr(settings, section), line.partition(" ")[0]) == value


MISSING = "missing. Get one from @BotFather and put it there, or set CONVOKE_TELEGRAM__TOKEN."
NO_TOKEN = 'is not a bot token. @BotFather shows it: digits, ":" and at least 30 letters, digits, - or _.'
NOT_GUARDED = "must begin with https:// (http:// is only for an address of this machine)."
NO_ADDRESS = 'must be an address such as "https://convoke.example.org".'
NO_DATABASE = 'must be "sqlite:///FILE" or "postgresql+psycopg://USER:PASSWORD@HOST/DATABASE".'
NO_DURATION = 'is not a duration: write a whole number and s, m, h or d, such as "24h".'


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('[telegram] api_url = "http://api.example.org"', NOT_GUARDED),
        ('[telegram] api_url = "http://127.example.org"', NOT_GUARDED),
        ('[telegram] api_url = "api.telegram.org"', NO_ADDRESS),
        ('[telegram] webhook_url = "http://example.org"', NOT_GUARDED),
        ('[telegram] webhook_secret = "a b"', "must be 1 to 256 characters out of A-Z, a-z, 0-9, - and _."),
        (f'[telegram] webhook_secret = "{257 * "x"}"', "must be 1 to 256 characters out of A-Z, a-z, 0-9, - and _."),
        ('[telegram] mode = "push"', "must be 'polling' or 'webhook'."),
        ("[telegram] admins = 7", "must be a list."),
        ('[storage] url = "postgresql://me:hunter2@host/db"', NO_DATABASE),
        ('[storage] url = "postgresql+psycopg://me:hunter2@host:x/db"', NO_DATABASE),
        ('[storage] url = ""', 'must name a file: "sqlite:///var/convoke.db".'),
        ('[storage] url = "sqlite:///:memory:"', 'must name a file: "sqlite:///var/convoke.db".'),
        ('[web] host = ""', "must not be empty."),
        ("[web] port = 65536", "must be at most 65535."),
        ("[web] port = -1", "must be at least 0."),
        ("[web] port = 80.5", "must be a whole number."),
        ("[web] port = []", "must be a whole number."),
        ('[web] public_url = "ftp://example.org"', NO_ADDRESS),
        ('[web] public_url = "https://me:hunter2@example.org"', NO_ADDRESS),
        ('[web] public_url = "https://example.org?a=b"', NO_ADDRESS),
        ('[web] public_url = "https://example.org:port"', NO_ADDRESS),
        ('[web] public_url = "https://[::1"', NO_ADDRESS),
        ('[web] secret = "hunter2hunter2h"', "must have at least 16 characters."),
        ("[web] secret = 7", "must be text, in quotes."),
        ("[delivery] messages_per_second = 0", "must be at least 1."),
        ("[delivery] workers = 65", "must be at most 64."),
        ("[consortium] file = 7", "must be the path of a file, in quotes."),
        ('[consortium] language = "english"', '"english" is not a language: write its two letters, such as "en".'),
        ('[log] format = "xml"', "must be 'text' or 'json'."),
    ],
)
def test_bad_value_is_refused(write: Write, line: str, fault: str) -> None:
    section, key, *_ = line.split()
    file = write(**{section.strip("[]"): line.removeprefix(section)})

    assert faults(file) == (f"config.toml, {section} {key}: {fault}",)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[telegram] admins = [7, 'eight']", "must be a whole number."),
        ("[telegram] admins = [7, 0]", "must be more than 0."),
        (
            '[web] trusted_proxies = ["::1", "10.0.0.1/8"]',
            '"10.0.0.1/8" is neither an IP address nor a network such as "10.0.0.0/8".',
        ),
        ('[reminders] leads = ["1h", "24"]', f'"24" {NO_DURATION}'),
        ('[reminders] leads = ["1h", "-1h"]', f'"-1h" {NO_DURATION}'),
        ('[reminders] leads = ["1h", "1.5h"]', f'"1.5h" {NO_DURATION}'),
        ('[reminders] leads = ["1h", "9999999999d"]', f'"9999999999d" {NO_DURATION}'),
        ('[reminders] leads = ["1h", 60]', f'"60" {NO_DURATION}'),
        ('[reminders] leads = ["1h", "0s"]', '"0s" is not between "1s" and "30d".'),
        ('[reminders] leads = ["1h", "31d"]', '"31d" is not between "1s" and "30d".'),
        (
            '[consortium] display_zones = ["UTC", "Europe/Brusels"]',
            '"Europe/Brusels" is not an IANA time zone such as "Europe/Brussels". Did you mean "Europe/Brussels"?',
        ),
    ],
)
def test_bad_item_is_named_by_its_number(write: Write, line: str, fault: str) -> None:
    section, key, *_ = line.split()
    file = write(**{section.strip("[]"): line.removeprefix(section)})

    assert faults(file) == (f"config.toml, {section} {key}, item 2: {fault}",)


@pytest.mark.parametrize("zone", ["Europe", "../zoneinfo/UTC", "", "Mars/Olympus"])
def test_place_without_rules_is_no_timezone(write: Write, zone: str) -> None:
    (line,) = faults(write(consortium=f'timezone = "{zone}"'))

    assert line.startswith(f'config.toml, [consortium] timezone: "{zone}" is not an IANA time zone')


@pytest.mark.parametrize(
    ("section", "line", "fault"),
    [
        ("telegram", 'admin = "7"', '[telegram] admin: there is no such key. Did you mean "admins"?'),
        ("telegram", 'token_fil = "x"', '[telegram] token_fil: there is no such key. Did you mean "token_file"?'),
        ("web", 'tls = "x"', "[web] tls: there is no such key."),
        ("log", 'level_file = "x"', '[log] level_file: there is no such key. Did you mean "level"?'),
        ("telgram", "", '[telgram]: there is no such section. Did you mean "telegram"?'),
        ("metrics", 'token = "x"', "[metrics]: there is no such section."),
    ],
)
def test_unknown_word_is_refused_with_a_suggestion(write: Write, section: str, line: str, fault: str) -> None:
    assert faults(write(**{section: line})) == (f"config.toml, {fault}",)


def test_section_that_is_a_value_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "convoke.toml"
    file.write_text(f'log = "debug"\n[telegram]\ntoken = "{TOKEN}"', encoding="utf-8")

    assert faults(file) == ("convoke.toml, [log]: must be a section with keys.",)


def test_all_faults_are_told_at_once(write: Write) -> None:
    file = write(token="", telegram='mode = "webhook"', web="port = 'x'\ncolour = 'x'", logs="")

    assert faults(file) == (
        'config.toml, [logs]: there is no such section. Did you mean "log"?',
        f"config.toml, [telegram] token: {MISSING}",
        'config.toml, [telegram] webhook_url: missing. With mode = "webhook" it is needed.',
        'config.toml, [telegram] webhook_secret: missing. With mode = "webhook" it is needed.',
        "config.toml, [web] port: must be a whole number.",
        "config.toml, [web] colour: there is no such key.",
    )


@pytest.mark.parametrize("token", ["", "hunter2", "123:hunter2", "x" + TOKEN, TOKEN + " "])
def test_wrong_token_is_refused_without_repeating_it(write: Write, token: str) -> None:
    assert faults(write(token=f'token = "{token}"')) == (f"config.toml, [telegram] token: {NO_TOKEN}",)


def test_error_and_what_led_to_it_hold_no_secret(write: Write) -> None:
    file = write(
        token='token = "hunter2"',
        telegram='webhook_secret = "hunter2!"',
        storage='url = "mysql://me:hunter2@host/db"',
        web='secret = "hunter2"',
    )

    with pytest.raises(ConfigurationError) as caught:
        configuration.load(file)

    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
