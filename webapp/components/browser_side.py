"""Callbacks that run in the browser; their code lies in `assets/web`."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash


def in_browser(app: Dash, namespace: str, function: str, *wires: Any, **options: Any) -> None:
    """Wire a function of `assets/web` to outputs and inputs."""
    wanted = ClientsideFunction(namespace, function)
    app.clientside_callback(wanted, *wires, **options)  # type: ignore[no-untyped-call]
