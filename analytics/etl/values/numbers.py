"""Numbers by their declared decimal and thousands marks; what does not fit is null, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from analytics.domain.event_log.contract import ColumnType
from analytics.etl.mappings.mapping_columns import ColumnSpec
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.values.texts import SourceColumns

_NOTHING = pa.scalar(None, pa.string())
_MINUS = "\u2212"
#: What people see as a blank: also the no-break, narrow no-break, thin and figure ones.
_BLANKS = " \u00a0\u202f\u2009\u2007"
#: A number with a negative exponent.
_SMALL = r"\d[eE]-\d"
#: Characters of a text to remove that would take a sign away with them.
_SIGNS = frozenset("()-" + _MINUS)


@dataclass(frozen=True)
class NumberStyle:
    """How numbers are written in text.

    Parameters
    ----------
    remove
        Texts to take out before the number is read.
    negative
        Besides a leading minus: ``"brackets"`` for (12.50), ``"trailing_minus"`` for 12.50-.
    sign_matters
        False where only the size is wanted.
    """

    decimal: str = "."
    thousands: str = ""
    remove: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    sign_matters: bool = True

    @classmethod
    def of(cls, source: Source, spec: ColumnSpec | None = None) -> NumberStyle:
        """Return the style of a column, or of its source where the column does not say."""
        if spec is None:
            return cls(source.decimal, source.thousands, (), source.negative)
        return cls(
            spec.decimal or source.decimal,
            spec.thousands or source.thousands,
            spec.remove,
            source.negative if spec.negative is None else spec.negative,
            not spec.absolute,
        )

    @property
    def pattern(self) -> str:
        """Regular expression of a number in this style."""
        mark = re.escape(self.decimal)
        whole = r"\d+"
        if self.thousands:
            whole = rf"(?:\d{{1,3}}(?:{_one(self.thousands)}\d{{3}})+|\d+)"
        return rf"^[+-]?(?:{whole}(?:{mark}\d*)?|{mark}\d+)(?:[eE][+-]?\d{{1,3}})?$"

    @property
    def removes_signs(self) -> bool:
        """True when what is to be removed holds what makes a number negative."""
        return any(_SIGNS & set(removed) for removed in self.remove)


@dataclass(frozen=True)
class NumberStyles:
    """How the numbers of each source column are written.

    Parameters
    ----------
    others
        Style of the columns that have none of their own.
    """

    others: NumberStyle
    own: dict[str, NumberStyle] = field(default_factory=dict)

    @classmethod
    def of_source(cls, source: Source, origin: Source) -> NumberStyles:
        """Return the styles of a source: a condition reads a column as the mapping lands it.

        Parameters
        ----------
        origin
            The source whose file is read: `source` itself, unless it reads another one's.
        """
        landed = source.landed_table.columns if source.to else ()
        numeric = [
            number_column.name
            for number_column in landed
            if number_column.type is ColumnType.NUMBER
        ]
        specs = (source.columns[name] for name in numeric if name in source.columns)
        own = {
            column: NumberStyle.of(origin, spec)
            for spec in specs
            for column in (spec.times, spec.column)
            if column
        }
        return cls(NumberStyle.of(origin), own)

    def of(self, name: str) -> NumberStyle:
        """Return the style of a source column."""
        return self.own.get(name, self.others)


def numbers_of(columns: SourceColumns, name: str, style: NumberStyle) -> pa.Array:
    """Return a source column as doubles: numbers as they are, texts by the style, else null."""
    typed = columns.typed(name).number
    written = columns.written(name)
    return (
        typed
        if written.null_count == len(written)
        else pc.coalesce(typed, parse_numbers(written, style))
    )


def parse_numbers(texts: pa.Array, style: NumberStyle) -> pa.Array:
    """Return texts without surrounding blanks as doubles; null where there is no such number."""
    left = texts
    for text in style.remove:
        pattern = f"{_one(text)}" if text.isspace() else re.escape(text)
        left = pc.utf8_trim_whitespace(pc.replace_substring_regex(left, pattern, ""))
    signed = _with_leading_sign(left, style)
    if style.removes_signs and style.sign_matters:
        lost = pc.and_(_looks_negative(texts, style), pc.invert(pc.starts_with(signed, "-")))
        exponents = (pc.match_substring_regex(column, _SMALL) for column in (texts, signed))
        lost = pc.or_(lost, pc.not_equal(*exponents))
        signed = pc.if_else(lost, _NOTHING, signed)
    plain = pc.if_else(pc.match_substring_regex(signed, style.pattern), signed, _NOTHING)
    if style.thousands:
        plain = pc.replace_substring_regex(plain, _one(style.thousands), "")
    if style.decimal != ".":
        plain = pc.replace_substring(plain, style.decimal, ".")
    return pc.utf8_ltrim(plain, "+").cast(pa.float64())


def _with_leading_sign(texts: pa.Array, style: NumberStyle) -> pa.Array:
    """Turn each declared way of writing a negative number into a leading minus."""
    texts = pc.replace_substring(texts, _MINUS, "-")
    if "brackets" in style.negative:
        texts = pc.replace_substring_regex(texts, r"^\(\s*([^()+-]+?)\s*\)$", r"-\1")
    if "trailing_minus" in style.negative:
        texts = pc.replace_substring_regex(texts, r"^([^()+-]*\d)\s*-$", r"-\1")
    return pc.replace_substring_regex(texts, rf"^([+-])[{_BLANKS}]+", r"\1")


def _looks_negative(texts: pa.Array, style: NumberStyle) -> pa.Array:
    """Whether a text has a minus or its digits in brackets.

    A price dash ("12,-") and the minus of an exponent are no such minus.
    """
    other = rf"{re.escape(style.decimal)}\s*[-{_MINUS}]+|\d[eE]-"
    bare = pc.replace_substring_regex(texts, other, "")
    return pc.match_substring_regex(bare, rf"[-{_MINUS}]|\([^()]*\d[^()]*\)")


def _one(mark: str) -> str:
    """Return a regular expression of a mark; any blank stands for all."""
    return f"[{_BLANKS}]" if mark.isspace() else re.escape(mark)
