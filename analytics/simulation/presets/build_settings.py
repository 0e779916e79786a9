"""How a business is built inside, where that is not the usual way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analytics.simulation.presets.checks import is_share, no_negative


class FadesIn(StrEnum):
    """What shrinks while a customer drifts away."""

    VISITS = "visits"
    SESSIONS = "sessions"
    USERS = "users"


@dataclass(frozen=True)
class Build:
    """What sets a simulated business apart from the usual one of its preset.

    Parameters
    ----------
    name
        Empty for the usual build.
    title
        What is different, in a few words.
    fades_in
        Visits that grow rare, sessions in which less and less is done, or users, who go one by one.
    habit_strength
        Share of a customer's week that falls on their own usual weekday; 0 for no such habit.
    moving_share
        Share of customers whose usual weekday becomes another one day, for good.
    two_mode_share
        Share of customers who have quiet and busy spells in turn.
    quiet_level, spell_weeks
        Activity in a quiet spell as a share of the usual, and mean length of a spell.
    absence_tail
        Exponent of the Pareto law of the weeks of an absence; 0 for absences of a few weeks.
    """

    name: str = ""
    title: str = ""
    fades_in: FadesIn = FadesIn.VISITS
    habit_strength: float = 0.0
    moving_share: float = 0.0
    two_mode_share: float = 0.0
    quiet_level: float = 0.3
    spell_weeks: float = 8.0
    absence_tail: float = 0.0

    def __post_init__(self) -> None:
        """Refuse rates below zero and shares outside 0 to 1."""
        no_negative(f"build {self.name}", self)
        for name in ("habit_strength", "moving_share", "two_mode_share", "quiet_level"):
            is_share(f"build {self.name}", name, getattr(self, name))


USUAL_BUILD = Build()
