"""Attributes whose names hold a dash, which Python's keywords cannot."""

from __future__ import annotations

from typing import Any


def aria(**attributes: str) -> dict[str, Any]:
    """Return attributes of accessibility: ``aria(label="Pages")`` is ``aria-label="Pages"``."""
    return {f"aria-{name}": value for name, value in attributes.items()}


def data(**attributes: str) -> dict[str, Any]:
    """Return data attributes: ``data(tip="…")`` is ``data-tip="…"``."""
    return {f"data-{name}": value for name, value in attributes.items()}
