"""Does the model earn its place? Each rung of the ladder against the best below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers.measures import Interval
from analytics.domain.tables.evidence_tables import LadderStep
from analytics.domain.words.ladder_words import RULE, Decided, decided_by, result_words
from analytics.domain.words.model_names import model_label
from analytics.domain.words.share_words import percent
from analytics.services.evidence.evidence_results import EvidenceResult, ModelScore
from analytics.services.evidence.evidence_scores import BASELINE
from webapp.components.panels import drawn_chart, table
from webapp.components.states import nothing_here
from webapp.components.terms import defined
from webapp.figures.interval_charts import Whisker, interval_chart, interval_chart_height
from webapp.pages.evidence.models.scores_view import scores_view
from webapp.pages.evidence.wording import finding, gain, with_interval

NO_LADDER = "This run kept no comparison of each model with the best below it."


def ladder_view(result: EvidenceResult) -> list[Any]:
    """Return who won and why, the gains with their intervals, and the scores of every model."""
    steps = result.of(LadderStep)
    return [
        finding(*ladder_words(result)) if steps else nothing_here(NO_LADDER),
        _figure(steps) if steps else None,
        scores_view(result.scores),
    ]


def ladder_words(result: EvidenceResult) -> list[str]:
    """Say which model is in use and why, and how it stands to days of silence."""
    steps = result.of(LadderStep)
    champion = next((step for step in steps if step.champion), None)
    if champion is None:
        return ["No model of the ladder is in use. ", _pairs(result.scores)]
    above = [step.label for step in steps if step.rung > champion.rung]
    if champion.rung == min(step.rung for step in steps):
        said = (
            f"The simplest model, {champion.label}, is in use: no larger model surely ranked "
            "better, or as well with risks surely closer to what came, so the simplest wins. "
        )
        return [said, _pairs(result.scores)]
    against = _labels(steps).get(champion.against, model_label(champion.against))
    said = f"{champion.label} is in use. {_why(champion, against)}"
    tried = f"{_none_of(above)} beat it, so it stays. " if above else ""
    return [said, tried, _pairs(result.scores)]


def _none_of(labels: Sequence[str]) -> str:
    """Say who did not, with a verb to come; labels hold commas and "and" of their own."""
    if len(labels) == 1:
        return f"The one larger model, {labels[0]}, did not"
    return f"None of the {len(labels)} larger models ({'; '.join(labels)})"


def _why(champion: LadderStep, against: str) -> str:
    """Say what decided for the champion, with the figure that did."""
    ranks = (
        f"AUC {gain(champion.auc_gain)}, 95% interval {gain(champion.auc_gain_low)} to "
        f"{gain(champion.auc_gain_high)}"
    )
    if _decided(champion) is Decided.EXITS:
        return _why_exits(champion, against, ranks)
    if _decided(champion) is not Decided.BRIER:
        return (
            "On the same customers it ranks better than the best model below it, "
            f"{against}: {ranks}. "
        )
    ends = (gain(end, 4) for end in (champion.brier_gain_low, champion.brier_gain_high))
    return (
        f"On the same customers its risks come closer to what happened than those of the best "
        f"model below it, {against}: Brier score better by {gain(champion.brier_gain, 4)}, 95% "
        f"interval {' to '.join(ends)}; it ranks no worse as far as can be told ({ranks}). "
    )


def _why_exits(champion: LadderStep, against: str, ranks: str) -> str:
    """Say that it finds exits better, and what that costs by the label."""
    return (
        "It learned from exits, and on the same customers it ranks those who left within eight "
        f"weeks better than the best model below it, {against}: AUC {gain(champion.exit_gain)}, "
        f"95% interval {gain(champion.exit_gain_low)} to {gain(champion.exit_gain_high)}. By the "
        f"label, silent churn within the own horizon, it changes by: {ranks}. "
    )


def _decided(step: LadderStep) -> Decided:
    return decided_by(
        step.taken, step.auc_gain, step.auc_gain_low, step.exit_gain, step.exit_gain_low
    )


def _pairs(scores: Sequence[ModelScore]) -> str:
    """Say what the champion's AUC means, beside that of days of silence."""
    everyone = {
        score.model: score for score in scores if score.slice == "all" and score.auc is not None
    }
    champion = next(
        (model_score for model_score in everyone.values() if model_score.is_champion), None
    )
    if champion is None or champion.auc is None:
        return ""
    said = (
        "Of a customer who left and one who stayed, both of one date, it ranks the leaver higher "
        f"in {percent(champion.auc.value)} of pairs (95% interval {percent(champion.auc.low)} to "
        f"{percent(champion.auc.high)})"
    )
    silence = everyone.get(BASELINE)
    if silence is None or silence is champion or silence.auc is None:
        return f"{said}; chance would in 50%."
    return f"{said}; days of silence alone in {percent(silence.auc.value)}, chance in 50%."


def _figure(steps: Sequence[LadderStep]) -> Component:
    lines = [
        Whisker(step.label, interval, strong=step.taken)
        for step in _told(steps)
        if (interval := _gained(step)) is not None
    ]
    chart = interval_chart(
        lines,
        x_title="AUC gained over the best below,<br>with 95% interval",
        held_against=0.0,
        mark="no gain",
        names=("Beat the best below it", "Did not"),
        empty="The ladder has one model only: there is nothing to compare",
    )
    label = "AUC gained by each model over the best below it"
    return drawn_chart(chart, _table(steps), label, interval_chart_height(len(lines)))


def _told(steps: Sequence[LadderStep]) -> list[LadderStep]:
    """Leave out the gain over no model at all, if there are others: it would dwarf them."""
    start = {step.model for step in steps if not step.against}
    over_a_model = [step for step in steps if step.against and step.against not in start]
    return over_a_model if len(over_a_model) > 1 else list(steps)


def _gained(step: LadderStep) -> Interval | None:
    if step.auc_gain is None or step.auc_gain_low is None or step.auc_gain_high is None:
        return None
    return Interval(step.auc_gain, step.auc_gain_low, step.auc_gain_high)


def _table(steps: Sequence[LadderStep]) -> Component:
    head = (
        "Model",
        "Compared with",
        defined(
            "AUC gained",
            "Difference in AUC within dates for the same customers, with 95% interval.",
        ),
        defined(
            "Brier gained",
            "How much smaller the Brier score is for the same customers, with 95% interval.",
        ),
        defined(
            "AUC gained by exits",
            "The same where exits within eight weeks are ranked instead of silent churn by the "
            "label; for models that learned from exits.",
        ),
        defined("Result", RULE),
    )
    labels = _labels(steps)
    rows = [_row(step, labels) for step in steps]
    return table(
        head, rows, numeric=(2, 3, 4), caption="The ladder of models", class_name="compact"
    )


def _row(one: LadderStep, labels: Mapping[str, str]) -> list[Any]:
    first = not one.against
    against = "–" if first else labels.get(one.against, model_label(one.against))
    kind = "pill pill-passed" if one.taken and not first else "pill"
    result = html.Span("the start" if first else result_words(_decided(one)), className=kind)
    shown = html.Span(" in use", className="pill pill-fresh") if one.champion else None
    return [
        html.Span([one.label, " ", shown]),
        against,
        with_interval(*map(gain, (one.auc_gain, one.auc_gain_low, one.auc_gain_high))),
        with_interval(
            *(gain(x, 4) for x in (one.brier_gain, one.brier_gain_low, one.brier_gain_high))
        ),
        "–"
        if one.exit_gain is None
        else with_interval(*map(gain, (one.exit_gain, one.exit_gain_low, one.exit_gain_high))),
        result,
    ]


def _labels(steps: Sequence[LadderStep]) -> dict[str, str]:
    return {step.model: step.label for step in steps}
