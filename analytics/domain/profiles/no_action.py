"""Why no action is recommended: there are several reasons, and only one of them is the cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from analytics.domain.customer.risk_tier import RiskTier
from analytics.domain.profiles.profile import NO_ACTION


class NoAction(StrEnum):
    """What stands in the place of an action; the value is shown on the screen and in files."""

    DOES_NOT_PAY = "No action pays for itself"
    ANSWERS_NOT = "No action answers what is seen here"
    LOW_RISK = "Left alone: the risk is low"


#: In full, for one customer.
NO_ACTION_ADVICE: dict[NoAction, str] = {
    NoAction.DOES_NOT_PAY: "Do nothing: no action is worth its cost here. The assumed save rate "
    "times the revenue at risk is below the cost of each.",
    NoAction.ANSWERS_NOT: "No advice: an action that would be worth its cost answers a trouble "
    "that has not been seen with this customer, and no other action pays for itself.",
    NoAction.LOW_RISK: "Leave alone: the risk is low, and a contact can wake a sleeper.",
}
NOT_SCORED_ADVICE = "No advice: the customer has no churn risk, so nothing can be reckoned."


def why_none(action_label: str, risk_tier: str) -> NoAction | None:
    """Return why a customer has no action; None without a score.

    Runs of former versions say of low risks, too, that no action pays.
    """
    if risk_tier == RiskTier.LOW:
        return NoAction.LOW_RISK
    return next((why for why in NoAction if why == action_label), None)


def nothing_to_do(groups: Iterable[tuple[str, str, str, int]]) -> str:
    """Return why nobody of a choice is recommended for contact; true only where nobody is.

    Parameters
    ----------
    groups
        Recommended action, action in words, risk tier, and how many customers have them.
    """
    held_out, without = 0, Counter[NoAction]()
    for action, label, tier, customers in groups:
        why = why_none(label, tier)
        if action != NO_ACTION:
            held_out += customers
        elif why is not None:
            without[why] += customers
    costly, unmet, low = (without[reason] for reason in NoAction)
    if held_out:
        return (
            f"An action would pay for itself for {_customers(held_out)} here, and all of them are "
            "in the holdout, by which the effect of the actions is measured."
        )
    if unmet:
        return (
            f"No action of the profile answers what is seen of {_customers(unmet)} at risk here"
            f"{f'; for {costly:,} more none pays for itself' if costly else ''}."
        )
    if costly:
        return "No action is worth its cost for anyone here. Doing nothing is best."
    if low:
        return "Nobody here is at enough risk to be contacted: a low risk is left alone."
    return "Nobody here has a churn risk, so there is nobody to contact."


def _customers(count: int) -> str:
    return "1 customer" if count == 1 else f"{count:,} customers"
