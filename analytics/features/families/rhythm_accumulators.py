"""What a customer's rhythm is made of: active days and the gaps between them.

Rows of the grain *gaps* are the different lengths of a customer's gaps: `gap` days, how many
`times`, how many of `all_gaps` go `up_to` that length, and `silent_days` on the observation date.
"""

from __future__ import annotations

from analytics.features.families.accumulators import active_days
from analytics.features.record import Accumulator, Grain

#: Days at the end that do not count toward the own reference, so a fade does not lower it.
REFERENCE_SKIP_DAYS = 14
REFERENCE_WINDOW_DAYS = 180

REFERENCE_ACTIVE_DAYS = active_days(REFERENCE_SKIP_DAYS, REFERENCE_WINDOW_DAYS)
ACTIVE_DAYS_EVER = Accumulator("lifetime_active_days", "SUM(active_day)")
FIRST_KNOWN_DAY = Accumulator("first_known_day", "MIN(day)", empty=None)
LAST_ACTIVE_DAY = Accumulator(
    "last_active_day", "MAX(CASE WHEN active_day = 1 THEN day END)", empty=None
)

GAP_COUNT = Accumulator("gap_count", "SUM(times)", Grain.GAPS)
GAP_SUM = Accumulator("gap_sum", "SUM(gap * times)", Grain.GAPS, empty=None)
GAP_SQUARES = Accumulator(
    "gap_squares", "SUM(CAST(gap AS BIGINT) * gap * times)", Grain.GAPS, empty=None
)
GAP_LONGEST = Accumulator("gap_longest", "MAX(gap)", Grain.GAPS, empty=None)
# In whole numbers, so that no engine rounds 0.99 * 100 to the other side of 99.
GAP_MEDIAN = Accumulator(
    "gap_median", "MIN(CASE WHEN 2 * up_to >= all_gaps THEN gap END)", Grain.GAPS, empty=None
)
GAP_Q99 = Accumulator(
    "gap_q99", "MIN(CASE WHEN 100 * up_to >= 99 * all_gaps THEN gap END)", Grain.GAPS, empty=None
)
GAPS_UP_TO_SILENCE = Accumulator(
    "gaps_up_to_silence", "SUM(CASE WHEN gap <= silent_days THEN times ELSE 0 END)", Grain.GAPS
)

#: Counted whatever features are asked for: the label needs them.
ALWAYS_COUNTED = (
    FIRST_KNOWN_DAY,
    LAST_ACTIVE_DAY,
    ACTIVE_DAYS_EVER,
    REFERENCE_ACTIVE_DAYS,
    GAP_COUNT,
    GAP_SUM,
    GAP_LONGEST,
    GAP_Q99,
)
