"""What a simulated company has tried before: actions, and campaigns that used them."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.domain.profiles.profile import NO_ACTION
from analytics.simulation.hidden import Driver
from analytics.simulation.presets.checks import is_share, no_negative


@dataclass(frozen=True)
class TriedAction:
    """One action of past campaigns.

    Parameters
    ----------
    answers
        How well it answers each cause of drifting away, from 0 to 1; a cause not named, not at all.
    intrusive
        How far it disturbs those who should not be disturbed, from 0 to 1.
    relief
        Share of the latent frustration that it takes away from those whom it reaches.
    """

    name: str
    answers: tuple[tuple[Driver, float], ...]
    cost: float
    intrusive: float = 1.0
    relief: float = 0.0

    def __post_init__(self) -> None:
        """Refuse shares outside 0 to 1."""
        for name in ("intrusive", "relief"):
            is_share(f"action {self.name}", name, getattr(self, name))
        for driver, share in self.answers:
            is_share(f"action {self.name}", driver.name.lower(), share)
        no_negative(f"action {self.name}", self)


@dataclass(frozen=True)
class Campaigns:
    """Two campaigns of the past: one randomised, one aimed at those who looked worst.

    Parameters
    ----------
    randomised_at, confounded_at
        When each starts, as shares of the simulated period; 0 for never.
    reached_share
        Share of the customers that the randomised campaign includes.
    holdout_share
        Share of those included who are left alone; the others are split evenly over the actions.
    horizon_weeks
        Weeks after which what came of it is noted as truth.
    strength
        Change of the weekly log-odds of drifting away, for a persuadable customer whose cause the
        action answers fully; half of it is left after `half_life_weeks`.
    disturbance
        The same for a customer who should not have been disturbed, upwards.
    """

    actions: tuple[TriedAction, ...] = ()
    randomised_at: float = 0.4
    confounded_at: float = 0.6
    reached_share: float = 0.3
    holdout_share: float = 0.2
    horizon_weeks: int = 17
    strength: float = 3.5
    disturbance: float = 1.8
    half_life_weeks: float = 10.0

    def __post_init__(self) -> None:
        """Refuse shares outside 0 to 1 and negative numbers."""
        for name in ("randomised_at", "confounded_at", "reached_share", "holdout_share"):
            is_share("the campaigns", name, getattr(self, name))
        no_negative("the campaigns", self)

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms, being left alone first."""
        return (NO_ACTION, *(action.name for action in self.actions))
