"""What to do about the customer."""

from __future__ import annotations

from analytics.domain.tables.column import Unit
from analytics.domain.tables.run_row import RunRow, column


class ActionColumns(RunRow):
    """What to do about the customer."""

    recommended_action: str = column(
        Unit.TEXT,
        "Recommended action",
        "Action with the highest expected net value; none where none that fits pays for itself, "
        "or the risk is low.",
        formula="argmax over actions of expected net value, if above 0",
        window="now",
        source="the plan of actions",
        assumption=True,
        lookup=True,
        filled="'none'",
    )
    action_label: str = column(
        Unit.TEXT,
        "Action",
        "The recommended action in words, or why there is none.",
        window="now",
        source="the plan of actions",
        assumption=True,
        filled="''",
    )
    action_cost: float | None = column(
        Unit.MONEY,
        "Expected cost",
        "Contact cost plus the offer's cost times the share who accept it.",
        formula="contact cost + offer cost * share who accept",
        window="one action",
        source="the profile's assumptions",
        assumption=True,
    )
    avoidable_loss: float | None = column(
        Unit.MONEY,
        "Avoidable loss",
        "Part of the revenue at risk that the recommended action is assumed to avert, before its "
        "cost; 0 without one.",
        formula="revenue at risk * assumed save rate of the action",
        window="12 months",
        source="the profile's assumptions",
        assumption=True,
    )
    expected_net_value: float | None = column(
        Unit.MONEY,
        "Expected net value",
        "Assumed save rate times revenue at risk, minus the expected cost. Assumed, not measured.",
        formula="assumed save rate * revenue at risk - expected cost",
        window="12 months",
        source="the profile's assumptions",
        higher_is="good",
        assumption=True,
    )
    expected_net_value_low: float | None = column(
        Unit.MONEY,
        "Net value, low",
        "At the 10% quantile of the assumed save rate.",
        formula="as expected net value, at the 10% quantile of the save rate",
        window="12 months",
        source="the profile's assumptions",
        assumption=True,
    )
    expected_net_value_high: float | None = column(
        Unit.MONEY,
        "Net value, high",
        "At the 90% quantile of the assumed save rate.",
        formula="as expected net value, at the 90% quantile of the save rate",
        window="12 months",
        source="the profile's assumptions",
        assumption=True,
    )
    break_even_save_rate: float | None = column(
        Unit.SHARE,
        "Break-even save rate",
        "Share of would-be leavers the action must keep to pay for itself.",
        formula="expected cost / revenue at risk",
        window="12 months",
        source="the profile's assumptions",
    )
    action_minutes: float | None = column(
        Unit.RATIO,
        "Minutes",
        "Working minutes of the action.",
        window="one action",
        source="the profile's assumptions",
        assumption=True,
    )
    holdout: bool = column(
        Unit.FLAG,
        "Holdout",
        "Kept out of all actions at random, so that their effect can be measured.",
        formula="drawn at random from the customer's id",
        window="until the campaign ends",
        source="the plan of actions",
    )
