"""The tables of a run that say how far its money can be believed."""

from __future__ import annotations

from analytics.domain.columns import Column, Unit
from analytics.domain.run_table import RunTable

_C, _M, _T, _F, _W, _R = (
    Unit.COUNT,
    Unit.MONEY,
    Unit.TEXT,
    Unit.FLAG,
    Unit.TIME,
    Unit.RATIO,
)

PAST_REVENUE = RunTable(
    "past_revenue",
    "One row a test observation date and group: revenue at risk said then, and what was lost.",
    (
        Column("observation_date", _W, "Observation date", "Only what was known by then is used."),
        Column(
            "kind",
            _T,
            "Kind",
            "all, risk_tier (of the date), segment or plan (both today's: a customer table keeps "
            "no others).",
        ),
        Column("part", _T, "Group", "Value of that column; empty where none is known."),
        Column("scored", _C, "Scored customers", "Customers with a risk on that date."),
        Column("expected", _R, "Expected to go silent", "Sum of the risks said that day."),
        Column("went_silent", _C, "Went silent", "Of the scored, within their own horizon."),
        Column(
            "said",
            _M,
            "Revenue at risk said",
            "Risks of the day, by models that had seen only earlier outcomes, times the value at "
            "stake as known that day.",
            assumption=True,
        ),
        Column(
            "said_low",
            _M,
            "Said, low",
            "Lower end of the 80% interval, its shared shock measured on the other test dates.",
            assumption=True,
        ),
        Column("said_high", _M, "Said, high", "Upper end of that interval.", assumption=True),
        Column(
            "lost",
            _M,
            "Lost",
            "Value at stake, as known that day, of those who did go silent.",
            assumption=True,
        ),
        Column("held", _F, "Held", "What was lost lies within the interval.", higher_is="good"),
    ),
)
