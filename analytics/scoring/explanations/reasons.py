"""Reasons in words: which themes raise a customer's risk, and the number that shows it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.frustration import PART_LABELS
from analytics.modelling.explaining.explain import NOTHING, ThemePoints
from analytics.modelling.explaining.themes import SIGN_THEMES
from analytics.scoring.explanations.causes import Causes
from analytics.scoring.explanations.plain_signs import SIGNS
from analytics.scoring.explanations.sentences import BUILT_IN, Sentences
from analytics.scoring.frustration.frustration_index import Frustration

REASONS_SHOWN = 3
#: Percentage points below which a theme is not worth a sentence.
SMALLEST_RISK_POINTS = 0.5
SMALLEST_CHANGE_POINTS = 1.0
SMALLEST_INDEX_POINTS = 1.0
NO_REASON = "No single sign stands out."

#: Columns of a reason, beside the customer's key.
REASON_COLUMNS = (
    "kind",
    "rank",
    "theme",
    "is_cause",
    "points",
    "points_alone",
    "risk_at_reference",
    "share_with_less",
    "refit_share",
    "stable",
    "text",
)


Floats = npt.NDArray[np.float64]


def risk_reasons(
    points: ThemePoints,
    telling: pd.DataFrame,
    features: pd.DataFrame,
    causes: Causes,
    *,
    signs: pd.DataFrame | None = None,
    sentences: Sentences = BUILT_IN,
) -> pd.DataFrame:
    """Return up to three reasons for each customer who has any, strongest first.

    The first two are how the fading shows most, and the likely cause; where no cause stands out,
    the themes that raise the risk most. Beside the themes that the model weighs stand the signs
    that it does not see, without points.

    Parameters
    ----------
    signs
        Of `plain_signs`, for the same customers: a sentence a theme. None for none.
    """
    plain = signs if signs is not None else pd.DataFrame(index=features.index)
    long = _with_unseen(_long(points), points, plain, causes)
    cause = causes.theme.reindex(long["customer_key"]).to_numpy()
    long["is_cause"] = long["theme"].to_numpy() == cause
    long["plain"] = _plain(long, plain)
    weighed = long["points"]
    said = (_spoken_by(long, telling) != NOTHING) | (long["plain"] != "")
    # What no model weighs stands on its own; what it weighs must raise the risk.
    told = said & ((weighed >= SMALLEST_RISK_POINTS) | weighed.isna())
    untold = ~told.groupby(long["customer_key"]).transform("any")
    told |= untold & (long["plain"] != "") & (weighed > 0)
    has_reason = told.groupby(long["customer_key"]).transform("any")
    long = long[told | (long["is_cause"] & has_reason)].copy()
    has_cause = long["is_cause"].groupby(long["customer_key"]).transform("any")
    long["weight"] = _weight(long)
    long["first"] = has_cause & (long["is_cause"] | _is_strongest_sign(long))
    long = long.sort_values(
        ["customer_key", "first", "weight"], ascending=[True, False, False], kind="stable"
    )
    long["rank"] = long.groupby("customer_key").cumcount() + 1
    long = long[long["rank"] <= REASONS_SHOWN].assign(kind="risk")
    given, keys = long["is_cause"].to_numpy(), long["customer_key"]
    long["text"] = _numbered_texts(long, features, telling, sentences)
    long["text"] = np.where(given, causes.text.reindex(keys).to_numpy(), long["text"])
    long["share_with_less"] = np.where(given, causes.share_with_less.reindex(keys), np.nan)
    long["stable"] = np.where(given, causes.clear.reindex(keys), True).astype(bool)
    return finished(long)


def standing_reasons(said: pd.Series) -> pd.DataFrame:
    """Return one reason without a theme for each of these customers, who have no other.

    Parameters
    ----------
    said
        A sentence of facts, index the customers' keys.
    """
    return finished(
        pd.DataFrame(
            {
                "customer_key": said.index.to_numpy(),
                "kind": "risk",
                "rank": 1,
                "theme": "",
                "points": np.nan,
                "text": said.to_numpy(dtype=object),
            }
        )
    )


def change_reasons(
    points: ThemePoints,
    telling: pd.DataFrame,
    features: pd.DataFrame,
    before: pd.DataFrame,
    *,
    sentences: Sentences = BUILT_IN,
) -> pd.DataFrame:
    """Return up to three changes a customer since `before`, whichever way they went."""
    long = _long(points)
    size = long["points"].abs()
    long = long[(size >= SMALLEST_CHANGE_POINTS) & (_spoken_by(long, telling) != NOTHING)]
    order = long["points"].abs().groupby(long["customer_key"])
    long = long.assign(rank=order.rank(ascending=False, method="first"))
    long = long[long["rank"] <= REASONS_SHOWN].assign(kind="change")
    rows, columns = _positions(long, before, telling)
    earlier, names = before.to_numpy(), list(before.columns)
    long["text"] = [
        text + _then(sentences.value_form(names[column]), earlier[row, column])
        for text, row, column in zip(
            _texts(long, features, telling, sentences), rows, columns, strict=True
        )
    ]
    return finished(long)


def frustration_reasons(frustration: Frustration) -> pd.DataFrame:
    """Return what each index is made of, largest channel first."""
    long = _stacked(frustration.parts, "points")
    long = long[long["points"] >= SMALLEST_INDEX_POINTS].copy()
    long["rank"] = long.groupby("customer_key")["points"].rank(ascending=False, method="first")
    long["kind"] = "frustration"
    labels = long["theme"].map(PART_LABELS)
    # Without any frustration there are no rows, and `map` would leave numbers.
    size = long["points"].map("{:.0f} points.".format).astype(str)
    long["text"] = labels.str.capitalize() + ": " + size
    return finished(long)


def _with_unseen(
    seen: pd.DataFrame, points: ThemePoints, signs: pd.DataFrame, causes: Causes
) -> pd.DataFrame:
    """Return the themes that the model weighs, with the signs and causes that it does not see."""
    keys = pd.DataFrame({"customer_key": points.shares.index.to_numpy()})
    found = dict.fromkeys((*signs.columns, *sorted(set(causes.theme) - {""})))
    unseen = [theme for theme in found if theme not in points.shares.columns]
    return pd.concat(
        [seen, *(keys.assign(theme=theme, points=np.nan) for theme in unseen)], ignore_index=True
    )


def _plain(long: pd.DataFrame, signs: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the plain sign of each customer and theme; empty where there is none."""
    rows = signs.index.get_indexer(pd.Index(long["customer_key"]))
    columns = signs.columns.get_indexer(pd.Index(long["theme"], dtype=object))
    found, there = np.full(len(long), "", dtype=object), (rows >= 0) & (columns >= 0)
    found[there] = signs.to_numpy(dtype=object)[rows[there], columns[there]]
    return found


def _numbered_texts(
    long: pd.DataFrame, features: pd.DataFrame, telling: pd.DataFrame, sentences: Sentences
) -> npt.NDArray[np.object_]:
    """Return the sentence of each telling feature; the plain sign for one without a number."""
    bare = [not (spoken and sentences.named(spoken)) for spoken in _spoken_by(long, telling)]
    plain = long["plain"].to_numpy(dtype=object)
    texts = pd.Series(_texts(long, features, telling, sentences), dtype=object).to_numpy()
    return np.where((plain != "") & np.array(bare, dtype=bool), plain, texts)


def _weight(long: pd.DataFrame) -> pd.Series:
    """Return what reasons are ordered by: their points; those without follow in theme order."""
    order = long["theme"].map({theme: -float(place) for place, theme in enumerate(SIGNS, 1)})
    return long["points"].fillna(order).fillna(-float(len(SIGNS) + 1))


def _is_strongest_sign(long: pd.DataFrame) -> pd.Series:
    """Tell, for each reason, whether it is the sign of most weight."""
    sign = long["theme"].isin(SIGN_THEMES) & ~long["is_cause"]
    order = long["weight"].where(sign).groupby(long["customer_key"])
    return sign & (order.rank(ascending=False, method="first") == 1)


def _texts(
    long: pd.DataFrame, features: pd.DataFrame, telling: pd.DataFrame, sentences: Sentences
) -> list[str]:
    rows, columns = _positions(long, features, telling)
    values, names = features.to_numpy(), list(features.columns)
    place = {name: position for position, name in enumerate(names)}
    said = set(columns[columns >= 0])
    others = {names[column]: sentences.asked(names[column]) for column in said}
    return [
        sentences.say(
            names[column],
            values[row, column],
            {other: values[row, place[other]] for other in others[names[column]] if other in place},
        )
        if column >= 0
        else ""
        for row, column in zip(rows, columns, strict=True)
    ]


def _long(points: ThemePoints) -> pd.DataFrame:
    long = _stacked(points.shares, "points")
    long["points_alone"] = points.alone.to_numpy().ravel()
    risk = np.repeat(points.risk, points.shares.shape[1])
    long["risk_at_reference"] = risk - long["points_alone"] / 100
    return long


def _stacked(points: pd.DataFrame, name: str) -> pd.DataFrame:
    keys = np.repeat(points.index.to_numpy(), points.shape[1])
    themes = np.tile(points.columns.to_numpy(dtype=object), len(points))
    return pd.DataFrame({"customer_key": keys, "theme": themes, name: points.to_numpy().ravel()})


def _positions(
    long: pd.DataFrame, features: pd.DataFrame, telling: pd.DataFrame
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return row and column, in `features`, of the feature that speaks; column -1 for none."""
    keys, names = pd.Index(long["customer_key"]), _spoken_by(long, telling)
    return (
        features.index.get_indexer(keys),
        features.columns.get_indexer(pd.Index(names, dtype=object)),
    )


def _spoken_by(long: pd.DataFrame, telling: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the name of the feature that speaks for each reason."""
    rows = telling.index.get_indexer(pd.Index(long["customer_key"]))
    themes = telling.columns.get_indexer(pd.Index(long["theme"], dtype=object))
    names: npt.NDArray[np.object_] = np.full(len(long), NOTHING, dtype=object)
    there = (rows >= 0) & (themes >= 0)
    names[there] = telling.to_numpy(dtype=object)[rows[there], themes[there]]
    return names


def _then(form: str, value: float) -> str:
    """Return what the feature was before, written as its sentence writes it; nothing if unsaid."""
    return f" 28 days ago: {form.format(value)}." if form and np.isfinite(value) else ""


def finished(long: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a reason; those that do not apply are empty, and nothing is unsure."""
    defaults = {"is_cause": False, "stable": True}
    blank = {name: defaults.get(name, np.nan) for name in REASON_COLUMNS if name not in long}
    ordered = long.assign(**blank).astype({"rank": "int64", "is_cause": bool, "stable": bool})
    numbers = ["points", "points_alone", "risk_at_reference", "share_with_less", "refit_share"]
    ordered[numbers] = ordered[numbers].astype(np.float64)
    kept = ordered[["customer_key", *REASON_COLUMNS]]
    return kept.sort_values(["customer_key", "rank"], ignore_index=True)
