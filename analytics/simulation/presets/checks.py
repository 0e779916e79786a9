"""Refuses settings of a simulation that cannot mean anything, in one sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from analytics.errors import UsageError


def no_negative(of: str, *parts: object) -> None:
    """Refuse a number below zero in any field of these records."""
    for part in parts:
        for declared in fields(part) if part is not None else ():  # type: ignore[arg-type]
            value = getattr(part, declared.name)
            numbers = value if isinstance(value, tuple) else (value,)
            for number in numbers:
                if isinstance(number, int | float) and number < 0:
                    raise UsageError(
                        f"{declared.name} of {of} must be 0 or more. Got {number:g}.",
                        rule="rate_not_negative",
                        got=number,
                    )


def shares_add_up(of: str, groups: Iterable[tuple[float, ...]]) -> None:
    """Refuse shares that do not add up to 1."""
    for shares in groups:
        if abs(sum(shares) - 1.0) > 1e-9:
            raise UsageError(
                f"Shares of {of} must add up to 1. Got {sum(shares):g}.",
                rule="shares_add_up",
                got=shares,
            )


def is_share(of: str, name: str, value: float) -> None:
    """Refuse a share outside 0 to 1."""
    if not 0.0 <= value <= 1.0:
        raise UsageError(
            f"{name} of {of} must be between 0 and 1. Got {value:g}.",
            rule="share_in_range",
            got=value,
        )
