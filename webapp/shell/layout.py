"""The frame of the app: top bar, filter bar, place of the page, toast."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.event_log.contract import MAX_TEXT_LENGTH
from analytics.services.results import CustomerRow, FilterChoices
from webapp import address
from webapp.components.attributes import aria
from webapp.components.badges import tier_badge
from webapp.components.filter_bar import filter_bar
from webapp.components.filter_ids import FilterIds
from webapp.page import Page, find_page
from webapp.shell.ids import ShellIds

TITLE = "Silent Churn"


def shell(pages: Sequence[Page], choices: FilterChoices) -> Component:
    """Return the frame around every page."""
    return html.Div(
        [
            dcc.Location(id=ShellIds.URL, refresh="callback-nav"),
            dcc.Store(id=FilterIds.STORE),
            dcc.Store(id=ShellIds.THEME, storage_type="local"),
            dcc.Store(id=ShellIds.TITLE),
            html.A("Skip to the page", href=f"#{ShellIds.CONTENT}", className="skip-link"),
            _top_bar(pages),
            filter_bar(choices),
            html.P(id=ShellIds.ADDRESS_NOTE, className="address-note", role="status"),
            html.Main(id=ShellIds.CONTENT, tabIndex="-1", className="content"),
            html.Div(id=ShellIds.TOAST, className="toast-place", **aria(live="polite")),
        ],
        className="app",
    )


def nav_links(pages: Sequence[Page], pathname: str, chosen: CustomerFilter) -> list[Component]:
    """Return the links to the pages; the filter goes along."""
    found = find_page(pages, pathname)
    here = found[0].path.removesuffix("/*") if found else ""
    return [
        dcc.Link(
            page.name,
            href=address.link(page.path, chosen if page.filtered else CustomerFilter()),
            className="nav-link active" if page.path == here else "nav-link",
        )
        for page in sorted(pages, key=lambda one: one.order)
        if page.in_nav
    ]


def clear_link(pathname: str, chosen: CustomerFilter) -> Component | None:
    """Return the link that frees the page of all filters; None where there are none."""
    if chosen.is_everyone:
        return None
    return dcc.Link("Clear filters", href=pathname, className="button-ghost")


def jump_results(text: str, rows: Sequence[CustomerRow]) -> Component | None:
    """Return the customers that a search found, each as a link."""
    if not text.strip():
        return None
    if not rows:
        return html.P(f"No customer matches “{text}”.", className="jump-none", role="status")
    return html.Ul([html.Li(_jump_link(row)) for row in rows], className="jump-list")


def _jump_link(row: CustomerRow) -> Component:
    known_by = row.name if row.name and row.name != row.customer_id else row.segment
    return dcc.Link(
        [
            html.Span(
                [html.Strong(row.customer_id), html.Span(known_by, className="quiet")],
                className="jump-who",
            ),
            tier_badge(row.risk_tier),
        ],
        href=address.customer_path(row.customer_id),
    )


def _top_bar(pages: Sequence[Page]) -> Component:
    return html.Header(
        html.Div(
            [
                dcc.Link(
                    [html.Span(className="brand-mark", **aria(hidden="true")), TITLE],
                    href="/",
                    className="brand",
                ),
                html.Nav(
                    nav_links(pages, "", CustomerFilter()),
                    id=ShellIds.NAV,
                    className="nav no-print",
                    **aria(label="Pages"),
                ),
                _jump(),
                html.Button(
                    html.Span("Theme", className="visually-hidden"),
                    id=ShellIds.THEME_BUTTON,
                    className="theme-button no-print",
                    type="button",
                    title="Light or dark",
                ),
            ],
            className="topbar-inner",
        ),
        className="topbar",
    )


def _jump() -> Component:
    return html.Div(
        [
            html.Label("Jump to a customer", htmlFor=ShellIds.JUMP, className="visually-hidden"),
            dcc.Input(
                id=ShellIds.JUMP,
                type="search",
                placeholder="Jump to a customer",
                debounce=0.2,
                maxLength=MAX_TEXT_LENGTH,
                autoComplete="off",
                value="",
                className="jump-input",
            ),
            html.Kbd("/", className="jump-key", **aria(hidden="true")),
            html.Div(id=ShellIds.JUMP_RESULTS, className="jump-results"),
        ],
        className="jump no-print",
        role="search",
    )
