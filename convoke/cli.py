"""The command line. What stands in the way is said in one line each, without a traceback."""

import logging
import sys
from collections.abc import Collection
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.chat import TokenRefusedError
from convoke import configuration, demo, logs, service
from convoke.configuration import ConfigurationError
from convoke.roles import Role
from convoke.settings import Settings
from convoke.summary import summary
from convoke.web import PortTakenError
from domain.consortium import ConsortiumError
from sandbox.errors import SandboxError
from storage import DatabaseTooNewError, DatabaseUnavailableError
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
_Roles = Annotated[list[RoleChoice] | None, typer.Option("--role", help="What to do; may be repeated. Default: all.")]


def main() -> None:
    """Exit code 2 means that the configuration is wrong, 1 that something else is."""
    try:
        app()
    except (ConfigurationError, ConsortiumError) as error:
        _stop(2, *error.lines)
    except TokenRefusedError:
        _stop(2, "Telegram refuses the bot's token. Copy it again from @BotFather to [telegram] token.")
    except PortTakenError as error:
        _stop(1, f"Cannot listen at {error}. End the program that does, or choose another [web] port.")
    except DatabaseTooNewError as error:
        _stop(1, f"The database belongs to a newer Convoke (its schema is {error}). Run that version.")
    except DatabaseUnavailableError as error:
        reason = str(error.orig).partition("\n")[0]
        _stop(1, f"The database cannot be used: {reason}. Check [storage] url, and that the database is running.")
    except SandboxError as error:
        _stop(1, f"The demo cannot start: {error}")
    except Exception:  # noqa: BLE001 -- a plain traceback would not be redacted, a record is
        _log.exception("Convoke has stopped because of a mistake of its own.")
        sys.exit(1)


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


def _load(config: Path | None) -> Settings:
    settings = configuration.load(config)
    logs.configure(settings.log.level, settings.log.format)
    return settings
