"""`mapping keys`, `mapping guess`: what a mapping may say, and a first one for a file."""

from __future__ import annotations

import typer

from analytics.cli.console import answer, keys_table
from analytics.cli.main import app
from analytics.cli.options import AsJson

mapping = typer.Typer(help="Mappings: what the columns of a source mean.", no_args_is_help=True)
app.add_typer(mapping, name="mapping")


@mapping.command("keys")
def list_keys(as_json: AsJson = False) -> None:
    """List every key of a mapping: where it stands, what it may be, what it means.

    Example: silent-churn mapping keys
    """
    from dataclasses import asdict

    from analytics.etl.mapping_keys import mapping_keys

    keys = [asdict(one) for one in mapping_keys()]
    answer({"keys": keys}, as_json=as_json, text=keys_table(keys))
