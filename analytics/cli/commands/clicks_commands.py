"""`clicks`: rage, dead and error clicks found in a raw click stream."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.console import answer
from analytics.cli.main import app
from analytics.cli.options import AsJson
from analytics.domain.words.counting import counted
from analytics.errors import UsageError


@app.command()
def clicks(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet file, one row a click.")],
    out: Annotated[Path, typer.Option("--out", help="CSV file of events to write.")],
    as_json: AsJson = False,
) -> None:
    """Find rage, dead and error clicks in raw clicks and write them as events to ingest.

    Columns: customer_id, session_id, clicked_at (ISO time, or milliseconds since 1970), element; if
    recorded also kind, x, y, modifier and the milliseconds from the click to what followed:
    changed_after_ms, navigated_after_ms, scrolled_after_ms, selected_after_ms, error_after_ms.

    Example: silent-churn clicks clicks.csv --out click_events.csv
    """
    from analytics.domain.spreadsheet_cells import safe_cell
    from analytics.etl.raw_clicks.click_file import read_clicks
    from analytics.etl.raw_clicks.clicks import DEAD, ERROR, RAGE, click_signals
    from analytics.written_file import goes_to_standard_output, written_file

    _refuse_same(file, out)
    given, left_out = read_clicks(file)
    found = click_signals(given)
    texts = found.select_dtypes(include=["object", "string"]).columns
    safe = found.assign(**{name: found[name].map(safe_cell, na_action="ignore") for name in texts})
    with written_file(out) as waiting:
        safe.to_csv(waiting, index=False, date_format="%Y-%m-%dT%H:%M:%S.%fZ")
    counts = {name: int((found["event_type"] == name).sum()) for name in (RAGE, ERROR, DEAD)}
    said = {
        "read": len(given) + left_out,
        "left_out": left_out,
        "events": len(found),
        "found": counts,
        "out": str(out),
    }
    words = ", ".join(counted(number, name.replace("_", " ")) for name, number in counts.items())
    text = f"{words} in {counted(len(given), 'click')}, written to {out}."
    text = f"{text} Left out as unreadable: {left_out:,}."
    answer(said, as_json=as_json, text=text, aside=goes_to_standard_output(out))


def _refuse_same(file: Path, out: Path) -> None:
    """Refuse to write the events over the clicks, also where a link leads to them."""
    if out.resolve() == file.resolve() or (out.exists() and file.exists() and out.samefile(file)):
        raise UsageError(
            f"--out must be another file than the clicks. Got {out} for clicks in {file}.",
            rule="clicks_out_elsewhere",
            got=out,
        )
