"""Recommendations: whom to contact this week, with what, for what return."""

from __future__ import annotations

from webapp.page import Page
from webapp.pages.recommendations.callbacks import register_callbacks
from webapp.pages.recommendations.layout import layout

PAGE = Page(
    name="Recommendations",
    path="/recommendations",
    order=4,
    layout=layout,
    register_callbacks=register_callbacks,
)
