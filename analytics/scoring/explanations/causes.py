"""The likely cause behind a risk: what pulled hardest when the customer was last engaged.

A model weighs best what shows first, the fading itself, and says little of what lies behind it. So
the cause is found without the model and without any outcome: of the pulls that are assumed of
troubles met, of a price that rose, of not having settled yet and of a poor fit (see `pulls_away`),
the strongest in the last week in which the state filter held the customer engaged.

Problems count as a cause only of those who met more of them than most, since a product has some
for everybody. A poor fit leaves no record, so that where it is the strongest no cause is named. An
action against a trouble asks for more than a cause: one event within its half-life
(`troubles_seen`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.counting import counted
from analytics.features.state_filter.last_engaged import ENGAGED_DAYS_AGO, PRICE_ROSE_BEFORE
from analytics.modelling.explaining.themes import COMMERCIAL, FRICTION, TENURE, VOICE
from analytics.scoring.explanations.pulls_away import (
    FIT,
    ONBOARDING,
    PRICE,
    PRICE_RISE_DAYS,
    TROUBLE,
    days_a_customer,
    pulls_away,
    when_last_engaged,
)

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]

#: Least decayed number of events that calls for an action: one within its half-life.
SEEN_FROM = 0.5
#: Problems are a cause where more than this share of the scored customers had less of them.
MORE_THAN_MOST = 0.5
#: A second cause whose pull is as near as this makes the first uncertain.
CLEAR_BY = 0.1

#: Decayed numbers of what went wrong, recent events weighing more; what a source lacks is absent.
_LOADS = {
    FRICTION: ("load_errors", "load_clicks", "load_waiting", "load_delivery", "load_progress"),
    VOICE: ("load_tickets",),
    COMMERCIAL: ("load_payment", "plan_downgrades_90d"),
}
#: What most of a customer's trouble was, by theme.
_TROUBLES = {
    FRICTION: "Problems met",
    VOICE: "Problems met, tickets most of all",
    COMMERCIAL: "Problems met, failed payments most of all",
}


@dataclass(frozen=True)
class Causes:
    """The likely cause of each scored customer; index as the features.

    Parameters
    ----------
    theme
        Theme of the cause; empty where no recorded one pulls harder than a poor fit is assumed to.
    share_with_less
        Share of the scored customers on whom the cause pulled less.
    clear
        False where another cause pulled nearly as hard.
    cause
        `TROUBLE`, `PRICE`, `ONBOARDING`, or `FIT` where no other is named.
    """

    theme: pd.Series
    share_with_less: pd.Series
    clear: pd.Series
    text: pd.Series
    cause: pd.Series


def likely_causes(
    features: pd.DataFrame,
    engaged: pd.DataFrame | None = None,
    contract_days: pd.Series | None = None,
) -> Causes:
    """Return the likely cause of each of the scored customers.

    Parameters
    ----------
    engaged, contract_days
        Of the same observation date, as for `when_last_engaged` and `pulls_away`.
    """
    then = when_last_engaged(features, engaged)
    pull = pulls_away(features, then, contract_days)
    less = np.column_stack([_share_with_less(pull[name].to_numpy()) for name in pull])
    of_few = less[:, pull.columns.get_loc(TROUBLE)] > MORE_THAN_MOST
    pull[TROUBLE] = pull[TROUBLE].where(of_few, 0.0)
    strongest, ordered = pull.to_numpy().argmax(axis=1), np.sort(pull.to_numpy(), axis=1)
    cause, share = pull.columns.to_numpy(dtype=object)[strongest], less[range(len(pull)), strongest]
    named = cause != FIT
    theme = _themes(cause, features)
    found = pd.DataFrame(
        {
            "theme": theme,
            "share_with_less": np.where(named, share, np.nan),
            "clear": ordered[:, -1] - ordered[:, -2] >= CLEAR_BY,
            "text": _texts(cause, theme, share, features, then),
            "cause": cause,
        },
        index=features.index,
    )
    return Causes(*(found[name] for name in found))


def _themes(cause: Texts, features: pd.DataFrame) -> Texts:
    """Return the theme of each cause; a trouble is of the kind that the customer met most."""
    loads = _loads(features)
    most = loads.columns.to_numpy(dtype=object)[loads.to_numpy().argmax(axis=1)]
    chosen: Texts = np.select(
        [cause == TROUBLE, cause == PRICE, cause == ONBOARDING], [most, COMMERCIAL, TENURE], ""
    ).astype(object)
    return chosen


def _texts(
    cause: Texts, theme: Texts, share: Floats, features: pd.DataFrame, then: pd.DataFrame
) -> list[str]:
    """Say what each cause rests on; empty where none is named."""
    rows = zip(
        cause,
        theme,
        # Rounded down: nobody has less than themselves, so that 100% cannot be.
        np.floor(100 * share) / 100,
        days_a_customer(features, then),
        then[ENGAGED_DAYS_AGO],
        then[PRICE_ROSE_BEFORE],
        strict=True,
    )
    return [_text(*row) for row in rows]


def _text(cause: str, theme: str, less: float, days: float, ago: float, price: float) -> str:
    when = "" if ago < 7 else f" when last held engaged, {counted(round(ago), 'day')} ago"
    if cause == TROUBLE:
        return (
            f"{_TROUBLES[theme]}, recent ones counting most: more than {less:.0%} of the scored "
            f"customers had{when}."
        )
    if cause == ONBOARDING:
        spent = counted(round(days), "day")
        return f"A customer for {spent}{when}, newer than {less:.0%} of the scored customers."
    if cause == PRICE and price < PRICE_RISE_DAYS:
        return f"The price rose {counted(round(price + ago), 'day')} ago."
    return f"The contract's yearly end was near{when}." if cause == PRICE else ""


def troubles_seen(features: pd.DataFrame) -> pd.DataFrame:
    """Tell which troubles each customer has met of late; a column a theme, index as the features.

    A trouble counts from a decayed number of `SEEN_FROM` events on, whatever others have met.
    """
    return _loads(features) >= SEEN_FROM


def _loads(features: pd.DataFrame) -> pd.DataFrame:
    loads = {theme: _load(features, names) for theme, names in _LOADS.items()}
    return pd.DataFrame(loads, index=features.index)


def _load(features: pd.DataFrame, names: tuple[str, ...]) -> Floats:
    known = [name for name in names if name in features]
    load: Floats = features[known].fillna(0.0).sum(axis=1).to_numpy(dtype=np.float64)
    return load


def _share_with_less(values: Floats) -> Floats:
    """Return the share of all who have strictly less; 0 where nobody is there."""
    share: Floats = np.searchsorted(np.sort(values), values, side="left") / max(len(values), 1)
    return share
