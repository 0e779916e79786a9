"""What of an address was not understood: said on the page, refused for a file."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from analytics.domain.customer.filter import FILTER_FIELDS, CustomerFilter
from analytics.domain.customer.filter_field import Control
from analytics.domain.customer.packed_choice import PACKED_FIELD
from analytics.errors import UsageError
from webapp.address import MAX_BUDGET, MAX_HOURS, Address, bounded

#: Fields of the filter whose values come from us: an unknown one is a mistake, not a lost customer.
CLOSED_FIELDS = frozenset(filter_field.name for filter_field in FILTER_FIELDS if filter_field.words)
LIMITS = {"budget": MAX_BUDGET, "hours": MAX_HOURS}
SWITCHED_OFF = frozenset(
    (filter_field.name, "0")
    for filter_field in FILTER_FIELDS
    if filter_field.control is Control.SWITCH
)


def is_understood(search: object) -> bool:
    """Return True where every part of an address says something that this app knows."""
    return all(_says_something(name, value) for name, value in _pairs(search))


def refuse_unknown_choices(search: object) -> None:
    """Refuse what a filter would leave out: leaving it out would put everyone into a file.

    Raises
    ------
    UsageError
        A choice is unknown.
    """
    known = (*CustomerFilter.names(), PACKED_FIELD)
    asked = [(name, value) for name, value in _pairs(search) if name in known]
    CustomerFilter.from_command_line(urlencode(asked, errors="replace"))


def refuse_unknown_limits(search: object) -> None:
    """Refuse a limit that is none: leaving it out would put the whole plan into a file.

    Raises
    ------
    UsageError
        A budget or working time is no number, negative or beyond what may be asked for.
    """
    for name, value in _pairs(search):
        if name in LIMITS and bounded(value, LIMITS[name]) is None:
            raise UsageError(
                f"{name} must be a number between 0 and {LIMITS[name]:,.0f}. Got {value[:40]!r}.",
                rule="limit_valid",
                got=value[:40],
            )


def _pairs(search: object) -> list[tuple[str, str]]:
    return parse_qsl(search.removeprefix("?")) if isinstance(search, str) else []


def _says_something(name: str, value: str) -> bool:
    if (name, value) in SWITCHED_OFF:
        return True
    parts = value.split(",") if name in CLOSED_FIELDS else [value]
    read = (Address.read(urlencode({name: part}, errors="replace")) for part in parts)
    return all(choice.to_search() for choice in read)
