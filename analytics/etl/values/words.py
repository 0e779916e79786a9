"""Landed text columns: renamed, joined, looked up in a table or chosen by rules."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.values.conditions import all_hold
from analytics.etl.values.numbers import NumberStyles
from analytics.etl.values.texts import SourceColumns, looked_up


def make_words(columns: SourceColumns, spec: ColumnSpec, styles: NumberStyles) -> pa.Array:
    """Return a landed text column; null where the source, or the mapping, says nothing."""
    words = _given(columns, spec)
    if spec.values:
        words = pc.coalesce(looked_up(words, spec.values), _otherwise(words, spec))
    for choice in reversed(spec.rules):
        holds = all_hold(choice.when, columns, styles)
        words = pc.if_else(holds, pa.scalar(choice.then), words)
    if spec.prefix:
        words = pc.binary_join_element_wise(pa.scalar(spec.prefix), words, "")
    return pc.if_else(pc.equal(words, ""), pa.scalar(None, pa.string()), words)


def by_the_mapping(columns: SourceColumns, spec: ColumnSpec, styles: NumberStyles) -> pa.Array:
    """Return for each row whether its value is one that the mapping lists or chooses."""
    chosen = pa.array([False] * len(columns), pa.bool_())
    if spec.values:
        chosen = pc.is_valid(looked_up(_given(columns, spec), spec.values))
    for choice in spec.rules:
        chosen = pc.or_(chosen, all_hold(choice.when, columns, styles))
    return chosen


def not_listed(columns: SourceColumns, spec: ColumnSpec) -> pa.Array:
    """Return for each row whether its value had to be in the mapping's table and is not."""
    if not spec.values or spec.otherwise != "refuse":
        return pa.array([False] * len(columns), pa.bool_())
    words = _given(columns, spec)
    return pc.and_(pc.is_valid(words), pc.is_null(looked_up(words, spec.values)))


def _given(columns: SourceColumns, spec: ColumnSpec) -> pa.Array:
    if spec.constant is not None:
        return _repeated(_constant_text(spec.constant), len(columns))
    if spec.columns:
        parts = [columns.text(name) for name in spec.columns]
        return pc.binary_join_element_wise(*parts, spec.separator)
    if spec.column is not None:
        return columns.text(spec.column)
    return _repeated(spec.otherwise, len(columns))


def _otherwise(words: pa.Array, spec: ColumnSpec) -> pa.Array:
    if spec.otherwise in {None, "keep"}:
        return words
    if spec.otherwise == "refuse":
        return pa.nulls(len(words), pa.string())
    return pc.if_else(pc.is_valid(words), pa.scalar(spec.otherwise), words)


def _repeated(word: str | None, times: int) -> pa.Array:
    return pa.array([word], pa.string()).take(pa.array([0] * times, pa.int64()))


def _constant_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
