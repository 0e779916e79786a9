"""The data contract: the columns of the three landed tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Longest text that lands, in characters; ids and the values that filters choose among are texts.
MAX_TEXT_LENGTH = 512


class ColumnType(StrEnum):
    """Types a landed column may have; times are UTC."""

    TEXT = "text"
    TIME = "time"
    NUMBER = "number"


@dataclass(frozen=True)
class LandedColumn:
    """One column of a landed table."""

    name: str
    type: ColumnType
    meaning: str
    required: bool = False


@dataclass(frozen=True)
class LandedTable:
    """One landed table, with the columns that identify a row."""

    name: str
    key: tuple[str, ...]
    columns: tuple[LandedColumn, ...]

    def column(self, name: str) -> LandedColumn | None:
        """Return the column of that name, if the contract has it."""
        return next(
            (table_column for table_column in self.columns if table_column.name == name), None
        )

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there and filled."""
        return tuple(column.name for column in self.columns if column.required)


_T, _N, _S = ColumnType.TIME, ColumnType.NUMBER, ColumnType.TEXT

CUSTOMERS = LandedTable(
    "customers",
    ("customer_id",),
    (
        LandedColumn("customer_id", _S, "Identifies the customer in every table.", required=True),
        LandedColumn("signed_up_at", _T, "When the customer began; else the first event."),
        LandedColumn("ended_at", _T, "When the customer left, if that was recorded."),
        LandedColumn("end_reason", _S, "cancelled, unpaid or another word."),
        LandedColumn("plan", _S, "Plan or product."),
        LandedColumn("segment", _S, "Segment of your own."),
        LandedColumn("region", _S, "Region or country."),
        LandedColumn("channel", _S, "How the customer came."),
        LandedColumn(
            "monthly_revenue", _N, "Recurring revenue a month, in the landing's currency."
        ),
        LandedColumn("currency", _S, "Currency that monthly_revenue came in, such as EUR."),
        LandedColumn("contract_ends_at", _T, "End of the committed term."),
        LandedColumn("name", _S, "Name shown to users."),
        LandedColumn("attributes", _S, "Further columns of the source, as JSON text."),
        LandedColumn(
            "signed_up_by", _S, "recorded, or first_event where no sign-up is known; set by ingest."
        ),
    ),
)

EVENTS = LandedTable(
    "events",
    ("customer_id", "event_type", "event_id"),
    (
        LandedColumn("customer_id", _S, "Whose event it is.", required=True),
        LandedColumn("occurred_at", _T, "When it happened.", required=True),
        LandedColumn("event_type", _S, "What happened: a name of the catalogue.", required=True),
        LandedColumn(
            "event_id",
            _S,
            "Tells an event from the customer's others of its type; else a hash of the row.",
        ),
        LandedColumn("received_at", _T, "When we learned of it; else when it happened."),
        LandedColumn("value", _N, "Amount, score or size; an amount is in the landing's currency."),
        LandedColumn("currency", _S, "Currency that the amount came in, such as EUR."),
        LandedColumn("session_id", _S, "Session it belongs to."),
        LandedColumn("feature", _S, "Feature used."),
        LandedColumn("properties", _S, "Anything else, as JSON text."),
    ),
)

TREATMENTS = LandedTable(
    "treatments",
    ("customer_id", "treated_at", "action"),
    (
        LandedColumn("customer_id", _S, "Who was treated.", required=True),
        LandedColumn("treated_at", _T, "When.", required=True),
        LandedColumn("action", _S, "With what: an action of the profile.", required=True),
        LandedColumn("assigned_arm", _S, "treatment or holdout."),
        LandedColumn("propensity", _N, "Probability of that arm at assignment."),
        LandedColumn("cost", _N, "What it cost."),
    ),
)

LANDED_TABLES: tuple[LandedTable, ...] = (CUSTOMERS, EVENTS, TREATMENTS)

#: What a row of a log may tell of its customer.
TOLD_OF_A_CUSTOMER: tuple[str, ...] = tuple(
    column.name
    for column in CUSTOMERS.columns
    if column.type is ColumnType.TEXT
    and column.name not in {"customer_id", "currency", "signed_up_by"}
)
