"""How likely the customer is to go silent, and how that is told."""

from __future__ import annotations

from datetime import datetime

from analytics.domain.tables.column import Unit, Wording
from analytics.domain.tables.run_row import RunRow, column


class RiskColumns(RunRow):
    """How likely the customer is to go silent, and how that is told."""

    eligible: bool = column(
        Unit.FLAG,
        "Scored",
        "Has enough rhythm, is not lapsed and has not left.",
        formula="enough tenure and rhythm, not lapsed, not ended",
        window="now",
        source="a rule of ours",
    )
    churn_risk: float | None = column(
        Unit.SHARE,
        "Churn risk",
        "Probability of going silent within the own horizon, calibrated on later data.",
        formula="calibrated probability of the champion",
        window="the own horizon, after 7 days",
        source="the run's model",
        higher_is="bad",
    )
    churn_risk_low: float | None = column(
        Unit.SHARE,
        "Churn risk, low",
        "Lower end of the 80% interval.",
        formula="log-odds of the risk - 1.4 * their spread over refits on other customers",
        window="the own horizon, after 7 days",
        source="the run's model",
        higher_is="bad",
    )
    churn_risk_high: float | None = column(
        Unit.SHARE,
        "Churn risk, high",
        "Upper end of the 80% interval.",
        formula="log-odds of the risk + 1.4 * their spread over refits on other customers",
        window="the own horizon, after 7 days",
        source="the run's model",
        higher_is="bad",
    )
    risk_is_unsure: bool | None = column(
        Unit.FLAG,
        "Not sure",
        "The 80% interval spans more than two tiers, or holds both the usual risk and the cut of "
        "the high tier: the model cannot tell whether this customer is in danger.",
        formula="the interval spans more than two tiers, or holds usual risk and high cut",
        window="now",
        source="a rule of ours",
    )
    churn_risk_28d_ago: float | None = column(
        Unit.SHARE,
        "Churn risk 28 days ago",
        "Today's model applied to what was known 28 days ago.",
        formula="today's model on what was known 28 days ago",
        window="28 days ago",
        source="the run's model",
        higher_is="bad",
    )
    risk_tier: str = column(
        Unit.TEXT,
        "Risk tier",
        "The churn risk in words, by the cuts of the run: against the base rate, and so that "
        "critical and high hold a part of the scored customers that a team can work with.",
        formula="cuts of the churn risk; usual ones: 3 and 6 times the odds of the base rate",
        window="now",
        source="a rule of ours",
        lookup=True,
        wording=Wording.TIER,
    )
    previous_risk_tier: str = column(
        Unit.TEXT,
        "Tier 28 days ago",
        "The same model's tier 28 days ago.",
        formula="as the risk tier",
        window="28 days ago",
        source="a rule of ours",
        lookup=True,
        wording=Wording.TIER,
    )
    tier_held: bool | None = column(
        Unit.FLAG,
        "Tier held",
        "Today's score alone would say a lower tier; a customer moves down only when the odds of "
        "the risk are below 80% of the cut's at two scores running, or at once when below the "
        "usual risk, and is never held more than one tier up.",
        formula="tier of the last weeks > tier of today's score",
        window="two weekly scores",
        source="a rule of ours",
    )
    customer_state: str = column(
        Unit.TEXT,
        "State",
        "Engaged, fading, dormant, silently churned or recovered, against the own past, the move "
        "of all customers and last year's same weeks.",
        formula="active days against the expected number",
        window="28 against 168 days",
        source="a rule of ours",
        lookup=True,
        filled="''",
        wording=Wording.WORD,
    )
    state_since: datetime | None = column(
        Unit.TIME,
        "State since",
        "Day on which the state began; to the week.",
        formula="first week from which the state has lasted",
        window="all history",
        source="a rule of ours",
    )
    state_reason: str = column(
        Unit.TEXT,
        "State in words",
        "The state with the numbers behind it.",
        window="28 days",
        source="a rule of ours",
        filled="''",
    )
    usual_active_days_28d: float | None = column(
        Unit.DAYS,
        "Usual active days, 28 d",
        "Active days in 28 that the 24 weeks before the last four had.",
        formula="active days in the 24 weeks before the last four / 6",
        window="168 days before the last 28",
        source="your events",
    )
    expected_active_days_28d: float | None = column(
        Unit.DAYS,
        "Expected active days, 28 d",
        "The usual number, less what all customers together and last year's same weeks explain.",
        formula="usual number * change of all customers * season",
        window="28 days",
        source="your events",
    )
    unusual: bool | None = column(
        Unit.FLAG,
        "Unusual behaviour",
        "Isolation Forest finds the change against the own past unusual. A flag to look, not a "
        "probability.",
        formula="among the most unusual 3% by Isolation Forest",
        window="self-relative features",
        source="the run's model",
    )
