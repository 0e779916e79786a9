"""Brings the state database up to the tables that this version of the product needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, inspect, text

from analytics.connections import WRITES
from analytics.errors import EnvironmentFault
from analytics.private_files import make_private_file

VERSION_TABLE = "state_version"
_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_S = 30.0


def migrate(engine: Engine, lock_file: Path) -> None:
    """Run the migrations that are missing; processes that start together take turns.

    Parameters
    ----------
    lock_file
        A file beside the database (or in the workspace) to take turns by.

    Raises
    ------
    EnvironmentFault
        A newer version of the product wrote it, or others hold the lock for too long.
    """
    try:
        with FileLock(lock_file, timeout=_WAIT_S):
            _bring_up(engine)
    except Timeout:
        raise EnvironmentFault(
            f"Only one process may prepare the state database at a time. Got: {lock_file} was "
            f"held by another one for {_WAIT_S:.0f} seconds.",
            rule="state_migration_lock",
            got=lock_file,
        ) from None


def check_version(connection: Connection) -> bool:
    """Tell whether the tables are those of this version; False where migrations are missing.

    Raises
    ------
    EnvironmentFault
        A newer version of the product wrote the database: what it holds could be harmed.
    """
    if not inspect(connection).has_table(VERSION_TABLE):
        return False
    found = connection.execute(text(f"select version_num from {VERSION_TABLE}")).scalar()  # noqa: S608
    known = _known_versions()
    if found is not None and found not in known:
        raise EnvironmentFault(
            "The state database must be of this version of Silent Churn or an older one "
            f"(up to {known[0]}). Got version {str(found)[:40]}: update Silent Churn to use it.",
            rule="state_version",
            got=str(found)[:40],
        )
    return bool(found == known[0])


@cache
def _known_versions() -> tuple[str, ...]:
    """Return the versions that this product knows, newest first."""
    scripts = ScriptDirectory(_MIGRATIONS, version_locations=[str(_MIGRATIONS / "versions")])
    return tuple(script.revision for script in scripts.walk_revisions())


def _bring_up(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    _make_private_file(engine)
    with engine.connect() as connection:
        if check_version(connection):
            return
        connection.rollback()
    with engine.connect() as plain:
        if engine.dialect.name == "sqlite":
            # Readers then never wait for a writer; kept in the file itself.
            plain.connection.cursor().execute("pragma journal_mode = wal")
        connection = plain.execution_options(**WRITES)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _make_private_file(engine: Engine) -> None:
    """Make an SQLite file that only its owner may read; it holds names and notes."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    if file and file != ":memory:" and not Path(file).exists():
        make_private_file(Path(file))
