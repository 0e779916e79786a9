"""A profile: what counts as activity in one kind of business, and what we assume about money."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

from analytics.domain.theme_words import REASON_THEMES, RECENCY
from analytics.errors import BadInput, UsageError

#: What a customer for whom nothing pays is recommended.
NO_ACTION = "none"
_ACTION_RANGES = (
    ("contact_cost", 0.0, 1e9),
    ("offer_cost", 0.0, 1e9),
    ("accept_rate", 0.0, 1.0),
    ("save_alpha", 1e-3, 1e6),
    ("save_beta", 1e-3, 1e6),
    ("minutes", 0.0, 1e5),
)

#: Themes of features that reasons have under another name: the rhythm is part of the silence.
_FORMER_THEMES = {"regularity": RECENCY}

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
        Reason themes that it answers, of `REASON_THEMES`; empty answers any.
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

    def __post_init__(self) -> None:
        """Refuse what cannot mean anything."""
        if self.name in {"", NO_ACTION}:
            raise UsageError(
                f"An action's name must not be empty or {NO_ACTION}. Got {self.name!r}.",
                rule="profile_valid",
                got=self.name,
            )
        for theme in self.themes:
            _must_be_a_theme(theme, self.name)
        for name, low, high in _ACTION_RANGES:
            _between(f"{name} of the action {self.name}", getattr(self, name), low, high)

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
        _between("discount_rate_annual", self.discount_rate_annual, 0.0, 1.0)
        _between("default_monthly_value", self.default_monthly_value, 0.0, 1e9)
        _between("capacity_minutes_per_week", self.capacity_minutes_per_week, 0.0, 1e9)
        _between("min_tenure_days", self.min_tenure_days, 0, 1000)
        _between("early_warning_days", self.early_warning_days, 1, 365)
        _between("origin_step_days", self.origin_step_days, 1, 365)
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
        if not self.actions:
            raise UsageError(
                "A profile must have at least one action. Got none.", rule="profile_valid"
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


def _must_be_a_theme(theme: str, action: str) -> None:
    """Refuse a theme that no reason can have: the action would answer nothing, without a word."""
    if theme in REASON_THEMES:
        return
    meant = _FORMER_THEMES.get(theme) or next(iter(get_close_matches(theme, REASON_THEMES)), "")
    raise UsageError(
        f"themes of the action {action} must be of {', '.join(REASON_THEMES)}. Got {theme!r}"
        f"{f'; {meant} may be meant' if meant else ''}.",
        rule="profile_valid",
        got=theme,
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
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadInput(
            f"A profile must be a readable UTF-8 file. Got {path.name}.",
            rule="profile_readable",
            got=path.name,
        ) from None
    return parse_profile(text, name=path.stem)


def parse_profile(text: str, *, name: str) -> Profile:
    """Read a profile from TOML text."""
    try:
        given: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"A profile must be TOML. Got {name}: {error}.", rule="profile_readable", got=name
        ) from None
    listed = given.pop("actions", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise UsageError(
            f"Profile {name} must list its actions as [[actions]]. Got {listed!r}.",
            rule="profile_valid",
            got=listed,
        )
    actions = tuple(_record(Action, {"themes": [], **one}, f"{name}: action") for one in listed)
    profile: Profile = _record(Profile, {"name": name, **given}, name, actions=actions)
    return profile


def _record(kind: type, given: dict[str, Any], where: str, **made: Any) -> Any:
    """Make a record of what a file gives, with the parts already made."""
    wanted = {one.name: str(one.type) for one in fields(kind) if one.name not in made}
    if extra := sorted(set(given) - set(wanted)):
        raise UsageError(
            f"Profile {where} may only use {', '.join(sorted(wanted))}. Got {extra[0]!r}.",
            rule="profile_valid",
            got=extra[0],
        )
    if missing := sorted(set(wanted) - set(given)):
        raise UsageError(
            f"Profile {where} must set {missing[0]}. Got nothing.",
            rule="profile_valid",
            got=missing[0],
        )
    typed = {name: _typed(given[name], form, f"{where}: {name}") for name, form in wanted.items()}
    return kind(**typed, **made)


_FORMS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "tuple[str, ...]": "a list of texts",
}


def _typed(value: Any, form: str, where: str) -> Any:
    """Return a TOML value as the record's field has it; `form` is the field's annotation."""
    if form == "str" and isinstance(value, str):
        return value
    if form == "int" and type(value) is int:
        return value
    if form == "float" and type(value) in {int, float}:
        return float(value)
    texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    if form.startswith("tuple") and texts:
        return tuple(value)
    raise UsageError(
        f"Profile {where} must be {_FORMS[form]}. Got {value!r}.", rule="profile_valid", got=value
    )
