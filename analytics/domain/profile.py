"""A profile: what counts as activity in one kind of business, and what we assume about money."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from analytics.errors import BadInput, UsageError

SHIPPED_PROFILES = ("saas", "retail", "telecom", "learning")


@dataclass(frozen=True)
class Action:
    """Something a team can do for a customer.

    Parameters
    ----------
    contact_cost
        Cost of doing it once, in the profile's currency, whether or not it helps.
    offer_cost
        Cost when the customer accepts (a discount, say).
    accept_rate
        Share of contacted customers who take the offer.
    save_alpha, save_beta
        Beta prior of the save rate: the share of would-be churners who stay because of it.
        An assumption until a campaign with a holdout has measured it.
    minutes
        Working time of one contact.
    themes
        Reason themes that it answers; empty answers any.
    """

    name: str
    label: str
    description: str
    contact_cost: float
    offer_cost: float
    accept_rate: float
    save_alpha: float
    save_beta: float
    minutes: float
    team: str
    themes: tuple[str, ...] = ()

    @property
    def assumed_save_rate(self) -> float:
        """Mean of the prior."""
        return self.save_alpha / (self.save_alpha + self.save_beta)


@dataclass(frozen=True)
class Profile:
    """One kind of business.

    Parameters
    ----------
    meaningful_events
        Event types that count as activity of the customer.
    silence_probability
        Chance of so long a silence under the customer's own rhythm; far below the base rate.
    horizon_min_days, horizon_max_days
        Bounds of the personal horizon.
    gap_days
        Days between the observation date and the start of the horizon, kept for acting.
    label
        ``silent``: silence over the own horizon, told from chance. ``no_event``: no activity over a
        fixed horizon (`horizon_max_days`), for activity too sparse to know each rhythm.
    active_within_days
        Under ``no_event``, only customers seen in so many days are scored.
    value_model
        ``subscription`` (monthly revenue) or ``transaction`` (event values).
    margin
        Share of revenue that is earned.
    """

    name: str
    title: str
    meaningful_events: tuple[str, ...]
    value_model: str
    currency: str
    margin: float
    discount_rate_annual: float
    label: str
    silence_probability: float
    horizon_min_days: int
    horizon_max_days: int
    active_within_days: int
    gap_days: int
    min_tenure_days: int
    feature_window_days: int
    early_warning_days: int
    origin_step_days: int
    default_monthly_value: float
    holdout_share: float
    capacity_minutes_per_week: float
    actions: tuple[Action, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot mean anything."""
        _between("horizon_min_days", self.horizon_min_days, 7, 365)
        _between("horizon_max_days", self.horizon_max_days, self.horizon_min_days, 365)
        _between("active_within_days", self.active_within_days, 1, 1000)
        _between("gap_days", self.gap_days, 0, 60)
        _between("silence_probability", self.silence_probability, 1e-6, 0.2)
        _between("margin", self.margin, 0.0, 1.0)
        _between("holdout_share", self.holdout_share, 0.0, 0.5)
        if self.value_model not in {"subscription", "transaction"}:
            raise UsageError(
                f"value_model must be subscription or transaction. Got {self.value_model!r}.",
                rule="profile_valid",
                got=self.value_model,
            )
        if self.label not in {"silent", "no_event"}:
            raise UsageError(
                f"label must be silent or no_event. Got {self.label!r}.",
                rule="profile_valid",
                got=self.label,
            )
        if not self.meaningful_events:
            raise UsageError(
                "meaningful_events must name at least one event type. Got none.",
                rule="profile_valid",
            )


def _between(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise UsageError(
            f"{name} must be between {low} and {high}. Got {value}.",
            rule="profile_valid",
            got=value,
        )


def load_profile(name_or_file: str) -> Profile:
    """Return a shipped profile by name, or one read from a TOML file.

    Raises
    ------
    UsageError
        The name is unknown, or a field is missing, unknown or out of range.
    BadInput
        The file is not TOML.
    """
    if name_or_file in SHIPPED_PROFILES:
        text = (files("analytics.domain") / "profiles" / f"{name_or_file}.toml").read_text("utf-8")
        return parse_profile(text, name=name_or_file)
    path = Path(name_or_file)
    if not path.is_file():
        raise UsageError(
            f"A profile must be one of {', '.join(SHIPPED_PROFILES)} or a TOML file. "
            f"Got {name_or_file!r}.",
            rule="profile_known",
            got=name_or_file,
        )
    return parse_profile(path.read_text("utf-8"), name=path.stem)


def parse_profile(text: str, *, name: str) -> Profile:
    """Read a profile from TOML text."""
    try:
        given: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"A profile must be TOML. Got {name}: {error}.", rule="profile_readable", got=name
        ) from None
    actions = tuple(
        _record(Action, {**one, "themes": tuple(one.get("themes", ()))}, f"{name}: action")
        for one in given.pop("actions", [])
    )
    given["meaningful_events"] = tuple(given.get("meaningful_events", ()))
    profile: Profile = _record(Profile, {"name": name, **given, "actions": actions}, name)
    return profile


def _record(kind: type, given: dict[str, Any], where: str) -> Any:
    known = {one.name for one in fields(kind)}
    optional = {"themes"}
    if extra := sorted(set(given) - known):
        raise UsageError(
            f"Profile {where} may only use {', '.join(sorted(known))}. Got {extra[0]!r}.",
            rule="profile_valid",
            got=extra[0],
        )
    if missing := sorted(known - set(given) - optional):
        raise UsageError(
            f"Profile {where} must set {missing[0]}. Got nothing.",
            rule="profile_valid",
            got=missing[0],
        )
    return kind(**given)
