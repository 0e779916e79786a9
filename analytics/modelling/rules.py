"""Plain rules with the lift they had on past dates: what remains where no model can be believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.counting import counted
from analytics.domain.words.share_words import FEW, percent
from analytics.modelling.measuring.metrics import interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.measuring.within_date import rows_of_dates
from analytics.modelling.models.estimators import NOVELTY_NAME, UNUSUAL_SHARE

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rule:
    """A sign that a person could look for.

    Parameters
    ----------
    columns
        Features it reads; a source without one of them cannot use the rule.
    holds
        Whether it holds, for each row of a table of features.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    holds: Callable[[pd.DataFrame], pd.Series]


_SILENT_DAYS, _YOUNG_DAYS = 14, 90

RULES: tuple[Rule, ...] = (
    Rule(
        f"silent_{_SILENT_DAYS}_days",
        f"Silent for {_SILENT_DAYS} days or more",
        ("days_since_last_activity",),
        lambda table: table["days_since_last_activity"] >= _SILENT_DAYS,
    ),
    Rule(
        "silent_twice_usual_gap",
        "Silent for more than twice the usual gap",
        ("days_since_last_activity", "mean_gap_days"),
        lambda table: table["days_since_last_activity"] > 2 * table["mean_gap_days"],
    ),
    Rule(
        "longest_silence_ever",
        "Silent for longer than ever before",
        ("silence_over_longest_gap",),
        lambda table: table["silence_over_longest_gap"] > 1,
    ),
    Rule(
        "half_as_active",
        "Less than half as active in 28 days as usual",
        ("activity_ratio_28d",),
        lambda table: table["activity_ratio_28d"] < 0.5,
    ),
    Rule(
        "less_than_fleet",
        "Clearly less active than before while the others were not",
        ("active_days_log_ratio_vs_fleet_28d_56d",),
        lambda table: table["active_days_log_ratio_vs_fleet_28d_56d"] < -0.5,
    ),
    Rule(
        "young",
        f"Customer for less than {_YOUNG_DAYS} days",
        ("tenure_days",),
        lambda table: table["tenure_days"] < _YOUNG_DAYS,
    ),
)


@dataclass(frozen=True)
class Worth:
    """What a sign was worth on past dates; the figures of a row of the run table ``rules``."""

    tested: int
    went_silent: int
    share_silent: float
    base_rate: float
    lift: float
    lift_low: float
    lift_high: float


def worth_of(
    held: Flags,
    silent: npt.NDArray[np.int8],
    customer_key: npt.NDArray[np.int64],
    *,
    seed: int,
    within: npt.ArrayLike | None = None,
) -> Worth:
    """Return the share who went silent where a sign held, against the share of all.

    The 95% interval of the lift draws whole customers.

    Parameters
    ----------
    within
        Date of each row, None where all are of one. The share of all is that of the dates on which
        the sign held, each as often as it held there: a sign that comes with a bad month is no
        better for it.
    """
    draws = CustomerDraws.of(customer_key, seed=seed)
    gone, holds = silent.astype(np.float64), held.astype(np.float64)
    rows, hits = int(held.sum()), int(gone[held].sum())
    share = hits / rows if rows else float("nan")
    at_random, drawn_at_random = 0.0, np.zeros(len(draws.weight))
    for positions in rows_of_dates(within, len(gone)):
        on_date = np.zeros(len(gone))
        on_date[positions] = 1.0
        at_random += float(holds[positions].sum() * gone[positions].mean())
        of_all = np.nan_to_num(draws.ratio(gone * on_date, on_date))
        drawn_at_random += draws.totals(holds * on_date) * of_all
    base = at_random / rows if rows else float(gone.mean())
    with np.errstate(invalid="ignore", divide="ignore"):  # a draw may hold no leaver at all
        lifts = draws.totals(gone * holds) / drawn_at_random
    low, high = interval(lifts)
    return Worth(rows, hits, share, base, share / base if base else float("nan"), low, high)


def novelty_worth(predictions: pd.DataFrame, *, seed: int) -> Worth:
    """Return what the flag of the Isolation Forest was worth on the test dates.

    Each date's forest had seen earlier dates only; it flags the most unusual of the date.
    """
    share = predictions.groupby("day")[NOVELTY_NAME].rank(pct=True)
    held = (share > 1 - UNUSUAL_SHARE).to_numpy()
    silent, keys = predictions["silent"].to_numpy(), predictions["customer_key"].to_numpy()
    return worth_of(held, silent, keys, seed=seed, within=predictions["day"].to_numpy())


def rules_table(
    past: pd.DataFrame,
    silent: npt.NDArray[np.int8],
    customer_key: npt.NDArray[np.int64],
    now: pd.DataFrame,
    novelty: Worth,
    *,
    seed: int,
    within: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """Return what each rule was worth on past dates; columns of the run table ``rules``.

    The flag of the Isolation Forest stands last.

    Parameters
    ----------
    past, silent, customer_key
        Features, outcome and customer of the rows of the test dates, by which everything else is
        judged too.
    now
        Features of today's scored customers.
    novelty
        What that flag was worth.
    within
        Date of each past row; None where all are of one.
    """
    rows = []
    for rule in RULES:
        if any(now[name].isna().all() for name in rule.columns):
            continue
        held = rule.holds(past).to_numpy(dtype=bool)
        worth = worth_of(held, silent, customer_key, seed=seed, within=within)
        rows.append(_row(rule.name, rule.label, int(rule.holds(now).sum()), worth))
    rows.sort(key=lambda row: -np.nan_to_num(row["lift"]))
    flagged = round(UNUSUAL_SHARE * len(now))
    rows.append(_row(NOVELTY_NAME, "Behaves unlike before (isolation forest)", flagged, novelty))
    return pd.DataFrame(rows)


def rules_in_words(table: pd.DataFrame) -> tuple[str, ...]:
    """Say what each rule was worth, for those whose lift is surely above 1."""
    told = table[(table["lift_low"] > 1) & (table["tested"] >= FEW)]
    if told.empty:
        return ("No plain rule told leavers from stayers either, as far as can be told.",)
    return tuple(
        f"{row['label']}: {counted(row['customers_now'], 'customer')} today. In the past "
        f"{row['went_silent']:,} of {counted(row['tested'], 'such customer')} went silent "
        f"({percent(row['share_silent'])}; base rate {percent(row['base_rate'])}), "
        f"{row['lift']:.1f} times as many as at random (95% interval {row['lift_low']:.1f} to "
        f"{row['lift_high']:.1f})."
        for row in told.to_dict("records")
    )


def _row(name: str, label: str, customers_now: int, worth: Worth) -> dict[str, Any]:
    return {"rule": name, "label": label, "customers_now": customers_now, **asdict(worth)}
