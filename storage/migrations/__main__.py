"""For maintainers: write the next migration from what the tables have become. `make migration TITLE="..."`."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from storage import migrate
from storage.engine import open_engine

_FOLDER = Path(__file__).parent


def write(title: str) -> None:
    """Compare the tables with a database that has every migration so far, and write down the difference."""
    number = len(list((_FOLDER / "versions").glob("*.py"))) + 1
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/now.db"
        migrate(url)
        engine = open_engine(url, "migrate", connections=1)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, title, autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():  # noqa: PLR2004 -- the program and the title
        sys.exit('Say what the migration is for: make migration TITLE="Add ..."')
    write(sys.argv[1])
