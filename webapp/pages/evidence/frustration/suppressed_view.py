"""Who is frustrated and says nothing: how many, what became of such customers, and their list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.numbers import formatting
from analytics.domain.tables.frustration_tables import FrustrationGroup
from analytics.domain.words.counting import counted
from analytics.services.evidence.frustration_evidence import FrustrationEvidence
from webapp.components.panels import export_link, scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import defined
from webapp.pages.evidence.wording import finding, with_interval

NO_GROUPS = (
    "The data hold no contact of any customer with you (or the run is of a version that kept "
    "nothing of it), so nobody can be found who is frustrated and says nothing."
)
SUPPRESSED, CALM = "suppressed", "calm_silent"
_CHOICE = CustomerFilter(suppressed=True).to_query()


def suppressed_view(found: FrustrationEvidence) -> list[Any]:
    """Return what such customers did later, their list to open or to save, then all groups."""
    of_name = {group.group_name: group for group in found.groups}
    if SUPPRESSED not in of_name:
        return [nothing_here(NO_GROUPS)]
    now = of_name[SUPPRESSED].customers_now
    return [
        finding(suppressed_words(of_name[SUPPRESSED], of_name.get(CALM))),
        html.Div(_ways_on(now), className="ways-on no-print") if now else None,
        scrolling(_table(found.groups), "Frustrated or not, heard of or not"),
    ]


def suppressed_words(one: FrustrationGroup, calm: FrustrationGroup | None) -> str:
    """Say how many there are, and how they differ from the calm who say nothing either."""
    today = counted(one.customers_now, "customer is", "customers are")
    has = "has" if one.customers_now == 1 else "have"
    said = f"{today} frustrated and {has} not said a word"
    told = [
        _compared("spoke up within 28 days", one, calm, "spoke"),
        _compared("left within their own horizon", one, calm, "silent"),
    ]
    known = " and ".join(words for words in told if words)
    if not known:
        return f"{said}. What became of such customers before cannot be told yet."
    return (
        f"{said}. Of such customers on past dates, {known}; in brackets the less frustrated of "
        "whom nothing was heard either."
    )


def _compared(words: str, one: FrustrationGroup, calm: FrustrationGroup | None, figure: str) -> str:
    share = getattr(one, f"{figure}_share")
    other = None if calm is None else getattr(calm, f"{figure}_share")
    if share is None or other is None or calm is None:
        return ""
    low, high = getattr(one, f"{figure}_low"), getattr(calm, f"{figure}_high")
    apart = "" if low is not None and high is not None and low > high else ", not surely different"
    return f"{formatting.share(share)} {words} ({formatting.share(other)}{apart})"


def _ways_on(customers: int) -> list[Component]:
    return [
        dcc.Link("Open the list", href=f"/customers?{_CHOICE}", className="button"),
        export_link(f"/export/customers.csv?{_CHOICE}", customers),
    ]


def _table(groups: Sequence[FrustrationGroup]) -> Component:
    head = (
        "Group",
        "Customers today",
        defined(
            "Customer dates",
            "Customers on past dates whose next 28 days are known, grouped by expert weights: "
            "learned ones have seen what was said after those dates.",
        ),
        defined(
            "Spoke up",
            "Ticket, complaint, refund request or bad survey answer within 28 days; with 95% "
            "interval.",
        ),
        defined("Scored", "Customer dates with a known outcome."),
        defined(
            "Left",
            "Went silent, left with a word or unpaid within the own horizon; with 95% interval.",
        ),
    )
    rows = [
        [
            group.label,
            formatting.count(group.customers_now),
            formatting.count(group.customer_dates),
            _share(group.spoke_share, group.spoke_low, group.spoke_high),
            formatting.count(group.scored),
            _share(group.silent_share, group.silent_low, group.silent_high),
        ]
        for group in groups
    ]
    return table(
        head,
        rows,
        numeric=range(1, len(head)),
        caption="Frustrated or not, heard of or not",
        class_name="compact",
    )


def _share(value: float | None, low: float | None, high: float | None) -> Component | str:
    return with_interval(*(formatting.share(number) for number in (value, low, high)))
