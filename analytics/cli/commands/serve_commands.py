"""`serve`: the web app."""

from __future__ import annotations

from typing import Annotated

import typer

from analytics.cli.console import print_json, say
from analytics.cli.main import app
from analytics.cli.options import AsJson, Workspace


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to serve on: this machine's.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.")] = None,
    workers: Annotated[int | None, typer.Option(help="Web server processes.")] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Serve the web app until Ctrl-C.

    Example: silent-churn serve --port 8050 --workers 2
    """
    from analytics.cli.web_server import serve_app
    from analytics.settings import Settings

    settings = Settings.load(workspace=workspace, host=host, port=port, workers=workers)

    def when_ready(address: str) -> None:
        if as_json:
            print_json({"address": address, "workers": settings.workers})
        else:
            say(f"Silent Churn is at {address} (stop with Ctrl-C).")

    serve_app(settings, when_ready)
