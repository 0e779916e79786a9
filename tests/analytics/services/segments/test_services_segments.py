from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.named_segment import NamedSegment
from analytics.errors import UsageError
from analytics.runs.run_store import RunStore
from analytics.services.analytics_service import AnalyticsService
from analytics.services.segments.saved_segments import saved_segments
from analytics.settings import Settings
from tests.sample_run import AS_OF, publish_sample_run

EVERYONE = CustomerFilter()
FADING = CustomerFilter(state=("fading",), tier=("critical", "high"))
EARLIER, NOW_RUN = "20260303T000000-sample", "20260331T000000-sample"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs a month apart, and one on other data."""
    folder = tmp_path_factory.mktemp("segments")
    publish_sample_run(folder / "data", run_id="real", simulated=False, customers=60)
    then = AS_OF - timedelta(days=28)
    publish_sample_run(folder / "data", run_id=EARLIER, as_of=then, customers=300)
    publish_sample_run(folder / "data", run_id=NOW_RUN)
    return folder


@pytest.fixture
def service(workspace: Path) -> AnalyticsService:
    made = AnalyticsService(Settings.load(workspace=workspace), clock=lambda: AS_OF)
    for one in made.saved_segments():
        made.delete_segment(one.segment_id, "test")
    return made


def frame(workspace: Path, run_id: str) -> pd.DataFrame:
    return pd.read_parquet(RunStore(workspace / "data").run(run_id).folder / "customers.parquet")


def test_matrix_and_named_segments_hold_everybody_once(service: AnalyticsService) -> None:
    found = service.segments(EVERYONE, "segment")
    assert len(found.matrix) == 3 * 2 * 7
    assert sum(cell.totals.customers for cell in found.matrix) == found.totals.customers
    assert [row.key for row in found.named] == [str(one) for one in NamedSegment]
    assert sum(row.totals.customers for row in found.named) == found.totals.customers
    assert sum(row.totals.revenue_at_risk.value for row in found.named) == pytest.approx(
        found.totals.revenue_at_risk.value
    )


def test_the_cells_of_a_named_segment_add_up_to_it(service: AnalyticsService) -> None:
    found = service.segments(EVERYONE, "segment")
    for row in found.named:
        cells = [cell for cell in found.matrix if cell.named == row.key]
        assert sum(cell.totals.customers for cell in cells) == row.totals.customers


@pytest.mark.parametrize(
    ("field", "column", "value"),
    [
        ("state", "customer_state", "fading"),
        ("named", "named_segment", "watch"),
        ("rfm", "rfm_group", "champions"),
        ("cluster", "behaviour_cluster", "Often here, broad use"),
    ],
)
def test_customers_are_filtered_and_compared_by_each_kind_of_segment(
    service: AnalyticsService, workspace: Path, field: str, column: str, value: str
) -> None:
    wanted = int((frame(workspace, NOW_RUN)[column] == value).sum())
    assert wanted > 0
    chosen = CustomerFilter.parse({field: [value]})
    assert service.customer_block(chosen, start=0, end=1, sort=()).total == wanted
    groups = {row.key: row.totals.customers for row in service.segments(EVERYONE, column).groups}
    assert groups[value] == wanted
    assert service.choices().of(field)


def test_clusters_moves_and_steadiness_are_told(service: AnalyticsService) -> None:
    found = service.segments(EVERYONE, "segment")
    assert [len(one.factors) for one in found.clusters] == [2, 2]
    assert found.moves is not None
    moved = [one for one in found.moves.moves if one.kind == "risk_tier"]
    assert sum(one.customers for one in moved) == found.totals.customers
    assert {one.measure for one in found.steadiness} >= {"tier_flips", "cluster_ari"}


def test_a_saved_segment_is_followed_over_the_runs_of_its_kind(
    service: AnalyticsService, workspace: Path
) -> None:
    service.save_segment("  Fading \n now ", FADING, "Ann")
    (one,) = service.saved_segments()
    assert (one.name, one.saved_by, one.query) == ("Fading now", "Ann", FADING.to_query())
    assert [past.run_id for past in one.history] == [EARLIER, NOW_RUN]
    for past in one.history:
        table = frame(workspace, past.run_id)
        rows = table[
            (table["customer_state"] == "fading") & table["risk_tier"].isin(["critical", "high"])
        ]
        assert past.totals is not None
        assert past.totals.customers == past.totals.at_risk == len(rows)
        assert past.totals.revenue_at_risk.value == pytest.approx(rows["revenue_at_risk"].sum())


def test_a_run_that_did_not_know_a_column_says_nothing_of_it(
    workspace: Path, tmp_path: Path
) -> None:
    run = RunStore(workspace / "data").run(EARLIER)
    lacking = frame(workspace, EARLIER).drop(columns=["rfm_group", "rfm"])
    lacking.to_parquet(tmp_path / "customers.parquet")
    rows = [
        {"segment_id": 1, "name": "n", "saved_by": "Ann", "saved_at": AS_OF, "query": query}
        for query in ("rfm=champions", "tier=high")
    ]
    former = replace(run, folder=tmp_path)
    champions, high = saved_segments(rows, (former,), lambda key, compute: compute())  # type: ignore[arg-type]
    assert champions.history[0].totals is None
    assert high.history[0].totals is not None
    gone = replace(run, folder=tmp_path / "gone")
    (missing,) = saved_segments(rows[1:], (gone,), lambda key, compute: compute())  # type: ignore[arg-type]
    assert missing.history[0].totals is None


def test_a_segment_must_narrow_and_have_a_name_of_its_own(service: AnalyticsService) -> None:
    with pytest.raises(UsageError, match="Got everyone"):
        service.save_segment("All", EVERYONE, "Ann")
    with pytest.raises(UsageError, match="1 to 60 characters"):
        service.save_segment(" \n ", FADING, "Ann")
    with pytest.raises(UsageError, match="An author"):
        service.save_segment("Fading", FADING, " ")
    service.save_segment("Fading", FADING, "Ann")
    with pytest.raises(UsageError, match="must not be taken"):
        service.save_segment("FADING", FADING, "Bob")
    (one,) = service.saved_segments()
    service.rename_segment(one.segment_id, "Slowly leaving", "Bob")
    assert [each.name for each in service.saved_segments()] == ["Slowly leaving"]
    service.delete_segment(one.segment_id, "Bob")
    assert service.saved_segments() == ()
