"""A canary in every form an address may have: it is in no message, whatever goes wrong."""

from __future__ import annotations

import logging
from pathlib import Path
from urllib.parse import quote

import pytest

from analytics.connections import read_url, shown
from analytics.database.state_store import StateStore
from analytics.errors import SilentChurnError, UsageError
from analytics.etl.landing.landing_report import shown_source
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.sql import SqlReader
from analytics.features.engines.open_engine import opened_engine
from analytics.redaction import redacted, shown_address
from analytics.settings import Settings
from webapp.security.errors import log_failure

CANARY = "c4n4ry-9f8e7d"
PARTS = ("c4n4ry", "9f8e")  # also of a password that is cut in the wrong place
ODD = "c4n4ry/9f8e@7d:x#y"  # of characters that an address must encode, and people do not

#: Nothing listens at port 1, so what can be read still cannot be reached.
ADDRESSES = [
    f"postgresql://user:{CANARY}@127.0.0.1:1/db",
    f"postgresql+psycopg://user:{CANARY}@127.0.0.1:1/db",
    f"postgres://user:{CANARY}@127.0.0.1:1/db",
    f"postgresql://127.0.0.1:1/db?user=u&password={CANARY}",
    f"postgresql://127.0.0.1:1/db?PASSWORD={CANARY}",
    f"postgresql://127.0.0.1:1/db?sslpassword={CANARY}",
    f"postgresql://user:{quote(ODD, safe='')}@127.0.0.1:1/db",
    f"postgresql://user:{ODD}@127.0.0.1:1/db",
    f"postgresql://user:blank {CANARY} blank@127.0.0.1:1/db",
    f"postgresql://:{CANARY}@127.0.0.1:1/db",
    f"postgresql:/user:{CANARY}@127.0.0.1:1/db",
    f"postgresql:user:{CANARY}@127.0.0.1:1/db",
    f"postgresql;//user:{CANARY}@127.0.0.1:1/db",
    f"postgresql://user:{CANARY}@127.0.0.1:port/db",
    f"postgresql://user:{CANARY}@[::1/db",
    f"user:{CANARY}@127.0.0.1:1/db",
    f"mysql://user:{CANARY}@127.0.0.1:1/db",
    f"mariadb://user@127.0.0.1:1/db?password={CANARY}",
    f"mssql+pyodbc://user:{CANARY}@host/db",
    f"mssql+pyodbc:///?odbc_connect=DRIVER%3DX%3BUID%3Du%3BPWD%3D{CANARY}%3BDATABASE%3Dx",
    f"Server=host;Database=db;Uid=u;Pwd={CANARY};",
    f"Server=host;Password={{{CANARY}}};Database=db",
    f"host=127.0.0.1 port=1 user=u password={CANARY}",
    f"host=127.0.0.1 port=1 user=u password = '{CANARY} and more'",
    f"snowflake://user:{CANARY}@account/db?token={CANARY}",
    f"redis://:{CANARY}@host:6379/0",
    f"https://user:{CANARY}@host/path?api_key={CANARY}&access_token={CANARY}",
    f"spark+connect://127.0.0.1:1/;token={CANARY};use_ssl=false",
    f"spark+connect://127.0.0.1:1/;user_id=u;token={CANARY}",
    f"spark://host:1/;token={CANARY}",
]


@pytest.fixture(autouse=True)
def nothing_known_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what other tests kept secret in this process: `postgres` is a password there."""
    monkeypatch.setattr("analytics.redaction._known", set())


def check_silent(said: str, door: str = "") -> None:
    for part in PARTS:
        assert part not in said, f"{door}: {said}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_text_around_an_address_says_nothing_of_its_password(address: str) -> None:
    for text in (
        address,
        f"Got: connection to {address} failed.",
        f'{{"got": "{address}", "rule": "database_answers"}}',
        f"could not connect ('{address}'), try again",
    ):
        check_silent(redacted(text))
    check_silent(shown_address(address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_door_repeats_the_password_of_an_address(address: str, tmp_path: Path) -> None:
    source = Source.model_construct(name="orders", sql_query="select 1", parameters={})

    def engine() -> None:
        with opened_engine(address, scratch=tmp_path, memory_limit_mb=256):
            pass

    doors = {
        "state": lambda: StateStore(address, tmp_path).notes("C1"),
        "source": lambda: SqlReader("${DBURL}", source, environment={"DBURL": address}),
        "engine": engine,
        "settings": lambda: Settings.load(port=address),
        "usage": lambda: _refuse(address),
    }
    for name, door in doors.items():
        with pytest.raises(SilentChurnError) as refused:
            door()
        check_silent(str(refused.value.as_dict()) + str(refused.value), name)


def _refuse(address: str) -> None:
    raise UsageError(f"No such option: {address}.", rule="usage", got=address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_landing_names_its_source_without_the_password(address: str) -> None:
    if "://" in address:
        check_silent(shown_source(address))


def test_a_failure_in_the_log_hides_what_its_traceback_would_tell(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        log_failure(RuntimeError(f"no route to {ADDRESSES[0]}"), "abcd")
    assert "RuntimeError" in caplog.text
    check_silent(caplog.text)


def test_what_is_no_secret_stays(tmp_path: Path) -> None:
    for text in (
        "Silent Churn is at http://127.0.0.1:8050 (stop with Ctrl-C).",
        "The database postgresql+psycopg://me@127.0.0.1:1/nowhere must be reachable.",
        "Got 2,935 customers at 10:30; ask ann@example.com.",
        "A token must have 1 to 80 characters. Got 0.",
        f"{tmp_path} must be readable and writable.",
        "sqlite:////data/state.sqlite: the compass=north",
    ):
        assert redacted(text) == text
    assert shown(read_url("mysql://me:hunter2@host/db")) == "mysql+pymysql://me:***@host/db"
