"""One line of CSV, safe to open in a spreadsheet; from Python values, and made by DuckDB."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime

from analytics.domain.event_log.local_days import UTC_ZONE
from analytics.domain.numbers.measures import Column, Unit
from analytics.domain.spreadsheet_cells import BLANKS, FORMULA_STARTS, safe_cell


def csv_line(values: Iterable[object]) -> str:
    """Return one line of CSV; a text that a spreadsheet would run as a formula is disarmed.

    Such a text gets a leading apostrophe (OWASP, CSV injection). Numbers stay as they are, also
    negative ones; times are ISO 8601 in their own zone, else UTC; what is missing is empty.
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_cell(value) for value in values])
    return line.getvalue()


def csv_cell_sql(column: Column, zone: str = UTC_ZONE) -> str:
    """Return the DuckDB expression of a column's cell, in the form that `csv_line` gives it.

    Parameters
    ----------
    zone
        In which times are written, with its offset, so that they begin with its day.
    """
    name = column.name
    if column.unit is Unit.TEXT:
        return _text_sql(name)
    if column.unit is Unit.TIME:
        local = name if zone == UTC_ZONE else f"timezone('{zone}', timezone('UTC', {name}))"
        whole = f"strftime({local}, '%Y-%m-%dT%H:%M:%S')"
        fine = f"strftime({local}, '%Y-%m-%dT%H:%M:%S.%f')"
        chosen = f"case when epoch_us({name}) % 1000000 = 0 then {whole} else {fine} end"
        offset = "'+00:00'" if zone == UTC_ZONE else _offset_sql(name, local)
        return f"coalesce({chosen} || {offset}, '')"
    return f"coalesce(cast({name} as varchar), '')"


def _offset_sql(name: str, local: str) -> str:
    """Return the expression of a zone's offset from UTC at a time, such as +01:00."""
    minutes = f"cast(round((epoch({local}) - epoch({name})) / 60) as bigint)"
    parts = (f"lpad(cast(abs({minutes}) {part} 60 as varchar), 2, '0')" for part in ("//", "%"))
    return f"case when {minutes} < 0 then '-' else '+' end || {' || chr(58) || '.join(parts)}"


def _text_sql(name: str) -> str:
    starts = ", ".join(f"chr({ord(formula_start)})" for formula_start in FORMULA_STARTS)
    blanks = " || ".join(f"chr({ord(blank)})" for blank in BLANKS)
    first = f"left(ltrim({name}, {blanks}), 1)"
    armed = f"case when {first} in ({starts}) then chr(39) || {name} else {name} end"
    quoted = f"chr(34) || replace({armed}, chr(34), chr(34) || chr(34)) || chr(34)"
    special = " or ".join(f"contains({name}, chr({ord(character)}))" for character in ',"\r\n')
    return f"coalesce(case when {special} then {quoted} else {armed} end, '')"


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value
