"""Brings the state database up to the tables that this version of the product needs."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from filelock import FileLock
from sqlalchemy import Engine

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_S = 30.0


def migrate(engine: Engine, lock_file: Path) -> None:
    """Run the migrations that are missing; processes that start together take turns.

    Parameters
    ----------
    lock_file
        A file beside the database (or in the workspace) to take turns by.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with FileLock(lock_file, timeout=_WAIT_S), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Readers then never wait for a writer; kept in the file itself.
            connection.connection.cursor().execute("pragma journal_mode = wal")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
