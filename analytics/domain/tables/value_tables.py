"""The tables of a run that say how far its money can be believed."""

from __future__ import annotations

from datetime import date

from analytics.domain.tables.column import Unit
from analytics.domain.tables.run_row import RunRow, column


class PastRevenue(
    RunRow,
    name="past_revenue",
    grain="One row a test observation date and group: revenue at risk predicted then, and what was "
    "lost.",
    sorted_by=("observation_date", "kind", "part"),
):
    """Revenue at risk predicted on one test date of one group, and what was lost of it."""

    observation_date: date = column(
        Unit.TIME, "Observation date", "Only what was known by then is used."
    )
    kind: str = column(
        Unit.TEXT,
        "Kind",
        "all, risk_tier (of the date), segment or plan (both today's: a customer table keeps no "
        "others).",
        lookup=True,
    )
    part: str = column(
        Unit.TEXT, "Group", "Value of that column; empty where none is known.", lookup=True
    )
    scored: int = column(Unit.COUNT, "Scored customers", "Customers with a risk on that date.")
    expected: float = column(
        Unit.RATIO, "Expected to go silent", "Sum of the risks predicted that day."
    )
    went_silent: int = column(Unit.COUNT, "Went silent", "Of the scored, within their own horizon.")
    predicted: float = column(
        Unit.MONEY,
        "Predicted revenue at risk",
        "Risks of the day, by models that had seen only earlier outcomes, times the value at "
        "stake as known that day.",
        assumption=True,
        former="said",
    )
    predicted_low: float = column(
        Unit.MONEY,
        "Predicted, low",
        "Lower end of the 80% interval, its shared shock measured on the other test dates.",
        assumption=True,
        former="said_low",
    )
    predicted_high: float = column(
        Unit.MONEY,
        "Predicted, high",
        "Upper end of that interval.",
        assumption=True,
        former="said_high",
    )
    lost: float = column(
        Unit.MONEY,
        "Lost",
        "Value at stake, as known that day, of those who did go silent.",
        assumption=True,
    )
    held: bool = column(
        Unit.FLAG, "Held", "What was lost lies within the interval.", higher_is="good"
    )
