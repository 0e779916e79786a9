"""Ingest: sources in, landed tables and rejects out, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from analytics.errors import BadInput, ContractFailed
from analytics.etl.advice.faults import Advice, RowsRefused, advice_on_all, note, notes_on_files
from analytics.etl.engine import engine
from analytics.etl.landing.landed import VOLUME_FILE, Landed, LandingReport, current_landing
from analytics.etl.landing.landing_report import landing_report
from analytics.etl.landing.replacement import Replacement, replacement
from analytics.etl.landing.staging import keep_rejects, land, staging
from analytics.etl.landing.tally import Tally
from analytics.etl.locate import locate, order_notes
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.merging.merge import merge_customers, merge_treatments
from analytics.etl.merging.merge_events import merge_events
from analytics.etl.merging.parts import Part
from analytics.etl.merging.repeats import Repeats
from analytics.etl.one_currency import check_one_currency
from analytics.etl.reading import Progress, SourceReading
from analytics.etl.rows.rejects import RejectWriter
from analytics.etl.snapshot import snapshot_refused
from analytics.etl.sources.chunk import Refused
from analytics.etl.volume.daily_volume import write_daily_volume

#: Refusals that a table without times can cause: then the better sentence is about times.
_MAY_BE_SNAPSHOT = {
    "columns_present", "source_matches", "format_as_declared", "max_rejects", "events_present",
}  # fmt: skip


@dataclass(frozen=True)
class IngestRequest:
    """What to ingest and how.

    Parameters
    ----------
    sources
        SOURCE arguments: folders, files, database addresses.
    beside
        Folder of the mapping file, searched when no source is given.
    currency
        Currency of all amounts by the settings, where the mapping does not say; empty for unknown.
    max_reject_share
        Share of refused rows above which nothing lands.
    now
        Nothing can have happened more than a day after it.
    append
        Add to what has landed instead of replacing it; events of an id that is there are repeats.
    replace
        Replace what has landed even by much less.
    dry_run
        Do everything but keep nothing.
    """

    mapping: Mapping
    sources: tuple[str, ...]
    data_folder: Path
    now: datetime
    currency: str = ""
    memory_limit_mb: int = 2048
    max_reject_share: float = 0.2
    beside: Path | None = None
    append: bool = False
    replace: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class IngestResult:
    """What came of it.

    Parameters
    ----------
    landed
        None on a dry run.
    rejects
        Folder of ``rejects.csv`` and ``rejects.parquet``; None on a dry run.
    sample
        Source and record of the first refused rows.
    advice
        What to do about files of which nearly all rows are refused for one reason.
    replaces
        The landing that this one takes the place of, if any.
    """

    report: LandingReport
    landed: Landed | None
    rejects: Path | None
    sample: tuple[tuple[str, Refused], ...]
    advice: tuple[Advice, ...] = ()
    replaces: Replacement | None = None


def ingest(request: IngestRequest, progress: Progress | None = None) -> IngestResult:
    """Land sources: map, check, set rejects aside, drop repeats, sort, make current.

    Every row of a source that has a target is read once for it and is then accepted or rejected;
    a query's rows count when it returns them, and rows of a source that only queries use count
    when they cannot be used. A failed ingest leaves what had landed before.

    Parameters
    ----------
    progress
        Told the name of a source and how many of its rows have been read.

    Raises
    ------
    BadInput
        A source is missing, empty or not as declared; no row was read.
    ContractFailed
        A named column is missing, too many rows are refused, there is no event, the source is a
        snapshot without times, or what has landed would be replaced by much less.
    Locked
        Another ingest is working in the same workspace.
    EnvironmentFault
        Disk, memory or database does not allow it.
    """
    try:
        return _ingest(request, progress or (lambda source, rows: None))
    except (BadInput, ContractFailed) as error:
        files = [Path(given) for given in request.sources if "://" not in given]
        all_files = bool(files) and all(file.is_file() for file in files)
        tells_times = isinstance(error, RowsRefused) and error.tells_times
        may_be_snapshot = error.rule in _MAY_BE_SNAPSHOT and all_files and not tells_times
        if may_be_snapshot and (said := snapshot_refused(files)):
            raise said from None
        raise


def _ingest(request: IngestRequest, progress: Progress) -> IngestResult:
    places = locate(request.mapping, request.sources, beside=request.beside)
    with staging(request.data_folder, dry_run=request.dry_run) as folder:
        before = _before(request)
        tally = Tally()
        with RejectWriter(folder / "rejects") as rejects:
            reading = SourceReading(
                request.mapping,
                places,
                folder,
                tally,
                rejects,
                now=request.now,
                memory_limit_mb=request.memory_limit_mb,
                progress=progress,
                currency=request.currency,
            )
            parts, warnings = reading.read_all()
        _check_share(request, tally, folder)
        tables = folder / "tables"
        tables.mkdir()
        repeats, currency = _merge(request, folder, parts, before, tables, tally)
        said = repeats.in_words({name: counts.accepted for name, counts in tally.sources.items()})
        for place, lines in repeats.merged.items():
            tally.merge(place, lines)
        advice = notes_on_files(request.mapping, tally, request.now)
        said += [note(piece) for piece in advice]
        report = landing_report(
            request.mapping,
            request.sources,
            request.now,
            tally,
            tables,
            currency=currency,
            repeats=repeats.rows,
            corrections=repeats.all_corrections,
            warnings=[*said, *order_notes(places), *warnings],
            memory_limit_mb=request.memory_limit_mb,
        )
        replaces = None if request.append else replacement(request.data_folder, report)
        if replaces is not None and not request.replace:
            replaces.check()
        if request.dry_run:
            return IngestResult(report, None, None, tuple(tally.sample), tuple(advice), replaces)
        kept = keep_rejects(folder / "rejects", request.data_folder, report.landing_id)
        landed = land(tables, request.data_folder, report)
        return IngestResult(report, landed, kept, tuple(tally.sample), tuple(advice), replaces)


def _before(request: IngestRequest) -> Landed | None:
    """Return what has landed, where it is to be added to."""
    if not request.append:
        return None
    before = current_landing(request.data_folder)
    if before.report.simulated != request.mapping.simulated:
        raise ContractFailed(
            "Simulated and real data must not be mixed. "
            f"Got {request.mapping.name} to add to {before.report.mapping}.",
            rule="one_kind",
            got=request.mapping.name,
        )
    return before


def _check_share(request: IngestRequest, tally: Tally, folder: Path) -> None:
    """Stop when nothing was read or too much of it is refused; the rejects stay to be looked at."""
    if tally.read == 0:
        raise BadInput(
            "A source must have at least one row behind its header. Got none.",
            rule="rows_present",
            got=", ".join(request.sources),
        )
    share = tally.rejected / tally.read
    if share <= request.max_reject_share:
        return
    where = ""
    if not request.dry_run:
        name = f"{request.now:%Y%m%dT%H%M%SZ}-refused"
        kept = keep_rejects(folder / "rejects", request.data_folder, name)
        where = f" See {kept / 'rejects.csv'}."
    rule, count = tally.rules.most_common(1)[0]
    raise RowsRefused(
        f"At most {request.max_reject_share:.0%} of the rows may be refused. "
        f"Got {share:.1%} ({tally.rejected:,} of {tally.read:,}), most by {rule} ({count:,})."
        f"{where}",
        rule="max_rejects",
        got=f"{share:.4f}",
        advice=advice_on_all(request.mapping, tally, request.now),
        accepted=tally.accepted,
    )


def _merge(
    request: IngestRequest,
    folder: Path,
    parts: list[Part],
    before: Landed | None,
    tables: Path,
    tally: Tally,
) -> tuple[Repeats, str]:
    """Write the landed tables; return which rows became no event of their own, and the currency."""
    with engine(folder, request.memory_limit_mb) as connection:
        currency = check_one_currency(
            connection,
            parts,
            request.mapping.currency or request.currency,
            None if before is None else before.report.currency,
        )
        events = tables / "events.parquet"
        repeats = merge_events(connection, parts, before, events)
        if pq.read_metadata(events).num_rows == 0:
            raise RowsRefused(
                "There must be at least one event. Got none.",
                rule="events_present",
                got=0,
                advice=advice_on_all(request.mapping, tally, request.now),
                accepted=tally.accepted,
            )
        customers = tables / "customers.parquet"
        zone = request.mapping.zone_of_days
        repeats.of_customers = merge_customers(
            connection, parts, before, events, customers, zone=zone
        )
        treatments = tables / "treatments.parquet"
        repeats.rows += merge_treatments(connection, parts, before, treatments)
        staged = [(part.source.name, part.path) for part in parts if part.source.to == "events"]
        volume = tables / VOLUME_FILE
        write_daily_volume(connection, staged, before, volume, zone=zone)
        return repeats, currency
