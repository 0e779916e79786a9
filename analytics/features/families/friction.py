"""What went wrong for the customer, per unit of use where that makes sense."""

from __future__ import annotations

from analytics.domain.frustration import FRICTION_CHANNELS
from analytics.features.event_groups import CONTACT_GROUP, FRICTION_GROUP
from analytics.features.families.accumulators import (
    active_days,
    channel_loads,
    counted,
    days_since,
)
from analytics.features.families.trend import fleet_log_ratio, log_ratio
from analytics.features.record import Feature, Kind, Theme

#: Strength of the shrinkage of a customer's rate toward that of all customers, in active days.
PROBLEM_RATE_PRIOR_ACTIVE_DAYS = 5.0

_F28, _F56_PRIOR, _F90 = (
    counted(FRICTION_GROUP, first, past) for first, past in ((0, 28), (28, 84), (0, 90))
)
_C90 = counted(CONTACT_GROUP, 0, 90)
_LAST = days_since(FRICTION_GROUP)
_A28, _A90 = active_days(0, 28), active_days(0, 90)

# Of all customers; 0 where nobody was active.
_FLEET_RATE_28D = (
    f"COALESCE(CAST(SUM({_F28.name}) OVER () AS DOUBLE) / NULLIF(SUM({_A28.name}) OVER (), 0), 0)"
)

FRICTION = (
    Feature(
        "friction_events_28d",
        "events",
        28,
        Theme.FRICTION,
        Kind.COUNT,
        "Errors, failures, returns and the like in the last 28 days.",
        "problems in 28 days",
        f"CAST({_F28.name} AS DOUBLE)",
        (_F28,),
        shown_as="Problems in 28 days: {value:.0f}.",
    ),
    Feature(
        "friction_rate_per_active_day_28d",
        "ratio",
        28,
        Theme.FRICTION,
        Kind.RATE,
        "Problems for each active day in the last 28 days, drawn toward the rate of all customers "
        "where there was little use.",
        f"(problems in 28 days + {PROBLEM_RATE_PRIOR_ACTIVE_DAYS:.0f} * rate of all customers)"
        f" / (active days in 28 days + {PROBLEM_RATE_PRIOR_ACTIVE_DAYS:.0f})",
        f"({_F28.name} + {PROBLEM_RATE_PRIOR_ACTIVE_DAYS} * {_FLEET_RATE_28D})"
        f" / ({_A28.name} + {PROBLEM_RATE_PRIOR_ACTIVE_DAYS})",
        (_F28, _A28),
        shown_as="Problems for each active day in 28 days: {value:.1f}.",
        speaks=False,
    ),
    Feature(
        "friction_per_active_day_90d",
        "ratio",
        90,
        Theme.FRICTION,
        Kind.RATE,
        "Problems for each active day in the last 90 days, shrunk by five days.",
        "problems in 90 days / (active days in 90 days + 5)",
        f"{_F90.name} / ({_A90.name} + 5.0)",
        (_F90, _A90),
        shown_as="Problems for each active day: {value:.1f}.",
    ),
    Feature(
        "friction_log_ratio_28d_56d",
        "log ratio",
        84,
        Theme.FRICTION,
        Kind.CHANGE,
        "Log of problems in the last 28 days against the 56 days before, per day, plus one.",
        "ln((problems in 28 days + 1) / (problems in the 56 days before / 2 + 1))",
        log_ratio(_F28.name, _F56_PRIOR.name, 2.0),
        (_F28, _F56_PRIOR),
        self_relative=True,
        shown_as="More problems than in the months before.",
    ),
    Feature(
        "friction_log_ratio_vs_fleet_28d_56d",
        "log ratio",
        84,
        Theme.FRICTION,
        Kind.CHANGE,
        "How problems of the last 28 days moved against the 56 days before, beyond what moved all "
        "customers.",
        "own log ratio of 28 to 56 days - the log ratio of all customers",
        f"{log_ratio(_F28.name, _F56_PRIOR.name, 2.0)}"
        f" - {fleet_log_ratio(_F28.name, _F56_PRIOR.name, 2.0)}",
        (_F28, _F56_PRIOR),
        self_relative=True,
        shown_as="More problems, while the other customers had no more than before.",
        speaks=False,
    ),
    Feature(
        "friction_without_contact_90d",
        "events",
        90,
        Theme.FRICTION,
        Kind.COUNT,
        "Problems in the last 90 days of a customer who did not contact us in that time.",
        "problems in 90 days where there was no contact in 90 days, else 0",
        f"CASE WHEN {_C90.name} = 0 THEN CAST({_F90.name} AS DOUBLE) ELSE 0 END",
        (_F90, _C90),
        shown_as="Problems in 90 days without a word about them: {value:.0f}.",
    ),
    Feature(
        "days_since_last_friction",
        "days",
        None,
        Theme.FRICTION,
        Kind.TIME_SINCE,
        "Days from the last problem to the observation date.",
        "observation date - day of the last problem",
        f"CAST({_LAST.name} AS DOUBLE)",
        (_LAST,),
        default=None,
        missing_when="the customer never had a problem",
        shown_as="The last problem was {value:.0f} days ago.",
        speaks=False,
    ),
    Feature(
        "silence_after_friction_days",
        "days",
        None,
        Theme.FRICTION,
        Kind.TIME_SINCE,
        "Days silent where the last thing that happened was a problem, within a day; else 0.",
        "days silent where the last problem came no earlier than the day before the last activity",
        f"CASE WHEN {_LAST.name} <= silent_days + 1 THEN CAST(silent_days AS DOUBLE) ELSE 0 END",
        (_LAST,),
        self_relative=True,
        shown_as="Silent for {value:.0f} days since a problem.",
    ),
    *(
        Feature(
            f"load_{channel.name}",
            "events",
            None,
            Theme.VOICE if channel.said else Theme.FRICTION,
            Kind.DECAYED_SUM,
            f"Decayed number of {channel.label}; one counts half after "
            f"{channel.half_life_days} days.",
            f"sum of 2^(-age / {channel.half_life_days}) over {channel.label}",
            f"{load.name} / 1000000.0",
            (load,),
            shown_as=f"{channel.label.capitalize()}: {{value:.1f}} lately.",
            speaks=False,
        )
        for channel, load in zip(FRICTION_CHANNELS, channel_loads(), strict=True)
    ),
)
