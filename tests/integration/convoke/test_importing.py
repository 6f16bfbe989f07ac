"""`convoke import`, as an operator calls it."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from convoke import cli
from storage import Audit, Database, Draft, Imported, Notice, NoticeKind, Webinar, WebinarStatus
from tests.acceptance.process import Convoke
from tests.calendar_files import calendar, entry
from tests.factories import rows

pytestmark = pytest.mark.usefixtures("restored_logging")

DAY = datetime.now(UTC).replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=30)
START = f"TZID=Romance Standard Time:{DAY:%Y%m%dT%H%M%S}"
NEXT = f"TZID=Romance Standard Time:{DAY + timedelta(days=1):%Y%m%dT%H%M%S}"
COLD, WARM = entry("cold", "Cold chain", DTSTART=START), entry("warm", "Warm chain", DTSTART=START, LOCATION="")
ALL_DAY = entry("day", "All day", DTSTART=f"{DAY:%Y%m%d}")


class Outcome(NamedTuple):
    code: object
    out: str
    err: str


@pytest.fixture
def convoke(tmp_path: Path, database_url: str) -> Convoke:
    return installed(tmp_path, database_url)


@pytest.fixture
def simple(tmp_path: Path, sqlite_url: str) -> Convoke:
    """Where it is all the same on which database."""
    return installed(tmp_path, sqlite_url)


def installed(folder: Path, storage_url: str) -> Convoke:
    installation = Convoke(folder=folder, api_url="http://127.0.0.1:1", storage_url=storage_url)
    installation.configure()
    return installation


class Run(Protocol):
    async def __call__(
        self, convoke: Convoke, content: bytes, *arguments: str, name: str = "webinars.ics"
    ) -> Outcome: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """In a thread, as the command has an event loop of its own."""

    async def call(convoke: Convoke, content: bytes, *arguments: str, name: str = "webinars.ics") -> Outcome:
        file = convoke.folder / name
        file.write_bytes(content)
        config = convoke.folder / "config.toml"
        monkeypatch.setattr(sys, "argv", ["convoke", "import", str(file), "--config", str(config), *arguments])
        return Outcome(await asyncio.to_thread(_exit_code), *capsys.readouterr())

    return call


def _exit_code() -> object:
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code


async def test_file_is_rehearsed_taken_published_and_followed(convoke: Convoke, run: Run, database: Database) -> None:
    content = calendar(COLD, WARM, ALL_DAY)
    problems = "1 thing can't be taken:\n  Line 17, All day: it lasts all day; a webinar needs a time.\n"

    rehearsed = await run(convoke, content, "--partnership", "nf4", "--dry-run")
    said = "webinars.ics for nf4\nNothing has been changed: this is what would happen.\n2 new drafts\n"
    assert rehearsed == Outcome(0, said + problems, "")
    assert await database.read(rows, Imported, "uid") == []

    taken = await run(convoke, content, "--partnership", "nf4")
    assert taken == Outcome(0, f"webinars.ics for nf4\n2 new drafts\n{problems}", "")
    drafts = await database.read(rows, Draft)
    assert [(draft.person_id, draft.created_by, draft.fields["hosts"]) for draft in drafts] == [
        (None, None, ["nf4"])
    ] * 2

    published = await run(convoke, content, "--partnership", "nf4", "--publish")
    assert published.out.startswith("webinars.ics for nf4\n1 published\n1 unchanged\n")
    assert published.out.endswith("Line 11, Warm chain: it has no link to join, so it stays a draft.\n")
    (webinar,) = await database.read(rows, Webinar)
    assert (webinar.uid, webinar.title, webinar.timezone, webinar.local_start) == (
        "cold",
        "Cold chain",
        "Europe/Paris",
        DAY.replace(tzinfo=None),
    )

    moved = await run(convoke, calendar(entry("cold", "Cold chain", DTSTART=NEXT)), "--partnership", "nf4")
    assert moved.out == "webinars.ics for nf4\n1 moved\n  Line 4, Cold chain: moved\n"
    cancelled = calendar(entry("cold", "Cold chain", DTSTART=NEXT, STATUS="CANCELLED"))
    outcome = await run(convoke, cancelled, "--partnership", "nf4")
    assert outcome.out == "webinars.ics for nf4\n1 cancelled\n  Line 4, Cold chain: cancelled\n"
    assert (await run(convoke, cancelled, "--partnership", "nf4")).out == "webinars.ics for nf4\n1 unchanged\n"

    (webinar,) = await database.read(rows, Webinar)
    assert (webinar.status, webinar.sequence) == (WebinarStatus.CANCELLED, 2)
    assert {notice.kind for notice in await database.read(rows, Notice)} == {
        NoticeKind.ANNOUNCED,
        NoticeKind.MOVED,
        NoticeKind.CANCELLED,
    }
    assert {line.person_id for line in await database.read(rows, Audit)} == {None}


async def test_table_is_taken(convoke: Convoke, run: Run, database: Database) -> None:
    content = f"Title;Start;Seats\nKühlkette;{DAY:%d.%m.%Y %H:%M};20\n;x;\n".encode("cp1252")

    outcome = await run(convoke, content, "--partnership", "ec2i", name="webinars.csv")

    assert outcome == Outcome(
        0,
        "webinars.csv for ec2i\n1 new draft\n"
        "1 event names no time zone: I read it as Brussels time.\n"
        "1 thing can't be taken:\n  Line 3: “x” names no year.\n"
        "1 thing to look at:\n  Line 2, Kühlkette: it names no end: I take 60 minutes.\n",
        "",
    )
    (draft,) = await database.read(rows, Draft)
    assert (draft.fields["title"], draft.fields["capacity"]) == ("Kühlkette", 20)


@pytest.mark.parametrize(
    ("content", "arguments", "why"),
    [
        (
            calendar(COLD),
            (),
            "Say whose webinars these are, with --partnership and one of: ec2i, mobigoin, adpack2, nf4.",
        ),
        (
            calendar(COLD),
            ("--partnership", "nf5"),
            'There is no partnership "nf5"; known: ec2i, mobigoin, adpack2, nf4. Did you mean "nf4"?',
        ),
        (b"", ("--partnership", "nf4"), "{file}: The file is empty. Nothing was changed."),
        (b"PK\x03\x04\x00", ("--partnership", "nf4"), "{file}: This is not a text file. Nothing was changed."),
        (
            calendar(*[entry("a", DTSTART=START, RRULE="FREQ=DAILY")] * 50),
            ("--partnership", "nf4"),
            "{file}: The file makes more than 20000 webinars. Nothing was changed.",
        ),
        (
            b"x" * (10 * 1024 * 1024 + 1),
            ("--partnership", "nf4"),
            "{file}: The file is larger than 10 MB. Nothing was changed.",
        ),
    ],
)  # fmt: skip
async def test_what_cannot_be_done_is_one_line(
    simple: Convoke, run: Run, content: bytes, arguments: tuple[str, ...], why: str
) -> None:
    outcome = await run(simple, content, *arguments, "--publish")

    assert outcome == Outcome(1, "", why.format(file=simple.folder / "webinars.ics") + "\n")
    database = Database(simple.storage_url)
    assert await database.read(rows, Webinar) == []
    await database.close()


async def test_file_that_is_not_there(simple: Convoke) -> None:
    """As the process that is started."""
    missing = ["-m", "convoke", "import", "nowhere.ics", "--config", str(simple.folder / "config.toml")]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *missing, "--partnership", "nf4", stderr=asyncio.subprocess.PIPE
    )
    _, err = await process.communicate()
    assert (process.returncode, err.decode()) == (1, "nowhere.ics: cannot be read: No such file or directory.\n")
