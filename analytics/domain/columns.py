"""The columns of the customers table: one definition for screen, CSV, SQL and glossary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Unit(StrEnum):
    """What a number counts; decides how it is written."""

    TEXT = "text"
    TIME = "time"
    FLAG = "flag"
    COUNT = "count"
    DAYS = "days"
    MONEY = "money"
    SHARE = "share"
    INDEX = "index"
    RATIO = "ratio"


@dataclass(frozen=True)
class Column:
    """One column of a published table.

    Parameters
    ----------
    meaning
        For a business reader; shown on hover and in the glossary.
    assumption
        True where the number rests on something we assume and have not measured.
    higher_is
        ``bad``, ``good`` or empty: which way is worse.
    """

    name: str
    unit: Unit
    label: str
    meaning: str
    assumption: bool = False
    higher_is: str = ""


_C, _D, _M, _S, _I = Unit.COUNT, Unit.DAYS, Unit.MONEY, Unit.SHARE, Unit.INDEX
_T, _F, _W, _R = Unit.TEXT, Unit.FLAG, Unit.TIME, Unit.RATIO

CUSTOMER_COLUMNS: tuple[Column, ...] = (
    Column("customer_id", _T, "Customer", "Identifies the customer in every table."),
    Column("name", _T, "Name", "Name from the customer table; the id where there is none."),
    Column("segment", _T, "Segment", "Segment from your own customer table."),
    Column("plan", _T, "Plan", "Plan or product from your own customer table."),
    Column("region", _T, "Region", "Region or country from your own customer table."),
    Column("channel", _T, "Channel", "How the customer came, from your own customer table."),
    Column(
        "signed_up_at", _W, "Customer since", "Sign-up, or the first event where none is known."
    ),
    Column("ended_at", _W, "Ended", "When the customer left, where that was recorded."),
    Column("end_reason", _T, "End reason", "Why the customer left, where that was recorded."),
    Column("tenure_days", _D, "Tenure", "Days from sign-up to the data-as-of date."),
    Column("last_activity_at", _W, "Last activity", "Last meaningful activity known by then."),
    Column(
        "days_since_last_activity",
        _D,
        "Days silent",
        "Days from the last meaningful activity to the data-as-of date.",
        higher_is="bad",
    ),
    Column(
        "usual_gap_days",
        _D,
        "Usual gap",
        "Average days between active days over the last 180 days, leaving out the last 14.",
    ),
    Column(
        "horizon_days",
        _D,
        "Own horizon",
        "Length of silence that this customer's own rhythm would hardly ever produce by chance.",
    ),
    Column("active_days_28d", _D, "Active days, 28 d", "Days with activity in the last 28 days."),
    Column(
        "activity_ratio_28d",
        _R,
        "Activity against own usual",
        "Active days in the last 28 days divided by the own usual number; 1 is as usual.",
        higher_is="good",
    ),
    Column(
        "early_warning",
        _F,
        "Seen in the last 14 days",
        "Still active within the last 14 days: a warning here comes early.",
    ),
    Column("eligible", _F, "Scored", "Has enough rhythm, is not lapsed and has not left."),
    Column(
        "churn_risk",
        _S,
        "Churn risk",
        "Probability of going silent within the own horizon, calibrated on later data.",
        higher_is="bad",
    ),
    Column(
        "churn_risk_low", _S, "Churn risk, low", "Lower end of the 80% interval.", higher_is="bad"
    ),
    Column(
        "churn_risk_high", _S, "Churn risk, high", "Upper end of the 80% interval.", higher_is="bad"
    ),
    Column(
        "risk_is_unsure",
        _F,
        "Not sure",
        "The 80% interval spans more than two tiers, or holds both the usual risk and the cut of "
        "the high tier: the model cannot tell whether this customer is in danger.",
    ),
    Column(
        "churn_risk_28d_ago",
        _S,
        "Churn risk 28 days ago",
        "Today's model applied to what was known 28 days ago.",
        higher_is="bad",
    ),
    Column("risk_tier", _T, "Risk tier", "The churn risk in words; see the tiers in the glossary."),
    Column("previous_risk_tier", _T, "Tier 28 days ago", "The same model's tier 28 days ago."),
    Column(
        "tier_held",
        _F,
        "Tier held",
        "Today's score alone would say a lower tier; a customer moves down only when below 85% of "
        "the tier's cut at two scores running.",
    ),
    Column(
        "customer_state",
        _T,
        "State",
        "Engaged, fading, dormant, silently churned or recovered, against the own past, the move "
        "of all customers and last year's same weeks.",
    ),
    Column("state_since", _W, "State since", "Day on which the state began; to the week."),
    Column("state_reason", _T, "State in words", "The state with the numbers behind it."),
    Column(
        "usual_active_days_28d",
        _D,
        "Usual active days, 28 d",
        "Active days in 28 that the 24 weeks before the last four had.",
    ),
    Column(
        "expected_active_days_28d",
        _D,
        "Expected active days, 28 d",
        "The usual number, less what all customers together and last year's same weeks explain.",
    ),
    Column(
        "unusual",
        _F,
        "Unusual behaviour",
        "Isolation Forest finds the change against the own past unusual. A flag to look, "
        "not a probability.",
    ),
    Column(
        "frustration_index",
        _I,
        "Frustration index",
        "0 to 100, from errors, failures, returns, tickets and bad answers, recent ones weighing "
        "more; by amount and, where use meets them, per use. Evidence tells which weights are in "
        "use.",
        assumption=True,
        higher_is="bad",
    ),
    Column("frustration_band", _T, "Frustration", "The frustration index in words."),
    Column(
        "frustration_stale",
        _F,
        "Frustration is stale",
        "Fewer than 3 active days in 28: the index tells of the last activity, not of today. It "
        "fades by half in 21 to 45 days, never faster.",
    ),
    Column("contacts_90d", _C, "Contacts, 90 d", "Tickets, complaints and requests in 90 days."),
    Column(
        "suppressed_frustration",
        _F,
        "Frustrated but silent",
        "Still a customer, frustration index of at least 40, and no ticket, complaint or request "
        "in 90 days.",
        higher_is="bad",
    ),
    Column(
        "monthly_revenue",
        _M,
        "Monthly revenue",
        "Recurring revenue a month; else the average monthly purchases of the last 180 days.",
    ),
    Column("value_band", _T, "Value", "Third of all customers by value if they stay."),
    Column(
        "value_form",
        _T,
        "Value from",
        "What the value is made from: subscription (monthly revenue, or paid invoices), purchases "
        "(expected number times expected spend), recent_purchases (their monthly average, where "
        "too few bought twice) or default (the profile's amount: nothing is known).",
    ),
    Column(
        "value_if_stays",
        _M,
        "Value if stays",
        "Margin expected over twelve months if the customer does not go silent within the own "
        "horizon, discounted.",
        assumption=True,
    ),
    Column(
        "value_if_leaves",
        _M,
        "Value if leaves",
        "Margin still expected over twelve months if the customer goes silent: the committed term "
        "of a subscription, or the purchases of those who come back later.",
        assumption=True,
    ),
    Column(
        "revenue_at_risk",
        _M,
        "Revenue at risk",
        "Churn risk times (value if stays minus value if leaves).",
        assumption=True,
        higher_is="bad",
    ),
    Column(
        "revenue_at_risk_low",
        _M,
        "Revenue at risk, low",
        "Lower end of the 80% interval, from the churn risk's and from the value's.",
        assumption=True,
    ),
    Column(
        "revenue_at_risk_high",
        _M,
        "Revenue at risk, high",
        "Upper end of the 80% interval, from the churn risk's and from the value's.",
        assumption=True,
    ),
    Column(
        "revenue_variance",
        _M,
        "Variance of the loss",
        "Risk times (1 minus risk) times squared value at stake, plus risk times the variance of "
        "that value; makes the interval of a total.",
    ),
    Column(
        "revenue_shock",
        _M,
        "Sensitivity to a shared shock",
        "Change of the loss for one unit of shared log-odds; makes the interval of a total.",
    ),
    Column(
        "named_segment",
        _T,
        "Named segment",
        "Value, risk and frustration in one word; every customer is in exactly one.",
    ),
    Column(
        "rfm",
        _T,
        "RFM",
        "Recency, frequency and money, 1 to 5 each, by cut points kept from the first run.",
    ),
    Column("rfm_group", _T, "RFM group", "What the three scores say together, in a word."),
    Column(
        "behaviour_cluster",
        _T,
        "Behaviour cluster",
        "Scored customers of like behaviour, found by k-means; describes, never predicts. Empty "
        "where no clustering is stable.",
    ),
    Column("reason_theme", _T, "Main theme", "Theme of the first reason."),
    Column(
        "likely_cause",
        _T,
        "Likely cause",
        "Theme of the trouble that the customer has more of than most others and that raises the "
        "risk; empty where none stands out.",
    ),
    Column(
        "reason_1",
        _T,
        "First reason",
        "How the fading shows most, or the likely cause behind it, in words.",
    ),
    Column("reason_2", _T, "Second reason", "The other of the two; else what raises it next."),
    Column("reason_3", _T, "Third reason", "What raises the risk next."),
    Column(
        "recommended_action",
        _T,
        "Recommended action",
        "Action with the highest expected net value; none where doing nothing is best.",
        assumption=True,
    ),
    Column("action_label", _T, "Action", "The recommended action in words.", assumption=True),
    Column(
        "action_cost",
        _M,
        "Expected cost",
        "Contact cost plus the offer's cost times the share who accept it.",
        assumption=True,
    ),
    Column(
        "avoidable_loss",
        _M,
        "Avoidable loss",
        "Part of the revenue at risk that the recommended action is assumed to avert, before its "
        "cost; the rest is unavoidable by any action that pays for itself.",
        assumption=True,
    ),
    Column(
        "expected_net_value",
        _M,
        "Expected net value",
        "Assumed save rate times revenue at risk, minus the expected cost. Assumed, not measured.",
        assumption=True,
        higher_is="good",
    ),
    Column(
        "expected_net_value_low",
        _M,
        "Net value, low",
        "At the 10% quantile of the assumed save rate.",
        assumption=True,
    ),
    Column(
        "expected_net_value_high",
        _M,
        "Net value, high",
        "At the 90% quantile of the assumed save rate.",
        assumption=True,
    ),
    Column(
        "break_even_save_rate",
        _S,
        "Break-even save rate",
        "Share of would-be leavers the action must keep to pay for itself.",
    ),
    Column("action_minutes", _R, "Minutes", "Working minutes of the action.", assumption=True),
    Column(
        "holdout",
        _F,
        "Holdout",
        "Kept out of all actions at random, so that their effect can be measured.",
    ),
)

CUSTOMER_COLUMN: Mapping[str, Column] = MappingProxyType(
    {one.name: one for one in CUSTOMER_COLUMNS}
)
