"""`mapping keys`, `mapping guess`: what a mapping may say, and a first one for a file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from analytics.cli.console import answer, keys_table, say
from analytics.cli.main import app
from analytics.cli.options import AsJson
from analytics.domain.words.counting import counted
from analytics.errors import UsageError

mapping = typer.Typer(help="Mappings: what the columns of a source mean.", no_args_is_help=True)
app.add_typer(mapping, name="mapping")


@mapping.command("keys")
def list_keys(as_json: AsJson = False) -> None:
    """List every key of a mapping: where it stands, what it may be, what it means.

    Example: silent-churn mapping keys
    """
    from analytics.etl.mappings.mapping_keys import mapping_keys

    keys = [asdict(mapping_key) for mapping_key in mapping_keys()]
    answer({"keys": keys}, as_json=as_json, text=keys_table(keys))


@mapping.command("guess")
def guess(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, Excel, Parquet, JSON lines.")],
    out: Annotated[
        Path | None, typer.Option(help="TOML file to write; else it is printed.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that is there.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a first mapping for a file, with the reason for each guess.

    Looks at the names and at all values of the columns, tries the mapping on the file and says
    what came of it. Lines that are not sure are marked; nothing lands.

    Example: silent-churn mapping guess orders.csv --out shop.toml
    """
    from datetime import UTC, datetime

    from analytics.etl.guess.first_mapping import first_mapping
    from analytics.pipeline.observing.chosen_profile import counts_as_activity, own_profile_hint

    if out is not None and out.exists() and not replace:
        raise UsageError(
            f"--out must name a file that is not there yet, or --replace be given. Got {out}.",
            rule="out_is_new",
            got=str(out),
        )
    made = first_mapping(file, datetime.now(UTC))
    unsure = sum(not guessed.sure for guessed in made.guesses)
    if out is not None:
        out.write_text(made.text, encoding="utf-8")
    keys = {
        "mapping": made.text,
        "written": None if out is None else str(out),
        "tried": made.tried,
        "lands": made.lands,
        "guesses": [{**asdict(guessed), "sure": guessed.sure} for guessed in made.guesses],
    }
    written = made.text if out is None else f"Wrote {out}. {made.tried}"
    answer(keys, as_json=as_json, text=written)
    if not as_json:
        if not made.lands:
            say(f"This mapping does not do yet. {made.tried}")
        then = "Save it" if out is None else f"Look through {out}"
        look = f" and look at {counted(unsure, 'line')} marked not sure" if unsure else ""
        name = out or "shop.toml"
        say(f"{then}{look}, then: silent-churn ingest --mapping {name} {file} --dry-run")
        if made.event_types and not counts_as_activity(made.event_types):
            hint = own_profile_hint(made.event_types)
            say(f"No shipped profile counts these events as activity.{hint}")
