"""Plain purchase and usage logs, generated: no plans, no tickets, nothing but who, when, how much.

Each generator returns rows of customer, day (0 is the first day of the log) and amount.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

Rows = list[tuple[str, int, float]]

FIRST_DAY = date(2025, 1, 1)


def weekly_buyers(customers: int = 320, days: int = 400, *, seed: int = 1) -> Rows:
    """Return a grocer: rhythms of five to twenty days, a third of the customers stop some day."""
    rng = np.random.default_rng(seed)
    rows: Rows = []
    for number in range(customers):
        gap, amount = float(rng.choice([5, 7, 10, 14, 20])), float(rng.uniform(10, 80))
        joined = int(rng.integers(0, 120))
        stops = int(rng.integers(joined + 60, days + 60)) if rng.random() < 0.35 else days
        day = joined + float(rng.exponential(gap))
        while day < min(days, stops):
            rows.append(
                (f"w{number:04}", int(day), round(float(rng.normal(amount, amount / 5)), 2))
            )
            day += max(1.0, rng.exponential(gap))
    return _paid(rows)


def seasonal_shop(customers: int = 320, days: int = 400, *, seed: int = 2) -> Rows:
    """Return a shop with two busy seasons a year, and customers who leave in between."""
    rng = np.random.default_rng(seed)
    rows: Rows = []
    for number in range(customers):
        base = float(rng.uniform(0.03, 0.12))
        joined = int(rng.integers(0, 100))
        stops = int(rng.integers(joined + 80, days + 80)) if rng.random() < 0.35 else days
        for day in range(joined, min(days, stops)):
            season = 1.0 + 0.7 * np.sin(2 * np.pi * day / 182.5)
            if rng.random() < base * season:
                rows.append((f"s{number:04}", day, round(float(rng.uniform(15, 120)), 2)))
    return _paid(rows)


def subscription_box(customers: int = 320, days: int = 400, *, seed: int = 3) -> Rows:
    """Return a box every four weeks, moved by a few days; who ends it is not written down."""
    rng = np.random.default_rng(seed)
    rows: Rows = []
    for number in range(customers):
        price = float(rng.choice([19.0, 29.0, 49.0]))
        joined = int(rng.integers(0, 120))
        stops = int(rng.integers(joined + 60, days + 60)) if rng.random() < 0.4 else days
        day = joined
        while day < min(days, stops):
            rows.append((f"b{number:04}", day, price))
            day += int(rng.choice([14, 28, 28, 28])) + int(rng.integers(-3, 4))
    return _paid(rows)


def saas_logins(customers: int = 320, days: int = 300, *, seed: int = 4) -> Rows:
    """Return logins without a ticket: some work daily, some weekly, a quarter fades and stops."""
    rng = np.random.default_rng(seed)
    rows: Rows = []
    for number in range(customers):
        rate = float(rng.choice([0.15, 0.3, 0.6]))
        joined = int(rng.integers(0, 80))
        stops = int(rng.integers(joined + 60, days + 80)) if rng.random() < 0.3 else days
        for day in range(joined, min(days, stops)):
            fading = 0.5 if stops < days and day > stops - 28 else 1.0
            if rng.random() < rate * fading:
                rows.append((f"u{number:04}", day, 0.0))
    return _paid(rows)


GENERATORS: dict[str, tuple[Callable[[], Rows], str]] = {
    "weekly_buyers": (weekly_buyers, "retail"),
    "seasonal_shop": (seasonal_shop, "retail"),
    "subscription_box": (subscription_box, "retail"),
    "saas_logins": (saas_logins, "saas"),
}


def write_log(folder: Path, rows: Rows, *, event_type: str) -> tuple[Path, Path]:
    """Write a log and its mapping; return both paths, the mapping first."""
    log, mapping = folder / "log.csv", folder / "mapping.toml"
    lines = [
        f"{customer},{FIRST_DAY + timedelta(days=day)},{amount}" for customer, day, amount in rows
    ]
    log.write_text("\n".join(["who,at,amount", *lines]) + "\n", "utf-8")
    mapping.write_text(
        _MAPPING.format(event_type=event_type, value='value = "amount"' if rows[0][2] else ""),
        "utf-8",
    )
    return mapping, log


_MAPPING = """
[[source]]
name = "log"
to = "events"
path = "log.csv"
format = "csv"
duplicates = "keep"
[source.columns]
customer_id = "who"
occurred_at = "at"
event_type = {{ constant = "{event_type}" }}
{value}
"""


def _paid(rows: Rows) -> Rows:
    """Return the rows by day, with no amount below a cent where there is one."""
    kept = [(who, day, max(amount, 0.01) if amount else 0.0) for who, day, amount in rows]
    return sorted(kept, key=lambda row: (row[1], row[0]))
