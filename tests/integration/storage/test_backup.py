import shutil
import stat
from pathlib import Path

import pytest

from storage import BackupExistsError, DamagedDatabaseError, Database, NoDatabaseError, NotSqliteError, back_up
from tests import whole_person
from tests.factories import add_person
from tests.whole_person import dump


def backups(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "backup" in path.name)


async def test_a_backup_of_a_live_database_holds_everything_committed(sqlite_url: str, tmp_path: Path) -> None:
    """Committed rows are still in the write-ahead log then: a copy of the file alone would miss them."""
    live, file = Database(sqlite_url), tmp_path / "backup #1.db"
    await live.write(whole_person.prepare)

    size = back_up(sqlite_url, file)

    restored = Database(f"sqlite:///{shutil.copy(file, tmp_path / 'restored.db')}")
    assert await restored.read(dump) == await live.read(dump)
    assert size == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    await live.close()
    await restored.close()


async def test_writers_go_on_meanwhile(sqlite_url: str, tmp_path: Path) -> None:
    live, file = Database(sqlite_url), tmp_path / "backup.db"

    await live.write(lambda _session: back_up(sqlite_url, file))
    await live.write(add_person, 1)

    await live.close()
    assert backups(tmp_path) == ["backup.db"]


def test_a_file_that_is_there_is_kept(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "yesterday.db"
    file.write_text("precious")

    with pytest.raises(BackupExistsError):
        back_up(sqlite_url, file)

    assert file.read_text() == "precious"


def test_a_damaged_database_makes_no_backup(sqlite_url: str, tmp_path: Path) -> None:
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(database.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    database.write_bytes(content)

    with pytest.raises(DamagedDatabaseError):
        back_up(sqlite_url, tmp_path / "backup.db")

    assert backups(tmp_path) == []


@pytest.mark.parametrize("url", ["postgresql+psycopg://u:p@127.0.0.1/x", "sqlite://"])
def test_only_a_file_of_sqlite_can_be_copied_so(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotSqliteError):
        back_up(url, tmp_path / "backup.db")


def test_a_database_that_is_not_there_makes_no_backup(tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseError):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "backup.db")
