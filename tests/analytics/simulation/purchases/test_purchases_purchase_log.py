"""The simulated CDNOW: a file as the real one is, customers as BG/NBD has them, the truth apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.cli import main
from analytics.errors import UsageError
from analytics.etl.landing.landed import current_landing
from analytics.simulation.presets.plan import CHUNK_CUSTOMERS
from analytics.simulation.presets.purchase_preset import CDNOW, PurchasePreset
from analytics.simulation.purchases.purchase_log import PURCHASE_FILE, simulate_purchases
from analytics.simulation.written_files import WrittenFiles

REAL = Path(__file__).parents[4].parent / "shared" / "data" / "cdnow" / "CDNOW_master.txt"
CUSTOMERS = CHUNK_CUSTOMERS + 500


def made(folder: Path, preset: PurchasePreset = CDNOW, **changed: Any) -> WrittenFiles:
    size: dict[str, Any] = {"customers": 300, "days": CDNOW.days, "end": CDNOW.end, "seed": 1}
    return simulate_purchases(
        preset, source=folder / "source", truth=folder / "truth", **{**size, **changed}
    )


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WrittenFiles]:
    folder = tmp_path_factory.mktemp("cdnow")
    return folder, made(folder, customers=CUSTOMERS)


@pytest.fixture(scope="module")
def log(simulated: tuple[Path, WrittenFiles]) -> pd.DataFrame:
    return pd.read_csv(
        simulated[0] / "source" / PURCHASE_FILE, sep=r"\s+", skiprows=1,
        names=["id", "date", "cds", "dollars"], dtype={"id": str}, parse_dates=["date"],
    )  # fmt: skip


@pytest.fixture(scope="module")
def truth(simulated: tuple[Path, WrittenFiles]) -> pd.DataFrame:
    return pq.read_table(simulated[0] / "truth" / "customers.parquet").to_pandas()


def test_only_purchases_are_among_the_source(simulated: tuple[Path, WrittenFiles]) -> None:
    folder, files = simulated
    assert [one.name for one in (folder / "source").iterdir()] == [PURCHASE_FILE]
    lines = (folder / "source" / PURCHASE_FILE).read_bytes().split(b"\r\n")
    assert lines[-1] == b""
    assert files.rows == {PURCHASE_FILE: len(lines) - 2}
    assert {len(one) for one in lines[1:-1]} == {26}


@pytest.mark.skipif(not REAL.is_file(), reason="the public data sets are not beside the project")
def test_the_layout_is_that_of_the_real_file(simulated: tuple[Path, WrittenFiles]) -> None:
    head = (simulated[0] / "source" / PURCHASE_FILE).read_bytes()[:4000].split(b"\r\n")[:-1]
    real = REAL.read_bytes()[:4000].split(b"\r\n")[:-1]
    assert head[0] == real[0]
    digits = [bytes(35 if 48 <= one <= 57 else one for one in line) for line in head[1:]]
    assert len(digits) > 100
    patterns = {bytes(35 if 48 <= one <= 57 else one for one in line) for line in real[1:]}
    assert sum(one in patterns for one in digits) > 0.95 * len(digits)


def test_the_same_seed_gives_the_same_bytes_and_another_other_ones(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        made(tmp_path / name, seed=seed)
    for part in (f"source/{PURCHASE_FILE}", "truth/customers.parquet"):
        one, again, other = (
            (tmp_path / name / part).read_bytes() for name in ("one", "again", "other")
        )
        assert one == again != other


def test_customers_of_all_chunks_are_written_once(log: pd.DataFrame, truth: pd.DataFrame) -> None:
    wanted = [f"{number:05d}" for number in range(1, CUSTOMERS + 1)]
    assert truth["customer_id"].tolist() == wanted
    assert log["id"].drop_duplicates().tolist() == wanted


def test_the_truth_and_the_log_tell_of_the_same_purchases(
    simulated: tuple[Path, WrittenFiles], log: pd.DataFrame, truth: pd.DataFrame
) -> None:
    days = log.groupby("id")["date"].agg(["min", "max"]).reset_index()
    assert (days["min"].dt.date == truth["first_purchase"]).all()
    assert (days["max"].dt.date == truth["last_purchase"]).all()
    gone = truth["gone_at"].notna()
    assert (truth["final_state"] == np.where(gone, "gone_silently", "engaged")).all()
    assert (truth["gone_at"][gone] == truth["last_purchase"][gone]).all()
    assert simulated[1].states == truth["final_state"].value_counts().to_dict()
    assert 0.2 < gone.mean() < 0.35


def test_nobody_stops_without_a_repeat_purchase(truth: pd.DataFrame) -> None:
    once = truth["first_purchase"] == truth["last_purchase"]
    assert once.sum() > 4000
    assert not (once & truth["gone_at"].notna()).any()


def test_rates_and_dropout_are_drawn_as_the_preset_says(truth: pd.DataFrame) -> None:
    assert truth["rate"].mean() == pytest.approx(0.243 / 4.414, rel=0.06)
    assert truth["dropout"].mean() == pytest.approx(0.793 / (0.793 + 2.426), rel=0.03)
    assert truth["mean_spend"].mean() == pytest.approx(35.2, rel=0.03)


def test_first_purchases_fall_into_the_first_twelve_weeks(truth: pd.DataFrame) -> None:
    week = (pd.to_datetime(truth["first_purchase"]) - pd.Timestamp("1997-01-01")).dt.days // 7
    shares = np.bincount(week) / len(week)
    assert shares == pytest.approx(CDNOW.first_shares, abs=0.01)


@pytest.mark.parametrize("end", [CDNOW.end, date(2020, 2, 28)])
def test_days_of_the_week_have_their_shares_whatever_day_it_starts_on(
    tmp_path: Path, end: date
) -> None:
    made(tmp_path, customers=9000, end=end)
    found = pd.read_csv(tmp_path / "source" / PURCHASE_FILE, sep=r"\s+", skiprows=1, header=None)
    days = pd.to_datetime(found[1].astype(str))
    shares = np.bincount(days.dt.day_of_week) / len(days)
    assert shares == pytest.approx(CDNOW.weekday_shares, abs=0.012)
    assert days.max().date() <= end


def test_no_purchase_lies_after_the_last_day_when_the_last_week_is_cut(tmp_path: Path) -> None:
    made(tmp_path, customers=3000, days=129, end=date(2021, 5, 9))
    found = pd.read_csv(tmp_path / "source" / PURCHASE_FILE, sep=r"\s+", skiprows=1, header=None)
    assert found[1].min() == 20210101
    assert found[1].max() == 20210509


def test_a_few_days_have_two_orders(log: pd.DataFrame) -> None:
    orders = log.groupby(["id", "date"]).size()
    assert orders.max() == 2
    assert (orders == 2).mean() == pytest.approx(0.026, abs=0.005)


def test_more_money_buys_more_cds(log: pd.DataFrame) -> None:
    means = log.groupby("cds")["dollars"].mean().loc[1:6]
    assert np.diff(means) == pytest.approx(14, abs=3)
    assert log["dollars"].min() > 0
    assert (log["cds"] == 1).mean() == pytest.approx(0.45, abs=0.08)


def test_the_shipped_mapping_lands_it_whole_and_marked_as_simulated(tmp_path: Path) -> None:
    files = made(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(
            ["ingest", "--mapping", "simulated_cdnow", str(tmp_path / "source"), "--workspace",
             str(tmp_path), "--json"]
        )  # fmt: skip
    assert stopped.value.code == 0
    report = current_landing(tmp_path / "data").report
    assert report.simulated
    assert report.customers == 300
    assert report.accepted == report.read == files.rows[PURCHASE_FILE]
    assert set(report.event_types) == {"order"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("rate_shape", 0.0, "Rate_shape must be above 0"),
        ("stop_b", -1.0, "Stop_b must be above 0"),
        ("postage", -0.5, "Postage must be 0 or more"),
        ("weekday_shares", (0.5, 0.5), "Weekday_shares must be seven"),
        ("weekday_shares", (0.2,) * 7, "Shares must add up to 1"),
        ("first_shares", (0.0, 1.0), "Shares must be above 0"),
    ],
)
def test_a_preset_that_no_shop_can_have_is_refused(name: str, value: Any, message: str) -> None:
    with pytest.raises(UsageError, match=f"{message} in preset cdnow. Got"):
        replace(CDNOW, **{name: value})


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"customers": 0}, "customers_in_range"),
        ({"customers": 100_000}, "customers_in_range"),
        ({"days": 83}, "days_in_range"),
    ],
)
def test_a_size_that_the_file_cannot_hold_is_refused(
    tmp_path: Path, changed: dict[str, int], rule: str
) -> None:
    with pytest.raises(UsageError, match="of preset cdnow must be between") as caught:
        made(tmp_path, **changed)
    assert caught.value.rule == rule
    assert not list(tmp_path.iterdir())
