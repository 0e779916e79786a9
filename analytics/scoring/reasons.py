"""Reasons in words: which themes raise a customer's risk, and the number that shows it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.frustration import FRICTION_CHANNELS
from analytics.modelling.explain import NOTHING
from analytics.scoring.frustration import Frustration
from analytics.scoring.sentences import BUILT_IN, Sentences

REASONS_SHOWN = 3
#: Percentage points below which a theme is not worth a sentence.
SMALLEST_RISK_POINTS = 0.5
SMALLEST_CHANGE_POINTS = 1.0
SMALLEST_INDEX_POINTS = 1.0
NO_REASON = "No single sign stands out."

_CHANNEL_LABELS = {one.name: one.label for one in FRICTION_CHANNELS}

Floats = npt.NDArray[np.float64]


def risk_reasons(
    points: pd.DataFrame,
    telling: pd.DataFrame,
    features: pd.DataFrame,
    *,
    sentences: Sentences = BUILT_IN,
) -> pd.DataFrame:
    """Return up to three reasons a customer: themes that raise the risk, strongest first.

    Returns
    -------
    Columns customer_key, kind, rank, theme, points, text; one row a reason.
    """
    return _ranked(points, telling, features, sentences, kind="risk", smallest=SMALLEST_RISK_POINTS)


def change_reasons(
    points: pd.DataFrame,
    telling: pd.DataFrame,
    features: pd.DataFrame,
    before: pd.DataFrame,
    *,
    sentences: Sentences = BUILT_IN,
) -> pd.DataFrame:
    """Return up to three changes a customer since `before`, whichever way they went."""
    found = _ranked(
        points,
        telling,
        features,
        sentences,
        kind="change",
        smallest=SMALLEST_CHANGE_POINTS,
        both_ways=True,
    )
    earlier, names = before.to_numpy(), list(before.columns)
    rows, columns = _positions(found, before, telling)
    found["text"] = [
        text + _then(sentences.value_form(names[column]), earlier[row, column])
        for text, row, column in zip(found["text"], rows, columns, strict=True)
    ]
    return found


def frustration_reasons(frustration: Frustration) -> pd.DataFrame:
    """Return what each index is made of, largest channel first."""
    long = _long(frustration.parts)
    long = long[long["points"] >= SMALLEST_INDEX_POINTS]
    long["rank"] = long.groupby("customer_key")["points"].rank(ascending=False, method="first")
    long["kind"] = "frustration"
    labels = long["theme"].map(_CHANNEL_LABELS)
    # Without any frustration there are no rows, and `map` would leave numbers.
    size = long["points"].map("{:.0f} points.".format).astype(str)
    long["text"] = labels.str.capitalize() + ": " + size
    return _finished(long)


def _ranked(
    points: pd.DataFrame,
    telling: pd.DataFrame,
    features: pd.DataFrame,
    sentences: Sentences,
    *,
    kind: str,
    smallest: float,
    both_ways: bool = False,
) -> pd.DataFrame:
    long = _long(points)
    size = long["points"].abs() if both_ways else long["points"]
    long = long[size >= smallest]
    long = long[_spoken_by(long, telling) != NOTHING]
    order = long["points"].abs().groupby(long["customer_key"])
    long["rank"] = order.rank(ascending=False, method="first")
    long = long[long["rank"] <= REASONS_SHOWN]
    long["kind"] = kind
    rows, columns = _positions(long, features, telling)
    long["text"] = _texts(features, rows, columns, sentences)
    return _finished(long)


def _texts(
    features: pd.DataFrame,
    rows: npt.NDArray[np.intp],
    columns: npt.NDArray[np.intp],
    sentences: Sentences,
) -> list[str]:
    values, names = features.to_numpy(), list(features.columns)
    place = {name: position for position, name in enumerate(names)}
    others = {name: sentences.named(name) for name in names}
    return [
        sentences.say(
            names[column],
            values[row, column],
            {one: values[row, place[one]] for one in others[names[column]] if one in place},
        )
        for row, column in zip(rows, columns, strict=True)
    ]


def _long(points: pd.DataFrame) -> pd.DataFrame:
    keys = np.repeat(points.index.to_numpy(), points.shape[1])
    themes = np.tile(points.columns.to_numpy(), len(points))
    return pd.DataFrame(
        {"customer_key": keys, "theme": themes, "points": points.to_numpy().ravel()}
    )


def _positions(
    long: pd.DataFrame, features: pd.DataFrame, telling: pd.DataFrame
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return row and column, in `features`, of the feature that speaks for each reason."""
    keys, names = pd.Index(long["customer_key"]), _spoken_by(long, telling)
    return features.index.get_indexer(keys), features.columns.get_indexer(pd.Index(names))


def _spoken_by(long: pd.DataFrame, telling: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the name of the feature that speaks for each reason."""
    rows = telling.index.get_indexer(pd.Index(long["customer_key"]))
    themes = telling.columns.get_indexer(pd.Index(long["theme"]))
    names: npt.NDArray[np.object_] = telling.to_numpy(dtype=object)[rows, themes]
    return names


def _then(form: str, value: float) -> str:
    """Return what the feature was before, written as its sentence writes it; nothing if unsaid."""
    return f" 28 days ago: {form.format(value)}." if form and np.isfinite(value) else ""


def _finished(long: pd.DataFrame) -> pd.DataFrame:
    columns = ["customer_key", "kind", "rank", "theme", "points", "text"]
    ordered = long.astype({"rank": "int64"})[columns]
    return ordered.sort_values(["customer_key", "rank"], ignore_index=True)
