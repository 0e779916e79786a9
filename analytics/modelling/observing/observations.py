"""Observations: one row a customer and observation date, with features, eligibility and outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.profiles.profile import Profile
from analytics.features.build import FeatureSource, build_features
from analytics.features.money_known import money_known
from analytics.features.outcomes.labels import Outcome, future_signs, has_ended, outcomes
from analytics.features.prepared import day_number
from analytics.features.rhythm import Rhythm, rhythm_of
from analytics.features.state_filter.evidence import WEEK_DAYS
from analytics.features.state_filter.last_engaged import last_engaged
from analytics.features.state_filter.state_filter import StateFilter
from analytics.modelling.observing.aftermath import Aftermath, exits_ahead, exits_by_week
from analytics.modelling.observing.stacked import NO_EVENT_LOG_ODDS, no_event_log_odds

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
    later
        What became of everybody after the date; None where it was not looked for.
    engaged
        Of `last_engaged`, by the index of the features: what they met when last engaged.
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
    later: Aftermath | None = None
    engaged: pd.DataFrame = field(default_factory=pd.DataFrame)

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
    weekly, later
        As those of `Snapshot`.
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
    later: Aftermath = field(default_factory=lambda: Aftermath.nothing(0))

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
            self.later.take(rows) if self.later.known else self.later,
        )


def snapshot(
    source: FeatureSource,
    observation_date: date,
    *,
    profile: Profile,
    last_day: int,
    silences: pd.DataFrame | None = None,
    states: StateFilter | None = None,
) -> Snapshot:
    """Build one observation date; `last_day` is the last day the data cover.

    Parameters
    ----------
    silences
        Of `long_silences`, to date the exits after the date by week, and to look for money; None
        for neither.
    states
        The state filter of the source; None for one that looks at this date alone. What it says of
        the date is the same.
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
    weeks_ahead = int((profile.gap_days + profile.horizon_max_days) // WEEK_DAYS) + 1
    states = states or StateFilter(source, day)
    stand = states.on(day, weeks_ahead=weeks_ahead)
    features = frame[[feature.name for feature in source.features]].assign(
        **{NO_EVENT_LOG_ODDS: no_event_log_odds(frame, rhythm.horizon_days, profile.gap_days)},
        **stand.columns.loc[frame.index],
    )
    weekly, money, later = np.empty((len(frame), 0)), pd.DataFrame(), None
    if silences is not None:
        later = Aftermath(
            stand.dormant[frame.index],
            outcome == Outcome.VOCAL,
            signs["ended_day"].fillna(np.inf).to_numpy(),
            exits_ahead(frame, signs, rhythm, day, silences, last_day, source.unseen),
        )
        money = money_known(source, observation_date)
        weekly = exits_by_week(frame, signs, rhythm, day, silences, last_day, source.unseen)
        weekly[unknown, 2] = 0  # weeks known
    return Snapshot(
        observation_date,
        features,
        rhythm,
        ended,
        eligible,
        outcome,
        known_day,
        weekly,
        money,
        later,
        last_engaged(
            source,
            states.weeks_to(day),
            day,
            pd.Series(rhythm.silent_days, index=frame.index),
        ),
    )


#: An outcome is not known where the log saw nobody for a larger share of its window: who stopped in
#: the hole would be counted among those who stopped in the window.
MOST_UNSEEN_SHARE = 1 / 3


def stack(snapshots: Sequence[Snapshot], *, early_warning_days: int) -> Observations:
    """Stack the labelled rows of all snapshots, in the order given."""
    scored = {day_number(on.observation_date): int(on.eligible.sum()) for on in snapshots}
    parts = [_labelled_rows(on, early_warning_days, scored) for on in snapshots]
    return Observations(
        pd.concat([part.table for part in parts], ignore_index=True),
        np.concatenate([part.silent for part in parts]),
        np.concatenate([part.customer_key for part in parts]),
        np.concatenate([part.day for part in parts]),
        np.concatenate([part.known_day for part in parts]),
        np.concatenate([part.early for part in parts]),
        scored,
        np.concatenate([part.weekly for part in parts]),
        Aftermath.stacked([part.later for part in parts]),
    )


def _labelled_rows(
    on: Snapshot, early_warning_days: int, scored: Mapping[int, int]
) -> Observations:
    rows = on.labelled
    return Observations(
        on.features[rows],
        (on.outcome[rows] == Outcome.SILENT).astype(np.int8),
        on.features.index.to_numpy()[rows].astype(np.int64),
        np.full(int(rows.sum()), day_number(on.observation_date), dtype=np.int64),
        on.known_day[rows],
        on.rhythm.silent_days[rows] < early_warning_days,
        scored,
        on.weekly[rows],
        (on.later or Aftermath.nothing(len(rows))).take(rows),
    )
