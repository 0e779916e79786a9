"""The columns that customers may be grouped by."""

from __future__ import annotations

from analytics.domain.customer.filter import FILTER_FIELDS

#: The company's own columns, in the order of preference.
OWN_COLUMNS: tuple[str, ...] = tuple(
    filter_field.column for filter_field in FILTER_FIELDS if filter_field.own
)
SEGMENT, PLAN, REGION, CHANNEL = OWN_COLUMNS
#: Groups that an incident may strike together: a place, or those who bought the same.
INCIDENT_COLUMNS: tuple[str, ...] = (REGION, SEGMENT, PLAN)
#: Groups by which the revenue at risk of past dates is judged: those who bought the same.
PAST_REVENUE_COLUMNS: tuple[str, ...] = (SEGMENT, PLAN)
#: Groups in which a model must hold, too.
MODEL_SLICE_COLUMNS: tuple[str, ...] = (SEGMENT, REGION)
#: What the Segments page compares.
COMPARED_COLUMNS: tuple[str, ...] = (
    *OWN_COLUMNS,
    *(
        filter_field.column
        for filter_field in FILTER_FIELDS
        if filter_field.compared and not filter_field.own
    ),
)
_CHOSEN = tuple(
    filter_field.column
    for filter_field in FILTER_FIELDS
    if (filter_field.words or filter_field.column == "recommended_action")
    and filter_field.column not in COMPARED_COLUMNS
)
#: What any question may group by.
GROUP_COLUMNS: tuple[str, ...] = (*COMPARED_COLUMNS, *_CHOSEN, "reason_theme", "likely_cause")

_FIELDS = {
    filter_field.column: filter_field.name for filter_field in FILTER_FIELDS if filter_field.column
}


def field_of(column: str) -> str:
    """Return the field of the filter that chooses among a column's values."""
    return _FIELDS[column]
