"""The pages of the app, each a folder; this list is what the factory registers."""

from __future__ import annotations

from webapp.page import Page
from webapp.pages import customer, customers, evidence, overview, recommendations, segments

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    segments.PAGE,
    customers.PAGE,
    customer.PAGE,
    recommendations.PAGE,
    evidence.PAGE,
)
