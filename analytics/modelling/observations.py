"""Observations: one row a customer and observation date, with features, eligibility and outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.domain.profiles.profile import Profile
from analytics.features.build import FeatureSource, build_features
from analytics.features.money_known import money_known
from analytics.features.outcomes.labels import Outcome, future_signs, has_ended, outcomes
from analytics.features.outcomes.silences import WEEKS_AHEAD, exit_weeks, silent_week
from analytics.features.prepared import EPOCH, day_number
from analytics.features.rhythm import Rhythm, rhythm_of
from analytics.modelling.hazard import Exit
from analytics.modelling.models.stacked import NO_EVENT_LOG_ODDS, no_event_log_odds

#: Knuth's multiplier: neighbouring keys fall far from each other.
_SCATTER, _SCATTER_RANGE = 2_654_435_761, 2**32


@dataclass(frozen=True)
class Snapshot:
    """Everything about one observation date.

    Parameters
    ----------
    features
        Index `customer_key`; the features asked for, and the stacked columns.
    eligible
        May be scored: enough tenure and rhythm, not lapsed, not gone.
    outcome
        Codes of `Outcome`; only rows that are eligible and not censored may train or test.
    known_day
        Day (since 1970) by whose end the row's outcome was known: its window's end.
    weekly
        Week of the first exit after the date (0: none), its cause (of `hazard.Exit`), how many
        weeks are known and the day by whose end the first of them was, one row a customer; no
        columns where exits were not looked for.
    """

    observation_date: date
    features: pd.DataFrame
    rhythm: Rhythm
    ended: npt.NDArray[np.bool_]
    eligible: npt.NDArray[np.bool_]
    outcome: npt.NDArray[np.int8]
    known_day: npt.NDArray[np.float64]
    weekly: npt.NDArray[np.float64]
    money: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def labelled(self) -> npt.NDArray[np.bool_]:
        """Rows that may train or test."""
        rows: npt.NDArray[np.bool_] = self.eligible & (self.outcome != Outcome.CENSORED)
        return rows


@dataclass(frozen=True)
class Observations:
    """Labelled rows of several dates, stacked.

    Parameters
    ----------
    table
        One row an observation, features and stacked columns; default index.
    silent
        1 where the customer went silent.
    customer_key, day, known_day, early
        Aligned with the rows: who, on which observation day, known by which day, and whether the
        customer was seen within the profile's early-warning days.
    weekly
        As `Snapshot.weekly`.
    scored
        How many customers were scored on each observation day, labelled yet or not.
    """

    table: pd.DataFrame
    silent: npt.NDArray[np.int8]
    customer_key: npt.NDArray[np.int64]
    day: npt.NDArray[np.int64]
    known_day: npt.NDArray[np.float64]
    early: npt.NDArray[np.bool_]
    scored: Mapping[int, int] = field(default_factory=dict)
    weekly: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))

    def __len__(self) -> int:
        return len(self.table)

    def weeks_known_by(self, day: float | None = None) -> npt.NDArray[np.float64]:
        """Return `weekly` with no more weeks than were known by the end of `day`.

        None stands for the day on which the last of these rows was known, so that rows chosen for
        training never tell of what came after all of them.
        """
        until = float(self.known_day.max()) if day is None else day
        weeks = np.floor((until - self.weekly[:, 3]) / 7) + 1
        known = np.minimum(self.weekly[:, 2], np.maximum(weeks, 0))
        return np.column_stack([self.weekly[:, :2], known])  # as `WeeklyHazard.fit` takes them

    def where(self, chosen: npt.NDArray[np.bool_]) -> Observations:
        """Return the chosen rows."""
        return self.take(np.flatnonzero(chosen))

    def shuffled(self, rng: np.random.Generator) -> Observations:
        """Return the rows with the outcomes of each date handed round among its customers."""
        silent = self.silent.copy()
        for day in np.unique(self.day):
            rows = np.flatnonzero(self.day == day)
            silent[rows] = silent[rng.permutation(rows)]
        return replace(self, silent=silent)

    def of_fewer_customers(self, most_rows: int) -> Observations:
        """Return about `most_rows` rows at most, leaving out whole customers by their key."""
        if len(self) <= most_rows:
            return self
        scattered = (self.customer_key * _SCATTER) % _SCATTER_RANGE
        return self.where(scattered < most_rows / len(self) * _SCATTER_RANGE)

    def take(self, rows: npt.NDArray[np.intp]) -> Observations:
        """Return the rows at these positions, which may repeat."""
        return Observations(
            self.table.take(rows).reset_index(drop=True),
            self.silent[rows],
            self.customer_key[rows],
            self.day[rows],
            self.known_day[rows],
            self.early[rows],
            self.scored,
            self.weekly[rows] if self.weekly.size else self.weekly,
        )


def snapshot(
    source: FeatureSource,
    observation_date: date,
    *,
    profile: Profile,
    last_day: int,
    silences: pd.DataFrame | None = None,
) -> Snapshot:
    """Build one observation date; `last_day` is the last day the data cover.

    Parameters
    ----------
    silences
        Of `long_silences`, to date the exits after the date by week, and to look for money; None
        for neither.
    """
    frame = build_features(source, observation_date)
    rhythm = rhythm_of(frame, profile)
    day = day_number(observation_date)
    gap_days = int(source.unseen.end_of(day, profile.gap_days)) - day
    signs = future_signs(source, observation_date, gap_days=gap_days, known_day=last_day).loc[
        frame.index
    ]
    ended = has_ended(signs, observation_date)
    tenure = frame["rhythm_tenure_days"].to_numpy()
    ever_active = frame["rhythm_lifetime_active_days"].to_numpy() >= 1
    eligible = rhythm.admissible & ever_active & ~rhythm.lapsed & ~ended
    eligible &= tenure >= profile.min_tenure_days
    known_day = source.unseen.end_of(day, profile.gap_days + rhythm.horizon_days)
    outcome = outcomes(signs, rhythm, observation_date, window_end=known_day, last_day=last_day)
    unknown = source.unseen.within(day, known_day) > MOST_UNSEEN_SHARE * (known_day - day)
    outcome[unknown & rhythm.admissible] = Outcome.CENSORED
    features = frame[[feature.name for feature in source.features]].assign(
        **{NO_EVENT_LOG_ODDS: no_event_log_odds(frame, rhythm.horizon_days, profile.gap_days)}
    )
    weekly, money = np.empty((len(frame), 0)), pd.DataFrame()
    if silences is not None:
        money = money_known(source, observation_date)
        weekly = _weekly(frame, signs, rhythm, day, silences, last_day, source.unseen)
        weekly[unknown, 2] = 0  # weeks known
    return Snapshot(
        observation_date, features, rhythm, ended, eligible, outcome, known_day, weekly, money
    )


def _weekly(
    frame: pd.DataFrame,
    signs: pd.DataFrame,
    rhythm: Rhythm,
    day: int,
    silences: pd.DataFrame,
    last_day: int,
    unseen: UnseenDays,
) -> npt.NDArray[np.float64]:
    horizon = rhythm.horizon_days
    silent = silent_week(frame.index.to_numpy(), day, rhythm, silences, unseen)
    week, vocal, unpaid = exit_weeks(signs, silent, day, horizon, unseen)
    cause = np.select([unpaid, vocal], [Exit.INVOLUNTARY, Exit.VOCAL], default=Exit.SILENT)
    seen_days = last_day - day - unseen.within(day, last_day)
    known = np.clip(np.floor((seen_days - horizon) / 7), 0, WEEKS_AHEAD)
    first_known = unseen.end_of(day, 7 + horizon)
    return np.column_stack([np.where(np.isfinite(week), week, 0.0), cause, known, first_known])


#: An outcome is not known where the log saw nobody for a larger share of its window: who stopped in
#: the hole would be counted among those who stopped in the window.
MOST_UNSEEN_SHARE = 1 / 3
#: So many days after a hole in the log, the recent counts of every customer are whole again.
RECOVERY_DAYS = 28


def grid(
    as_of: date,
    *,
    first_day: int,
    profile: Profile,
    most: int = 14,
    unseen: UnseenDays = NONE_UNSEEN,
) -> list[date]:
    """Return observation dates back from `as_of` by the profile's step, latest first.

    Dates before which fewer than `min_tenure_days` of data lie are left out. A past date on which
    the log saw nobody, or up to `RECOVERY_DAYS` after that, gives way to the last day before it.
    """
    first = EPOCH + timedelta(days=first_day + profile.min_tenure_days)
    steps = (day_number(as_of) - profile.origin_step_days * back for back in range(1, most))
    past = {unseen.whole_day(day, recovery_days=RECOVERY_DAYS) for day in steps}
    dates = [as_of, *(EPOCH + timedelta(days=day) for day in sorted(past, reverse=True))]
    return [date_ for date_ in dates if date_ >= first] or dates[:1]


def stack(snapshots: Sequence[Snapshot], *, early_warning_days: int) -> Observations:
    """Stack the labelled rows of all snapshots, in the order given."""
    parts = [(each_snapshot, each_snapshot.labelled) for each_snapshot in snapshots]
    days = [
        np.full(rows.sum(), day_number(each_snapshot.observation_date))
        for each_snapshot, rows in parts
    ]
    return Observations(
        pd.concat(
            [each_snapshot.features[rows] for each_snapshot, rows in parts], ignore_index=True
        ),
        np.concatenate(
            [each_snapshot.outcome[rows] == Outcome.SILENT for each_snapshot, rows in parts]
        ).astype(np.int8),
        np.concatenate(
            [each_snapshot.features.index.to_numpy()[rows] for each_snapshot, rows in parts]
        ).astype(np.int64),
        np.concatenate(days).astype(np.int64),
        np.concatenate([each_snapshot.known_day[rows] for each_snapshot, rows in parts]),
        np.concatenate(
            [
                each_snapshot.rhythm.silent_days[rows] < early_warning_days
                for each_snapshot, rows in parts
            ]
        ),
        {
            day_number(each_snapshot.observation_date): int(each_snapshot.eligible.sum())
            for each_snapshot in snapshots
        },
        np.concatenate([each_snapshot.weekly[rows] for each_snapshot, rows in parts]),
    )
