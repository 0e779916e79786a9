"""Closer observation dates where too little is known for a test with dates a month apart.

The first date that can teach and the last one that can be tested are set by tenure, gap and
horizon. In a short history, dates a month apart may just miss both, so that a business of 250
customers and ten months would be told to wait although its outcomes are known. In a longer one, few
of 250 leave at a time, and dates a month apart miss most of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from analytics.domain.profiles.profile import Profile
from analytics.etl.landing.landed import Landed
from analytics.features.build import FeatureSource
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.modelling.observing.observations import stack
from analytics.modelling.too_little import (
    MIN_TEST_OF_EACH_KIND,
    can_be_tested,
    fewest_days,
    of_rarer_kind,
)
from analytics.pipeline.observing.observed import Observed, Say, observe

#: Days between observation dates that are tried below the profile's own, widest first.
_CLOSER_DAYS = (14, 7)
#: Closer dates help only where the history is longer than the shortest by less than so many steps.
_STEPS_TO_SPARE = 4
#: Or where so few customers leave enough of their kind behind only over several dates.
_FEW_CUSTOMERS = 1_000


def observe_enough(
    source: FeatureSource,
    landed: Landed,
    *,
    profile: Profile,
    as_of: date,
    say: Say,
    dates: int,
) -> Observed:
    """Observe by the profile's own step; where that allows no test, by the widest that does.

    Parameters
    ----------
    dates
        Most observation dates by the profile's own step; closer ones cover the same time.
    """
    observed = observe(source, landed, profile=profile, as_of=as_of, say=say, dates=dates)
    step = profile.origin_step_days
    if _can_be_tested(observed, profile) or not _may_help(source, observed, profile, as_of):
        return observed
    for closer in (days for days in _CLOSER_DAYS if days < step):
        as_often = replace(profile, origin_step_days=closer)
        most = 1 + (dates - 1) * step // closer
        again = observe(source, landed, profile=as_often, as_of=as_of, say=say, dates=most)
        if _can_be_tested(again, profile):
            return again
    return observed


def _may_help(source: FeatureSource, observed: Observed, profile: Profile, as_of: date) -> bool:
    """Tell whether more dates may bring a test: in a short history, or of few who left."""
    covered, needed = day_number(as_of) - source.prepared.first_day + 1, fewest_days(profile)
    if covered < needed:
        return False
    if covered < needed + _STEPS_TO_SPARE * profile.origin_step_days:
        return True
    outcomes = [
        snapshot.outcome[snapshot.labelled] == Outcome.SILENT for snapshot in observed.snapshots
    ]
    few_customers = len(observed.snapshots[0].features) <= _FEW_CUSTOMERS
    return few_customers and of_rarer_kind(np.concatenate(outcomes)) >= MIN_TEST_OF_EACH_KIND


def _can_be_tested(observed: Observed, profile: Profile) -> bool:
    if not any(snapshot.labelled.any() for snapshot in observed.snapshots):
        return False
    rows = stack(observed.snapshots, early_warning_days=profile.early_warning_days)
    return can_be_tested(rows)
