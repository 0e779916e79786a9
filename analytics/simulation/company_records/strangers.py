"""Accounts on the company's lists that are no customers: bots, testers, and second ids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.simulation.company_records.dirt import share_of
from analytics.simulation.company_records.visit_records import DETAIL, VISIT
from analytics.simulation.hidden_life.world import Ints
from analytics.simulation.log import ColumnValues
from analytics.simulation.presets.plan import DAY_S, CustomerChunk, SimulationPlan

BOT_HOURS = (3, 15)
TEST_DAYS, TEST_VISITS = 14, (4, 16)


@dataclass(frozen=True)
class Strangers:
    """The strangers that one chunk brings, by their account numbers.

    Parameters
    ----------
    bots, testers, second_ids
        Account numbers; after those of the real customers, as if they had come last.
    merged
        Customers, by their number in the chunk, who once had one of the second ids.
    merged_s
        When somebody merged the two, in seconds since 1970.
    """

    bots: Ints
    testers: Ints
    second_ids: Ints
    merged: Ints
    merged_s: Ints

    @property
    def numbers(self) -> Ints:
        """Account numbers of those who have a row in the customer list."""
        return np.concatenate([self.bots, self.testers])


def draw_strangers(
    plan: SimulationPlan, chunk: CustomerChunk, rng: np.random.Generator
) -> Strangers:
    """Draw the strangers of a chunk, in proportion to its customers."""
    first = plan.customers
    numbers = []
    for share in (plan.dirt.bots, plan.dirt.test_accounts, plan.dirt.merged):
        low, high = share_of(chunk.first, share), share_of(chunk.first + chunk.size, share)
        numbers.append(first + np.arange(low, high))
        first += share_of(plan.customers, share)
    bots, testers, second_ids = numbers
    merged = rng.choice(chunk.size, size=len(second_ids), replace=False, shuffle=False)
    day = rng.integers(plan.days // 5, max(plan.days * 4 // 5, plan.days // 5 + 1), len(merged))
    return Strangers(bots, testers, second_ids, merged, plan.start_s + day * DAY_S)


def stranger_usage(
    strangers: Strangers, plan: SimulationPlan, rng: np.random.Generator
) -> dict[str, ColumnValues]:
    """Return their usage: bots come by the clock every day, testers for two weeks."""
    days = np.arange(plan.days)
    clock = (days[:, None] * DAY_S + np.array(BOT_HOURS)[None, :] * 3600).ravel()
    bot = np.repeat(np.arange(len(strangers.bots)), len(clock))
    bot_at = np.tile(clock, len(strangers.bots))
    visits = rng.integers(*TEST_VISITS, size=len(strangers.testers))
    tester = np.repeat(np.arange(len(strangers.testers)), visits)
    begins = rng.integers(0, max(plan.days - TEST_DAYS, 1), size=len(strangers.testers))
    spread = rng.integers(8 * 3600, TEST_DAYS * DAY_S, size=len(tester))
    tester_at = begins[tester] * DAY_S + spread
    who = np.concatenate([bot, len(strangers.bots) + tester])
    at_s = plan.start_s + np.concatenate([bot_at, tester_at])
    twice = 2 if plan.preset.words.detail else 1
    rows = len(who)
    return {
        "customer": np.tile(who, twice),
        "at_s": np.concatenate([at_s + 20 * repeat for repeat in range(twice)]),
        "event": np.repeat([VISIT, DETAIL][:twice], rows),
        "feature": np.repeat([-1, 0][:twice], rows),
        "session": np.tile(np.arange(rows), twice),
        "amount": np.full(rows * twice, np.nan, dtype=np.float32),
    }
