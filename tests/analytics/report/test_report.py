"""The executive report: the run's numbers, nothing from elsewhere, nothing unescaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analytics.domain.numbers.measures import MEASURES
from analytics.domain.words.ladder_words import RULE
from analytics.domain.words.theme_words import theme_word
from analytics.errors import UsageError
from analytics.report.content import ReportContent, read_content
from analytics.report.report import render_report, write_report
from analytics.runs.run_store import PublishedRun

NASTY = "<script>alert('x')</script>\"&<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def content(run: PublishedRun) -> ReportContent:
    return read_content(run)


@pytest.fixture(scope="module")
def page(content: ReportContent) -> str:
    return render_report(content)


class Outline(HTMLParser):
    """Collect elements and attributes; complain of what is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.machine_values: dict[str, float] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "data":
            given = dict(attrs)
            name, value = given["id"], given["value"]
            assert name is not None
            assert value is not None
            self.machine_values[name.removeprefix("total-")] = float(value)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    assert found.open == []
    return found


def test_every_total_equals_the_summary_of_the_run(page: str, run: PublishedRun) -> None:
    shown = outline(page).machine_values
    hidden = {"revenue_variance", "revenue_shock"}
    assert set(shown) == {one.name for one in MEASURES} - hidden
    for name, value in shown.items():
        assert value == pytest.approx(run.summary.totals[name]), name


def test_groups_and_tiers_add_up_to_the_totals(content: ReportContent) -> None:
    for rows in (content.groups, content.tiers):
        for name in ("customers", "at_risk", "revenue_at_risk", "suppressed"):
            assert sum(row[name] for row in rows) == pytest.approx(content.totals[name])


def test_the_headline_states_the_loss_with_its_interval(page: str, run: PublishedRun) -> None:
    lead = re.search(r'class="lead">(.*?)</p>', page)
    assert lead is not None
    assert f"of {run.summary.totals['eligible']:,.0f} scored customers" in lead.group(1)
    assert lead.group(1).count("€") == 3
    assert "80% interval" in lead.group(1)


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(page: str) -> None:
    found = outline(page)
    elements = {tag for tag, _, _ in found.attributes} | set(re.findall(r"<([a-z]+)", page))
    assert not elements & {"script", "link", "img", "iframe", "object", "a", "base", "form"}
    assert not {name for _, name, _ in found.attributes} & {"src", "href", "style", "onload"}
    assert "url(" not in page
    assert "@import" not in page
    assert "http:" not in page
    assert "https:" not in page


def test_names_and_reasons_of_the_data_are_escaped(content: ReportContent) -> None:
    spoiled = replace(
        content,
        watch_list=tuple({**row, "name": NASTY, "reason_1": NASTY} for row in content.watch_list),
        suppressed=tuple({**row, "name": NASTY} for row in content.suppressed),
        groups=tuple({**row, "label": NASTY} for row in content.groups),
        themes=tuple({**row, "example": NASTY} for row in content.themes),
        summary=replace(content.summary, verdict=NASTY, warnings=(NASTY,), assumptions=(NASTY,)),
    )
    page = render_report(spoiled)
    assert page.count("&lt;script&gt;") > 20
    found = outline(page)
    assert "<script" not in page
    assert "<img" not in page
    assert not [one for one in found.attributes if one[1].startswith("on")]


def test_simulated_data_are_called_so_and_real_ones_are_not(content: ReportContent) -> None:
    real = replace(content, summary=replace(content.summary, simulated=False))
    assert "Simulated data" in render_report(content)
    assert "imulated" not in render_report(real)


def test_ten_customers_are_named_outside_the_holdout_best_first(content: ReportContent) -> None:
    worth = [row["expected_net_value"] for row in content.watch_list]
    assert len(worth) == 10
    assert worth == sorted(worth, reverse=True)


def test_the_model_in_use_is_marked_in_both_slices(page: str, run: PublishedRun) -> None:
    ladder_and_slices = 3
    assert page.count('<span class="badge">in use</span>') == ladder_and_slices
    assert run.summary.verdict in page


def test_past_flags_and_the_ladder_are_told_in_short(page: str, content: ReportContent) -> None:
    caught = sum(row["caught"] for row in content.past_months)
    last = page[page.index("All dates") :]
    assert f">{caught}<" in last[:300]
    assert "As many at random" in page
    assert "Does the model earn its place?" in page
    assert page.count("not adopted") == 1


def test_the_ladder_shows_the_gain_that_decided(content: ReportContent) -> None:
    """The case of the issue: "beat it" stood beside an AUC gain of -0.007 (-0.033 to 0.020)."""
    given = {
        "auc_gain": -0.007, "auc_gain_low": -0.033, "auc_gain_high": 0.02,
        "brier_gain": 0.0123, "brier_gain_low": 0.004, "brier_gain_high": 0.02,
    }  # fmt: skip
    first = next(row for row in content.ladder if row["auc_gain"] is not None and row["taken"])
    page = render_report(replace(content, ladder=(*content.ladder[:1], first | given)))
    ladder = page[page.index("Does the model earn its place?") :]
    ladder = ladder[: ladder.index("</table>")]
    for shown in ("Brier score gained", ">-0.007<", ">0.0123<", "0.0040 to 0.0200"):
        assert shown in ladder
    assert "adopted for its Brier score" in ladder
    assert RULE in page


def test_a_run_that_kept_neither_ladder_nor_past_months_has_a_report(
    content: ReportContent,
) -> None:
    page = render_report(replace(content, ladder=(), past_months=()))
    outline(page)
    assert "Does the model earn its place?" not in page
    assert "past dates</h3>" not in page


def test_what_is_assumed_is_marked(page: str, run: PublishedRun) -> None:
    assert len(run.summary.assumptions) > 0
    assert page.count(">assumption</span>") > len(run.summary.assumptions) + 5


def test_a_run_without_past_dates_still_has_a_report(content: ReportContent) -> None:
    young = replace(content, trend=(), calibration=(), backtest=(), watch_list=(), suppressed=())
    page = render_report(young)
    outline(page)
    assert "too few past dates" in page
    assert content.nothing_to_do in page
    assert "in the holdout" in content.nothing_to_do


def with_nobody_frustrated(content: ReportContent, event_types: dict[str, int]) -> str:
    quality = {**content.summary.data_quality, "event_types": event_types}
    smooth = replace(
        content,
        totals={**content.totals, "frustrated": 0.0, "suppressed": 0.0},
        summary=replace(content.summary, data_quality=quality),
    )
    return render_report(smooth)


def test_data_without_friction_are_not_called_calm(content: ReportContent) -> None:
    page = with_nobody_frustrated(content, {"session": 500, "complaint": 3})
    assert page.count("Nobody reaches 40, but these data hold no friction events") == 2


def test_friction_that_frustrated_nobody_is_counted(content: ReportContent) -> None:
    page = with_nobody_frustrated(content, {"session": 500, "error": 1200, "rage_click": 34})
    assert page.count("Nobody reaches 40; 1,234 friction events were seen") == 2


def test_reasons_are_named_as_on_the_page(content: ReportContent) -> None:
    themes = ({**content.themes[0], "label": "recency"},)
    assert theme_word("recency") in render_report(replace(content, themes=themes))


def test_a_customer_without_a_name_is_shown_once(content: ReportContent) -> None:
    first = {**content.watch_list[0], "customer_id": "C-0001", "name": "C-0001"}
    nameless = replace(content, watch_list=(first,), suppressed=())
    assert render_report(nameless).count("C-0001") == 1


def test_the_same_run_gives_the_same_bytes(run: PublishedRun, tmp_path: Path) -> None:
    first = write_report(run, tmp_path / "deep" / "a.html").read_bytes()
    assert write_report(run, tmp_path / "b.html").read_bytes() == first
    assert len(first) < 200_000


def test_a_folder_is_refused(run: PublishedRun, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--out must be a file"):
        write_report(run, tmp_path)
