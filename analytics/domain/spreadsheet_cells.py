"""Texts that a spreadsheet would run as formulas, disarmed in every CSV file that we write."""

from __future__ import annotations

#: A spreadsheet takes a cell that starts with one of these for a formula.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"

#: Spreadsheets look through these to what follows.
BLANKS = " \xa0\ufeff"


def safe_cell(text: str) -> str:
    """Return a text for a CSV cell: with an apostrophe before what would be run as a formula.

    Source: OWASP, CSV injection.
    """
    return f"'{text}" if text.lstrip(BLANKS).startswith(tuple(FORMULA_STARTS)) else text
