"""What became of rows that did not become an event of their own, counted and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Names of corrections in the report.
NEGATIVE_AS_RETURNS = "negative_order_as_return"
SIGN_UPS_OVERRULED, ENDS_IN_DOUBT = "sign_up_after_first_event", "active_after_end"
#: Use that goes on for so long after a recorded end puts it in doubt; a term paid for may run out.
DAYS_AFTER_END = 31

_JOIN_IDS = (
    "Where ids start again, say each year, join them with the date in the mapping: "
    'event_id = { columns = ["Date", "Order no"] }'
)


@dataclass(frozen=True)
class SharedRows:
    """Rows of a file that stand in another file too.

    Parameters
    ----------
    place, kept
        The two files, by source and name; empty for what had landed before.
    """

    place: str
    kept: str
    rows: int


@dataclass
class Repeats:
    """Rows that did not become an event of their own.

    Parameters
    ----------
    rows
        Accepted rows dropped because the event was there already.
    merged
        Lines added to the event of their id, by file.
    shared
        Of `rows`, those equal to a row of another file.
    equal_without_id
        Of `rows`, those of a source without ids that equal a row of the same file.
    differing
        Of `rows`, those that say something else than the row that was kept.
    example
        Customer and id of one that differs.
    cut_over_files
        Events whose lines lie in several files and differ: added up all the same.
    far_apart
        Events whose lines lie many days apart: added up all the same.
    taken_back, paid
        Orders and top-ups with a negative amount, taken as returns, of so many in their sources.
    of_customers
        Customers whose sign-up their events overrule, or whose end they put in doubt, by name.
    """

    rows: int = 0
    merged: dict[str, int] = field(default_factory=dict)
    shared: list[SharedRows] = field(default_factory=list)
    equal_without_id: int = 0
    differing: int = 0
    example: tuple[str, str] | None = None
    cut_over_files: int = 0
    far_apart: int = 0
    taken_back: int = 0
    paid: int = 0
    of_customers: dict[str, int] = field(default_factory=dict)

    @property
    def all_corrections(self) -> dict[str, int]:
        """What was landed otherwise than it came, by kind."""
        returns = {NEGATIVE_AS_RETURNS: self.taken_back} if self.taken_back else {}
        moved = self.of_customers.get(SIGN_UPS_OVERRULED)
        return {**returns, **({SIGN_UPS_OVERRULED: moved} if moved else {})}

    def in_words(self, accepted: Mapping[str, int]) -> list[str]:
        """Return what a person should know of them.

        Parameters
        ----------
        accepted
            Rows of each file that were accepted, merged lines among them.
        """
        return [
            *(_shared(shared, accepted) for shared in self.shared),
            *self._of_one_file(),
            *self._of_lines(),
            *self._of_amounts(),
            *self._of_customers(),
        ]

    def _of_one_file(self) -> list[str]:
        said = []
        if self.equal_without_id:
            said.append(
                "Equal in everything to another row of their file, and without an id: "
                f"{_rows(self.equal_without_id)}. Each counts as one event with that row. If "
                'customers can do the same twice on one date, set duplicates = "keep" in the '
                "mapping."
            )
        if self.differing:
            customer, event = self.example or ("", "")
            said.append(
                "Dropped for another row of the same customer, type and id that says something "
                f"else: {_rows(self.differing)} (such as id {event} of customer {customer}). "
                f'{_JOIN_IDS}; where rows are lines of one order, set duplicates = "add".'
            )
        return said

    def _of_lines(self) -> list[str]:
        said = []
        if self.cut_over_files:
            said.append(
                f"Different lines of {_events(self.cut_over_files)} lie in several files and were "
                "all added up. If one file corrects another, ingest only the later."
            )
        if self.far_apart:
            said.append(
                "Lines more than a week apart were added up in "
                f"{_events(self.far_apart)}. {_JOIN_IDS}."
            )
        return said

    def _of_amounts(self) -> list[str]:
        if not self.taken_back:
            return []
        mostly = self.taken_back > self.paid / 2
        return [
            f"Negative amounts, which look like returns: {self.taken_back:,} of {self.paid:,} "
            "orders and top-ups. They were taken as returns and are no activity; if they are "
            'something else, set negative_orders = "keep" or name their event_type in the mapping.'
            + (" Most are negative: if sales are written so, set factor = -1." if mostly else "")
        ]

    def _of_customers(self) -> list[str]:
        said = []
        if count := self.of_customers.get(SIGN_UPS_OVERRULED):
            said.append(
                f"Recorded sign-up after the first event: {_customers(count)}. The first event "
                "counts as the sign-up."
            )
        if count := self.of_customers.get(ENDS_IN_DOUBT):
            said.append(
                f"Active more than {DAYS_AFTER_END} days after the recorded end: "
                f"{_customers(count)}. They count as having left all the same; if they came back, "
                "leave ended_at empty for them."
            )
        return said


def _shared(one: SharedRows, accepted: Mapping[str, int]) -> str:
    mine, others = accepted.get(one.place, 0), accepted.get(one.kept, 0)
    if not one.place or not one.kept:
        file, whole = one.place or one.kept, mine or others
        return f"Landed before: {one.rows:,} of the {_rows(whole)} of {_file(file)}."
    if one.rows >= max(mine, others):
        return (
            f"{_file(one.place)} and {_file(one.kept)} hold the same {_rows(one.rows)}, as if one "
            "file had been loaded twice. Each row counts once."
        )
    return (
        f"{_file(one.kept)} holds {one.rows:,} of the {_rows(mine)} of {_file(one.place)} too. "
        "Each counts once."
    )


def _file(place: str) -> str:
    return place.partition("/")[2] or place


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _customers(count: int) -> str:
    return f"{count:,} {'customer' if count == 1 else 'customers'}"


def _events(count: int) -> str:
    return f"{count:,} {'event' if count == 1 else 'events'}"
