"""The `silent-churn` command: translates words into calls, and errors into exit codes."""

from __future__ import annotations

from analytics.cli.main import main

__all__ = ["main"]
