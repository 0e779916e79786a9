"""What the run's plan would truly bring, beside the best plan and simpler ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.actions.expected_value import expected_cost
from analytics.actions.plan import choose
from analytics.domain.profiles.profile import NO_ACTION
from analytics.evaluation.published_run.evaluated_run import EvaluatedRun

Floats = npt.NDArray[np.float64]
#: An automatic action takes no time; it counts as a second, so that nothing is divided by zero.
SHORTEST_MINUTES = 1 / 60


@dataclass(frozen=True)
class PolicyValue:
    """Expected net value of a week's contacts, in the profile's money; truth of the futures.

    Parameters
    ----------
    plan
        Of the run's own plan within the week's minutes.
    oracle
        Of the plan of somebody who knows every effect as well as half of the futures tell it.
    by_risk
        Of contacting the riskiest with the action of the highest assumed save rate that fits into
        the same minutes.
    contacts
        Contacts of the run's plan.
    """

    plan: float
    oracle: float
    by_risk: float
    contacts: int

    @property
    def share(self) -> float:
        """Value of the run's plan as a share of the oracle's."""
        return self.plan / self.oracle if self.oracle > 0 else float("nan")


def policy_value(seen: EvaluatedRun) -> PolicyValue:
    """Judge the run's plan by what each contact would truly change in the weeks after the run.

    NaN where the simulator never tried any action of the run's profile, or the run is of another
    day than the end of the simulation, from which the futures are lived.
    """
    people = pd.read_parquet(seen.run.folder / "customers.parquet").set_index("customer_id")
    people = people[~people["holdout"] & people.index.isin(seen.truth.customers.index)]
    effect, foreseen = (
        _true_effects(seen, half).reindex(people.index).fillna(0.0)
        for half in ("left_share_second", "left_share_first")
    )
    stake = (people["value_if_stays"] - people["value_if_leaves"]).fillna(0.0).clip(lower=0.0)
    actions = [action for action in seen.profile.actions if action.name in effect.columns]
    if not actions or seen.run.summary.as_of_time.date().isoformat() != seen.truth.note["end"]:
        return PolicyValue(float("nan"), float("nan"), float("nan"), 0)
    net, expected = (
        pd.DataFrame(
            {action.name: half[action.name] * stake - expected_cost(action) for action in actions},
            index=people.index,
        )
        for half in (effect, foreseen)
    )
    minutes = {action.name: action.minutes for action in actions}
    capacity = seen.profile.capacity_minutes_per_week
    chosen = _own_plan(people, capacity)
    best = max(actions, key=lambda one: one.assumed_save_rate)
    return PolicyValue(
        plan=_value(net, chosen),
        oracle=_oracle(expected, net, minutes, capacity),
        by_risk=_by_risk(people, net[best.name], best.minutes, capacity),
        contacts=len(chosen),
    )


def _true_effects(seen: EvaluatedRun, half: str) -> pd.DataFrame:
    """Return, by customer and action, by how much the chance of leaving in any way falls, over
    one half of the futures."""
    futures = seen.truth.futures
    left = futures.pivot_table(index="customer_id", columns="action", values=half, observed=True)
    others = left.columns.drop(NO_ACTION)
    return pd.DataFrame({name: left[NO_ACTION] - left[name] for name in others})


def _own_plan(people: pd.DataFrame, capacity: float) -> pd.Series:
    """Return the recommended action of each customer whom the run's plan contacts."""
    advised = people[people["recommended_action"] != NO_ACTION]
    kept = choose(
        advised["expected_net_value"].to_numpy(dtype=float),
        advised["action_cost"].to_numpy(dtype=float),
        advised["action_minutes"].to_numpy(dtype=float),
        capacity_minutes=capacity,
    )
    return advised["recommended_action"][kept]


def _value(net: pd.DataFrame, chosen: pd.Series) -> float:
    """Return the sum of true net values; an action the simulator never tried counts as nothing."""
    known = chosen[chosen.isin(net.columns)]
    rows, columns = net.index.get_indexer(known.index), net.columns.get_indexer(pd.Index(known))
    return float(net.to_numpy()[rows, columns].sum())


def _oracle(
    expected: pd.DataFrame, net: pd.DataFrame, minutes: dict[str, float], capacity: float
) -> float:
    """Return the value of each customer's best action for its minutes, within the capacity.

    Chosen by one half of the futures and valued by the other: choosing and valuing by the same ones
    would take luck for knowledge.
    """
    spent = np.array([max(minutes[name], SHORTEST_MINUTES) for name in net.columns])
    table, rows = expected.to_numpy(), np.arange(len(expected))
    best = (table / spent).argmax(axis=1)
    kept = choose(table[rows, best], np.zeros(len(table)), spent[best], capacity_minutes=capacity)
    return float(net.to_numpy()[rows, best][kept].sum())


def _by_risk(people: pd.DataFrame, net: pd.Series, minutes: float, capacity: float) -> float:
    riskiest = people["churn_risk"].dropna().sort_values(ascending=False, kind="stable").index
    return float(net.loc[riskiest[: int(capacity // max(minutes, SHORTEST_MINUTES))]].sum())
