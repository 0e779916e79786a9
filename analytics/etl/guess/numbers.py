"""Which keys read a column as numbers: tried on every value, not on the first."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.guess.looked_at import FileColumn
from analytics.etl.values.numbers import NumberStyle, parse_numbers

ENOUGH = 0.9
#: Decimal mark and thousands mark, the simplest first.
MARKS = (
    (".", ""),
    (",", ""),
    (".", ","),
    (",", "."),
    (".", " "),
    (",", " "),
    (".", "'"),
    (".", "’"),
)
_BESIDE = re.compile(r"^\s*([^\d\s.,'’+-]+)|([^\d\s.,'’+-]+)\s*$")


@dataclass(frozen=True)
class NumberGuess:
    """How a column may be read as numbers.

    Parameters
    ----------
    keys
        Keys of the landed column, where they differ from the default.
    negative
        Share of the rows below zero.
    others
        Other decimal marks that read as much.
    """

    keys: dict[str, object] = field(default_factory=dict)
    share: float = 0.0
    negative: float = 0.0
    whole: bool = False
    others: tuple[str, ...] = ()


def guess_numbers(column: FileColumn) -> NumberGuess | None:
    """Return how a column is read as numbers; None where most of its values are none."""
    if not column.filled:
        return None
    texts = list(column.values)
    remove = () if column.kind == "number" else _beside(texts)
    tried = {mark: _read(column, texts, NumberStyle(*mark, remove)) for mark in MARKS}
    best = max(found[0] for found in tried.values())
    if best < ENOUGH:
        return None
    fitting = [mark for mark in MARKS if tried[mark][0] == best]
    marks = fitting[0]
    keys: dict[str, object] = {}
    if marks[0] != ".":
        keys["decimal"] = marks[0]
    if marks[1]:
        keys["thousands"] = marks[1]
    if remove:
        keys["remove"] = list(remove)
    share, negative, whole, total = tried[marks]
    unlike = [style for style in fitting[1:] if tried[style][3] != total]
    others = tuple(dict.fromkeys(pair[0] for pair in unlike if pair[0] != marks[0]))
    return NumberGuess(keys, share, negative, whole, others)


def _read(
    column: FileColumn, texts: list[str], style: NumberStyle
) -> tuple[float, float, bool, float]:
    numbers = parse_numbers(pa.array(texts, pa.string()), style)
    read = np.asarray(pc.fill_null(numbers, np.nan).to_numpy(zero_copy_only=False), np.float64)
    weights = np.array([column.values[text] for text in texts], dtype=np.float64)
    there = ~np.isnan(read)
    below = there & (np.nan_to_num(read) < 0)
    whole = bool(there.any() and (read[there] == np.floor(read[there])).all())
    total = weights.sum()
    share = float(weights[there].sum() / total)
    return share, float(weights[below].sum() / total), whole, float(np.nansum(read))


def _beside(texts: list[str]) -> tuple[str, ...]:
    """Return signs of currencies and units that stand beside numbers."""
    some = texts[:2_000]
    beside = (text.strip() for given in some for pair in _BESIDE.findall(given) for text in pair)
    found = Counter(text for text in beside if text)
    return tuple(text for text, times in found.most_common(3) if times >= 0.05 * len(some))
