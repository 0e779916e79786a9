"""What has landed: the folder of the current tables and the report of how they came.

Whoever reads a landing gets it checked: the report carries the checksum of every table and of
itself, so a damaged or exchanged file is named before a number is made of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet

from analytics.domain.event_log.contract import LANDED_TABLES
from analytics.domain.event_log.local_days import local_day
from analytics.errors import BadInput
from analytics.etl.landing.synced_files import sha256_of

#: Events by source, type and day, kept beside the landed tables, which do not tell the source.
VOLUME_FILE = "daily_volume.parquet"
REPORT_FILE = "landing.json"
POINTER = "current"
_CHECKSUM = "checksum"


@dataclass(frozen=True)
class LandingReport:
    """How one landing came about.

    Parameters
    ----------
    read, accepted, rejected, merged
        Rows of the sources; ``accepted + rejected + merged == read``, always. Merged are lines
        that became part of the event of another line (``duplicates = "add"``). A row that a query
        of the mapping returns is a row read. Rows that the mapping's filter leaves out are in
        `filtered` instead.
    duplicates
        Accepted rows that did not become an event of their own because an event of the same id,
        or an equal row, was there already. With ``--append`` also those that had landed before.
    currency
        Currency of all amounts, such as ``EUR``; empty where nothing says it.
    assumptions
        What was assumed of the data: rates that amounts were converted at.
    corrections
        What was landed otherwise than it came, by kind: orders with a negative amount taken as
        returns, sign-ups that an earlier event overrules.
    rules
        Refused rows by the first rule each breaks; their sum is `rejected`.
    event_types, first_event_at, last_event_at, customers
        Of the landed tables as a whole.
    tables
        sha256 of each landed Parquet file, by table.
    zone
        Zone of the sources' times where they all share one: whose days are meant.
    broken
        Holes, early ends, stray rows and double loads in words; they are among the warnings too.
    daily_volume
        sha256 of the volume by source and day, which repeats of rows change and `tables` must not.
    """

    landing_id: str
    mapping: str
    source: str
    simulated: bool
    landed_at: str
    read: int
    accepted: int
    rejected: int
    duplicates: int
    rules: dict[str, int]
    warnings: tuple[str, ...]
    event_types: dict[str, int]
    first_event_at: str
    last_event_at: str
    customers: int
    tables: dict[str, str]
    filtered: int = 0
    merged: int = 0
    currency: str = ""
    assumptions: tuple[str, ...] = ()
    corrections: dict[str, int] = field(default_factory=dict)
    events: int = 0
    sources: dict[str, dict[str, int]] = field(default_factory=dict)
    zone: str = "UTC"
    broken: tuple[str, ...] = ()
    daily_volume: str = ""

    @property
    def first_day(self) -> date:
        """Day of the first event in the landing's zone."""
        return local_day(datetime.fromisoformat(self.first_event_at), self.zone)

    @property
    def last_day(self) -> date:
        """Day of the last event in the landing's zone."""
        return local_day(datetime.fromisoformat(self.last_event_at), self.zone)

    def to_json(self) -> str:
        """Write the report as sorted JSON, with a checksum of all the rest of it."""
        given = asdict(self)
        return _as_text({**given, _CHECKSUM: hashlib.sha256(_as_text(given).encode()).hexdigest()})

    @classmethod
    def from_json(cls, text: str) -> LandingReport:
        """Read a report written by `to_json`.

        Raises
        ------
        ValueError
            The text is not, to the last character, what `to_json` writes.
        """
        given = json.loads(text)
        given.pop(_CHECKSUM)
        names = ("warnings", "assumptions", "broken")
        report = cls(**{**given, **{name: tuple(given.get(name, ())) for name in names}})
        if report.to_json() != text:
            raise ValueError("the report does not match its checksum")
        return report


@dataclass(frozen=True)
class Landed:
    """The landed tables; `treatments` is None where there are none."""

    folder: Path
    customers: Path
    events: Path
    treatments: Path | None
    report: LandingReport

    @classmethod
    def at(cls, folder: Path) -> Landed:
        """Return the landing in a folder, every file of it checked against its checksum.

        Raises
        ------
        BadInput
            A file is missing or damaged (rule ``landing_whole``), or an older version wrote it.
        """
        report = report_at(folder)
        _check_tables(folder, report)
        treatments = folder / "treatments.parquet"
        return cls(
            folder=folder,
            customers=folder / "customers.parquet",
            events=folder / "events.parquet",
            treatments=treatments if "treatments" in report.tables else None,
            report=report,
        )


def report_at(folder: Path) -> LandingReport:
    """Return the report of a landing; the tables are not looked at.

    Raises
    ------
    BadInput
        It is missing or damaged.
    """
    try:
        return LandingReport.from_json((folder / REPORT_FILE).read_text("utf-8"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _not_whole(folder.name, REPORT_FILE) from None


def current_landing(data_folder: Path) -> Landed:
    """Return the tables that landed last, checked.

    Raises
    ------
    BadInput
        Nothing has landed (rule ``landed``), or the landing is not whole (``landing_whole``).
    """
    folder = current_folder(data_folder)
    if folder is None:
        raise BadInput(
            "Data must have landed before this: `silent-churn ingest --mapping NAME SOURCE`. "
            f"Got none in {landed_folder(data_folder)}.",
            rule="landed",
        )
    return Landed.at(folder)


def current_folder(data_folder: Path) -> Path | None:
    """Return the folder of the current landing; None where nothing has landed.

    Raises
    ------
    BadInput
        Something has, but what points to it is damaged.
    """
    landed = landed_folder(data_folder)
    pointer = landed / POINTER
    if not pointer.is_file():
        return None
    given = pointer.read_bytes()
    found = re.fullmatch(rb"([A-Za-z0-9][A-Za-z0-9-]*)\n", given)
    folder = landed / (found[1].decode() if found else "nowhere")
    if not folder.is_dir():
        raise _not_whole("pointer", POINTER)
    return folder


def landed_folder(data_folder: Path) -> Path:
    """Return where landings lie."""
    return data_folder / "landed"


def _check_tables(folder: Path, report: LandingReport) -> None:
    """Hold each table against its checksum; then look for what the contract has gained since."""
    for table in LANDED_TABLES:
        path = folder / f"{table.name}.parquet"
        if table.name not in report.tables and table.name == "treatments" and not path.exists():
            continue
        _check_file(path, report.tables.get(table.name, ""))
        found = set(parquet.read_schema(path).names)
        if lacking := [column.name for column in table.columns if column.name not in found]:
            raise _not_whole(folder.name, f"column {lacking[0]} of the {table.name}")
    if report.daily_volume:
        _check_file(folder / VOLUME_FILE, report.daily_volume)


def _check_file(path: Path, digest: str) -> None:
    try:
        whole = sha256_of(path) == digest
    except OSError:
        whole = False
    if not whole:
        raise _not_whole(path.parent.name, path.name)


def _as_text(given: dict[str, Any]) -> str:
    return json.dumps(given, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _not_whole(landing: str, damaged: str) -> BadInput:
    return BadInput(
        f"The landing {landing} must be whole. Got no readable {damaged}: it is damaged, missing "
        "or of an older version; ingest again.",
        rule="landing_whole",
        got=damaged,
    )
