"""A profile: what counts as activity in one kind of business, and what we assume about money."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from analytics.domain.event_log.local_days import UTC_ZONE, is_zone, nearest_zone
from analytics.domain.words.theme_words import REASON_THEMES, RECENCY
from analytics.errors import UsageError

#: What a customer for whom nothing pays is recommended.
NO_ACTION = "none"
#: Lowest and highest value of each number.
ACTION_RANGES = (
    ("contact_cost", 0.0, 1e9),
    ("offer_cost", 0.0, 1e9),
    ("accept_rate", 0.0, 1.0),
    ("save_alpha", 1e-3, 1e6),
    ("save_beta", 1e-3, 1e6),
    ("minutes", 0.0, 1e5),
)

PROFILE_RANGES = (
    ("active_within_days", 1, 1000),
    ("gap_days", 0, 60),
    ("silence_probability", 1e-6, 0.2),
    ("margin", 0.0, 1.0),
    ("holdout_share", 0.0, 0.5),
    ("discount_rate_annual", 0.0, 1.0),
    ("default_monthly_value", 0.0, 1e9),
    ("capacity_minutes_per_week", 0.0, 1e9),
    ("min_tenure_days", 0, 1000),
    ("early_warning_days", 1, 365),
    ("origin_step_days", 1, 365),
)

#: Words that a key may have.
PROFILE_WORDS = {
    "value_model": ("subscription", "transaction"),
    "label": ("silent", "no_event"),
}

#: Themes of features that reasons have under another name: the rhythm is part of the silence.
_FORMER_THEMES = {"regularity": RECENCY}


@dataclass(frozen=True)
class Action:
    """Something a team can do for a customer.

    Parameters
    ----------
    name
        Short name, kept with work and treatments; a treatment's ``action`` is one of these.
    label
        Name shown to people.
    description
        What to do, in a sentence.
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
    team
        Who does it.
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
        for name, low, high in ACTION_RANGES:
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
    name
        Name of the file without its ending; not written in it.
    title
        What the business is, shown to people.
    meaningful_events
        Event types that count as activity of the customer.
    currency
        Currency of all amounts.
    discount_rate_annual
        What money a year from now is worth less.
    default_monthly_value
        Value of a customer a month where nothing tells it.
    min_tenure_days
        Customers younger than this get no risk yet.
    early_warning_days
        Customers seen within so many days are the early warning slice.
    origin_step_days
        Days between the past dates on which models are tested.
    holdout_share
        Share of customers kept out of all actions, so that their effect can be measured.
    capacity_minutes_per_week
        Working time that all teams have for contacts.
    actions
        What a team can do, each an ``[[actions]]`` entry of its own.
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
        Under ``no_event``, only customers seen in so many days are scored, the observation date
        being the last of them.
    value_model
        ``subscription`` (monthly revenue) or ``transaction`` (event values).
    margin
        Share of revenue that is earned.
    zone
        Time zone whose days are the business's days, by its name in the zone database. Not set: the
        zone of the times in the mapping, or UTC where it names none.
        Example: ``zone = "Europe/Berlin"``.
    """

    name: str
    title: str
    meaningful_events: tuple[str, ...]
    value_model: str
    currency: str
    zone: str = field(default="", kw_only=True)
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

    @property
    def zone_of_days(self) -> str:
        """Zone whose days a run counts; UTC where neither the profile nor the data name one."""
        return self.zone or UTC_ZONE

    @property
    def longest_active_silence_days(self) -> int:
        """Most days of silence of a customer who was seen in the `active_within_days`.

        One seen on the observation date itself, silent for 0 days, was seen in the last 1 day.
        """
        return self.active_within_days - 1

    def __post_init__(self) -> None:
        """Refuse what cannot mean anything."""
        _between("horizon_min_days", self.horizon_min_days, 7, 365)
        _between("horizon_max_days", self.horizon_max_days, self.horizon_min_days, 365)
        for name, low, high in PROFILE_RANGES:
            _between(name, getattr(self, name), low, high)
        for name, words in PROFILE_WORDS.items():
            if getattr(self, name) not in words:
                raise UsageError(
                    f"{name} must be {' or '.join(words)}. Got {getattr(self, name)!r}.",
                    rule="profile_valid",
                    got=getattr(self, name),
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
        if self.zone:
            _must_be_a_zone(self.zone)


def _between(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise UsageError(
            f"{name} must be between {low} and {high}. Got {value}.",
            rule="profile_valid",
            got=value,
        )


def _must_be_a_zone(zone: str) -> None:
    if is_zone(zone):
        return
    meant = nearest_zone(zone)
    raise UsageError(
        f"zone must be a name of the time zone database such as Europe/Berlin or UTC. Got {zone!r}"
        f"{f'; {meant} may be meant' if meant else ''}.",
        rule="profile_valid",
        got=zone,
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
