"""The top of the report: of which data it speaks, and the answer in two sentences."""

from __future__ import annotations

from analytics.domain.customer.trend_words import LOOK_BACK_AGO
from analytics.domain.numbers.formatting import count, day, money
from analytics.domain.numbers.measures import MEASURE
from analytics.domain.words.counting import verb_of
from analytics.report.content import ReportContent
from analytics.report.friction import nobody_frustrated
from analytics.report.markup import Markup, tag


def heading(content: ReportContent) -> Markup:
    """Say what this is, of which data, and whether they are real."""
    said = content.summary
    simulated = tag("span", "Simulated data", class_="badge loud") if said.simulated else None
    return tag(
        "header",
        tag("p", "Silent Churn · executive report", class_="kicker"),
        tag("h1", "Who is leaving without saying so"),
        tag(
            "p", simulated,
            tag("span", f"{said.profile_title} · data as of {day(said.as_of_time)} "
                f"· run {said.run_id}"),
            class_="quiet",
        ),
    )  # fmt: skip


def headline(content: ReportContent) -> Markup:
    """Answer in two sentences: how many, what it costs, what to do."""
    said, totals = content.summary, content.totals
    loss = said.revenue_at_risk
    first = (
        f"{count(totals['expected_silent'])} of {count(totals['eligible'])} scored customers "
        f"{verb_of(totals['expected_silent'])} "
        f"expected to go silent, at an expected loss of {money(loss.value, said.currency)} over "
        f"twelve months (80% interval {money(loss.low, said.currency)} to "
        f"{money(loss.high, said.currency)})."
    )
    second = (
        f"{count(totals['at_risk'])} {verb_of(totals['at_risk'], 'stands', 'stand')} in the "
        "tiers critical and high, "
        f"{count(content.newly_at_risk)} of them newly since {LOOK_BACK_AGO}. {_unheard(content)}"
    )
    return tag("section", tag("p", first, " ", second, class_="lead"), _tiles(content))


def _unheard(content: ReportContent) -> str:
    if not content.totals["frustrated"]:
        return f"On the frustration index: {nobody_frustrated(content.summary)}."
    silent = count(content.totals["suppressed"])
    verbs = verb_of(
        content.totals["suppressed"], "is frustrated and has", "are frustrated and have"
    )
    return f"{silent} {verbs} not said a word."


def _tiles(content: ReportContent) -> Markup:
    totals, currency = content.totals, content.summary.currency
    loss = content.summary.revenue_at_risk
    tiles = (
        ("at_risk", count(totals["at_risk"]), f"of {count(totals['eligible'])} scored"),
        (
            "revenue_at_risk",
            money(totals["revenue_at_risk"], currency),
            f"80%: {money(loss.low, currency)} to {money(loss.high, currency)}",
        ),
        ("lapsed", count(totals["lapsed"]), "already gone quiet"),
        ("suppressed", count(totals["suppressed"]), f"of {count(totals['frustrated'])} frustrated"),
        ("net_value", money(totals["net_value"], currency), "of the recommended actions"),
    )
    return tag("div", *(_tile(name, value, note) for name, value, note in tiles), class_="tiles")


def _tile(name: str, value: str, note: str) -> Markup:
    measure = MEASURE[name]
    assumed = tag("span", "assumption", class_="badge") if measure.assumption else None
    return tag(
        "div",
        tag("p", measure.label, class_="tile-label"),
        tag("p", value, class_="tile-value"),
        tag("p", note, class_="quiet small"),
        assumed,
        class_="tile",
        title=measure.meaning,
    )
