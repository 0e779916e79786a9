"""Where a customer stands against their own past: engaged, fading, dormant, gone, or back."""

from __future__ import annotations

from enum import StrEnum


class CustomerState(StrEnum):
    """The state of a customer on a date; it always has a date on which it began."""

    ENGAGED = "engaged"
    FADING = "fading"
    DORMANT = "dormant"
    SILENTLY_CHURNED = "silently_churned"
    RECOVERED = "recovered"
    UNCLEAR = "unclear"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The state as shown on a screen."""
        return self.value.replace("_", " ").capitalize()


STATE_MEANINGS: dict[CustomerState, str] = {
    CustomerState.ENGAGED: "As active as usual for this customer.",
    CustomerState.FADING: "Still active, but on at most 60% of the days that the own past, the "
    "move of all customers and last year's same weeks lead one to expect, and less than chance "
    "explains. Ends at 80%.",
    CustomerState.DORMANT: "Silent for over 70% of the own horizon and four usual gaps (85% of the "
    "horizon at most), or not active once in 28 days where that is no chance, but not yet beyond "
    "the horizon. Ends with the next activity.",
    CustomerState.SILENTLY_CHURNED: "Silent for longer than the own rhythm explains, with no "
    "recorded end. Weeks in which all customers stayed away do not count.",
    CustomerState.RECOVERED: "Active again for up to eight weeks after being dormant or silently "
    "churned.",
    CustomerState.UNCLEAR: "Too new, or too rarely active, for a change to mean anything.",
    CustomerState.ENDED: "Left with a record: cancelled, or closed for non-payment.",
}
