"""Contacts of the past and what came of them, also of those that were not made.

At a contact every customer of a campaign is copied once for each action that could have been
taken; all copies live on under the same chance. The copy of the action that was taken is the life
that the company recorded, the others are its potential outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.simulation.hidden import Archetype, Driver, State
from analytics.simulation.hidden_life.life import live_a_week
from analytics.simulation.hidden_life.noise import Noise
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.world import NO_DAY, Flags, Floats, Ints, World
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.campaign_settings import Campaigns, TriedAction
from analytics.simulation.presets.plan import DAY_S, SimulationPlan, Week

RANDOMISED, CONFOUNDED = "winter_outreach", "rescue_calls"
CAMPAIGN_TENURE_DAYS = 28
QUIET_DAYS = 10
#: Share of a cause's answer that also reaches customers without any clear cause.
WITHOUT_CAUSE = 0.3


@dataclass(frozen=True)
class Contacts:
    """One campaign's decisions; tables of equally long arrays.

    Parameters
    ----------
    who
        Customers included, by their number in the chunk.
    arm
        Number of the arm of each: 0 for left alone.
    propensity
        Probability of that arm; NaN where nobody drew lots.
    at_s
        When.
    """

    name: str
    randomised: bool
    who: Ints
    arm: Ints
    propensity: Floats
    at_s: Ints


def planned(plan: SimulationPlan, number: int) -> str:
    """Return the campaign that starts in a week; empty for none."""
    settings = plan.preset.campaigns
    for name, share in ((RANDOMISED, settings.randomised_at), (CONFOUNDED, settings.confounded_at)):
        if settings.actions and share and number == max(1, round(share * plan.weeks)):
            return name
    return ""


def decide(
    name: str,
    now: WeeklyState,
    people: Population,
    quiet_days: Floats,
    done_before: Flags,
    plan: SimulationPlan,
    week: Week,
    rng: np.random.Generator,
) -> Contacts:
    """Choose whom a campaign includes, and what each is offered.

    The randomised one draws lots. The other calls those who look worst, as a team without a model
    does; what it seems to do is mostly what they would have done anyway.

    Parameters
    ----------
    quiet_days
        Days since each customer's last recorded visit.
    done_before
        Customers of an earlier campaign, who are left out.
    """
    settings = plan.preset.campaigns
    n = people.size
    open_account = now.exit_day == NO_DAY
    open_account |= now.state == State.GONE_SILENTLY  # nobody knows
    there = open_account & (now.paused_weeks == 0) & ~done_before
    there &= people.signup_day < week.first_day - CAMPAIGN_TENURE_DAYS
    draw, lot = rng.random((2, n))
    if name == RANDOMISED:
        who = np.flatnonzero(there & (draw < settings.reached_share))
        shares = _arm_shares(settings)
        arm = np.searchsorted(np.cumsum(shares)[:-1], lot[who]).astype(np.int64)
        propensity = np.array(shares)[arm]
    else:
        worst = np.where(quiet_days > QUIET_DAYS, 0.35, 0.02)
        who = np.flatnonzero(there & (draw < worst))
        arm = np.full(len(who), len(settings.actions), dtype=np.int64)
        propensity = np.full(len(who), np.nan)
    hour_s = rng.integers(9 * 3600, 17 * 3600, size=len(who))
    at_s = week.start_s + week.first_day * DAY_S + hour_s
    return Contacts(name, name == RANDOMISED, who, arm, propensity, at_s)


def _arm_shares(settings: Campaigns) -> tuple[float, ...]:
    each = (1 - settings.holdout_share) / len(settings.actions)
    return (settings.holdout_share, *(each for _ in settings.actions))


def contact(
    now: WeeklyState, people: Population, preset: Preset, who: Ints, action: TriedAction
) -> None:
    """Let an action work on some customers: it keeps the persuadable whose cause it answers."""
    settings = preset.campaigns
    answers = dict(action.answers)
    by_driver = np.array([answers.get(driver, 0.0) for driver in Driver])
    by_driver[Driver.NONE] = WITHOUT_CAUSE * by_driver.max()
    fits = by_driver[now.driver[who]]
    archetype = people.archetype[who]
    push = np.where(archetype == Archetype.PERSUADABLE, -settings.strength * fits, 0.0)
    woken = archetype == Archetype.DO_NOT_DISTURB
    push += np.where(woken, settings.disturbance * action.intrusive, 0.0)
    now.push[who] += push
    reached = (archetype == Archetype.PERSUADABLE) & (fits > 0)
    now.frustration[who] *= np.where(reached, 1.0 - action.relief, 1.0)


class OtherLives:
    """The lives of a campaign's customers under every arm, lived beside the recorded one."""

    def __init__(
        self, contacts: Contacts, now: WeeklyState, people: Population, preset: Preset, week: Week
    ) -> None:
        self.contacts = contacts
        self.until_week = week.number + preset.campaigns.horizon_weeks
        self._people = people.take(contacts.who)
        self.lives = [now.take(contacts.who)]
        everyone = np.arange(len(contacts.who))
        for action in preset.campaigns.actions:
            life = now.take(contacts.who)
            contact(life, self._people, preset, everyone, action)
            self.lives.append(life)

    def live(self, world: World, plan: SimulationPlan, week: Week, noise: Noise) -> None:
        """Live through a week under every arm."""
        mine = noise.take(self.contacts.who)
        for life in self.lives:
            live_a_week(life, self._people, world, plan, week, mine)


def outcome_rows(other: OtherLives, arms: tuple[str, ...], week: Week) -> dict[str, Ints]:
    """Return one row a customer and arm: the state at the end of the horizon's last week, and
    whether it is the one that was lived."""
    contacts = other.contacts
    states = [life.state_before_day(week.end_day) for life in other.lives]
    exits = [np.where(life.exit_day < week.end_day, life.exit_day, NO_DAY) for life in other.lives]
    n = len(contacts.who)
    return {
        "customer": np.tile(contacts.who, len(arms)),
        "arm": np.repeat(np.arange(len(arms)), n),
        "assigned": np.concatenate([contacts.arm == arm for arm in range(len(arms))]),
        "state": np.concatenate(states),
        "exit_day": np.concatenate(exits),
    }
