from __future__ import annotations

import json

import numpy as np
import pytest

from analytics.domain.tables.feature_catalogue import FeatureCatalogue, population_stability
from tests.sample_catalogue import sample_catalogue


def spread(values: np.ndarray) -> tuple[float, ...]:  # type: ignore[type-arg]
    return tuple(np.percentile(values, np.linspace(0, 100, 201), method="lower").tolist())


def test_a_catalogue_comes_back_as_it_was_written() -> None:
    kept = sample_catalogue(400)
    assert FeatureCatalogue.from_json(kept.to_json()) == kept


@pytest.mark.parametrize("text", ["", "{}", '{"format": 2, "entries": []}', "[]"])
def test_what_is_no_catalogue_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        FeatureCatalogue.from_json(text)


def test_a_catalogue_of_a_later_version_is_refused() -> None:
    later = json.loads(sample_catalogue(10).to_json()) | {"format": 99}
    with pytest.raises(ValueError, match="another format"):
        FeatureCatalogue.from_json(json.dumps(later))


def test_the_same_values_have_not_drifted() -> None:
    values = np.random.default_rng(1).gamma(2, 3, 5000)
    assert population_stability(spread(values), spread(values)) == 0


def test_drift_is_the_index_of_the_tenths() -> None:
    """Against the index worked out from the values themselves."""
    rng = np.random.default_rng(2)
    before, now = rng.normal(0, 1, 50_000), rng.normal(0.5, 1, 50_000)
    cuts = np.quantile(before, np.linspace(0.1, 0.9, 9))
    was, is_now = (
        np.bincount(np.searchsorted(cuts, values), minlength=10) / len(values)
        for values in (before, now)
    )
    exact = float(np.sum((is_now - was) * np.log(is_now / was)))
    assert population_stability(spread(before), spread(now)) == pytest.approx(exact, rel=0.15)
    assert exact > 0.2


def test_mostly_zero_values_drift_only_when_their_share_does() -> None:
    rng = np.random.default_rng(3)
    rare, same = ((rng.random(20_000) < 0.1).astype(float) for _ in range(2))
    common = (rng.random(20_000) < 0.5).astype(float)
    drift = population_stability(spread(rare), spread(same))
    assert drift is not None and drift < 0.02
    assert (population_stability(spread(rare), spread(common)) or 0) > 0.25


def test_without_values_on_either_side_there_is_no_drift_to_tell() -> None:
    assert population_stability((), spread(np.arange(9.0))) is None
    assert population_stability(spread(np.arange(9.0)), ()) is None
