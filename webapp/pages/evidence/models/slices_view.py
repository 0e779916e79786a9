"""For whom does it work? The champion on each group of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.services.evidence.evidence_results import EvidenceResult, ModelScore
from analytics.services.evidence.evidence_scores import BASELINE
from webapp.components.panels import drawn_chart, table
from webapp.components.states import nothing_here
from webapp.components.terms import page_term
from webapp.figures.interval_charts import Whisker, interval_chart, interval_chart_height
from webapp.pages.evidence.models.scores_view import column_term
from webapp.pages.evidence.wording import finding, ratio, slice_order, slice_words, times

NO_SLICES = "This run kept no scores by group of customers."
_MOST_DRAWN = 24


def slices_view(result: EvidenceResult) -> list[Any]:
    """Return for whom the ranking works best and worst, as words, whiskers and a table."""
    own = sorted(
        (score for score in result.scores if score.is_champion),
        key=lambda one: slice_order(one.slice),
    )
    if not own:
        return [nothing_here(NO_SLICES)]
    silence = {score.slice: score for score in result.scores if score.model == BASELINE}
    return [finding(*slices_words(own)), _figure(own, _table(own, silence))]


def slices_words(scores: Sequence[ModelScore]) -> list[str]:
    """Say where the ranking is best, where worst, where no better than chance, where unknown."""
    parts = [score for score in scores if score.slice != "all" and score.auc is not None]
    few = [score for score in scores if score.auc is None]
    said = []
    if len(parts) > 1:
        worst = min(parts, key=_auc)
        best = max(parts, key=_auc)
        said.append(
            f"The ranking is best for “{slice_words(best.slice)}” (AUC {_auc(best):.2f}) and "
            f"worst for “{slice_words(worst.slice)}” ({_auc(worst):.2f}). "
        )
    chance = [part for part in parts if part.auc is not None and part.auc.low <= 0.5]
    said.append(
        f"It may be no better than chance for {_list(chance)}: their intervals reach 0.5. "
        if chance
        else "In every group that could be measured it is better than chance. "
        if parts
        else ""
    )
    if few:
        said.append(f"Too few went silent to say anything for {_list(few)}.")
    return said


def _auc(one: ModelScore) -> float:
    return one.auc.value if one.auc is not None else 0.5


def _list(scores: Sequence[ModelScore]) -> str:
    return ", ".join(f"“{slice_words(score.slice)}”" for score in scores)


def _figure(scores: Sequence[ModelScore], twin: Component) -> Component:
    everyone = next((score.auc for score in scores if score.slice == "all"), None)
    lines = [
        Whisker(
            slice_words(score.slice), score.auc, strong=score.slice in ("all", "recently_active")
        )
        for score in scores
        if score.auc is not None
    ][:_MOST_DRAWN]
    chart = interval_chart(
        lines,
        x_title="AUC on all test dates, with 95%<br>interval (0.5 is chance)",
        held_against=everyone.value if everyone is not None else 0.5,
        mark="all customers" if everyone is not None else "chance",
        names=("All, and early warnings", "One group"),
        empty="No group has enough customers who went silent",
        number=".2f",
    )
    return drawn_chart(chart, twin, "AUC by group of customers", interval_chart_height(len(lines)))


def _table(scores: Sequence[ModelScore], silence: dict[str, ModelScore]) -> Component:
    head = (
        "Group of customers",
        "Customer dates",
        "Went silent",
        column_term("auc"),
        page_term("auc_of_recency"),
        column_term("lift_top_decile"),
        column_term("recall_top_decile"),
    )
    rows = [_row(score, silence.get(score.slice)) for score in scores]
    title = "The champion by group of customers"
    return table(head, rows, numeric=range(1, len(head)), caption=title, class_name="compact")


def _row(one: ModelScore, silence: ModelScore | None) -> list[Any]:
    measured: Any = ratio(one.auc) if one.auc else html.Span("too few", className="pill")
    return [
        slice_words(one.slice),
        formatting.count(one.customers),
        formatting.count(one.positives),
        measured,
        ratio(silence.auc) if silence else formatting.MISSING,
        times(one.lift_top_decile),
        formatting.share(one.recall_top_decile),
    ]
