"""The address of a view: the filter, and the few choices that belong to one page."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, quote, unquote, urlencode

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer_columns.group_columns import COMPARED_COLUMNS

MAX_BUDGET = 1e9
MAX_HOURS = 2_000.0
MINUTES_AN_HOUR = 60.0
#: A web server reads lines of some 8,000 characters; what a page puts before an address takes some.
LONGEST_ADDRESS = 7_900

#: Ids that any browser, proxy and server hands on as they are when they stand in a path.
_SAFE_IN_A_PATH = re.compile(r"[^\x00-\x20\x7f-\xa0/\\~.][^\x00-\x1f\x7f-\x9f/\\]*")
_SPELLED_IN_BASE64 = "~"


@dataclass(frozen=True)
class Address:
    """Everything that a view shows, as its query string says it; what is not allowed is left out.

    Parameters
    ----------
    by
        Column that the segments page compares; empty for the first that varies.
    budget
        Money to spend on this week's plan; None for no limit.
    hours
        Working hours for this week's plan; None for the profile's capacity.
    """

    chosen: CustomerFilter = field(default_factory=CustomerFilter)
    by: str = ""
    budget: float | None = None
    hours: float | None = None

    @classmethod
    def read(cls, search: object) -> Address:
        """Read the query string of an address, with or without its question mark."""
        text = search.removeprefix("?") if isinstance(search, str) else ""
        given = dict(parse_qsl(text))
        return cls(
            chosen=CustomerFilter.from_query(text),
            by=group_column(given.get("by")),
            budget=bounded(given.get("budget"), MAX_BUDGET),
            hours=bounded(given.get("hours"), MAX_HOURS),
        )

    def to_search(self) -> str:
        """Return the canonical query string with its question mark; empty for the plain view."""
        own = {
            "by": self.by,
            "budget": "" if self.budget is None else f"{self.budget:g}",
            "hours": "" if self.hours is None else f"{self.hours:g}",
        }
        parts = [self.chosen.to_address(), urlencode({k: v for k, v in own.items() if v})]
        text = "&".join(part for part in parts if part)
        return f"?{text}" if text else ""

    def with_filter(self, chosen: CustomerFilter) -> Address:
        """Return the same view of other customers."""
        return replace(self, chosen=chosen)

    @property
    def capacity_minutes(self) -> float | None:
        """The working time in minutes; None for the profile's."""
        return None if self.hours is None else self.hours * MINUTES_AN_HOUR


def group_column(given: object) -> str:
    """Return a column that customers may be grouped by, or empty text."""
    return given if isinstance(given, str) and given in COMPARED_COLUMNS else ""


def bounded(given: object, highest: float) -> float | None:
    """Return a number between 0 and the highest, or None for anything else."""
    if isinstance(given, bool) or not isinstance(given, str | int | float) or given == "":
        return None
    try:
        value = float(given)
    except ValueError:
        return None
    return value if 0 <= value <= highest else None


def with_choice(chosen: CustomerFilter, **choice: str) -> CustomerFilter:
    """Return the filter narrowed to one value in each field; freed of them if just those stand."""
    wanted: dict[str, tuple[str, ...]] = {name: (value,) for name, value in choice.items()}
    if all(getattr(chosen, name) == value for name, value in wanted.items()):
        wanted = dict.fromkeys(wanted, ())
    return replace(chosen, **wanted)  # type: ignore[arg-type]


def link(path: str, chosen: CustomerFilter) -> str:
    """Return the address of a page that shows a choice of customers."""
    return f"{path}{Address(chosen).to_search()}"


def customer_path(customer_id: str) -> str:
    """Return the address of one customer's page.

    An id that a browser or a server would read as part of the path (``..``, a slash, a line break)
    is spelled in base64 behind a tilde.
    """
    if _SAFE_IN_A_PATH.fullmatch(customer_id):
        return f"/customers/{quote(customer_id, safe='')}"
    spelled = base64.urlsafe_b64encode(customer_id.encode()).decode().rstrip("=")
    return f"/customers/{_SPELLED_IN_BASE64}{spelled}"


def customer_in(part: str) -> str:
    """Return the customer id that the last part of a path names, as `customer_path` wrote it."""
    if part.startswith(_SPELLED_IN_BASE64):
        spelled = part.removeprefix(_SPELLED_IN_BASE64)
        try:
            padded = spelled + "=" * (-len(spelled) % 4)
            return base64.b64decode(padded, altchars=b"-_", validate=True).decode()
        except ValueError:
            pass
    return unquote(part)
