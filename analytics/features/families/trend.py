"""Where the activity is going, against the customer's own past and against everybody's.

What moves the whole fleet, such as a holiday or an outage, is no sign of one customer's leaving, so
the features named `..._vs_fleet` take the fleet's own move away.
"""

from __future__ import annotations

from analytics.features.families.accumulators import active_days, activity_events
from analytics.features.record import Accumulator, Feature, Kind, Theme

#: Customers this old count toward the fleet's move: younger ones have no earlier days to lack.
FLEET_TENURE_DAYS = 84

_D7, _D14, _D28 = (active_days(0, window) for window in (7, 14, 28))
_D14_PRIOR, _D28_PRIOR, _D56_PRIOR = active_days(14, 28), active_days(7, 35), active_days(28, 84)

# The regression slope over twelve weeks needs no empty weeks filled in: the sum over events of
# (11 - 2 * week) / 286 equals it, week 0 being the latest (sum of squared deviations is 143).
_SLOPE = Accumulator(
    "activity_slope_12w_sum",
    "SUM(CASE WHEN age < 84 THEN activity * (11 - 2 * week) ELSE 0 END)",
)
_EVENTS_84D = activity_events(0, 84)


def log_ratio(recent: str, before: str, times: float) -> str:
    """Return SQL for the log of a count against one of a period `times` as long, both plus one."""
    return f"LN(({recent} + 1) / ({before} / {times} + 1))"


def fleet_log_ratio(recent: str, before: str, times: float) -> str:
    """Return SQL for the same of all customers who have been here long enough."""
    return log_ratio(_of_fleet(recent), _of_fleet(before), times)


def _of_fleet(count: str) -> str:
    return f"SUM(CASE WHEN tenure_days >= {FLEET_TENURE_DAYS} THEN {count} ELSE 0 END) OVER ()"


def _against_usual(window: int, accumulator: Accumulator, *, speaks: bool) -> Feature:
    return Feature(
        f"activity_ratio_{window}d",
        "ratio",
        180,
        Theme.TREND,
        Kind.CHANGE,
        f"Active days in the last {window} days divided by the own usual number.",
        f"active days in {window} days / ({window} * own daily chance of activity)",
        f"{accumulator.name} / ({window} * daily_probability)",
        (accumulator,),
        monotone=-1,
        self_relative=True,
        shown_as=f"Activity in {window} days is {{value:.0%}} of what is usual for this customer.",
        speaks=speaks,
    )


def _fewer(recent: Accumulator, before: Accumulator, windows: tuple[int, int]) -> Feature:
    first, second = windows
    return Feature(
        f"active_days_log_ratio_{first}d_{second}d",
        "log ratio",
        first + second,
        Theme.TREND,
        Kind.CHANGE,
        f"Log of active days in the last {first} days against the {second} days before, per day, "
        "plus one.",
        f"ln((active days in {first} days + 1) / "
        f"(active days in the {second} days before / {second // first} + 1))",
        log_ratio(recent.name, before.name, second / first),
        (recent, before),
        self_relative=True,
        shown_as="Fewer active days this week than in the weeks before."
        if first == 7
        else "Fewer active days in the last month than in the two before.",
    )


def _fewer_than_fleet(
    recent: Accumulator, before: Accumulator, windows: tuple[int, int]
) -> Feature:
    first, second = windows
    ratio = (recent.name, before.name, second / first)
    return Feature(
        f"active_days_log_ratio_vs_fleet_{first}d_{second}d",
        "log ratio",
        first + second,
        Theme.TREND,
        Kind.CHANGE,
        f"How active days in the last {first} days moved against the {second} days before, beyond "
        "what moved all customers.",
        f"own log ratio of {first} to {second} days - the log ratio of all customers",
        f"{log_ratio(*ratio)} - {fleet_log_ratio(*ratio)}",
        (recent, before),
        self_relative=True,
        shown_as="Fell off while the other customers did not.",
        speaks=False,
    )


TREND = (
    _against_usual(28, _D28, speaks=False),
    _against_usual(14, _D14, speaks=True),
    _fewer(_D28, _D56_PRIOR, (28, 56)),
    _fewer(_D7, _D28_PRIOR, (7, 28)),
    _fewer_than_fleet(_D28, _D56_PRIOR, (28, 56)),
    _fewer_than_fleet(_D7, _D28_PRIOR, (7, 28)),
    Feature(
        "active_days_change_14d",
        "days",
        28,
        Theme.TREND,
        Kind.CHANGE,
        "Active days in the last 14 days minus those in the 14 days before.",
        "active days in 14 days - active days in the 14 days before",
        f"CAST({_D14.name} - {_D14_PRIOR.name} AS DOUBLE)",
        (_D14, _D14_PRIOR),
        self_relative=True,
        shown_as="{value:+.0f} active days against the two weeks before.",
    ),
    Feature(
        "activity_slope_12w",
        "ratio",
        84,
        Theme.TREND,
        Kind.CHANGE,
        "Weekly slope of the number of activities over twelve weeks, relative to their mean.",
        "regression slope of weekly activities over 12 weeks / (mean weekly activities + 1/12)",
        f"activity_slope_12w_sum * 12 / 286.0 / ({_EVENTS_84D.name} + 1)",
        (_SLOPE, _EVENTS_84D),
        self_relative=True,
        shown_as="Activity over twelve weeks moves by {value:+.0%} a week.",
    ),
)
