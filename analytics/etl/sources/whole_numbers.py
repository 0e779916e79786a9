"""JSON whose long numbers keep every digit: ids of 17 or 23 digits stay apart."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import orjson

#: What could be a number that loses digits: many digits in a row, or an exponent.
_LONG_NUMBER = re.compile(r"\d{16}|\d[eE]\+?\d")
#: Whole numbers of fewer digits fit into 64 bits.
_SAFE_DIGITS = 18
_FIRST_ROUNDED = 2.0**53


def loads_whole(line: str) -> Any:
    """Read JSON; a whole number too long for the machine's own becomes its text.

    Raises
    ------
    orjson.JSONDecodeError
        It is no JSON.

    Examples
    --------
    >>> loads_whole('{"id": 12345678901234567890123, "amount": 1.5}')
    {'id': '12345678901234567890123', 'amount': 1.5}
    """
    given = orjson.loads(line)
    if _LONG_NUMBER.search(line) is None:
        return given
    return json.loads(line, parse_int=_whole, parse_float=_float)


def _whole(text: str) -> int | str:
    return int(text) if len(text.lstrip("-")) <= _SAFE_DIGITS else text


def _float(text: str) -> float | str:
    value = float(text)
    if abs(value) < _FIRST_ROUNDED or abs(value) == float("inf") or not value.is_integer():
        return value
    if "e" in text.lower():
        return text
    number = Decimal(text)
    return str(int(number)) if number == number.to_integral_value() else value
