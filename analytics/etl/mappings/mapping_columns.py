"""The parts of a mapping below a source: conditions, choices, and how a landed column is made."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Operator = Literal[
    "=", "!=", "<", "<=", ">", ">=", "in", "not_in", "missing", "present",
    "starts_with", "not_starts_with", "contains", "matches",
]  # fmt: skip
Scalar = str | bool | int | float
Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
NegativeForm = Literal["brackets", "trailing_minus"]
NegativeForms = Annotated[tuple[NegativeForm, ...], BeforeValidator(lambda given: _listed(given))]
OneCharacter = Annotated[str, Field(min_length=1, max_length=1)]

Format = Literal["csv", "fixed_width", "json_lines", "parquet", "excel", "sql"]
TableName = Literal["customers", "events", "treatments"]


class MappingPart(BaseModel):
    """Part of a mapping: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Condition(MappingPart):
    """One comparison of a source column.

    Parameters
    ----------
    column
        Source column that is compared. Example: ``column = "status"``.
    operator
        How it is compared. Order compares numbers, read by the marks of the landed column that is
        made from the same source column; a missing value equals nothing. Example:
        ``is = "in"``.
    value
        What it is compared with: a list for ``in`` and ``not_in``, nothing for ``missing`` and
        ``present``. Example: ``value = ["paid", "sent"]``.
    """

    column: str
    operator: Operator = Field(alias="is")
    value: Scalar | tuple[Scalar, ...] | None = None

    @model_validator(mode="after")
    def _value_fits(self) -> Self:
        if self.operator in {"missing", "present"}:
            return self
        if self.value is None:
            raise ValueError(f"a condition with {self.operator!r} must have a value")
        if (self.operator in {"in", "not_in"}) != isinstance(self.value, tuple):
            raise ValueError("a list of values goes with 'in' and 'not_in', and only with them")
        ordered = self.operator in {"<", "<=", ">", ">="}
        if ordered and (isinstance(self.value, str | bool)):
            raise ValueError(f"{self.operator!r} compares numbers")
        return self


class Choice(MappingPart):
    """A value given to rows for which all conditions hold.

    Parameters
    ----------
    when
        Conditions that must all hold. Example: ``when = [{ column = "amount", is = "<", value = 0
        }]``.
    then
        Value of the landed column for these rows. Example: ``then = "return"``.
    """

    when: tuple[Condition, ...] = Field(min_length=1)
    then: str


class Refusal(MappingPart):
    """A rule of the mapping's own: rows for which all conditions hold are refused.

    Parameters
    ----------
    rule
        Name under which the rows are counted as refused. Example: ``rule = "no_tests"``.
    reason
        Sentence kept with each refused row. Example: ``reason = "Test orders are no orders."``.
    when
        Conditions that must all hold. Example: ``when = [{ column = "shop", is = "=", value =
        "test" }]``.
    """

    rule: Name
    reason: str
    when: tuple[Condition, ...] = Field(min_length=1)


class ColumnSpec(MappingPart):
    """How one landed column is made.

    Parameters
    ----------
    column
        Source column that it is made from. Example: ``column = "Customer"``.
    columns
        Several source columns, joined. Example: ``columns = ["shop", "number"]``.
    separator
        What stands between the joined ones. Example: ``separator = "/"``.
    constant
        The same value for every row. Example: ``constant = "order"``.
    prefix
        Text put before the value: keeps ids of several sources apart. Example:
        ``prefix = "shop-"``.
    values
        Other words for the values of the column. Example:
        ``values = { A = "order", R = "return" }``.
    rules
        The first entry whose conditions hold gives the value. Example:
        ``rules = [{ when = [{ column = "amount", is = "<", value = 0 }], then = "return" }]``.
    otherwise
        Where no value or rule fits: ``keep`` the source's word (so unless set), ``refuse`` the row,
        or another word. Example: ``otherwise = "refuse"``.
    decimal
        Decimal mark of this column; else the source's. Example: ``decimal = ","``.
    thousands
        Mark between thousands of this column; else the source's. Example: ``thousands = "."``.
    remove
        Texts taken out of a number before it is read; a number whose minus or brackets they would
        take away is refused. Example: ``remove = ["$", " EUR"]``.
    negative
        How negative numbers of this column are written; else the source's. Example:
        ``negative = ["trailing_minus"]``.
    missing
        Texts that mean "nothing" in this column's source columns, instead of the source's. Example:
        ``missing = ["NA"]``.
    factor
        What a number is multiplied by, for another unit. Example: ``factor = 0.01``.
    times
        Another source column that a number is multiplied by. Example: ``times = "quantity"``.
    absolute
        ``true``: the size of a number without its sign. Example: ``absolute = true``.
    format
        How a time is written: ``iso`` or a strptime format, in English and nothing else: "now" is
        no time. ``%G-W%V-%u`` reads ISO weeks. Example: ``format = "%d.%m.%Y"``.
    zone
        Zone of times that name none; else the mapping's. A zone in the text counts, be it ``%z``,
        ``%Z`` (UTC, an offset, Europe/Berlin, or a short name of the zone such as CEST) or written
        out in the format. Example: ``zone = "Europe/Berlin"``.
    epoch
        Times as a count since 1970: its unit. Example: ``epoch = "ms"``.
    offset
        Times as a count from a date: its unit. Goes with ``anchor`` or ``anchor_column``. Example:
        ``offset = "days"``.
    anchor
        The date that an offset counts from. Example: ``anchor = "2013-10-01"``.
    anchor_column
        Source column that holds the date that an offset counts from. Example: ``anchor_column =
        "course"``.
    anchor_values
        Date of each value of the anchor column, where it holds no dates itself. Example:
        ``anchor_values = { 2013J = "2013-10-01" }``.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    separator: str = "-"
    constant: Scalar | None = None
    prefix: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    rules: tuple[Choice, ...] = ()
    otherwise: str | None = None
    decimal: OneCharacter | None = None
    thousands: OneCharacter | None = None
    remove: tuple[str, ...] = ()
    negative: NegativeForms | None = None
    missing: tuple[str, ...] | None = None
    factor: float | None = None
    times: str | None = None
    absolute: bool = False
    format: str = "iso"
    zone: str | None = None
    epoch: Literal["s", "ms", "us"] | None = None
    offset: Literal["days", "hours", "seconds"] | None = None
    anchor: str | None = None
    anchor_column: str | None = None
    anchor_values: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        given = [self.column is not None, bool(self.columns), self.constant is not None]
        if sum(given) > 1 or (not any(given) and not self.rules):
            raise ValueError("a column must have one of column, columns, constant or rules")
        if self.rules and self.otherwise is None and self.column is None:
            raise ValueError("rules without a column must say otherwise")
        if self.offset and (self.anchor is None) == (self.anchor_column is None):
            raise ValueError("an offset must have either anchor or anchor_column")
        if "" in self.remove:
            raise ValueError("remove must not hold an empty text")
        return self

    @property
    def used_columns(self) -> tuple[str, ...]:
        """Source columns that this one is made from."""
        single = (self.column, self.times, self.anchor_column)
        conditions = (condition.column for choice in self.rules for condition in choice.when)
        return (*(key for key in single if key is not None), *self.columns, *conditions)


def _listed(given: object) -> object:
    """Let ``negative = "brackets"`` stand for ``["brackets"]``."""
    return (given,) if isinstance(given, str) else given


def _spelled_out(given: object) -> object:
    """Let ``customer_id = "Customer"`` stand for ``{ column = "Customer" }``."""
    return {"column": given} if isinstance(given, str) else given


Spec = Annotated[ColumnSpec, BeforeValidator(_spelled_out)]
