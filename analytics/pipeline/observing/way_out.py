"""What would let a refused run in: a shorter horizon or another profile, tried on the same data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import SHIPPED_PROFILES, load_profile
from analytics.errors import InsufficientData
from analytics.etl.landing.landed import Landed
from analytics.features.build import FeatureSource
from analytics.features.prepared import day_number
from analytics.features.state_filter.state_filter import StateFilter
from analytics.modelling.observing.observation_dates import grid
from analytics.modelling.observing.observations import snapshot, stack
from analytics.modelling.too_little import can_be_tested, fewest_days
from analytics.pipeline.observing.observed import DATES

#: Horizons that are tried below the profile's own, longest first.
_SHORTER_DAYS = (90, 60, 45, 30, 21, 14)


def with_way_out(
    refused: InsufficientData,
    source: FeatureSource,
    landed: Landed,
    profile: Profile,
    as_of: date,
) -> InsufficientData:
    """Return the refusal with what would let the run in, each tried and not guessed.

    Parameters
    ----------
    source
        Prepared for the profile's meaningful events.
    """
    said = " ".join(tried_ways(source, landed, profile, as_of)) or (
        "No shorter horizon and no other shipped profile that counts these events would do."
    )
    message = f"{refused.message} {said} {_longer(source, profile, as_of)}"
    return InsufficientData(message, rule=refused.rule, got=refused.got)


def tried_ways(source: FeatureSource, landed: Landed, profile: Profile, as_of: date) -> list[str]:
    """Return a sentence with what was tried and would do; none where nothing would."""
    other = _first_tested(_other_profiles(profile, landed), source, as_of)
    shorter = _first_tested(_with_shorter_horizons(profile), source, as_of)
    ways = []
    if other is not None:
        ways.append(f"--profile {other.name}")
    if shorter is not None:
        ways.append(
            f"a profile of your own like {profile.name} with horizon_min_days = "
            f"{shorter.horizon_min_days} and horizon_max_days = {shorter.horizon_max_days}"
        )
    return [f"These data can be tested with {' or with '.join(ways)}."] if ways else []


def _longer(source: FeatureSource, profile: Profile, as_of: date) -> str:
    days = day_number(as_of) - source.prepared.first_day + 1
    needed = fewest_days(profile)
    if days < needed:
        return (
            f"Else wait: profile {profile.name} needs at least {needed} days of events, and these "
            f"cover {days}."
        )
    return "Else more customers or a longer history are needed."


def _with_shorter_horizons(profile: Profile) -> Iterator[Profile]:
    for days in _SHORTER_DAYS:
        if days < profile.horizon_max_days:
            fixed = profile.label == "no_event"
            shortest = days if fixed else min(days, profile.horizon_min_days)
            yield replace(profile, horizon_min_days=shortest, horizon_max_days=days)


def _other_profiles(profile: Profile, landed: Landed) -> Iterator[Profile]:
    """Yield the other shipped profiles that count the same landed events as activity."""
    types = set(landed.report.event_types)
    counted = types & set(profile.meaningful_events)
    for name in SHIPPED_PROFILES:
        other = load_profile(name)
        if name != profile.name and types & set(other.meaningful_events) == counted:
            yield other


def _first_tested(
    profiles: Iterator[Profile], source: FeatureSource, as_of: date
) -> Profile | None:
    return next((tried for tried in profiles if _tested(source, tried, as_of)), None)


def _tested(source: FeatureSource, profile: Profile, as_of: date) -> bool:
    """Tell whether some date could be tested under a profile, by the outcomes that are known."""
    dates = grid(as_of, first_day=source.prepared.first_day, profile=profile, most=DATES)
    last_day = day_number(as_of)
    states = StateFilter(source, last_day)
    seen = [
        snapshot(source, day, profile=profile, last_day=last_day, states=states) for day in dates
    ]
    return can_be_tested(stack(seen, early_warning_days=profile.early_warning_days))
