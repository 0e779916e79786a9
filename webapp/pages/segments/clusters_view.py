"""Behavioural clusters: what is high and low in each, and how far they can be believed."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.numbers import formatting
from analytics.domain.tables.segment_tables import ClusterCentre, Steadiness
from analytics.domain.words.counting import counted
from analytics.services.segments.segment_results import Cluster, SegmentsResult
from webapp.address import link, with_choice
from webapp.components.states import nothing_here, to_run

PATH = "/segments"
ARI = "cluster_ari"
#: Standard deviations from all customers at which a factor is worth a line.
_TELLING = 0.25
_MOST_LINES = 4


def clusters_view(result: SegmentsResult, chosen: CustomerFilter) -> Component:
    """Return a card a cluster, or why there are none."""
    measured = next((row for row in result.steadiness if row.measure == ARI), None)
    if not result.clusters:
        return _none(measured)
    cards = [_card(cluster, chosen, result.stamp.currency) for cluster in result.clusters]
    return html.Div(
        [html.P(_steady(measured), className="quiet"), html.Div(cards, className="cluster-grid")]
    )


def _none(measured: Steadiness | None) -> Component:
    if measured is None:
        return to_run("This run is of a version without clusters.", "silent-churn run")
    if measured.value is None:
        return nothing_here("Too few scored customers, or too little known of how they behave.")
    return nothing_here(
        "No stable clusters: other draws of the same customers would part them differently "
        f"(agreement {measured.value:.2f} at best, where {measured.goal or 0:.2f} is asked for)."
    )


def _steady(measured: Steadiness | None) -> str:
    if measured is None or measured.value is None:
        return ""
    return (
        f"Found again in other draws of the customers with an agreement of {measured.value:.2f} "
        f"(adjusted Rand index: 1 is the same clusters, 0 is chance; {measured.goal or 0:.2f} is "
        "asked for)."
    )


def _card(one: Cluster, chosen: CustomerFilter, currency: str) -> Component:
    totals = one.totals
    lines = [factor for factor in one.factors if abs(factor.center_sd) >= _TELLING][:_MOST_LINES]
    kept = "name kept from the last run" if one.kept_name else "named in this run"
    share = formatting.share(totals.at_risk / totals.eligible if totals.eligible else None)
    return html.Section(
        [
            html.H3(
                dcc.Link(one.name, href=link(PATH, with_choice(chosen, cluster=one.name))),
            ),
            html.P(
                f"{counted(totals.customers, 'customer')} here, "
                f"{formatting.count(totals.at_risk)} of them at risk ({share}), revenue at risk "
                f"{formatting.money(totals.revenue_at_risk.value, currency)}."
            ),
            html.Ul([html.Li(_words(factor)) for factor in lines]),
            html.P(f"Separation {one.silhouette:.2f} of 1; {kept}.", className="quiet"),
        ],
        className="cluster-card",
    )


def _words(factor: ClusterCentre) -> str:
    way = "much" if factor.center_sd > 0 else "little"
    if factor.typical is None or factor.typical_all is None:
        return f"{factor.factor}: {way}"
    own, of_all = (_plain(value) for value in (factor.typical, factor.typical_all))
    if own == of_all:
        way = "more often high" if factor.center_sd > 0 else "more often low"
        return f"{factor.factor}: {way}; typically {own}, as for all"
    return f"{factor.factor}: typically {own}, against {of_all} of all"


def _plain(value: float) -> str:
    return formatting.number(value, 0 if abs(value) >= 10 or value == round(value) else 2)
