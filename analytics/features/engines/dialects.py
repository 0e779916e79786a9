"""Carries a query from DuckDB's dialect to another engine's.

The queries hold whole numbers and names of ours only, so that what sqlglot writes for PostgreSQL
and Spark needs no mending; a test holds the text that each of them gets.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp


def transpiled(query: str, dialect: str, bound: Mapping[str, int]) -> str:
    """Return the query in another dialect, its ``$`` parameters filled in as whole numbers.

    Parameters
    ----------
    dialect
        ``postgres`` or ``spark``.
    """
    tree = _parsed(query).copy()
    for parameter in list(tree.find_all(exp.Parameter, exp.Placeholder)):
        name = parameter.name if isinstance(parameter.this, str) else parameter.this.name
        parameter.replace(exp.Literal.number(int(bound[name])))
    if dialect == "spark":  # it has no word for it, and decides by itself
        for step in tree.find_all(exp.CTE):
            step.set("materialized", None)
    return tree.sql(dialect=dialect, pretty=True)


@lru_cache(maxsize=16)
def _parsed(query: str) -> exp.Expr:
    return sqlglot.parse_one(query, read="duckdb")
