"""Whether the SQL of a feature can be transpiled for every engine, told in one sentence."""

from __future__ import annotations

from collections.abc import Collection

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from analytics.features.accumulate import accumulate_query, accumulators_of
from analytics.features.engines.lookups import make_lookups
from analytics.features.finish import RHYTHM_COLUMNS, among_query, finish_query, rhythm_query
from analytics.features.record import Accumulator, Feature, Grain

_TIMES = ("age", "week", "day", "weekday", "decay_21", "decay_45")
#: Columns of a row by grain; a sign also has its groups' flags.
COLUMNS = {
    Grain.DAYS: (*_TIMES, "activity", "active_day", "paid", "paid_cents"),
    Grain.SIGNS: (*_TIMES, "value_cents"),
    Grain.GAPS: ("gap", "times", "up_to", "all_gaps", "silent_days"),
    Grain.USES: ("uses_28d", "uses_56d_prior", "n_log_n_28d", "n_log_n_56d_prior"),
    Grain.TICKETS: ("age", "decay_45", "place", "is_opened", "unsolved"),
}
#: Aggregates that every engine answers alike, whatever the order of the rows.
AGGREGATES = (exp.Sum, exp.Min, exp.Max, exp.Count)
_KNOWN_FUNCTIONS = (*AGGREGATES, exp.Case, exp.If, exp.Cast, exp.Least, exp.Greatest, exp.Abs)


def problem_of(feature: Feature) -> str:
    """Return what is wrong with a feature's SQL, as a sentence; empty if nothing is."""
    for accumulator in feature.accumulators:
        if problem := _problem_of_accumulator(accumulator):
            return f"accumulator {accumulator.name!r} {problem}"
    own = [counted.name for counted in accumulators_of([feature])]
    allowed = {*own, *RHYTHM_COLUMNS, "last_active_day", "signed_up_day"}
    try:
        tree = _expression(feature.sql)
    except SqlglotError as error:
        return f"its sql must be SQL. Got {_short(error)}."
    return _unknown_column(tree, allowed, "its sql") or _problem_of_binding(feature)


def _problem_of_accumulator(one: Accumulator) -> str:
    try:
        tree = _expression(one.sql)
    except SqlglotError as error:
        return f"must be SQL. Got {_short(error)}."
    if not isinstance(tree, AGGREGATES):
        return f"must be one SUM, MIN, MAX or COUNT. Got {one.sql!r}."
    if any(tree.find_all(exp.Div, exp.IntDiv)) or any(
        "." in literal.name for literal in tree.find_all(exp.Literal) if literal.is_number
    ):
        return f"must stay in whole numbers; divide in the feature's sql. Got {one.sql!r}."
    if any(literal.is_string for literal in tree.find_all(exp.Literal)):
        return f"must hold no text; count an EventGroup. Got {one.sql!r}."
    for function in tree.find_all(exp.Func):
        if not isinstance(function, (*_KNOWN_FUNCTIONS, exp.And, exp.Or)):
            return f"may not use {function.sql_name()}: engines differ in it. Got {one.sql!r}."
    return _unknown_column(tree, {*COLUMNS[one.grain], *(group.name for group in one.groups)}, "it")


def _unknown_column(tree: exp.Expr, allowed: Collection[str], what: str) -> str:
    if any(tree.find_all(exp.Select, exp.Subquery, exp.Command)):
        return f"{what} must be one expression without a query of its own. Got a query."
    for column in tree.find_all(exp.Column):
        if column.name not in allowed:
            return (
                f"uses a column there is not: {what} may use {', '.join(sorted(allowed))}. "
                f"Got {column.name!r}."
            )
    return ""


def _problem_of_binding(feature: Feature) -> str:
    """Let DuckDB bind the whole build on empty tables."""
    with duckdb.connect() as connection:
        make_lookups(connection)
        flags = dict.fromkeys(
            g.name for accumulator in feature.accumulators for g in accumulator.groups
        )
        tables = {
            "prepared_days": ("activity", "active_day", "paid", "paid_cents", "gap"),
            "prepared_signs": ("value_cents", *flags),
            "prepared_uses": ("feature_code", "uses"),
        }
        for name, more in tables.items():
            columns = ("customer_key", "day", "received_day", *more)
            connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c} BIGINT' for c in columns)})")
        connection.execute(
            "CREATE TABLE prepared_customers (customer_key BIGINT, signed_up_day BIGINT)"
        )
        bound = {"day": 0, "first_key": 0, "past_key": 1}
        try:
            connection.execute(f"CREATE TABLE accumulated AS {accumulate_query([feature])}", bound)
            connection.execute(f"CREATE TABLE rhythm AS {rhythm_query()}", {"day": 0})
            connection.execute(f"CREATE TABLE among AS {among_query([feature])}")
            connection.execute(finish_query([feature]), {"first_key": 0, "past_key": 1})
        except duckdb.Error as error:
            return f"its SQL must be understood by DuckDB. Got {_short(error)}."
    return ""


def _expression(text: str) -> exp.Expr:
    trees = sqlglot.parse(f"SELECT {text}", read="duckdb")
    tree = trees[0]
    held = {name for name, value in tree.args.items() if value} if tree else set()
    if tree is None or len(trees) != 1 or len(tree.expressions) != 1 or held != {"expressions"}:
        raise SqlglotError("something else than one expression")
    found: exp.Expr = tree.expressions[0].unalias()
    return found


def _short(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")[:200]
