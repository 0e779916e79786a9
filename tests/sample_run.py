"""A small, coherent, made-up run for tests: every table, totals that are sums, events behind them.

The numbers are plausible, not modelled: they come from a few random traits of each customer.
"""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pandas as pd

from analytics.domain.customer.risk_tier import BAND_CUTS, RiskTier
from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.customer.tier_rule import TierRecord, TierRule
from analytics.domain.numbers.measures import revenue_interval
from analytics.domain.profiles.profile import Action
from analytics.domain.profiles.profile_file import load_profile
from analytics.domain.run_summary import RunSummary
from analytics.domain.run_tables import CUSTOMERS
from analytics.domain.tables.history_tables import (
    CustomerReason,
    PastPortfolio,
    PastRisk,
    PossibleAction,
)
from analytics.runs.run_files import (
    totals_of,
    write_catalogue,
    write_summary,
    write_table,
)
from analytics.runs.run_store import PublishedRun, RunStore
from tests.sample_catalogue import sample_catalogue
from tests.sample_evidence import sample_evidence
from tests.sample_segments import segment_tables, with_segments
from tests.written_events import write_events

AS_OF = datetime(2026, 3, 31, tzinfo=UTC)
BASE_RATE = 0.08
CUTS = TierCuts.usual(BASE_RATE)
TIERS = TierRule(
    CUTS,
    (
        TierRecord(RiskTier.CRITICAL, 40, 25, 0.46, 0.77),
        TierRecord(RiskTier.HIGH, 110, 40, 0.28, 0.46),
        TierRecord(RiskTier.MEDIUM, 300, 36, 0.09, 0.16),
        TierRecord(RiskTier.LOW, 1550, 59, 0.03, 0.05),
    ),
    TierRecord(RiskTier.HIGH, 150, 65, 0.36, 0.51),
    dates=3,
    base_rate=BASE_RATE,
)
SHOCK_SD = 0.2
PAST_DATES = 6

_REASONS = (
    ("recency", "No activity for {days:.0f} days; usual gap is {gap:.0f}."),
    ("trend", "Active days are down by a third against the usual month."),
    ("friction", "Met 7 errors in 28 days, 3 times the usual number."),
    ("voice", "Two tickets were opened again."),
    ("value", "Spending fell to half of the usual month."),
)
_FRICTION = ("error", "rage_click", "slow_load", "payment_failed")
_VOICE = ("ticket_opened", "complaint")


def publish_sample_run(
    data_folder: Path,
    *,
    customers: int = 400,
    seed: int = 7,
    as_of: datetime = AS_OF,
    run_id: str = "20260331T000000-sample",
    simulated: bool = True,
    ids: Sequence[str] = (),
    regions: Sequence[str] = (),
) -> PublishedRun:
    """Publish a sample run in a workspace's data folder and return it.

    Its files are written once a process for the same arguments; after that they are copied.

    Parameters
    ----------
    ids
        Ids of the first customers, in the place of the plain ones.
    regions
        Dealt to all customers in turn, in the place of the usual three.
    """
    made = _files_of(customers, seed, as_of, run_id, simulated, tuple(ids), tuple(regions))
    return RunStore(data_folder).publish(run_id, lambda folder: _copy_files(made, folder))


@cache
def _files_of(
    customers: int,
    seed: int,
    as_of: datetime,
    run_id: str,
    simulated: bool,
    ids: tuple[str, ...],
    regions: tuple[str, ...],
) -> Path:
    """Return a folder with the files of a sample run, removed when the process ends."""
    folder = Path(mkdtemp(prefix="sample-run-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write_sample_run(
        folder,
        customers=customers,
        seed=seed,
        as_of=as_of,
        run_id=run_id,
        simulated=simulated,
        ids=ids,
        regions=regions,
    )
    return folder


def _copy_files(made: Path, folder: Path) -> None:
    for path in made.iterdir():
        shutil.copyfile(path, folder / path.name)


def write_sample_run(
    folder: Path,
    *,
    customers: int = 400,
    seed: int = 7,
    as_of: datetime = AS_OF,
    run_id: str = "20260331T000000-sample",
    simulated: bool = True,
    ids: Sequence[str] = (),
    regions: Sequence[str] = (),
) -> None:
    """Write every file of a sample run into a folder."""
    rng = np.random.default_rng(seed)
    options = load_profile("saas").actions
    table = _customers(rng, customers, as_of)
    table["customer_id"] = [*ids, *table["customer_id"][len(ids) :]]
    if regions:
        table["region"] = [regions[place % len(regions)] for place in range(customers)]
    reasons = _reasons(table)
    table = _with_reasons(table, reasons)
    actions = _action_options(table, options)
    table = with_segments(_with_actions(table, actions, options), as_of)
    history = _history(rng, table, as_of)
    written = write_table(folder, CUSTOMERS, table.sort_values("customer_id"))
    write_table(folder, CustomerReason.table, reasons)
    write_table(folder, PossibleAction.table, actions)
    write_table(folder, PastRisk.table, history)
    write_table(folder, PastPortfolio.table, _portfolio(table, history))
    for row, frame in sample_evidence(table, as_of=as_of, base_rate=BASE_RATE).items():
        write_table(folder, row.table, frame)
    for row, frame in segment_tables(table).items():
        write_table(folder, row.table, frame)
    write_events(folder, _events(rng, table, as_of))
    write_catalogue(folder, sample_catalogue(customers))
    totals = totals_of(written)
    write_summary(folder, _summary(table, totals, as_of, run_id, simulated))


def _customers(rng: np.random.Generator, size: int, as_of: datetime) -> pd.DataFrame:
    number = np.arange(size)
    tenure = rng.integers(5, 900, size).astype(float)
    gap = rng.gamma(3.0, 2.0, size) + 1.0
    silent_for = np.minimum(rng.gamma(1.2, 8.0, size), tenure)
    lapsed = silent_for > 6 * gap + 14
    ended = ~lapsed & (rng.random(size) < 0.05)
    too_new = ~lapsed & ~ended & (tenure < 56)
    eligible = ~(lapsed | ended | too_new)
    risk = 1 / (1 + np.exp(-(-3.2 + 0.45 * silent_for / gap + rng.normal(0, 1.0, size))))
    before = np.clip(risk * rng.uniform(0.5, 1.3, size), 0.0, 0.99)
    frustration = np.round(np.clip(rng.gamma(1.3, 16.0, size), 0, 100), 1)
    contacts = rng.poisson(0.6, size)
    revenue = np.round(rng.lognormal(4.3, 0.8, size), 2)
    stays = np.where(eligible, revenue * 12 * 0.8, 0.0)
    leaves = stays * 0.15
    stake = stays - leaves
    scored = np.where(eligible, risk, np.nan)
    low, high = np.clip(scored * 0.7, 0, 1), np.clip(scored * 1.3, 0, 1)
    pieces = np.array(["Basic", "Team", "Enterprise"])
    last = [as_of - timedelta(days=float(one)) for one in silent_for]
    return pd.DataFrame(
        {
            "customer_id": [f"C{one:05d}" for one in number],
            "name": [f"Customer {one}" for one in number],
            "segment": rng.choice(["Small", "Medium", "Large"], size, p=[0.5, 0.3, 0.2]),
            "plan": rng.choice(pieces, size),
            "region": rng.choice(["EU", "US", "APAC"], size),
            "channel": "",
            "signed_up_at": pd.to_datetime([as_of - timedelta(days=float(one)) for one in tenure]),
            "ended_at": pd.to_datetime([last[one] if ended[one] else None for one in number]),
            "end_reason": np.where(ended, "cancelled", ""),
            "tenure_days": tenure,
            "last_activity_at": pd.to_datetime(last),
            "days_since_last_activity": np.round(silent_for, 1),
            "usual_gap_days": np.round(gap, 1),
            "horizon_days": np.where(eligible, np.clip(np.round(gap * 5), 28, 112), np.nan),
            "active_days_28d": np.round(28 / gap * np.exp(-silent_for / 28)),
            "activity_ratio_28d": np.round(np.exp(-silent_for / 28), 2),
            "recently_active": silent_for <= 14,
            "eligible": eligible,
            "churn_risk": scored,
            "churn_risk_low": low,
            "churn_risk_high": high,
            "risk_is_unsure": eligible & (risk > 0.1) & (risk < 0.14),
            "churn_risk_28d_ago": np.where(eligible, before, np.nan),
            "risk_tier": [
                _tier(risk[one], lapsed[one], ended[one], too_new[one]) for one in number
            ],
            "previous_risk_tier": [
                _tier(before[one], lapsed[one], False, too_new[one]) if tenure[one] > 28 else ""
                for one in number
            ],
            "unusual": eligible & (rng.random(size) < 0.06),
            "frustration_index": frustration,
            "frustration_band": [_band(one) for one in frustration],
            "frustration_stale": np.arange(size) % 5 == 0,
            "contacts_90d": contacts,
            "suppressed_frustration": (frustration >= 40) & (contacts == 0),
            "monthly_revenue": revenue,
            "value_band": pd.Series(pd.qcut(stays + revenue / 1e6, 3, labels=False)).map(
                {0: "low", 1: "middle", 2: "high"}
            ),
            "value_form": np.where(eligible, "subscription", "default"),
            "value_if_stays": stays,
            "value_if_leaves": leaves,
            "revenue_at_risk": np.where(eligible, risk * stake, 0.0),
            "revenue_at_risk_low": np.where(eligible, low * stake, 0.0),
            "revenue_at_risk_high": np.where(eligible, high * stake, 0.0),
            "revenue_variance": np.where(eligible, risk * (1 - risk) * stake**2, 0.0),
            "revenue_shock": np.where(eligible, risk * (1 - risk) * stake, 0.0),
            "holdout": rng.random(size) < 0.1,
        }
    )


def _tier(risk: float, lapsed: bool, ended: bool, too_new: bool) -> str:
    if ended:
        return RiskTier.ENDED
    if lapsed:
        return RiskTier.LAPSED
    return RiskTier.INSUFFICIENT_CADENCE if too_new else CUTS.tier_of(risk)


def _band(index: float) -> str:
    return next(str(band) for band, cut in BAND_CUTS.items() if index >= cut)


def _reasons(table: pd.DataFrame) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for position, one in enumerate(table.itertuples()):
        if not one.eligible:
            continue
        for rank in (1, 2, 3):
            theme, text = _REASONS[(position + rank) % len(_REASONS)]
            said = text.format(days=one.days_since_last_activity, gap=one.usual_gap_days)
            row = _reason(one.customer_id, "risk", rank, theme, 9.0 - 2 * rank, said)
            row["risk_at_reference"] = max(one.churn_risk - row["points"] / 100, 0.001)
            row["is_cause"] = theme in {"friction", "voice"}
            row["share_with_less"] = 0.8 if row["is_cause"] else np.nan
            row["refit_share"] = np.nan if row["is_cause"] else 0.5 if position % 9 == 0 else 1.0
            row["stable"] = row["is_cause"] or position % 9 > 0
            rows.append(row)
        if one.risk_tier == RiskTier.HIGH and position % 2:
            solved = (
                f"With 0 unsolved tickets instead of 2, the model would say 9% (low) instead of "
                f"{one.churn_risk:.0%} (high). The model's response, not a promise."
            )
            fall = 100 * (one.churn_risk - 0.09)
            row = _reason(one.customer_id, "nearest_change", 1, "voice", fall, solved)
            rows.append({**row, "risk_at_reference": 0.09})
        moved = round(100 * (one.churn_risk - one.churn_risk_28d_ago), 1)
        changed = f"Churn risk moved by {moved} points."
        rows.append(_reason(one.customer_id, "change", 1, "trend", moved, changed))
        if one.frustration_index >= 20:
            met = f"Errors make {one.frustration_index} points of the index."
            part = float(one.frustration_index)
            rows.append(_reason(one.customer_id, "frustration", 1, "friction", part, met))
    return pd.DataFrame(rows)


def _reason(
    customer_id: str, kind: str, rank: int, theme: str, points: float, text: str
) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "kind": kind,
        "rank": rank,
        "theme": theme,
        "is_cause": False,
        "points": points,
        "points_alone": np.nan if kind == "frustration" else points,
        "risk_at_reference": np.nan,
        "share_with_less": np.nan,
        "refit_share": np.nan,
        "stable": True,
        "text": text,
    }


def _with_reasons(table: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    risk = reasons[reasons["kind"] == "risk"]
    texts = risk.pivot(index="customer_id", columns="rank", values="text")
    first = risk[risk["rank"] == 1].set_index("customer_id")["theme"]
    ids = table["customer_id"]
    added = {f"reason_{one}": ids.map(texts[one]).fillna("") for one in (1, 2, 3)}
    causes = risk[risk["is_cause"]].drop_duplicates("customer_id").set_index("customer_id")["theme"]
    themes = {"reason_theme": ids.map(first), "likely_cause": ids.map(causes)}
    return table.assign(**{name: one.fillna("") for name, one in themes.items()}, **added)


def _action_options(table: pd.DataFrame, options: tuple[Action, ...]) -> pd.DataFrame:
    rows = []
    for one in table[table["eligible"]].itertuples():
        worth = [(_net_value(action, one.revenue_at_risk), action) for action in options]
        for rank, (net, action) in enumerate(sorted(worth, key=lambda pair: -pair[0]), start=1):
            cost = _cost(action)
            rows.append(
                {
                    "customer_id": one.customer_id,
                    "rank": rank,
                    "action": action.name,
                    "label": action.label,
                    "expected_net_value": net,
                    "expected_net_value_low": 0.4 * (net + cost) - cost,
                    "expected_net_value_high": 1.7 * (net + cost) - cost,
                    "expected_cost": cost,
                    "break_even_save_rate": min(cost / max(one.revenue_at_risk, 1e-9), 1.0),
                    "assumed_save_rate": action.assumed_save_rate,
                }
            )
    return pd.DataFrame(rows)


def _cost(action: Action) -> float:
    return action.contact_cost + action.accept_rate * action.offer_cost


def _net_value(action: Action, revenue_at_risk: float) -> float:
    return action.assumed_save_rate * revenue_at_risk - _cost(action)


def _with_actions(
    table: pd.DataFrame, actions: pd.DataFrame, options: tuple[Action, ...]
) -> pd.DataFrame:
    best = actions[(actions["rank"] == 1) & (actions["expected_net_value"] > 0)]
    best = best.set_index("customer_id")
    ids = table["customer_id"]
    minutes = {one.name: one.minutes for one in options}
    names = ids.map(best["action"])
    return table.assign(
        recommended_action=names.fillna("none"),
        action_label=ids.map(best["label"]).fillna(""),
        action_cost=ids.map(best["expected_cost"]),
        action_minutes=names.map(minutes),
        avoidable_loss=ids.map(best["assumed_save_rate"]).fillna(0.0) * table["revenue_at_risk"],
        **{
            name: ids.map(best[name])
            for name in (
                "expected_net_value",
                "expected_net_value_low",
                "expected_net_value_high",
                "break_even_save_rate",
            )
        },
    )


def _history(rng: np.random.Generator, table: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    scored = table[table["eligible"]]
    parts = []
    for back in range(PAST_DATES, 0, -1):
        past = scored[scored["tenure_days"] > 28 * back]
        risk = np.clip(past["churn_risk"] * rng.uniform(0.6, 1.2, len(past)), 0, 1)
        parts.append(
            pd.DataFrame(
                {
                    "customer_id": past["customer_id"],
                    "observation_date": (as_of - timedelta(days=28 * back)).date(),
                    "churn_risk": risk,
                    "risk_tier": [str(CUTS.tier_of(one)) for one in risk],
                    "frustration_index": np.round(past["frustration_index"] * 0.9, 1),
                }
            )
        )
    return pd.concat(parts).sort_values(["customer_id", "observation_date"])


def _portfolio(table: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    stake = table.set_index("customer_id")["value_if_stays"] * 0.85
    rows = []
    for position, (day, past) in enumerate(history.groupby("observation_date")):
        known = position < PAST_DATES - 2
        rows.append(
            {
                "observation_date": day,
                "customers": len(table),
                "eligible": len(past),
                "at_risk": int(past["risk_tier"].isin(["critical", "high"]).sum()),
                "expected_silent": past["churn_risk"].sum(),
                "revenue_at_risk": (past["churn_risk"] * past["customer_id"].map(stake)).sum(),
                "frustrated": int((past["frustration_index"] >= 40).sum()),
                "silent_churn_share": BASE_RATE * (0.9 + 0.05 * position) if known else np.nan,
                "predicted_share": past["churn_risk"].mean() if known else np.nan,
            }
        )
    return pd.DataFrame(rows)


def _events(rng: np.random.Generator, table: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for one in table.itertuples():
        span = min(one.tenure_days, 180.0) - one.days_since_last_activity
        visits = 2 + rng.poisson(max(span, 0) / one.usual_gap_days / 2)
        ages = one.days_since_last_activity + np.sort(rng.uniform(0, max(span, 0.1), visits))
        ages[0] = one.days_since_last_activity
        for age in ages:
            rows.append(_event(one.customer_id, age, "session", as_of, len(rows)))
        for _ in range(int(one.frustration_index // 15)):
            kind = str(rng.choice(_FRICTION))
            rows.append(_event(one.customer_id, rng.choice(ages), kind, as_of, len(rows)))
        for _ in range(int(one.contacts_90d)):
            age = min(float(rng.choice(ages)), 89.0)
            rows.append(_event(one.customer_id, age, str(rng.choice(_VOICE)), as_of, len(rows)))
    return pd.DataFrame(rows)


def _event(
    customer_id: str, age_days: float, name: str, as_of: datetime, number: int
) -> dict[str, Any]:
    when = as_of - timedelta(days=float(age_days))
    return {
        "customer_id": customer_id,
        "occurred_at": when,
        "event_type": name,
        "event_id": f"E{number:07d}",
        "received_at": when,
        "value": 3.0 if name == "session" else None,
        "currency": None,
        "session_id": None,
        "feature": "reports" if name == "session" else None,
        "properties": None,
    }


def _summary(
    table: pd.DataFrame, totals: dict[str, float], as_of: datetime, run_id: str, simulated: bool
) -> RunSummary:
    profile = load_profile("saas")
    return RunSummary(
        run_id=run_id,
        as_of=as_of.isoformat(),
        published_at=(as_of + timedelta(hours=2)).isoformat(),
        profile=profile.name,
        profile_title=profile.title,
        currency=profile.currency,
        simulated=simulated,
        source="sample",
        gap_days=profile.gap_days,
        base_rate=BASE_RATE,
        shock_sd=SHOCK_SD,
        holdout_share=profile.holdout_share,
        capacity_minutes_per_week=profile.capacity_minutes_per_week,
        totals=totals,
        revenue_at_risk=revenue_interval(
            totals["revenue_at_risk"],
            variance=totals["revenue_variance"],
            shock=totals["revenue_shock"],
            shock_sd=SHOCK_SD,
        ),
        champion="random_forest",
        champion_label="Random Forest",
        verdict="The model ranks leavers better than days of silence alone do.",
        tier_counts={str(k): int(v) for k, v in table["risk_tier"].value_counts().items()},
        data_quality={"read": 1000, "accepted": 990, "rejected": 8, "duplicates": 2, "rules": {}},
        warnings=(),
        assumptions=("Save rates are assumed, not measured.",),
        versions={"silent-churn": "0.1.0"},
        tiers=TIERS,
    )
