"""Which column of a file means what: told by its name and by all of its values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from analytics.domain.event_log.event_words import meant_event, plain_name
from analytics.etl.guess.looked_at import FileColumn, LookedAt
from analytics.etl.guess.numbers import NumberGuess, guess_numbers
from analytics.etl.guess.role_names import (
    ANSWERS,
    BEGINS,
    CUSTOMER,
    ENDS,
    ENDS_LIKE_AN_ID,
    ID,
    KEYS,
    NOT_THE_TIME,
    OF_FILES,
    OF_TICKETS,
    QUANTITY,
    STATES,
    TICKETS,
    TIME,
    TOLD,
    TYPE,
    UNIT_PRICE,
    VALUE,
)
from analytics.etl.guess.times import TimeGuess, guess_times

_MOST_TYPES = 60
#: A column by which nobody says what happened must be filled all but everywhere.
_ALL_BUT = 0.99
#: Ids that differ on so many rows are ids of rows; the others are repeats, not lines.
OF_A_ROW = 0.95


@dataclass(frozen=True)
class Roles:
    """What each column of a log means; a column of a role may be missing.

    Parameters
    ----------
    kind
        The event where no column names it.
    kind_is_sure
        False where nothing in the file says so.
    named_customer
        False where no column is called like a customer.
    end
        Event, column and form of the time at which what the row began was over, if it tells.
    quantity
        Column that the value is multiplied by.
    """

    customer: FileColumn
    named_customer: bool
    time: FileColumn
    time_guess: TimeGuess
    times: tuple[str, ...]
    event_type: FileColumn | None
    kind: str
    kind_is_sure: bool
    event_id: FileColumn | None
    value: FileColumn | None
    value_guess: NumberGuess | None
    end: tuple[str, str, TimeGuess] | None
    quantity: FileColumn | None
    told: Mapping[str, FileColumn]


def roles_of(
    looked: LookedAt, words: Sequence[str], now: datetime, passed_over: Collection[str] = ()
) -> Roles | None:
    """Return what the columns mean; None where none of them is a time.

    Parameters
    ----------
    words
        Words of the file's name: they may say what its rows are.
    passed_over
        Columns that were tried as the event type in vain.
    """
    guessed = {field.name: guess_times(field, now) for field in looked.columns}
    times = {name: guess for name, guess in guessed.items() if guess is not None}
    if not times:
        return None
    time = _best([looked.column(name) for name in times], TIME, against=NOT_THE_TIME)
    rest = [field for field in looked.columns if field.name not in times and field.filled]
    tickets = _are_tickets(rest, time)
    event_type = _type_column([field for field in rest if field.name not in passed_over], tickets)
    customer, named = _customer(rest, event_type)
    left = [field for field in rest if field not in (customer, event_type)]
    value, quantity, numbers = _value(left)
    of_rows = [word for word in words if word not in OF_FILES]
    kind, sure = _kind([*of_rows, *(plain_name(field.name) for field in looked.columns)])
    if tickets:
        kind, sure = "ticket_opened", True
    elif quantity is not None:
        kind, sure = "order", True
    elif not sure and value is not None:
        kind = "order"
    told = {
        role: found
        for role, names in TOLD.items()
        if (found := _called(left, names, whole=True)) not in (None, value)
    }
    return Roles(
        customer=customer,
        named_customer=named,
        time=time,
        time_guess=times[time.name],
        times=tuple(name for name in times if name != time.name),
        event_type=event_type,
        kind=kind,
        kind_is_sure=sure,
        event_id=_id_column([field for field in left if field not in (value, quantity)]),
        value=value,
        value_guess=numbers,
        end=_end(kind if event_type is None else "", times),
        quantity=quantity,
        told={role: column for role, column in told.items() if column is not None},
    )


def _called(
    columns: Iterable[FileColumn], names: Sequence[str], *, whole: bool
) -> FileColumn | None:
    """Return the column with the best of some names; whole names before parts of them."""
    ranked = [
        (rank, column)
        for column in columns
        if (rank := _rank(column.name, names, whole)) is not None
    ]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rank(name: str, names: Sequence[str], whole: bool) -> int | None:
    plain = plain_name(name)
    if plain in names:
        return names.index(plain)
    if whole:
        return None
    padded = f"_{plain}_"
    parts = (at for at, wanted in enumerate(names) if f"_{wanted}_" in padded)
    found = next(parts, None)
    return None if found is None else len(names) + found


def _best(columns: list[FileColumn], names: Sequence[str], *, against: Sequence[str]) -> FileColumn:
    likely = [column for column in columns if _rank(column.name, against, False) is None] or columns
    fullest = max(field.share_filled for field in likely)
    filled = [field for field in likely if field.share_filled >= 0.9 * fullest]
    return _called(filled, names, whole=False) or filled[0]


def _customer(columns: list[FileColumn], event_type: FileColumn | None) -> tuple[FileColumn, bool]:
    """Return the column of customers: by its name, else the one whose values come back most."""
    likely = [column for column in columns if column is not event_type] or columns
    named = [
        field
        for field in likely
        if _rank(field.name, CUSTOMER, False) is not None
        and not {"name", "type", "segment", "country"} & set(plain_name(field.name).split("_"))
    ]
    if named:
        by_key = [field for field in named if KEYS & set(plain_name(field.name).split("_"))]
        found = _called(by_key or named, CUSTOMER, whole=False)
        assert found is not None
        return found, True
    coming_back = [field for field in likely if field.filled / max(field.distinct, 1) > 1]
    by_number = sorted(coming_back, key=lambda one: -one.distinct)
    return (by_number or likely)[0], False


def _are_tickets(columns: Iterable[FileColumn], time: FileColumn) -> bool:
    """Tell whether each row is a ticket: it has an id of its own and the time it was opened."""
    own = any(
        _words_of(column) & TICKETS
        and column.filled == column.rows
        and column.distinct >= OF_A_ROW * column.rows
        for column in columns
    )
    return own and bool(_words_of(time) & BEGINS)


def _type_column(columns: list[FileColumn], tickets: bool) -> FileColumn | None:
    """Return the column that says what happened; of tickets only one that speaks of tickets."""
    few = [
        column
        for column in columns
        if 1 < column.distinct <= _MOST_TYPES
        and column.kind == "text"
        and not (STATES | ANSWERS) & _words_of(column)
    ]
    named = _called(few, TYPE, whole=True) or next(
        (field for field in few if re.search(r"event.*(type|name)|action", plain_name(field.name))),
        None,
    )
    if tickets:
        return named if named is not None and _tells_of_tickets(named) else None
    if named is not None and _known(named) > 0:
        return named
    full = (field for field in few if field.share_filled >= _ALL_BUT)
    return next((field for field in full if _known(field) >= 0.5 * field.filled), None)


def _words_of(column: FileColumn) -> set[str]:
    return set(plain_name(column.name).split("_"))


def _tells_of_tickets(column: FileColumn) -> bool:
    meant = {meant_event(word) for word in column.values}
    return bool(meant & OF_TICKETS) and _known(column) >= 0.5 * column.filled


def _known(column: FileColumn) -> int:
    return sum(count for word, count in column.values.items() if meant_event(word) is not None)


def _kind(words: Sequence[str]) -> tuple[str, bool]:
    """Return the event that the words of a file speak of, the first that any of them means."""
    for known in (words[:1], words):
        for text in known:
            for part in (text, *text.split("_")):
                meant = meant_event(part) or meant_event(part.removesuffix("s"))
                if meant is not None:
                    return meant, True
    return "session", False


def _end(kind: str, times: Mapping[str, TimeGuess]) -> tuple[str, str, TimeGuess] | None:
    event, words = ENDS.get(kind, ("", ()))
    for name, guess in times.items():
        if set(words) & set(plain_name(name).split("_")):
            return event, name, guess
    return None


def _value(
    columns: list[FileColumn],
) -> tuple[FileColumn | None, FileColumn | None, NumberGuess | None]:
    numbers = {
        column.name: guess for column in columns if (guess := guess_numbers(column)) is not None
    }
    numeric = [column for column in columns if column.name in numbers]
    quantity = _called(numeric, QUANTITY, whole=True)
    unit = _called(numeric, UNIT_PRICE, whole=True)
    total = _called(
        [field for field in numeric if field not in (quantity, unit)],
        VALUE,
        whole=False,
    )
    if total is not None:
        return total, None, numbers[total.name]
    if unit is not None:
        told = numbers[unit.name]
        counts = numbers[quantity.name] if quantity is not None else told
        return unit, quantity, replace(told, negative=max(told.negative, counts.negative))
    return None, None, None


def _id_column(columns: list[FileColumn]) -> FileColumn | None:
    named = [column for column in columns if _rank(column.name, ID, False) is not None]
    full = [
        field
        for field in named
        if field.filled == field.rows and field.distinct > max(1, 0.01 * field.rows)
    ]
    of_a_row = [field for field in full if field.distinct >= OF_A_ROW * field.rows]
    return (
        _called(full, ID, whole=True)
        or _called(of_a_row, ID, whole=False)
        or next((column for column in columns if _numbers_each_row(column)), None)
        or _called(full, ID, whole=False)
    )


def _numbers_each_row(column: FileColumn) -> bool:
    """Tell whether a column is called like a number of its rows and differs on each of them."""
    return (
        column.filled == column.rows == column.distinct
        and ENDS_LIKE_AN_ID.search(plain_name(column.name)) is not None
        and all(re.fullmatch(r"[^\s.,]+", value) for value in column.values)
    )
