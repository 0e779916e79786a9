"""Expected net value of each action for each customer.

Net value = assumed save rate * revenue at risk - contact cost - accept rate * offer cost.
The save rate is a prior, not a measurement: every number made from it is badged as an assumption.
Doing nothing is always an option, with a net value of zero.

An action is an option where it fits. One that answers a sign of fading, or names no theme, fits
everybody whom the model gives a risk: fading is what the risk is of, whichever way it shows first.
One that answers troubles only (friction, support contacts, plan and price, arriving) fits where
such a trouble has been seen: nobody is apologised to for what did not happen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import beta

from analytics.domain.profiles.profile import Action
from analytics.domain.words.theme_words import SIGN_THEMES

Floats = npt.NDArray[np.float64]


def expected_cost(action: Action) -> float:
    """Return the cost of contacting one customer, with the offer's expected cost."""
    return action.contact_cost + action.accept_rate * action.offer_cost


def net_value(action: Action, revenue_at_risk: Floats) -> Floats:
    """Return the expected net value of an action for each revenue at risk."""
    return action.assumed_save_rate * revenue_at_risk - expected_cost(action)


def is_general(action: Action) -> bool:
    """Tell whether an action fits everybody who fades, whatever lies behind it."""
    return not action.themes or bool(SIGN_THEMES & set(action.themes))


def action_options(
    customer_key: npt.NDArray[np.int64],
    revenue_at_risk: Floats,
    themes: Sequence[frozenset[str]],
    actions: Sequence[Action],
) -> pd.DataFrame:
    """Return every action that fits the customer, best first.

    Parameters
    ----------
    themes
        Of each customer's reasons: what helps with an error does not help with a price.

    Returns
    -------
    Columns customer_key, rank, action, label, expected_net_value (with _low and _high: the 10% and
    90% quantiles of the prior), expected_cost, break_even_save_rate, assumed_save_rate, minutes.
    """
    parts = [_option(action, customer_key, revenue_at_risk, themes) for action in actions]
    options = pd.concat(parts, ignore_index=True)
    best_first = options.groupby("customer_key")["expected_net_value"]
    options["rank"] = best_first.rank(ascending=False, method="first").astype("int64")
    return options.sort_values(["customer_key", "rank"], ignore_index=True)


def _option(
    action: Action,
    customer_key: npt.NDArray[np.int64],
    revenue_at_risk: Floats,
    themes: Sequence[frozenset[str]],
) -> pd.DataFrame:
    wanted, general = frozenset(action.themes), is_general(action)
    fits = np.array([general or bool(wanted & theme) for theme in themes], dtype=bool)
    at_risk, cost = revenue_at_risk[fits], expected_cost(action)
    low, high = (float(beta.ppf(q, action.save_alpha, action.save_beta)) for q in (0.1, 0.9))
    return pd.DataFrame(
        {
            "customer_key": customer_key[fits],
            "action": action.name,
            "label": action.label,
            "expected_net_value": net_value(action, at_risk),
            "expected_net_value_low": low * at_risk - cost,
            "expected_net_value_high": high * at_risk - cost,
            "expected_cost": cost,
            "break_even_save_rate": np.minimum(cost / np.maximum(at_risk, 1e-9), 1.0),
            "assumed_save_rate": action.assumed_save_rate,
            "minutes": action.minutes,
        }
    )
