"""A table of a page made from rows of a run: heads, definitions and units are those of the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.tables.column import Column, Unit
from analytics.domain.tables.run_row import RunRow
from webapp.components.panels import scrolling, table
from webapp.components.terms import field_term

_TEXTS = frozenset({Unit.TEXT, Unit.TIME, Unit.FLAG})


def row_table(
    row: type[RunRow],
    rows: Sequence[RunRow],
    *,
    currency: str,
    caption: str,
    leave_out: Sequence[str] = (),
) -> Component:
    """Return rows with every field that is not left out; the ends of an interval stand below it.

    Parameters
    ----------
    leave_out
        Fields that a reader does not need, such as the name behind a label.
    """
    columns = row.table.column
    ends = {f"{name}_{end}" for name in columns for end in ("low", "high")} & set(columns)
    shown = [
        shown_column
        for name, shown_column in columns.items()
        if name not in ends and name not in leave_out
    ]
    return scrolling(
        table(
            [field_term(row, shown_column.name) for shown_column in shown],
            [[_cell(each, shown_column, currency) for shown_column in shown] for each in rows],
            numeric=[
                place for place, shown_column in enumerate(shown) if shown_column.unit not in _TEXTS
            ],
            caption=caption,
            class_name="compact",
        ),
        caption,
    )


def _cell(row: RunRow, one: Column, currency: str) -> Any:
    """Return a value in its unit, with its interval where the row has one."""
    names = (one.name, f"{one.name}_low", f"{one.name}_high")
    value, low, high = (_written(getattr(row, name, None), one, currency) for name in names)
    if formatting.MISSING in (value, low, high):
        return value
    return html.Span([value, html.Span(f"{low} to {high}", className="quiet sub")])


def _written(value: Any, one: Column, currency: str) -> str:
    text = formatting.by_unit(value, one.unit, currency)
    return text if one.unit in _TEXTS else text.replace("-", "−")
