"""Features of a user's own, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import UsageError
from analytics.features.custom import features_with
from analytics.features.laws import broken_laws
from analytics.features.registry import FEATURES
from tests.analytics.features.feature_world import SAAS, Event, active, features_of

GOOD = '''
"""Exports and deep visits, which our customers do before they go."""
from analytics.features.custom import EventGroup, Feature, Kind, Theme, counted

EXPORTS = EventGroup("is_report_export", ("report_exported", "data_export"))
EXPORTED = counted(EXPORTS, 0, 28)

FEATURES = [
    Feature(
        name="report_exports_28d",
        unit="events",
        window_days=28,
        theme=Theme.ACTIVITY,
        kind=Kind.COUNT,
        description="Reports exported in the last 28 days.",
        formula="exports in 28 days",
        sql=f"CAST({EXPORTED.name} AS DOUBLE)",
        accumulators=(EXPORTED,),
        shown_as="Exported {value:.0f} reports in 28 days.",
    )
]
'''


def written(folder: Path, text: str) -> Path:
    path = folder / "our_features.py"
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path, text: str) -> str:
    with pytest.raises(UsageError) as found:
        features_with(written(folder, text))
    assert found.value.exit_code == 2
    said = str(found.value)
    assert said.startswith("our_features.py: ")
    assert "\n" not in said
    return said.removeprefix("our_features.py: ")


def test_without_a_file_there_are_the_features_of_the_product() -> None:
    assert features_with(None) == FEATURES


def test_a_feature_of_ones_own_counts_events_that_the_product_does_not_know(
    tmp_path: Path,
) -> None:
    every = features_with(written(tmp_path, GOOD))
    assert every[:-1] == FEATURES
    events = [
        *active("a", [1, 50]),
        Event("a", 3, "report_exported"),
        Event("a", 27, "data_export"),
        Event("a", 28, "report_exported"),
        Event("b", 2),
    ]
    found = features_of(tmp_path / "world", events, features=every)["report_exports_28d"]
    assert found.to_dict() == {"a": 2, "b": 0}


def test_it_is_absent_where_the_source_has_none_of_its_events(tmp_path: Path) -> None:
    every = features_with(written(tmp_path, GOOD))
    found = features_of(tmp_path / "world", active("a", [1, 2]), features=every)
    assert found["report_exports_28d"].isna().all()


def test_the_contract_runs_on_it_too(tmp_path: Path) -> None:
    own = features_with(written(tmp_path, GOOD))[-1:]
    assert broken_laws(own, SAAS, tmp_path / "laws", seeds=[1]) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("FEATURES = [", "FEATURES = (", "It must be Python. Got line"),
        ("FEATURES = [", "OTHERS = [", "FEATURES must be a list of Feature. Got NoneType."),
        ("import EventGroup", "import Nothing, EventGroup", "It must run. Got ImportError"),
        ('unit="events"', 'unit="apples"', "unit must be one of days, events"),
        ('name="report_exports_28d"', 'name="active_days_28d"', "must be unique"),
        ('name="report_exports_28d"', 'name="Exports 28"', "name must be of small letters"),
        ("Exported {value:.0f}", "Exported {count}", "shown_as may name {value}"),
        ("CAST({EXPORTED.name} AS DOUBLE)", "SELECT 1", "its sql must be SQL"),
        ("CAST({EXPORTED.name} AS DOUBLE)", "exports_ever", "Got 'exports_ever'"),
        (
            "CAST({EXPORTED.name} AS DOUBLE)",
            "(SELECT MAX(customer_id) FROM prepared_customers)",
            "without a query of its own",
        ),
        ("CAST({EXPORTED.name} AS DOUBLE)", "NO_SUCH({EXPORTED.name})", "understood by DuckDB"),
        ("0, 28)", "0, 28, also='value > 3')", "Got 'value'"),
        ("0, 28)", "0, 28, also='value_cents / 3 > 1')", "must stay in whole numbers"),
        ("0, 28)", "0, 28, also='value_cents > RANDOM()')", "may not use RAND"),
        ('"is_report_export"', '"exports"', "must be like is_something"),
        ('("report_exported", "data_export")', "()", "must name at least one event type"),
    ],
)
def test_a_mistake_is_one_clear_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    assert said in refused(tmp_path, GOOD.replace(old, new))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.py: It must run\. Got FileNotFoundError"):
        features_with(tmp_path / "gone.py")
