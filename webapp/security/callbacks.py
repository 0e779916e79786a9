"""Only bodies that the app's own pages would send reach a callback."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from flask import Flask, Response, request

from webapp.security.errors import CALLBACK_PATH

logger = logging.getLogger(__name__)

Spec = Mapping[str, Any]


def register_callback_check(server: Flask, callbacks: Callable[[], Sequence[Spec]]) -> None:
    """Refuse a made-up body with one line in the log, before Dash trips over it.

    Parameters
    ----------
    callbacks
        Gives the callbacks as Dash describes them to a browser; asked once.
    """

    @cache
    def known() -> dict[str, Spec]:
        return {str(callback["output"]): callback for callback in callbacks()}

    def refuse_made_up() -> Response | None:
        if request.path != CALLBACK_PATH or request.method != "POST" or not request.is_json:
            return None
        body = request.get_json(silent=True)
        if is_of_a_page(body, known()):
            return None
        logger.warning("refused a callback body that no page sends")
        return Response("A request must be one that a page sends.\n", 400, mimetype="text/plain")

    server.before_request(refuse_made_up)


def is_of_a_page(body: object, known: Mapping[str, Spec]) -> bool:
    """Tell whether a body has the shape that a page gives it; its values are another matter."""
    if not isinstance(body, dict) or not isinstance(output := body.get("output"), str):
        return False
    spec = known.get(output)
    return (
        spec is not None
        and _is_encodable(body)
        and _names_outputs(body.get("outputs"), output)
        and _fills(body.get("inputs"), spec["inputs"])
        and _fills(body.get("state") or [], spec["state"])
        and _are_properties(body.get("changedPropIds"), body)
    )


def _names_outputs(given: object, output: str) -> bool:
    """Tell whether the outputs are those of the callback, in its order."""
    if not output.startswith(".."):
        return _is_named(given, output)
    names = output.strip(".").split("...")
    return (
        isinstance(given, list)
        and len(given) == len(names)
        and all(_is_named(value, name) for value, name in zip(given, names, strict=True))
    )


def _is_named(given: object, name: str) -> bool:
    return (
        isinstance(given, dict)
        and isinstance(given.get("property"), str)
        and isinstance(given.get("id"), str)
        and f"{given['id']}.{given['property']}" == name
    )


def _fills(given: object, wanted: Sequence[Spec]) -> bool:
    """Tell whether every input, or state, of a callback has its place, and nothing else has."""
    return (
        isinstance(given, list)
        and len(given) == len(wanted)
        and all(_fits(value, spec) for value, spec in zip(given, wanted, strict=True))
    )


def _fits(given: object, spec: Spec) -> bool:
    if spec["id"].startswith("{"):
        pattern = json.loads(spec["id"])
        return isinstance(given, list) and all(_matches(value, pattern, spec) for value in given)
    return (
        isinstance(given, dict)
        and given.get("id") == spec["id"]
        and given.get("property") == spec["property"]
    )


def _matches(given: object, pattern: dict[str, Any], spec: Spec) -> bool:
    if not isinstance(given, dict) or given.get("property") != spec["property"]:
        return False
    found = given.get("id")
    return (
        isinstance(found, dict)
        and found.keys() == pattern.keys()
        and all(isinstance(value, str | int) for value in found.values())
        and all(
            found[key] == wanted_value
            for key, wanted_value in pattern.items()
            if not isinstance(wanted_value, list)
        )
    )


def _are_properties(given: object, body: dict[str, Any]) -> bool:
    """Tell whether what is said to have changed is among what was sent."""
    if given is None:
        return True
    sent = {_name(dependency) for part in body["inputs"] for dependency in _each(part)}
    return isinstance(given, list) and all(
        isinstance(value, str) and value in sent for value in given
    )


def _each(part: Any) -> list[dict[str, Any]]:
    return part if isinstance(part, list) else [part]


def _name(one: dict[str, Any]) -> str:
    written = one["id"]
    if isinstance(written, dict):
        written = json.dumps(written, sort_keys=True, separators=(",", ":"))
    return f"{written}.{one['property']}"


def _is_encodable(body: object) -> bool:
    """Tell whether every text is one: half a surrogate pair is none, and no store keeps it."""
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except (UnicodeEncodeError, ValueError, RecursionError):
        return False
    return True
