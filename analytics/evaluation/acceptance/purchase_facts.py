"""What a purchase log shows of its customers: counts, gaps, spend and days of the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import BadInput
from analytics.modelling.lifetime.purchase_summary import PurchaseSummary

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CDNOW_START, CALIBRATION_END, CDNOW_DAYS = date(1997, 1, 1), date(1997, 9, 30), 546
CALIBRATION_DAYS = (CALIBRATION_END - CDNOW_START).days + 1
_WEEK, _DAY_CODE = 7.0, 100_000


@dataclass(frozen=True)
class PurchaseLog:
    """Days on which customers bought, sorted by customer and day, each once.

    Parameters
    ----------
    customer
        From 0 on, without holes.
    day
        From the first day of the data.
    amount
        Spent on that day.
    start
        First day of the data.
    """

    customer: Ints
    day: Ints
    amount: Floats
    start: date

    @classmethod
    def of(
        cls, customer: npt.ArrayLike, day: npt.ArrayLike, amount: npt.ArrayLike, start: date
    ) -> PurchaseLog:
        """Put the purchases that a customer makes on one day together.

        Raises
        ------
        BadInput
            No purchase.
        """
        who, when = np.asarray(customer), np.asarray(day, dtype=np.int64)
        if not len(who):
            raise BadInput("A purchase log must have a purchase. Got none.", rule="rows_present")
        _, code = np.unique(who, return_inverse=True)
        joint, place = np.unique(code * _DAY_CODE + when, return_inverse=True)
        spent = np.bincount(place, np.asarray(amount, dtype=np.float64)).astype(np.float64)
        return cls(joint // _DAY_CODE, joint % _DAY_CODE, spent, start)

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return int(self.customer[-1]) + 1

    @property
    def first_row(self) -> Ints:
        """Row of each customer's first purchase."""
        return np.flatnonzero(np.diff(self.customer, prepend=-1)).astype(np.int64)

    @property
    def days_since_first(self) -> Ints:
        """Days from each customer's first purchase to each purchase."""
        return self.day - self.day[self.first_row][self.customer]

    def before(self, day: int) -> PurchaseLog:
        """Return the purchases before a day; every customer must have one."""
        kept = self.day < day
        return PurchaseLog(self.customer[kept], self.day[kept], self.amount[kept], self.start)

    def first_customers(self, number: int) -> PurchaseLog:
        """Return the log of that many customers."""
        kept = self.customer < number
        return PurchaseLog(self.customer[kept], self.day[kept], self.amount[kept], self.start)


def read_cdnow(path: Path) -> PurchaseLog:
    """Read a file of CDNOW purchases: the sample, the whole set, or a simulated one.

    Raises
    ------
    BadInput
        The file is not of that layout.
    """
    try:
        table = pd.read_csv(
            path, sep=r"\s+", header=None, dtype=str, encoding="ascii",
            names=["master", "id", "date", "cds", "dollars"],
        )  # fmt: skip
        if table["dollars"].isna().all():
            table = table.drop(columns="dollars").iloc[1:]
            table.columns = pd.Index(["id", "date", "cds", "dollars"])
        if table.isna().to_numpy().any():
            raise ValueError("a row with fewer columns")
        moments = pd.to_datetime(table["date"], format="%Y%m%d")
        amount = table["dollars"].astype(float).to_numpy()
    except (ValueError, UnicodeDecodeError):
        raise BadInput(
            f"{path.name} must have the layout of CDNOW_master.txt or CDNOW_sample.txt. "
            "Got another.",
            rule="cdnow_layout",
            got=path.name,
        ) from None
    day = (moments - pd.Timestamp(CDNOW_START)).dt.days.to_numpy()
    return PurchaseLog.of(table["id"].to_numpy(dtype=str), day, amount, CDNOW_START)


def purchase_summary(log: PurchaseLog, *, days: int = CALIBRATION_DAYS) -> PurchaseSummary:
    """Return repeat purchases, recency and age of each customer, in weeks, after so many days."""
    seen = log.before(days)
    first = seen.first_row
    last = np.append(first[1:], len(seen.day)) - 1
    age = (days - 1 - seen.day[first]) / _WEEK
    return PurchaseSummary.of(last - first, (seen.day[last] - seen.day[first]) / _WEEK, age)


def repeat_spend(log: PurchaseLog, *, days: int = CALIBRATION_DAYS) -> tuple[Ints, Floats]:
    """Return how often each customer who came back did so, and the mean spend of those times."""
    seen = log.before(days)
    again = seen.days_since_first > 0
    times = np.bincount(seen.customer[again], minlength=seen.customers)
    spent = np.bincount(seen.customer[again], seen.amount[again], minlength=seen.customers)
    known = spent > 0
    return times[known], spent[known] / times[known]


def gaps(log: PurchaseLog) -> Ints:
    """Return the days between successive purchases of a customer, over the whole log."""
    found: Ints = np.diff(log.day)[np.diff(log.customer) == 0]
    return found


def spend_by_customer(log: PurchaseLog, *, days: int = CALIBRATION_DAYS) -> Floats:
    """Return what each customer spent in the first days."""
    seen = log.before(days)
    return np.bincount(seen.customer, seen.amount).astype(np.float64)


def top_fifth_share(spend: Floats) -> float:
    """Return the share of all spend that the best fifth of the customers makes."""
    return float(np.sort(spend)[-(len(spend) // 5) :].sum() / spend.sum())


def lorenz(spend: Floats, shares: Floats) -> Floats:
    """Return the share of all spend that the best customers make, by their share."""
    total = np.append(0.0, np.cumsum(np.sort(spend)[::-1])) / spend.sum()
    found: Floats = np.interp(shares, np.linspace(0, 1, len(total)), total)
    return found


def weekday_shares(log: PurchaseLog) -> Floats:
    """Return the share of days with a purchase on Monday to Sunday."""
    weekday = (log.day + log.start.weekday()) % 7
    shares: Floats = np.bincount(weekday, minlength=7) / len(log.day)
    return shares


def still_buying(log: PurchaseLog, *, periods: int, period_days: int = 28) -> Floats:
    """Return the share of customers who buy in each period after their first purchase, or later.

    Purchases count until the last period ends, so that customers who came early are not seen for
    longer than others.
    """
    since = log.days_since_first
    counted = since < periods * period_days
    last = np.zeros(log.customers, dtype=np.int64)
    np.maximum.at(last, log.customer[counted], since[counted])
    starts = np.arange(periods) * period_days
    share: Floats = np.mean(last[:, None] >= starts, axis=0)
    return share
