"""What has landed: the folder of the current tables and the report of how they came."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyarrow.parquet as parquet

from analytics.domain.contract import CUSTOMERS
from analytics.errors import BadInput

REPORT_FILE = "landing.json"
POINTER = "current"


@dataclass(frozen=True)
class LandingReport:
    """How one landing came about.

    Parameters
    ----------
    read, accepted, rejected
        Rows of the sources; ``accepted + rejected == read``, always. A row that a query of the
        mapping returns is a row read. Rows that the mapping's filter leaves out are in `filtered`
        instead.
    duplicates
        Accepted rows that did not become an event of their own because an event of the same id,
        or an equal row, was there already. With ``--append`` also those that had landed before.
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
    events: int = 0
    sources: dict[str, dict[str, int]] = field(default_factory=dict)
    zone: str = "UTC"
    broken: tuple[str, ...] = ()
    daily_volume: str = ""

    def to_json(self) -> str:
        """Write the report as sorted JSON."""
        return json.dumps(asdict(self), indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> LandingReport:
        """Read a report written by `to_json`."""
        given = json.loads(text)
        lists = {name: tuple(given.get(name, ())) for name in ("warnings", "broken")}
        return cls(**{**given, **lists})


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
        """Return the landing in a folder.

        Raises
        ------
        BadInput
            A file is missing or the report cannot be read.
        """
        try:
            report = LandingReport.from_json((folder / REPORT_FILE).read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError):
            raise _not_whole(folder, REPORT_FILE) from None
        for table in ("customers", "events"):
            if not (folder / f"{table}.parquet").is_file():
                raise _not_whole(folder, f"{table}.parquet")
        # A landing of an older version lacks what has been added to the contract since.
        found = set(parquet.read_schema(folder / "customers.parquet").names)
        if lacking := [one.name for one in CUSTOMERS.columns if one.name not in found]:
            raise _not_whole(folder, f"column {lacking[0]} of the customers")
        treatments = folder / "treatments.parquet"
        return cls(
            folder=folder,
            customers=folder / "customers.parquet",
            events=folder / "events.parquet",
            treatments=treatments if treatments.is_file() else None,
            report=report,
        )


def current_landing(data_folder: Path) -> Landed:
    """Return the tables that landed last.

    Raises
    ------
    BadInput
        Nothing has landed (rule ``landed``), or the landing is not whole (``landing_whole``).
    """
    folder = landed_folder(data_folder)
    pointer = folder / POINTER
    name = pointer.read_text("utf-8").strip() if pointer.is_file() else ""
    if not name or "/" in name or not (folder / name).is_dir():
        raise BadInput(
            "Data must have landed before this: `silent-churn ingest --mapping NAME SOURCE`. "
            f"Got none in {folder}.",
            rule="landed",
            got=name,
        )
    return Landed.at(folder / name)


def landed_folder(data_folder: Path) -> Path:
    """Return where landings lie."""
    return data_folder / "landed"


def _not_whole(folder: Path, missing: str) -> BadInput:
    return BadInput(
        f"The landing {folder.name} must be whole. Got no readable {missing}; ingest again.",
        rule="landing_whole",
        got=missing,
    )
