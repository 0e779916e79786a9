"""Names of columns as a source has them, made usable without losing what was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def distinct_names(given: Iterable[str]) -> tuple[str, ...]:
    """Return the names trimmed; a second "date" becomes "date#2", a nameless third "#3".

    Examples
    --------
    >>> distinct_names([" id", "date", "date", ""])
    ('id', 'date', 'date#2', '#4')
    """
    seen: Counter[str] = Counter()
    names = []
    for position, raw in enumerate(given, start=1):
        name = raw.strip()
        seen[name] += 1
        if not name:
            names.append(f"#{position}")
        else:
            names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(names)
