"""Which rows a mapping's conditions hold for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mappings.mapping_columns import Condition, Scalar
from analytics.etl.values.numbers import NumberStyle, NumberStyles, numbers_of
from analytics.etl.values.texts import SourceColumns

_ORDER: dict[str, Callable[[pa.Array, pa.Scalar], pa.Array]] = {
    "<": pc.less,
    "<=": pc.less_equal,
    ">": pc.greater,
    ">=": pc.greater_equal,
}
_TEXT: dict[str, Callable[..., pa.Array]] = {
    "starts_with": pc.starts_with,
    "not_starts_with": pc.starts_with,
    "contains": pc.match_substring,
    "matches": pc.match_substring_regex,
}
_NEGATED = {"!=", "not_in", "not_starts_with"}


def all_hold(
    conditions: Sequence[Condition], columns: SourceColumns, styles: NumberStyles
) -> pa.Array:
    """Return for each row whether all conditions hold; without conditions they do."""
    each = (_holds(condition, columns, styles.of(condition.column)) for condition in conditions)
    return reduce(pc.and_, each, pa.array([True] * len(columns), pa.bool_()))


def _holds(condition: Condition, columns: SourceColumns, style: NumberStyle) -> pa.Array:
    texts = columns.text(condition.column)
    if condition.operator == "missing":
        return pc.is_null(texts)
    if condition.operator == "present":
        return pc.is_valid(texts)
    answer = pc.fill_null(_compared(condition, columns, style), False)
    return pc.invert(answer) if condition.operator in _NEGATED else answer


def _compared(condition: Condition, columns: SourceColumns, style: NumberStyle) -> pa.Array:
    name, value = condition.column, condition.value
    if condition.operator in _ORDER:
        numbers = numbers_of(columns, name, style)
        return _ORDER[condition.operator](numbers, pa.scalar(float(value)))  # type: ignore[arg-type]
    if condition.operator in _TEXT:
        return _TEXT[condition.operator](columns.text(name), str(value))
    wanted = value if isinstance(value, tuple) else (value,)
    each = (
        _equals(columns, name, wanted_value, style)
        for wanted_value in wanted
        if wanted_value is not None
    )
    return reduce(pc.or_, (pc.fill_null(holds, False) for holds in each), _nowhere(columns))


def _equals(columns: SourceColumns, name: str, value: Scalar, style: NumberStyle) -> pa.Array:
    if isinstance(value, bool):
        return pc.equal(pc.utf8_lower(columns.text(name)), "true" if value else "false")
    if isinstance(value, int | float):
        return pc.equal(numbers_of(columns, name, style), float(value))
    return pc.equal(columns.text(name), value)


def _nowhere(columns: SourceColumns) -> pa.Array:
    return pa.array([False] * len(columns), pa.bool_())
