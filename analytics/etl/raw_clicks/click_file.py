"""A file of raw clicks, read and checked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analytics.errors import BadInput
from analytics.etl.raw_clicks.clicks import ANSWERS, ERROR_COLUMN, OPTIONAL, REQUIRED


def read_clicks(file: Path) -> tuple[pd.DataFrame, int]:
    """Return the clicks of a CSV or Parquet file, and how many rows were left out as unreadable.

    A row is left out without a customer, session, element or readable time. Names stay as they are
    written: 00123 is not 123, and NA is a name.

    Raises
    ------
    BadInput
        The file cannot be read, or lacks a required column.
    """
    try:
        table = pd.read_parquet(file) if file.suffix == ".parquet" else _texts(file)
    except (OSError, ValueError) as fault:
        raise BadInput(
            f"The clicks must be a readable CSV or Parquet file. Got {file}.",
            rule="clicks_readable",
            got=file,
        ) from fault
    lacking = [name for name in REQUIRED if name not in table]
    if lacking:
        raise BadInput(
            f"A file of clicks must have the columns {', '.join(REQUIRED)}; it may have "
            f"{', '.join(OPTIONAL)}. Got none named {', '.join(lacking)}.",
            rule="clicks_columns",
            got=", ".join(str(column) for column in table.columns),
        )
    given = [name for name in (*REQUIRED, *OPTIONAL) if name in table]
    known = table[given].replace("", np.nan)
    known["clicked_at"] = _times(known["clicked_at"])
    for name in ("x", "y", *ANSWERS, ERROR_COLUMN):
        if name in known:
            known[name] = pd.to_numeric(known[name], errors="coerce")
    whole = known.dropna(subset=list(REQUIRED))
    texts = dict.fromkeys(("customer_id", "session_id", "element"), str)
    return whole.astype(texts), len(known) - len(whole)


def _texts(file: Path) -> pd.DataFrame:
    """Read every column as the text that it is: a guessed type would change the names."""
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def _times(given: pd.Series) -> pd.Series:
    """Read times with a zone as they are, without one as UTC, and numbers as milliseconds."""
    if pd.api.types.is_datetime64_any_dtype(given):
        return pd.to_datetime(given, utc=True)
    since_1970 = pd.to_numeric(given, errors="coerce")
    counted = pd.to_datetime(since_1970, unit="ms", utc=True, errors="coerce")
    # pandas would read these two words as the time of the reading.
    written = given.where(since_1970.isna() & ~given.isin(("now", "today")))
    written = pd.to_datetime(written, utc=True, errors="coerce", format="ISO8601")
    return counted.where(since_1970.notna(), written)
