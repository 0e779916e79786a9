"""Which customers to look at: one value, one canonical query string, nothing trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from urllib.parse import parse_qs, urlencode

from analytics.domain.contract import MAX_TEXT_LENGTH
from analytics.domain.customer_state import CustomerState
from analytics.domain.named_segment import NamedSegment
from analytics.domain.packed_choice import PACKED_FIELD, packed, unpacked
from analytics.domain.rfm import RfmGroup
from analytics.domain.risk_tier import FrustrationBand, RiskTier, ValueBand
from analytics.errors import UsageError

#: A choice that takes more characters than this when spelled out is packed in an address.
LONGEST_SPELLED_OUT = 1_500

#: The column of the customers table behind each field that chooses among values.
FIELD_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "tier": "risk_tier",
        "band": "frustration_band",
        "value": "value_band",
        "state": "customer_state",
        "named": "named_segment",
        "rfm": "rfm_group",
        "cluster": "behaviour_cluster",
        "segment": "segment",
        "plan": "plan",
        "region": "region",
        "channel": "channel",
        "action": "recommended_action",
    }
)
_COLUMN_FIELDS = {column: field for field, column in FIELD_COLUMNS.items()}


def field_of(column: str) -> str:
    """Return the field of the filter that chooses among a column's values."""
    return _COLUMN_FIELDS[column]


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
        Only customers seen in the last 14 days.
    suppressed
        Only customers who are frustrated and do not speak.
    search
        Part of a customer id or name.
    """

    tier: tuple[str, ...] = ()
    band: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    rfm: tuple[str, ...] = ()
    cluster: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    early: bool = False
    suppressed: bool = False
    search: str = ""

    @classmethod
    def from_query(cls, query: str | None) -> CustomerFilter:
        """Read a filter from a query string; what is not allowed is left out, never passed on."""
        given: dict[str, list[str]] = parse_qs((query or "").removeprefix("?"))
        told = [unpacked(one) or {} for one in given.get(PACKED_FIELD, [])]
        spelled_out = {name: given[name] for name in cls.names() if name in given}
        return cls.parse(spelled_out if not told else {**told[-1], **spelled_out})

    @classmethod
    def parse(cls, given: Mapping[str, object]) -> CustomerFilter:
        """Read a filter from loose values, as the browser sends them."""
        choices = {
            name: _choices(given.get(name), allowed) for name, allowed in _CHOICE_FIELDS.items()
        }
        return cls(
            **choices,
            early=_is_on(given.get("early")),
            suppressed=_is_on(given.get("suppressed")),
            search=_text(given.get("search")),
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
        return tuple(one.name for one in fields(cls))

    def to_query(self) -> str:
        """Return the canonical query string, without a question mark; empty for everyone."""
        pairs: list[tuple[str, str]] = []
        for name in self.names():
            value = getattr(self, name)
            if isinstance(value, tuple):
                pairs.extend((name, one) for one in value)
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


#: Fields that hold choices, with the values allowed; an empty set allows any text that can land.
_CHOICE_FIELDS: dict[str, frozenset[str]] = {
    "tier": frozenset(RiskTier),
    "band": frozenset(FrustrationBand),
    "value": frozenset(ValueBand),
    "state": frozenset(CustomerState),
    "named": frozenset(NamedSegment),
    "rfm": frozenset(RfmGroup),
    "cluster": frozenset(),
    "segment": frozenset(),
    "plan": frozenset(),
    "region": frozenset(),
    "channel": frozenset(),
    "action": frozenset(),
}


_SWITCHES = ("early", "suppressed")
_ON, _OFF = frozenset({"1", "true", "on"}), frozenset({"0", "false", "off"})


def _choices(given: object, allowed: frozenset[str]) -> tuple[str, ...]:
    values = [given] if isinstance(given, str) else given if isinstance(given, Iterable) else []
    texts = {_text(part) for one in values for part in _split(one, allowed)}
    kept = {one for one in texts if one and (not allowed or one in allowed)}
    return tuple(sorted(kept))


def _split(value: object, allowed: frozenset[str]) -> list[str]:
    """Let closed choices be listed with commas; a value of the data may hold a comma itself."""
    if not isinstance(value, str):
        return []
    return value.split(",") if allowed else [value]


def _text(given: object) -> str:
    value = given[0] if isinstance(given, list | tuple) and given else given
    return value if isinstance(value, str) and can_land(value) else ""


def can_land(text: str) -> bool:
    """Return True for a text that a landed column may hold: then a filter must not change it."""
    return 0 < len(text) <= MAX_TEXT_LENGTH and not any("\ud800" <= c <= "\udfff" for c in text)


def _refuse_unknown(name: str, value: str) -> None:
    """Refuse what `CustomerFilter.parse` would leave out."""
    allowed = _CHOICE_FIELDS.get(name, frozenset())
    if name in _SWITCHES:
        allowed, parts = _ON | _OFF, [value]
    else:
        parts = _split(value, allowed)
    if name == PACKED_FIELD:
        wrong = [] if unpacked(value) is not None else [value]
        must = "must be as the app wrote it"
    elif allowed:
        wrong = [one for one in parts if one not in allowed]
        must = f"must be one of {', '.join(sorted(allowed))}"
    else:
        wrong = [one for one in parts if not can_land(one)]
        must = f"must be a text of 1 to {MAX_TEXT_LENGTH} characters"
    if wrong:
        got = wrong[0][:60]
        raise UsageError(f"{name} {must}. Got {got!r}.", rule="filter_value_known", got=got)


def _is_on(given: object) -> bool:
    value = given[0] if isinstance(given, list | tuple) and given else given
    return value is True or (isinstance(value, str) and value in _ON)
