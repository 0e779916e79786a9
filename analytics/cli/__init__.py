"""The `silent-churn` command: translates words into calls, and errors into exit codes."""

from __future__ import annotations

from analytics.cli import backtest_commands as backtest_commands
from analytics.cli import check_commands as check_commands
from analytics.cli import clicks_commands as clicks_commands
from analytics.cli import demo_commands as demo_commands
from analytics.cli import evaluate_commands as evaluate_commands
from analytics.cli import events_commands as events_commands
from analytics.cli import export_commands as export_commands
from analytics.cli import features_commands as features_commands
from analytics.cli import ingest_commands as ingest_commands
from analytics.cli import mapping_commands as mapping_commands
from analytics.cli import profile_commands as profile_commands
from analytics.cli import publish_commands as publish_commands
from analytics.cli import report_commands as report_commands
from analytics.cli import run_commands as run_commands
from analytics.cli import serve_commands as serve_commands
from analytics.cli import simulate_commands as simulate_commands
from analytics.cli.main import main

__all__ = ["main"]
