"""Revenue at risk predicted on tested dates, against the value of those who went silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.risk_tier import SCORED_TIERS
from analytics.domain.customer_columns.group_columns import PAST_REVENUE_COLUMNS
from analytics.domain.numbers.measures import revenue_interval
from analytics.features.prepared import EPOCH
from analytics.modelling.judging import ALL, Backtest
from analytics.modelling.past_dates.past_tiers import past_levels, stake_of
from analytics.modelling.training import shock_sd_of

#: Groups of fewer scored customers on a date are left out: hardly one of them goes silent.
FEWEST_CUSTOMERS = 50
RISK_TIER = "risk_tier"

Floats = npt.NDArray[np.float64]


def past_revenue(
    tested: Backtest, value: pd.Series, people: pd.DataFrame, *, outcome: str = "silent"
) -> pd.DataFrame:
    """Return one row a test date and group, oldest first; columns of the run table.

    The values are taken as they were known on the day, so the interval is that of who leaves, not
    of what they are worth. Its shared shock is measured on the other test dates: on the date
    itself it would be told the answer.

    Parameters
    ----------
    value
        Value at stake as of the day, index (day, customer_key).
    people
        The landed customers, index `customer_key`.
    outcome
        Column of the predictions that tells who was lost.
    """
    rows = tested.predictions
    rows = rows.assign(
        tier=np.array([str(tier) for tier in SCORED_TIERS])[past_levels(tested, value)],
        stake=stake_of(rows, value),
        predicted=rows[tested.champion].to_numpy(dtype=np.float64),
        lost=rows[outcome].to_numpy() == 1,
        shock_sd=_shock_of_other_dates(rows, tested.champion),
    )
    rows = rows.join(_groups(rows, people))
    kinds = (
        ALL,
        RISK_TIER,
        *(group_column for group_column in PAST_REVENUE_COLUMNS if group_column in rows),
    )
    return pd.DataFrame([row for kind in kinds for row in _of_kind(rows, kind)]).sort_values(
        ["observation_date", "kind", "part"], ignore_index=True
    )


def _shock_of_other_dates(rows: pd.DataFrame, champion: str) -> Floats:
    shock = {day: shock_sd_of(rows[rows["day"] != day], champion) for day in rows["day"].unique()}
    result: Floats = rows["day"].map(shock).to_numpy(dtype=np.float64)
    return result


def _groups(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return the group of each row, of every kind that varies; the tier is that of the date."""
    found = pd.DataFrame({ALL: "", RISK_TIER: rows["tier"]}, index=rows.index)
    for name in PAST_REVENUE_COLUMNS:
        if name in people and people[name].dropna().drop_duplicates().size > 1:
            known = people[name].astype("string").fillna("")
            found[name] = known.reindex(rows["customer_key"]).fillna("").to_numpy(dtype=object)
    return found


def _of_kind(rows: pd.DataFrame, kind: str) -> Iterator[dict[str, object]]:
    for _, of_part in rows.groupby(["day", kind]):
        if kind == ALL or len(of_part) >= FEWEST_CUSTOMERS:
            yield {
                "observation_date": EPOCH + timedelta(days=int(of_part["day"].iloc[0])),
                "kind": kind,
                "part": of_part[kind].iloc[0],
                **_judged(of_part),
            }


def _judged(rows: pd.DataFrame) -> dict[str, object]:
    risk, stake, lost = rows["predicted"], rows["stake"], rows["lost"]
    spread = risk * (1 - risk) * stake
    interval = revenue_interval(
        float((risk * stake).sum()),
        variance=float((spread * stake).sum()),
        shock=float(spread.sum()),
        shock_sd=float(rows["shock_sd"].iloc[0]),
    )
    money = float(stake[lost].sum())
    return {
        "scored": len(rows),
        "expected": float(risk.sum()),
        "went_silent": int(lost.sum()),
        "predicted": interval.value,
        "predicted_low": interval.low,
        "predicted_high": interval.high,
        "lost": money,
        "held": interval.low <= money <= interval.high,
    }
