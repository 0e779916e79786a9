"""What a simulated business shows of its customers, before any model: rhythm, money, exits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.evaluation.truth import GONE_SILENTLY, Truth
from analytics.features.prepared import day_number
from analytics.modelling.lifetime.regularity import wheat_morrison_k
from analytics.modelling.lifetime.shifted_beta_geometric import fit_shifted_beta_geometric

Floats = npt.NDArray[np.float64]

PERIOD_DAYS, PERIODS = 28, 9
GAP_BIN_DAYS, GAP_BINS = 2, 20
LORENZ_SHARES = np.linspace(0, 1, 21)
SPOKEN_TYPES = ("ticket_opened", "complaint", "cancel_request")
_LARGE_COHORT = 100_000
FRUSTRATED_Z = 1.5

_ACTIVE_DAYS = """
SELECT customer_id, CAST(FLOOR(EPOCH(occurred_at) / 86400) AS BIGINT) AS day
FROM read_parquet($events) WHERE list_contains($types, event_type)
GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class ActiveDays:
    """Days with meaningful activity, sorted by customer and day; days since 1970."""

    customer: npt.NDArray[np.int64]
    day: npt.NDArray[np.int64]


def active_days(events: Path, types: tuple[str, ...]) -> ActiveDays:
    """Read the active days from the landed events."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = connection.execute(_ACTIVE_DAYS, {"events": str(events), "types": list(types)})
        rows = found.df()
    code = pd.factorize(rows["customer_id"])[0].astype(np.int64)
    return ActiveDays(code, rows["day"].to_numpy(dtype=np.int64))


def regularity(days: ActiveDays) -> float:
    """Return the regularity k of the gaps between active days (Wheat and Morrison 1990)."""
    return float(wheat_morrison_k(days.customer, days.day))


def weekday_shares(days: ActiveDays) -> Floats:
    """Return the share of active days on Monday to Sunday."""
    weekday = (days.day + 3) % 7  # 1970-01-01 was a Thursday
    shares: Floats = np.bincount(weekday, minlength=7) / max(len(weekday), 1)
    return shares


def gap_shares(days: ActiveDays) -> Floats:
    """Return the share of gaps in each bin of two days; longer ones are in the last."""
    same = np.diff(days.customer) == 0
    gap = np.diff(days.day)[same]
    bins = np.minimum((gap - 1) // GAP_BIN_DAYS, GAP_BINS - 1)
    shares: Floats = np.bincount(bins, minlength=GAP_BINS) / max(len(gap), 1)
    return shares


def lorenz(amounts: Floats, shares: Floats = LORENZ_SHARES) -> Floats:
    """Return the share of the money that the best shares of the customers bring."""
    ordered = np.sort(amounts)[::-1]
    summed = np.concatenate([[0.0], np.cumsum(ordered)]) / max(ordered.sum(), 1e-9)
    curve: Floats = np.interp(shares * len(ordered), np.arange(len(ordered) + 1), summed)
    return curve


def paid_by_customer(events: Path) -> Floats:
    """Return what each customer with an event paid in the whole period."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT SUM(CASE WHEN event_type IN ('invoice_paid', 'order', 'top_up') THEN value "
            "ELSE 0 END) AS paid FROM read_parquet(?) GROUP BY customer_id ORDER BY customer_id",
            [str(events)],
        ).df()
    paid: Floats = rows["paid"].fillna(0.0).to_numpy().clip(0.0)
    return paid


def survival(truth: Truth) -> Floats:
    """Return the share of new customers still there after each four weeks, Kaplan and Meier's.

    Only customers who signed up inside the simulation count: of the others we know that they had
    stayed until it began.
    """
    people = truth.customers
    signed_up = (people["signed_up_at"].dt.floor("D") - pd.Timestamp(0, tz="UTC")).dt.days
    new = (signed_up >= truth.start_day).to_numpy()
    end_day = day_number(pd.Timestamp(truth.note["end"]).date()) + 1
    left = people["exit_day"].to_numpy()[new]
    begins = signed_up.to_numpy(dtype=float)[new]
    seen_for = end_day - begins
    lived = np.where(np.isnan(left), end_day, left) - begins
    exited = ~np.isnan(left)
    curve = [1.0]
    for period in range(PERIODS):
        low, high = period * PERIOD_DAYS, (period + 1) * PERIOD_DAYS
        # Who is not seen for the whole period counts in it neither as lost nor as kept.
        at_risk = (lived >= low) & (seen_for >= high)
        lost = at_risk & exited & (lived < high)
        if not at_risk.any():
            break
        curve.append(curve[-1] * (1 - lost.sum() / at_risk.sum()))
    return np.array(curve)


def survival_misfit(curve: Floats) -> float:
    """Return how far the best shifted beta-geometric curve is from a survival curve, at most."""
    fit = fit_shifted_beta_geometric(np.round(_LARGE_COHORT * curve))
    return float(np.max(np.abs(fit.survival(np.arange(len(curve))) - curve)))


def retention_rise(curve: Floats) -> float:
    """Return the mean retention of the later periods minus that of the earlier ones."""
    retention = curve[1:] / curve[:-1]
    half = len(retention) // 2
    return float(retention[half:].mean() - retention[:half].mean())


def silent_share(truth: Truth) -> float:
    """Return the share of the exits that were silent."""
    exits = truth.customers["exit_at"].notna()
    return float((truth.customers["final_state"][exits] == GONE_SILENTLY).mean())


def yearly_retention(truth: Truth) -> float:
    """Return the share of the customers of the first day who are there after 52 weeks."""
    people = truth.customers
    old = people["signed_up_at"] < pd.Timestamp(truth.note["start"], tz="UTC")
    return float(1 - (people["exit_day"][old] < truth.start_day + 364).mean())


def mute_share(truth: Truth, events: Path) -> float:
    """Return the share of the truly frustrated customers who never said anything."""
    worst = truth.weeks.groupby("customer_id", observed=True)["frustration"].max()
    frustrated = worst.index[worst >= FRUSTRATED_Z]
    with duckdb.connect() as connection:
        spoke = connection.execute(
            "SELECT DISTINCT customer_id FROM read_parquet(?) WHERE list_contains(?, event_type)",
            [str(events), list(SPOKEN_TYPES)],
        ).df()["customer_id"]
    return float(1 - frustrated.isin(spoke).mean()) if len(frustrated) else float("nan")
