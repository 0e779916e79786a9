"""The facts of a simulated business on small worlds whose answer is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.acceptance import business_facts as facts
from analytics.evaluation.truth import Truth

START = pd.Timestamp("2026-01-05", tz="UTC")  # a Monday


def truth_of(signed_up: list[int], exit_day: list[float], states: list[str]) -> Truth:
    """Make a truth whose days count from the start."""
    begins = (START - pd.Timestamp(0, tz="UTC")).days
    people = pd.DataFrame(
        {
            "signed_up_at": [START + pd.Timedelta(days=day) for day in signed_up],
            "exit_day": np.array(exit_day) + begins,
            "final_state": states,
        },
        index=pd.Index([f"A{one}" for one in range(len(states))], name="customer_id"),
    )
    people["exit_at"] = pd.to_datetime(people["exit_day"], unit="D", utc=True)
    note = {"start": "2026-01-05", "end": "2026-12-31"}
    weeks = pd.DataFrame({"customer_id": ["A0", "A0", "A1"], "frustration": [0.1, 2.0, 1.0]})
    return Truth(note, people, weeks, pd.DataFrame(), pd.DataFrame(), pd.DataFrame())


def events_file(folder: Path, rows: list[tuple[str, str, str, float]]) -> Path:
    frame = pd.DataFrame(rows, columns=["customer_id", "occurred_at", "event_type", "value"])
    frame["occurred_at"] = pd.to_datetime(frame["occurred_at"], utc=True, format="ISO8601")
    frame.to_parquet(folder / "events.parquet")
    return folder / "events.parquet"


def test_active_days_count_once_each_and_only_meaningful_events(tmp_path: Path) -> None:
    path = events_file(
        tmp_path,
        [("a", "2026-01-05 08:00", "session", 0), ("a", "2026-01-05 20:00", "session", 0),
         ("a", "2026-01-07 08:00", "session", 0), ("a", "2026-01-08", "error", 0),
         ("b", "2026-01-11 08:00", "session", 0)],
    )  # fmt: skip
    days = facts.active_days(path, ("session",))
    assert days.customer.tolist() == [0, 0, 1]
    assert facts.weekday_shares(days).round(3).tolist() == [0.333, 0, 0.333, 0, 0, 0, 0.333]
    assert facts.gap_shares(days)[:2].tolist() == [1.0, 0.0]


def test_the_best_fifth_is_counted_by_what_was_paid(tmp_path: Path) -> None:
    path = events_file(
        tmp_path,
        [("a", "2026-01-05", "order", 60.0), ("b", "2026-01-05", "invoice_paid", 20.0),
         ("c", "2026-01-05", "top_up", 20.0), ("d", "2026-01-05", "session", 99.0),
         ("e", "2026-01-05", "order", -5.0)],
    )  # fmt: skip
    paid = facts.paid_by_customer(path)
    assert sorted(paid) == [0.0, 0.0, 20.0, 20.0, 60.0]
    assert facts.lorenz(paid, np.array([0.0, 0.2, 0.4, 1.0])) == pytest.approx([0, 0.6, 0.8, 1])


def test_survival_takes_new_customers_and_those_who_are_still_young_as_far_as_they_go() -> None:
    truth = truth_of([0, 0, 0, 0, -50], [10, 40, np.nan, np.nan, 5], ["gone_silently"] * 5)
    curve = facts.survival(truth)
    assert curve[:4] == pytest.approx([1.0, 0.75, 0.5, 0.5])
    young = truth_of([0, 0, 340], [10, np.nan, np.nan], ["gone_silently"] * 3)
    assert facts.survival(young)[1] == pytest.approx(0.5)


def test_a_beta_geometric_curve_fits_itself_and_a_straight_line_does_not() -> None:
    geometric = 0.9 ** np.arange(10)
    assert facts.survival_misfit(geometric) < 0.005
    assert facts.survival_misfit(np.linspace(1, 0.1, 10)) > 0.03


def test_retention_rises_where_the_fragile_leave_first() -> None:
    assert facts.retention_rise(np.array([1, 0.6, 0.5, 0.48, 0.47])) > 0.1
    assert facts.retention_rise(np.array([1, 0.98, 0.9, 0.7, 0.4])) < -0.1


def test_the_silent_share_is_of_exits_and_yearly_retention_of_old_customers() -> None:
    truth = truth_of(
        [-10, -10, -10, 20], [100, 200, np.nan, 30],
        ["gone_silently", "left_vocally", "engaged", "gone_silently"],
    )  # fmt: skip
    assert facts.silent_share(truth) == pytest.approx(2 / 3)
    assert facts.yearly_retention(truth) == pytest.approx(1 / 3)


def test_whoever_was_frustrated_and_wrote_nothing_is_mute(tmp_path: Path) -> None:
    truth = truth_of([-10, -10], [np.nan, np.nan], ["engaged", "engaged"])
    mute = events_file(tmp_path, [("A1", "2026-01-05", "ticket_opened", 0)])
    assert facts.mute_share(truth, mute) == 1.0
    spoke = events_file(tmp_path, [("A0", "2026-01-05", "ticket_opened", 0)])
    assert facts.mute_share(truth, spoke) == 0.0
