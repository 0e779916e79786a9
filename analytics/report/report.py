"""The executive report of a run: one HTML file with everything in it, to read, print or send."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from pathlib import Path

from analytics.domain.numbers.formatting import day
from analytics.exports.customer_csv import write_lines
from analytics.report import evidence, headline, sections
from analytics.report.content import ReportContent, read_content
from analytics.report.markup import Markup, join, tag
from analytics.runs.run_store import PublishedRun

_SECTIONS = (
    headline.heading,
    headline.headline,
    sections.trend,
    sections.where,
    sections.why,
    sections.contact,
    sections.suppressed,
    evidence.belief,
    evidence.assumptions,
    sections.definitions,
)

#: Nothing may be loaded from elsewhere, and nothing may run.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_report(run: PublishedRun, out: Path) -> Path:
    """Write the executive report of a published run; the same run gives the same bytes.

    Raises
    ------
    UsageError
        `out` is a folder.
    EnvironmentFault
        The file cannot be written.
    """
    write_lines(out, [render_report(read_content(run))])
    return out


def render_report(content: ReportContent) -> str:
    """Return the report as HTML text."""
    said = content.summary
    style = (files("analytics.report") / "report.css").read_text("utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", f"Silent churn report, {day(said.as_of_time)}"),
        tag("style", Markup(style)),
    )
    foot = tag(
        "footer",
        f"Silent Churn {said.versions.get('silent-churn', '')} · run {said.run_id} · published "
        f"{day(datetime.fromisoformat(said.published_at))} · {said.champion_label}",
    )
    main = tag("main", *(section(content) for section in _SECTIONS), foot)
    return "<!doctype html>\n" + join((tag("html", head, tag("body", main), lang="en"),)) + "\n"
