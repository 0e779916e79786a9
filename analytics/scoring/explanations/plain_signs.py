"""Signs of fading that anybody can see in the events of a customer, whatever model is believed.

A model that looks at one number, or that cannot be taken apart, names few signs or none. What can
be counted is there all the same: a silence longer than the own gaps, fewer active days than before,
less money than before. Each is a fact of this customer against their own past, so that it can be
checked in the list of events. No share of the risk is claimed for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.theme_words import ACTIVITY, RECENCY, TREND, VALUE

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

#: Themes of the signs, in the order in which they are told.
SIGNS = (RECENCY, TREND, VALUE, ACTIVITY)
#: A silence must outlast so many of the own gaps.
_MOST_GAPS, _LEAST_GAPS = 0.8, 3
#: A fall leaves this part of before, or less; it needs something to fall from.
_FELL_TO = 0.6
_LEAST_BEFORE = {28: 4.0, 90: 2.0}
#: One who came once may come again; after so many days that is a sign.
_ONCE_DAYS = 14.0

#: Said of everybody where no model can be believed.
AVERAGE_FOR_ALL = (
    "Everybody is given the average risk of {risk:.0%}: these data do not tell who will go silent."
)


def plain_signs(features: pd.DataFrame) -> pd.DataFrame:
    """Return a sentence for each sign that a customer shows, empty where it does not hold.

    Returns
    -------
    Index as `features`, one column a theme of `SIGNS`.
    """
    of_theme = {
        RECENCY: _silence(features),
        TREND: _fewer_days(features),
        VALUE: _less_money(features),
        ACTIVITY: _only_once(features),
    }
    return pd.DataFrame(of_theme, index=features.index, dtype=object)[list(SIGNS)]


def where_they_stand(features: pd.DataFrame, risk: Floats, typical_risk: float) -> pd.Series:
    """Return the sentence of one who shows no sign: the facts, and what the model makes of them."""
    silent = _column(features, "days_since_last_activity")
    days = _column(features, "active_days_90d")
    said = [
        f"{_since(quiet)} on {active:.0f} of the last 90 days: the model says "
        f"{chance:.0%}, and {typical_risk:.0%} for a typical customer here."
        for quiet, active, chance in zip(silent, days, risk, strict=True)
    ]
    return pd.Series(said, index=features.index, dtype=object)


def _since(silent: float) -> str:
    """Begin a sentence on silence and active days; who was there on the last day is not silent."""
    return "Active today, and" if silent == 0 else f"Silent for {_days(silent)} and active"


def _silence(features: pd.DataFrame) -> Texts:
    silent = _column(features, "days_since_last_activity")
    longest, gaps = _column(features, "longest_gap_days"), _column(features, "active_days_ever") - 1
    share = _column(features, "gaps_survived_share")
    return _first_that_holds(
        _Choice((gaps >= 1) & (silent > longest), _longer_than_ever, (silent, longest)),
        _Choice((gaps >= _LEAST_GAPS) & (share >= _MOST_GAPS), _longer_than_most, (silent, share)),
    )


def _longer_than_ever(silent: float, longest: float) -> str:
    return f"Silent for {_days(silent)}; the longest gap so far was {longest:.0f}."


def _longer_than_most(silent: float, share: float) -> str:
    told = min(share, 0.99) if share < 1 else 1.0  # not all of them, however near
    return f"Silent for {_days(silent)}; {told:.0%} of the gaps so far were no longer."


def _fewer_days(features: pd.DataFrame) -> Texts:
    choices = []
    for window, twice in ((28, 56), (90, 180)):
        now = _column(features, f"active_days_{window}d")
        before = _column(features, f"active_days_{twice}d") - now
        fell = (before >= _LEAST_BEFORE[window]) & (now <= _FELL_TO * before)
        choices.append(_Choice(fell, partial(_on_fewer_days, window), (now, before)))
    return _first_that_holds(*choices)


def _on_fewer_days(window: int, now: float, before: float) -> str:
    return f"Active on {_days(now)} in the last {window}, on {before:.0f} in the {window} before."


def _less_money(features: pd.DataFrame) -> Texts:
    bought = _two_quarters(
        _column(features, "value_180d"), _column(features, "value_log_ratio_90d")
    )
    paid = _column(features, "invoiced_90d")
    invoiced = (paid, _before(paid, _column(features, "invoiced_log_ratio_90d")))
    # Less than one of any currency before is nothing to fall from.
    return _first_that_holds(
        *(
            _Choice((before >= 1) & (now <= _FELL_TO * before), partial(_less, verb), (now, before))
            for verb, (now, before) in (("Spent", bought), ("Paid", invoiced))
        )
    )


def _less(verb: str, now: float, before: float) -> str:
    return f"{verb} {_money(now)} in the last 90 days, {_money(before)} in the 90 before."


def _only_once(features: pd.DataFrame) -> Texts:
    silent = _column(features, "days_since_last_activity")
    once = (_column(features, "active_days_ever") == 1) & (silent >= _ONCE_DAYS)
    return _first_that_holds(_Choice(once, _on_one_day, (silent,)))


def _on_one_day(silent: float) -> str:
    return f"Active on one day only, {_days(silent)} ago."


def _two_quarters(both: Floats, log_ratio: Floats) -> tuple[Floats, Floats]:
    """Return the sums of the last 90 days and of the 90 before, from their sum and log ratio.

    The ratio is of both sums plus one.
    """
    ratio = np.exp(log_ratio)
    before = (both + 2) / (1 + ratio) - 1
    return np.maximum(both - before, 0.0), np.maximum(before, 0.0)


def _before(now: Floats, log_ratio: Floats) -> Floats:
    before: Floats = (now + 1) / np.exp(log_ratio) - 1
    return before


@dataclass(frozen=True)
class _Choice:
    """A sign that may hold, and how it is said of the numbers of one customer."""

    holds: Flags
    say: Callable[..., str]
    numbers: tuple[Floats, ...]


def _first_that_holds(*choices: _Choice) -> Texts:
    """Return the sentence of the first choice that holds, row by row; empty where none does."""
    found: Texts = np.full(len(choices[0].holds), "", dtype=object)
    for choice in choices:
        for row in np.flatnonzero(choice.holds & (found == "")):
            found[row] = choice.say(*(numbers[row] for numbers in choice.numbers))
    return found


def _column(features: pd.DataFrame, name: str) -> Floats:
    """Return a feature; NaN where the registry has none of the name, so that nothing holds."""
    if name not in features:
        return np.full(len(features), np.nan)
    return features[name].to_numpy(dtype=np.float64)


def _days(count: float) -> str:
    return "1 day" if round(np.nan_to_num(count)) == 1 else f"{count:.0f} days"


def _money(amount: float) -> str:
    if round(amount, 2) == 0:
        return "nothing"
    return f"{amount:,.0f}" if abs(amount) >= 10 else f"{amount:,.2f}"
