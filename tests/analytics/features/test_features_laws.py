"""The product's features keep the laws, and a feature that breaks one is caught."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.features import prepared as prepared_module
from analytics.features.check_sql import problem_of
from analytics.features.families.accumulators import active_days
from analytics.features.laws import broken_laws
from analytics.features.nasty_log import nasty_log
from analytics.features.record import Accumulator, Feature, Kind, Theme
from analytics.features.registry import FEATURE_NAMES, FEATURES
from tests.analytics.features.feature_world import SAAS


def feature(sql: str, *accumulators: Accumulator, default: float | None = 0.0) -> Feature:
    return Feature(
        "own",
        "days",
        28,
        Theme.ACTIVITY,
        Kind.COUNT,
        "A feature of our own.",
        "something",
        sql,
        accumulators,
        default=default,
        missing_when="" if default is not None else "nobody knows",
    )


def broken(given: Feature, folder: Path) -> list[str]:
    return broken_laws([given], SAAS, folder, seeds=[1])


def test_every_feature_of_the_product_keeps_every_law(tmp_path: Path) -> None:
    assert broken_laws(FEATURES, SAAS, tmp_path, seeds=[1, 2, 3]) == []


@pytest.mark.parametrize("one", FEATURES, ids=FEATURE_NAMES)
def test_every_feature_of_the_product_can_be_transpiled_for_every_engine(one: Feature) -> None:
    assert problem_of(one) == ""


def test_a_feature_that_looks_past_the_date_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A leak put in where only the product's own code could put one: receipt is forgotten."""
    sound = prepared_module._typed_query

    def leaky(zone: str, *, columns: str, joins: str) -> str:
        query = sound(zone, columns=columns, joins=joins)
        told = query.replace("GREATEST(e.received_at, e.occurred_at)", "e.occurred_at")
        assert told != query
        return told

    monkeypatch.setattr(prepared_module, "_typed_query", leaky)
    counted = active_days(0, 28)
    found = broken(feature(counted.name, counted), tmp_path)
    assert len(found) == 1
    assert found[0].startswith("Feature 'own' changes with what became known after the date. Got ")


def test_a_feature_that_follows_the_order_of_the_rows_is_caught() -> None:
    by_row = Accumulator("own_sum", "MAX(FIRST(paid_cents))")
    assert "may not use" in problem_of(feature("own_sum", by_row))


def test_a_feature_that_is_infinite_or_missing_or_the_same_for_all_is_caught(
    tmp_path: Path,
) -> None:
    counted = active_days(0, 28)
    endless = feature(f"1.0 / CAST({counted.name} AS DOUBLE)", counted)
    assert "must be finite" in broken(endless, tmp_path / "a")[0]
    same = feature("7")
    assert "must tell customers apart. Got 7.0 for all" in broken(same, tmp_path / "b")[0]
    missing = replace(feature(f"NULLIF({counted.name}, 0)", counted, default=None), name="other")
    assert broken(missing, tmp_path / "c") == []


def test_the_log_is_the_same_for_the_same_seed_and_later_rows_only_come_behind() -> None:
    known, later = nasty_log(["own"], seed=4), nasty_log(["own"], seed=4, later=True)
    assert known.events.equals(nasty_log(["own"], seed=4).events)
    assert later.events.slice(0, known.events.num_rows).equals(known.events)
    assert later.events.num_rows > known.events.num_rows
    assert "own" in known.events["event_type"].to_pylist()
