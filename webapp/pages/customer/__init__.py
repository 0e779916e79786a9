"""One customer: what happened, why it matters, what to do."""

from __future__ import annotations

from webapp.page import Page
from webapp.pages.customer.callbacks import register_callbacks
from webapp.pages.customer.layout import layout

PAGE = Page(
    name="Customer",
    path="/customers/*",
    order=3,
    layout=layout,
    register_callbacks=register_callbacks,
    in_nav=False,
    filtered=False,
)
