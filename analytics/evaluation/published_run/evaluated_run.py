"""A published simulated run with everything needed to judge it: its data, its tests, the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import SHIPPED_PROFILES
from analytics.errors import BadInput
from analytics.etl.landing.landed import Landed, landed_folder
from analytics.evaluation.judged_rows import judged_rows
from analytics.evaluation.truth import Truth
from analytics.features.prepared import day_number
from analytics.features.record import Feature
from analytics.modelling.backtest import backtest, taught_on
from analytics.modelling.explaining.explain import direction_of
from analytics.modelling.judging import Backtest
from analytics.modelling.models.calibrated import Calibrated, fit_calibrated
from analytics.modelling.models.estimators import spec_of
from analytics.modelling.observing.observations import Snapshot, snapshot, stack
from analytics.modelling.observing.split import split_at
from analytics.modelling.past_dates.weekly_scores import weeks_of
from analytics.modelling.training import TEST_ORIGINS
from analytics.pipeline.observing.chosen_profile import chosen_profile, in_zone_of, named_profile
from analytics.pipeline.observing.observed import observe, observed_source
from analytics.pipeline.run import SEED, RunRequest
from analytics.runs.run_store import PublishedRun
from analytics.settings import Settings


@dataclass(frozen=True)
class EvaluatedRun:
    """One run beside its truth.

    Parameters
    ----------
    rows
        Every labelled observation with label and truth; see `judged_rows`.
    tested
        The backtest, made again from the same data with the same seed.
    early_model
        The champion as it stood on the oldest test date, learned from what was known by then.
    early_direction
        Which way each feature went with silence in what that model learned from.
    weekly
        Snapshots every seven days from that date to the run's.
    snapshots, people
        As the run observed them: latest first, and the customers by key.
    """

    run: PublishedRun
    landed: Landed
    profile: Profile
    truth: Truth
    ids: npt.NDArray[np.object_]
    rows: pd.DataFrame
    tested: Backtest
    early_model: Calibrated
    early_direction: pd.Series
    features: tuple[Feature, ...]
    weekly: tuple[Snapshot, ...]
    snapshots: tuple[Snapshot, ...]
    people: pd.DataFrame

    @property
    def as_of_day(self) -> int:
        """The run's date in days since 1970."""
        return day_number(self.run.summary.as_of_time.date())


def evaluated_run(
    settings: Settings, run: PublishedRun, truth: Truth, say: Callable[[str], None]
) -> EvaluatedRun:
    """Build again what the run was made from, and hold it against the truth.

    Raises
    ------
    BadInput
        What the run was made from has been deleted.
    """
    landed, profile = made_from(settings, run)
    as_of = run.summary.as_of_time.date()
    with observed_source(settings, landed, profile) as source:
        seen = observe(source, landed, profile=profile, as_of=as_of, say=say)
        observations = stack(seen.snapshots, early_warning_days=profile.early_warning_days)
        say("Testing the models again on past dates.")
        tested = backtest(observations, origins=TEST_ORIGINS, seed=SEED)
        first = tested.test_days[0]
        split = split_at(observations, first)
        assert split is not None, "a date that was tested was trained for"
        learn, adjust = taught_on(observations, split)
        model = fit_calibrated(spec_of(run.summary.champion), learn, adjust, seed=SEED)
        dates = weeks_of(tested, as_of)
        say(f"Scoring {len(dates)} weeks with what was known on {dates[0]}.")
        last_day = day_number(as_of)
        weekly = tuple(
            snapshot(source, day, profile=profile, last_day=last_day, states=seen.states)
            for day in dates
        )
    ids = seen.people["customer_id"].to_numpy(dtype=object)
    return EvaluatedRun(
        run=run,
        landed=landed,
        profile=profile,
        truth=truth,
        ids=ids,
        rows=judged_rows(seen.snapshots, ids, truth, profile),
        tested=tested,
        early_model=model,
        early_direction=direction_of(learn.table, learn.silent),
        features=seen.features,
        weekly=weekly,
        snapshots=seen.snapshots,
        people=seen.people,
    )


def made_from(settings: Settings, run: PublishedRun) -> tuple[Landed, Profile]:
    """Return the landing and the profile that a run was made from.

    Raises
    ------
    BadInput
        No landing that is still there, with this profile, gives the run.
    """
    as_of = run.summary.as_of_time.date()
    own = run.summary.profile if run.summary.profile in SHIPPED_PROFILES else ""
    named = named_profile(settings.profile or own)
    folder = landed_folder(settings.data_folder)
    damaged: BadInput | None = None
    for place in sorted(folder.glob("[!.]*/"), reverse=True) if folder.is_dir() else ():
        try:
            landed = Landed.at(place)
        except BadInput as error:
            damaged = error
            continue
        profile = chosen_profile(named, landed.report.event_types)
        profile = in_zone_of(profile, landed.report.zone)
        profile = replace(profile, currency=run.summary.currency)
        if RunRequest(landed, profile, as_of).run_id == run.run_id:
            return landed, profile
    if damaged is not None:
        raise damaged
    raise BadInput(
        f"Run {run.run_id} must still have the data and the profile it was made from. "
        "Got none that gives it; name its profile with --profile, or ingest and run again.",
        rule="run_made_from",
        got=run.run_id,
    )
