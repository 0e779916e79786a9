"""What a run must say of itself: its warnings, and everything it assumes."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from analytics.domain.profile import Profile
from analytics.etl.landed import LandingReport
from analytics.modelling.estimators import LADDER, RECENCY
from analytics.modelling.training import SMALLEST_SHOCK_SD, Trained
from analytics.scoring.value import Value

FEW_TEST_DATES = 2


def warnings_of(
    trained: Trained,
    value: Value,
    report: LandingReport,
    *,
    customers: int,
    absent: Collection[str] = (),
) -> tuple[str, ...]:
    """Return what a reader should know before believing the numbers.

    Parameters
    ----------
    customers
        How many customers are in the run.
    absent
        Names of features that the source cannot support.
    """
    found = list(report.warnings)
    if (missing := report.customers - customers) > 0:
        found.append(
            f"{missing:,} landed customers are not in the run: by its date they had not signed up, "
            "or nothing was known of them."
        )
    if trained.backtest.partial:
        found.append(
            "No past date is old enough for all horizons to have passed, so the test leaves out "
            "customers with long horizons, who go silent more often."
        )
    if trained.overlapping:
        found.append(
            "The history is short: calibration used a later date and other customers than "
            "training, but their outcome windows overlap."
        )
    dates = len(trained.backtest.test_days)
    if dates < FEW_TEST_DATES:
        found.append("Only one past date could be tested, so the accuracy may be luck.")
    found += _drift_in_words(trained)
    if trained.champion.name == RECENCY:
        found.append("No model beat counting the days of silence, so the risk is made from that.")
    elif trained.champion.name == LADDER[0].name and not trained.unsupported:
        found.append("No model beat saying the same risk of everyone, so nobody stands out.")
    if "contacts_90d" in absent:
        found.append(
            "The data hold no contact of any customer with you, so nobody can be found who is "
            "frustrated and says nothing."
        )
    if (share := float(np.mean(value.assumed))) > 0:
        found.append(
            f"{share:.0%} of the customers have no amount in the data; the profile's default "
            "monthly value stands in for it."
        )
    return tuple(found)


def _drift_in_words(trained: Trained) -> list[str]:
    """Say that everybody's risk was shifted, where it was."""
    if not trained.drift.corrected:
        return []
    way, done = ("fewer", "lowered") if trained.drift.shift < 0 else ("more", "raised")
    return [
        f"On every past test date {way} customers went silent than was said, so today's risks are "
        f"{done} by {abs(trained.drift.shift):.2f} in log-odds (at a risk of 20%, to "
        f"{1 / (1 + 4 * np.exp(-trained.drift.shift)):.0%}). The figures on the past dates are of "
        "the model without this."
    ]


def assumptions_of(profile: Profile, trained: Trained) -> tuple[str, ...]:
    """Return a sentence for everything assumed and not measured."""
    rates = ", ".join(f"{one.label.lower()} {one.assumed_save_rate:.0%}" for one in profile.actions)
    return (
        f"Margin is {profile.margin:.0%} of revenue and money is discounted by "
        f"{profile.discount_rate_annual:.0%} a year.",
        f"Of would-be leavers, an action keeps: {rates}. Nothing of this has been measured here; "
        "a holdout is kept so that it can be.",
        "A customer who goes silent brings nothing more in twelve months beyond a committed term.",
        "The weights of the frustration index are expert weights.",
        "Customers in the low tier are not contacted: contact can wake a sleeper.",
        _shock_in_words(trained),
        "The model was chosen on the same test dates that its accuracy is told for, among "
        f"{len(trained.backtest.steps)}.",
        "Plan, segment and recurring revenue are today's, on past dates too.",
    )


def _shock_in_words(trained: Trained) -> str:
    size = f"Good and bad periods move everyone together by {trained.shock_sd:.2f} in log-odds"
    if len(trained.backtest.test_days) < FEW_TEST_DATES:
        return f"{size}: an assumption, since one test date cannot show any."
    if trained.shock_sd <= SMALLEST_SHOCK_SD:
        return f"{size}: the least that we allow ourselves; the test dates differed by less."
    return f"{size}, the spread between test dates."
