"""What a user sees when something fails: a plain sentence and a reference, never a traceback."""

from __future__ import annotations

import logging
import secrets
from traceback import format_exception

from dash.exceptions import InvalidCallbackReturnValue
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from analytics.errors import EnvironmentFault, SilentChurnError
from analytics.redaction import redacted

logger = logging.getLogger(__name__)

UNEXPECTED = "Something went wrong here. The numbers on the page are those from before."
CALLBACK_PATH = "/_dash-update-component"


def new_reference() -> str:
    """Return a short reference that stands in the log and on the screen."""
    return secrets.token_hex(4)


def sentence_of(error: Exception) -> str:
    """Return what may be said to a user: our own refusals in full, nothing of anything else."""
    return error.message if isinstance(error, SilentChurnError) else UNEXPECTED


def log_failure(error: Exception, reference: str) -> None:
    """Write an error to the log: a refusal as a line, anything else with its traceback."""
    if isinstance(error, SilentChurnError) and not isinstance(error, EnvironmentFault):
        logger.warning("refused %s: %s", reference, error.rule)
    else:
        logger.error("%sfailed %s", redacted("".join(format_exception(error))), reference)


def register_error_pages(server: Flask) -> None:
    """Answer every failure outside of a callback in plain text."""

    def answer(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        if isinstance(error, ConnectionError):
            logger.warning("gave up a request that did not arrive whole")
            return Response("The request did not arrive.\n", 408, mimetype="text/plain")
        reference, status = new_reference(), _status_of(error)
        if status == 400:
            logger.warning("refused %s: %s in a made-up request", reference, type(error).__name__)
        else:
            log_failure(error, reference)
        text = f"{sentence_of(error)} Reference {reference}.\n"
        return Response(text, status, mimetype="text/plain")

    server.register_error_handler(Exception, answer)


def _status_of(error: Exception) -> int:
    """Return 400 where only a made-up request can be the cause."""
    if request.path == CALLBACK_PATH and not isinstance(error, InvalidCallbackReturnValue):
        return 400
    return 404 if isinstance(error, SilentChurnError) else 500
