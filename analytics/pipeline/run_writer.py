"""A run's files: every table, the events known by then, the feature catalogue, the summary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from analytics.domain.customer.risk_tier import RiskTier
from analytics.domain.customer_columns.columns import Customer
from analytics.domain.event_log.local_days import end_of_day, start_of_day
from analytics.domain.numbers.measures import revenue_interval
from analytics.domain.profiles.profile import Profile
from analytics.domain.run_summary import RunSummary
from analytics.domain.run_tables import EVENTS_FILE
from analytics.domain.tables.evidence_tables import PlainRule
from analytics.etl.landing.landed import Landed
from analytics.modelling.models.estimators import spec_of
from analytics.modelling.rules import rules_in_words
from analytics.modelling.training import Trained
from analytics.pipeline.content.run_content import RunContent
from analytics.pipeline.disclosures import assumptions_of, warnings_of
from analytics.pipeline.model_card import versions
from analytics.runs.run_files import (
    ROW_GROUP_ROWS,
    totals_of,
    write_catalogue,
    write_summary,
    write_table,
)


def write_run(
    folder: Path,
    content: RunContent,
    profile: Profile,
    trained: Trained,
    landed: Landed,
    *,
    run_id: str,
    as_of: date,
    now: datetime,
    comparison: dict[str, Any] | None = None,
    log_notes: tuple[str, ...] = (),
) -> None:
    """Write every file of the run into the staging folder.

    Parameters
    ----------
    log_notes
        What the run made of holes and ends of the log.
    """
    zone = profile.zone_of_days
    for row, frame in content.tables.items():
        written = write_table(folder, row.table, frame)
        if row is Customer:
            totals = totals_of(written)
    _copy_events(folder, landed, start_of_day(as_of + timedelta(days=1), zone))
    write_catalogue(folder, content.catalogue)
    tiers = content.tables[Customer]["risk_tier"].value_counts()
    write_summary(
        folder,
        RunSummary(
            run_id=run_id,
            as_of=end_of_day(as_of, zone).astimezone(ZoneInfo(zone)).isoformat(),
            published_at=now.isoformat(timespec="seconds"),
            profile=profile.name,
            profile_title=profile.title,
            currency=profile.currency,
            zone=zone,
            simulated=landed.report.simulated,
            source=landed.report.source,
            meaningful_events=profile.meaningful_events,
            gap_days=profile.gap_days,
            base_rate=trained.base_rate,
            shock_sd=trained.shock_sd,
            holdout_share=profile.holdout_share,
            capacity_minutes_per_week=profile.capacity_minutes_per_week,
            totals=totals,
            revenue_at_risk=revenue_interval(
                totals["revenue_at_risk"],
                variance=totals["revenue_variance"],
                shock=totals["revenue_shock"],
                shock_sd=trained.shock_sd,
            ),
            champion=trained.champion.name,
            champion_label=spec_of(trained.champion.name).label,
            verdict=content.evidence.verdict,
            tier_counts={str(tier): int(tiers.get(str(tier), 0)) for tier in RiskTier},
            data_quality=_data_quality(landed, log_notes),
            warnings=_each_said_once(
                log_notes,
                warnings_of(
                    trained,
                    content.values,
                    landed.report,
                    customers=len(content.tables[Customer]),
                    absent=[
                        entry.name for entry in content.catalogue.entries if not entry.supported
                    ],
                    counting=content.counting,
                    doubt=content.evidence.tiers.doubt(),
                ),
            ),
            assumptions=(
                *assumptions_of(profile, trained, content.values),
                *landed.report.assumptions,
            ),
            versions=versions(),
            alert_precision=content.evidence.alert_precision,
            comparison=comparison,
            supports_prediction=not trained.unsupported,
            rules=rules_in_words(content.tables[PlainRule]),
            no_prediction_reason=trained.unsupported,
            tiers=content.evidence.tiers,
        ),
    )


def _copy_events(folder: Path, landed: Landed, until: datetime) -> None:
    """Keep the events known before then, in the landing's order, not holding them in memory."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        moment = until.isoformat()
        known = connection.from_parquet(str(landed.events)).filter(
            f"occurred_at < '{moment}' AND received_at < '{moment}'"
        )
        known.write_parquet(str(folder / EVENTS_FILE), row_group_size=ROW_GROUP_ROWS)


def _each_said_once(notes: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Return the notes, then the others that no note holds already."""
    return (*notes, *(other for other in others if not any(other in note for note in notes)))


def _data_quality(landed: Landed, log_notes: tuple[str, ...]) -> dict[str, object]:
    report = landed.report
    return {
        "broken_days": _each_said_once(log_notes, report.broken),
        "read": report.read,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "duplicates": report.duplicates,
        "merged": report.merged,
        "rules": report.rules,
        "mapping": report.mapping,
        "landed_at": report.landed_at,
        "first_event_at": report.first_event_at,
        "last_event_at": report.last_event_at,
        "event_types": report.event_types,
    }
