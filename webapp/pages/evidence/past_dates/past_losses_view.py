"""What did we say of those we lost? The most valuable of them, one a line."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.tables.flag_tables import PastLoss
from analytics.domain.words.share_words import CountedShare
from analytics.services.evidence.evidence_results import EvidenceResult
from analytics.services.evidence.lost_customers import PastLosses
from webapp.address import customer_path
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import assumption_badge, defined
from webapp.pages.evidence.past_dates.no_leavers import no_leavers_words
from webapp.pages.evidence.wording import finding

_COLUMN = PastLoss.table.column


def past_losses_view(result: EvidenceResult) -> list[Any]:
    """Return how many losses were seen coming, and what was predicted of the most valuable."""
    losses = result.losses
    if not losses.customers:
        return [nothing_here(no_leavers_words(result))]
    return [
        finding(past_losses_words(losses)),
        html.P(
            [
                f"Shown: {_shown(losses)}, the most valuable first. A dash: not scored by then. "
                "Lost: silent for longer than their own horizon as it stood then, not back since, "
                "and scored no longer. ",
                assumption_badge(),
            ],
            className="prose-line quiet",
        ),
        scrolling(_table(losses, result.stamp.currency), "Customers that we lost", tall=True),
    ]


def past_losses_words(losses: PastLosses) -> str:
    """Say how many of the lost were under an alert before they stopped, or soon after."""
    unseen = losses.customers - losses.alerted_before - losses.alerted_after
    before = CountedShare.counted(losses.alerted_before, losses.customers)
    return (
        f"Of {losses.customers:,} lost customers {losses.alerted_before:,} were under an alert "
        f"before they stopped ({before.figures}), "
        f"{losses.alerted_after:,} more only after it, and {unseen:,} under none that lasted until "
        "their 30th day of silence."
    )


def _shown(losses: PastLosses) -> str:
    if len(losses.rows) == losses.customers:
        return "all of them"
    return f"{len(losses.rows):,} of {losses.customers:,}"


def _table(losses: PastLosses, currency: str) -> Component:
    names = (
        "customer_id", "last_activity_on", "value_at_stake", "predicted_90_days_before",
        "predicted_60_days_before", "predicted_30_days_before", "predicted_at_last_activity",
        "alert_began_on",
    )  # fmt: skip
    head = [defined(_COLUMN[name].label, _meaning(name)) for name in names]
    rows = [_row(row, currency) for row in losses.rows]
    return table(
        head,
        rows,
        numeric=(2, 3, 4, 5, 6),
        caption="Customers whom we lost, and what was predicted of them",
        class_name="compact losses",
    )


def _meaning(name: str) -> str:
    said = _COLUMN["predicted_90_days_before"].meaning
    own = _COLUMN[name].meaning
    return said if own == "Likewise." else own


def _row(one: PastLoss, currency: str) -> list[Any]:
    return [
        dcc.Link(one.customer_id, href=customer_path(one.customer_id)),
        formatting.day(one.last_activity_on),
        formatting.money(one.value_at_stake, currency),
        formatting.share(one.predicted_90_days_before),
        formatting.share(one.predicted_60_days_before),
        formatting.share(one.predicted_30_days_before),
        formatting.share(one.predicted_at_last_activity),
        _alert(one),
    ]


def _alert(one: PastLoss) -> Component:
    if one.alert_began_on is None:
        return html.Span("none that lasted", className="quiet")
    days = (one.last_activity_on - one.alert_began_on).days
    where = f"{formatting.days(days)} before" if days >= 0 else f"{formatting.days(-days)} after"
    return html.Span([formatting.day(one.alert_began_on), html.Span(where, className="quiet sub")])
