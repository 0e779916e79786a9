"""The message in the corner that says what did not work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dash import set_props

from analytics.errors import SomebodyWasFirst
from webapp.components.states import error_toast
from webapp.security.errors import log_failure, new_reference, sentence_of
from webapp.shell.ids import ShellIds


def show_toast(error: Exception) -> None:
    """Say what went wrong inside a callback, with a reference that stands in the log, too."""
    reference = new_reference()
    log_failure(error, reference)
    set_props(ShellIds.TOAST, {"children": error_toast(sentence_of(error), reference)})


@contextmanager
def told_who_was_first() -> Iterator[None]:
    """Say who was first, and let the page go on to show what stands now."""
    try:
        yield
    except SomebodyWasFirst as error:
        show_toast(error)
