from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from analytics.scoring.segments.cluster_factors import FACTORS, present_factors
from analytics.scoring.segments.cluster_names import cluster_table, names_of
from analytics.scoring.segments.clusters import CLUSTERS_STABLE_FROM, cluster

NAMES = [one.feature for one in FACTORS]


def behaviour(groups: int, size: int = 300, seed: int = 0, apart: float = 6.0) -> pd.DataFrame:
    """Customers around some centres of all factors; nothing but noise for no groups."""
    rng = np.random.default_rng(seed)
    centers = np.random.default_rng(42).normal(0, apart, (max(groups, 1), len(NAMES)))
    place = rng.integers(0, max(groups, 1), size)
    values = (centers[place] if groups else 0) + rng.normal(0, 1, (size, len(NAMES)))
    table = pd.DataFrame(values, columns=NAMES)
    for one in FACTORS:
        if one.logged:
            table[one.feature] = np.exp(table[one.feature] / 8 + 2)
    return table.assign(true_group=place)


@pytest.mark.parametrize("groups", [2, 4])
def test_clusters_that_are_there_are_found_again(groups: int) -> None:
    table = behaviour(groups)
    found = cluster(table, seed=0)
    assert found.count == groups
    assert found.ari >= 0.95
    pairs = pd.crosstab(found.place, table["true_group"])
    assert (pairs.max(axis=1) / pairs.sum(axis=1)).min() > 0.97


def test_noise_has_no_stable_clusters_and_says_so() -> None:
    found = cluster(behaviour(0), seed=0)
    assert found.count == 0
    assert found.ari < CLUSTERS_STABLE_FROM
    assert set(found.place) == {-1}
    assert cluster_table(found, behaviour(0), None).empty
    assert set(names_of(found, cluster_table(found, behaviour(0), None))) == {""}


def test_few_customers_or_factors_are_not_clustered() -> None:
    assert cluster(behaviour(3, size=50), seed=0).count == 0
    assert np.isnan(cluster(behaviour(3)[NAMES[:2]], seed=0).ari)


def test_factors_in_which_only_outliers_vary_make_no_clusters_and_end_no_run() -> None:
    table = behaviour(2)
    for name in NAMES[1:]:
        table[name] = 1.0
        table.loc[0, name] = 50.0
    assert len(present_factors(table)) == len(NAMES)
    found = cluster(table, seed=0)
    assert found.count == 0
    assert set(found.place) == {-1}
    assert cluster_table(found, table, None).empty


@pytest.mark.parametrize(("kinds", "most"), [(2, 0), (3, 2), (5, 4)])
def test_a_few_kinds_of_equal_customers_are_never_as_many_clusters(kinds: int, most: int) -> None:
    """Two different customers, each many times, are no six clusters found again for sure."""
    table = behaviour(4)[NAMES].iloc[:kinds]
    repeated = pd.concat([table] * 120, ignore_index=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = cluster(repeated, seed=0)
    assert found.count <= most
    assert set(found.place) == (set(range(found.count)) or {-1})


def test_a_kind_too_rare_for_every_draw_is_not_found_again_and_warns_nobody() -> None:
    table = behaviour(4)[NAMES].iloc[:4]
    rare = pd.concat([table.iloc[:1]] * 290 + [table] * 3, ignore_index=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cluster(rare, seed=0).count <= 3


def test_a_factor_that_is_missing_or_never_varies_is_left_out() -> None:
    table = behaviour(2).assign(contacts_90d=0.0, features_used_28d=np.nan)
    left_out = {"contacts_90d", "features_used_28d"}
    assert {one.feature for one in present_factors(table)} == set(NAMES) - left_out


def test_names_tell_what_is_high_and_low_and_are_unique() -> None:
    table = behaviour(3)
    found = cluster(table, seed=0)
    rows = cluster_table(found, table, None)
    names = rows["cluster"].unique()
    assert len(names) == 3
    for name, own in rows.groupby("cluster"):
        most = own.loc[own["center_sd"].abs().idxmax()]
        factor = next(one for one in FACTORS if one.label == most["factor"])
        assert (factor.high if most["center_sd"] > 0 else factor.low) in name.lower()
    assert not rows["kept_name"].any()


def test_the_next_run_keeps_the_names_whatever_the_order_of_the_clusters() -> None:
    table = behaviour(3)
    first = cluster_table(cluster(table, seed=0), table, None)
    renamed = first.assign(cluster="Our own: " + first["cluster"])
    other = behaviour(3, seed=9)
    found = cluster(other, seed=5)
    second = cluster_table(found, other, renamed)
    assert set(second["cluster"]) == set(renamed["cluster"])
    assert second["kept_name"].all()
    own = pd.Series(names_of(found, second)).groupby(other["true_group"]).nunique()
    assert own.tolist() == [1, 1, 1]


def test_a_cluster_unlike_any_former_one_gets_a_new_name() -> None:
    table = behaviour(3)
    found = cluster(table, seed=0)
    former = cluster_table(found, table, None)
    moved = former.assign(center=former["center"] + 100)
    assert not cluster_table(found, table, moved)["kept_name"].any()
