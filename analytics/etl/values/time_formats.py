"""Times written by a strptime format, read by that format and by nothing else.

A general date parser knows words ("now", "today") and drops the zone that a text names. Here a
format becomes one regular expression; what does not match it is no time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analytics.etl.values.calendar import Parts, local_microseconds

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: Short forms of several directives.
_SHORT = {
    "T": "%H:%M:%S", "R": "%H:%M", "D": "%m/%d/%y", "F": "%Y-%m-%d", "x": "%m/%d/%y",
    "X": "%H:%M:%S", "c": "%a %b %e %H:%M:%S %Y", "r": "%I:%M:%S %p", "h": "%b",
}  # fmt: skip
#: Numbers: with a separator behind them they may lack their leading zero.
_NUMBERS = {
    "Y": (r"\d{4}", r"\d{4}"),
    "G": (r"\d{4}", r"\d{4}"),
    "y": (r"\d{2}", r"\d{2}"),
    "m": (r"1[0-2]|0[1-9]", r"[1-9]"),
    "d": (r"3[01]|[12]\d|0[1-9]", r"[1-9]"),
    "e": (r"3[01]|[12]\d|0[1-9]", r" ?[1-9]"),
    "H": (r"2[0-3]|[01]\d", r"\d"),
    "k": (r"2[0-3]|[01]\d", r" ?\d"),
    "I": (r"1[0-2]|0[1-9]", r"[1-9]"),
    "l": (r"1[0-2]|0[1-9]", r" ?[1-9]"),
    "M": (r"[0-5]\d", r"\d"),
    "S": (r"[0-5]\d", r"\d"),
    "j": (r"36[0-6]|3[0-5]\d|[12]\d\d|0[1-9]\d|00[1-9]", r"[1-9]\d|0?[1-9]"),
    "V": (r"5[0-3]|[1-4]\d|0[1-9]", r"[1-9]"),
    "U": (r"5[0-3]|[0-4]\d", r"\d"),
    "W": (r"5[0-3]|[0-4]\d", r"\d"),
    "w": (r"[0-6]", r"[0-6]"),
    "u": (r"[1-7]", r"[1-7]"),
}
_WORDS = {
    "f": r"\d{1,9}",
    "p": r"[ap]\.?m\.?",
    "b": "|".join(month[:3] for month in _MONTHS),
    "B": "|".join(_MONTHS),
    "a": "|".join(day[:3] for day in _DAYS),
    "A": "|".join(_DAYS),
    "z": r"Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?",
    "Z": r"[A-Za-z][A-Za-z0-9_+/:-]*",
}
_SAME = {"e": "d", "k": "H", "l": "I", "B": "b", "A": "a"}
_CLOCK = frozenset("HIMSfpkl")
_BLANK = "[\\s\u00a0\u202f]"
#: A zone that the format itself writes out behind the clock: ``...%SZ``, ``... UTC``, ``+00:00``.
_LITERAL_ZONE = re.compile(
    r"^(?:\.\d+)?\s*'?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)'?(?=$|[\s)\]])", re.IGNORECASE
)


@dataclass(frozen=True)
class TimeFormat:
    """One strptime format, ready to read.

    Parameters
    ----------
    pattern
        Regular expression with one group for each directive.
    zone
        Zone that the format writes out, as an offset; empty where it does not.
    """

    pattern: str
    directives: frozenset[str]
    zone: str = ""


@dataclass(frozen=True)
class ReadTimes:
    """Times as they are written, and the zone that each text names.

    Parameters
    ----------
    local
        Microseconds since 1970 on the clock of the text; null where it is no such time.
    zones
        Names or offsets; None where the format has no zone.
    """

    local: pa.Array
    zones: pa.Array | None


def read_times(texts: pa.Array, written_as: str) -> ReadTimes:
    """Read texts by a format."""
    form = time_format(written_as)
    fields = pc.extract_regex(texts, pattern=form.pattern)
    fits = pc.is_valid(fields)
    parts: Parts = {
        name: _counts(pc.struct_field(fields, name), name) for name in form.directives - {"z", "Z"}
    }
    local, exists = local_microseconds(parts, len(texts))
    fine = pc.and_(fits, pa.array(exists))
    moments = pc.if_else(fine, pa.array(local), pa.scalar(None, pa.int64()))
    named = next((letter for letter in ("z", "Z") if letter in form.directives), None)
    if named is not None:
        return ReadTimes(moments, pc.struct_field(fields, named))
    if form.zone:
        return ReadTimes(moments, pa.array([form.zone], pa.string()).take(_zeros(len(texts))))
    return ReadTimes(moments, None)


@lru_cache(maxsize=256)
def time_format(written_as: str) -> TimeFormat:
    """Compile a format.

    Raises
    ------
    ValueError
        It has a directive that is none or stands twice, or no year. The message says so.
    """
    pieces = _pieces(written_as)
    names = [_SAME.get(text, text) for text, is_directive in pieces if is_directive]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"a format must have each part of a time once; got %{twice[0]} twice")
    if not {"Y", "y", "G"} & set(names):
        raise ValueError(f"a format must have a year, such as %Y; got {written_as!r}")
    if ("G" in names) != ("V" in names):
        raise ValueError(f"%G and %V (ISO year and week) go together; got {written_as!r}")
    if {"U", "W"} & set(names) and not {"w", "u", "a"} & set(names):
        raise ValueError(f"a week needs a day of the week, such as %u; got {written_as!r}")
    pattern, zone, behind_clock = "", "", False
    for at, (piece, is_directive) in enumerate(pieces):
        if is_directive:
            tight = at + 1 < len(pieces) and pieces[at + 1][1] and pieces[at + 1][0] in _NUMBERS
            tight = tight or (at > 0 and pieces[at - 1][1] and pieces[at - 1][0] in _NUMBERS)
            pattern += f"(?P<{_SAME.get(piece, piece)}>{_piece_pattern(piece, tight=tight)})"
            behind_clock = piece in _CLOCK
            continue
        if behind_clock and not {"z", "Z"} & set(names) and (found := _LITERAL_ZONE.match(piece)):
            zone = found.group(1)
        pattern += _literal(piece)
    return TimeFormat(f"(?i)^{pattern}$", frozenset(names), zone)


def _pieces(written_as: str) -> list[tuple[str, bool]]:
    """Cut a format into directives (True) and the texts between them."""
    pieces: list[tuple[str, bool]] = []
    long = re.sub(r"%(%|[A-Za-z])", lambda one: _SHORT.get(one.group(1), one.group()), written_as)
    for text, directive in re.findall(r"([^%]+)|%(.?)", long, re.DOTALL):
        if text or directive in {"%", "n", "t"}:
            literal = text or {"%": "%", "n": "\n", "t": "\t"}[directive]
            joined = bool(pieces) and not pieces[-1][1]
            before = pieces.pop()[0] if joined else ""
            pieces.append((before + literal, False))
        elif directive in _NUMBERS or directive in _WORDS:
            pieces.append((directive, True))
        else:
            raise ValueError(
                f"%{directive} is no part of a time format; known are "
                f"{' '.join(f'%{letter}' for letter in 'YymdjbBHIMSfpzZaAGVu')}"
            )
    return pieces


def _piece_pattern(directive: str, *, tight: bool) -> str:
    if directive in _WORDS:
        return _WORDS[directive]
    padded, short = _NUMBERS[directive]
    return padded if tight or padded == short else f"{padded}|{short}"


def _literal(text: str) -> str:
    words = re.split(r"(\s+)", text)
    return "".join(f"{_BLANK}+" if word.isspace() else re.escape(word) for word in words)


def _counts(texts: pa.Array, directive: str) -> NDArray[np.int64]:
    """Return the count that each field stands for; 0 where there is none."""
    if directive in {"a", "b"}:
        names = _DAYS if directive == "a" else _MONTHS
        short = pa.array([name[:3] for name in names], pa.string())
        found = pc.index_in(pc.utf8_slice_codeunits(pc.utf8_lower(texts), 0, 3), value_set=short)
        counts = pc.add(found, 1)
    elif directive == "p":
        counts = pc.starts_with(pc.utf8_lower(texts), "p").cast(pa.int8())
    elif directive == "f":
        digits = pc.utf8_slice_codeunits(pc.utf8_rpad(texts, 6, "0"), 0, 6)
        counts = digits.cast(pa.int64())
    else:
        counts = pc.utf8_trim_whitespace(texts).cast(pa.int64())
    filled: NDArray[np.int64] = pc.fill_null(counts.cast(pa.int64()), 0).to_numpy(
        zero_copy_only=False
    )
    return filled


def _zeros(times: int) -> pa.Array:
    return pa.array(np.zeros(times, dtype=np.int64))
