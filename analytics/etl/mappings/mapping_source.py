"""One ``[[source]]`` of a mapping: where its rows are and what they become (see `mapping`)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analytics.domain.event_log.contract import LANDED_TABLES, TOLD_OF_A_CUSTOMER, LandedTable
from analytics.etl.mappings.mapping_columns import (
    Condition,
    Format,
    MappingPart,
    Name,
    NegativeForms,
    OneCharacter,
    Refusal,
    Scalar,
    Spec,
    TableName,
)
from analytics.etl.rows.refusals import SNAPSHOT_SENTENCE


class Source(MappingPart):
    """Rows from one file, pattern, database table or query.

    Parameters
    ----------
    name
        Shown in rejects; the name of the table in queries. Letters, digits and underscores.
        Example: ``name = "orders"``.
    to
        Landed table that the rows are for. Without it the source lands nothing itself and can only
        be used by queries. Example: ``to = "events"``.
    path
        File name or pattern inside the SOURCE folder given to ``ingest``. A SOURCE that is a file
        serves the sources whose pattern fits its name (any name where the mapping has one path).
        Files of a folder are read in the order of their names, numbers as numbers (``orders-2``
        before ``orders-10``); files named one by one in the order given. Where rows tell different
        things of one customer or event, the later file counts, then the later row; a later source
        of the mapping over an earlier one; what comes with ``--append`` over what had landed. An
        event whose rows tell when they were received is taken as it was received first. Example:
        ``path = "orders*.csv"``.
    format
        How the rows are written; goes with ``path``, except ``sql``. Example: ``format = "csv"``.
    read
        Name of another source whose path, format and options this one shares: one file, several
        kinds of events. Example: ``read = "orders"``.
    query
        Instead of a path: one DuckDB SELECT over other sources by name (CSV columns there are text;
        those of Parquet have their types; those of Excel, JSON and databases are times where all
        values are, numbers where all are and some have decimals, else text;
        the query cannot touch files or the network; ``rowid`` numbers a source's rows in the order
        in which they count). Each row that it returns counts as one row read, the later over the
        earlier. Example: ``query = "SELECT * FROM orders JOIN shops USING (shop)"``.
    optional
        ``true``: no complaint when the file is not there. Example: ``optional = true``.
    delimiter
        What stands between the columns of a CSV file. Example: ``delimiter = ";"``.
    quote
        Mark around texts of a CSV file; ``""`` for none. Example: ``quote = "'"``.
    escape
        Mark before a quote inside a text of a CSV file; none unless set. Example:
        ``escape = "\\\\"``.
    encoding
        Encoding of a text file. Example: ``encoding = "cp1252"``.
    header
        ``false``: a text file begins with its first row; a CSV file then needs ``names``. Example:
        ``header = false``.
    names
        Names of the columns of a CSV file without a header. Example:
        ``names = ["customer", "day", "amount"]``.
    skip_lines
        Lines before the header of a CSV file. Example: ``skip_lines = 3``.
    positions
        First and last character of each column of a fixed_width file, counted from 1. Example:
        ``positions = { customer = [1, 6], day = [8, 15] }``.
    sheet
        Sheet of an Excel file; the first unless set. Example: ``sheet = "Orders"``.
    url
        Address of a database; ``${NAME}`` in it is taken from the environment. Example:
        ``url = "postgresql://reader:${PASSWORD}@db.example.com/shop"``.
    sql_table
        Table of the database to read. Example: ``sql_table = "orders"``.
    sql_query
        Instead of a table: a query that the database runs. Example:
        ``sql_query = "SELECT * FROM orders WHERE day >= :first"``.
    parameters
        Values of the ``:names`` in ``sql_query``. Example:
        ``parameters = { first = "2024-01-01" }``.
    decimal
        Decimal mark of the numbers in text; a column may say otherwise. Example: ``decimal = ","``.
    thousands
        Mark between thousands of the numbers in text (any blank stands for all of them); none
        unless set; a column may say otherwise. Marks, ``negative`` and ``format`` are for text
        alone: a number or a date of Excel, JSON, Parquet or a database is taken as it is. Example:
        ``thousands = "."``.
    negative
        How negative numbers in text are written besides a leading minus: ``brackets`` for (12.50),
        ``trailing_minus`` for 12.50-; a column may say otherwise. Example:
        ``negative = ["brackets"]``.
    missing
        Texts that mean "nothing" in this source, instead of the mapping's. Example:
        ``missing = []``.
    filter
        Rows for which not all conditions hold are left out: counted as filtered, neither read nor
        refused. Example: ``filter = [{ column = "status", is = "!=", value = "test" }]``.
    refuse
        Rows for which all conditions of an entry hold are refused under that rule. Example:
        ``refuse = [{ rule = "no_tests", reason = "A test.", when = [{ column = "shop", is = "=",
        value = "test" }] }]``.
    duplicates
        ``"drop"``: events of one customer, type and id are one; without an id, rows equal in
        everything are. ``"keep"``: equal rows of one file are genuine (logs without an id).
        ``"add"``: rows of one customer, type and id are lines of one event; values add up, the
        earliest time counts. Rows that two files hold count once in all three. Example:
        ``duplicates = "keep"``.
    negative_orders
        ``return``: an order or top-up whose amount is below zero, after lines are added up, is a
        return of that amount. ``keep``: it stays what it is. An amount of zero is an order.
        Example: ``negative_orders = "keep"``.
    attributes
        Further columns kept as JSON with the customer: names, or ``"rest"`` for all that are not
        used otherwise. Example: ``attributes = ["industry"]``.
    properties
        Further columns kept as JSON with the event: names, or ``"rest"``. Example:
        ``properties = "rest"``.
    ignore
        Columns left out on purpose; other columns that nothing uses are told of in a note. Example:
        ``ignore = ["internal_note"]``.
    columns
        What becomes what: each landed column is the name of a source column, or a table of the keys
        below. Example: ``customer_id = "Customer"``.
    customer
        What rows of events tell of their customers, made like columns: plan, segment, region,
        channel, end_reason, name. The last row counts. Example: ``customer = { region = "Country"
        }``.
    """

    name: Name
    to: TableName | None = None
    path: str | None = None
    format: Format | None = None
    read: str | None = None
    query: str | None = None
    optional: bool = False

    delimiter: OneCharacter = ","
    quote: Annotated[str, Field(max_length=1)] = '"'
    escape: Annotated[str, Field(max_length=1)] = ""
    encoding: str = "utf-8"
    header: bool = True
    names: tuple[str, ...] = ()
    skip_lines: int = Field(0, ge=0)
    positions: dict[str, tuple[int, int]] = Field(default_factory=dict)
    sheet: str | None = None
    url: str | None = None
    sql_table: str | None = None
    sql_query: str | None = None
    parameters: dict[str, Scalar] = Field(default_factory=dict)

    decimal: OneCharacter = "."
    thousands: Annotated[str, Field(max_length=1)] = ""
    negative: NegativeForms = ()
    missing: tuple[str, ...] | None = None
    filter: tuple[Condition, ...] = ()
    refuse: tuple[Refusal, ...] = ()
    duplicates: Literal["drop", "keep", "add"] = "drop"
    negative_orders: Literal["return", "keep"] = "return"
    attributes: tuple[str, ...] | Literal["rest"] = ()
    properties: tuple[str, ...] | Literal["rest"] = ()
    ignore: tuple[str, ...] = ()
    columns: dict[str, Spec] = Field(default_factory=dict)
    customer: dict[str, Spec] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        self._check_origin()
        self._check_options()
        if self.to is not None:
            self._check_columns(self.landed_table)
        self._check_missing()
        return self

    def _check_origin(self) -> None:
        ways = [self.path is not None or self.format == "sql", self.read, self.query]
        if sum(map(bool, ways)) != 1:
            raise ValueError("a source must have one of path (with format), read or query")
        if self.path is not None and (self.path[:1] in "/\\" or ".." in self.path):
            raise ValueError(f"a path must lie inside SOURCE; got {self.path!r}")
        if ways[0] and self.format is None:
            raise ValueError("a source with a path must have a format")
        if self.to is None and (self.read or self.query):
            raise ValueError("a source with read or query must say which table it is for (to)")

    def _check_options(self) -> None:
        if self.format == "fixed_width" and not self.positions:
            raise ValueError("a fixed_width source must have positions")
        if any(not 1 <= first <= last for first, last in self.positions.values()):
            raise ValueError("positions must be [first, last] with 1 <= first <= last")
        if self.format == "sql" and (self.sql_table is None) == (self.sql_query is None):
            raise ValueError("an sql source must have either sql_table or sql_query")
        if self.format == "csv" and not self.header and not self.names:
            raise ValueError("a csv source without header must have names for its columns")
        for spec in (None, *self.columns.values()):
            decimal = (spec and spec.decimal) or self.decimal
            if decimal == ((spec and spec.thousands) or self.thousands):
                raise ValueError(f"decimal and thousands must differ; got {decimal!r} for both")
        if self.quote and self.quote == self.delimiter:
            raise ValueError("quote and delimiter must differ")

    def _check_columns(self, table: LandedTable) -> None:
        allowed = {column.name for column in table.columns} - {"attributes", "properties"}
        for name in self.columns:
            if name not in allowed:
                raise ValueError(
                    f"columns of {table.name} may be {', '.join(sorted(allowed))}; got {name!r}"
                )
        self._check_customer()
        for name in table.required:
            if name not in self.columns:
                must = f"columns of {table.name} must have {name}"
                raise ValueError(SNAPSHOT_SENTENCE if name == "occurred_at" else must)
        if self.duplicates != "drop" and self.to != "events":
            raise ValueError('duplicates = "keep" and "add" are for events only')
        if self.duplicates == "keep" and "event_id" in self.columns:
            raise ValueError('duplicates = "keep" is for events without event_id')
        if self.duplicates == "add" and "event_id" not in self.columns:
            raise ValueError('duplicates = "add" needs an event_id')
        if self.attributes and self.to != "customers":
            raise ValueError("attributes belong to customers")
        if self.properties and self.to != "events":
            raise ValueError("properties belong to events")

    def _check_customer(self) -> None:
        if self.customer and self.to != "events":
            raise ValueError("customer is for sources of events")
        if unknown := sorted(set(self.customer) - set(TOLD_OF_A_CUSTOMER)):
            raise ValueError(
                f"customer may have {', '.join(TOLD_OF_A_CUSTOMER)}; got {unknown[0]!r}"
            )

    def _check_missing(self) -> None:
        words: dict[str, tuple[str, ...]] = {}
        for name, own in self._own_missing:
            if words.setdefault(name, own) != own:
                raise ValueError(f"missing of the column {name!r} must be the same everywhere")

    @property
    def _own_missing(self) -> list[tuple[str, tuple[str, ...]]]:
        specs = (*self.columns.values(), *self.customer.values())
        return [
            (name, spec.missing)
            for spec in specs
            if spec.missing is not None
            for name in (spec.column, spec.times, *spec.columns)
            if name is not None
        ]

    @property
    def missing_in(self) -> dict[str, tuple[str, ...]]:
        """Words for nothing of the source columns that have their own."""
        return dict(self._own_missing)

    @property
    def landed_table(self) -> LandedTable:
        """The landed table that the rows are for."""
        return next(landed for landed in LANDED_TABLES if landed.name == self.to)

    @property
    def kept_columns(self) -> tuple[str, ...] | Literal["rest"]:
        """Further columns kept as JSON."""
        return self.attributes or self.properties

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the source."""
        specs = (*self.columns.values(), *self.customer.values())
        by_rule = (when for spec in specs for choice in spec.rules for when in choice.when)
        return (*self.filter, *(when for entry in self.refuse for when in entry.when), *by_rule)

    @property
    def named_columns(self) -> tuple[str, ...]:
        """Source columns that the mapping names, without repeats."""
        kept = self.kept_columns
        names = (
            *(name for spec in self.columns.values() for name in spec.used_columns),
            *(name for spec in self.customer.values() for name in spec.used_columns),
            *(condition.column for condition in self.conditions),
            *(kept if isinstance(kept, tuple) else ()),
        )
        return tuple(dict.fromkeys(names))

    @property
    def needs_every_column(self) -> bool:
        """True when columns that are not named matter too."""
        compares_rows = "event_id" not in self.columns or self.duplicates == "add"
        return self.kept_columns == "rest" or (self.to == "events" and compares_rows)
