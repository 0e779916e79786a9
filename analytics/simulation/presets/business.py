"""What a simulated business is like: frozen settings of every part of the simulator."""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.simulation.presets.build_settings import USUAL_BUILD, Build
from analytics.simulation.presets.campaign_settings import Campaigns
from analytics.simulation.presets.checks import is_share, no_negative, shares_add_up


@dataclass(frozen=True)
class ActivityRates:
    """How often customers are active.

    Parameters
    ----------
    active_days_per_week, rate_shape
        Mean and gamma shape of the customers' own rates while engaged.
    at_risk_factor, dormant_factor
        Share of the own rate that is left in those states.
    fade_half_life_weeks
        Shortest and longest half-life of the fade while at risk.
    mood_memory, mood_sd
        AR(1) log-mood: bursts and lulls that mean nothing.
    weekday_shares
        Share of a week's activity on Monday to Sunday; sums to 1.
    season_amplitude
        Swing of the year around 1.
    vacation_rate, pause_rate
        Chance a week that a spell of no activity begins; neither is churn.
    seasonal_share
        Share of customers who rest for weeks each year; not churn either.
    christmas_level
        Factor of everybody's activity between the years.
    """

    active_days_per_week: float
    rate_shape: float
    weekday_shares: tuple[float, ...]
    at_risk_factor: float = 0.55
    dormant_factor: float = 0.12
    fade_half_life_weeks: tuple[float, float] = (3.0, 8.0)
    mood_memory: float = 0.8
    mood_sd: float = 0.35
    season_amplitude: float = 0.1
    vacation_rate: float = 0.03
    pause_rate: float = 0.0
    seasonal_share: float = 0.03
    christmas_level: float = 1.0


@dataclass(frozen=True)
class Hazards:
    """Weekly logits of moving between hidden states (methods guide, section 2).

    `frailty`, `frustration`, `settling`, `price_rise` and `renewal` belong to the way from engaged
    to at risk. The slopes are the guide's; the levels are set so that three of four customers are
    still there after a year, most exits are silent, and taking the true frustration away from an
    oracle costs it something among customers still seen. `newcomers_at_risk` is the share of new
    customers who never quite arrive; `engaged_to_gone_new` fades with the first weeks.
    `fading_share` is the share of those drawn away from engaged who are at risk first; the others
    are gone silently at once.
    """

    engaged_to_at_risk: float = -6.05
    frailty: float = 0.75
    frustration: float = 1.0
    settling: float = -0.35
    price_rise: float = 0.6
    renewal: float = 0.4
    newcomers_at_risk: float = 0.16
    fading_share: float = 1.0
    engaged_to_gone: float = -7.5
    engaged_to_gone_new: float = 3.4
    engaged_to_left: float = -7.2
    engaged_to_left_frustration: float = 0.5
    at_risk_to_engaged: float = -2.2
    at_risk_to_engaged_frailty: float = -0.4
    at_risk_to_engaged_frustration: float = -0.3
    at_risk_to_dormant: float = -2.5
    at_risk_to_dormant_frailty: float = 0.3
    at_risk_to_dormant_frustration: float = 0.2
    at_risk_to_left: float = -5.1
    at_risk_to_left_frustration: float = 0.45
    at_risk_to_left_complaint: float = 2.0
    dormant_to_gone: float = -2.0
    dormant_to_gone_frailty: float = 0.3
    dormant_to_engaged: float = -3.2
    dormant_to_engaged_frailty: float = -0.4


@dataclass(frozen=True)
class Trouble:
    """What goes wrong, for whom, and how it is felt.

    Parameters
    ----------
    outages_per_year, bad_releases_per_year
        Episodes that hit a region, or everyone who relies on one feature.
    delivery_failures_per_year, payment_failures_per_year
        Episodes in which a region's orders come late, or payments of one plan do not go through.
    personal_rate
        Chance a week that a problem of one customer alone begins.
    half_life_weeks
        Half-life of latent frustration.
    felt_per_week
        Frustration that a week full of trouble adds.
    friction_per_visit
        Mean friction events a visit when nothing is wrong.
    friction_in_trouble
        Mean friction events a visit in an episode of severity 1.
    late_share, return_share
        Chance that an order comes late, or is sent back, when nothing is wrong.
    tickets_per_frustration
        Weekly ticket rate at frustration 1 of a customer who always complains.
    """

    outages_per_year: float = 8.0
    bad_releases_per_year: float = 7.0
    delivery_failures_per_year: float = 0.0
    payment_failures_per_year: float = 2.0
    personal_rate: float = 0.018
    half_life_weeks: float = 3.5
    felt_per_week: float = 2.0
    sensitivity_sd: float = 0.6
    friction_per_visit: float = 0.06
    friction_in_trouble: float = 1.1
    late_share: float = 0.04
    return_share: float = 0.05
    tickets_per_frustration: float = 0.15
    idle_ticket_rate: float = 0.005
    survey_every_weeks: int = 13


@dataclass(frozen=True)
class Billing:
    """Invoices of a subscription.

    Parameters
    ----------
    prices, plan_shares
        Monthly price and share of customers of each plan.
    annual_share
        Share of customers billed once a year, with a term that ends on that day.
    prepaid_share
        Share of customers who top up instead of being billed.
    upgrade_rate, downgrade_rate
        Chance a week to move to the next plan up while engaged, and down while at risk.
    failure_rate, unpaid_share
        Chance that an attempt fails, and share of failures that end in closure.
    """

    plans: tuple[str, ...]
    prices: tuple[float, ...]
    plan_shares: tuple[float, ...]
    annual_share: float = 0.3
    prepaid_share: float = 0.0
    upgrade_rate: float = 0.001
    downgrade_rate: float = 0.006
    price_rise_share: float = 0.08
    failure_rate: float = 0.012
    unpaid_share: float = 0.12


@dataclass(frozen=True)
class Words:
    """What the business calls things in its own files.

    Parameters
    ----------
    visit
        Event of one visit.
    detail
        Event inside a visit (a feature used); empty for none.
    friction, friction_shares
        Events of something going wrong, and how they divide.
    angry
        The one of them that grows with frustration; empty for none.
    purchase
        Event with an amount made in some visits; empty for none.
    late, returned
        Events that can follow a purchase; empty for none.
    """

    visit: str
    features: tuple[str, ...]
    friction: tuple[str, ...]
    friction_shares: tuple[float, ...]
    detail: str = ""
    angry: str = ""
    purchase: str = ""
    late: str = ""
    returned: str = ""
    segments: tuple[str, ...] = ("Manufacturing", "Services", "Health", "Trade", "Education")
    segment_shares: tuple[float, ...] = (0.26, 0.28, 0.14, 0.2, 0.12)
    regions: tuple[str, ...] = ("DACH", "Nordics", "UK & Ireland", "Benelux", "Iberia")
    region_shares: tuple[float, ...] = (0.34, 0.16, 0.22, 0.16, 0.12)
    channels: tuple[str, ...] = ("Search", "Referral", "Partner", "Sales")
    channel_shares: tuple[float, ...] = (0.38, 0.24, 0.16, 0.22)


@dataclass(frozen=True)
class Preset:
    """One simulated business.

    Parameters
    ----------
    new_share
        Share of customers who sign up inside the simulated period.
    detail_rate, purchase_rate
        Mean detail events, and chance of a purchase, a visit.
    purchase_amount, purchase_sd
        Mean purchase, and spread of its logarithm between customers.
    billing
        None where nothing recurs.
    build
        What sets it apart from the usual business of this name.
    """

    name: str
    title: str
    rhythm: ActivityRates
    words: Words
    hazards: Hazards = Hazards()
    trouble: Trouble = Trouble()
    billing: Billing | None = None
    campaigns: Campaigns = field(default_factory=Campaigns)
    new_share: float = 0.3
    detail_rate: float = 1.0
    purchase_rate: float = 0.0
    purchase_amount: float = 0.0
    purchase_sd: float = 0.6
    build: Build = USUAL_BUILD

    @property
    def full_name(self) -> str:
        """Name with that of the build, where it is not the usual one."""
        return f"{self.name}-{self.build.name}" if self.build.name else self.name

    @property
    def full_title(self) -> str:
        """Title with what sets the build apart."""
        return f"{self.title}: {self.build.title}" if self.build.title else self.title

    def __post_init__(self) -> None:
        """Refuse rates below zero, shares that do not add up and shares beyond 1."""
        of = f"preset {self.name}"
        no_negative(of, self, self.rhythm, self.trouble, self.billing)
        is_share(of, "new_share", self.new_share)
        is_share(of, "fading_share", self.hazards.fading_share)
        is_share(of, "purchase_rate", self.purchase_rate)
        shares_add_up(
            of,
            (
                self.rhythm.weekday_shares,
                self.words.friction_shares,
                self.words.segment_shares,
                self.words.region_shares,
                self.words.channel_shares,
                self.billing.plan_shares if self.billing else (1.0,),
            ),
        )
