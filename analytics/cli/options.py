"""Options that every command shares."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object for scripts.")]
Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", help="Folder of data/, models/ and the state database."),
]
ProfileName = Annotated[
    str | None,
    typer.Option("--profile", help="saas, retail, telecom, learning or a TOML file."),
]
EngineUrl = Annotated[
    str | None,
    typer.Option(
        "--engine",
        help="Where features are counted: duckdb:, postgresql://…, spark+connect://host:port "
        "or spark:local[2].",
    ),
]
CustomFeatures = Annotated[
    Path | None,
    typer.Option("--custom-features", help="Python file with features of your own."),
]
