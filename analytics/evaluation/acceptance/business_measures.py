"""Measures one simulated business: landed and labelled like data of a user, beside its truth."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analytics.domain.profiles.profile_file import load_profile
from analytics.errors import InsufficientData
from analytics.etl.landing.landed import current_landing
from analytics.evaluation.acceptance import business_facts as facts
from analytics.evaluation.acceptance.difficulty import difficulty
from analytics.evaluation.landed_simulation import landed_simulation
from analytics.evaluation.truth import Truth, open_truth
from analytics.pipeline.observing.observed import observe, observed_source
from analytics.settings import Settings
from analytics.simulation.presets.plan import SimulationPlan

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """One simulation measured.

    Parameters
    ----------
    figures
        By the name of their check; one is missing where there is too little to measure it.
    curves
        ``gaps``, ``retention``, ``concentration`` and ``weekdays``.
    """

    figures: dict[str, float]
    curves: dict[str, Floats]


def measure_anew(plan: SimulationPlan) -> Measured:
    """Simulate and land a plan in a folder of its own, then measure it."""
    with landed_simulation(plan) as landed:
        return measure_landed(landed.settings, plan, landed.folder)


def measure_landed(settings: Settings, plan: SimulationPlan, simulation: Path) -> Measured:
    """Measure the simulation in a folder that has just been landed in a workspace."""
    truth = open_truth(simulation)
    landed = current_landing(settings.data_folder)
    profile = load_profile(plan.profile)
    days = facts.active_days(landed.events, profile.meaningful_events)
    paid = facts.paid_by_customer(landed.events)
    weekdays = facts.weekday_shares(days)
    figures = {
        "silent_share": facts.silent_share(truth),
        "yearly_retention": facts.yearly_retention(truth),
        "frustrated_and_mute": facts.mute_share(truth, landed.events),
        "top_fifth_money": float(facts.lorenz(paid, np.array([0.2]))[0]),
        "weekend_share": float(weekdays[5:].sum()),
    }
    with suppress(InsufficientData):
        figures["regularity_k"] = facts.regularity(days)
    curves = {
        "gaps": facts.gap_shares(days),
        "retention": facts.survival(truth),
        "concentration": facts.lorenz(paid),
        "weekdays": weekdays,
    }
    return Measured(figures | _difficulty(settings, truth, plan), curves)


def _difficulty(settings: Settings, truth: Truth, plan: SimulationPlan) -> dict[str, float]:
    """Return the figures that need labels and models; none where too few went silent."""
    landed, profile = current_landing(settings.data_folder), load_profile(plan.profile)
    with observed_source(settings, landed, profile) as source:
        seen = observe(source, landed, profile=profile, as_of=plan.end, say=lambda text: None)
    ids = seen.people["customer_id"].to_numpy(dtype=object)
    with suppress(InsufficientData):
        return difficulty(seen.snapshots, ids, truth, profile)
    return {}
