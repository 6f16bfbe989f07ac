"""Everything on one machine: a local Telegram, the bot, the web, and a consortium to play with."""

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import typer
import uvloop

from convoke import service, showcase, web
from convoke.panel import Outlook
from convoke.roles import Role
from convoke.settings import LogSettings, Settings, StorageSettings, TelegramSettings, WebSettings
from domain.consortium import Consortium, parse, synchronise
from domain.people import appoint_admins
from sandbox.server import Sandbox, StartError, serving
from storage import Database, migrate, moments

_HOST = "127.0.0.1"
_TOKEN = "1000000001:opens-nothing-but-the-local-telegram"  # noqa: S105 -- as it says
_CONSORTIUM = "consortium.toml"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the demo is kept and reached."""

    folder: Path = Path("var")
    chat_port: int = 8081
    web_port: int = 8080

    @property
    def chat_url(self) -> str:
        return f"http://{_HOST}:{self.chat_port}"

    @property
    def web_url(self) -> str:
        return f"http://{_HOST}:{self.web_port}"


def run(place: Place = Place()) -> int:
    """Play until Ctrl-C. What was done is kept in the folder, and the next start goes on from there."""
    place.folder.mkdir(parents=True, exist_ok=True)
    try:
        web.listen(_HOST, place.web_port).close()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_run(place))
    except (StartError, web.PortTakenError) as error:
        typer.echo(f"The demo cannot start. {error}. Perhaps it is running already: end that one first.", err=True)
        return 1
    return 0


async def _run(place: Place) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    settings = _settings(place)
    migrate(settings.storage.url)
    database = Database(settings.storage.url)
    try:
        await _play(place, settings, database, stop)
    finally:
        await database.close()
    typer.echo("Stopped. Everything is kept for the next start.")


async def _play(place: Place, settings: Settings, database: Database, stop: asyncio.Event) -> None:
    consortium, outlook = _consortium(), Outlook(database, settings.reminders.leads)
    state = place.folder / "demo-telegram.json"
    async with serving(_HOST, place.chat_port, people=showcase.PEOPLE, state=state, panel=outlook.tables) as sandbox:

        def now() -> datetime:
            return datetime.fromtimestamp(sandbox.world.clock.now(), UTC)

        showcase.introduce(sandbox.world.bot_of(_TOKEN))
        sandbox.world.clock.pushes.append(outlook.hurry)
        await _catch_up(sandbox, database, now())
        soon = await _fill(settings, consortium, database, now())
        typer.echo(_welcome(place, soon))
        await service.serve(settings, consortium, frozenset(Role), stop, now=now, watch=outlook.watch)


async def _catch_up(sandbox: Sandbox, database: Database, now: datetime) -> None:
    """Never let time go back: after a crash, or without its file, the sandbox may have forgotten a push."""
    newest = await database.read(moments.newest)
    if newest and newest > now:
        sandbox.world.push_clock((newest - now).total_seconds())


async def _fill(settings: Settings, consortium: Consortium, database: Database, now: datetime) -> showcase.Soon:
    """Post what the consortium has to show, and make sure that something starts soon."""
    await database.write(synchronise, consortium, now=now)
    await database.write(appoint_admins, settings.telegram.admins, now=now)
    return await database.write(showcase.fill, timezone=settings.consortium.timezone, now=now)


def _settings(place: Place) -> Settings:
    return Settings(
        telegram=TelegramSettings.model_validate(
            {
                "token": _TOKEN,
                "api_url": place.chat_url,
                "link_url": f"{place.chat_url}/t.me",
                "admins": [showcase.ADMIN],
            }
        ),
        storage=StorageSettings(url=f"sqlite:///{place.folder / 'demo.db'}"),
        web=WebSettings(host=_HOST, port=place.web_port, public_url=place.web_url),
        log=LogSettings(level="warning"),
    )


def _consortium() -> Consortium:
    """The checkout's own data file, or the copy that is installed with the package."""
    here = Path(_CONSORTIUM)
    text = here.read_text("utf-8") if here.exists() else (files("convoke") / _CONSORTIUM).read_text("utf-8")
    return parse(text, _CONSORTIUM)


def _welcome(place: Place, soon: showcase.Soon) -> str:
    people = "\n".join(f"    {person.first_name:<8} {person.about}" for person in showcase.PEOPLE)
    return (
        f"\nConvoke demo. Everything stays on this machine; no account is needed.\n\n"
        f"  The chat      {place.chat_url}\n"
        f"  The calendar  {place.web_url}\n\n"
        f"  Who is who\n{people}\n\n"
        f"  “{soon.title}” starts at {soon.local_start:%H:%M} ({soon.timezone}).\n"
        f"  Register for it as {showcase.PEOPLE[1].first_name}: the reminder comes ten minutes before,\n"
        f"  or at once if you open “Developer” in the chat and push the clock by 10 minutes.\n\n"
        f"Ctrl-C ends it; the next start goes on where you were.\n"
    )
