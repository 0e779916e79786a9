"""A table of a run is one frozen dataclass: from its fields come the file, the SQL and the words.

    class PastMonth(
        RunRow,
        name="past_months",
        grain="One row a test observation date.",
        sorted_by=("observation_date",),
    ):
        observation_date: date = column(Unit.TIME, "Observation date", "Known by then.")
        caught: int | None = column(Unit.COUNT, "Caught", "Flagged, and went silent.")

`PastMonth.table` is then what is written and read, and a `PastMonth` is what a page shows. A field
that may be missing says so (`int | None`): runs of former versions may lack any column.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from types import NoneType
from typing import Any, ClassVar, dataclass_transform, get_args, get_type_hints

from analytics.domain.tables.column import Column, Unit, ValueType, Wording
from analytics.domain.tables.run_table import RunTable

_COLUMN = "column"

_TYPES: dict[type, ValueType] = {
    str: ValueType.TEXT,
    int: ValueType.WHOLE,
    float: ValueType.NUMBER,
    bool: ValueType.FLAG,
    date: ValueType.DAY,
    datetime: ValueType.MOMENT,
}


def column(
    unit: Unit,
    label: str,
    meaning: str,
    *,
    assumption: bool = False,
    higher_is: str = "",
    formula: str = "",
    window: str = "",
    source: str = "",
    lookup: bool = False,
    filled: str = "",
    former: str = "",
    former_words: tuple[tuple[str, str], ...] = (),
    inner: bool = False,
    wording: Wording = Wording.AS_IT_IS,
) -> Any:
    """Return the field of a row that is a column of its table.

    Parameters
    ----------
    unit, label, meaning, assumption, higher_is, formula, window, source
    lookup, filled, former, former_words, inner, wording
        As of a `Column`; its name and type are those of the field.
    """
    described = Column(
        "",
        unit,
        label,
        meaning,
        assumption=assumption,
        higher_is=higher_is,
        formula=formula,
        window=window,
        source=source,
        lookup=lookup,
        filled=filled,
        former=former,
        former_words=former_words,
        inner=inner,
        wording=wording,
    )
    return field(metadata={_COLUMN: described})


@dataclass_transform(frozen_default=True, field_specifiers=(column,))
class RunRow:
    """One row of a run table; every class below it is a frozen dataclass of columns.

    A class without a name is a part that the row of a wide table is put together from.
    """

    table: ClassVar[RunTable]

    def __init_subclass__(
        cls, *, name: str = "", grain: str = "", sorted_by: tuple[str, ...] = ()
    ) -> None:
        made = dataclass(frozen=True)(cls)
        if name:
            made.table = RunTable(name, grain, _columns(made), sorted_by)


def _columns(row: type[Any]) -> tuple[Column, ...]:
    types = get_type_hints(row)
    return tuple(
        replace(declared.metadata[_COLUMN], name=declared.name, type=_type_of(types[declared.name]))
        for declared in fields(row)
    )


def _type_of(annotation: Any) -> ValueType:
    """Return what a field stores, whether it may be missing or not."""
    given = [kind for kind in get_args(annotation) or (annotation,) if kind is not NoneType]
    return _TYPES[given[0]]
