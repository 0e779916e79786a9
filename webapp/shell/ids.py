"""Ids of the shell."""

from __future__ import annotations

from enum import StrEnum


class ShellIds(StrEnum):
    """Parts that stand around every page."""

    URL = "shell-url"
    THEME = "shell-theme"
    THEME_BUTTON = "shell-theme-button"
    NAV = "shell-nav"
    CONTENT = "shell-content"
    JUMP = "shell-jump"
    JUMP_RESULTS = "shell-jump-results"
    TOAST = "shell-toast"
    TITLE = "shell-title"
    ADDRESS_NOTE = "shell-address-note"
