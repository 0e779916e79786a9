"""Lets the customers of a shop buy until they stop, a chunk at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.simulation.presets.plan import CHUNK_CUSTOMERS
from analytics.simulation.presets.purchase_preset import PurchasePreset

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WEEK_DAYS = 7
_MOST_CENTS, _MOST_CDS = 9_999_999, 99  # as wide as the columns of the file


@dataclass(frozen=True)
class Buyers:
    """What is true of the customers of a chunk, one entry a customer.

    Parameters
    ----------
    number
        From 1.
    rate
        Purchases a week while there.
    dropout
        Chance to stop after a repeat purchase.
    mean_spend
        Dollars a purchase.
    last_day
        Day of the last purchase, from the first day of the simulation.
    gone
        Whether it was the last for good.
    """

    number: Ints
    rate: Floats
    dropout: Floats
    mean_spend: Floats
    first_day: Ints
    last_day: Ints
    gone: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Purchases:
    """Rows of the log in the order of customers and days, one entry a purchase."""

    number: Ints
    day: Ints
    cds: Ints
    cents: Ints


def live_chunks(
    preset: PurchasePreset, *, customers: int, days: int, seed: int, first_weekday: int
) -> Iterator[tuple[Buyers, Purchases]]:
    """Simulate the customers, `CHUNK_CUSTOMERS` at a time; the same seed gives the same.

    Parameters
    ----------
    first_weekday
        Of the first day; 0 is Monday.
    """
    for number, first in enumerate(range(0, customers, CHUNK_CUSTOMERS)):
        rng = np.random.default_rng((seed, 1, number))
        size = min(CHUNK_CUSTOMERS, customers - first)
        yield _live(preset, first + 1 + np.arange(size), days, first_weekday, rng)


def _live(
    preset: PurchasePreset, number: Ints, days: int, first_weekday: int, rng: np.random.Generator
) -> tuple[Buyers, Purchases]:
    size = len(number)
    rate = rng.gamma(preset.rate_shape, 1 / preset.rate_weeks, size)
    scarcity = rng.gamma(preset.value_shape, 1 / preset.value_scale, size)
    mean_spend = preset.spend_shape / scarcity
    dropout = np.clip(rng.beta(preset.stop_a, preset.stop_b, size), 1e-12, 1 - 1e-12)
    # How many repeats happen at most: after each one the customer stops with chance `dropout`.
    allowed = 1 + np.floor(rng.exponential(size=size) / -np.log1p(-dropout))
    buyer, at = _moments(preset, rate, allowed, days, rng)
    day = _distinct_days(buyer, _days(at, preset, first_weekday))
    inside = day < days
    buyer, day = buyer[inside], day[inside]
    bought = np.bincount(buyer, minlength=size)
    last = np.cumsum(bought) - 1
    people = Buyers(
        number, rate, dropout, mean_spend,
        first_day=day[last - bought + 1], last_day=day[last], gone=bought - 1 == allowed,
    )  # fmt: skip
    cents = _cents(preset, mean_spend[buyer], rng)
    return people, _rows(preset, number[buyer], day, cents, rng)


def _moments(
    preset: PurchasePreset, rate: Floats, allowed: Floats, days: int, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Return who buys and when, in weeks, in order; the first purchase comes to everyone."""
    size, weeks = len(rate), -(-days // WEEK_DAYS)
    first = rng.choice(len(preset.first_shares), size, p=preset.first_shares) + rng.random(size)
    wanted = rng.poisson(rate * (weeks - first))
    buyer = np.repeat(np.arange(size), wanted)
    at = first[buyer] + rng.random(len(buyer)) * (weeks - first[buyer])
    at = at[np.lexsort((at, buyer))]
    kept = _rank(buyer) < allowed[buyer]
    buyer = np.concatenate([np.arange(size), buyer[kept]])
    at = np.concatenate([first, at[kept]])
    order = np.lexsort((at, buyer))
    return buyer[order], at[order]


def _rank(buyer: Ints) -> Ints:
    """Return how many rows of the same customer stand before each row."""
    starts = np.flatnonzero(np.diff(buyer, prepend=-1))
    rank: Ints = np.arange(len(buyer)) - np.repeat(starts, np.diff(np.append(starts, len(buyer))))
    return rank


def _distinct_days(buyer: Ints, day: Ints) -> Ints:
    """Move a purchase on to the next day that the customer has not bought on yet.

    BG/NBD counts days with a purchase. Were two purchases of one day to become one, the counts
    would no longer follow the parameters they were drawn from (alpha would come out 6% too high).
    """
    rank = _rank(buyer)
    apart = buyer * (int(day.max(initial=0)) + len(day) + 1)
    moved: Ints = np.maximum.accumulate(day - rank + apart) - apart + rank
    return moved


def _days(at: Floats, preset: PurchasePreset, first_weekday: int) -> Ints:
    """Return the day of each moment, more of them on the days that the shop's customers like.

    Time runs unevenly inside a week and evenly from week to week, so weekly rates stay.
    """
    shares = np.roll(np.array(preset.weekday_shares), -first_weekday)
    week = np.floor(at)
    day = np.searchsorted(np.cumsum(shares)[:-1], at - week, side="right")
    result: Ints = week.astype(np.int64) * WEEK_DAYS + day
    return result


def _cents(preset: PurchasePreset, mean_spend: Floats, rng: np.random.Generator) -> Ints:
    """Return what is spent on each day."""
    dollars = rng.gamma(preset.spend_shape, mean_spend / preset.spend_shape)
    return np.clip(np.rint(dollars * 100), 2, _MOST_CENTS).astype(np.int64)


def _rows(
    preset: PurchasePreset, number: Ints, day: Ints, cents: Ints, rng: np.random.Generator
) -> Purchases:
    """Write some days down as two orders, as the shop does."""
    twice = rng.random(len(day)) < preset.second_order_share
    part = np.clip(np.rint(cents * rng.random(len(day))), 1, cents - 1).astype(np.int64)
    row = np.repeat(np.arange(len(day)), 1 + twice)
    is_second = np.diff(row, prepend=-1) == 0
    split = np.where(is_second, cents[row] - part[row], part[row])
    cents = np.where(twice[row], split, cents[row])
    cds = np.rint((cents / 100 - preset.postage) / preset.cd_price)
    return Purchases(number[row], day[row], np.clip(cds, 1, _MOST_CDS).astype(np.int64), cents)
