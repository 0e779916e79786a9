"""Segments: which groups of customers are leaving, and who is in them."""

from __future__ import annotations

from webapp.page import Page
from webapp.pages.segments.callbacks import register_callbacks
from webapp.pages.segments.layout import layout

PAGE = Page(
    name="Segments", path="/segments", order=2, layout=layout, register_callbacks=register_callbacks
)
