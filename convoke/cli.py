"""The command line. What stands in the way is said in one line each, without a traceback."""

import logging
import sys
from collections.abc import Collection
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.chat import WebhookRefusedError
from bot.reach import TokenRefusedError
from convoke import checks, configuration, importing, logs, service, upkeep
from convoke.configuration import ConfigurationError
from convoke.importing import ImportRefusedError, Order
from convoke.roles import Role
from convoke.settings import Settings
from convoke.summary import summary
from convoke.upkeep import UpkeepError
from convoke.web import PortTakenError
from domain.consortium import ConsortiumError
from sandbox.errors import SandboxError
from storage import DamagedDatabaseError, DatabaseTooNewError, DatabaseUnavailableError, reason_of
from storage import migrate as migrate_database

app = typer.Typer(
    help="Joint webinars in a Telegram chat, with calendars that are always right.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_log = logging.getLogger(__name__)


class RoleChoice(StrEnum):
    ALL = "all"
    BOT = "bot"
    JOBS = "jobs"
    FEEDS = "feeds"


_Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="PATH", help="Configuration file. Default: config.toml, if there is one."),
]
_File = Annotated[Path, typer.Argument(metavar="FILE", help="A calendar (.ics) or a table (.csv).", show_default=False)]
_Partnership = Annotated[
    str | None, typer.Option("--partnership", metavar="ID", help="Whose webinars they are, if there are several.")
]
_Publish = Annotated[bool, typer.Option("--publish", help="Publish what can be, instead of making drafts.")]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")]
_Roles = Annotated[list[RoleChoice] | None, typer.Option("--role", help="What to do; may be repeated. Default: all.")]


def main() -> None:
    """Exit code 2 means that the configuration is wrong, 1 that something else is."""
    try:
        app()
    except Exception as error:  # noqa: BLE001 -- a plain traceback would not be redacted, a record is
        _explain(error)
        _log.exception("Convoke has stopped because of a mistake of its own.")
        sys.exit(1)


def _explain(error: Exception) -> None:
    """End with a sentence, if it is nothing that Convoke has done wrong."""
    _stop_for_good(error)
    match error:
        case PortTakenError():
            _stop(1, f"Cannot listen at {error}. End the program that does, or choose another [web] port.")
        case DatabaseTooNewError():
            _stop(1, f"The database belongs to a newer Convoke (its schema is {error}). Run that version.")
        case DatabaseUnavailableError():
            advice = "Check [storage] url, and that the database is running."
            _stop(1, f"The database cannot be used: {reason_of(error)}. {advice}")
        case UpkeepError() | ImportRefusedError():
            _stop(1, str(error))
        case SandboxError():
            _stop(1, f"The demo cannot start: {error}")


def _stop_for_good(error: Exception) -> None:
    """End with code 2, if nothing will be better before somebody has done something."""
    match error:
        case ConfigurationError() | ConsortiumError():
            _stop(2, *error.lines)
        case TokenRefusedError():
            _stop(2, "Telegram refuses the bot's token. Copy it again from @BotFather to [telegram] token.")
        case DamagedDatabaseError():
            _stop(2, f"The database is damaged: {error}. Restore the newest backup, as docs/operations.md says.")
        case WebhookRefusedError():
            _stop(2, f"Telegram refuses [telegram] webhook_url: {error}")


def _stop(code: int, *lines: str) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    sys.exit(code)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 -- typer calls it so
    if wanted:
        typer.echo(f"convoke {version('convoke')}")
        raise typer.Exit


@app.callback()
def convoke(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Joint webinars in a Telegram chat, with calendars that are always right."""


@app.command()
def run(config: _Config = None, role: _Roles = None) -> None:
    """Serve until told to stop."""
    raise typer.Exit(service.run(_load(config), roles(role or [])))


def roles(choices: Collection[RoleChoice]) -> frozenset[Role]:
    if not choices or RoleChoice.ALL in choices:
        return frozenset(Role)
    return frozenset(Role(choice) for choice in choices)


@app.command("demo")
def run_demo() -> None:
    """Try everything on this machine, without a Telegram account."""
    logs.configure("warning", "text")
    from convoke import demo  # noqa: PLC0415 -- the local Telegram is loaded where it is played with

    raise typer.Exit(demo.run())


@app.command("check-config")
def check_config(config: _Config = None) -> None:
    """Read the configuration and the consortium's data, and show what is wrong or what would run."""
    settings = configuration.load(config)
    typer.echo(summary(settings, configuration.load_consortium(settings)))


@app.command()
def migrate(config: _Config = None) -> None:
    """Bring the database to the schema of this version. `run` does it too."""
    migrate_database(_load(config).storage.url)
    typer.echo("The database has the schema of this version.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")], config: _Config = None) -> None:
    """Copy a SQLite database to a file, also while Convoke runs."""
    upkeep.backup(_load(config).storage.url, file)


@app.command("copy-database")
def copy_database(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The URL of the database that has everything.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The URL of an empty one.")],
) -> None:
    """Move to another database: copy every row into an empty one. Stop Convoke first."""
    upkeep.move(_database(source), _database(target))


def _database(url: str) -> str:
    try:
        return checks.database(url)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


@app.command("import")
def import_file(
    file: _File,
    config: _Config = None,
    partnership: _Partnership = None,
    *,
    publish: _Publish = False,
    dry_run: _DryRun = False,
) -> None:
    """Take webinars from a calendar (.ics) or a table (.csv). The same again changes nothing."""
    for line in importing.run(_load(config), Order(file, partnership, publish, dry_run)):
        typer.echo(line)


def _load(config: Path | None) -> Settings:
    settings = configuration.load(config)
    logs.configure(settings.log.level, settings.log.format)
    return settings
