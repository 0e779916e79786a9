"""Finds out what each column of a snapshot table is, and leaves out what cannot tell anything."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analytics.domain.words.counting import counted, verb_of

_MISSING = frozenset({"", "na", "n/a", "null", "nan", "none", "nat", "#n/a", "?"})
#: pandas would read these as the time of the reading.
_CLOCK_WORDS = ("now", "today")
_DECIMAL_COMMA = re.compile(r"^[-+]?\d+(?:,\d+)?$")
_DATE_FORMATS = ("ISO8601", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y")
_DATE_START = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
#: A column is of numbers or dates when so many of its filled values are; the rest count as missing.
READABLE_SHARE = 0.95
#: Texts of which more than half differ are names, notes or ids, not groups.
FREE_TEXT_SHARE = 0.5
_FEW_TEXTS = 20
#: Whole numbers without one repeat where chance would repeat so many are numbered, not measured.
EXPECTED_REPEATS = 5.0


@dataclass
class TypedColumns:
    """The columns of a snapshot as numbers and texts.

    Parameters
    ----------
    table
        Float columns (dates are days since 1970) and categories, missing where not filled.
    dropped
        Why each column that is not among them was left out.
    notes
        What was made of values that do not fit their column.
    """

    table: pd.DataFrame
    dropped: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def typed_columns(rows: pd.DataFrame) -> TypedColumns:
    """Return the columns that a model can learn from, and why the others are not among them."""
    kept: dict[str, pd.Series] = {}
    found = TypedColumns(pd.DataFrame(index=rows.index))
    for name in map(str, rows.columns):
        column, said = typed_column(rows[name])
        if column is None:
            found.dropped[name] = said
            continue
        reason = _tells_nothing(column)
        if reason:
            found.dropped[name] = reason
            continue
        kept[name] = column
        if said:
            found.notes.append(f"{name}: {said}")
    if kept:
        found.table = pd.DataFrame(kept)
    return found


def as_text(column: pd.Series) -> pd.Series:
    """Return values as trimmed text, missing where empty or a word for nothing; 1.0 becomes "1"."""
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    text = column.astype("string").str.strip()
    return text.mask(text.str.lower().isin(_MISSING))


def typed_column(column: pd.Series) -> tuple[pd.Series | None, str]:
    """Return a column as numbers or categories, None if neither, and what is to be said of it."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return _days(column), "dates, counted in days."
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = pd.to_numeric(column).astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
        return pd.Series(np.where(np.isfinite(values), values, np.nan), column.index), ""
    text = as_text(column)
    filled = int(text.notna().sum())
    numbers = _numbers(text)
    readable = int(numbers.notna().sum())
    if filled and readable >= READABLE_SHARE * filled:
        other = filled - readable
        return (
            numbers,
            f"{other:,} of {counted(filled, 'value')} "
            f"{verb_of(other, 'is no number', 'are no numbers')} "
            f"and {verb_of(other, 'counts', 'count')} as missing."
            if other
            else "",
        )
    if filled and text.dropna().str.match(_DATE_START).mean() >= READABLE_SHARE:
        return _dates(text, filled)
    return text.astype("category"), ""


def _numbers(text: pd.Series) -> pd.Series:
    filled = text.dropna()
    if len(filled) and filled.str.match(_DECIMAL_COMMA).all():
        text = text.str.replace(",", ".", regex=False)
    values = pd.to_numeric(text, errors="coerce").astype("Float64")
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    return pd.Series(np.where(np.isfinite(numbers), numbers, np.nan), text.index)


def _dates(text: pd.Series, filled: int) -> tuple[pd.Series | None, str]:
    """Read dates in the one form that fits all; where two fit, nobody can tell day from month."""
    fitting = []
    text = text.mask(text.isin(_CLOCK_WORDS))
    for form in _DATE_FORMATS:
        try:
            read = pd.to_datetime(text, format=form, errors="coerce", utc=True)
        except (ValueError, OverflowError):
            continue
        if read.notna().sum() >= READABLE_SHARE * filled:
            fitting.append(read)
    if len(fitting) != 1:
        return None, "dates of which the order of day and month is not clear"
    return _days(fitting[0]), "dates, counted in days."


def _days(column: pd.Series) -> pd.Series:
    utc = pd.to_datetime(column, utc=True)
    days = (utc - pd.Timestamp("1970-01-01", tz="UTC")) / pd.Timedelta(days=1)
    return days.astype(np.float64)


def _tells_nothing(column: pd.Series) -> str:
    """Return why a column cannot be learnt from; empty if it can."""
    filled = column.dropna()
    distinct = int(filled.nunique())
    if distinct == 0:
        return "empty"
    if distinct == 1 and len(filled) == len(column):
        return "the same value everywhere"
    if isinstance(column.dtype, pd.CategoricalDtype):
        if distinct > max(_FEW_TEXTS, FREE_TEXT_SHARE * len(filled)):
            return "names, ids or free text: nearly every value differs"
        return ""
    if distinct == len(filled) and _numbered(filled.to_numpy(dtype=np.float64)):
        return "numbered customers: whole numbers without one repeat"
    return ""


def _numbered(values: np.ndarray) -> bool:
    """Return whether distinct values are whole and too close together to be measured."""
    if not np.all(values == np.floor(values)):
        return False
    width = float(np.ptp(values)) + 1
    return len(values) ** 2 / (2 * width) >= EXPECTED_REPEATS
