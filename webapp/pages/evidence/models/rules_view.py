"""Plain rules that need no model, with what each was worth on past dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.domain.numbers import formatting
from analytics.domain.tables.evidence_tables import PlainRule
from analytics.domain.words.counting import counted
from analytics.domain.words.share_words import FEW, CountedShare
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.row_table import row_table
from webapp.components.states import nothing_here
from webapp.pages.evidence.wording import finding

NOVELTY_RULE = "isolation_forest"
NO_RULES = "This run kept no plain rules."


def rules_view(result: EvidenceResult) -> list[Any]:
    """Return which rule told most, then all of them in a table."""
    rules = result.of(PlainRule)
    if not rules:
        return [nothing_here(NO_RULES)]
    shown = row_table(
        PlainRule,
        rules,
        currency=result.stamp.currency,
        caption="Plain rules",
        leave_out=("rule",),
    )
    return [finding(rules_words(rules)), shown]


def rules_words(rules: Sequence[PlainRule]) -> str:
    """Say which rule told most, how surely, and for how many it holds today."""
    # The flag of novelty is judged on the test dates only, so that its lift is no rival of theirs.
    measured = [
        rule
        for rule in rules
        if rule.lift is not None and rule.rule != NOVELTY_RULE and rule.tested >= FEW
    ]
    if not measured:
        return "Too few went silent in the past to say what a plain rule is worth."
    best = max(measured, key=lambda one: one.lift or 0.0)
    share = CountedShare.counted(best.went_silent, best.tested, base_rate=best.base_rate)
    said = (
        f"“{best.label}” told most: {share.counts} customers for whom it held went silent "
        f"({share.figures}), a lift of {formatting.number(best.lift, 1)}"
    )
    if best.lift_low is not None and best.lift_high is not None:
        said += f" (95% interval {best.lift_low:.1f} to {best.lift_high:.1f})"
        if best.lift_low <= 1:
            said += ", which chance explains: no rule is known to be worth anything"
    today = counted(best.customers_now, "customer", "customers")
    return f"{said}. It holds for {today} today."
