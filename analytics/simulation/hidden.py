"""The words of the hidden truth: states, causes of drifting away, and kinds of response."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """Where a customer stands; the last three are never left."""

    ENGAGED = 0
    AT_RISK = 1
    DORMANT = 2
    GONE_SILENTLY = 3
    LEFT_VOCALLY = 4
    CLOSED_UNPAID = 5


class Driver(IntEnum):
    """What weighed most when a customer last stopped being engaged."""

    NONE = 0
    TROUBLE = 1
    PRICE = 2
    ONBOARDING = 3
    FIT = 4


class Archetype(IntEnum):
    """How a customer answers contact: kept by the right one, never moved, or woken by any."""

    SURE = 0
    PERSUADABLE = 1
    LOST = 2
    DO_NOT_DISTURB = 3


STATE_NAMES = tuple(state.name.lower() for state in State)
DRIVER_NAMES = tuple(driver.name.lower() for driver in Driver)
ARCHETYPE_NAMES = tuple(archetype.name.lower() for archetype in Archetype)
