"""A mapping: how the columns and values of a source become customers, events and treatments.

A mapping is a TOML file. The smallest that works, for a purchase log::

    title = "Our shop"

    [[source]]
    name = "orders"
    to = "events"                      # customers | events | treatments
    path = "orders*.csv"               # inside the SOURCE folder given to `ingest`
    format = "csv"                     # csv | fixed_width | json_lines | parquet | excel | sql
    [source.columns]
    customer_id = "Customer"           # landed column = column of the source
    occurred_at = { column = "Date", format = "%d.%m.%Y", zone = "Europe/Berlin" }
    event_type = { constant = "order" }
    event_id = "Order no"
    value = { column = "Amount", decimal = ",", thousands = "." }

Top of the file
---------------
title, description
    Shown to people.
simulated
    ``true`` when the data are made up; every page then says so.
zone
    Time zone of times without one: ``"UTC"`` unless set. A local time that a clock change repeats
    is taken as the first of the two; one that it skips is moved forward to the next that exists.
missing
    Texts that mean "nothing" besides the empty one: ``["NA", "null"]``.
currency, rates
    Currency that amounts count in, and what one unit of others is worth in it:
    ``currency = "EUR"``, ``rates = { USD = 0.92 }``. Where rows name a currency (column
    ``currency`` of events and customers, or a sign or code beside the amount that ``remove`` takes
    out) it must be one of these; the rates are fixed, and every run shows them as assumptions.
max_reject_share
    Share of refused rows above which the ingest stops (else the setting of that name).

``[[source]]``: where rows come from
------------------------------------
name
    Shown in rejects; the name of the table in queries. Letters, digits and underscores.
path, format
    File name or pattern. A SOURCE that is a folder is searched for it; a SOURCE that is a file
    serves the sources whose pattern fits its name (any name where the mapping has one path).
    Files of a folder are read in the order of their names, numbers as numbers (``orders-2`` before
    ``orders-10``); files named one by one in the order given. Where rows tell different things of
    one customer or event, the later file counts, then the later row; a later source of the mapping
    over an earlier one; what comes with ``--append`` over what had landed. An event whose rows tell
    when they were received is taken as it was received first.
to
    Landed table. Without it the source lands nothing itself and can only be used by queries.
read
    Name of another source whose path, format and options this one shares: one file, several
    kinds of events.
query
    Instead of a path: one DuckDB SELECT over other sources by name (CSV columns there are text;
    the query cannot touch files or the network; ``rowid`` numbers a source's rows in the order in
    which they count). Each row that it returns counts as one row read, the later over the earlier.
optional
    ``true``: no complaint when the file is not there.

Options by format: ``delimiter`` (","), ``quote`` ('"'; "" for none), ``escape`` (none),
``encoding`` ("utf-8"), ``header`` (true; if false name the columns in ``names``), ``skip_lines``
(lines before the header) for csv; ``positions = { customer_id = [1, 6] }`` (first and last
character, from 1) and ``header`` for fixed_width; ``sheet`` for excel; ``url``, ``sql_table`` or
``sql_query`` with ``parameters`` for sql (``${NAME}`` in the url is taken from the environment).
Nested fields of JSON lines are named with a dot: ``"context.plan"``.

Numbers and times in text: ``decimal`` ("."), ``thousands`` (none) hold for the source and can be
overruled by a column.

``filter = [{ column, is, value }, ...]``
    Rows for which not all conditions hold are left out: counted as filtered, neither read nor
    refused.
``refuse = [{ rule, reason, when = [{ column, is, value }, ...] }, ...]``
    Rows for which all conditions of an entry hold are refused under that rule.
``duplicates``
    ``"drop"`` (default): events of one customer, type and id are one; without an id, rows equal in
    everything are. ``"keep"``: equal rows of one file are genuine (logs without an id). ``"add"``:
    rows of one customer, type and id are lines of one event; values add up, the earliest time
    counts. Rows that two files hold count once in all three.
``negative``
    ``"return"`` (default): an order or top-up whose amount is below zero, after lines are added up,
    is a return of that amount. ``"keep"``: it stays what it is. An amount of zero is an order.
``attributes``, ``properties``
    Further columns kept as JSON with the customer or the event: names, or ``"rest"`` for all that
    are not used otherwise.
``ignore``
    Columns left out on purpose; other columns that nothing uses are told of in a note.
``[source.customer]``
    What rows of events tell of their customers, made like columns: plan, segment, region, channel,
    end_reason, name. The last row counts.

Conditions: ``is`` one of ``=  !=  <  <=  >  >=  in  not_in  missing  present  starts_with
not_starts_with  contains  matches``. Order compares numbers. A missing value equals nothing.

``[source.columns]``: what becomes what
---------------------------------------
Each landed column is the name of a source column, or a table of:

column, columns (+ separator)
    Source column; or several, joined ("-").
constant
    The same value for every row.
prefix
    Text put before the value: keeps ids of several sources apart.
values, otherwise
    ``{ A = "order", R = "return" }``; a value not listed is kept ("keep", default), refused
    ("refuse") or given another name.
rules, otherwise
    ``[{ when = [conditions], then = "return" }, ...]``: the first that holds; else otherwise.
decimal, thousands, remove, factor, times, absolute
    Numbers: marks, texts to take out (["$"]), a unit factor, another column to multiply by, the
    size without sign.
format, zone
    Times: ``"iso"`` (default) or a strptime format; zone of times that name none.
epoch
    Times as a count since 1970: ``"s"``, ``"ms"``, ``"us"``.
offset, anchor | anchor_column (+ anchor_values)
    Times as a count of ``"days"``, ``"hours"`` or ``"seconds"`` from a date: a fixed one, one in
    another column, or one looked up by that column's value ``{ 2013J = "2013-10-01" }``.
"""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from analytics.etl.mapping_columns import MappingPart
from analytics.etl.mapping_source import SNAPSHOT_SENTENCE, Source

CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Mapping(MappingPart):
    """A whole mapping file."""

    name: str
    title: str
    description: str = ""
    simulated: bool = False
    zone: str = "UTC"
    missing: tuple[str, ...] = ()
    max_reject_share: float | None = Field(None, ge=0, le=1)
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    rates: dict[CurrencyCode, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = Field(
        default_factory=dict
    )
    source: tuple[Source, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [one.name.lower() for one in self.source]
        if twice := [one for one in names if names.count(one) > 1]:
            raise ValueError(f"source names must differ; got {twice[0]!r} twice")
        for one in self.source:
            if one.read is not None and self.find(one.read).format is None:
                raise ValueError(f"read must name a source with a path; got {one.read!r}")
        if self.rates and not self.currency:
            raise ValueError("rates must say into which currency: currency is missing")
        if all(one.to != "events" for one in self.source):
            raise ValueError(f"a mapping must have a source of events. {SNAPSHOT_SENTENCE}")
        return self

    def find(self, name: str) -> Source:
        """Return the source of that name."""
        found = next((one for one in self.source if one.name == name), None)
        if found is None:
            raise ValueError(f"read must name a source; got {name!r}")
        return found

    def origin(self, source: Source) -> Source:
        """Return the source whose path, format and options say how to read this one."""
        return source if source.read is None else self.find(source.read)

    @property
    def landing(self) -> tuple[Source, ...]:
        """Sources whose rows land."""
        return tuple(one for one in self.source if one.to is not None)

    @property
    def used_by_queries(self) -> tuple[Source, ...]:
        """Sources with a path or address that a query names, or that land nothing themselves."""
        queries = " ".join(one.query or "" for one in self.source)
        words = {one.lower() for one in re.findall(r"\w+", queries)}
        physical = (one for one in self.source if one.format is not None)
        return tuple(one for one in physical if one.to is None or one.name.lower() in words)
