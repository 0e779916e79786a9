"""Does the frustration index measure frustration? Each check with what was found and hoped for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.tables.frustration_tables import FrustrationCheck
from analytics.domain.words.counting import counted
from analytics.services.evidence.frustration_evidence import FrustrationEvidence
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import defined
from webapp.pages.evidence.wording import gain, minus, plain, with_interval

NO_CHECKS = "This run kept no checks of the frustration index."
CUSTOMER_DATES = (
    "On what it was measured: odd against even days and use, on customers as of the data; an "
    "incident, on those there on its days; the others, on customers on past dates."
)
#: Outcome to what a reader sees, and its colour.
_OUTCOMES = {
    "as_hoped": ("As hoped", "pill pill-passed"),
    "weaker": ("Weaker", "pill"),
    "not_as_hoped": ("Not as hoped", "pill pill-failed"),
    "cannot_tell": ("Cannot tell", "pill"),
}
#: Checks whose figure is in index points or a difference, rather than a correlation.
_POINTS, _GAINS, _EARLY = "incident", "gain_", "_early"
#: Checks of what the index tells of silent churn, and beyond what.
_BEYOND = {
    "gain_recency_early": "days of silence",
    "gain_rfm_early": "recency, frequency and value",
    "gain_recency_all": "days of silence",
    "gain_rfm_all": "recency, frequency and value",
}


def frustration_checks_view(found: FrustrationEvidence) -> list[Any]:
    """Return what the checks come to, then each in a table with its words."""
    if not found.checks:
        return [nothing_here(NO_CHECKS)]
    return [
        html.P(checks_words(found), className="finding"),
        scrolling(_table(found.checks), "Checks of the frustration index"),
    ]


def checks_words(found: FrustrationEvidence) -> str:
    """Say how many checks came out as hoped, what it adds about churn, and whose index is old."""
    told = [check for check in found.checks if check.outcome != "cannot_tell"]
    if not told:
        said = "These data say nothing about whether the index measures frustration."
    else:
        good = sum(told_check.outcome == "as_hoped" for told_check in told)
        said = (
            f"{good} of the {counted(len(told), 'check')} that these data allow came out as hoped."
        )
    return " ".join(
        words for words in (said, _about_churn(found.checks), _stale_words(found)) if words
    )


def _about_churn(checks: Sequence[FrustrationCheck]) -> str:
    """Say what the index adds to what is known without it, also where that is nothing.

    The weaker of the gains counts, so that a poor baseline flatters nothing.
    """
    told = [check for check in checks if check.check_name in _BEYOND]
    known = [told_check for told_check in told if told_check.found is not None]
    early = [shown for shown in known if shown.check_name.endswith(_EARLY)]
    if not told:
        return ""
    if not known:
        return f"Whether it tells of silent churn cannot be told. {told[-1].meaning}"
    one = min(early or known, key=_lower_end)
    whom = "recently active customers" if early else "all scored customers"
    surely = _lower_end(one) > 0
    tells = "tells more" if surely else "does not surely tell anything"
    return (
        f"Among {whom}, beyond {_BEYOND[one.check_name]}, it {tells} of who goes silent (AUC "
        f"{gain(one.found)}, 95% interval {gain(one.found_low)} to {gain(one.found_high)})."
    )


def _lower_end(one: FrustrationCheck) -> float:
    return -math.inf if one.found_low is None else one.found_low


def _stale_words(found: FrustrationEvidence) -> str:
    if not found.stale_customers:
        return ""
    whose = counted(found.stale_customers, "customer", "customers")
    return (
        f"For {whose} of {formatting.count(found.customers)} the index is stale: with fewer than "
        "3 active days in 28 it tells of their last activity, not of today."
    )


def _table(checks: Sequence[FrustrationCheck]) -> Component:
    head = (
        "Check",
        defined("Found", "With 95% interval over whole customers."),
        "Hoped for",
        "Result",
        defined("Customer dates", CUSTOMER_DATES),
    )
    rows = [_row(check) for check in checks]
    return table(
        head,
        rows,
        numeric=(1, 4),
        caption="Checks of the frustration index",
        class_name="compact with-words",
    )


def _row(one: FrustrationCheck) -> list[Any]:
    words, look = _OUTCOMES.get(one.outcome, (one.outcome, "pill"))
    return [
        html.Span([one.label, html.Span(minus(one.meaning), className="quiet sub")]),
        with_interval(*(_figure(one, x) for x in (one.found, one.found_low, one.found_high))),
        minus(one.hoped_for),
        html.Span(words, className=look),
        formatting.count(one.customer_dates) if one.customer_dates else formatting.MISSING,
    ]


def _figure(one: FrustrationCheck, value: float | None) -> str:
    if value is None:
        return formatting.MISSING
    if one.check_name.startswith(_GAINS):
        return gain(value)
    if one.check_name == _POINTS:
        return gain(value, 1)
    return plain(value, 2)
