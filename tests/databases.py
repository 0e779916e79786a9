"""A place of a test's own in each kind of database, so that test runs never meet."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from analytics.connections import database_faults, make_engine, read_url
from analytics.errors import EnvironmentFault

KINDS = ("sqlite", "postgresql", "mariadb")

POSTGRES = "postgresql://postgres@127.0.0.1:5432/test"
MARIADB = "mariadb://root@127.0.0.1:3306/"


@contextmanager
def own_database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty place; remove it afterwards. Skips where there is no server.

    For PostgreSQL it is a schema (which the address chooses), for MariaDB a database.
    """
    name = f"churn_tests_{uuid.uuid4().hex[:12]}"
    if kind == "sqlite":
        yield f"sqlite:///{(folder / f'{name}.sqlite').as_posix()}"
        return
    server = POSTGRES if kind == "postgresql" else MARIADB
    engine = _reach(server)
    make, remove, address = {
        "postgresql": (
            f"create schema {name}",
            f"drop schema {name} cascade",
            f"{POSTGRES}?options=-csearch_path%3D{name}",
        ),
        "mariadb": (f"create database {name}", f"drop database {name}", f"{MARIADB}{name}"),
    }[kind]
    with engine.begin() as connection:
        connection.execute(text(make))
    try:
        yield address
    finally:
        with engine.begin() as connection:
            connection.execute(text(remove))
        engine.dispose()


def _reach(server: str) -> Engine:
    url = read_url(server)
    engine = make_engine(url)
    try:
        with database_faults(url), engine.connect():
            return engine
    except EnvironmentFault as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(error.message)
