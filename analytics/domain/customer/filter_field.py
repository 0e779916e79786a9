"""A field of the customer filter: the column it chooses by, what it allows, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from enum import StrEnum
from typing import Any

from analytics.domain.customer.named_segment import NamedSegment
from analytics.domain.customer.rfm import RfmGroup
from analytics.domain.customer.risk_tier import FrustrationBand, RiskTier, ValueBand
from analytics.domain.customer.state import CustomerState

Words = type[RiskTier | FrustrationBand | ValueBand | CustomerState | NamedSegment | RfmGroup]


class Control(StrEnum):
    """How a person sets a field."""

    CHIPS = "chips"
    MENU = "menu"
    SWITCH = "switch"
    SEARCH = "search"


@dataclass(frozen=True)
class FilterField:
    """One field of the filter, as every part of the product reads it.

    Parameters
    ----------
    column
        Column of the customers table; empty for the search.
    words
        The values allowed, in their order, with labels; None for any text that can land.
    own
        The column comes from the company's own data.
    compared
        The Segments page may group customers by it.
    label
        What the control is called; empty for the label of the column.
    """

    name: str
    column: str
    control: Control
    words: Words | None = None
    own: bool = False
    compared: bool = False
    label: str = ""

    @property
    def allowed(self) -> frozenset[str]:
        """The values allowed; empty where any text that can land is."""
        return frozenset(str(word) for word in self.words or ())


def filter_field(declared: Field[Any]) -> FilterField:
    """Return what a field of the filter's dataclass was declared as."""
    return FilterField(declared.name, **declared.metadata)


def chips(column: str, words: Words, *, label: str) -> Any:
    """Declare a choice among few words of ours, all of them in view."""
    return _choice(column=column, control=Control.CHIPS, words=words, label=label)


def menu(column: str, words: Words | None = None, *, compared: bool = True, label: str = "") -> Any:
    """Declare a choice from a menu."""
    return _choice(column=column, control=Control.MENU, words=words, compared=compared, label=label)


def own_column(column: str) -> Any:
    """Declare a choice among the values of one of the company's own columns."""
    return _choice(column=column, control=Control.MENU, own=True, compared=True)


def switch(column: str, label: str) -> Any:
    """Declare a switch: only the customers of whom a column is true."""
    return field(default=False, metadata=_told(column=column, control=Control.SWITCH, label=label))


def search() -> Any:
    """Declare the search for a part of an id or a name."""
    return field(default="", metadata=_told(column="", control=Control.SEARCH))


def _choice(**told: Any) -> Any:
    return field(default=(), metadata=_told(**told))


def _told(**told: Any) -> Mapping[str, Any]:
    return told
