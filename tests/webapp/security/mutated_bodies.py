"""Callback bodies as a browser sends them, and the same with something in them broken."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from dash import Dash

from tests.webapp.test_web_factory import callback_body

STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 1, 1e308, -1e308, 2**63, 10**40, 1.5, "", "x", " ", "nan", "inf", "-inf",
    "1e999", "\x00", "\ud800", "a" * 3000, "'; drop table churn_customers; --", "../../etc/passwd",
    "=1+1", "?budget=nan&hours=-1", "/customers/%00", "9" * 400, [], {}, [[]], [{}], [None],
    {"a": None}, [1, "x", None], {"startRow": -5, "endRow": "x"}, {"startRow": 1e30, "endRow": 0},
    {"startRow": 0, "endRow": 100, "sortModel": [{"colId": "nope", "sort": 5}], "filterModel": {}},
    {"type": "customer-work-status", "item": "x", "status": None}, {"id": 5, "property": []},
)  # fmt: skip

USUAL: tuple[Any, ...] = (
    "C00001", "/", "/segments", "/customers/C00001", "", "tier=critical", "?by=plan", 1, ["high"],
)  # fmt: skip


def mutated_bodies(app: Dash, seed: int, number: int) -> Iterator[dict[str, Any]]:
    """Yield bodies of the app's own callbacks: half with strange values, half broken as well."""
    rng = random.Random(seed)
    whole = [one for one in app._callback_list if not one["clientside_function"]]
    for _ in range(number):
        spec = rng.choice(whole)
        given = {
            str(one["id"]): copy.deepcopy(rng.choice((*STRANGE, *USUAL)))
            for one in (*spec["inputs"], *spec["state"])
        }
        body: Any = callback_body(app, spec["output"], given)
        body["inputs"] = [_spread(one, rng) for one in body["inputs"]]
        body["state"] = [_spread(one, rng) for one in body["state"]]
        if isinstance(pattern := body["inputs"][0], list):
            written = json.dumps(pattern[0]["id"], sort_keys=True, separators=(",", ":"))
            body["changedPropIds"] = [f"{written}.{pattern[0]['property']}"]
        for _ in range(rng.choice((0, 0, 0, 1, 2, 4))):
            body = _changed(body, rng)
        yield body


def _spread(one: dict[str, Any], rng: random.Random) -> Any:
    """Return the input of a pattern as a page sends it: one for each part that matches."""
    if not one["id"].startswith("{"):
        return one
    names = json.loads(one["id"])
    parts = {
        name: rng.choice((0, 1, 10**30, "x", "open")) if isinstance(value, list) else value
        for name, value in names.items()
    }
    return [{**one, "id": parts}]


def _changed(body: Any, rng: random.Random) -> Any:
    """Change one place of a body: another value, none, twice, or under another name."""
    places = list(_places(body))
    if not places:
        return body
    holder, key = rng.choice(places)
    match rng.randrange(5):
        case 0 | 1:
            holder[key] = copy.deepcopy(rng.choice(STRANGE))
        case 2:
            del holder[key]
        case 3:
            if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            else:
                holder[str(rng.choice(STRANGE))[:40]] = holder.pop(key)
        case _:
            holder[key] = [holder[key]]
    return body


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield node, key
            yield from _places(value)
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield node, position
            yield from _places(value)
