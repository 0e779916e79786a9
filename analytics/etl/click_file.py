"""A file of raw clicks, read and checked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analytics.errors import BadInput
from analytics.etl.clicks import ANSWERS, ERROR_COLUMN, OPTIONAL, REQUIRED


def read_clicks(file: Path) -> tuple[pd.DataFrame, int]:
    """Return the clicks of a CSV or Parquet file, and how many rows were left out as unreadable.

    A row is left out without a customer, session, element or readable time.

    Raises
    ------
    BadInput
        The file cannot be read, or lacks a required column.
    """
    try:
        table = pd.read_parquet(file) if file.suffix == ".parquet" else pd.read_csv(file)
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
            got=", ".join(str(one) for one in table.columns),
        )
    known = table[[name for name in (*REQUIRED, *OPTIONAL) if name in table]].copy()
    known["clicked_at"] = _times(known["clicked_at"])
    for name in ("x", "y", *ANSWERS, ERROR_COLUMN):
        if name in known:
            known[name] = pd.to_numeric(known[name], errors="coerce")
    whole = known.dropna(subset=list(REQUIRED))
    texts = dict.fromkeys(("customer_id", "session_id", "element"), str)
    return whole.astype(texts), len(known) - len(whole)


def _times(given: pd.Series) -> pd.Series:
    """Read times with a zone as they are, without one as UTC, and numbers as milliseconds."""
    if pd.api.types.is_numeric_dtype(given):
        return pd.to_datetime(given, unit="ms", utc=True, errors="coerce")
    return pd.to_datetime(given, utc=True, errors="coerce", format="ISO8601")
