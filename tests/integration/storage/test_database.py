import asyncio
import socket
import threading
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from storage import DamagedDatabaseError, Database, Setting, back_up, engine, migrate
from storage.installation import note, set_note
from tests.factories import rows


class TroubleError(Exception):
    pass


def note_and_fail(session: Session, key: str) -> None:
    set_note(session, key, "value")
    raise TroubleError


def keys(session: Session) -> list[str]:
    return [setting.key for setting in rows(session, Setting, "key")]


def count_up(session: Session, key: str) -> int:
    """Wrong by as much as two transactions see the same figure."""
    number = int(note(session, key) or 0) + 1
    set_note(session, key, str(number))
    return number


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Of this test's own, as it is the Database that is tried."""
    database = Database(database_url)
    yield database
    await database.close()


async def test_one_call_is_one_transaction(database: Database) -> None:
    await database.write(set_note, "a", "1")

    assert await database.read(note, "a") == "1"


async def test_an_error_undoes_everything_and_reaches_the_caller(database: Database) -> None:
    with pytest.raises(TroubleError):
        await database.write(note_and_fail, "a")

    assert await database.read(keys) == []
    await database.write(set_note, "b", "still working")
    assert await database.read(keys) == ["b"]


async def test_rows_are_values_after_the_transaction(database: Database) -> None:
    def add(session: Session) -> Setting:
        setting = Setting(key="a", value="1")
        session.add(setting)
        return setting

    assert await database.write(add) == Setting(key="a", value="1")


async def test_result_is_handed_back_only_after_the_commit(database: Database, database_url: str) -> None:
    """Whoever has the result can send anybody to look: another process sees it already."""
    other = Database(database_url)
    try:
        for number in range(20):
            await database.write(set_note, "a", str(number))
            assert await other.read(note, "a") == str(number)
    finally:
        await other.close()


async def test_nobody_sees_what_is_not_committed(database: Database) -> None:
    written, looked = threading.Event(), threading.Event()

    def write_slowly(session: Session) -> None:
        set_note(session, "a", "1")
        written.set()
        assert looked.wait(10)

    slow = asyncio.create_task(database.write(write_slowly))
    assert await asyncio.to_thread(written.wait, 10)
    before = await database.read(note, "a")
    looked.set()
    await slow

    assert (before, await database.read(note, "a")) == (None, "1")


async def test_a_cancelled_caller_stops_no_transaction_and_it_counts(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def write_slowly(session: Session) -> None:
        begun.set()
        assert go_on.wait(10)
        set_note(session, "a", "1")

    caller = asyncio.create_task(database.write(write_slowly))
    assert await asyncio.to_thread(begun.wait, 10)
    caller.cancel()
    await asyncio.wait([caller])
    go_on.set()
    await database.close()

    assert caller.cancelled()
    assert database.commits == 1


async def test_commits_count_writes_that_succeeded(database: Database) -> None:
    await database.read(note, "a")
    assert database.commits == 0

    await asyncio.gather(*(database.write(set_note, str(number), "1") for number in range(30)))
    with pytest.raises(TroubleError):
        await database.write(note_and_fail, "a")

    assert database.commits == 30


async def test_writers_of_several_processes_do_not_cross_on_sqlite(sqlite_url: str) -> None:
    """A transaction that reads first and asks for the lock later would lose most of these."""
    processes = [Database(sqlite_url) for _ in range(3)]
    try:
        calls = [process.write(count_up, "a") for _ in range(20) for process in processes]
        numbers = await asyncio.gather(*calls)
    finally:
        for process in processes:
            await process.close()

    assert sorted(numbers) == list(range(1, 61))


async def test_sqlite_keeps_writes_in_the_order_of_the_calls(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    try:
        assert await asyncio.gather(*(database.write(count_up, "a") for _ in range(50))) == list(range(1, 51))
    finally:
        await database.close()


async def test_a_read_cannot_write_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    try:
        with pytest.raises(OperationalError, match="readonly"):
            await database.read(set_note, "a", "1")
        assert await database.read(keys) == []
    finally:
        await database.close()


async def test_what_a_read_writes_is_never_kept(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        await database.read(set_note, "a", "1")
        assert await database.read(keys) == []
    finally:
        await database.close()


async def test_reads_go_on_while_something_is_written(database: Database) -> None:
    written, looked = threading.Event(), threading.Event()

    def write_slowly(session: Session) -> None:
        set_note(session, "a", "1")
        written.set()
        assert looked.wait(10)

    slow = asyncio.create_task(database.write(write_slowly))
    assert await asyncio.to_thread(written.wait, 10)
    notes = await asyncio.gather(*(database.read(note, "a") for _ in range(20)))
    looked.set()
    await slow

    assert notes == [None] * 20


async def test_a_missing_folder_of_the_sqlite_file_is_made(tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/new/folder/convoke.db")
    try:
        assert await database.read(lambda session: session.connection().exec_driver_sql("SELECT 1").scalar()) == 1
    finally:
        await database.close()


async def test_sqlite_survives_power_cuts_and_checks_references(sqlite_url: str) -> None:
    def pragmas(session: Session) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [session.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    database = Database(sqlite_url)
    try:
        assert await database.write(pragmas) == ["wal", 2, 1]
    finally:
        await database.close()


async def test_no_error_tells_the_values_of_a_statement(database: Database) -> None:
    """Nor does PostgreSQL tell which was there already, in whatever is written into a log."""

    def twice(session: Session, whose: str, what: str) -> None:
        for _ in range(2):
            session.execute(insert(Setting).values(key=whose, value=what))

    with pytest.raises(IntegrityError, match="INSERT INTO setting") as caught:
        await database.write(twice, "+".join("ana"), "+".join("data"))

    told = "".join(traceback.format_exception(caught.value))
    assert "a+n+a" not in told
    assert "d+a+t+a" not in told
    assert "unique" in told.lower()


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another program keeps everybody from writing notes."""
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    other = create_engine(url)
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_sqlite else "LOCK TABLE setting")
        yield
    other.dispose()


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """How long others may keep us from writing, in milliseconds."""
    monkeypatch.setattr(engine, "_BUSY_TIMEOUT_MS", request.param)


@pytest.mark.parametrize("patience", [50], indirect=True)
@pytest.mark.usefixtures("patience")
async def test_who_has_waited_too_long_for_another_program_is_told(database_url: str) -> None:
    database = Database(database_url)
    with locked(database_url), pytest.raises(OperationalError, match="lock"):
        await asyncio.wait_for(database.write(set_note, "a", "1"), 20)
    await database.write(set_note, "b", "1")

    assert await database.read(keys) == ["b"]
    await database.close()


@pytest.mark.parametrize("patience", [3_600_000], indirect=True)
@pytest.mark.usefixtures("patience")
async def test_to_close_waits_for_no_other_program(database_url: str) -> None:
    database = Database(database_url)
    with locked(database_url):
        waiting = [asyncio.create_task(database.write(set_note, str(number), "1")) for number in range(20)]
        await database.read(lambda session: session.connection().exec_driver_sql("SELECT 1").all())
        await asyncio.wait_for(database.close(), 20)
        ends = await asyncio.gather(*waiting, return_exceptions=True)
    again = Database(database_url)

    assert {type(end) for end in ends} <= {OperationalError, asyncio.CancelledError}
    assert await again.read(keys) == []
    await again.close()


@pytest.mark.parametrize(("ours", "said"), [(2, ""), (3_600, "?connect_timeout=2")])
async def test_host_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch, ours: int, said: str) -> None:
    """When, the address may say."""
    monkeypatch.setitem(engine.SILENT_HOST, "connect_timeout", ours)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = Database(f"postgresql+psycopg://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing{said}")
        with pytest.raises(OperationalError, match="timeout"):
            await asyncio.wait_for(database.read(keys), 60)
        await database.close()


def damage(url: str, first: int, last: int) -> Path:
    file = Path(url.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    content[first:last] = b"\xff" * (min(last, len(content)) - first)
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(("first", "last"), [(0, 100), (4_096, 200_000)], ids=["no database", "bad pages"])
async def test_a_damaged_file_is_called_so(sqlite_url: str, first: int, last: int) -> None:
    file = damage(sqlite_url, first, last)
    database = Database(sqlite_url)

    with pytest.raises(DamagedDatabaseError):
        await database.write(set_note, "a", "1")
    with pytest.raises(DamagedDatabaseError):
        migrate(sqlite_url)
    with pytest.raises(DamagedDatabaseError):
        back_up(sqlite_url, file.with_name("backup.db"))
    await database.close()
