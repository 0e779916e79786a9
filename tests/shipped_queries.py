"""The queries that ship with the product, told apart by their names."""

from __future__ import annotations

import re

from analytics.exports.sql_files import sql_folder

_QUERY = re.compile(r"^-- query: (?P<name>\w+)\n(?P<text>.*?;)\n", re.MULTILINE | re.DOTALL)


def shipped_queries() -> dict[str, str]:
    """Return the queries of `churn_queries.sql` by name, in their order."""
    text = (sql_folder() / "churn_queries.sql").read_text("utf-8")
    return {one["name"]: one["text"] for one in _QUERY.finditer(text)}
