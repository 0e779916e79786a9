"""Makes the label of a snapshot from one of its columns: who left."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import ContractFailed, InsufficientData, UsageError
from analytics.modelling.leaving_words import StatedOutcome, answer_of, stated_outcome
from analytics.modelling.one_table.columns import as_text

MIN_ROWS = 200
MIN_OF_EACH_KIND = 50
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
    note
        How the direction was read, where that may surprise; empty otherwise.
    """

    column: str
    positive: str
    left: npt.NDArray[np.int8]
    known: npt.NDArray[np.bool_]
    note: str = ""


def check_columns_named(columns: list[str], named: list[str], option: str) -> None:
    """Refuse an option that names a column that is not there.

    Raises
    ------
    UsageError
        Rule ``column_present``.
    """
    for asked in named:
        if asked not in columns:
            by_lower = {name.lower(): name for name in columns}
            near = difflib.get_close_matches(asked.lower(), list(by_lower), n=1)
            nearest = f" The nearest is {by_lower[near[0]]!r}." if near else ""
            raise UsageError(
                f"{option} must name a column of the table. Got {asked!r}; "
                f"the columns are {', '.join(columns)}.{nearest}",
                rule="column_present",
                got=asked,
            )


def label_of(rows: pd.DataFrame, column: str, *, positive: str | None = None) -> SnapshotLabel:
    """Return who left; rows whose label is not filled are not known.

    Parameters
    ----------
    positive
        The value that means "left"; None reads it: from the values where they say it (churned,
        stayed), else yes or no from the column's name, so that ``retained = False`` left.

    Raises
    ------
    UsageError
        There is no such column or value, or neither values nor name say which means "left".
    ContractFailed
        The column has one value, or more than two and no `positive`.
    InsufficientData
        Too few rows, leavers or stayers.
    """
    check_columns_named([str(name) for name in rows.columns], [column], "--label")
    text = as_text(rows[column])
    known = text.notna().to_numpy(dtype=np.bool_)
    values = [str(value) for value in text.dropna().value_counts().index]
    chosen, note = _positive(values, column, positive)
    left = np.asarray(text[known] == chosen, dtype=np.int8)
    _check_enough(left, column)
    return SnapshotLabel(column, chosen, left, known, note)


def _positive(values: list[str], column: str, positive: str | None) -> tuple[str, str]:
    """Return the value that means "left", and what is to be said of how it was found."""
    shown = ", ".join(values[:_SHOWN_VALUES]) + (" …" if len(values) > _SHOWN_VALUES else "")
    if positive is not None:
        by_lower = {value.lower(): value for value in values}
        if positive.strip().lower() not in by_lower:
            raise UsageError(
                f"--positive must be a value of {column}. Got {positive!r}; the values are "
                f"{shown or 'missing everywhere'}.",
                rule="positive_present",
                got=positive,
            )
        return by_lower[positive.strip().lower()], ""
    if len(values) != 2:
        raise ContractFailed(
            f"The label {column} must have two values: left and stayed. Got {len(values)}: "
            f"{shown or 'none filled'}.{_way_out(values)}",
            rule="label_two_values",
            got=shown,
        )
    found = _by_values(values) or _by_name(values, column)
    if found is None:
        raise UsageError(
            f"Neither the name {column} nor its values say which value means that the customer "
            f"left: say it with --positive VALUE (or --leaver-is VALUE). Got {shown}.",
            rule="positive_given",
            got=shown,
        )
    return found


def _by_values(values: list[str]) -> tuple[str, str] | None:
    """Read values that say it themselves: churned, stayed, Existing Customer."""
    said = {value: stated_outcome(value) for value in values if answer_of(value) is None}
    for kind in (StatedOutcome.LEFT, StatedOutcome.STAYED):
        of_kind = [given for given in said if said[given] is kind]
        if len(of_kind) == 1:
            rest = next(value for value in values if value != of_kind[0])
            return (of_kind[0] if kind is StatedOutcome.LEFT else rest), ""
    return None


def _by_name(values: list[str], column: str) -> tuple[str, str] | None:
    """Read yes and no by what the column's name asks: whether one left, or whether one stayed."""
    answers = {value: answer_of(value) for value in values}
    yes = next((value for value in values if answers[value] is True), None)
    no = next((value for value in values if answers[value] is False), None)
    asked = stated_outcome(column)
    # 1 against 0 is plain; 1 against 2 is not.
    if yes is None or asked is StatedOutcome.UNCLEAR or (no is None and yes == "1"):
        return None
    if asked is StatedOutcome.LEFT:
        return yes, ""
    if no is None:
        return None
    note = (
        f"By its name, {column} says who stayed, so {no} means that the customer left; "
        f"--positive {yes} would say otherwise."
    )
    return no, note


def _way_out(values: list[str]) -> str:
    if 2 < len(values) <= _SHOWN_VALUES:
        leavers = [given for given in values if stated_outcome(given) is StatedOutcome.LEFT]
        value = leavers[0] if len(leavers) == 1 else "VALUE"
        return (
            f" Say which one means that the customer left with --positive {value}; all others "
            "count as stayed."
            if value == "VALUE"
            else " Say which one means that the customer left with --positive VALUE, here perhaps "
            f"--positive {value}; all others count as stayed."
        )
    if len(values) > _SHOWN_VALUES:
        return (
            " A number, a date or a reason is no label: make a column of two values from it, such "
            "as yes for who left and no for who stayed."
        )
    return " With everybody alike there is nothing to tell apart." if values else ""


def _check_enough(left: npt.NDArray[np.int8], column: str) -> None:
    """Refuse a table too small for a claim, and say how large it would have to be."""
    leavers, stayers = int(left.sum()), int(len(left) - left.sum())
    rarer = min(leavers, stayers)
    if len(left) >= MIN_ROWS and rarer >= MIN_OF_EACH_KIND:
        return
    needed = max(MIN_ROWS, int(np.ceil(len(left) * MIN_OF_EACH_KIND / max(rarer, 1))))
    at_this_share = f" At this share that is about {needed:,} customers." if rarer else ""
    kind = "left" if leavers < stayers else "stayed"
    missing = "" if rarer >= MIN_OF_EACH_KIND else f", too few who {kind}"
    raise InsufficientData(
        f"A cross-validation needs at least {MIN_ROWS} customers with {column} filled, "
        f"{MIN_OF_EACH_KIND} who left and {MIN_OF_EACH_KIND} who stayed. Got {len(left):,}: "
        f"{leavers:,} who left and {stayers:,} who stayed{missing}.{at_this_share}",
        rule="enough_rows",
        got=len(left),
    )
