from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html

from analytics.runs.acceptance_report import AcceptanceReport, write_report
from analytics.services.analytics_service import AnalyticsService
from analytics.services.evidence.acceptance import AcceptanceView, acceptance
from tests.sample_acceptance import CDNOW, FAILED, PASSED, SAAS
from tests.webapp.component_text import of_class, parts_of, text_of
from tests.webapp.pages.evidence.evidence_page import render_evidence
from webapp.pages.evidence.simulated.acceptance_view import TITLE, acceptance_view


def view_of(folder: Path, *reports: AcceptanceReport) -> AcceptanceView:
    for report in reports:
        write_report(folder, report)
    return acceptance(folder, "saas")


def words(tree: Any) -> str:
    """Return the text with single spaces, as a person reads it."""
    return " ".join(text_of(tree).split()).replace(" ;", ";")


def charts_of(tree: Any) -> list[Any]:
    return [one for one in parts_of(tree) if isinstance(one, dcc.Graph)]


def folds_of(tree: Any) -> list[Any]:
    return of_class(tree, "fold")


def test_a_run_on_real_data_has_no_such_panel(web_service: AnalyticsService) -> None:
    evidence = replace(web_service.evidence(), acceptance=None)
    assert render_evidence(evidence)["acceptance"] is None


def test_a_simulator_never_checked_is_a_command_to_run(web_service: AnalyticsService) -> None:
    panel = render_evidence(web_service.evidence())["acceptance"]
    assert TITLE in text_of(panel)
    (command,) = of_class(panel, "command")
    assert command.children == "silent-churn simulate check --preset saas"


def test_a_damaged_report_is_one_plain_sentence() -> None:
    panel = acceptance_view(AcceptanceView((), "It cannot be read.", "check"))
    assert text_of(of_class(panel, "notice")) == "It cannot be read."
    assert charts_of(panel) == []


def test_the_lead_says_how_many_passed_and_over_what(tmp_path: Path) -> None:
    shown = words(acceptance_view(view_of(tmp_path, SAAS)))
    assert (
        "1 of 3 checks passed; mean of 10 simulations of 5,000 customers over 365 days, "
        "measured 24 Nov 2026. Failed: Regularity of the gaps. 1 could not be measured."
    ) in shown
    assert "The truth about a single customer never reaches this app." in shown


def test_one_simulation_is_not_a_mean(tmp_path: Path) -> None:
    shown = words(acceptance_view(view_of(tmp_path, CDNOW)))
    assert "1 of 1 check passed; one simulation of 2,357 customers over 546 days" in shown


def test_many_failures_are_counted_not_all_named(tmp_path: Path) -> None:
    rows = tuple(replace(FAILED, label=f"Thing {number}") for number in range(7))
    shown = words(acceptance_view(view_of(tmp_path, replace(SAAS, rows=rows))))
    assert "Failed: Thing 0; Thing 1; Thing 2; Thing 3; 3 more." in shown


def test_a_verdict_is_a_word_and_not_a_colour_alone(tmp_path: Path) -> None:
    rows = [
        [words(cell) for cell in row.children]
        for row in parts_of(acceptance_view(view_of(tmp_path, SAAS)))
        if isinstance(row, html.Tr)
    ][1:4]
    assert rows == [
        ["AUC of the oracle", "0.82 to 0.90", "0.861 ± 0.008", "Passed"],
        ["Regularity of the gaps", "1.5 to 3.0", "1.21 ± 0.04", "Failed by 0.29"],
        [
            "Told apart from real customers",
            "0.65 or less",
            "–",
            "Not measured No real data are in this workspace.",
        ],
    ]


def test_a_row_that_does_not_apply_is_not_called_unmeasured(tmp_path: Path) -> None:
    other = replace(PASSED, passed=None, note="Nobody fades.")
    panel = acceptance_view(view_of(tmp_path, replace(SAAS, rows=(other,))))
    assert "Does not apply Nobody fades." in words(panel)
    assert "could not be measured" not in words(panel)


@pytest.mark.parametrize(
    ("off_by", "said"), [(0.0004, "Failed by 0.0004"), (0.0316, "Failed by 0.03"), (0.0, "Failed")]
)
def test_a_failure_is_never_by_nothing(tmp_path: Path, off_by: float, said: str) -> None:
    report = replace(SAAS, rows=(replace(FAILED, off_by=off_by),))
    (pill,) = of_class(acceptance_view(view_of(tmp_path, report)), "pill-failed")
    assert pill.children.startswith(said)


def test_a_check_says_what_it_means_and_where_its_target_comes_from(tmp_path: Path) -> None:
    terms = {
        one.children: one for one in of_class(acceptance_view(view_of(tmp_path, SAAS)), "term")
    }
    tip = terms[PASSED.label].to_plotly_json()["props"]["data-tip"]
    assert tip == f"{PASSED.meaning} Target from: a spike."
    assert {"Target", "Measured", "Verdict"} <= set(terms)


def test_the_preset_of_the_run_is_open_and_the_others_are_folded(tmp_path: Path) -> None:
    panel = acceptance_view(view_of(tmp_path, CDNOW, SAAS))
    folds = folds_of(panel)
    assert [fold.children[0].children for fold in folds] == [
        "Music shop (cdnow): 1 of 1 check passed"
    ]
    assert text_of(panel).index("Software subscription (saas)") < text_of(panel).index("Music shop")


def test_a_run_whose_preset_was_not_checked_says_so(tmp_path: Path) -> None:
    panel = acceptance_view(view_of(tmp_path, CDNOW))
    assert "The preset of this run has not been checked yet" in text_of(panel)
    assert len(of_class(panel, "command")) == 1


def test_pictures_beside_real_customers_come_first_each_with_its_table(tmp_path: Path) -> None:
    panel = acceptance_view(view_of(tmp_path, CDNOW, SAAS))
    titles = [part.children for part in parts_of(panel) if isinstance(part, html.H4)]
    assert titles == [
        "Customers still active",
        "Gaps between purchases",
        "Events by day of the week",
    ]
    assert "Real customers: CDNOW, 1997 to 1998." in text_of(panel)
    assert len(charts_of(panel)) == len(of_class(panel, "twin")) == 3
    table = text_of(of_class(panel, "twin")[0])
    assert "Months since the first purchase Real Simulated" in table
    assert "63.0% 61.0%" in table


def test_a_curve_with_nothing_real_says_that_it_stands_alone(tmp_path: Path) -> None:
    panel = acceptance_view(view_of(tmp_path, SAAS))
    assert "nothing real to compare with" in text_of(panel)
    assert [trace["name"] for trace in charts_of(panel)[0].figure["data"]] == ["Simulated"]
    mixed = acceptance_view(view_of(tmp_path, replace(SAAS, curves=SAAS.curves + CDNOW.curves)))
    assert text_of(mixed).count("nothing real to compare with") == 1


def test_pictures_of_another_preset_without_real_customers_are_folded(tmp_path: Path) -> None:
    panel = acceptance_view(view_of(tmp_path, replace(SAAS, preset="retail")))
    assert [fold.children[0].children for fold in folds_of(panel)] == [
        "Software subscription (retail): 1 of 3 checks passed",
        "Simulated: Software subscription",
    ]


def test_a_report_without_checks_or_curves_is_not_a_blank(tmp_path: Path) -> None:
    panel = acceptance_view(view_of(tmp_path, replace(SAAS, rows=(), curves=())))
    assert "0 of 0 checks passed" in text_of(panel)
    assert "The report holds no checks." in text_of(panel)
    assert charts_of(panel) == []
