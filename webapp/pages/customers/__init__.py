"""Customers: the list, the way to each customer's own page."""

from __future__ import annotations

from webapp.page import Page
from webapp.pages.customers.callbacks import register_callbacks
from webapp.pages.customers.layout import layout

PAGE = Page(
    name="Customers",
    path="/customers",
    order=3,
    layout=layout,
    register_callbacks=register_callbacks,
)
