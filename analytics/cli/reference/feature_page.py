"""`docs/features.md`: every feature that ships with the product."""

from __future__ import annotations

from itertools import groupby

from analytics.cli.reference.markdown import made_by, markdown_table
from analytics.features.record import Feature, Theme
from analytics.features.registry import FEATURES


def feature_page() -> str:
    """Return the page."""
    by_theme = sorted(FEATURES, key=lambda feature: list(Theme).index(feature.theme))
    return "\n".join(
        [
            "# Features\n",
            made_by("silent-churn features list"),
            f"The {len(FEATURES)} features that a run computes for every customer and observation "
            "date, from what was known by then. A feature that the data cannot support (no "
            "tickets, no surveys) is absent, not zero. How to add one is told in "
            "[extending](extending.md).\n",
            *(
                line
                for theme, group in groupby(by_theme, key=lambda feature: feature.theme)
                for line in (f"## {theme.value.capitalize()}\n", *_rows(list(group)))
            ),
        ]
    )


def _rows(features: list[Feature]) -> list[str]:
    head = ("feature", "unit", "window", "meaning", "formula", "without evidence")
    return markdown_table(
        head,
        (
            (
                f"`{feature.name}`",
                feature.unit,
                "whole history" if feature.window_days is None else f"{feature.window_days} days",
                feature.description,
                f"`{feature.formula}`",
                "missing" if feature.default is None else f"{feature.default:g}",
            )
            for feature in features
        ),
    )
