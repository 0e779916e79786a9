"""Arrow columns as company systems write them: ids, names, words, times."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.simulation.hidden_life.world import Ints

Numbers = npt.NDArray[np.integer[Any]]

_FIRST = (
    "Alder", "Birch", "Cedar", "Copper", "Delta", "Eastern", "Falcon", "Granite", "Harbour",
    "Iron", "Juniper", "Keystone", "Linden", "Maple", "Northern", "Oak", "Pine", "Quarry",
    "River", "Silver", "Stone", "Tidal", "Upland", "Valley", "Western", "Willow", "Yellow",
)  # fmt: skip
_SECOND = (
    "bank", "bridge", "brook", "crest", "dale", "field", "ford", "gate", "grove", "hill",
    "lake", "mark", "moor", "point", "ridge", "stead", "wood", "works",
)  # fmt: skip
_THIRD = (
    "Clinics", "Consulting", "Foods", "Group", "Labs", "Logistics", "Media", "Partners",
    "Schools", "Services", "Supply", "Systems", "Trading",
)  # fmt: skip


def numbered(prefix: str, numbers: Ints, width: int = 7) -> pa.Array:
    """Return ids such as A0000042."""
    text = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")
    return pc.binary_join_element_wise(prefix, text, "")


def words(numbers: Numbers, names: tuple[str, ...]) -> pa.Array:
    """Return the names of numbers; missing where the number is negative."""
    numbers = np.asarray(numbers, dtype=np.int32)
    index = pa.array(numbers, mask=numbers < 0)
    return pa.DictionaryArray.from_arrays(index, pa.array(names, pa.string())).cast(pa.string())


def coded(numbers: Numbers, names: pa.Array | tuple[str, ...]) -> pa.Array:
    """Return the same as `words`, kept as numbers with a dictionary: cheap for millions of rows.

    Each name stands in the dictionary once, in order of its first number: a Parquet file of a
    dictionary with repeats is not the same every time.
    """
    numbers = np.asarray(numbers, dtype=np.int32)
    missing = numbers < 0
    if isinstance(names, pa.Array):
        return pa.DictionaryArray.from_arrays(pa.array(numbers, mask=missing), names)
    single = tuple(dict.fromkeys(names))
    place = np.array([single.index(name) for name in names], dtype=np.int32)
    index = pa.array(place[np.maximum(numbers, 0)], mask=missing)
    return pa.DictionaryArray.from_arrays(index, pa.array(single, pa.string()))


def times(seconds: Ints, *, missing: Any = None) -> pa.Array:
    """Return UTC times with microseconds from seconds since 1970."""
    micro = np.asarray(seconds, dtype=np.int64) * 1_000_000
    return pa.array(micro, mask=missing).cast(pa.timestamp("us", tz="UTC"))


def written(seconds: Ints, form: str, *, missing: Any = None) -> pa.Array:
    """Return times as text in UTC; empty where missing."""
    stamp = pa.array(np.asarray(seconds, dtype=np.int64), mask=missing).cast(pa.timestamp("s"))
    return pc.fill_null(pc.strftime(stamp, format=form), "")


def blanked(texts: pa.Array, rows: Ints, instead: str = "") -> pa.Array:
    """Return texts with some rows replaced."""
    mask = np.zeros(len(texts), dtype=bool)
    mask[rows] = True
    return pc.if_else(pa.array(mask), instead, texts)


def company_names(rng: np.random.Generator, size: int) -> pa.Array:
    """Return made-up company names; some occur more than once, as in life."""
    first = words(rng.integers(len(_FIRST), size=size), _FIRST)
    second = words(rng.integers(len(_SECOND), size=size), _SECOND)
    third = words(rng.integers(len(_THIRD), size=size), _THIRD)
    place = pc.binary_join_element_wise(first, second, "")
    return pc.binary_join_element_wise(place, third, " ")
