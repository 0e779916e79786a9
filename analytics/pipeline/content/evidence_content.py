"""The evidence of a run: every table that says how far its numbers can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.domain.customer.tier_rule import TierRule
from analytics.domain.customer_columns.group_columns import MODEL_SLICE_COLUMNS
from analytics.domain.profiles.profile import Profile
from analytics.domain.tables.evidence_tables import (
    BacktestScore,
    LadderStep,
    LeakageCheck,
    PlainRule,
    RiskBin,
)
from analytics.domain.tables.flag_tables import (
    AlertLeadTime,
    CapacityPoint,
    ModelProfit,
    PastLoss,
    PastMonth,
)
from analytics.domain.tables.run_row import RunRow
from analytics.domain.tables.value_tables import PastRevenue
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.modelling.calibration_bins import calibration_bins
from analytics.modelling.judging import Backtest, measure_slices
from analytics.modelling.leakage.gates import gates_table
from analytics.modelling.measuring.verdict import flags_in_words
from analytics.modelling.models.estimators import LADDER, RECENCY
from analytics.modelling.observing.observations import Snapshot
from analytics.modelling.past_dates.capacity import capacity_curve
from analytics.modelling.past_dates.judged_weeks import judge_weeks
from analytics.modelling.past_dates.lead_times import lead_times, past_losses
from analytics.modelling.past_dates.past_months import alert_precision, past_months
from analytics.modelling.past_dates.past_revenue import past_revenue
from analytics.modelling.past_dates.past_tiers import tier_rule
from analytics.modelling.past_dates.profit import model_profits
from analytics.modelling.rules import novelty_worth, rules_table
from analytics.modelling.slices import slices_of
from analytics.pipeline.learned import Learned
from analytics.pipeline.observing.observed import Observed
from analytics.pipeline.scored_dates import ScoredDates
from analytics.scoring.customer_value.value import Value

_SEED = 0
_FIRST_RUNG = LADDER[0].name


@dataclass(frozen=True)
class Evidence:
    """How far a run can be believed.

    Parameters
    ----------
    verdict
        What the flags were worth, then how well the model ranks, in words.
    alert_precision
        Share of those flagged in the past who went silent, with its 95% interval and counts; None
        where nobody was flagged.
    tiers
        Today's cuts, and what became of those whom the same rule named on past dates.
    """

    tables: dict[type[RunRow], pd.DataFrame]
    verdict: str
    alert_precision: dict[str, float] | None
    tiers: TierRule

    @property
    def metrics(self) -> pd.DataFrame:
        """Every model on the main slices, the champion and the simplest on all slices."""
        return self.tables[BacktestScore]


def evidence_of(learned: Learned, scored: ScoredDates, profile: Profile) -> Evidence:
    """Judge the backtest and the weekly scores by what happened later."""
    observed, trained, cuts = learned.observed, learned.trained, scored.cuts
    values = scored.value_by_date
    tested = trained.backtest
    ids = observed.people["customer_id"].to_numpy(dtype=object)
    at_stake = values_at_stake(observed.snapshots, values)
    weeks = judge_weeks(learned.weekly, gap_days=profile.gap_days)
    names = [rung.name for rung in LADDER if rung.name in tested.predictions]
    tables = {
        BacktestScore: _with_slices(tested, observed, values),
        RiskBin: calibration_bins(tested, seed=_SEED),
        LadderStep: tested.steps,
        PastMonth: past_months(tested, at_stake),
        PastRevenue: past_revenue(tested, at_stake, observed.people),
        AlertLeadTime: lead_times(weeks, seed=_SEED),
        PastLoss: past_losses(weeks, at_stake, ids),
        CapacityPoint: capacity_curve(tested, at_stake, profile.actions),
        ModelProfit: model_profits(tested, names, profile.actions, _mean_value(tested, at_stake)),
        LeakageCheck: gates_table(trained.gates),
        PlainRule: _rules(tested, observed),
    }
    as_of = observed.snapshots[0].observation_date
    rule = tier_rule(tested, at_stake, cuts, seed=_SEED)
    precision = alert_precision(tested, at_stake, seed=_SEED)
    verdict = trained.unsupported or _verdict(tested, tables, as_of, precision)
    return Evidence(tables, verdict, precision, rule)


def _rules(tested: Backtest, observed: Observed) -> pd.DataFrame:
    """Judge the plain rules and the flag of novelty, all by the test dates."""
    now = observed.snapshots[0]
    days = set(tested.test_days)
    past = [
        snapshot for snapshot in observed.snapshots if day_number(snapshot.observation_date) in days
    ]
    tables = [earlier.features[earlier.labelled] for earlier in past]
    silent = np.concatenate(
        [earlier.outcome[earlier.labelled] == Outcome.SILENT for earlier in past]
    )
    return rules_table(
        pd.concat(tables, ignore_index=True),
        silent.astype(np.int8),
        np.concatenate([table.index.to_numpy() for table in tables]),
        now.features[now.eligible],
        novelty_worth(tested.predictions, seed=_SEED),
        seed=_SEED,
        within=np.concatenate(
            [
                np.full(len(rows), day_number(earlier.observation_date))
                for earlier, rows in zip(past, tables, strict=True)
            ]
        ),
    )


def values_at_stake(snapshots: Sequence[Snapshot], values: Sequence[Value]) -> pd.Series:
    """Return the value at stake by (day, customer_key), as of each snapshot's date."""
    return _by_day_and_customer(snapshots, [of_date.at_stake for of_date in values])


def known_of(observed: Observed, values: Sequence[Value]) -> pd.DataFrame:
    """Return what `slices_of` groups by: cadence, tenure, value, segment, region as of the day.

    Segment and region are today's: a customer table keeps no others.
    """
    seen = observed.snapshots
    known = pd.DataFrame(
        {
            name: _by_day_and_customer(
                seen, [snapshot.features[of].to_numpy() for snapshot in seen]
            )
            for name, of in (
                ("active_day_share", "active_day_share_ever"),
                ("tenure_days", "tenure_days"),
            )
        }
    ).assign(value=_by_day_and_customer(seen, [of_date.if_stays for of_date in values]))
    customer = known.index.get_level_values("customer_key")
    for name in MODEL_SLICE_COLUMNS:
        if name in observed.people:
            known[name] = observed.people[name].reindex(customer).to_numpy()
    return known


def _with_slices(tested: Backtest, observed: Observed, values: Sequence[Value]) -> pd.DataFrame:
    """Return the metrics on the main slices, with those of further groups over all dates.

    On further groups, the champion stands against the simplest models only.
    """
    days = set(tested.test_days)
    kept = [
        (snapshot, value)
        for snapshot, value in zip(observed.snapshots, values, strict=True)
        if day_number(snapshot.observation_date) in days
    ]
    of_dates = Observed(tuple(snapshot for snapshot, _ in kept), observed.people)
    slices = slices_of(tested.predictions, known_of(of_dates, [value for _, value in kept]))
    names = [
        model
        for model in dict.fromkeys((_FIRST_RUNG, RECENCY, tested.champion))
        if model in tested.predictions
    ]
    found = measure_slices(tested.predictions, names, slices, seed=_SEED)
    return pd.concat([tested.metrics, found], ignore_index=True)


def _verdict(
    tested: Backtest,
    tables: dict[type[RunRow], pd.DataFrame],
    as_of: date,
    precision: dict[str, float] | None,
) -> str:
    flags = flags_in_words(
        tables[PastMonth],
        tables[AlertLeadTime],
        as_of=as_of,
        drawn=(precision["low"], precision["high"]) if precision else None,
    )
    return f"{flags} {tested.verdict}"


def _mean_value(tested: Backtest, at_stake: pd.Series) -> float:
    wanted = pd.MultiIndex.from_frame(tested.predictions[["day", "customer_key"]])
    return float(at_stake.reindex(wanted).fillna(0.0).mean())


def _by_day_and_customer(
    snapshots: Sequence[Snapshot], values: Sequence[np.ndarray[tuple[int], np.dtype[np.float64]]]
) -> pd.Series:
    keys = [snapshot.features.index.to_numpy() for snapshot in snapshots]
    days = [
        np.full(len(snapshot.features), day_number(snapshot.observation_date), dtype=np.int64)
        for snapshot in snapshots
    ]
    index = pd.MultiIndex.from_arrays(
        [np.concatenate(days), np.concatenate(keys)], names=["day", "customer_key"]
    )
    return pd.Series(np.concatenate(values), index=index)
