"""Rage, dead and error clicks from a raw click stream: thresholds stated, false alarms guarded.

Published definitions disagree (three or four clicks, one or two seconds, 0.1 to 7 seconds without
an answer); these are ours, once, and tested.

rage
    At least 3 clicks on one element of one session, all within 1 second, each less than 30 pixels
    (|dx| + |dy|) from the one before where positions are known. A burst is one rage click, at its
    first click. Void where the burst selected text (a triple click does) or scrolled, where every
    click was answered by a change within 300 ms (a stepper, a pager), and on kinds of element made
    for it.
error
    A script error within 100 ms after the click.
dead
    No change of the page and no navigation within 2,500 ms, no scrolling and no selection within
    100 ms. Void on kinds of element whose answer a page cannot see: text fields, choices, links,
    media, canvas, embedded pages. Void for a second click on the same element within 1 second.

No click counts twice: rage before error before dead. Clicks with a modifier key never count.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

RAGE_CLICKS, RAGE_WITHIN_MS, RAGE_STEP_PX = 3, 1_000, 30
ANSWERED_WITHIN_MS = 300
ERROR_WITHIN_MS = 100
DEAD_AFTER_MS = 2_500
SCROLL_OR_SELECT_WITHIN_MS = 100

RAGE, ERROR, DEAD = "rage_click", "error_click", "dead_click"

#: Clicked fast and often as they are meant to be.
MADE_FOR_REPEATED_CLICKS = frozenset({"stepper", "slider", "canvas", "game", "video", "audio"})
#: Answer in ways that a page cannot see: the caret, the browser's own lists, another window.
ANSWER_UNSEEN = frozenset(
    {
        "input", "textarea", "contenteditable", "select", "option", "checkbox", "radio", "label",
        "link", "a", "download", "canvas", "video", "audio", "iframe", "file",
    }
)  # fmt: skip

REQUIRED = ("customer_id", "session_id", "clicked_at", "element")
#: Milliseconds from the click to the first such thing after it; empty for none.
ANSWERS = ("changed_after_ms", "navigated_after_ms", "scrolled_after_ms", "selected_after_ms")
ERROR_COLUMN = "error_after_ms"
OPTIONAL = ("kind", "x", "y", "modifier", *ANSWERS, ERROR_COLUMN)


def click_signals(clicks: pd.DataFrame) -> pd.DataFrame:
    """Return the rage, error and dead clicks of a stream, as events of the data contract.

    Parameters
    ----------
    clicks
        One row a click: `REQUIRED`, with `clicked_at` in UTC, and what there is of `OPTIONAL`.
        Where an answer was not recorded at all, nothing can be dead; where errors were not,
        nothing is an error click.
    """
    table = _in_order(clicks)
    counts = ~_flag(table, "modifier")
    rage_first, in_rage = _rage(table, counts)
    error = counts & ~in_rage & (_after(table, ERROR_COLUMN) <= ERROR_WITHIN_MS)
    dead = counts & ~in_rage & ~error & _dead(table)
    kind = np.select([rage_first, error, dead], [RAGE, ERROR, DEAD], default="")
    found = table[kind != ""]
    return pd.DataFrame(
        {
            "customer_id": found["customer_id"],
            "occurred_at": found["clicked_at"],
            "event_type": kind[kind != ""],
            "session_id": found["session_id"],
            "feature": found["element"],
        }
    ).sort_values(["occurred_at", "customer_id"], ignore_index=True)


def _in_order(clicks: pd.DataFrame) -> pd.DataFrame:
    """Order by element and time, so that clicks on the same thing stand together.

    Clicks of one moment are ordered by what followed them, so that the order of the file says
    nothing.
    """
    timed = clicks.assign(clicked_at=pd.to_datetime(clicks["clicked_at"], utc=True))
    by = ["customer_id", "session_id", "element", "clicked_at"]
    further = [name for name in OPTIONAL if name in timed]
    return timed.sort_values([*by, *further], key=_sortable, ignore_index=True)


def _sortable(values: pd.Series) -> pd.Series:
    """Return values that can be compared, also where texts, flags and gaps stand together."""
    return values.astype(str) if values.dtype == object else values


def _rage(table: pd.DataFrame, counts: Flags) -> tuple[Flags, Flags]:
    """Return the first click of each burst that is a rage click, and all clicks of those."""
    in_burst = _close_clicks(table, counts)
    begins = in_burst & ~_shifted(in_burst & _same_place(table), 1)
    burst = np.cumsum(begins) * in_burst
    voided = (
        (_after(table, "scrolled_after_ms") <= RAGE_WITHIN_MS)
        | (_after(table, "selected_after_ms") <= RAGE_WITHIN_MS)
        | _kind(table).isin(MADE_FOR_REPEATED_CLICKS).to_numpy()
    )
    answered = _after(table, "changed_after_ms") <= ANSWERED_WITHIN_MS
    by_burst = pd.DataFrame({"burst": burst, "voided": voided, "answered": answered})
    of_burst = by_burst.groupby("burst")
    kept = ~of_burst["voided"].transform("any") & ~of_burst["answered"].transform("all")
    in_rage: Flags = in_burst & kept.to_numpy()
    return begins & in_rage, in_rage


def _close_clicks(table: pd.DataFrame, counts: Flags) -> Flags:
    """Return the clicks that belong to three in a second on one spot."""
    at_ms = _at_ms(table)
    linked = _same_place(table) & counts & _shifted(counts, -1)
    last = RAGE_CLICKS - 1
    starts = max(len(table) - last, 0)
    begins = at_ms[last:] - at_ms[:starts] <= RAGE_WITHIN_MS
    for step in range(last):
        begins &= linked[step : step + starts]
    result = np.zeros(len(table), dtype=bool)
    for step in range(RAGE_CLICKS):
        result[step : step + starts] |= begins
    return result


def _same_place(table: pd.DataFrame) -> Flags:
    """Tell which clicks are followed by one on the same element, near in time and place."""
    same = np.ones(max(len(table) - 1, 0), dtype=bool)
    for name in ("customer_id", "session_id", "element"):
        values = table[name].to_numpy()
        same &= values[1:] == values[:-1]
    same &= np.diff(_at_ms(table)) <= RAGE_WITHIN_MS
    if {"x", "y"} <= set(table.columns):
        moved = [np.abs(np.diff(table[name].to_numpy(dtype=np.float64))) for name in ("x", "y")]
        same &= ~(
            moved[0] + moved[1] >= RAGE_STEP_PX
        )  # an unknown position holds nothing against it
    return np.append(same, False)[: len(table)]


def _dead(table: pd.DataFrame) -> Flags:
    if not {"changed_after_ms", "navigated_after_ms"} & set(table.columns):
        return np.zeros(len(table), dtype=bool)
    unanswered = np.ones(len(table), dtype=bool)
    for name in ("changed_after_ms", "navigated_after_ms"):
        unanswered &= ~(_after(table, name) <= DEAD_AFTER_MS)
    for name in ("scrolled_after_ms", "selected_after_ms"):
        unanswered &= ~(_after(table, name) <= SCROLL_OR_SELECT_WITHIN_MS)
    again = _shifted(_same_place(table), 1)
    result: Flags = unanswered & ~again & ~_kind(table).isin(ANSWER_UNSEEN).to_numpy()
    return result


def _after(table: pd.DataFrame, name: str) -> Floats:
    """Return the milliseconds to what followed a click; NaN for nothing."""
    if name not in table:
        return np.full(len(table), np.nan)
    return table[name].to_numpy(dtype=np.float64)


def _at_ms(table: pd.DataFrame) -> Floats:
    since = table["clicked_at"] - pd.Timestamp("1970-01-01", tz="UTC")
    return np.asarray(since / pd.Timedelta(milliseconds=1), dtype=np.float64)


def _kind(table: pd.DataFrame) -> pd.Series:
    if "kind" not in table:
        return pd.Series("", index=table.index)
    return table["kind"].fillna("").astype(str).str.lower()


def _flag(table: pd.DataFrame, name: str) -> Flags:
    if name not in table:
        return np.zeros(len(table), dtype=bool)
    words = table[name].fillna("").astype(str).str.lower()
    return words.isin(["1", "1.0", "true", "yes"]).to_numpy()


def _shifted(flags: Flags, by: int) -> Flags:
    """Return the flags of the row before (1) or after (-1); False at the end."""
    result = np.zeros(len(flags), dtype=bool)
    if by > 0:
        result[by:] = flags[:-by]
    else:
        result[:by] = flags[-by:]
    return result
