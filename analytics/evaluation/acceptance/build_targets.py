"""Rows of the acceptance table that a build is not judged by, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.evaluation.acceptance.business_targets import KAPPA, ORACLE, RECENCY, RECORDS

_ABRUPT = "Nobody fades in this build, so {} before the exit."
_SHORT = (
    "Customers about to leave still come as often as ever, so that more of them are among the "
    "recently active, and they are easier to tell from the others."
)
_HARMLESS = (
    "{} that mean nothing look like leaving in this build, so that the label errs more often: how "
    "much more is what the build is there to show."
)

#: By build, then by check.
NOT_FOR: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "abrupt": {
            ORACLE.check: _ABRUPT.format("there is no hidden state to see"),
            RECENCY.check: _ABRUPT.format("there is no silence to count"),
            RECORDS.check: _ABRUPT.format("the records show only what makes customers leave"),
        },
        "short_sessions": {ORACLE.check: _SHORT, RECORDS.check: _SHORT},
        "two_modes": {KAPPA.check: _HARMLESS.format("Quiet months")},
        "heavy_tails": {KAPPA.check: _HARMLESS.format("Absences of months")},
    }
)


def why_not_judged(build: str, check: str) -> str:
    """Return why a row does not apply to a build; empty where it does."""
    return NOT_FOR.get(build, {}).get(check, "")
