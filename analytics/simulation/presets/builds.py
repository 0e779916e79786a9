"""Software companies built otherwise than the usual one, whose customers leave in other ways.

The early warning looks for what the usual build does: activity that fades step by step. Where
customers leave otherwise, or change a habit and stay, it cannot profit from that likeness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from analytics.errors import UsageError
from analytics.simulation.presets.build_settings import Build, FadesIn
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.preset import SAAS

ABRUPT = replace(
    SAAS,
    build=Build("abrupt", "customers leave from one day to the next"),
    # What makes others drift away makes these leave; half of those who drift would come back.
    hazards=replace(
        SAAS.hazards,
        fading_share=0.0,
        engaged_to_at_risk=-6.9,
        engaged_to_left=-6.3,
        newcomers_at_risk=0.0,
    ),
)

SHORT_SESSIONS = replace(
    SAAS,
    build=Build("short_sessions", "customers come as often but do less and less", FadesIn.SESSIONS),
)

SHIFTED_WEEKDAY = replace(
    SAAS,
    build=Build(
        "shifted_weekday",
        "customers have a usual weekday, and half of them change it and stay",
        habit_strength=0.6,
        moving_share=0.5,
    ),
)

TWO_MODES = replace(
    SAAS,
    build=Build(
        "two_modes",
        "most customers have quiet and busy months in turn, which mean nothing",
        two_mode_share=0.6,
    ),
)

USERS_LEAVE = replace(
    SAAS,
    build=Build("users_leave", "the users of an account leave one by one", fades_in=FadesIn.USERS),
)

HEAVY_TAILS = replace(
    SAAS,
    build=Build(
        "heavy_tails", "rates and gaps between visits are spread very widely", absence_tail=1.2
    ),
    rhythm=replace(SAAS.rhythm, rate_shape=0.7, mood_sd=0.9),
)

BUILDS: Mapping[str, Preset] = MappingProxyType(
    {
        each.build.name: each
        for each in (ABRUPT, SHORT_SESSIONS, SHIFTED_WEEKDAY, TWO_MODES, USERS_LEAVE, HEAVY_TAILS)
    }
)


def built(preset: str, build: str) -> Preset:
    """Return a preset in another build.

    Raises
    ------
    UsageError
        There is no such build, or not of this preset.
    """
    if preset != SAAS.name:
        raise UsageError(
            f"--build needs --preset {SAAS.name}. Got {preset!r}.", rule="build_fits", got=preset
        )
    if build not in BUILDS:
        raise UsageError(
            f"A build must be one of {', '.join(BUILDS)}. Got {build!r}.",
            rule="build_known",
            got=build,
        )
    return BUILDS[build]
