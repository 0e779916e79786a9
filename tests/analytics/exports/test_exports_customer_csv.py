from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.numbers.measures import CUSTOMER_COLUMNS
from analytics.errors import EnvironmentFault
from analytics.exports.customer_csv import write_frustration_csv, write_lines
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.sample_run import publish_sample_run


def test_the_csv_has_every_customer_every_column_and_the_totals_of_the_run(tmp_path: Path) -> None:
    run = publish_sample_run(tmp_path / "data", customers=90)
    path = write_frustration_csv(run, tmp_path / "data" / "exports" / "all.csv")
    frame = pd.read_csv(path)
    assert tuple(frame.columns) == tuple(one.name for one in CUSTOMER_COLUMNS)
    assert len(frame) == run.summary.totals["customers"] == 90
    assert frame["revenue_at_risk"].sum() == pytest.approx(run.summary.totals["revenue_at_risk"])
    assert frame["risk_tier"].isin(["critical", "high"]).sum() == run.summary.totals["at_risk"]


def test_the_csv_is_the_one_that_the_app_gives(tmp_path: Path) -> None:
    run = publish_sample_run(tmp_path / "data", customers=90)
    path = write_frustration_csv(run, tmp_path / "all.csv")
    service = AnalyticsService(Settings.load(workspace=tmp_path))
    with path.open(encoding="utf-8", newline="") as file:
        assert file.read() == "".join(service.export_rows(CustomerFilter()))


def test_an_export_that_breaks_off_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_lines(path, ["former\r\n"])

    def breaking() -> object:
        yield "half"
        raise OSError(28, "No space left on device")

    with pytest.raises(EnvironmentFault, match="no space left"):
        write_lines(path, breaking())  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8").splitlines() == ["former"]
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
