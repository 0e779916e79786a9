"""Effects of past actions as the records show them, beside the true ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
import pandas as pd

from analytics.domain.profiles.profile import NO_ACTION
from analytics.evaluation.published_run.evaluated_run import EvaluatedRun
from analytics.features.prepared import EPOCH, day_number
from analytics.simulation.hidden import STATE_NAMES, State

LEFT = STATE_NAMES[State.GONE_SILENTLY :]
#: A customer without activity in so many last days of the horizon counts as lost in the records.
SILENT_DAYS = 28
_NORMAL_975 = 1.959963984540054


@dataclass(frozen=True)
class Effect:
    """One action of one campaign: by how much it lowered the share of customers lost.

    Parameters
    ----------
    true
        From both lives of everybody included in the campaign (of those contacted, where nobody
        drew lots): share who leave without the action minus share who leave with it.
    measured, low, high
        Difference of the shares lost in the records between those left alone and those contacted,
        with its 95% interval (Newcombe 1998). Records know no hidden state: lost is without
        activity in the last 28 days, which some are who only rest, in all arms alike.
    treated, left_alone
        Customers compared.
    """

    campaign: str
    action: str
    randomised: bool
    true: float
    measured: float
    low: float
    high: float
    treated: int
    left_alone: int

    @property
    def covers_truth(self) -> bool:
        """The interval holds the true effect."""
        return self.low <= self.true <= self.high


def effects(seen: EvaluatedRun) -> list[Effect]:
    """Return the effect of every action of every campaign whose outcome is known."""
    found = []
    for campaign in seen.truth.note.get("campaigns", []):
        outcomes = seen.truth.outcomes
        rows = outcomes[outcomes["campaign"] == campaign["name"]]
        if rows.empty:
            continue
        end_day = seen.truth.start_day + 7 * (campaign["week"] + campaign["weeks"]) - 1
        end_day = min(end_day, day_number(date.fromisoformat(seen.truth.note["end"])))
        lost = _lost_in_records(seen, end_day)
        if campaign["randomised"]:
            found += _randomised(campaign["name"], rows, lost)
        else:
            found += _confounded(campaign["name"], rows, lost, seen, campaign["week"])
    return found


def _randomised(name: str, rows: pd.DataFrame, lost: pd.Series) -> list[Effect]:
    arm = rows[rows["assigned"]].set_index("customer_id")["action"].astype(str)
    alone = lost.reindex(arm.index[arm == NO_ACTION]).dropna()
    left = _left_by_action(rows)
    return [
        _effect(
            name, action, True, float((left[NO_ACTION] - left[action]).mean()),
            lost.reindex(arm.index[arm == action]).dropna(), alone,
        )
        for action in left.columns.drop(NO_ACTION)
    ]  # fmt: skip


def _confounded(
    name: str, rows: pd.DataFrame, lost: pd.Series, seen: EvaluatedRun, week: int
) -> list[Effect]:
    """Compare those contacted with everybody else who was there, as is often done."""
    arm = rows[rows["assigned"]].set_index("customer_id")["action"].astype(str)
    weeks = seen.truth.weeks
    # Whoever was there the week before, as far as anybody knew: nobody sees the silently gone.
    there = weeks[(weeks["week"] == week - 1) & ~weeks["state"].isin(LEFT[1:]) & ~weeks["paused"]]
    others = lost.reindex(sorted(set(there["customer_id"]) - set(arm.index))).dropna()
    left = _left_by_action(rows)
    return [
        _effect(
            name, str(action), False,
            float((left[NO_ACTION] - left[action]).loc[who.index].mean()),
            lost.reindex(who.index).dropna(), others,
        )
        for action, who in arm.groupby(arm)
    ]  # fmt: skip


def _left_by_action(rows: pd.DataFrame) -> pd.DataFrame:
    """Return, by customer and action, 1 where the customer would have left."""
    gone = rows.assign(left=rows["state"].isin(LEFT).astype(float))
    table = gone.pivot_table(index="customer_id", columns="action", values="left", observed=True)
    return table.rename(columns=str)


def _lost_in_records(seen: EvaluatedRun, end_day: int) -> pd.Series:
    """Return 1 for each landed customer without activity in the last days up to a day."""
    until = EPOCH + timedelta(days=end_day + 1)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        active = connection.execute(
            "SELECT DISTINCT customer_id FROM read_parquet($events) "
            "WHERE list_contains($types, event_type) AND occurred_at < $until::TIMESTAMPTZ "
            "AND occurred_at >= $since::TIMESTAMPTZ",
            {
                "events": str(seen.landed.events),
                "types": list(seen.profile.meaningful_events),
                "until": until,
                "since": until - timedelta(days=SILENT_DAYS),
            },
        ).df()["customer_id"]
    ids = pd.Index(seen.ids)
    return pd.Series((~ids.isin(active)).astype(float), index=ids)


def _effect(
    campaign: str, action: str, randomised: bool, true: float, treated: pd.Series, alone: pd.Series
) -> Effect:
    low, high = newcombe(int(alone.sum()), len(alone), int(treated.sum()), len(treated))
    measured = float(alone.mean() - treated.mean()) if len(alone) and len(treated) else np.nan
    return Effect(campaign, action, randomised, true, measured, low, high, len(treated), len(alone))


def newcombe(lost_a: int, size_a: int, lost_b: int, size_b: int) -> tuple[float, float]:
    """Return the 95% interval of a difference of two shares (Newcombe 1998, method 10)."""
    if not size_a or not size_b:
        return float("nan"), float("nan")
    low_a, high_a = _wilson(lost_a, size_a)
    low_b, high_b = _wilson(lost_b, size_b)
    share_a, share_b = lost_a / size_a, lost_b / size_b
    down = np.hypot(share_a - low_a, high_b - share_b)
    up = np.hypot(high_a - share_a, share_b - low_b)
    return float(share_a - share_b - down), float(share_a - share_b + up)


def _wilson(hits: int, size: int) -> tuple[float, float]:
    z2 = _NORMAL_975**2
    middle = (hits + z2 / 2) / (size + z2)
    spread = _NORMAL_975 / (size + z2) * np.sqrt(hits * (size - hits) / size + z2 / 4)
    return float(middle - spread), float(middle + spread)
