"""The rows behind the frustration part of the evidence page, as the run's tables keep them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PartWeight:
    """One part of the frustration index with its weights."""

    part: str
    label: str
    half_life_days: int | None
    customers_with: int
    expert_weight: float
    fitted_weight: float | None
    weight_in_use: float


@dataclass(frozen=True)
class JudgedRanking:
    """One way to rank customers by how likely they are to speak up in the next 28 days."""

    ranking: str
    label: str
    dates: int
    customer_dates: int
    voiced: int
    auc: float | None
    auc_low: float | None
    auc_high: float | None
    gain: float | None
    gain_low: float | None
    gain_high: float | None
    in_use: bool


@dataclass(frozen=True)
class FrustrationCheck:
    """One check of the index: what was found, what was hoped for, and what it means."""

    place: int
    check_name: str
    label: str
    customer_dates: int
    found: float | None
    found_low: float | None
    found_high: float | None
    hoped_for: str
    outcome: str
    meaning: str


@dataclass(frozen=True)
class FrustrationGroup:
    """Customers frustrated or not, heard of or not, and what became of such customers before."""

    place: int
    group_name: str
    label: str
    customers_now: int
    customer_dates: int
    spoke_share: float | None
    spoke_low: float | None
    spoke_high: float | None
    scored: int
    silent_share: float | None
    silent_low: float | None
    silent_high: float | None


@dataclass(frozen=True)
class FrustrationEvidence:
    """How far the frustration index of the run can be believed; empty for runs that kept nothing.

    Parameters
    ----------
    stale_customers
        Customers today whose index is of their last activity, not of today.
    """

    weights: tuple[PartWeight, ...] = ()
    judged: tuple[JudgedRanking, ...] = ()
    checks: tuple[FrustrationCheck, ...] = ()
    groups: tuple[FrustrationGroup, ...] = ()
    stale_customers: int = 0
    customers: int = 0
