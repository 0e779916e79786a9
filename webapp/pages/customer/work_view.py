"""What people do and write about this customer."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.services.results import Note, WorkItem
from webapp.components.attributes import aria
from webapp.components.states import nothing_here
from webapp.pages.customer.ids import status_id

_STATUS_WORDS = {"open": "Open", "done": "Done", "dropped": "Dropped"}
_BUTTON_WORDS = {"open": "Reopen", "done": "Mark done", "dropped": "Drop"}
_NEXT = {"open": ("done", "dropped"), "done": ("open",), "dropped": ("open",)}


def work_view(items: Sequence[WorkItem]) -> Component:
    """Return the actions taken on, each with owner, due date and status."""
    if not items:
        return nothing_here("Nobody has taken on an action yet.")
    return html.Ul([_item(item) for item in items], className="work-items")


def seen_items(items: Sequence[WorkItem]) -> dict[str, str]:
    """Return the revisions that this page shows: of each item, and of each action's open one."""
    each = {f"item {item.item_id}": item.revision for item in items}
    return each | {
        f"open {work_item.action}": work_item.revision
        for work_item in items
        if work_item.status == "open"
    }


def notes_view(notes: Sequence[Note]) -> Component:
    """Return the notes, as they came."""
    if not notes:
        return nothing_here("No notes yet.")
    return html.Ul([_note(note) for note in notes], className="notes")


def _item(item: WorkItem) -> Component:
    due = f", due {formatting.day(item.due_on)}" if item.due_on else ""
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(item.action_label),
                    html.Span(f"{item.owner}{due}", className="quiet sub"),
                ]
            ),
            html.Div(
                [
                    html.Span(_STATUS_WORDS[item.status], className=f"status status-{item.status}"),
                    *(_button(item, status) for status in _NEXT[item.status]),
                ],
                className="work-status",
            ),
        ]
    )


def _button(item: WorkItem, status: str) -> Component:
    return html.Button(
        _BUTTON_WORDS[status],
        id=status_id(item.item_id, status),
        className="button-ghost small no-print",
        type="button",
        **aria(label=f"{_BUTTON_WORDS[status]}: {item.action_label}, {item.owner}"),
    )


def _note(note: Note) -> Component:
    return html.Li(
        [
            html.P(note.text, className="note-text"),
            html.Span(f"{note.author}, {formatting.moment(note.written_at)}", className="quiet"),
        ]
    )
