"""One line of CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime

#: A spreadsheet takes a cell that starts with one of these for a formula.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def csv_line(values: Iterable[object]) -> str:
    """Return one line of CSV; a text that a spreadsheet would run as a formula is disarmed.

    Such a text gets a leading apostrophe (OWASP, CSV injection). Numbers stay as they are, also
    negative ones; times are ISO 8601 in UTC; what is missing is empty.
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_cell(one) for one in values])
    return line.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
