"""Numbers that a page works out from others for its tables: defined once like all the rest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.domain.tables.column import Column, Unit

_RUN = "the run"

PAGE_NUMBERS: tuple[Column, ...] = (
    Column(
        "predicted_then",
        Unit.SHARE,
        "Predicted",
        "Share of the scored customers who were expected to go silent, as predicted on the date.",
        formula="sum of the churn risks of the date / scored customers of the date",
        window="own horizons after the date",
        source=_RUN,
    ),
    Column(
        "seen_since",
        Unit.SHARE,
        "Observed",
        "Share of the scored customers of the date who went silent within their horizons.",
        formula="went silent / scored customers whose horizon has passed",
        window="own horizons after the date",
        source=_RUN,
    ),
    Column(
        "share_at_risk",
        Unit.SHARE,
        "Share at risk",
        "Customers in the tiers critical and high, of the scored customers of the group.",
        higher_is="bad",
        formula="at risk / scored customers",
        window="now",
        source=_RUN,
    ),
    Column(
        "interval_80",
        Unit.MONEY,
        "80% interval",
        "Range that should hold the true amount four times in five.",
        assumption=True,
        formula="amount -/+ 1.28 * sqrt(variance + (shock * shared sd)^2)",
        window="12 months",
        source=_RUN,
    ),
    Column(
        "interval_95",
        Unit.SHARE,
        "95% interval",
        "Range that should hold the true share nineteen times in twenty; whole customers are "
        "drawn again and again.",
        formula="2.5% and 97.5% quantiles over draws of customers",
        window="the test dates",
        source=_RUN,
    ),
    Column(
        "off_by",
        Unit.SHARE,
        "Off by",
        "How far the prediction lay from what was lost; plus is too much.",
        formula="predicted / lost - 1",
        window="the test dates",
        source=_RUN,
    ),
    Column(
        "interval_held",
        Unit.COUNT,
        "Interval held",
        "On how many of the dates what was lost lay within the 80% interval predicted before.",
        higher_is="good",
        window="the test dates",
        source=_RUN,
    ),
    Column(
        "assumed_save_rate",
        Unit.SHARE,
        "Assumed save rate",
        "Share of would-be leavers whom the action is assumed to keep; not measured here.",
        assumption=True,
        source="the profile's assumptions",
    ),
    Column(
        "friction_a_week",
        Unit.COUNT,
        "Friction events",
        "Errors, failures, returns and the like of the customer in the week.",
        window="a week",
        source="your events",
    ),
    Column(
        "active_days_a_week",
        Unit.DAYS,
        "Active days",
        "Days of the week with meaningful activity.",
        window="a week",
        source="your events",
    ),
    Column(
        "contacts_a_week",
        Unit.COUNT,
        "Contacts",
        "Tickets, complaints and requests of the customer in the week.",
        window="a week",
        source="your events",
    ),
    Column(
        "contacts_planned",
        Unit.COUNT,
        "Contacts, in the plan's order",
        "Customers contacted, those first whose action is worth most per hour of work; with a "
        "budget, per share of the hours and the money.",
        window="this plan",
        source=_RUN,
    ),
    Column(
        "auc_of_recency",
        Unit.RATIO,
        "AUC of days of silence",
        "Chance that a leaver had been silent for longer than a stayer of the same group and date.",
        window="the test dates",
        source=_RUN,
    ),
    Column(
        "feature_window",
        Unit.DAYS,
        "Looks back",
        "How many days before the date the feature looks at.",
        source="the registry of features",
    ),
    Column(
        "feature_coverage",
        Unit.SHARE,
        "Coverage",
        "Share of the customers who have a value. The rest give no evidence.",
        source=_RUN,
    ),
    Column(
        "feature_drift",
        Unit.RATIO,
        "Drift",
        "Population stability index since the former run: below 0.1 stable, from 0.25 changed "
        "much.",
        higher_is="bad",
        formula="sum over ten bins of (share now - share then) * ln(share now / share then)",
        source=_RUN,
    ),
    Column(
        "feature_silent_by_fifth",
        Unit.SHARE,
        "Went silent, lowest to highest",
        "Share who went silent in the fifth of customers where it is lowest, and highest.",
        source=_RUN,
    ),
    Column(
        "feature_auc_alone",
        Unit.RATIO,
        "AUC alone",
        "Chance that it ranks a leaver above a stayer; 0.5 tells nothing, below 0.5 less of it "
        "goes with leaving. With the 95% interval.",
        source=_RUN,
    ),
    Column(
        "tier_seen_before",
        Unit.SHARE,
        "Seen before",
        "Share of those whom the same rule put into the tier on past dates and who went silent "
        "within their horizon, with the count; the Overview shows of fewer than ten the count "
        "alone. 95% interval on hover.",
        formula="customers of the tier who went silent / customers of the tier, on test dates",
        source=_RUN,
    ),
    Column(
        "tier_cut",
        Unit.SHARE,
        "Begins today at",
        "Lowest churn risk of the tier today, as screens show it; on past dates each had its own.",
        source=_RUN,
    ),
    Column(
        "tier_past_customers",
        Unit.COUNT,
        "On past dates",
        "Customer dates that the rule put into the tier on the tested dates, by the score alone.",
        source=_RUN,
    ),
    Column(
        "tier_past_silent",
        Unit.COUNT,
        "Went silent then",
        "Those of them who went silent within their horizon.",
        source=_RUN,
    ),
    Column(
        "tier_past_interval",
        Unit.SHARE,
        "95% interval",
        "Of the share of the tier who went silent; whole customers are drawn.",
        source=_RUN,
    ),
    Column(
        "tier_past_of_all",
        Unit.SHARE,
        "Of all",
        "Share of all scored customers of the same dates who went silent.",
        source=_RUN,
    ),
)

PAGE_NUMBER: Mapping[str, Column] = MappingProxyType(
    {number.name: number for number in PAGE_NUMBERS}
)
