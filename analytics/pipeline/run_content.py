"""The content of a run: every table, and what the run says of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pandas as pd

from analytics.actions.recommend import options_of, with_recommendations
from analytics.domain.feature_catalogue import FeatureCatalogue
from analytics.domain.local_days import end_of_day, start_of_day
from analytics.domain.measures import revenue_interval
from analytics.domain.profile import Profile
from analytics.domain.risk_tier import RiskTier
from analytics.domain.run_summary import RunSummary
from analytics.domain.run_tables import (
    ACTION_OPTIONS,
    CUSTOMERS,
    EVENTS_FILE,
    PORTFOLIO_HISTORY,
    REASONS,
    RISK_HISTORY,
    RULES,
    RunTable,
)
from analytics.etl.landed import Landed
from analytics.modelling.calibrated import Calibrated
from analytics.modelling.estimators import NOVELTY_COLUMNS, spec_of
from analytics.modelling.feature_report import feature_report
from analytics.modelling.rules import rules_in_words
from analytics.modelling.tier_levels import learned_cuts
from analytics.modelling.training import Trained
from analytics.modelling.uncertainty import interval_of, log_odds_spread, refit
from analytics.pipeline.disclosures import assumptions_of, warnings_of
from analytics.pipeline.evidence_content import Evidence, evidence_of
from analytics.pipeline.former_segments import FormerSegments
from analytics.pipeline.frustration_content import frustration_tables, weights_of
from analytics.pipeline.learned import Learned
from analytics.pipeline.model_card import versions
from analytics.pipeline.segment_content import segment_content
from analytics.runs.run_files import (
    ROW_GROUP_ROWS,
    totals_of,
    write_catalogue,
    write_summary,
    write_table,
)
from analytics.scoring.causes import troubles_seen
from analytics.scoring.customer_table import Floats, customer_table
from analytics.scoring.explained import explain
from analytics.scoring.history import portfolio_history, risk_history
from analytics.scoring.scores import Scores, score
from analytics.scoring.steady_history import a_month_before, steady_history
from analytics.scoring.value_on_date import ValuesOnDate, values_on_dates

Say = Callable[[str], None]


@dataclass(frozen=True)
class RunContent:
    """The tables of a run, its feature catalogue, and what stands behind its summary.

    Parameters
    ----------
    counting
        Event types that count: those of the profile and those that a feature counts.
    """

    tables: dict[RunTable, pd.DataFrame]
    values: ValuesOnDate
    evidence: Evidence
    catalogue: FeatureCatalogue
    counting: frozenset[str] = frozenset()


def run_content(
    profile: Profile, learned: Learned, former: FormerSegments | None, *, run_id: str, say: Say
) -> RunContent:
    """Score, explain, recommend and judge; return every table of the run.

    Parameters
    ----------
    former
        Cut points, clusters and customers of the last run; None for the first.
    """
    observed, trained = learned.observed, learned.trained
    felt = weights_of(observed, learned.felt)
    plain = [score(one, trained, felt.weights.in_use) for one in observed.snapshots]
    worth = values_on_dates(observed.snapshots, observed.people, profile)
    values = [one.value for one in worth]
    stake = values[0].at_stake
    cuts = learned_cuts(plain[0].churn_risk, stake, trained.base_rate)
    steady = steady_history(plain, learned.weekly, cuts, stake)
    history = steady.scores
    evidence = evidence_of(observed, trained, learned.weekly, values, profile, cuts)
    say(f"Champion: {spec_of(trained.champion.name).label}.")
    now, before = history[0], a_month_before(history)
    refits = _refits(trained)
    explained = explain(
        now,
        before,
        trained,
        stake,
        cuts=cuts,
        gap_days=profile.gap_days,
        refits=refits,
        registry=observed.features,
    )
    people = observed.people.loc[now.snapshot.features.index]
    table = customer_table(
        people,
        now,
        before,
        values[0],
        explained,
        risk_interval=_risk_interval(now, refits, trained.average_interval),
        cuts=cuts,
        unusual=_unusual(now, trained),
        profile=profile,
    )
    segments = segment_content(
        table, learned, profile, former, held=steady.held, cuts=cuts, run_id=run_id
    )
    table = table.join(segments.columns)
    seen = troubles_seen(now.snapshot.features)
    options = options_of(table, explained.of_kind("risk"), profile, seen)
    ids = observed.people["customer_id"].to_numpy()
    return RunContent(
        {
            CUSTOMERS: with_recommendations(table, options, profile),
            RISK_HISTORY: risk_history(history, ids),
            PORTFOLIO_HISTORY: portfolio_history(history, values, trained.backtest),
            REASONS: _with_ids(explained.reasons, ids),
            ACTION_OPTIONS: _with_ids(options, ids),
            **evidence.tables,
            **frustration_tables(observed, learned.felt, felt, trained.backtest, profile),
            **segments.tables,
        },
        worth[0],
        evidence,
        feature_report(
            observed.snapshots,
            observed.features,
            absent=observed.absent,
            used=trained.champion.columns,
            counted_by=observed.counted_by,
        ),
        frozenset(
            (*profile.meaningful_events, *(t for one in observed.features for t in one.event_types))
        ),
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
    for table, frame in content.tables.items():
        written = write_table(folder, table, frame)
        if table is CUSTOMERS:
            totals = totals_of(written)
    _copy_events(folder, landed, start_of_day(as_of + timedelta(days=1), zone))
    write_catalogue(folder, content.catalogue)
    tiers = content.tables[CUSTOMERS]["risk_tier"].value_counts()
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
                    customers=len(content.tables[CUSTOMERS]),
                    absent=[one.name for one in content.catalogue.entries if not one.supported],
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
            rules=rules_in_words(content.tables[RULES]),
            no_prediction_reason=trained.unsupported,
            tiers=content.evidence.tiers,
        ),
    )


def _refits(trained: Trained) -> Sequence[Calibrated]:
    """Return the champion on other draws of the customers; of a bare average there are none."""
    if trained.average_interval is not None:
        return ()
    return refit(spec_of(trained.champion.name), trained.train, trained.calibrate, seed=0)


def _risk_interval(
    now: Scores, refits: Sequence[Calibrated], of_average: tuple[float, float] | None
) -> tuple[Floats, Floats]:
    eligible = now.snapshot.eligible
    low = np.full(len(eligible), np.nan)
    high = low.copy()
    if of_average is not None:
        low[eligible] = np.minimum(of_average[0], now.churn_risk[eligible])
        high[eligible] = np.maximum(of_average[1], now.churn_risk[eligible])
    elif eligible.any():
        spread = log_odds_spread(refits, now.snapshot.features[eligible])
        low[eligible], high[eligible] = interval_of(now.churn_risk[eligible], spread)
    return low, high


def _unusual(now: Scores, trained: Trained) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    flags = np.zeros(len(now.churn_risk), dtype=bool)
    eligible = now.snapshot.eligible
    if eligible.any():
        seen = now.snapshot.features.loc[eligible, list(NOVELTY_COLUMNS)].to_numpy()
        flags[eligible] = trained.novelty.predict(seen) == -1
    return flags


def _with_ids(
    frame: pd.DataFrame, ids: np.ndarray[tuple[int], np.dtype[np.object_]]
) -> pd.DataFrame:
    return frame.assign(customer_id=ids[frame["customer_key"]])


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
    return (*notes, *(one for one in others if not any(one in note for note in notes)))


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
