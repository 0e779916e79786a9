"""Which customers to look at: one value, one canonical query string, nothing trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlencode

from analytics.domain.customer.filter_field import (
    Control,
    FilterField,
    chips,
    filter_field,
    menu,
    own_column,
    search,
    switch,
)
from analytics.domain.customer.named_segment import NamedSegment
from analytics.domain.customer.packed_choice import PACKED_FIELD, packed, unpacked
from analytics.domain.customer.rfm import RfmGroup
from analytics.domain.customer.risk_tier import FrustrationBand, RiskTier, ValueBand
from analytics.domain.customer.state import CustomerState
from analytics.domain.event_log.contract import MAX_TEXT_LENGTH
from analytics.errors import UsageError

#: A choice that takes more characters than this when spelled out is packed in an address.
LONGEST_SPELLED_OUT = 1_500


@dataclass(frozen=True)
class CustomerFilter:
    """A choice of customers; an empty field means all.

    Its canonical query string is the address of a page, the name of an export and part of a cache
    key, so equal choices must give equal text: choices are sorted and freed of repeats. A text is
    never changed: every value that can land can be chosen, odd blanks and all.

    Parameters
    ----------
    tier, band, value
        Names of risk tiers, frustration bands and value bands.
    state, named, rfm
        Names of customer states, named segments and RFM groups.
    cluster
        Names of behaviour clusters, as the run gave them.
    segment, plan, region, channel
        Values of the customers' own columns, as they are in the data.
    action
        Names of recommended actions.
    early
        Only recently active customers: seen in the last days of the profile.
    suppressed
        Only customers who are frustrated and do not speak.
    search
        Part of a customer id or name.
    """

    tier: tuple[str, ...] = chips("risk_tier", RiskTier, label="Risk")
    band: tuple[str, ...] = chips("frustration_band", FrustrationBand, label="Frustration")
    value: tuple[str, ...] = chips("value_band", ValueBand, label="Value")
    state: tuple[str, ...] = menu("customer_state", CustomerState)
    named: tuple[str, ...] = menu("named_segment", NamedSegment)
    rfm: tuple[str, ...] = menu("rfm_group", RfmGroup)
    cluster: tuple[str, ...] = menu("behaviour_cluster")
    segment: tuple[str, ...] = own_column("segment")
    plan: tuple[str, ...] = own_column("plan")
    region: tuple[str, ...] = own_column("region")
    channel: tuple[str, ...] = own_column("channel")
    action: tuple[str, ...] = menu("recommended_action", compared=False, label="Action")
    early: bool = switch("recently_active", "Recently active")
    suppressed: bool = switch("suppressed_frustration", "Frustrated but silent")
    search: str = search()

    @classmethod
    def from_query(cls, query: str | None) -> CustomerFilter:
        """Read a filter from a query string; what is not allowed is left out, never passed on."""
        given: dict[str, list[str]] = parse_qs((query or "").removeprefix("?"))
        told = [unpacked(packed_choice) or {} for packed_choice in given.get(PACKED_FIELD, [])]
        spelled_out = {name: given[name] for name in cls.names() if name in given}
        return cls.parse(spelled_out if not told else {**told[-1], **spelled_out})

    @classmethod
    def parse(cls, given: Mapping[str, object]) -> CustomerFilter:
        """Read a filter from loose values, as the browser sends them."""
        return cls(
            **{
                known_field.name: _READ[known_field.control](
                    given.get(known_field.name), known_field
                )
                for known_field in FILTER_FIELDS
            }
        )

    @classmethod
    def from_command_line(cls, query: str) -> CustomerFilter:
        """Read a filter strictly: an unknown name or value is an error, not left out.

        Raises
        ------
        UsageError
            A field or a choice is unknown, or no text that could be in the data.
        """
        given = parse_qs(query.removeprefix("?"), keep_blank_values=True)
        for name, values in given.items():
            if name not in (*cls.names(), PACKED_FIELD):
                raise UsageError(
                    f"A filter may use {', '.join(cls.names())}. Got {name!r}.",
                    rule="filter_field_known",
                    got=name,
                )
            for value in values:
                _refuse_unknown(name, value)
        return cls.from_query(query)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Names of the fields, in order."""
        return tuple(declared.name for declared in fields(cls))

    def to_query(self) -> str:
        """Return the canonical query string, without a question mark; empty for everyone."""
        pairs: list[tuple[str, str]] = []
        for name in self.names():
            value = getattr(self, name)
            if isinstance(value, tuple):
                pairs.extend((name, choice) for choice in value)
            elif value:
                pairs.append((name, "1" if value is True else value))
        return urlencode(pairs)

    def to_address(self) -> str:
        """Return the query string for an address: packed where spelling it out would be long."""
        spelled_out = self.to_query()
        if len(spelled_out) <= LONGEST_SPELLED_OUT:
            return spelled_out
        chosen = {name: getattr(self, name) for name in self.names() if getattr(self, name)}
        return f"{PACKED_FIELD}={packed(chosen)}"

    @property
    def is_everyone(self) -> bool:
        """True when nothing is filtered out."""
        return self == CustomerFilter()


#: Every field, in the order of the canonical query string.
FILTER_FIELDS: tuple[FilterField, ...] = tuple(
    filter_field(declared) for declared in fields(CustomerFilter)
)
FILTER_FIELD: Mapping[str, FilterField] = MappingProxyType(
    {known_field.name: known_field for known_field in FILTER_FIELDS}
)

_ON, _OFF = frozenset({"1", "true", "on"}), frozenset({"0", "false", "off"})


def _choices(given: object, one: FilterField) -> tuple[str, ...]:
    values = [given] if isinstance(given, str) else given if isinstance(given, Iterable) else []
    texts = {_text(part) for value in values for part in _split(value, one.allowed)}
    kept = {text for text in texts if text and (not one.allowed or text in one.allowed)}
    return tuple(sorted(kept))


def _split(value: object, allowed: frozenset[str]) -> list[str]:
    """Let closed choices be listed with commas; a value of the data may hold a comma itself."""
    if not isinstance(value, str):
        return []
    return value.split(",") if allowed else [value]


def _text(given: object, one: FilterField | None = None) -> str:
    value = given[0] if isinstance(given, list | tuple) and given else given
    return value if isinstance(value, str) and can_land(value) else ""


def can_land(text: str) -> bool:
    """Return True for a text that a landed column may hold: then a filter must not change it."""
    return 0 < len(text) <= MAX_TEXT_LENGTH and not any("\ud800" <= c <= "\udfff" for c in text)


def _refuse_unknown(name: str, value: str) -> None:
    """Refuse what `CustomerFilter.parse` would leave out."""
    known = FILTER_FIELD.get(name)
    allowed = known.allowed if known else frozenset()
    if known and known.control is Control.SWITCH:
        allowed, parts = _ON | _OFF, [value]
    else:
        parts = _split(value, allowed)
    if name == PACKED_FIELD:
        wrong = [] if unpacked(value) is not None else [value]
        must = "must be as the app wrote it"
    elif allowed:
        wrong = [part for part in parts if part not in allowed]
        must = f"must be one of {', '.join(sorted(allowed))}"
    else:
        wrong = [part for part in parts if not can_land(part)]
        must = f"must be a text of 1 to {MAX_TEXT_LENGTH} characters"
    if wrong:
        got = wrong[0][:60]
        raise UsageError(f"{name} {must}. Got {got!r}.", rule="filter_value_known", got=got)


def _is_on(given: object, one: FilterField) -> bool:
    value = given[0] if isinstance(given, list | tuple) and given else given
    return value is True or (isinstance(value, str) and value in _ON)


_READ: Mapping[Control, Callable[[object, FilterField], Any]] = MappingProxyType(
    {
        Control.CHIPS: _choices,
        Control.MENU: _choices,
        Control.SWITCH: _is_on,
        Control.SEARCH: _text,
    }
)
