"""Cases that show only in a run, an export or a report: what their ``expected.txt`` asks holds."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest

from analytics.domain.run_summary import RunSummary
from analytics.runs.run_store import RunStore
from tests.everyone_advised import check_everyone_is_advised
from tests.pipeline.command import Said, call

CASES = Path(__file__).parents[2].parent / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
slow = pytest.mark.slow


@dataclass(frozen=True)
class Ran:
    """What ingest found, and what the run that followed said and published."""

    workspace: Path
    landed: dict[str, Any]
    said: Said

    @property
    def summary(self) -> RunSummary:
        return RunStore(self.workspace / "data").current().summary

    @property
    def customers(self) -> pd.DataFrame:
        return pd.read_parquet(
            RunStore(self.workspace / "data").current().folder / "customers.parquet"
        )


def ran(name: str, workspace: Path, profile: str) -> Ran:
    folder = CASES / name
    files = sorted(str(one) for one in folder.glob("*.csv"))
    landed = call(workspace, "ingest", "--mapping", str(folder / "mapping.toml"), *files, "--json")
    assert landed.code == 0, landed.out
    return Ran(workspace, landed.json, call(workspace, "run", "--profile", profile, "--json"))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The shop of 650 customers, whole."""
    return ran("no_action_when_bgnbd_wins", tmp_path_factory.mktemp("shop"), "retail")


@pytest.fixture(scope="module")
def subscriptions(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The subscribers with odd ids and regions."""
    return ran("filter_values", tmp_path_factory.mktemp("subscriptions"), "saas")


@slow
def test_no_action_when_bgnbd_wins_but_reasons_and_every_action_that_pays(shop: Ran) -> None:
    assert shop.said.code == 0, shop.said.out
    assert shop.summary.champion == "bgnbd"
    assert check_everyone_is_advised(shop.workspace) == shop.said.json["at_risk"] > 0
    assert (shop.customers["recommended_action"] != "none").any()
    assert shop.summary.totals["net_value"] > 0


@slow
def test_tracker_outage_end_is_warned_of_and_changes_little(shop: Ran, tmp_path: Path) -> None:
    stopped = ran("tracker_outage_end", tmp_path, "retail")
    assert stopped.said.code == 0, stopped.said.out
    for said in (stopped.landed["warnings"], stopped.summary.warnings):
        (stops,) = [one for one in said if "The log stops: from 2026-01-05" in one]
        assert "only 1 customer had order" in stops
    assert stopped.said.json["at_risk"] < 2 * shop.said.json["at_risk"]
    at_stake = stopped.summary.revenue_at_risk.value / shop.summary.revenue_at_risk.value
    assert 0.7 < at_stake < 1.4


@slow
def test_refunds_keep_alive_nobody_and_are_noted(tmp_path: Path) -> None:
    found = ran("refunds_keep_alive", tmp_path, "retail")
    assert found.said.code == 0, found.said.out
    assert any("Negative amounts, which look like returns: 960" in one
               for one in found.landed["warnings"])  # fmt: skip
    refunded = found.customers[found.customers["customer_id"].str.startswith("RF-")]
    assert len(refunded) == 10
    assert not refunded["customer_state"].isin(["engaged"]).any()
    assert not refunded["risk_tier"].isin(["low"]).any()


@slow
def test_filter_values_find_a_region_with_a_no_break_space(
    subscriptions: Ran, tmp_path: Path
) -> None:
    assert subscriptions.said.code == 0, subscriptions.said.out
    (region,) = [one for one in _regions() if one.startswith("Île")]
    assert "\u00a0" in region
    rows = exported(subscriptions, "region=%C3%8Ele%C2%A0de+France", tmp_path)
    assert len(rows) == _regions()[region] == 20
    assert {row["region"] for row in rows} == {region}


@slow
@pytest.mark.parametrize("unheard_of", [0, 160], ids=["70 regions", "230 regions"])
def test_filter_values_find_all_of_many_regions(
    unheard_of: int, subscriptions: Ran, tmp_path: Path
) -> None:
    small = [region for region, customers in _regions().items() if customers == 3]
    assert len(small) == 70
    chosen = [*small, *(f"nowhere {number}" for number in range(unheard_of))]
    rows = exported(subscriptions, urlencode([("region", one) for one in chosen]), tmp_path)
    assert Counter(row["region"] for row in rows) == dict.fromkeys(small, 3)


@slow
def test_filter_values_find_an_id_with_a_no_break_space(subscriptions: Ran, tmp_path: Path) -> None:
    (found,) = exported(subscriptions, "search=A%C2%A0B", tmp_path)
    assert found["customer_id"] == "A\u00a0B"


@slow
def test_signup_after_events_is_corrected_to_the_first_event(subscriptions: Ran) -> None:
    told = next(row for row in _rows("cust.csv") if row["id"] == "U0103")
    first = min(row["time"] for row in _rows("usage.csv") if row["customer"] == "U0103")
    assert first[:10] < "2025-12-31" < told["signed_up"]
    customers = subscriptions.customers.set_index("customer_id")
    assert pd.Timestamp(customers.loc["U0103", "signed_up_at"]) == pd.Timestamp(first, tz="UTC")
    assert customers.loc["U0103", "eligible"]
    warnings = " ".join(subscriptions.summary.warnings)
    assert "Recorded sign-up after the first event: 2 customers" in warnings


@slow
def test_report_beat_it_only_where_the_interval_that_decided_lies_above_zero(
    subscriptions: Ran, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    assert call(subscriptions.workspace, "report", "--out", str(out)).code == 0
    ladder = _ladder(out.read_text("utf-8"))
    assert any("BG/NBD" in row["Model"] for row in ladder)
    assert any(row["Result"] == "adopted for its Brier score" for row in ladder)
    for row in ladder:
        low = {name: float(row[f"{name} low"]) for name in ("AUC", "Brier score")}
        if row["Result"] == "not adopted":
            continue
        by = row["Result"].removeprefix("adopted for its ")
        assert low[by] > 0, row


def exported(found: Ran, chosen: str, folder: Path) -> list[dict[str, str]]:
    """Return the rows that the export of a choice wrote."""
    out = folder / "chosen.csv"
    said = call(
        found.workspace, "export", "customers", "--filter", chosen, "--out", str(out), "--json"
    )
    assert said.code == 0, said.out
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert said.json["rows"] == len(rows)
    return rows


def _rows(file: str) -> list[dict[str, str]]:
    with (CASES / "filter_values" / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _regions() -> Counter[str]:
    """Count the customers of each region, as the source tells."""
    return Counter(row["region"] for row in _rows("cust.csv"))


def _ladder(page: str) -> list[dict[str, str]]:
    """Read the report's table of the ladder; the low ends of the intervals by what was gained."""
    table = page[page.index("Does the model earn its place?") :].partition("</table>")[0]
    columns = ("Model", "Against", "AUC", "AUC low", "Brier score", "Brier score low", "Result")
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    told = [dict(zip(columns, (re.sub("<.*?>", "", one) for one in row), strict=True))
            for row in cells]  # fmt: skip
    for row in told:
        for name in ("AUC low", "Brier score low"):
            row[name] = row[name].partition(" to ")[0].replace("\u2212", "-")
    return told


def _average_for_all(found: Ran) -> None:
    assert found.said.code == 0, found.said.out
    assert not found.summary.supports_prediction
    assert found.summary.champion == "base_rate"
    reason = found.summary.no_prediction_reason
    assert reason.startswith("These data do not support a prediction of who will go silent.")
    assert "Everybody is given the average risk" in reason
    risks = found.customers["churn_risk"].dropna()
    assert len(risks) > 0
    assert risks.max() - risks.min() < 1e-9
    assert found.said.json["at_risk"] == 0


@slow
def test_none_churned_is_a_run_with_the_average_and_a_sentence(tmp_path: Path) -> None:
    _average_for_all(ran("none_churned", tmp_path, "retail"))


@slow
def test_enough_history_readme_is_a_run_whose_flags_were_worth_something(tmp_path: Path) -> None:
    """420 customers over 300 days, a quarter of whom leave: it was refused."""
    found = ran("enough_history_readme", tmp_path, "retail")
    assert found.said.code == 0, found.said.out
    rule = found.summary.tiers
    assert found.summary.supports_prediction
    assert rule is not None
    assert rule.at_risk.low > rule.base_rate
    assert found.said.json["at_risk"] > 0


def test_single_day_is_one_sentence_that_says_the_history_is_too_short(tmp_path: Path) -> None:
    refused = ran("single_day", tmp_path, "retail").said
    assert refused.code == 4
    error = refused.json["error"]
    assert error["rule"] == "enough_history"
    assert error["message"].startswith("Too little history")
    assert "Got 1 day" in error["message"]
