"""How much is left of what a customer usually does: of visits, and of each visit."""

from __future__ import annotations

import numpy as np

from analytics.simulation.hidden import State
from analytics.simulation.hidden_life.account_users import share_of_users_left
from analytics.simulation.hidden_life.population import Population
from analytics.simulation.hidden_life.states import WeeklyState
from analytics.simulation.hidden_life.world import Floats
from analytics.simulation.presets.build_settings import FadesIn
from analytics.simulation.presets.business import Preset


def visits_left(now: WeeklyState, people: Population, preset: Preset) -> Floats:
    """Return the share of the own visits that is left; 0 after the exit."""
    if preset.build.fades_in is FadesIn.SESSIONS:
        there: Floats = (_acting(now) < State.GONE_SILENTLY).astype(np.float64)
        return there
    return _left(now, people, preset)


def depth_left(now: WeeklyState, people: Population, preset: Preset) -> Floats:
    """Return the share that is left of what a customer usually does in a visit."""
    if preset.build.fades_in is FadesIn.SESSIONS:
        return _left(now, people, preset)
    return np.ones(people.size)


def _left(now: WeeklyState, people: Population, preset: Preset) -> Floats:
    rhythm, acting = preset.rhythm, _acting(now)
    faded = _left_at_risk(now, people, preset)
    return np.select(
        [acting == State.ENGAGED, acting == State.AT_RISK, acting == State.DORMANT],
        [1.0, np.maximum(faded, rhythm.dormant_factor), rhythm.dormant_factor],
        default=0.0,
    )


def _left_at_risk(now: WeeklyState, people: Population, preset: Preset) -> Floats:
    if preset.build.fades_in is FadesIn.USERS:
        return share_of_users_left(people.user_shares, people.users_leave_after, now.weeks_at_risk)
    faded: Floats = preset.rhythm.at_risk_factor * people.fade**now.weeks_at_risk
    return faded


def _acting(now: WeeklyState) -> Floats:
    """Return the state until the day of the exit."""
    return np.where(now.stays, now.state, now.state_before)
