"""`silent-churn ingest`: land the data of a company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.console import answer, say, table
from analytics.cli.main import app
from analytics.cli.options import AsJson, Workspace
from analytics.domain.words.counting import counted

if TYPE_CHECKING:
    from analytics.etl.ingest import IngestRequest, IngestResult


_COUNTED = ("read", "accepted", "rejected", "merged", "filtered")


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]...", help="Folders, files or database addresses."),
    ] = None,
    mapping: Annotated[
        str | None, typer.Option("--mapping", help="Name of a shipped mapping, or a TOML file.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check everything and keep nothing.")
    ] = False,
    append: Annotated[
        bool, typer.Option("--append", help="Add to what has landed instead of replacing it.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Replace what has landed even by much less."),
    ] = False,
    max_rejects: Annotated[
        float | None,
        typer.Option("--max-rejects", help="Share of refused rows above which nothing lands."),
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Land sources: map columns, check every row, set rejects aside, drop repeats.

    Example: silent-churn ingest --mapping cdnow_master CDNOW_master.txt

    Example: silent-churn ingest --mapping shop.toml exports/ --dry-run
    """
    from analytics.etl.ingest import ingest as land_sources

    request = _request(sources or [], mapping, dry_run, append, replace, max_rejects, workspace)
    result = land_sources(request, _progress(as_json=as_json))
    answer(_as_keys(result), as_json=as_json, text=_as_text(result))


def _request(
    sources: list[str],
    mapping_name: str | None,
    dry_run: bool,
    append: bool,
    replace: bool,
    max_rejects: float | None,
    workspace: Path | None,
) -> IngestRequest:
    from analytics.etl.ingest import IngestRequest
    from analytics.etl.mappings.mapping_file import SHIPPED_MAPPINGS, load_mapping
    from analytics.etl.snapshot import no_mapping_refused
    from analytics.settings import Settings

    settings = Settings.load(workspace=workspace, max_reject_share=max_rejects)
    if mapping_name is None:
        raise no_mapping_refused(sources)
    mapping = load_mapping(mapping_name)
    by_mapping = mapping.max_reject_share if max_rejects is None else None
    return IngestRequest(
        mapping=mapping,
        sources=tuple(sources),
        data_folder=settings.data_folder,
        now=datetime.now(UTC),
        currency=settings.currency,
        memory_limit_mb=settings.memory_limit_mb,
        max_reject_share=settings.max_reject_share if by_mapping is None else by_mapping,
        beside=None if mapping_name in SHIPPED_MAPPINGS else Path(mapping_name).parent,
        append=append,
        replace=replace,
        dry_run=dry_run,
    )


def _progress(*, as_json: bool) -> Callable[[str, int], None]:
    """Tell of each further million rows of a source."""
    told: dict[str, int] = {}

    def tell(source: str, rows: int) -> None:
        millions = rows // 1_000_000
        if millions > told.get(source, 0) and not as_json:
            told[source] = millions
            say(f"{source}: {millions} million rows read")

    return tell


def _as_keys(result: IngestResult) -> dict[str, object]:
    from analytics.domain.event_log.event_words import unknown_events

    report = result.report
    return {
        "read": report.read,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "duplicates": report.duplicates,
        "merged": report.merged,
        "corrections": report.corrections,
        "currency": report.currency or None,
        "rules": report.rules,
        "filtered": report.filtered,
        "events": report.events,
        "customers": report.customers,
        "event_types": report.event_types,
        "unknown_event_types": [
            {"name": name, "events": count, "nearest": nearest}
            for name, (count, nearest) in unknown_events(report.event_types).items()
        ],
        "first_event_at": report.first_event_at,
        "last_event_at": report.last_event_at,
        "landing_id": report.landing_id,
        "mapping": report.mapping,
        "simulated": report.simulated,
        "warnings": list(report.warnings),
        "sources": report.sources,
        "refused": [advice.as_dict() for advice in result.advice],
        "rejects": None if result.rejects is None else str(result.rejects / "rejects.csv"),
        "landed": None if result.landed is None else str(result.landed.folder),
        "replaces": None if result.replaces is None else result.replaces.as_dict(),
        "dry_run": result.landed is None,
    }


def _as_text(result: IngestResult) -> str:
    report = result.report
    merged = f"{report.merged:,} merged into the event of another line, " if report.merged else ""
    kind = "Simulated data" if report.simulated else "Data"
    parts = [
        table(
            ("source", "read", "accepted", "rejected", "merged", "filtered"),
            [
                (name, *(counts[what] for what in _COUNTED))
                for name, counts in report.sources.items()
            ],
        )
    ]
    if report.rules:
        rows = [(rule, count) for rule, count in report.rules.items()]
        parts.append(table(("refused by rule", "rows"), rows))
    parts.append(
        f"{kind} of mapping {report.mapping}: {counted(report.read, 'row')} read, "
        f"{report.accepted:,} accepted, {report.rejected:,} rejected, {merged}"
        f"{counted(report.duplicates, 'repeat')} dropped."
    )
    parts.append(
        f"{counted(report.events, 'event')} of {counted(report.customers, 'customer')}, "
        f"{report.first_day} to {report.last_day}."
    )
    if result.replaces is not None:
        parts.append(result.replaces.in_words())
    parts += [f"Note: {warning}" for warning in report.warnings]
    if result.landed is None or result.rejects is None:
        parts += [
            f"  {place} line {refused.line}: {refused.reason}" for place, refused in result.sample
        ]
        parts.append("Dry run: nothing was kept.")
    else:
        parts.append(f"Landed in {result.landed.folder}")
        parts.append(f"Rejects with reasons in {result.rejects / 'rejects.csv'}")
    return "\n".join(part.rstrip("\n") for part in parts)
