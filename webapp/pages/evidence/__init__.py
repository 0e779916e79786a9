"""Evidence: can this be trusted?"""

from __future__ import annotations

from webapp.page import Page
from webapp.pages.evidence.callbacks import register_callbacks
from webapp.pages.evidence.layout import layout

PAGE = Page(
    name="Evidence",
    path="/evidence",
    order=5,
    layout=layout,
    register_callbacks=register_callbacks,
    filtered=False,
)
