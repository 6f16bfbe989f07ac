import asyncio

from domain import installation
from storage import Database


async def test_the_secret_is_made_once_and_stays(database: Database) -> None:
    assert await database.write(installation.secret, "first") == "first"
    assert await database.write(installation.secret, "second") == "first"


async def test_processes_that_start_together_agree_on_the_secret(database: Database, database_url: str) -> None:
    other = Database(database_url)
    try:
        processes = [database, other] * 4
        secrets = await asyncio.gather(
            *(process.write(installation.secret, f"secret {place}") for place, process in enumerate(processes))
        )
    finally:
        await other.close()

    assert len(set(secrets)) == 1


async def test_the_bot_s_name_is_as_last_learnt(database: Database) -> None:
    names = [await database.read(installation.bot_username)]
    for name in ("one_bot", "other_bot"):
        await database.write(installation.keep_bot_username, name)
        names.append(await database.read(installation.bot_username))

    assert names == [None, "one_bot", "other_bot"]
