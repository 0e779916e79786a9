"""The `silent-churn` command: translates words into calls, and errors into exit codes."""

from __future__ import annotations

from analytics.cli.commands import backtest_commands as backtest_commands
from analytics.cli.commands import builds_commands as builds_commands
from analytics.cli.commands import check_commands as check_commands
from analytics.cli.commands import clicks_commands as clicks_commands
from analytics.cli.commands import demo_commands as demo_commands
from analytics.cli.commands import evaluate_commands as evaluate_commands
from analytics.cli.commands import events_commands as events_commands
from analytics.cli.commands import export_commands as export_commands
from analytics.cli.commands import features_commands as features_commands
from analytics.cli.commands import ingest_commands as ingest_commands
from analytics.cli.commands import mapping_commands as mapping_commands
from analytics.cli.commands import profile_commands as profile_commands
from analytics.cli.commands import publish_commands as publish_commands
from analytics.cli.commands import report_commands as report_commands
from analytics.cli.commands import run_commands as run_commands
from analytics.cli.commands import serve_commands as serve_commands
from analytics.cli.commands import simulate_commands as simulate_commands
from analytics.cli.main import main

__all__ = ["main"]
