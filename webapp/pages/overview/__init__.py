"""Overview: how many are leaving silently, what it costs, where, and what to do today."""

from __future__ import annotations

from webapp.page import Page
from webapp.pages.overview.callbacks import register_callbacks
from webapp.pages.overview.layout import layout

PAGE = Page(
    name="Overview", path="/", order=1, layout=layout, register_callbacks=register_callbacks
)
