"""The rows that the evidence page is made of: each as the run's table of that name keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class LadderStep:
    """One model of the ladder against the best model below it."""

    rung: int
    model: str
    label: str
    against: str
    auc_gain: float | None
    auc_gain_low: float | None
    auc_gain_high: float | None
    brier_gain: float | None
    brier_gain_low: float | None
    brier_gain_high: float | None
    taken: bool
    champion: bool


@dataclass(frozen=True)
class PastMonth:
    """What the flags of one test date were worth; a customer counts once a date."""

    observation_date: date
    scored: int
    flagged: int
    went_silent: int
    caught: int
    missed: int
    false_alarms: int
    expected: float | None
    value_caught: float | None
    value_missed: float | None
    value_false_alarms: float | None
    caught_by_silence: int | None


@dataclass(frozen=True)
class PastRevenue:
    """Revenue at risk said on one test date of one group, and what was lost of it."""

    observation_date: date
    kind: str  # all, risk_tier, segment or plan
    part: str
    scored: int
    expected: float
    went_silent: int
    said: float
    said_low: float
    said_high: float
    lost: float
    held: bool


@dataclass(frozen=True)
class LeadTime:
    """How early one way to alert was, held against what happened later."""

    alert: str
    label: str
    weeks: int
    leavers: int
    alerted: int
    days_before_rule: float | None
    days_before_rule_low: float | None
    days_before_rule_high: float | None
    first_alerted: float | None
    first_days_before_rule: float | None
    first_before_last_activity: float | None
    days_before_last_activity: float | None
    alerted_before_last_activity: float | None
    alerted_14_days_ahead: float | None
    alerted_30_days_ahead: float | None
    alerted_60_days_ahead: float | None
    alerted_90_days_ahead: float | None
    weekly_false_alert_share: float | None
    alert_precision: float | None
    alert_precision_low: float | None
    alert_precision_high: float | None


@dataclass(frozen=True)
class PastLoss:
    """One customer who went silent, and what was said before."""

    customer_id: str
    last_activity_on: datetime
    value_at_stake: float | None
    said_90_days_before: float | None
    said_60_days_before: float | None
    said_30_days_before: float | None
    said_at_last_activity: float | None
    alert_began_on: datetime | None


@dataclass(frozen=True)
class PastLosses:
    """All customers who went silent in the tested weeks, counted, and the most valuable of them.

    Parameters
    ----------
    alerted_before
        Under an alert that had begun by their last activity.
    alerted_after
        Under an alert that began only after it.
    """

    customers: int
    alerted_before: int
    alerted_after: int
    value_at_stake: float
    rows: tuple[PastLoss, ...]


@dataclass(frozen=True)
class CapacityPoint:
    """What one way to choose gives for one number of customers contacted."""

    policy: str
    contacted: int
    share: float | None
    caught: float | None
    false_alarms: float | None
    recall: float | None
    net_value: float | None
    net_value_low: float | None
    net_value_high: float | None


@dataclass(frozen=True)
class ModelProfit:
    """What one model's ranking could earn."""

    model: str
    label: str
    expected_maximum_profit: float | None
    best_share_contacted: float | None


@dataclass(frozen=True)
class Gate:
    """One check that the numbers do not flatter; `passed` is None where it could not be made."""

    gate: str
    label: str
    passed: bool | None
    found: float | None
    bound: float | None
    meaning: str


@dataclass(frozen=True)
class PlainRule:
    """One rule that needs no model, with what it was worth on past dates."""

    rule: str
    label: str
    customers_now: int
    tested: int
    went_silent: int
    share_silent: float | None
    base_rate: float | None
    lift: float | None
    lift_low: float | None
    lift_high: float | None
