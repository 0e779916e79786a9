"""Who the customers are: traits that never change, most of them hidden."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from scipy.special import expit, gammaincinv, ndtr

from analytics.simulation.hidden_life.account_users import (
    draw_user_shares,
    draw_weeks_until_they_leave,
)
from analytics.simulation.hidden_life.habits import Habits, draw_habits
from analytics.simulation.hidden_life.world import NO_DAY, Flags, Floats, Ints
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import DAY_S, CustomerChunk, SimulationPlan, Stream

FRAILTY_SD = 0.8
RATE_FRAILTY_CORRELATION = -0.3
FIRM_TENURE_DAYS = 500.0
FEATURE_RELIANCE = 0.16
#: Shares of the archetypes, and how much more frail each is (methods guide, section 2). The lost
#: are the most frail and the sure the least, so that response is not monotone in risk.
ARCHETYPE_SHARES = (0.60, 0.15, 0.20, 0.05)
ARCHETYPE_FRAILTY = (-0.25, 0.35, 0.55, -0.1)


@dataclass(frozen=True)
class Population:
    """Traits of a chunk of customers, one entry each.

    Parameters
    ----------
    signup_s
        Sign-up in seconds since 1970; `signup_day` counts from the start of the simulation.
    rate
        Own active days a week while engaged.
    frailty
        Standing inclination to drift away (`u`).
    complains
        Propensity to speak up when frustrated (`c`), between 0 and 1.
    exposure
        Multiplier of the friction met a visit.
    sensitivity
        Multiplier of the frustration that trouble causes.
    fade
        Weekly factor of activity while at risk.
    tastes
        Cumulated shares of the features used; shape (customers, features).
    relies_on
        Whether a feature matters to the customer; shape (customers, features).
    archetype
        How contact is answered.
    hesitant
        Would be at risk from the first day, as a newcomer.
    rest_day
        Start of a seasonal customer's yearly rest; beyond any day for the others.
    plan, seats, discount
        First plan, seats, and the factor on the list price; plan -1 where nothing recurs.
    billed_on_day, billed_in_month, annual, prepaid
        How the subscription is paid.
    user_shares, users_leave_after
        What each user does of the activity, and the weeks at risk after which the user is gone;
        shape (customers, users).
    habits
        What they do otherwise than others without meaning to leave.
    """

    first: int
    signup_s: Ints
    signup_day: Ints
    rate: Floats
    frailty: Floats
    complains: Floats
    exposure: Floats
    sensitivity: Floats
    fade: Floats
    archetype: Ints
    tastes: Floats
    relies_on: Flags
    rest_day: Ints
    segment: Ints
    region: Ints
    channel: Ints
    plan: Ints
    seats: Ints
    discount: Floats
    annual: Flags
    prepaid: Flags
    billed_on_day: Ints
    billed_in_month: Ints
    spend: Floats
    hesitant: Flags
    user_shares: Floats
    users_leave_after: Floats
    habits: Habits

    @property
    def size(self) -> int:
        """Number of customers."""
        return len(self.rate)

    def take(self, who: Ints) -> Population:
        """Return some of the customers."""
        apart = {"first", "habits"}
        traits = [declared.name for declared in fields(self) if declared.name not in apart]
        taken = {name: getattr(self, name)[who] for name in traits}
        return replace(self, habits=self.habits.take(who), **taken)

    def monthly_price(self, preset: Preset, plan: Ints) -> Floats:
        """Return what each customer pays a month on these plans, before any price rise."""
        if preset.billing is None:
            return np.zeros(self.size)
        extra_seats = 1 + 0.12 * np.minimum(self.seats - 1, 40)
        list_price = np.array(preset.billing.prices)[plan]
        price: Floats = np.round(list_price * self.discount * extra_seats, 2)
        return price


def draw_population(
    plan: SimulationPlan, chunk: CustomerChunk, rng: np.random.Generator
) -> Population:
    """Draw the customers of a chunk.

    Rates follow a gamma law and lean against frailty; plan, segment and channel explain only a
    part of either, as in a real company.
    """
    preset, n = plan.preset, chunk.size
    rate_normal, own, wealth = rng.standard_normal((3, n))
    lean = RATE_FRAILTY_CORRELATION
    channel = _pick(preset.words.channel_shares, n, rng)
    frailty = FRAILTY_SD * (lean * rate_normal + np.sqrt(1 - lean**2) * own)
    frailty += np.array([0.15, -0.2, 0.0, -0.05])[channel % 4]
    archetype = _pick(ARCHETYPE_SHARES, n, rng)
    frailty += np.array(ARCHETYPE_FRAILTY)[archetype]
    signup_s = _signups(plan, n, rng)
    tastes = rng.standard_gamma(0.7, size=(n, len(preset.words.features))) + 1e-9
    tastes /= tastes.sum(axis=1, keepdims=True)
    rhythm = preset.rhythm
    fade = 2.0 ** (-1.0 / rng.uniform(*rhythm.fade_half_life_weeks, size=n))
    shape = rhythm.rate_shape
    spread = preset.purchase_sd
    rests = rng.random(n) < rhythm.seasonal_share
    plan_number, seats, discount, annual, prepaid = _subscription(
        preset, 0.5 * rate_normal + 0.45 * wealth, rng
    )
    users = chunk.rng(Stream.USERS)
    return Population(
        first=chunk.first,
        signup_s=signup_s,
        signup_day=(signup_s - plan.start_s) // DAY_S,
        rate=gammaincinv(shape, ndtr(rate_normal)) * rhythm.active_days_per_week / shape,
        frailty=frailty,
        complains=expit(-1.2 + rng.standard_normal(n)),
        exposure=rng.standard_gamma(4.0, n) / 4.0,
        sensitivity=np.exp(preset.trouble.sensitivity_sd * rng.standard_normal(n)),
        fade=fade,
        archetype=archetype,
        tastes=np.cumsum(tastes, axis=1),
        relies_on=tastes > FEATURE_RELIANCE,
        rest_day=np.where(rests, rng.integers(plan.weeks * 7, size=n), NO_DAY),
        segment=_pick(preset.words.segment_shares, n, rng),
        region=_pick(preset.words.region_shares, n, rng),
        channel=channel,
        billed_on_day=rng.integers(1, 29, size=n),
        billed_in_month=rng.integers(1, 13, size=n),
        spend=preset.purchase_amount * np.exp(spread * wealth - spread**2 / 2),
        hesitant=rng.random(n) < preset.hazards.newcomers_at_risk,
        plan=plan_number,
        seats=seats,
        discount=discount,
        annual=annual,
        prepaid=prepaid,
        user_shares=draw_user_shares(seats, users),
        users_leave_after=draw_weeks_until_they_leave(fade, users),
        habits=draw_habits(plan, n, chunk.rng(Stream.HABITS)),
    )


def _subscription(
    preset: Preset, standing: Floats, rng: np.random.Generator
) -> tuple[Ints, Ints, Floats, Flags, Flags]:
    """Return plan, seats, discount, and whether it is billed once a year or topped up."""
    n = len(standing)
    if preset.billing is None:
        never = np.zeros(n, dtype=bool)
        return np.full(n, -1), np.ones(n, dtype=np.int64), np.ones(n), never, never
    score = standing + 0.75 * rng.standard_normal(n)
    seats = np.maximum(1, np.round(np.exp(1.2 + 0.5 * score))).astype(np.int64)
    cuts = np.quantile(score, np.cumsum(preset.billing.plan_shares)[:-1])
    plan = np.searchsorted(cuts, score).astype(np.int64)
    discount = rng.choice([1.0, 0.9, 0.8], p=[0.7, 0.2, 0.1], size=n)
    annual = rng.random(n) < preset.billing.annual_share
    prepaid = ~annual & (rng.random(n) < preset.billing.prepaid_share)
    return plan, seats, discount, annual, prepaid


def _signups(plan: SimulationPlan, n: int, rng: np.random.Generator) -> Ints:
    """Most customers were there before the start; the rest come evenly over the period."""
    before = rng.exponential(FIRM_TENURE_DAYS, size=n) + 14
    within = rng.uniform(0, plan.days, size=n)
    day = np.where(rng.random(n) < plan.preset.new_share, within, -before)
    second = np.floor(day).astype(np.int64) * DAY_S + rng.integers(6 * 3600, 20 * 3600, size=n)
    return plan.start_s + second


def _pick(shares: tuple[float, ...], n: int, rng: np.random.Generator) -> Ints:
    return np.searchsorted(np.cumsum(shares)[:-1], rng.random(n)).astype(np.int64)
