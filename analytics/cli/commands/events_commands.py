"""`events list`: the catalogue of events."""

from __future__ import annotations

import typer

from analytics.cli.console import answer, table
from analytics.cli.main import app
from analytics.cli.options import AsJson

events = typer.Typer(help="The catalogue of events.", no_args_is_help=True)
app.add_typer(events, name="events")


@events.command("list")
def list_events(as_json: AsJson = False) -> None:
    """List every event type that counts: name, kind, direction, meaning, weight.

    The weight is that of one event in the frustration index: an assumption, until what your
    customers said on past dates teaches better ones.

    Example: silent-churn events list --json
    """
    from analytics.cli.reference.event_page import event_rows

    rows = event_rows()
    text = table(tuple(rows[0]), [tuple(row.values()) for row in rows])
    answer({"events": rows}, as_json=as_json, text=text)
