"""Makes the label of a snapshot from one of its columns: who left."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import ContractFailed, InsufficientData, UsageError
from analytics.modelling.snapshot_columns import as_text

MIN_ROWS = 200
MIN_OF_EACH_KIND = 50
_LEAVER_WORDS = frozenset(
    {
        "yes",
        "y",
        "1",
        "true",
        "t",
        "churned",
        "churn",
        "churner",
        "left",
        "leaver",
        "lost",
        "exited",
    }
    | {"gone", "cancelled", "canceled", "closed", "attrited", "inactive"}
)
_STAYER_WORDS = frozenset(
    {"no", "n", "0", "false", "f", "stayed", "stays", "stayer", "retained", "kept", "active"}
    | {"existing", "current", "loyal"}
)
_SHOWN_VALUES = 6


@dataclass(frozen=True)
class SnapshotLabel:
    """Who left, by one column.

    Parameters
    ----------
    positive
        The value that means "left".
    left
        1 for a leaver, 0 for a stayer; only rows where `known`.
    known
        Rows of the table whose label is filled.
    """

    column: str
    positive: str
    left: npt.NDArray[np.int8]
    known: npt.NDArray[np.bool_]


def check_columns_named(columns: list[str], named: list[str], option: str) -> None:
    """Refuse an option that names a column that is not there.

    Raises
    ------
    UsageError
        Rule ``column_present``.
    """
    for one in named:
        if one not in columns:
            by_lower = {name.lower(): name for name in columns}
            near = difflib.get_close_matches(one.lower(), list(by_lower), n=1)
            nearest = f" The nearest is {by_lower[near[0]]!r}." if near else ""
            raise UsageError(
                f"{option} must name a column of the table. Got {one!r}; "
                f"the columns are {', '.join(columns)}.{nearest}",
                rule="column_present",
                got=one,
            )


def label_of(rows: pd.DataFrame, column: str, *, positive: str | None = None) -> SnapshotLabel:
    """Return who left; rows whose label is not filled are not known.

    Parameters
    ----------
    positive
        The value that means "left"; None finds it among words such as yes, 1, true and churned.

    Raises
    ------
    UsageError
        There is no such column or value, or the values do not say which means "left".
    ContractFailed
        The column has one value, or more than two and no `positive`.
    InsufficientData
        Too few rows, leavers or stayers.
    """
    check_columns_named([str(one) for one in rows.columns], [column], "--label")
    text = as_text(rows[column])
    known = text.notna().to_numpy(dtype=np.bool_)
    values = [str(one) for one in text.dropna().value_counts().index]
    chosen = _positive(values, column, positive)
    left = np.asarray(text[known] == chosen, dtype=np.int8)
    _check_enough(left, column)
    return SnapshotLabel(column, chosen, left, known)


def _positive(values: list[str], column: str, positive: str | None) -> str:
    shown = ", ".join(values[:_SHOWN_VALUES]) + (" …" if len(values) > _SHOWN_VALUES else "")
    if positive is not None:
        by_lower = {one.lower(): one for one in values}
        if positive.strip().lower() not in by_lower:
            raise UsageError(
                f"--positive must be a value of {column}. Got {positive!r}; the values are "
                f"{shown or 'missing everywhere'}.",
                rule="positive_present",
                got=positive,
            )
        return by_lower[positive.strip().lower()]
    if len(values) != 2:
        several = " Say which one means that the customer left with --positive VALUE."
        raise ContractFailed(
            f"The label {column} must have two values: left and stayed. Got {len(values)}: "
            f"{shown or 'none filled'}.{several if 2 < len(values) <= _SHOWN_VALUES else ''}",
            rule="label_two_values",
            got=shown,
        )
    leavers = [one for one in values if _first_word(one) in _LEAVER_WORDS]
    stayers = [one for one in values if _first_word(one) in _STAYER_WORDS]
    # 1 against 0 or -1 is plain; 1 against 2 is not.
    if len(leavers) == 1 and (leavers != ["1"] or stayers or "-1" in values):
        return leavers[0]
    if len(stayers) == 1 and not leavers and stayers != ["0"]:
        return next(one for one in values if one not in stayers)
    raise UsageError(
        f"The values of {column} do not say which one means that the customer left: say it with "
        f"--positive VALUE. Got {shown}.",
        rule="positive_given",
        got=shown,
    )


def _first_word(value: str) -> str:
    return value.lower().split()[0] if value.split() else ""


def _check_enough(left: npt.NDArray[np.int8], column: str) -> None:
    """Refuse a table too small for a claim, and say how large it would have to be."""
    leavers, stayers = int(left.sum()), int(len(left) - left.sum())
    rarer = min(leavers, stayers)
    if len(left) >= MIN_ROWS and rarer >= MIN_OF_EACH_KIND:
        return
    needed = max(MIN_ROWS, int(np.ceil(len(left) * MIN_OF_EACH_KIND / max(rarer, 1))))
    at_this_share = f" At this share that is about {needed:,} customers." if rarer else ""
    raise InsufficientData(
        f"A cross-validation needs at least {MIN_ROWS} customers with {column} filled, "
        f"{MIN_OF_EACH_KIND} who left and {MIN_OF_EACH_KIND} who stayed. Got {len(left):,}: "
        f"{leavers:,} who left and {stayers:,} who stayed.{at_this_share}",
        rule="enough_rows",
        got=len(left),
    )
