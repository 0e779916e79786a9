"""What the services answer: frozen values that the pages render and nobody changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from analytics.domain.customer.tier_rule import TierRule, meanings_of
from analytics.domain.customer.trend_words import SinceThen
from analytics.domain.event_log.local_days import UTC_ZONE
from analytics.domain.numbers.measures import Interval
from analytics.domain.tables.history_tables import PastPortfolio, PastRisk


@dataclass(frozen=True)
class RunStamp:
    """Which run an answer comes from, and how old it is."""

    run_id: str
    as_of: datetime
    published_at: datetime
    age_hours: float
    freshness: str  # fresh, stale or very_stale
    currency: str
    simulated: bool
    profile_title: str
    champion_label: str
    verdict: str
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]
    alert_words: str = ""  # what a flag was worth in the past, with its interval
    no_prediction_reason: str = ""  # empty where the data support a prediction
    rules: tuple[str, ...] = ()  # in words, for where they do not
    tiers: TierRule | None = None  # how they were cut; None for a run of a version without it
    zone: str = UTC_ZONE  # whose days the run counts; times are shown in it

    def tier_meaning(self, tier: str) -> str:
        """Say what a tier means in this run; empty for a word that is no tier."""
        return meanings_of(self.tiers).get(tier, "")


@dataclass(frozen=True)
class FilterChoices:
    """Values that each menu of the filter offers in this run, with their labels.

    A field with one value or none offers nothing.
    """

    by_field: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the values and labels of a field."""
        return self.by_field.get(name, ())


@dataclass(frozen=True)
class Totals:
    """The measures over a choice of customers; names as in `analytics.domain.numbers.measures`."""

    customers: int
    eligible: int
    at_risk: int
    expected_silent: float
    lapsed: int
    revenue_at_risk: Interval
    exposure: float
    frustrated: int
    suppressed: int
    mean_frustration: float | None
    monthly_revenue: float
    net_value: float
    avoidable_loss: float | None = None  # None where no customer of the choice has one

    @property
    def unavoidable_loss(self) -> float | None:
        """Rest of the revenue at risk, which no recommended action is assumed to avert."""
        if self.avoidable_loss is None:
            return None
        return max(self.revenue_at_risk.value - self.avoidable_loss, 0.0)


@dataclass(frozen=True)
class GroupRow:
    """One group of customers: a value of a column, with the measures over it."""

    key: str
    label: str
    totals: Totals


@dataclass(frozen=True)
class CustomerRow:
    """One customer as the lists show it."""

    customer_id: str
    name: str
    segment: str
    risk_tier: str
    churn_risk: float | None
    frustration_index: float | None
    days_since_last_activity: float | None
    revenue_at_risk: float | None
    monthly_revenue: float | None
    reason_1: str
    action_label: str
    expected_net_value: float | None
    tier_held: bool | None = None  # today's score alone would say a lower tier


@dataclass(frozen=True)
class OverviewResult:
    """How many are leaving silently, what it costs, where, and what to do today."""

    stamp: RunStamp
    totals: Totals
    everyone: Totals
    tiers: tuple[GroupRow, ...]
    trend: tuple[PastPortfolio, ...]
    by_cause: tuple[GroupRow, ...]  # likely causes of those at risk; "" for none
    by_group: tuple[GroupRow, ...]  # the first of segment, plan, region, channel that varies
    group_column: str
    watch_list: tuple[CustomerRow, ...]  # highest expected net value first, outside the holdout
    states: tuple[GroupRow, ...]  # by state, each in its own order
    since_then: SinceThen  # those at risk 28 days ago, by where they stand today
    nothing_to_do: str = ""  # why the watch list is empty


@dataclass(frozen=True)
class CustomerBlock:
    """A block of rows of the customer grid, and how many rows there are in all."""

    rows: tuple[dict[str, object], ...]
    total: int


@dataclass(frozen=True)
class Reason:
    """One reason in words.

    Parameters
    ----------
    points
        The theme's share in percentage points of risk, or index points; None for a fact that the
        model does not weigh.
    is_cause
        A likely cause, assumed to have pulled hardest when the customer was last engaged.
    risk_at_reference
        What the model says with this theme alone at its reference; None where that means nothing.
    stable
        False for a reason that other customers to learn from, or a second cause, could replace.
    """

    theme: str
    points: float | None
    text: str
    is_cause: bool = False
    risk_at_reference: float | None = None
    stable: bool = True


@dataclass(frozen=True)
class ActionOption:
    """One action that could be taken for a customer."""

    action: str
    label: str
    expected_net_value: Interval
    expected_cost: float
    break_even_save_rate: float
    assumed_save_rate: float


@dataclass(frozen=True)
class WeekPoint:
    """What one customer did and met in a week."""

    week: date
    active_days: int
    friction_events: int
    voice_events: int
    value: float


@dataclass(frozen=True)
class EventRow:
    """One raw event behind the numbers."""

    occurred_at: datetime
    event_type: str
    kind: str
    value: float | None
    feature: str


@dataclass(frozen=True)
class Note:
    """Something a person wrote about a customer."""

    written_at: datetime
    author: str
    text: str


@dataclass(frozen=True)
class WorkItem:
    """An action somebody took on."""

    item_id: int
    customer_id: str
    action: str
    action_label: str
    owner: str
    due_on: date | None
    status: str  # open, done or dropped
    updated_at: datetime
    revision: str = ""  # changes whenever anything about the item does


@dataclass(frozen=True)
class CustomerResult:
    """What happened to this one customer, and what to do."""

    stamp: RunStamp
    record: dict[str, object]  # every column of the customers table
    risk_interval: Interval | None
    reasons: tuple[Reason, ...]
    changes: tuple[Reason, ...]
    nearest_change: Reason | None
    frustration_parts: tuple[Reason, ...]
    actions: tuple[ActionOption, ...]
    history: tuple[PastRisk, ...]
    weeks: tuple[WeekPoint, ...]
    usual_active_days_per_week: float | None
    events: tuple[EventRow, ...]
    event_count: int
    notes: tuple[Note, ...]
    work_items: tuple[WorkItem, ...]


@dataclass(frozen=True)
class PlanRow:
    """One line of this week's plan."""

    customer: CustomerRow
    action: str
    expected_net_value: Interval
    expected_cost: float
    minutes: float
    break_even_save_rate: float
    status: str  # "", open, done or dropped, from the work list
    owner: str


@dataclass(frozen=True)
class RecommendationsResult:
    """Whom to contact this week, with what, for what return."""

    stamp: RunStamp
    budget: float | None
    capacity_minutes: float
    plan: tuple[PlanRow, ...]
    plan_size: int
    plan_net_value: Interval
    plan_cost: float
    plan_minutes: float
    worth_contacting: int  # customers whose best action has a positive expected net value
    holdout_customers: int
    by_action: tuple[GroupRow, ...]
    marginal: tuple[tuple[int, float], ...]  # contacts as planned, expected net value so far
    nothing_to_do: str = ""  # why nobody is worth contacting
