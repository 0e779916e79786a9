"""The columns that customers may be grouped by."""

from __future__ import annotations

from analytics.domain.customer_filter import FILTER_FIELDS

#: The company's own columns, in the order of preference.
OWN_COLUMNS: tuple[str, ...] = tuple(one.column for one in FILTER_FIELDS if one.own)
#: What the Segments page compares.
COMPARED_COLUMNS: tuple[str, ...] = (
    *OWN_COLUMNS,
    *(one.column for one in FILTER_FIELDS if one.compared and not one.own),
)
_CHOSEN = tuple(
    one.column
    for one in FILTER_FIELDS
    if (one.words or one.column == "recommended_action") and one.column not in COMPARED_COLUMNS
)
#: What any question may group by.
GROUP_COLUMNS: tuple[str, ...] = (*COMPARED_COLUMNS, *_CHOSEN, "reason_theme", "likely_cause")

_FIELDS = {one.column: one.name for one in FILTER_FIELDS if one.column}


def field_of(column: str) -> str:
    """Return the field of the filter that chooses among a column's values."""
    return _FIELDS[column]
