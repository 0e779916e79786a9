"""Who moved between segments since the last run, with the money that moved along."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

KINDS = ("named_segment", "risk_tier", "customer_state")
_MONEY = ("monthly_revenue", "revenue_at_risk")
#: What of a customers table the moves are made of.
MOVE_COLUMNS = ("customer_id", *KINDS, *_MONEY)


def segment_moves(
    before: pd.DataFrame,
    now: pd.DataFrame,
    *,
    former_run: str,
    former_as_of: str,
    kinds: Sequence[str] = KINDS,
) -> pd.DataFrame:
    """Return one row a kind, the segment then and the one now.

    Everybody in either run is in exactly one row of each kind.

    Parameters
    ----------
    before, now
        `MOVE_COLUMNS` of the last run and of this one; a kind that the last run did not have is
        left out.
    """
    both = before.merge(now, on="customer_id", how="outer", suffixes=("_then", "_now"))
    monthly = both["monthly_revenue_now"].fillna(both["monthly_revenue_then"]).fillna(0.0)
    rows = both.assign(
        monthly_revenue=monthly,
        risk_before=both["revenue_at_risk_then"].fillna(0.0),
        risk_now=both["revenue_at_risk_now"].fillna(0.0),
    )
    parts = [
        _of_kind(rows, kind) for kind in kinds if kind in before.columns and kind in now.columns
    ]
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["kind"])
    return found.assign(former_run=former_run, former_as_of=former_as_of)


def _of_kind(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    named = rows.assign(was=rows[f"{kind}_then"].fillna(""), became=rows[f"{kind}_now"].fillna(""))
    grouped = named.groupby(["was", "became"], as_index=False)
    found = grouped.agg(
        customers=("customer_id", "size"),
        monthly_revenue=("monthly_revenue", "sum"),
        risk_before=("risk_before", "sum"),
        risk_now=("risk_now", "sum"),
    )
    return found.assign(kind=kind)
