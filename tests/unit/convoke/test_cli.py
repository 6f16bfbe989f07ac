import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.chat import WebhookRefusedError
from bot.reach import TokenRefusedError
from convoke import cli, service
from convoke.cli import RoleChoice
from convoke.roles import Role

pytestmark = pytest.mark.usefixtures("restored_logging")

TOKEN = "123456789:" + 35 * "x"
CONSORTIUM = 'name = "Us"\n[[partnership]]\nid = "alpha"\nname = "The Alpha Partnership"\nshort_name = "Alpha"\n'


class Outcome(NamedTuple):
    code: object
    out: str
    err: str


Convoke = Callable[..., Outcome]


@pytest.fixture
def convoke(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Convoke:
    def call(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["convoke", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return Outcome(end.value.code, *capsys.readouterr())

    return call


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "consortium.toml").write_text(CONSORTIUM, encoding="utf-8")
    file = tmp_path / "config.toml"
    file.write_text(f'[telegram]\ntoken = "{TOKEN}"\n', encoding="utf-8")
    return file


@pytest.fixture
def migrated(config: Path, sqlite_template: Path) -> Path:
    """The same, and its database is there."""
    file = config.parent / "var" / "convoke.db"
    file.parent.mkdir()
    shutil.copy(sqlite_template, file)
    return config


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Bound, so that nobody else can have it, but nobody listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_version_is_shown(convoke: Convoke) -> None:
    assert convoke("--version") == Outcome(0, f"convoke {version('convoke')}\n", "")


def test_help_names_every_command(convoke: Convoke) -> None:
    _, _, commands = convoke("--help").out.partition("Commands:\n")

    shown = [line.split()[0] for line in commands.splitlines()]
    assert shown == ["run", "demo", "check-config", "migrate", "backup", "copy-database", "import"]


RUN_AS_A_MODULE = """
import atexit, gc, runpy
atexit.register(lambda: print(gc.isenabled(), gc.get_freeze_count() > len(gc.get_objects())))
runpy.run_module("convoke", run_name="__main__", alter_sys=True)
"""


def test_package_can_be_run_and_looks_for_garbage_in_what_is_not_loaded_but_made() -> None:
    command = [sys.executable, "-c", RUN_AS_A_MODULE, "--version"]

    done = subprocess.run(command, check=True, capture_output=True, text=True)

    assert done.stdout == f"convoke {version('convoke')}\nTrue True\n"


INTERRUPTED = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, *_):
        if name == "{module}":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from convoke.__main__ import main
main()
"""


def test_interrupting_it_while_it_is_being_loaded_tells_nothing() -> None:
    command = [sys.executable, "-c", INTERRUPTED.format(module="storage.migrate"), "--version"]

    stopped = subprocess.run(command, check=False, capture_output=True, text=True)

    assert (stopped.returncode, stopped.stdout, stopped.stderr) == (-signal.SIGINT, "", "")


def test_check_config_shows_what_would_run(convoke: Convoke, config: Path) -> None:
    code, out, err = convoke("check-config", "--config", config)

    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == [
        "telegram",
        "storage",
        "web",
        "reminders",
        "delivery",
        "consortium",
        "log",
    ]
    assert TOKEN not in out


def test_check_config_touches_nothing(convoke: Convoke, config: Path) -> None:
    convoke("check-config", "--config", config)

    assert sorted(path.name for path in config.parent.iterdir()) == ["config.toml", "consortium.toml"]


@pytest.mark.parametrize("command", ["check-config", "run", "migrate"])
def test_faults_of_the_configuration_are_told_line_by_line(convoke: Convoke, config: Path, command: str) -> None:
    config.write_text(f'[telegram]\ntoken = "{TOKEN}"\n[web]\nport = -1\nprot = 1', encoding="utf-8")

    assert convoke(command, "--config", config) == Outcome(
        2,
        "",
        "config.toml, [web] port: must be at least 0.\n"
        'config.toml, [web] prot: there is no such key. Did you mean "port"?\n',
    )


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (TokenRefusedError(), "Telegram refuses the bot's token. Copy it again from @BotFather to [telegram] token."),
        (WebhookRefusedError("Bad webhook: no"), "Telegram refuses [telegram] webhook_url: Bad webhook: no"),
    ],
)
def test_what_telegram_refuses_is_told_with_its_key(
    convoke: Convoke, config: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, line: str
) -> None:
    def refused(*_: object) -> int:
        raise error

    monkeypatch.setattr(service, "run", refused)

    assert convoke("run", "--config", config) == Outcome(2, "", f"{line}\n")


@pytest.mark.parametrize("command", ["check-config", "run"])
def test_faults_of_the_consortium_are_told_line_by_line(convoke: Convoke, config: Path, command: str) -> None:
    (config.parent / "consortium.toml").write_text(CONSORTIUM.replace('"alpha"', '"all"'), encoding="utf-8")

    assert convoke(command, "--config", config) == Outcome(
        2,
        "",
        'consortium.toml, line 3, [[partnership]] "all", id: "all" is a part of addresses and cannot be an id.\n',
    )


@pytest.mark.parametrize(
    ("choices", "chosen"),
    [
        ([], {Role.BOT, Role.JOBS, Role.FEEDS}),
        ([RoleChoice.ALL], {Role.BOT, Role.JOBS, Role.FEEDS}),
        ([RoleChoice.JOBS, RoleChoice.ALL], {Role.BOT, Role.JOBS, Role.FEEDS}),
        ([RoleChoice.FEEDS], {Role.FEEDS}),
        ([RoleChoice.BOT, RoleChoice.JOBS, RoleChoice.BOT], {Role.BOT, Role.JOBS}),
    ],
)
def test_roles(choices: list[RoleChoice], chosen: set[Role]) -> None:
    assert cli.roles(choices) == chosen


def test_choice_of_roles_is_every_role_or_all() -> None:
    assert sorted(RoleChoice) == sorted(["all", *Role])


def test_unknown_role_is_refused(convoke: Convoke, config: Path) -> None:
    code, out, err = convoke("run", "--config", config, "--role", "web")

    assert (code, out) == (2, "")
    assert "'web' is not one of 'all', 'bot', 'jobs', 'feeds'" in err


def test_run_without_its_port_says_what_to_do(convoke: Convoke, config: Path, taken_port: int) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write(f"[web]\nport = {taken_port}")

    code, out, err = convoke("run", "--config", config)

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"Cannot listen at 127.0.0.1:{taken_port}: Address already in use")
    assert err.endswith("End the program that does, or choose another [web] port.\n")


def test_migrate_makes_the_database(convoke: Convoke, config: Path) -> None:
    first, second = (convoke("migrate", "--config", config) for _ in range(2))

    assert first == second == Outcome(0, "The database has the schema of this version.\n", "")
    assert (config.parent / "var" / "convoke.db").exists()


def test_newer_database_is_refused(convoke: Convoke, migrated: Path) -> None:
    with sqlite3.connect(migrated.parent / "var" / "convoke.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert convoke("migrate", "--config", migrated) == Outcome(
        1, "", "The database belongs to a newer Convoke (its schema is 9999). Run that version.\n"
    )


def test_unreachable_database_is_told_without_its_password(convoke: Convoke, config: Path, taken_port: int) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[storage]\nurl = "postgresql+psycopg://me:hunter2@127.0.0.1:{taken_port}/convoke"')

    assert convoke("migrate", "--config", config) == Outcome(
        1,
        "",
        "The database cannot be used:"
        f' connection failed: connection to server at "127.0.0.1", port {taken_port} failed: Connection refused.'
        " Check [storage] url, and that the database is running.\n",
    )


def test_a_damaged_database_is_told_in_a_line(convoke: Convoke, config: Path) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write('[storage]\nurl = "sqlite:///text.db"\n')
    (config.parent / "text.db").write_text("This is no database, so to open it fails.", encoding="utf-8")

    assert convoke("migrate", "--config", config) == Outcome(
        2,
        "",
        "The database is damaged: file is not a database. Restore the newest backup, as docs/operations.md says.\n",
    )


def test_mistake_of_our_own_is_a_record(convoke: Convoke, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistake(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(service, "run", mistake)
    with config.open("a", encoding="utf-8") as file:
        file.write('[log]\nformat = "json"')

    code, out, err = convoke("run", "--config", config)

    assert (code, out) == (1, "")
    record = json.loads(err)
    assert record["message"] == "Convoke has stopped because of a mistake of its own."
    assert record["exception"].startswith("Traceback (most recent call last):\n")


def test_a_backup_is_made_and_never_replaces_a_file(convoke: Convoke, migrated: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"

    made = convoke("backup", file, "--config", migrated)
    again = convoke("backup", file, "--config", migrated)

    assert (made.code, made.out) == (0, f"{file}: {file.stat().st_size / 2**20:.1f} MiB, checked.\n")
    words = f"{file} exists already. Choose another name: a backup never replaces a file.\n"
    assert (again.code, again.err) == (1, words)


def test_a_backup_that_cannot_be_written_says_why(convoke: Convoke, migrated: Path, tmp_path: Path) -> None:
    missing = convoke("backup", tmp_path / "no" / "backup.db", "--config", migrated)

    assert missing.code == 1
    assert missing.err.endswith("No such file or directory.\n")


@pytest.mark.usefixtures("migrated")
def test_everything_moves_to_another_database(convoke: Convoke, tmp_path: Path) -> None:
    source, target = f"sqlite:///{tmp_path / 'var' / 'convoke.db'}", f"sqlite:///{tmp_path / 'new.db'}"
    with closing(sqlite3.connect(tmp_path / "var" / "convoke.db")) as database:
        database.execute("INSERT INTO topic VALUES ('food', 'Food', 'sector', 1, 1)")
        database.commit()

    moved = convoke("copy-database", source, target)
    again = convoke("copy-database", source, target)

    assert (moved.code, moved.out.splitlines()[-1].split(" rows")[0]) == (0, "1")
    assert (again.code, again.err) == (1, "The second database is not empty (topic). Nothing was changed.\n")


def test_copying_a_database_needs_two_addresses(convoke: Convoke, tmp_path: Path) -> None:
    known = f"sqlite:///{tmp_path / 'new.db'}"

    assert convoke("copy-database", "mysql://u:secret@h/d", known).code == 2
    assert "secret" not in convoke("copy-database", "mysql://u:secret@h/d", known).err
    missing = convoke("copy-database", f"sqlite:///{tmp_path / 'none.db'}", known)
    assert (missing.code, missing.err) == (1, f"There is no database {tmp_path / 'none.db'}.\n")
