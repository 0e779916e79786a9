"""What the frustration index weighs, and which weights rank best who speaks up later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import Interval
from analytics.domain.tables.frustration_tables import JudgedRanking, PartWeight
from analytics.domain.words.counting import counted
from analytics.domain.words.share_words import percent
from analytics.services.evidence.frustration_evidence import FrustrationEvidence
from webapp.components.panels import drawn_chart, scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import assumption_badge, defined, field_term
from webapp.figures.interval_charts import Whisker, interval_chart, interval_chart_height
from webapp.pages.evidence.wording import finding, gain, plain, with_interval

NO_WEIGHTS = "This run kept no weights of the frustration index."
ACTIVITY, EXPERT, FITTED = "activity_only", "expert_weights", "fitted_weights"


def frustration_weights_view(found: FrustrationEvidence) -> list[Any]:
    """Return which weights are in use and why, how the rankings compare, then every weight."""
    if not found.weights:
        return [nothing_here(NO_WEIGHTS)]
    return [
        finding(*weights_words(found)),
        _figure(found.judged) if found.judged else None,
        scrolling(_weights_table(found.weights), "Weights of the frustration index"),
    ]


def weights_words(found: FrustrationEvidence) -> list[str]:
    """Say which weights are in use and why, and what the index is worth beside activity alone."""
    if not found.judged:
        return [
            "Expert weights are in use, exactly as published: these data hold too few tickets, "
            "complaints or bad survey answers after past dates to learn weights from or to judge "
            "any by."
        ]
    of_name = {ranking.ranking: ranking for ranking in found.judged}
    fitted, expert, activity = of_name[FITTED], of_name[EXPERT], of_name[ACTIVITY]
    dates = counted(fitted.dates, "later date", "later dates")
    surely = "surely ranked" if fitted.in_use else "did not surely rank"
    said = (
        f"{'Fitted' if fitted.in_use else 'Expert'} weights are in use: on {dates} the fitted ones "
        f"{surely} better than the expert ones who spoke up (AUC {gain(fitted.gain)}, 95% interval "
        f"{gain(fitted.gain_low)} to {gain(fitted.gain_high)}). "
    )
    used = fitted if fitted.in_use else expert
    pairs = (
        "Of a customer who spoke up and one who did not, both of one date, the index ranks the "
        f"first higher in {_pairs(used)} of pairs; activity alone in {percent(activity.auc)}, "
        "chance in 50%."
    )
    return [said, pairs]


def _pairs(one: JudgedRanking) -> str:
    if one.auc_low is None or one.auc_high is None:
        return percent(one.auc)
    return f"{percent(one.auc)} (95% interval {percent(one.auc_low)} to {percent(one.auc_high)})"


def _figure(judged: Sequence[JudgedRanking]) -> Component:
    lines = [
        Whisker(
            ranking.label,
            Interval(ranking.auc, ranking.auc_low, ranking.auc_high),
            strong=ranking.in_use,
        )
        for ranking in judged
        if ranking.auc is not None and ranking.auc_low is not None and ranking.auc_high is not None
    ]
    chart = interval_chart(
        lines,
        x_title="AUC for speaking up within 28 days,<br>with 95% interval",
        held_against=0.5,
        mark="chance",
        names=("In use", "Not in use"),
        empty="Nothing could be judged",
    )
    label = "How well each ranking tells who speaks up within 28 days"
    return drawn_chart(chart, _judged_table(judged), label, interval_chart_height(len(lines)))


def _judged_table(judged: Sequence[JudgedRanking]) -> Component:
    head = (
        "Ranking",
        "Customer dates",
        defined("Spoke up", "A ticket, complaint, refund request or bad survey answer in 28 days."),
        defined("AUC", "Chance that who spoke up is ranked higher; with 95% interval."),
        defined("Against expert weights", "Difference in AUC for the same customers."),
    )
    rows = [
        [
            ranking.label,
            formatting.count(ranking.customer_dates),
            formatting.count(ranking.voiced),
            with_interval(*(plain(x, 3) for x in (ranking.auc, ranking.auc_low, ranking.auc_high))),
            "–"
            if ranking.ranking == EXPERT
            else with_interval(*map(gain, (ranking.gain, ranking.gain_low, ranking.gain_high))),
        ]
        for ranking in judged
    ]
    caption = "Rankings by who spoke up within 28 days"
    return table(head, rows, numeric=range(1, len(head)), caption=caption, class_name="compact")


def _weights_table(weights: Sequence[PartWeight]) -> Component:
    head = (
        "Part of the index",
        defined("Half-life", "Days after which one event counts half."),
        "Customers today",
        html.Span([field_term(PartWeight, "expert_weight"), " ", assumption_badge()]),
        field_term(PartWeight, "fitted_weight"),
        field_term(PartWeight, "weight_in_use"),
    )
    rows = [
        [
            weight.label.capitalize(),
            "–" if weight.half_life_days is None else formatting.days(weight.half_life_days),
            formatting.count(weight.customers_with),
            plain(weight.expert_weight, 2),
            "–" if weight.fitted_weight is None else plain(weight.fitted_weight, 2),
            plain(weight.weight_in_use, 2),
        ]
        for weight in weights
    ]
    caption = "Weights of the frustration index"
    return table(head, rows, numeric=range(1, len(head)), caption=caption, class_name="compact")
