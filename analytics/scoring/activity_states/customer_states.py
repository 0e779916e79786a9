"""Every customer's state and the date it began, by looking at the end of each past week.

Each look compares only the weeks up to it, but by today's rhythm: how long a silence means
something, the usual gap, and whether the rhythm is clear are those of the date, at every look.
Nothing after the date is used. A fall that all customers share lowers what is expected of each, and
weeks in which the fleet stayed away do not count as silence: a holiday makes nobody fading, dormant
or gone. Who is silent is never engaged or recovered, and who is dormant stays so until active.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr

from analytics.domain.customer.state import (
    DORMANT_BY,
    DORMANT_FROM,
    DORMANT_USUAL_GAPS,
    FADING_AT,
    FADING_ENDS_AT,
    RECOVERING_WEEKS,
)
from analytics.domain.customer.state import CustomerState as State
from analytics.scoring.activity_states.own_baseline import (
    RECENT_WEEKS,
    Baseline,
    baseline,
    fleet_move,
)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

LOOKS = 26
#: A fall must be rarer than this by chance alone, and there must be something to fall from.
_CHANCE, _LEAST_EXPECTED_DAYS = 0.05, 2.0
_RECENT_DAYS = 7 * RECENT_WEEKS
#: Below this share of its usual, the fleet stayed away in a week.
_AWAY_BELOW = 0.75
_STATES = tuple(State)
_CODE = {state: code for code, state in enumerate(_STATES)}


@dataclass(frozen=True)
class Silence:
    """How silent each customer is today, and by today's rhythm which silence means something.

    Parameters
    ----------
    days
        Days since the last activity; NaN for who was never active.
    lapse_days
        A longer silence is one that the own rhythm does not explain.
    usual_gap_days
        Days between active days.
    clear
        The rhythm is known well enough to tell.
    """

    days: Floats
    lapse_days: Floats
    usual_gap_days: Floats
    clear: Flags

    @property
    def dormant_days(self) -> Floats:
        """A longer silence is dormant, as `STATE_MEANINGS` says.

        Were there no most, a rare visitor would go from engaged to silently churned at one blow.
        """
        # One visit in 50 is followed by a longer gap.
        gaps = DORMANT_USUAL_GAPS * np.nan_to_num(self.usual_gap_days)
        least = np.maximum(DORMANT_FROM * self.lapse_days, gaps)
        return np.floor(np.minimum(least, DORMANT_BY * self.lapse_days))


@dataclass(frozen=True)
class States:
    """The state of every customer today.

    Parameters
    ----------
    state
        Values of `CustomerState`.
    days_ago
        Days since the state began; at least, where `reaches_back`.
    reaches_back
        The state was there at the oldest look already.
    now
        What today was held against.
    """

    state: npt.NDArray[np.str_]
    days_ago: Floats
    reaches_back: Flags
    now: Baseline


def customer_states(
    days: npt.NDArray[np.int8], known_days: Floats, silence: Silence, ended: Flags
) -> States:
    """Return every customer's state.

    Parameters
    ----------
    days
        Active days by customer and week, the latest week first.
    known_days
        Days since the customer was first known; 0 for who was first known today.
    """
    known_weeks = np.floor((known_days + 1) / 7)
    looks = min(LOOKS, max(int(known_weeks.max(initial=0)), 1), days.shape[1])
    away = _away_shares(days, known_weeks, looks + RECENT_WEEKS)
    state = np.full(len(days), -1)
    began = np.zeros(len(days), dtype=np.int64)
    last_gone = np.full(len(days), np.inf)
    now = baseline(days, known_weeks, 0)
    for look in range(looks - 1, -1, -1):
        seen = now if look == 0 else baseline(days, known_weeks, look)
        silent = _silent_days(days, silence, away, look)
        if look > 0:  # nobody was silent before the first day
            silent = np.minimum(silent, np.maximum(known_days - 7 * look, 0.0))
        was_gone = (state == _CODE[State.DORMANT]) | (state == _CODE[State.SILENTLY_CHURNED])
        # A long silence lowers the usual, and with it what is expected: that is no return.
        still_gone = was_gone & (days[:, look] == 0)
        found = _look(seen, silent, silence, state == _CODE[State.FADING], still_gone)
        gone = (found == _CODE[State.DORMANT]) | (found == _CODE[State.SILENTLY_CHURNED])
        last_gone = np.where(gone, look, last_gone)
        back = (found == _CODE[State.ENGAGED]) & (last_gone - look <= RECOVERING_WEEKS)
        # Four weeks that hold the silence itself say nothing of how the return goes.
        back |= (found == _CODE[State.FADING]) & (last_gone - look < RECENT_WEEKS)
        found = np.where(back, _CODE[State.RECOVERED], found)
        began = np.where(found == state, began, look)
        state = found
    state = np.where(ended, _CODE[State.ENDED], state)
    since = np.minimum(_began_days_ago(state, began, silence), np.maximum(known_days, 0))
    return States(np.array(_STATES)[state], since, (began == looks - 1), now)


def _look(
    seen: Baseline, silent: Floats, silence: Silence, was_fading: Flags, still_gone: Flags
) -> Codes:
    """Return the codes of one look, not yet telling the recovered from the engaged."""
    expected = seen.expected
    chance = bdtr(seen.recent, _RECENT_DAYS, np.clip(expected / _RECENT_DAYS, 0.0, 1.0))
    fell = (seen.recent <= FADING_AT * expected) & (chance <= _CHANCE)
    fell |= was_fading & (seen.recent < FADING_ENDS_AT * expected)
    fell &= expected >= _LEAST_EXPECTED_DAYS
    stopped = (silent > silence.dormant_days) | (fell & (seen.recent == 0)) | still_gone
    unclear = np.isnan(seen.usual) | ~silence.clear
    # Not one visit in four weeks, which for one so rarely here may be chance: nobody can tell.
    too_rare = (seen.recent == 0) & (silent >= _RECENT_DAYS)
    return np.select(
        [
            silent > silence.lapse_days,
            unclear,
            stopped,
            fell,
            too_rare,
        ],
        [
            _CODE[State.SILENTLY_CHURNED],
            _CODE[State.UNCLEAR],
            _CODE[State.DORMANT],
            _CODE[State.FADING],
            _CODE[State.UNCLEAR],
        ],
        default=_CODE[State.ENGAGED],
    )


def _away_shares(days: npt.NDArray[np.int8], known_weeks: Floats, weeks: int) -> Floats:
    """Return for each of the last weeks how much of it the fleet stayed away; 0 in most."""
    shares = np.zeros(min(weeks, days.shape[1]))
    for week in range(len(shares)):
        seen = baseline(days, known_weeks, week)
        this_week = RECENT_WEEKS * days[:, week].astype(np.float64)
        move = fleet_move(days, this_week, seen.usual, week)
        shares[week] = 1 - move if move < _AWAY_BELOW else 0.0
    return shares


def _silent_days(days: npt.NDArray[np.int8], silence: Silence, away: Floats, look: int) -> Floats:
    """Return the days of silence at a look, without the time in which the fleet stayed away.

    Today they are exact; at past looks they are whole weeks. Who was never active is not silent.
    """
    active = days[:, look:] > 0
    whole_weeks = np.where(active.any(axis=1), active.argmax(axis=1), active.shape[1])
    silent = silence.days if look == 0 else 7.0 * whole_weeks
    lost = np.concatenate([[0.0], np.cumsum(7 * away[look:])])
    counted = np.nan_to_num(silent) - lost[np.minimum(whole_weeks, len(lost) - 1)]
    return np.where(np.isnan(silence.days), 0.0, np.maximum(counted, 0.0))


def _began_days_ago(state: Codes, began: Codes, silence: Silence) -> Floats:
    """Return how long ago a state began: to the day for silences, to the week for the others."""
    by_week = 7.0 * began
    past = silence.days - silence.dormant_days
    return np.select(
        [state == _CODE[State.SILENTLY_CHURNED], state == _CODE[State.DORMANT]],
        [
            np.maximum(silence.days - silence.lapse_days - 1, 0.0),
            np.where(past > 0, past - 1, by_week),
        ],
        default=by_week,
    )
