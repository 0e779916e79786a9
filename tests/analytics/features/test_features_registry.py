from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import replace

import pytest

from analytics.errors import UsageError
from analytics.features import families
from analytics.features.accumulate import PARAMETERS, accumulate_query
from analytics.features.finish import finish_query, rhythm_query
from analytics.features.record import UNITS, Feature, Theme
from analytics.features.registry import (
    FEATURE_NAMES,
    FEATURES,
    SELF_RELATIVE_NAMES,
    registered,
)

by_name = pytest.mark.parametrize("feature", FEATURES, ids=FEATURE_NAMES)


def windows_in(name: str) -> list[int]:
    """Return the windows a name states, in days: active_days_log_ratio_7d_28d has 7 and 28."""
    return [
        int(number) * (7 if unit == "w" else 1)
        for number, unit in re.findall(r"_(\d+)([dw])(?=_|$)", name)
    ]


def test_every_theme_has_a_feature() -> None:
    assert {one.theme for one in FEATURES} == set(Theme)


def test_feature_names_are_unique_column_names() -> None:
    assert len(set(FEATURE_NAMES)) == len(FEATURES)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in FEATURE_NAMES)


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(UsageError, match=r"must be unique. Got 'active_days_28d' twice") as found:
        registered([*FEATURES, next(one for one in FEATURES if one.name == "active_days_28d")])
    assert (found.value.rule, found.value.exit_code) == ("feature_unique", 2)


def test_a_unit_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="Got 'parsecs'"):
        replace(FEATURES[0], unit="parsecs")


def test_a_description_that_is_no_sentence_is_refused() -> None:
    with pytest.raises(UsageError, match="must be a sentence"):
        replace(FEATURES[0], description="days")


@by_name
def test_a_feature_explains_itself(feature: Feature) -> None:
    assert feature.unit in UNITS
    assert re.fullmatch(r"[A-Z].{10,}\.", feature.description)
    assert feature.family == feature.theme.value
    text = feature.shown_as.format(value=1.25, **dict.fromkeys(FEATURE_NAMES, 1.25))
    assert re.fullmatch(r"\S.*\.", text)
    assert "{" not in text


@by_name
def test_a_name_carries_the_window_that_it_looks_at(feature: Feature) -> None:
    stated = windows_in(feature.name)
    if feature.window_days is None:
        assert not stated
    elif feature.self_relative:
        # A comparison looks further back than the window that it compares.
        assert not stated or max(stated) <= feature.window_days
    else:
        assert stated in ([feature.window_days], [])
        assert stated or feature.name == "expected_gap_days"


def test_every_theme_has_a_feature_that_a_person_would_like_to_hear_of() -> None:
    assert {one.theme for one in FEATURES if one.speaks} == set(Theme)


def test_some_features_compare_customers_with_themselves_only() -> None:
    assert set() < set(SELF_RELATIVE_NAMES) < set(FEATURE_NAMES)


def test_every_family_is_in_the_registry() -> None:
    found = 0
    for module in pkgutil.iter_modules(families.__path__):
        loaded = importlib.import_module(f"{families.__name__}.{module.name}")
        family = getattr(loaded, module.name.upper(), ())
        found += len(family)
        assert set(family) <= set(FEATURES), module.name
    assert found == len(FEATURES)


def test_the_query_takes_the_day_and_the_customers_and_nothing_else() -> None:
    query = accumulate_query(FEATURES)
    assert set(re.findall(r"\$\w+", query)) == {f"${one}" for one in PARAMETERS}
    assert "'" not in query, "no text, so no user text, can be in the query"
    assert "?" not in query
    finish = finish_query(FEATURES)
    assert set(re.findall(r"\$\w+", finish)) == {"$first_key", "$past_key"}
    assert set(re.findall(r"\$\w+", rhythm_query())) == {"$day"}
    assert all(f" AS {name}" in finish or f"a.{name}" in finish for name in FEATURE_NAMES)


def test_every_table_is_read_only_as_it_was_known() -> None:
    query = accumulate_query(FEATURES)
    for alias, table in (("d", "days"), ("s", "signs"), ("u", "uses")):
        known = f"{alias}.day <= $day AND {alias}.received_day <= $day"
        reads = query.count(f"FROM prepared_{table} AS {alias}")
        assert query.count(known) == reads > 0
    # Who has an active day that is not yet known is itself known: not from what the day held.
    assert query.count("FROM prepared_days\n") == 1
    assert query.count("FROM prepared_") == 7


def test_one_accumulator_name_may_not_mean_two_things() -> None:
    first = next(one for one in FEATURES if one.accumulators)
    other = replace(
        first, name="other", accumulators=(replace(first.accumulators[0], sql="SUM(age)"),)
    )
    with pytest.raises(UsageError, match="must have one definition"):
        accumulate_query([first, other])
