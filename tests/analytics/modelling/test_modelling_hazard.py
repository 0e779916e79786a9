from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from analytics.modelling.hazard import Exit, WeeklyHazard

Floats = npt.NDArray[np.float64]


def _lives(rows: int = 20_000, weeks: int = 8, seed: int = 0) -> tuple[Floats, Floats]:
    """Customers of two columns: the first drives silent exits, the second vocal ones."""
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(rows, 2))
    silent = 1 / (1 + np.exp(4.0 - columns[:, 0]))
    vocal = 1 / (1 + np.exp(5.0 - columns[:, 1]))
    week, cause = np.zeros(rows), np.zeros(rows)
    for number in range(1, weeks + 1):
        luck = rng.random(rows)
        leaves = (week == 0) & (luck < silent + vocal)
        cause[leaves] = np.where(luck[leaves] < silent[leaves], Exit.SILENT, Exit.VOCAL)
        week[leaves] = number
    known = rng.integers(1, weeks + 1, rows).astype(float)
    return columns, np.column_stack([week, cause, known])


def test_incidence_meets_what_happens_for_each_cause_although_many_are_censored() -> None:
    columns, lives = _lives()
    model = WeeklyHazard(strength=1.0).fit(columns, lives)
    fresh, later = _lives(seed=1)
    said = model.cumulative_incidence(fresh, weeks=8)
    for cause in (Exit.SILENT, Exit.VOCAL):
        for weeks in (1, 4, 8):
            seen = ((later[:, 0] >= 1) & (later[:, 0] <= weeks) & (later[:, 1] == cause)).mean()
            assert said[:, cause, weeks - 1].mean() == pytest.approx(seen, rel=0.2)


def test_incidence_only_grows_and_never_leaves_more_than_there_are() -> None:
    columns, lives = _lives(4_000)
    said = WeeklyHazard().fit(columns, lives).cumulative_incidence(columns * 5)
    assert (np.diff(said, axis=2) >= 0).all()
    assert (said.sum(axis=1) <= 1 + 1e-9).all()


def test_each_cause_follows_its_own_driver() -> None:
    columns, lives = _lives()
    said = WeeklyHazard(strength=1.0).fit(columns, lives).cumulative_incidence(columns)[:, :, -1]
    assert np.corrcoef(said[:, Exit.SILENT], columns[:, 0])[0, 1] > 0.6
    assert np.corrcoef(said[:, Exit.VOCAL], columns[:, 1])[0, 1] > 0.6


def test_a_cause_without_exits_has_no_chance() -> None:
    columns, lives = _lives(3_000)
    said = WeeklyHazard().fit(columns, lives).cumulative_incidence(columns)
    assert (said[:, Exit.INVOLUNTARY] == 0).all()


def test_as_a_classifier_it_gives_the_chance_of_a_silent_exit_in_the_first_week() -> None:
    columns, lives = _lives(3_000)
    model = WeeklyHazard().fit(columns, lives)
    first = model.cumulative_incidence(columns, weeks=1)[:, Exit.SILENT, 0]
    assert model.predict_proba(columns)[:, 1] == pytest.approx(first)


def test_what_is_not_known_yet_teaches_nothing() -> None:
    columns, lives = _lives(4_000)
    hidden = lives.copy()
    unknown = hidden[:, 0] > hidden[:, 2]
    assert unknown.any()
    hidden[unknown, 0] = 0
    one, other = (
        WeeklyHazard().fit(columns, of).cumulative_incidence(columns) for of in (lives, hidden)
    )
    assert one == pytest.approx(other)
