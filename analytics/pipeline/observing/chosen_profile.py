"""Which profile a run uses: the one named, else the shipped one that fits the landed events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import SHIPPED_PROFILES, load_profile
from analytics.errors import InsufficientData, UsageError


def named_profile(name: str) -> Profile | None:
    """Return the profile of that name or file, None for an empty name.

    Raises
    ------
    UsageError
        There is no such profile; said before any data are looked at.
    """
    return load_profile(name) if name else None


def chosen_profile(named: Profile | None, event_types: Mapping[str, int]) -> Profile:
    """Return the profile to run with.

    Parameters
    ----------
    named
        The profile asked for; None picks the shipped one whose meaningful events are most common,
        the first of equals.
    event_types
        How many events of each type have landed.

    Raises
    ------
    InsufficientData
        No landed event counts as activity under the profile.
    """
    shipped = (
        [load_profile(shipped_profile) for shipped_profile in SHIPPED_PROFILES]
        if named is None
        else [named]
    )
    profile = max(shipped, key=lambda one: _activity(one, event_types))
    if not _activity(profile, event_types):
        raise InsufficientData(
            f"Profile {profile.name} counts {', '.join(profile.meaningful_events)} as activity, so "
            f"a run needs customers with enough cadence of these. Got events of the types "
            f"{', '.join(sorted(event_types)) or 'none'}.{own_profile_hint(event_types)}",
            rule="enough_cadence",
            got=", ".join(sorted(event_types)),
        )
    return profile


def in_currency_of(profile: Profile, landed: str, asked: str) -> Profile:
    """Return the profile with the currency that the run's amounts are in.

    Parameters
    ----------
    landed
        What the landing's mapping says, empty where it says nothing.
    asked
        What the settings say, empty where they say nothing.

    Raises
    ------
    UsageError
        The two differ: a label converts nothing.
    """
    if landed and asked and landed != asked:
        raise UsageError(
            f"The landed amounts are in {landed}, and a label converts nothing. Got the currency "
            f"{asked}; give its rate in the mapping and ingest again, or leave it out.",
            rule="currency_matches",
            got=asked,
        )
    return replace(profile, currency=landed or asked or profile.currency)


def in_zone_of(profile: Profile, landed: str) -> Profile:
    """Return the profile with the zone whose days the run counts.

    Parameters
    ----------
    landed
        Zone that the landing's mapping names for its times; it holds where the profile names none.
    """
    return replace(profile, zone=profile.zone or landed)


def counts_as_activity(event_types: Mapping[str, int]) -> bool:
    """Return whether any shipped profile counts some of the events as activity."""
    return any(
        _activity(load_profile(shipped_profile), event_types)
        for shipped_profile in SHIPPED_PROFILES
    )


def own_profile_hint(event_types: Mapping[str, int]) -> str:
    """Say how the most common event of all can count as activity; empty without any."""
    if not event_types:
        return ""
    common = max(event_types, key=lambda one: event_types[one])
    return (
        f" Map them to known events (`silent-churn events list`), or let {common} count: save the "
        f'two lines extends = "saas" and meaningful_events = ["{common}"] as mine.toml and run '
        "with --profile mine.toml."
    )


def _activity(profile: Profile, event_types: Mapping[str, int]) -> int:
    return sum(event_types.get(name, 0) for name in profile.meaningful_events)
