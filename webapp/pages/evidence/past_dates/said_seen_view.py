"""Predicted and observed by date: does the share who go silent itself move?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.services.evidence.evidence_results import DateScore, EvidenceResult
from webapp.components.panels import drawn_chart, table
from webapp.components.states import nothing_here
from webapp.components.terms import page_term
from webapp.figures.trend_charts import predicted_and_observed_line_chart
from webapp.pages.evidence.wording import finding, ratio

#: So many standard errors apart are called a move and not chance.
_MOVED = 3.0


def predicted_observed_view(result: EvidenceResult) -> list[Any]:
    """Return whether the share who went silent moved, as words, lines and a table."""
    words = drift_words(result.by_date)
    return [
        finding(words) if words else nothing_here("No test date tells how the share moved."),
        drawn_chart(
            predicted_and_observed_line_chart(result.trend),
            _table(result),
            "Predicted and observed share by date",
            300,
        ),
    ]


def drift_words(dates: Sequence[DateScore]) -> str:
    """Say how far the share who went silent moved between test dates, and whether by chance."""
    known = [date for date in dates if date.customers]
    if not known:
        return ""
    low = min(known, key=_share)
    high = max(known, key=_share)
    if len(known) == 1:
        return (
            f"{formatting.share(_share(low))} went silent after "
            f"{formatting.day(low.observation_date)}, the one test date."
        )
    said = (
        f"The share who went silent lay between {formatting.share(_share(low))} "
        f"({formatting.day(low.observation_date)}) and {formatting.share(_share(high))} "
        f"({formatting.day(high.observation_date)})"
    )
    if not _moved(low, high):
        return f"{said}: no more movement than chance explains."
    return (
        f"{said}: it moved by more than chance explains. Risks of the next months rest on the "
        "latest dates, and may be off in the same way."
    )


def _share(one: DateScore) -> float:
    return one.positives / one.customers


def _moved(low: DateScore, high: DateScore) -> bool:
    pooled = (low.positives + high.positives) / (low.customers + high.customers)
    error = math.sqrt(pooled * (1 - pooled) * (1 / low.customers + 1 / high.customers))
    return error > 0 and (_share(high) - _share(low)) / error > _MOVED


def _table(result: EvidenceResult) -> Component:
    compared = {
        of_date.observation_date: of_date.observed_over_expected for of_date in result.by_date
    }
    rows = [
        (
            formatting.day(point.observation_date),
            formatting.share(point.predicted_share),
            formatting.share(point.silent_churn_share),
            ratio(compared.get(point.observation_date)),
            formatting.count(point.eligible),
        )
        for point in result.trend
    ]
    head = (
        "Date",
        page_term("predicted_then"),
        page_term("seen_since"),
        "Observed over predicted",
        "Customers",
    )
    return table(head, rows, numeric=(1, 2, 3, 4), class_name="compact")
