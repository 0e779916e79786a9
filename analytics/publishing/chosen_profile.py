"""Which profile a run uses: the one named, else the shipped one that fits the landed events."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.domain.profile import SHIPPED_PROFILES, Profile, load_profile
from analytics.errors import InsufficientData


def chosen_profile(name: str, event_types: Mapping[str, int]) -> Profile:
    """Return the profile to run with.

    Parameters
    ----------
    name
        A shipped name or a TOML file; empty picks the shipped profile whose meaningful events are
        most common, the first of equals.
    event_types
        How many events of each type have landed.

    Raises
    ------
    InsufficientData
        No landed event counts as activity under the profile.
    """
    if name:
        profile = load_profile(name)
    else:
        shipped = [load_profile(one) for one in SHIPPED_PROFILES]
        profile = max(shipped, key=lambda one: _activity(one, event_types))
    if not _activity(profile, event_types):
        raise InsufficientData(
            f"Profile {profile.name} counts {', '.join(profile.meaningful_events)} as activity, so "
            f"a run needs customers with enough cadence of these. Got events of the types "
            f"{', '.join(sorted(event_types)) or 'none'}.",
            rule="enough_cadence",
            got=", ".join(sorted(event_types)),
        )
    return profile


def _activity(profile: Profile, event_types: Mapping[str, int]) -> int:
    return sum(event_types.get(name, 0) for name in profile.meaningful_events)
