"""Maps one chunk of a source to landed columns; every row is accepted or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np
import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
import pyarrow.compute as pc

from analytics.domain.event_log.contract import CUSTOMERS, ColumnType, LandedColumn
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.rows.contract_schema import broken_rules, contract_schema
from analytics.etl.rows.kept_columns import as_json
from analytics.etl.rows.refusals import BrokenRule, Rows, refused_rows, rule_sentence
from analytics.etl.rows.rounded_ids import ID_COLUMNS, lost_digits
from analytics.etl.rows.row_content import content_of, last_of_each
from analytics.etl.sources.cells import UTC_TIME
from analytics.etl.sources.chunk import Chunk, Refused
from analytics.etl.values.conditions import all_hold
from analytics.etl.values.currencies import (
    AMOUNT_COLUMNS,
    converted,
    named_currencies,
    unknown_currency,
    written_currencies,
)
from analytics.etl.values.numbers import NumberStyle, NumberStyles, numbers_of, parse_numbers
from analytics.etl.values.texts import SourceColumns
from analytics.etl.values.times import parse_times
from analytics.etl.values.words import by_the_mapping, make_words, not_listed

#: Helper columns of staged rows: where the row lay, and a hash of all that it held.
LINE, CONTENT = "_line", "_content"

_ARROW_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.TIME: UTC_TIME,
}


@dataclass(frozen=True)
class MappedChunk:
    """What became of one chunk: ``len(accepted) + len(refused)`` rows were read.

    Parameters
    ----------
    accepted
        Landed columns in contract order, then `LINE` and, where ids must be made, `CONTENT`.
    filtered
        Rows left out by the mapping's filter; neither read nor refused.
    customers
        What rows of events tell of their customers: one row a customer, the last; else None.
    """

    accepted: pa.Table
    refused: tuple[Refused, ...]
    filtered: int
    customers: pa.Table | None = None

    @property
    def read(self) -> int:
        """Rows that count."""
        return len(self.accepted) + len(self.refused)


class RowMapper:
    """Maps the chunks of one source.

    Parameters
    ----------
    connection
        A DuckDB connection to write kept columns as JSON with.
    currency
        Currency of all amounts by the settings; what the mapping says counts before it.
    """

    def __init__(
        self,
        mapping: Mapping,
        source: Source,
        now: datetime,
        connection: duckdb.DuckDBPyConnection,
        currency: str = "",
    ) -> None:
        self._mapping = mapping
        self._source = source
        self._now = now
        self._connection = connection
        self._origin = mapping.origin(source)
        self._styles = NumberStyles.of_source(source, self._origin)
        self._currency = mapping.currency or currency
        self._schema: pandera.DataFrameSchema | None = (
            contract_schema(source.landed_table, now, source.columns) if source.to else None
        )

    def map(self, chunk: Chunk) -> MappedChunk:
        """Return the accepted and refused rows of a chunk."""
        chunk, filtered = self._filtered(chunk)
        columns = self._columns(chunk)
        landed, broken = self._landed(columns)
        if self._schema is not None and len(columns):
            broken = self._by_contract(landed, columns, broken)
        broken += self._own_rules(columns)
        refused, records = refused_rows(chunk, broken)
        landed = landed.append_column(LINE, pa.array(chunk.lines))
        if self._source.needs_every_column:
            landed = landed.append_column(CONTENT, content_of(chunk))
        accepted = landed.filter(pa.array(~refused))
        customers = self._customers(columns, landed) if self._source.customer else None
        if customers is not None:
            customers = last_of_each(customers.filter(pa.array(~refused)))
        return MappedChunk(accepted, (*chunk.refused, *records), filtered, customers)

    def _customers(self, columns: SourceColumns, landed: pa.Table) -> pa.Table:
        made = {
            customer_column.name: make_words(columns, spec, self._styles)
            if (spec := self._source.customer.get(customer_column.name))
            else pa.nulls(len(columns), _ARROW_TYPES[customer_column.type])
            for customer_column in CUSTOMERS.columns
        }
        told = {**made, "customer_id": landed.column("customer_id"), LINE: landed.column(LINE)}
        return pa.table(told)

    def _columns(self, chunk: Chunk) -> SourceColumns:
        own = next(
            (side.missing for side in (self._source, self._origin) if side.missing is not None),
            self._mapping.missing,
        )
        return SourceColumns(chunk.rows, own, self._source.missing_in)

    def nothing(self) -> pa.Table:
        """Return no rows, with the columns that accepted ones have."""
        made = {
            column.name: pa.nulls(0, _ARROW_TYPES[column.type])
            for column in self._source.landed_table.columns
        }
        rows = pa.table(made).append_column(LINE, pa.array([], pa.int64()))
        if self._source.needs_every_column:
            rows = rows.append_column(CONTENT, pa.array([], pa.uint64()))
        return rows

    def _filtered(self, chunk: Chunk) -> tuple[Chunk, int]:
        if not self._source.filter:
            return chunk, 0
        columns = self._columns(chunk)
        kept = all_hold(self._source.filter, columns, self._styles)
        texts = None if chunk.texts is None else chunk.texts.filter(kept)
        lines = chunk.lines[kept.to_numpy(zero_copy_only=False)]
        remaining = Chunk(chunk.rows.filter(kept), lines, texts, chunk.refused)
        return remaining, len(chunk.lines) - len(lines)

    def _landed(self, columns: SourceColumns) -> tuple[pa.Table, list[BrokenRule]]:
        """Make every landed column; values that cannot be read are null and broken rules."""
        if self._source.to is None:
            return columns.cleaned(), []
        made: dict[str, pa.Array] = {}
        broken: list[BrokenRule] = []
        for column in self._source.landed_table.columns:
            spec = self._source.columns.get(column.name)
            if spec is None:
                made[column.name] = pa.nulls(len(columns), _ARROW_TYPES[column.type])
                continue
            made[column.name] = self._made(column, spec, columns)
            broken += self._unreadable(column, spec, columns, made[column.name])
        broken += self._in_one_currency(made, columns)
        kept = as_json(self._connection, columns, self._source)
        if kept is not None:
            made["properties" if self._source.to == "events" else "attributes"] = kept
        return pa.table(made), broken

    def _in_one_currency(
        self, made: dict[str, pa.Array], columns: SourceColumns
    ) -> list[BrokenRule]:
        """Convert amounts; return the rule for those in a currency without a rate."""
        amount = AMOUNT_COLUMNS.get(str(self._source.to), "")
        spec = self._source.columns.get(amount)
        if spec is None:
            return []
        named = "currency" in self._source.columns
        if named:
            codes = named_currencies(made["currency"], self._currency)
        elif spec.remove and spec.column is not None:
            codes = written_currencies(columns.text(spec.column), self._currency)
        else:
            return []
        made["currency"] = codes
        if not self._currency:
            return []
        rates = {self._currency: 1.0, **self._mapping.rates}
        rows = _rows(unknown_currency(made[amount], codes, rates))
        made[amount] = converted(made[amount], codes, rates)
        says = f"{amount} must be in {' or '.join(rates)}, or its currency have a rate."
        got = self._source.columns.get("currency") if named else spec
        rule = BrokenRule("currency_known", "currency", rows, says, _value_of(got, columns))
        return [rule] if rows.any() else []

    def _made(self, column: LandedColumn, spec: ColumnSpec, columns: SourceColumns) -> pa.Array:
        if column.type is ColumnType.TIME:
            style = NumberStyle.of(self._origin, spec)
            return parse_times(columns, spec, self._mapping.zone, style)
        if column.type is ColumnType.TEXT:
            return make_words(columns, spec, self._styles)
        return self._number(spec, columns)

    def _number(self, spec: ColumnSpec, columns: SourceColumns) -> pa.Array:
        style = NumberStyle.of(self._origin, spec)
        if spec.constant is not None or spec.rules or spec.values:  # noqa: PD011 - our own
            numbers = self._chosen_number(spec, columns, style)
        else:
            numbers = numbers_of(columns, str(spec.column), style)
        if spec.times is not None:
            numbers = pc.multiply(numbers, numbers_of(columns, spec.times, style))
        if spec.factor is not None:
            numbers = pc.multiply(numbers, spec.factor)
        return pc.abs(numbers) if spec.absolute else numbers

    def _chosen_number(
        self, spec: ColumnSpec, columns: SourceColumns, style: NumberStyle
    ) -> pa.Array:
        """Read what the mapping chooses as TOML writes it, what the source says by its marks."""
        chosen = parse_numbers(make_words(columns, spec, self._styles), NumberStyle())
        if spec.column is None or spec.otherwise not in {None, "keep"}:
            return chosen
        by_mapping = by_the_mapping(columns, spec, self._styles)
        return pc.if_else(by_mapping, chosen, numbers_of(columns, spec.column, style))

    def _unreadable(
        self, column: LandedColumn, spec: ColumnSpec, columns: SourceColumns, made: pa.Array
    ) -> list[BrokenRule]:
        """Return the rule for values that are there but could not be read."""
        if column.type is ColumnType.TEXT:
            rule, rows = "event_type_listed", _rows(not_listed(columns, spec))
            if column.name in ID_COLUMNS:
                rule, rows = "id_whole", lost_digits(columns, spec)
        else:
            rule = "time_readable" if column.type is ColumnType.TIME else "number_readable"
            names = [name for name in (spec.column, spec.times, spec.anchor_column) if name]
            there = [columns.present(name) for name in names]
            rows = _rows(pc.is_null(made)) & np.logical_and.reduce(
                [np.ones(len(columns), dtype=np.bool_), *(_rows(present) for present in there)]
            )
        if not rows.any():
            return []
        return [self._broken(rule, column.name, rows, spec, columns)]

    def _by_contract(
        self, landed: pa.Table, columns: SourceColumns, unreadable: list[BrokenRule]
    ) -> list[BrokenRule]:
        """Add the rules of the contract; a value that was unreadable is not also missing."""
        assert self._schema is not None
        frame: pd.DataFrame = landed.select(list(self._source.columns)).to_pandas()
        present: list[BrokenRule] = []
        others: list[BrokenRule] = []
        for rule, name, rows in broken_rules(self._schema, frame):
            is_presence = rule == f"{name}_present"
            for broken in unreadable if is_presence else []:
                rows = rows & ~broken.rows if broken.column == name else rows
            if rows.any():
                spec = self._source.columns.get(name)
                entry = self._broken(rule, name, rows, spec, columns)
                (present if is_presence else others).append(entry)
        return [*present, *unreadable, *others]

    def _broken(
        self, rule: str, name: str, rows: Rows, spec: ColumnSpec | None, columns: SourceColumns
    ) -> BrokenRule:
        says = rule_sentence(rule, name, spec, self._now)
        return BrokenRule(rule, name, rows, says, _value_of(spec, columns))

    def _own_rules(self, columns: SourceColumns) -> list[BrokenRule]:
        """Return the rules that the mapping adds."""
        found = []
        for own in self._source.refuse:
            rows = _rows(all_hold(own.when, columns, self._styles))
            if rows.any():
                found.append(BrokenRule(own.rule, own.when[0].column, rows, own.reason))
        return found


def _value_of(spec: ColumnSpec | None, columns: SourceColumns) -> Callable[[int], object]:
    name = None if spec is None else spec.column
    if name is None:
        return lambda position: None
    return lambda position: columns.text(name)[position].as_py()


def _rows(flags: pa.Array) -> Rows:
    rows: Rows = np.asarray(flags.to_numpy(zero_copy_only=False), dtype=np.bool_)
    return rows
