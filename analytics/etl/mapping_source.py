"""One ``[[source]]`` of a mapping: where its rows are and what they become (see `mapping`)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from analytics.domain.contract import CUSTOMERS, LANDED_TABLES, ColumnType, LandedTable
from analytics.etl.mapping_columns import (
    Condition,
    MappingPart,
    Name,
    OneCharacter,
    Refusal,
    Scalar,
    Spec,
)

#: What ``ingest`` says of a table that tells how things are, not when anything happened.
SNAPSHOT_SENTENCE = (
    "Events need a time (occurred_at). This table is a snapshot with one row a customer and has "
    "none; bring a log with one row for each thing that happened, with its date."
)

Format = Literal["csv", "fixed_width", "json_lines", "parquet", "excel", "sql"]
TableName = Literal["customers", "events", "treatments"]


class Source(MappingPart):
    """Rows from one file, pattern, database table or query."""

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
    filter: tuple[Condition, ...] = ()
    refuse: tuple[Refusal, ...] = ()
    duplicates: Literal["drop", "keep", "add"] = "drop"
    negative: Literal["return", "keep"] = "return"
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
        allowed = {one.name for one in table.columns} - {"attributes", "properties"}
        for name in self.columns:
            if name not in allowed:
                raise ValueError(
                    f"columns of {table.name} may be {', '.join(sorted(allowed))}; got {name!r}"
                )
        self._check_customer()
        for name in table.required:
            if name not in self.columns:
                raise ValueError(
                    SNAPSHOT_SENTENCE
                    if name == "occurred_at"
                    else f"columns of {table.name} must have {name}"
                )
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
        texts = [one.name for one in CUSTOMERS.columns if one.type is ColumnType.TEXT][1:-1]
        texts.remove("currency")
        if self.customer and self.to != "events":
            raise ValueError("customer is for sources of events")
        if unknown := sorted(set(self.customer) - set(texts)):
            raise ValueError(f"customer may have {', '.join(texts)}; got {unknown[0]!r}")

    @property
    def landed_table(self) -> LandedTable:
        """The landed table that the rows are for."""
        return next(one for one in LANDED_TABLES if one.name == self.to)

    @property
    def kept_columns(self) -> tuple[str, ...] | Literal["rest"]:
        """Further columns kept as JSON."""
        return self.attributes or self.properties

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the source."""
        specs = (*self.columns.values(), *self.customer.values())
        by_rule = (one for spec in specs for choice in spec.rules for one in choice.when)
        return (*self.filter, *(one for entry in self.refuse for one in entry.when), *by_rule)

    @property
    def named_columns(self) -> tuple[str, ...]:
        """Source columns that the mapping names, without repeats."""
        kept = self.kept_columns
        names = (
            *(name for spec in self.columns.values() for name in spec.used_columns),
            *(name for spec in self.customer.values() for name in spec.used_columns),
            *(one.column for one in self.conditions),
            *(kept if isinstance(kept, tuple) else ()),
        )
        return tuple(dict.fromkeys(names))

    @property
    def needs_every_column(self) -> bool:
        """True when columns that are not named matter too."""
        compares_rows = "event_id" not in self.columns or self.duplicates == "add"
        return self.kept_columns == "rest" or (self.to == "events" and compares_rows)
