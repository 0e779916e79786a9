"""The customer's state as columns of the customers table, with a sentence of its numbers."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.state import CustomerState
from analytics.domain.event_log.local_days import local_day, start_of_day
from analytics.domain.profiles.profile import Profile
from analytics.domain.words.prose import day_in_prose
from analytics.features.rhythm import Rhythm
from analytics.features.weekly_activity import WeeklyActivity
from analytics.modelling.observing.observations import Snapshot
from analytics.scoring.activity_states.customer_states import Silence, States, customer_states
from analytics.scoring.activity_states.own_baseline import RECENT_WEEKS

#: A move of all customers, or of last year's weeks, below this is not worth a word.
_WORTH_SAYING = 0.02
_RECENT_DAYS = 7 * RECENT_WEEKS


def state_columns(
    snapshot: Snapshot, activity: WeeklyActivity, people: pd.DataFrame, profile: Profile
) -> pd.DataFrame:
    """Return customer_state, state_since, state_reason and the usual and expected active days.

    Parameters
    ----------
    people
        The landed customers, in the snapshot's order, with `ended_at`.
    """
    features = snapshot.features
    silence = silence_of(snapshot.rhythm, features, profile)
    tenure = features["tenure_days"].fillna(1).to_numpy(dtype=np.float64)
    found = customer_states(
        activity.days[features.index.to_numpy()],
        np.maximum(tenure - 1, 0.0),  # the tenure counts the first day, too
        silence,
        snapshot.ended,
    )
    zone = profile.zone_of_days
    today = snapshot.observation_date
    since = [today - timedelta(days=int(days)) for days in found.days_ago]
    since = [
        local_day(end, zone) if state == CustomerState.ENDED and not pd.isna(end) else day
        for state, end, day in zip(found.state, people["ended_at"], since, strict=True)
    ]
    return pd.DataFrame(
        {
            "customer_state": found.state,
            "state_since": _starts(since, zone).set_axis(features.index),
            "state_reason": _sentences(found, since, silence, profile),
            "usual_active_days_28d": found.now.usual,
            "expected_active_days_28d": found.now.expected,
        },
        index=features.index,
    )


def _starts(days: list[date], zone: str) -> pd.Series:
    """Return the moments at which days begin, each day looked up once."""
    starts = {day: start_of_day(day, zone) for day in set(days)}
    return pd.Series(pd.to_datetime([starts[day] for day in days], utc=True))


def silence_of(rhythm: Rhythm, features: pd.DataFrame, profile: Profile) -> Silence:
    """Return whose silence would mean what, the way the profile's label asks."""
    if profile.label == "no_event":
        lapse = np.full(len(features), float(profile.longest_active_silence_days))
    else:
        rare = np.where(rhythm.lapsed, float(profile.horizon_max_days), np.inf)
        lapse = np.where(rhythm.admissible, rhythm.horizon_days, rare)
    gap = features["mean_gap_days"].to_numpy(dtype=np.float64)
    return Silence(rhythm.silent_days, lapse, gap, rhythm.admissible)


def _sentences(
    found: States, since: list[date], silence: Silence, profile: Profile
) -> npt.NDArray[np.object_]:
    now, by_rhythm = found.now, profile.label != "no_event"
    texts = [
        _sentence(
            CustomerState(state),
            day_in_prose(day),
            reaches_back=back,
            numbers=numbers,
            by_rhythm=by_rhythm,
        )
        + (_compared(now.fleet, season) if _needs_comparison(state, numbers[0]) else "")
        for state, day, back, numbers, season in zip(
            found.state,
            since,
            found.reaches_back,
            zip(now.recent, now.usual, silence.days, silence.lapse_days, strict=True),
            now.season,
            strict=True,
        )
    ]
    return np.array([f"{text}." for text in texts], dtype=object)


def _sentence(
    state: CustomerState,
    day: str,
    *,
    reaches_back: bool,
    numbers: tuple[float, ...],
    by_rhythm: bool,
) -> str:
    """Say a state; a silence is measured by the own rhythm, or by the profile where it says so."""
    recent, usual, silent, lapse = numbers
    since = f"{state.label} since {'at least ' if reaches_back else ''}{day}"
    active = f"active {_days(recent)} in 28 where {usual:.0f} {'is' if usual < 1.5 else 'are'}"
    match state:
        case CustomerState.FADING:
            return f"{since}: {active} usual"
        case CustomerState.ENGAGED | CustomerState.RECOVERED:
            return f"{since}: {active} usual"
        case CustomerState.DORMANT:
            within = "the own rhythm explains up to" if by_rhythm else "a customer lapses after"
            return f"{state.label} since {day}: silent for {_days(silent)}; {within} {lapse:.0f}"
        case CustomerState.SILENTLY_CHURNED:
            most = "that the own rhythm explains" if by_rhythm else "after which a customer lapses"
            return (
                f"{state.label} since {day}: silent for {_days(silent)}, longer than the "
                f"{lapse:.0f} {most}"
            )
        case CustomerState.ENDED:
            return f"Left on {day}, with a record"
        case _ if silent >= _RECENT_DAYS and recent == 0 and usual >= 0.5:
            return (
                f"Comes too rarely to tell a pause of {_days(silent)} from fading: {active} usual"
            )
        case _:
            return "Too new, or too rarely active, for a change to mean anything"


def _needs_comparison(state: str, recent: float) -> bool:
    """Return whether the numbers are told only by how all customers moved, as in a holiday."""
    return state == CustomerState.FADING or (state == CustomerState.ENGAGED and recent == 0)


def _compared(fleet: float, season: float) -> str:
    """Return how all customers moved together, and what last year's same weeks explain."""
    move = fleet - 1
    if abs(move) < _WORTH_SAYING:
        together = "; all customers together stayed as usual"
    else:
        together = f"; all customers together {'fell' if move < 0 else 'rose'} {abs(move):.0%}"
    if 1 - season < _WORTH_SAYING:
        return together
    return f"{together}, and the same weeks of last year were {1 - season:.0%} below the usual"


def _days(number: float) -> str:
    return f"{number:.0f} day" if round(number) == 1 else f"{number:.0f} days"
