"""The one SQL text of the feature build: integers per customer, counted over what was known.

Written in DuckDB's dialect over the prepared tables, with nothing but whole numbers in it, and
transpiled for other engines by `analytics.features.engines.dialects`. Every row after the
observation day, or received after it, is left out in the first step, so that nothing later can see
it.

Columns that an accumulator may use, by grain:

days
    `age`, `week` (before the observation day), `day`, `weekday` (Monday is 0), `activity`
    (meaningful events), `active_day` (1 once a day with activity), `paid`, `paid_cents`,
    `decay_21`, `decay_45` (millionths).
signs
    `age`, `week`, `day`, `weekday`, `value_cents`, the flags `is_...`, `decay_21`, `decay_45`.
gaps
    `gap`, `times`, `up_to`, `all_gaps`, `silent_days`.
uses
    `uses_28d`, `uses_56d_prior`, `n_log_n_28d`, `n_log_n_56d_prior`; one row a product feature.
tickets
    `age`, `decay_45`, `is_opened`, `place` (1 is the latest opened), `unsolved` (tickets left
    open); one row a ticket opened or solved.
"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.errors import UsageError
from analytics.features.engines.lookups import MOST_USES
from analytics.features.families.rhythm_accumulators import ALWAYS_COUNTED
from analytics.features.record import Accumulator, Feature, Grain

#: Parameters of the query: the observation day since 1970, and the customer keys to count.
PARAMETERS = ("day", "first_key", "past_key")

_KNOWN = """{0}.day <= $day AND {0}.received_day <= $day
      AND {0}.customer_key >= $first_key AND {0}.customer_key < $past_key"""

_KNOWN_DAYS = f"""known_days AS (
    SELECT d.customer_key, d.day, d.activity, d.active_day, d.paid, d.paid_cents,
           (d.day + 3) % 7 AS weekday, a.age, a.week, a.decay_21, a.decay_45
    FROM prepared_days AS d JOIN ages AS a ON a.age = $day - d.day
    WHERE {_KNOWN.format("d")}
)"""

_KNOWN_SIGNS = f"""known_signs AS (
    SELECT s.*, (s.day + 3) % 7 AS weekday, a.age, a.week, a.decay_21, a.decay_45
    FROM prepared_signs AS s JOIN ages AS a ON a.age = $day - s.day
    WHERE {_KNOWN.format("s")}
)"""

# Gaps are measured once, when the events are prepared. They hold for every customer of whom no
# active day is still unheard of on the observation day; the few others are measured again.
_LAST_DAY = "LAG(d.day) OVER (PARTITION BY d.customer_key ORDER BY d.day)"


def _known_gaps(unseen: UnseenDays) -> str:
    """Lengths of the gaps between active days, without the days on which the log saw nobody."""
    gap = f"d.day - {_LAST_DAY}{unseen.sql(_LAST_DAY, 'd.day')}"
    silent = f"$day - d.last_active_day{unseen.sql('d.last_active_day', '$day')}"
    return f"""in_flight AS (
    SELECT DISTINCT customer_key FROM prepared_days
    WHERE active_day = 1 AND day <= $day AND received_day > $day
      AND customer_key >= $first_key AND customer_key < $past_key
),
measured AS (
    SELECT d.customer_key, d.gap
    FROM prepared_days AS d LEFT JOIN in_flight AS f ON f.customer_key = d.customer_key
    WHERE f.customer_key IS NULL AND d.gap IS NOT NULL AND {_KNOWN.format("d")}
    UNION ALL
    SELECT d.customer_key, {gap} AS gap
    FROM prepared_days AS d JOIN in_flight AS f ON f.customer_key = d.customer_key
    WHERE d.active_day = 1 AND {_KNOWN.format("d")}
),
lengths AS (
    SELECT customer_key, gap, COUNT(*) AS times
    FROM measured WHERE gap IS NOT NULL GROUP BY customer_key, gap
),
last_days AS (
    SELECT d.customer_key, MAX(d.day) AS last_active_day FROM prepared_days AS d
    WHERE d.active_day = 1 AND {_KNOWN.format("d")}
    GROUP BY d.customer_key
),
known_gaps AS (
    SELECT l.customer_key, l.gap, l.times, {silent} AS silent_days,
           SUM(l.times) OVER (PARTITION BY l.customer_key ORDER BY l.gap) AS up_to,
           SUM(l.times) OVER (PARTITION BY l.customer_key) AS all_gaps
    FROM lengths AS l JOIN last_days AS d ON d.customer_key = l.customer_key
)"""


_KNOWN_USES = f"""used AS (
    SELECT u.customer_key, u.feature_code,
           LEAST(SUM(CASE WHEN u.day > $day - 28 THEN u.uses ELSE 0 END), {MOST_USES})
               AS uses_28d,
           LEAST(SUM(CASE WHEN u.day <= $day - 28 THEN u.uses ELSE 0 END), {MOST_USES})
               AS uses_56d_prior
    FROM prepared_uses AS u WHERE u.day > $day - 84 AND {_KNOWN.format("u")}
    GROUP BY u.customer_key, u.feature_code
),
known_uses AS (
    SELECT u.customer_key, u.uses_28d, u.uses_56d_prior, l.n_log_n AS n_log_n_28d,
           p.n_log_n AS n_log_n_56d_prior
    FROM used AS u JOIN logs AS l ON l.n = u.uses_28d JOIN logs AS p ON p.n = u.uses_56d_prior
)"""

# A queue: solving takes the ticket that waited longest, and with none open it takes none. So as
# many are left as the balance stands above its lowest point, and they are those opened last.
_KNOWN_TICKETS = """balances AS (
    SELECT customer_key, day, age, decay_45, is_opened,
           SUM(is_opened - is_resolved) OVER (
               PARTITION BY customer_key ORDER BY day, is_resolved) AS balance,
           SUM(is_opened - is_resolved) OVER (PARTITION BY customer_key) AS final_balance,
           ROW_NUMBER() OVER (PARTITION BY customer_key, is_opened ORDER BY day DESC) AS place
    FROM known_signs WHERE is_opened = 1 OR is_resolved = 1
),
known_tickets AS (
    SELECT customer_key, age, decay_45, place, is_opened,
           final_balance - LEAST(MIN(balance) OVER (PARTITION BY customer_key), 0) AS unsolved
    FROM balances
)"""


def _rows(grain: Grain, unseen: UnseenDays) -> tuple[str, ...]:
    """What each grain's rows are made by; no grain needs another's."""
    return {
        Grain.DAYS: (_KNOWN_DAYS,),
        Grain.SIGNS: (_KNOWN_SIGNS,),
        Grain.GAPS: (_known_gaps(unseen),),
        Grain.USES: (_KNOWN_USES,),
        Grain.TICKETS: (_KNOWN_SIGNS, _KNOWN_TICKETS),
    }[grain]


def accumulators_of(features: Sequence[Feature]) -> list[Accumulator]:
    """Return the accumulators of the features and of the rhythm, each once.

    Raises
    ------
    UsageError
        One name stands for two things.
    """
    found: dict[str, Accumulator] = {}
    for accumulator in (
        *ALWAYS_COUNTED,
        *(part for each in features for part in each.accumulators),
    ):
        if found.setdefault(accumulator.name, accumulator) != accumulator:
            raise UsageError(
                f"Accumulator {accumulator.name} must have one definition. Got two.",
                rule="accumulator_unique",
                got=accumulator.name,
            )
    return list(found.values())


def accumulate_query(features: Sequence[Feature], unseen: UnseenDays = NONE_UNSEEN) -> str:
    """Return the query for `PARAMETERS` that counts everything at once.

    One row a customer of whom anything was known; columns: `customer_key` and one 64-bit integer an
    accumulator.
    """
    every = accumulators_of(features)
    steps: list[str] = []
    for grain in _grains(every):
        steps += [step for step in _steps(grain, every, unseen) if step not in steps]
    return "WITH " + ",\n".join(steps) + f"\n{joined_query(features)}"


def grain_queries(
    features: Sequence[Feature], unseen: UnseenDays = NONE_UNSEEN
) -> dict[Grain, str]:
    """Return the same in one query a grain: what an engine that plans long queries badly takes.

    Kept as tables named like the grains, `joined_query` puts the answers together.
    """
    every = accumulators_of(features)
    return {
        grain: "WITH "
        + ",\n".join(_steps(grain, every, unseen))
        + f"\nSELECT * FROM {grain.value}\n"
        for grain in _grains(every)
    }


def joined_query(features: Sequence[Feature]) -> str:
    """Return the query that puts the grains together; `days` holds everybody."""
    every = accumulators_of(features)
    columns = ",\n       ".join(
        f"{accumulator.grain.value}.{accumulator.name}" for accumulator in every
    )
    joins = "".join(
        f"LEFT JOIN {grain.value} ON {grain.value}.customer_key = days.customer_key\n"
        for grain in _grains(every)
        if grain is not Grain.DAYS
    )
    return f"SELECT days.customer_key,\n       {columns}\nFROM days\n{joins}"


def _grains(every: Sequence[Accumulator]) -> list[Grain]:
    used = {accumulator.grain for accumulator in every}
    return [grain for grain in Grain if grain in used]


def _steps(grain: Grain, every: Sequence[Accumulator], unseen: UnseenDays) -> list[str]:
    """Return the steps that end in one grain's sums."""
    sums = ",\n           ".join(
        f"CAST({accumulator.sql} AS BIGINT) AS {accumulator.name}"
        for accumulator in every
        if accumulator.grain is grain
    )
    return [
        *_rows(grain, unseen),
        f"{grain.value} AS (\n    SELECT customer_key,\n           {sums}\n"
        f"    FROM known_{grain.value} GROUP BY customer_key\n)",
    ]
