"""What went wrong for the customer, per unit of use where that makes sense."""

from __future__ import annotations

from analytics.domain.frustration import FRICTION_CHANNELS
from analytics.features.families.accumulators import (
    ACTIVE_DAYS_BITS,
    EXPOSURE_21,
    EXPOSURE_45,
    active_days,
    channel_loads,
    total,
    within,
)
from analytics.features.record import Feature, Theme

_F28 = total("friction_events_28d_sum", f"is_friction = 1 AND {within(0, 28)}")
_F56_PRIOR = total("friction_events_56d_prior", f"is_friction = 1 AND {within(28, 84)}")
_F90 = total("friction_events_90d_sum", f"is_friction = 1 AND {within(0, 90)}")
_C90 = total("contacts_90d_sum", f"is_contact = 1 AND {within(0, 90)}")
_LOADS = channel_loads()

FRICTION = (
    Feature(
        "friction_events_28d",
        "events",
        28,
        Theme.FRICTION,
        "Errors, failures, returns and the like in the last 28 days.",
        "CAST(friction_events_28d_sum AS DOUBLE)",
        (_F28,),
        shown_as="Problems in 28 days: {value:.0f}.",
    ),
    Feature(
        "friction_per_active_day_90d",
        "ratio",
        90,
        Theme.FRICTION,
        "Problems for each active day in the last 90 days, shrunk by five days.",
        f"friction_events_90d_sum / ({active_days(0, 90)} + 5.0)",
        (_F90, *ACTIVE_DAYS_BITS),
        shown_as="Problems for each active day: {value:.1f}.",
    ),
    Feature(
        "friction_log_ratio_28d_56d",
        "log ratio",
        84,
        Theme.FRICTION,
        "Log of problems in the last 28 days against the 56 days before, per day, plus one.",
        "LN((friction_events_28d_sum + 1) / (friction_events_56d_prior / 2.0 + 1))",
        (_F28, _F56_PRIOR),
        self_relative=True,
        shown_as="More problems than in the months before.",
    ),
    Feature(
        "friction_without_contact_90d",
        "events",
        90,
        Theme.FRICTION,
        "Problems in the last 90 days of a customer who did not contact us in that time.",
        "CASE WHEN contacts_90d_sum = 0 THEN CAST(friction_events_90d_sum AS DOUBLE) ELSE 0 END",
        (_F90, _C90),
        shown_as="Problems in 90 days without a word about them: {value:.0f}.",
    ),
    *(
        Feature(
            f"load_{channel.name}",
            "events",
            None,
            Theme.VOICE if channel.name == "tickets" else Theme.FRICTION,
            f"Decayed number of {channel.label}; one counts half after "
            f"{channel.half_life_days} days.",
            f"load_{channel.name}_sum / 1000000.0",
            (load,),
            shown_as=f"{channel.label.capitalize()}: {{value:.1f}} lately.",
            speaks=False,
        )
        for channel, load in zip(FRICTION_CHANNELS, _LOADS, strict=True)
    ),
    Feature(
        "exposure_21",
        "days",
        None,
        Theme.ACTIVITY,
        "Decayed number of activities; one counts half after 21 days.",
        "exposure_21_sum / 1000000.0",
        (EXPOSURE_21,),
        shown_as="Little use lately.",
        speaks=False,
    ),
    Feature(
        "exposure_45",
        "days",
        None,
        Theme.ACTIVITY,
        "Decayed number of activities; one counts half after 45 days.",
        "exposure_45_sum / 1000000.0",
        (EXPOSURE_45,),
        shown_as="Little use in the last months.",
        speaks=False,
    ),
)
