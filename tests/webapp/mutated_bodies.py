"""Callback bodies as a browser sends them, and the same with something in them broken."""

from __future__ import annotations

import copy
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


def mutated_bodies(app: Dash, seed: int, number: int) -> Iterator[dict[str, Any]]:
    """Yield bodies of the app's own callbacks, each with one to four things changed."""
    rng = random.Random(seed)
    whole = [one for one in app._callback_list if not one["clientside_function"]]
    for _ in range(number):
        spec = rng.choice(whole)
        given = {
            str(one["id"]): rng.choice(STRANGE) for one in (*spec["inputs"], *spec["state"])
        }
        body: Any = copy.deepcopy(callback_body(app, spec["output"], given))
        for _ in range(rng.randint(1, 4)):
            body = _changed(body, rng)
        yield body


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
