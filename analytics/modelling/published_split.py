"""One train date, one test date, one label: the form in which others publish their figures.

It has no later date to calibrate on, so the probabilities are calibrated out of fold on the train
dates; ranking figures do not depend on that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from analytics.domain.profiles.profile import Profile
from analytics.errors import InsufficientData, UsageError
from analytics.features.build import FeatureSource
from analytics.features.outcomes.labels import Outcome, future_signs
from analytics.features.prepared import EPOCH, day_number
from analytics.modelling.backtest import learnable, novelty_score
from analytics.modelling.judging import Backtest, judge
from analytics.modelling.log_odds import log_odds
from analytics.modelling.models.calibrated import Calibrated, fit_calibrator
from analytics.modelling.models.estimators import LADDER, NOVELTY_NAME, ModelSpec
from analytics.modelling.observing.observations import Observations, Snapshot, snapshot, stack

LABELS = ("silent", "no_event", "ended")
FOLDS = 5
MIN_SIDE_ROWS = 200
#: Fewer of one outcome teach nothing, and rank nothing.
MIN_SIDE_OF_EACH_KIND = 15


@dataclass(frozen=True)
class PublishedSplit:
    """What to train and test on.

    Parameters
    ----------
    label
        ``no_event``: no activity from the date for `horizon_days`. ``silent``: the same without
        contact around it. ``ended``: a recorded end in that time.
    train_dates, test_dates
        Features use what came before the date; the outcome starts on it.
    active_within_days
        Only customers seen in so many days before the date, which is not one of them.
    """

    label: str
    train_dates: tuple[date, ...]
    test_dates: tuple[date, ...]
    horizon_days: int
    active_within_days: int

    def __post_init__(self) -> None:
        """Refuse a split that would look into the future."""
        if self.label not in LABELS:
            raise UsageError(
                f"--label must be one of {', '.join(LABELS)}. Got {self.label!r}.",
                rule="label_known",
                got=self.label,
            )
        if not self.train_dates or not self.test_dates:
            raise UsageError(
                "A split needs --train-date and --test-date. Got one of them only.",
                rule="split_dates",
            )
        for name, most in (("horizon_days", 365), ("active_within_days", 1000)):
            if not 1 <= getattr(self, name) <= most:
                raise UsageError(
                    f"{name} must be between 1 and {most}. Got {getattr(self, name)}.",
                    rule="split_valid",
                    got=getattr(self, name),
                )
        known = max(self.train_dates) + timedelta(days=self.horizon_days)
        if known > min(self.test_dates):
            raise UsageError(
                f"The train date's outcome must be known by the test date: it ends on {known}. "
                f"Got {min(self.test_dates)}.",
                rule="split_order",
                got=min(self.test_dates),
            )


def backtest_split(
    source: FeatureSource, split: PublishedSplit, *, profile: Profile, seed: int
) -> Backtest:
    """Train on the train dates, test on the test dates.

    Raises
    ------
    InsufficientData
        A side has fewer than 200 customers, or fewer than 15 of one outcome.
    """
    train = _rows(source, split, split.train_dates, profile, "train")
    test = _rows(source, split, split.test_dates, profile, "test")
    columns: dict[str, npt.ArrayLike] = {
        "day": test.day + 1,
        "customer_key": test.customer_key,
        "silent": test.silent,
        "early": test.early,
    }
    ladder = tuple(spec for spec in learnable(LADDER, train) if not spec.members)
    for spec in ladder:
        columns[spec.name] = _fit_out_of_fold(spec, train, seed=seed).predict(test.table)
    columns[NOVELTY_NAME] = novelty_score(train.table, test.table, seed=seed)
    return judge(pd.DataFrame(columns), ladder=ladder, seed=seed)


def _fit_out_of_fold(spec: ModelSpec, train: Observations, *, seed: int) -> Calibrated:
    columns = spec.columns_of(train.table)
    rows = train.table[list(columns)].to_numpy()
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    unseen = cross_val_predict(
        spec.build(columns, len(train), seed), rows, train.silent, cv=folds, method="predict_proba"
    )[:, 1]
    calibrator = fit_calibrator(log_odds(unseen), train.silent)
    pipeline = spec.build(columns, len(train), seed).fit(rows, train.silent)
    return Calibrated(spec.name, columns, pipeline, calibrator)


def _rows(
    source: FeatureSource,
    split: PublishedSplit,
    dates: Sequence[date],
    profile: Profile,
    side: str,
) -> Observations:
    asked = replace(
        profile,
        label="no_event",
        horizon_min_days=split.horizon_days,
        horizon_max_days=split.horizon_days,
        active_within_days=split.active_within_days,
        gap_days=0,
        min_tenure_days=0,
    )
    # An observation date stands for its end, so the features of what came before a date are those
    # of the day before it.
    last_day = source.prepared.last_day
    _check_covered(split, dates, last_day, side)
    snapshots = [
        _labelled(source, snapshot(source, eve, profile=asked, last_day=last_day), split, last_day)
        for eve in (day - timedelta(days=1) for day in dates)
    ]
    rows = stack(snapshots, early_warning_days=profile.early_warning_days)
    _check_enough(split, dates, rows.silent, side)
    return rows


def _check_enough(
    split: PublishedSplit, dates: Sequence[date], silent: npt.NDArray[np.int8], side: str
) -> None:
    """Refuse a side that is too small or of nearly one outcome, with its figure and the way out."""
    whom = f"on {' and '.join(map(str, dates))}, seen in the {split.active_within_days} days before"
    if len(silent) < MIN_SIDE_ROWS:
        raise InsufficientData(
            f"A split's {side} side needs {MIN_SIDE_ROWS} customers. Got {len(silent):,} {whom}: "
            "choose another date or a larger --active-within-days.",
            rule="enough_customers",
            got=len(silent),
        )
    positives = int(silent.sum())
    for kind, count, longer in (
        ("who left", positives, split.label == "ended"),
        ("who stayed", len(silent) - positives, split.label != "ended"),
    ):
        if count < MIN_SIDE_OF_EACH_KIND:
            raise InsufficientData(
                f"A split's {side} side needs {MIN_SIDE_OF_EACH_KIND} customers {kind}. "
                f"Got {count:,} of {len(silent):,} {whom}, by the label {split.label} over "
                f"{split.horizon_days} days: choose a {'longer' if longer else 'shorter'} "
                "--horizon-days or another date.",
                rule="enough_of_each_outcome",
                got=count,
            )


def _check_covered(split: PublishedSplit, dates: Sequence[date], last_day: int, side: str) -> None:
    """Refuse a date whose window reaches past the data: their end would look like silence."""
    last_needed = max(dates) + timedelta(days=split.horizon_days - 1)
    last = EPOCH + timedelta(days=last_day)
    if last_needed > last:
        raise UsageError(
            f"The {side} date plus horizon_days must lie within the data, which end on {last}. "
            f"Got {last_needed}.",
            rule="split_in_data",
            got=last_needed,
        )


def _labelled(
    source: FeatureSource, one: Snapshot, split: PublishedSplit, last_day: int
) -> Snapshot:
    """Replace the outcome by the split's own label."""
    signs = future_signs(source, one.observation_date, gap_days=0, known_day=last_day).loc[
        one.features.index
    ]
    day = day_number(one.observation_date)
    end = day + split.horizon_days
    if split.label == "ended":
        ended = signs["ended_day"].to_numpy()
        positive = (ended > day) & (ended <= end)
    elif split.label == "no_event":
        positive = ~(signs["next_active_day"].to_numpy() <= end)
    else:
        positive = one.outcome == Outcome.SILENT
    outcome = np.where(positive, Outcome.SILENT, Outcome.RETAINED).astype(np.int8)
    return replace(one, outcome=outcome)
