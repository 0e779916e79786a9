"""Named segments: value, risk and frustration in one word that says what to do."""

from __future__ import annotations

from enum import StrEnum

from analytics.domain.customer.risk_tier import (
    AT_RISK_TIERS,
    FRUSTRATED_BANDS,
    FrustrationBand,
    RiskTier,
    ValueBand,
)


class NamedSegment(StrEnum):
    """A group of cells of the value, risk and frustration matrix; every cell belongs to one."""

    SAVE_FIRST = "save_first"
    ASK_WHY = "ask_why"
    FIX_THE_CAUSE = "fix_the_cause"
    REMIND = "remind"
    MEND_EARLY = "mend_early"
    WATCH = "watch"
    CHERISH = "cherish"
    LEAVE_IN_PEACE = "leave_in_peace"
    GONE_QUIET = "gone_quiet"
    TOO_EARLY = "too_early"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The segment as shown on a screen."""
        return self.value.replace("_", " ").capitalize()


#: Who is in it.
SEGMENT_WHO: dict[NamedSegment, str] = {
    NamedSegment.SAVE_FIRST: "Valuable, at risk and frustrated",
    NamedSegment.ASK_WHY: "Valuable, at risk, not frustrated",
    NamedSegment.FIX_THE_CAUSE: "Of middle or low value, at risk and frustrated",
    NamedSegment.REMIND: "Of middle or low value, at risk, not frustrated",
    NamedSegment.MEND_EARLY: "Frustrated, but not at risk yet",
    NamedSegment.WATCH: "At medium risk, not frustrated",
    NamedSegment.CHERISH: "Valuable, at low risk, not frustrated",
    NamedSegment.LEAVE_IN_PEACE: "Of middle or low value, at low risk, not frustrated",
    NamedSegment.GONE_QUIET: "Silent for longer than the own rhythm explains",
    NamedSegment.TOO_EARLY: "Too new or too rarely active for a risk",
    NamedSegment.LEFT: "Left with a record",
}

#: What to do with it, in a sentence. Each customer's recommended action comes first: no sentence
#: may forbid it or deny its cause.
SEGMENT_ADVICE: dict[NamedSegment, str] = {
    NamedSegment.SAVE_FIRST: "Call in person this week, and solve what went wrong first.",
    NamedSegment.ASK_WHY: "Call and ask what changed, unless a recommended action says otherwise.",
    NamedSegment.FIX_THE_CAUSE: "Remove the problem for all of them at once, then tell them.",
    NamedSegment.REMIND: "Send a message with what they have not used lately, unless a recommended "
    "action says otherwise.",
    NamedSegment.MEND_EARLY: "Solve the problem now, while they still use the product.",
    NamedSegment.WATCH: "Look again next week, unless a recommended action says otherwise.",
    NamedSegment.CHERISH: "Do not sell to them in a hurry; thank them and learn what they like.",
    NamedSegment.LEAVE_IN_PEACE: "Do nothing, unless a recommended action says otherwise.",
    NamedSegment.GONE_QUIET: "Win back where it is worth the cost; they are no longer at risk.",
    NamedSegment.TOO_EARLY: "Help them to start well; no risk is known yet.",
    NamedSegment.LEFT: "Ask why they left; nothing to keep here.",
}

_UNSCORED = {
    RiskTier.LAPSED: NamedSegment.GONE_QUIET,
    RiskTier.INSUFFICIENT_CADENCE: NamedSegment.TOO_EARLY,
    RiskTier.ENDED: NamedSegment.LEFT,
}


def named_segment(value: str, tier: str, band: str) -> NamedSegment:
    """Return the segment of a cell: value band, risk tier and frustration band."""
    risk = RiskTier(tier)
    if risk in _UNSCORED:
        return _UNSCORED[risk]
    valuable, frustrated = value == ValueBand.HIGH, band in FRUSTRATED_BANDS
    if risk in AT_RISK_TIERS:
        if valuable:
            return NamedSegment.SAVE_FIRST if frustrated else NamedSegment.ASK_WHY
        return NamedSegment.FIX_THE_CAUSE if frustrated else NamedSegment.REMIND
    if frustrated:
        return NamedSegment.MEND_EARLY
    if risk is RiskTier.MEDIUM:
        return NamedSegment.WATCH
    return NamedSegment.CHERISH if valuable else NamedSegment.LEAVE_IN_PEACE


#: Every cell of the matrix.
CELLS: dict[tuple[str, str, str], NamedSegment] = {
    (str(value), str(tier), str(band)): named_segment(value, tier, band)
    for value in ValueBand
    for tier in RiskTier
    for band in FrustrationBand
}
