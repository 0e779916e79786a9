"""Which number keys of a mapping would read the numbers that it refuses. Nothing lands by it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.values.numbers import NumberStyle, parse_numbers

_NEARLY_ALL = 0.9
#: Words that people write for nothing.
_NOTHING = frozenset({
    "na", "n/a", "#n/a", "nan", "nat", "null", "none", "nil", "-", "--", "?", "unknown", "missing",
    "(null)", "<null>", "\\n",
})  # fmt: skip
_MARKS = ((",", ""), (",", "."), (",", " "), (".", ","), (".", " "), (".", "'"), (".", "’"))
#: What stands beside a number and is none of its parts.
_BESIDE = re.compile(r"[^\W\d_]+\.?|[%\u20a0-\u20bf$\u00a3\u00a5\u00a2]")


def number_keys(values: Sequence[str], spec: ColumnSpec, source: Source) -> list[str]:
    """Return the keys that would read refused numbers, simplest first.

    Parameters
    ----------
    values
        Refused values, as text.
    spec, source
        How the mapping reads the column now.
    """
    distinct = list(dict.fromkeys(values))
    if not distinct:
        return []
    if not any(re.search(r"\d", value) for value in distinct):
        known = all(value.lower() in _NOTHING for value in distinct)
        return [f"missing = {_listed(distinct)}"] if known else []
    now = NumberStyle.of(source, spec)
    if len({text for value in distinct for text in _BESIDE.findall(value)}) > 1:
        return []  # several currencies or units: taking them out would add them up
    remove, negative = _removed(distinct, now), _negative(distinct, now)
    shares: dict[tuple[str, ...], float] = {}
    for decimal, thousands in ((now.decimal, now.thousands), *_MARKS):
        style = NumberStyle(decimal, thousands, remove, negative)
        if key := tuple(_as_toml(style, now)):
            shares[key] = max(shares.get(key, 0.0), _share_read(distinct, style))
    simplest = sorted(shares, key=lambda key: (-shares[key], len(key)))
    good = [key for key in simplest if shares[key] >= _NEARLY_ALL]
    good = good or [key for key in simplest[:1] if shares[key] > 0]
    return [", ".join(keys) for keys in good if not any(set(two) < set(keys) for two in good)]


def _share_read(values: Sequence[str], style: NumberStyle) -> float:
    """Return the share of values that a style reads; none if not the first, which is shown."""
    read = parse_numbers(pa.array(values, pa.string()), style)
    flags = read.is_valid().to_numpy(zero_copy_only=False)
    return float(np.mean(flags)) if flags[0] else 0.0


def _removed(values: Sequence[str], now: NumberStyle) -> tuple[str, ...]:
    """Return what stands beside the numbers: one currency or unit."""
    kept = [removed for removed in now.remove if not set(removed) & set("()-\u2212")]
    return tuple(
        dict.fromkeys([*kept, *(text for value in values for text in _BESIDE.findall(value))])
    )


def _negative(values: Sequence[str], now: NumberStyle) -> tuple[str, ...]:
    forms = dict.fromkeys(now.negative)
    if any(re.search(r"\([^()]*\d[^()]*\)", value) for value in values):
        forms["brackets"] = None
    if any(re.search(r"\d\s*-\s*$", value) for value in values):
        forms["trailing_minus"] = None
    return tuple(forms)


def _as_toml(style: NumberStyle, now: NumberStyle) -> list[str]:
    """Return the keys in which a style differs from the one of now."""
    keys = []
    if style.decimal != now.decimal:
        keys.append(f'decimal = "{style.decimal}"')
    if style.thousands != now.thousands and style.thousands:
        keys.append(f'thousands = "{style.thousands}"')
    if style.remove != now.remove:
        keys.append(f"remove = {_listed(style.remove)}")
    if "%" in style.remove and "%" not in now.remove:
        keys.append("factor = 0.01")
    if style.negative != now.negative:
        keys.append(f"negative = {_listed(style.negative)}")
    return keys


def _listed(texts: Sequence[str]) -> str:
    return f"[{', '.join(_toml_text(text) for text in texts)}]"


def _toml_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
