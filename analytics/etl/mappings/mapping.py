"""A mapping: how the columns and values of a source become customers, events and treatments.

A mapping is a TOML file. The smallest that works, for a purchase log::

    title = "Our shop"

    [[source]]
    name = "orders"
    to = "events"                      # customers | events | treatments
    path = "orders*.csv"               # inside the SOURCE folder given to `ingest`
    format = "csv"                     # csv | fixed_width | json_lines | parquet | excel | sql
    [source.columns]
    customer_id = "Customer"           # landed column = column of the source
    occurred_at = { column = "Date", format = "%d.%m.%Y", zone = "Europe/Berlin" }
    event_type = { constant = "order" }
    event_id = "Order no"
    value = { column = "Amount", decimal = ",", thousands = "." }

Every key is described where it is read: `Mapping`, `Source`, `ColumnSpec`, `Condition`, `Choice`
and `Refusal`. ``silent-churn mapping keys`` and ``docs/mapping.md`` are made from that.
"""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from analytics.etl.mappings.mapping_columns import MappingPart
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.rows.refusals import SNAPSHOT_SENTENCE

CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Mapping(MappingPart):
    """A whole mapping file.

    Parameters
    ----------
    name
        Name of the file without its ending; not written in it.
    title
        What the data are, shown to people; the file's name where it is not set. Example:
        ``title = "Our shop"``.
    description
        More about the data, for people. Example: ``description = "Orders of both shops"``.
    simulated
        ``true`` when the data are made up; every page then says so. Example: ``simulated = true``.
    zone
        Time zone of times without one. A local time that a clock change repeats is taken as the
        first of the two; one that it skips is moved forward to the next that exists. Example:
        ``zone = "Europe/Berlin"``.
    missing
        Texts that mean "nothing" besides the empty one; a source or a column may have its own
        instead. Example: ``missing = ["NA", "null"]``.
    currency
        Currency that amounts count in; else the setting's or the profile's. Where rows name one
        (column ``currency`` of events and customers, or a sign or code beside the amount that
        ``remove`` takes out), it must be this one or one of ``rates``. Example:
        ``currency = "EUR"``.
    rates
        What one unit of other currencies is worth in ``currency``: fixed, and shown with every run
        as assumptions. Example: ``rates = { USD = 0.92 }``.
    max_reject_share
        Share of refused rows above which the ingest stops; the setting of that name where it is not
        set. Example: ``max_reject_share = 0.05``.
    source
        Where rows come from: at least one ``[[source]]`` with ``to = "events"``. Example:
        ``[[source]]``.
    """

    name: str
    title: str
    description: str = ""
    simulated: bool = False
    zone: str = "UTC"
    missing: tuple[str, ...] = ()
    max_reject_share: float | None = Field(None, ge=0, le=1)
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    rates: dict[CurrencyCode, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = Field(
        default_factory=dict
    )
    source: tuple[Source, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [entry.name.lower() for entry in self.source]
        if twice := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"source names must differ; got {twice[0]!r} twice")
        for entry in self.source:
            if entry.read is not None and self.find(entry.read).format is None:
                raise ValueError(f"read must name a source with a path; got {entry.read!r}")
        if self.rates and not self.currency:
            raise ValueError("rates must say into which currency: currency is missing")
        if all(entry.to != "events" for entry in self.source):
            raise ValueError(f"a mapping must have a source of events. {SNAPSHOT_SENTENCE}")
        return self

    def find(self, name: str) -> Source:
        """Return the source of that name."""
        found = next((entry for entry in self.source if entry.name == name), None)
        if found is None:
            raise ValueError(f"read must name a source; got {name!r}")
        return found

    def origin(self, source: Source) -> Source:
        """Return the source whose path, format and options say how to read this one."""
        return source if source.read is None else self.find(source.read)

    @property
    def landing(self) -> tuple[Source, ...]:
        """Sources whose rows land."""
        return tuple(entry for entry in self.source if entry.to is not None)

    @property
    def zone_of_days(self) -> str:
        """Zone whose days the events are meant to fall on; UTC where their sources differ.

        Whoever writes times of Berlin means days of Berlin.
        """
        times = (entry.columns.get("occurred_at") for entry in self.source if entry.to == "events")
        zones = {self.zone if time is None or time.zone is None else time.zone for time in times}
        return zones.pop() if len(zones) == 1 else "UTC"

    @property
    def used_by_queries(self) -> tuple[Source, ...]:
        """Sources with a path or address that a query names, or that land nothing themselves."""
        queries = " ".join(entry.query or "" for entry in self.source)
        words = {word.lower() for word in re.findall(r"\w+", queries)}
        physical = (entry for entry in self.source if entry.format is not None)
        return tuple(entry for entry in physical if entry.to is None or entry.name.lower() in words)
