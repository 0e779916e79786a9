"""The callbacks of one customer's page: show, take on, set a status, write a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from analytics.errors import UnknownCustomer
from webapp.components.form import one_more
from webapp.pages.customer import form_values
from webapp.pages.customer.ids import STATUS_TYPE
from webapp.pages.customer.ids import CustomerIds as Ids
from webapp.pages.customer.render import render_customer, render_unknown
from webapp.shell.toast import told_who_was_first

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

OUTPUTS = {
    "stamp": Output(Ids.STAMP, "children"),
    "notices": Output(Ids.NOTICES, "children"),
    "empty": Output(Ids.EMPTY, "children"),
    "hide_body": Output(Ids.BODY, "hidden"),
    "head": Output(Ids.HEAD, "children"),
    "reasons": Output(Ids.REASONS, "children"),
    "changes": Output(Ids.CHANGES, "children"),
    "nearest_change": Output(Ids.NEAREST_CHANGE, "children"),
    "parts": Output(Ids.PARTS, "children"),
    "activity": Output(Ids.ACTIVITY, "figure"),
    "activity_table": Output(Ids.ACTIVITY_TABLE, "children"),
    "risk": Output(Ids.RISK, "figure"),
    "risk_table": Output(Ids.RISK_TABLE, "children"),
    "frustration": Output(Ids.FRUSTRATION, "figure"),
    "frustration_table": Output(Ids.FRUSTRATION_TABLE, "children"),
    "actions": Output(Ids.ACTIONS, "children"),
    "work": Output(Ids.WORK, "children"),
    "work_seen": Output(Ids.WORK_SEEN, "data"),
    "work_options": Output(Ids.WORK_ACTION, "options"),
    "work_action": Output(Ids.WORK_ACTION, "value"),
    "notes": Output(Ids.NOTES, "children"),
    "facts": Output(Ids.FACTS, "children"),
    "events": Output(Ids.EVENTS, "rowData"),
    "events_note": Output(Ids.EVENTS_NOTE, "children"),
}


def register_callbacks(app: Dash, service: AnalyticsService) -> None:
    """Add the callbacks of a customer's page to an app."""
    _register_show(app, service)
    _register_work(app, service)
    _register_notes(app, service)


def _register_show(app: Dash, service: AnalyticsService) -> None:
    @app.callback(
        output=OUTPUTS,
        inputs={"customer": Input(Ids.CUSTOMER, "data"), "changed": Input(Ids.CHANGED, "data")},
    )
    def show_customer(customer: object, changed: object) -> dict[str, Any]:
        customer_id = form_values.customer_of(customer)
        try:
            return render_customer(service.customer(customer_id))
        except UnknownCustomer:
            return {**dict.fromkeys(OUTPUTS, no_update), **render_unknown(customer_id)}


def _register_work(app: Dash, service: AnalyticsService) -> None:
    @app.callback(
        Output(Ids.CHANGED, "data"),
        Input(Ids.WORK_BUTTON, "n_clicks"),
        State(Ids.CUSTOMER, "data"),
        State(Ids.WORK_ACTION, "value"),
        State(Ids.WORK_OWNER, "value"),
        State(Ids.WORK_DUE, "value"),
        State(Ids.WORK_SEEN, "data"),
        State(Ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    def take_on(
        clicks: object,
        customer: object,
        action: object,
        owner: object,
        due: object,
        seen: object,
        changed: object,
    ) -> int:
        if not clicks:
            raise PreventUpdate
        wanted, person = form_values.action_name(action), form_values.person(owner)
        given = (form_values.customer_of(customer), wanted, person, form_values.due_date(due))
        with told_who_was_first():
            service.take_on(*given, seen=form_values.seen_of(seen, f"open {wanted}"))
        return one_more(changed)

    @app.callback(
        Output(Ids.CHANGED, "data", allow_duplicate=True),
        Input({"type": STATUS_TYPE, "item": ALL, "status": ALL}, "n_clicks"),
        State(Ids.WORK_SEEN, "data"),
        State(Ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    def set_status(clicks: object, seen: object, changed: object) -> int:
        pressed = ctx.triggered_id
        if not pressed or not any(trigger["value"] for trigger in ctx.triggered):
            raise PreventUpdate
        item = form_values.item_id(pressed["item"])
        revision = form_values.seen_of(seen, f"item {item}")
        with told_who_was_first():
            service.set_status(item, form_values.status(pressed["status"]), seen=revision)
        return one_more(changed)


def _register_notes(app: Dash, service: AnalyticsService) -> None:
    @app.callback(
        Output(Ids.CHANGED, "data", allow_duplicate=True),
        Output(Ids.NOTE_TEXT, "value"),
        Input(Ids.NOTE_BUTTON, "n_clicks"),
        State(Ids.CUSTOMER, "data"),
        State(Ids.NOTE_TEXT, "value"),
        State(Ids.NOTE_AUTHOR, "value"),
        State(Ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    def add_note(
        clicks: object, customer: object, text: object, author: object, changed: object
    ) -> tuple[int, str]:
        if not clicks:
            raise PreventUpdate
        written = form_values.note_text(text), form_values.person(author)
        service.add_note(form_values.customer_of(customer), *written)
        return one_more(changed), ""
